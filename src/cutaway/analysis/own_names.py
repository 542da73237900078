"""Names of parts of a model, without what only repeats the name of the whole."""


def without_model(name: str, model: str) -> str:
    """Return a name without that of the model that it begins with: in `resnet50`, `resnet50_stem` is `stem`."""
    return name.removeprefix(f"{model}_").lstrip("_") or name
