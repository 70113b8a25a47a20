"""What every test relies on: no window on the screen, at most two threads, no settings from the user's environment."""

from __future__ import annotations

import os
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "2")  # torch reads it when it is imported, here and in subprocesses
if "PYTEST_XDIST_WORKER" in os.environ:  # two processes with two threads each would wait for one another
    os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
for _name in [name for name in os.environ if name.startswith("HERA_") and name != "HERA_DATA_HOME"]:
    del os.environ[_name]
os.environ["HERA_CACHE_HOME"] = tempfile.mkdtemp(prefix="hera-tests-")  # what tests measure is not the user's

REAL_MODEL = "SmolLM2-135M-Instruct"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests on the real model come first: they take longest, and at the end the other process would wait."""
    items.sort(key=lambda item: item.get_closest_marker("real") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked ``real`` need the default model: without it they are skipped, and in CI they fail."""
    if item.get_closest_marker("real") is None:
        return
    from hera_desktop.engine.catalogue import get_entry

    if get_entry(REAL_MODEL).installed:
        return
    reason = f"{REAL_MODEL} is not installed; run `hera-desktop models install {REAL_MODEL}`"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def real_engine_config():
    """The default model on the CPU, every other setting at its default; only for tests marked ``real``."""
    from hera_desktop.engine.config import load_config

    return load_config(None, [f"model.name={REAL_MODEL}", "experiment.device=cpu"], environment={})
