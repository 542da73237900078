"""What files are that are no Keras models, told by their first bytes, and what to do instead."""

import re

from cutaway.errors import InputError, UnsupportedError
from cutaway.typed import BinaryIO

SAVE = "save the whole model with model.save('net.keras')"
_PACKED = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
_OTHERS = {
    b"\x93NUMPY": f"it is a NumPy array: weights, no architecture; {SAVE}",
    b"GGUF": f"it is a GGUF file: weights of a language model, no Keras layers; {SAVE}",
    b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19": f"it is a PyTorch file, a pickle, which is never opened; {SAVE}",
    b"\x89PNG": "it is a PNG image, not a model",
    b"\xff\xd8\xff": "it is a JPEG image, not a model",
    b"GIF8": "it is a GIF image, not a model",
    b"%PDF": "it is a PDF document, not a model",
    b"CDF": "it is a NetCDF file, not a model",
    b"\x7fELF": "it is a program, not a model",
    b"MZ": "it is a program, not a model",
    b"PK": "it is an empty or split zip archive",
}
_TEXTS = {
    "version https://git-lfs": "it is a Git LFS pointer, not the model; fetch it with 'git lfs pull'",
    "/annex/objects/": "it is a git-annex pointer, not the model; fetch it with 'git annex get'",
    "%!ps": "it is a PostScript document, not a model",
    "model_checkpoint_path:": f"it is the index of TensorFlow checkpoints: weights, no architecture; {SAVE}",
}
_PAGE = ("<!doctype html", "<html", "<head", "<body")
_SOURCE = re.compile(r"^(?:import|from|def|class) +\w[\w.]*(?:$|[ :(,])", re.MULTILINE)
_OLD_PICKLE = re.compile(rb"\(?(?:c[\w.]+\n[\w.]+\n|[dl]p\d+\n)")
_CHECKPOINT = re.compile(r"\.(?:index|data-\d+-of-\d+)'$")
_LINK = re.compile(r"[^\n<>{}:]{1,400}\.(?:keras|h5|hdf5|json|yaml|yml|pb)\s*")


def refusal(start: bytes, text: str, where: str) -> InputError | UnsupportedError:
    """Return the error for a file that starts with some bytes, or with some text if it is one."""
    known = next((reason for mark, reason in _OTHERS.items() if start.startswith(mark)), None)
    packed = next((name for mark, name in _PACKED.items() if start.startswith(mark)), None)
    if start[257:262] == b"ustar":
        packed = "tar"
    if packed is not None:
        return UnsupportedError(f"cannot read {where}: it is packed as {packed}; unpack it, and give the file in it")
    if known is None and start[:1] == b"\x80" and start[1:2] in b"\x02\x03\x04\x05":
        known = f"it is a Python pickle, which is never opened; {SAVE}"
    known = known or _of_text(text) or _of_weights(start)
    if known is not None:
        return InputError(f"cannot read {where}: {known}")
    graph = _of_graph(start)
    if graph is not None:
        return UnsupportedError(f"cannot read {where}: it is {graph}, which is not read; {SAVE}")
    if _CHECKPOINT.search(where):  # nothing in it tells
        return InputError(f"cannot read {where}: it seems to be of a TensorFlow checkpoint: weights alone; {SAVE}")
    return InputError(
        f"cannot read {where}: it is no Keras file (expected .keras, .h5, JSON, YAML, or a folder with 'config.json')"
    )


def _of_text(text: str) -> str | None:
    lower = text.lstrip().lower()
    if lower.startswith(_PAGE) or (lower.startswith("<?xml") and "<html" in lower):
        return "it is a web page, not a model; download the file itself"
    if lower.startswith(("<svg", "<?xml")) and "<svg" in lower:
        return "it is an SVG image, not a model"
    if lower.startswith("<"):
        return "it is an XML text, not a model: perhaps what a server said in place of the file"
    for mark, reason in _TEXTS.items():
        if lower.startswith(mark) or (mark.startswith("/") and mark in lower and "\n" not in lower.strip()):
            return reason
    if _SOURCE.search(text) and "```" not in text:
        return f"it is Python source, which is never run; draw its model in Python, or {SAVE}"
    if _LINK.fullmatch(text):
        return (
            f"it is a text that names another file, {text.strip()!r}: a link that was not followed when it was copied"
        )
    return None


