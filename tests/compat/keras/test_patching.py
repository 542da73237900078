"""`patch` and `patched`, on packages of the same structure as Keras 3 and tf_keras."""

import subprocess
import sys
import textwrap

import pytest

KERAS_3 = {
    "keras/__init__.py": "from keras.src.models.model import Model\nfrom keras import utils\n",
    "keras/utils/__init__.py": "from keras.src.utils.model_visualization import model_to_dot, plot_model\n",
    "keras/late.py": "from keras.utils import plot_model",
    "keras/src/__init__.py": "",
    "keras/src/utils/__init__.py": "",
    "keras/src/utils/model_visualization.py": "def plot_model(): ...\ndef model_to_dot(): ...\n",
    "keras/src/models/__init__.py": "",
    "keras/src/models/model.py": "class Model:\n    def summary(self): return 'theirs'\nclass Sequential(Model): ...\n",
}
TF_KERAS = {
    "tf_keras/__init__.py": "from tf_keras.src.engine.training import Model\nfrom tf_keras import utils\n",
    "tf_keras/utils/__init__.py": "from tf_keras.src.utils.vis_utils import model_to_dot, plot_model\n",
    "tf_keras/src/__init__.py": "",
    "tf_keras/src/utils/__init__.py": "",
    "tf_keras/src/utils/vis_utils.py": "def plot_model(): ...\ndef model_to_dot(): ...\n",
    "tf_keras/src/engine/__init__.py": "",
    "tf_keras/src/engine/training.py": "class Model:\n    def summary(self): return 'theirs'\n",
}
START = "import sys; import cutaway.compat.keras as ours; from cutaway.compat.keras import patch, patched\n"


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a program in a process in which the packages can be imported."""
    for name, text in {**KERAS_3, **TF_KERAS}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def ran(program, *before):
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n" + "\n".join(
            (*before, START, textwrap.dedent(program))
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return ran


BEFORE = pytest.mark.parametrize("before", [(), ("import keras, tf_keras",)], ids=["loaded later", "loaded before"])


@BEFORE
@pytest.mark.parametrize("package", ["keras", "tf_keras"])
def test_functions_are_ours_under_all_names(run, before, package):
    run(
        f"""
        patch()
        import {package} as keras
        from {package}.utils import model_to_dot, plot_model
        assert plot_model is keras.utils.plot_model is ours.plot_model
        assert model_to_dot is keras.utils.model_to_dot is ours.model_to_dot
        assert keras.Model.summary is ours.summary
        """,
        *before,
    )


@BEFORE
@pytest.mark.parametrize("package", ["keras", "tf_keras"])
def test_the_module_that_is_gone_is_there(run, before, package):
    run(
        f"""
        with patched():
            from {package}.utils.vis_utils import model_to_dot, plot_model
            assert plot_model is ours.plot_model and model_to_dot is ours.model_to_dot
            import {package}
            assert {package}.utils.vis_utils.plot_model is ours.plot_model
        assert not hasattr({package}.utils, "vis_utils")
        try:
            import {package}.utils.vis_utils
        except ImportError:
            pass
        else:
            raise AssertionError
        """,
        *before,
    )


def test_no_package_is_loaded(run):
    run("patch()\nassert 'keras' not in sys.modules and 'tf_keras' not in sys.modules")


@BEFORE
def test_all_is_undone_also_by_an_exception(run, before):
    run(
        """
        finders = list(sys.meta_path)
        try:
            with patched():
                import keras, tf_keras, keras.late
                assert keras.late.plot_model is ours.plot_model
                raise KeyError("theirs")
        except KeyError:
            pass
        assert sys.meta_path == finders
        names = {keras: "keras.src.utils.model_visualization", tf_keras: "tf_keras.src.utils.vis_utils"}
        for package, module in names.items():
            assert package.utils.plot_model is sys.modules[module].plot_model is not ours.plot_model
            assert package.utils.plot_model.__module__ == package.utils.model_to_dot.__module__ == module
            assert type(sys.modules[module].__spec__.loader).__name__ == "SourceFileLoader"
            assert package.Model().summary() == "theirs"
        assert keras.late.plot_model is keras.utils.plot_model
        """,
        *before,
    )


def test_patches_lie_in_each_other(run):
    run(
        """
        import keras
        theirs = keras.utils.plot_model
        with patched():
            with patched():
                assert keras.utils.plot_model is ours.plot_model
            assert keras.utils.plot_model is ours.plot_model
            assert keras.utils.vis_utils.plot_model is ours.plot_model
        assert keras.utils.plot_model is theirs
        """
    )


@BEFORE
def test_patches_may_end_in_any_order(run, before):
    run(
        """
        one, two, three = patch(), patch(), patch()
        import keras
        import keras.utils.vis_utils
        finders = len(sys.meta_path)
        for undo in (one, three):
            undo()
            undo()
            assert keras.utils.plot_model is keras.utils.vis_utils.plot_model is ours.plot_model
            assert keras.Model.summary is ours.summary
        import tf_keras
        assert tf_keras.utils.plot_model is ours.plot_model
        two()
        assert len(sys.meta_path) == finders - 3
        assert keras.utils.plot_model.__module__ == "keras.src.utils.model_visualization"
        assert tf_keras.utils.plot_model.__module__ == "tf_keras.src.utils.vis_utils"
        assert keras.Model().summary() == tf_keras.Model().summary() == "theirs"
        assert "keras.utils.vis_utils" not in sys.modules
        one()
        assert keras.Model().summary() == "theirs"
        """,
        *before,
    )


def test_what_is_loaded_in_an_inner_patch_stays_ours_in_the_outer(run):
    run(
        """
        with patched():
            with patched():
                import keras
            import keras.utils.vis_utils
            assert keras.utils.plot_model is keras.utils.vis_utils.plot_model is ours.plot_model
            assert keras.Model.summary is ours.summary
        assert keras.utils.plot_model is sys.modules["keras.src.utils.model_visualization"].plot_model
        assert keras.utils.plot_model is not ours.plot_model
        assert keras.Model().summary() == "theirs"
        assert type(sys.modules["keras.src.models.model"].__loader__).__name__ == "SourceFileLoader"
        assert "keras.utils.vis_utils" not in sys.modules
        """
    )


def test_what_others_replace_meanwhile_stays(run):
    run(
        """
        import keras
        with patched():
            keras.utils.plot_model = "another's"
        assert keras.utils.plot_model == "another's"
        """
    )


def test_patch_returns_what_undoes_it(run):
    run(
        """
        import keras
        theirs = keras.utils.plot_model
        undo = patch()
        assert keras.utils.plot_model is ours.plot_model
        undo()
        undo()
        assert keras.utils.plot_model is theirs
        """
    )


def test_a_module_that_keras_has_is_no_other(run, tmp_path):
    path = tmp_path / "keras" / "utils" / "vis_utils.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("def plot_model(): ...\ndef model_to_dot(): ...\nmore = 5\n")
    run(
        """
        with patched():
            from keras.utils.vis_utils import more, plot_model
            assert plot_model is ours.plot_model and more == 5
        import keras.utils.vis_utils as module
        assert module.plot_model.__module__ == "keras.utils.vis_utils"
        """
    )
