"""HDF5 files, read within limits."""
