"""Who imports what (style.md, rule 1); import-linter checks the same statically."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

HEAVY = ("torch", "transformers", "transformer_lens", "sae_lens", "peft")
WINDOW = ("PySide6", "pyqtgraph", "superqt", "qtawesome")


def loaded_by(module: str) -> set[str]:
    """Which of the heavy and the window's packages importing ``module`` in a new process loads."""
    code = f"import {module}, sys; print(*(name for name in {HEAVY + WINDOW} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    ["hera_desktop", "hera_desktop.engine", "hera_desktop.engine.config", "hera_desktop.engine.catalogue"],
)
def test_light_modules_load_neither_torch_nor_qt(module):
    assert loaded_by(module) == set()


def test_the_engine_loads_no_window():
    loaded = loaded_by("hera_desktop.engine.hera")
    assert "torch" in loaded
    assert not loaded & set(WINDOW)


def test_the_window_loads_no_torch():
    if importlib.util.find_spec("hera_desktop.gui") is None or importlib.util.find_spec("hera_desktop.gui.app") is None:
        pytest.skip("there is no window yet")
    assert not loaded_by("hera_desktop.gui.app") & set(HEAVY)