def _of_weights(start: bytes) -> str | None:
    if _OLD_PICKLE.match(start):
        return f"it is a Python pickle, which is never opened; {SAVE}"
    if start[8:9] == b"{" and start[:8].endswith(b"\0\0\0") and b'"dtype"' in start:
        return f"it is a safetensors file: weights, no architecture; {SAVE}"
    return None


def _of_graph(start: bytes) -> str | None:
    """Return the name of a format of operations, not layers; protocol buffers have no mark, but a first field."""
    if start[4:8] == b"TFL3":
        return "a TensorFlow Lite model"
    if b"_tf_keras_" in start:
        return "the metadata of a TensorFlow SavedModel"
    if start.startswith(b"\x08\x01\x12"):
        return "a TensorFlow SavedModel"
    if start[:1] == b"\x08" and start[2:3] == b"\x12" and 1 < start[1] < 32:
        return "an ONNX model"
    if start[:1] == b"\x0a" and (b"Placeholder" in start or b"Const" in start):
        return "a graph of TensorFlow"
    return None


def has_user_block(file: BinaryIO, mark: bytes) -> bool:
    """Tell whether a file format's mark stands behind a block of the user's own, which has 512 bytes or twice, ..."""
    length = file.seek(0, 2)
    place = 512
    while place < length:
        file.seek(place)
        if file.read(len(mark)) == mark:
            return True
        place *= 2
    return False


def refused_archive(names: list[str], where: str) -> InputError | UnsupportedError:
    """Return the error for a zip archive without a config, by the names in it."""
    last = [name.rpartition("/")[2] for name in names]
    models = [name for name in names if name.endswith((".keras", ".h5", ".hdf5", ".json", ".yaml", ".yml"))]
    if "data.pkl" in last:
        return InputError(f"cannot read {where}: it is a PyTorch file, which holds no Keras layers; {SAVE}")
    if names and all(name.endswith(".npy") for name in names):
        return InputError(f"cannot read {where}: it is a NumPy archive: weights, no architecture; {SAVE}")
    if "saved_model.pb" in last:
        return UnsupportedError(f"cannot read {where}: it is a packed TensorFlow SavedModel, which is not read; {SAVE}")
    if "[Content_Types].xml" in names or "AndroidManifest.xml" in names or "META-INF/MANIFEST.MF" in names:
        return InputError(f"cannot read {where}: it is a document or program in a zip archive, not a model")
    if any(name.endswith((".weights.h5", ".weights.json", "weights.npz")) for name in names):
        return InputError(f"cannot read {where}: it holds weights, no architecture ('config.json' is missing); {SAVE}")
    some = ", ".join(names[:4]) or "nothing"
    advice = f"unpack it, and give {models[0]!r}" if models else SAVE
    return InputError(f"cannot read {where}: it is a zip archive without 'config.json' (it holds {some}); {advice}")


def refused_folder(names: list[str], path: str, where: str) -> InputError | UnsupportedError:
    """Return the error for a folder without a config, by the names in it."""
    if "saved_model.pb" in names or "keras_metadata.pb" in names:
        return UnsupportedError(f"cannot read {where}: it is a TensorFlow SavedModel, which is not read; {SAVE}")
    suffixes = {name.rpartition(".")[2] for name in names}
    found = next((suffix for suffix in ("keras", "h5", "hdf5", "json", "yaml", "yml") if suffix in suffixes), None)
    if any(name.endswith((".weights.h5", ".weights.json")) for name in names):
        advice = f": it holds weights, no architecture; {SAVE}"
    elif found is not None:
        advice = f"; give the files: {path.rstrip('/') + '/*.' + found!r}"
    else:
        advice = ""
    return InputError(
        f"cannot read {where}: the folder has no 'config.json', so it is no unpacked .keras archive{advice}"
    )


def refused_hdf5(names: tuple[str, ...], where: str, *, listed: bool) -> InputError:
    """Return the error for an HDF5 file without a config: of weights (`listed` by layer, or by names), or of others."""
    if listed or {"layers", "vars", "_layer_checkpoint_dependencies", "model_weights"} & set(names):
        return InputError(
            f"cannot read {where}: it holds only weights, no architecture; {SAVE},"
            " or give it as the weights of the model's config"
        )
    some = ", ".join(map(repr, names[:4])) or "nothing"
    return InputError(
        f"cannot read {where}: it is an HDF5 file that is no Keras model (it holds {some}, and no 'model_config')"
    )
