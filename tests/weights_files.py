"""Small files of weights, as the versions of Keras write them, made with h5py."""

import io
import json
import zipfile

import h5py
import numpy as np


def values(*shape, start=1):
    """Return distinct numbers, so that no two weights of a shape are equal unless they are meant to be."""
    return np.arange(start, start + int(np.prod(shape)), dtype="float32").reshape(shape)


def tree(**groups):
    """Return an HDF5 file in which each group of variables ("layers__dense" for layers/dense) has a `vars` of its own.

    A group is a list of arrays, or (name, arrays) where the file tells its object's name.
    """
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        for path, given in groups.items():
            name, arrays = given if isinstance(given, tuple) else (None, given)
            group = file.create_group(f"{path.replace('__', '/')}/vars".lstrip("/"))
            if name is not None:
                group.attrs["name"] = name
            for number, array in enumerate(arrays):
                group[str(number)] = array
    return content.getvalue()


def listed(rows, root="model_weights", *, config=None, split=0):
    """Return an HDF5 file with a row of weights for each layer; their names are split into so many attributes."""
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        if config is not None:
            file.attrs["model_config"] = json.dumps(config)
            file.attrs["keras_version"] = "3.15.1"
        group = file.create_group(root) if root else file
        names = np.array([name.encode() for name in rows])
        for number, part in enumerate(np.array_split(names, split) if split else ()):
            group.attrs[f"layer_names{number}"] = part
        if not split:
            group.attrs["layer_names"] = names
        for name, weights in rows.items():
            row = group.create_group(name)
            row.attrs["weight_names"] = np.array([path.encode() for path in weights])
            for path, array in weights.items():
                row[path] = array
    return content.getvalue()


def archive(path, config, **members):
    """Write a `.keras` archive and return its path; "model_weights_h5" is the member "model.weights.h5"."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", json.dumps(config))
        for name, content in members.items():
            file.writestr(name.replace("_weights_", ".weights."), content)
    return path
