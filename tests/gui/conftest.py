"""Windows on a fake engine, and on a tiny real one; every model thread is ended with its test."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from hera_desktop.engine.atlas.store import Atlas
from hera_desktop.gui import chat_requests, feature_requests, standing_requests, steps
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.main_window import MainWindow
from hera_desktop.gui.requests import EngineFactory, LoadRequest
from hera_desktop.gui.theme import SystemTheme, unstyled

from .chat.talks import FakeChat
from .fake import SAE, FakeEngine

OpenWindow = Callable[..., MainWindow]
WAIT_MS = 60_000


@pytest.fixture(scope="package", autouse=True)
def frozen_once() -> Iterator[None]:
    """The libraries are frozen, and not the windows of the tests before: nothing would collect those, and each change
    of the theme would restyle them all."""
    freeze = gc.freeze

    def first() -> None:
        if not gc.get_freeze_count():
            freeze()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "freeze", first)
        yield


@pytest.fixture(scope="package", autouse=True)
def nobodys_settings(tmp_path_factory) -> Iterator[None]:
    """What a window writes while it goes, after its test has ended, is not written into the user's settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HERA_DATA_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def fake_lab(monkeypatch, tmp_path) -> None:
    """A fake engine brings its own features; and no atlas of the user's is found."""
    real = feature_requests.open_lab
    monkeypatch.setattr(feature_requests, "open_lab", lambda e: e.lab if isinstance(e, FakeEngine) else real(e))
    chat = chat_requests.open_chat
    monkeypatch.setattr(chat_requests, "open_chat", lambda e: FakeChat(e) if isinstance(e, FakeEngine) else chat(e))
    known = standing_requests.measure
    monkeypatch.setattr(standing_requests, "measure", lambda e: e.standing() if isinstance(e, FakeEngine) else known(e))
    edits = steps.open_edits
    monkeypatch.setattr(steps, "open_edits", lambda e: e.edits if isinstance(e, FakeEngine) else edits(e))
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    if QApplication.instance() is not None:
        SystemTheme.current().apply()  # whatever the last test left


@pytest.fixture(scope="session")
def atlas_file(tmp_path_factory) -> Path:
    """An atlas of the fake SAE's 96 features."""
    from hera_desktop.engine.atlas.synthetic import write_synthetic_atlas

    path = tmp_path_factory.mktemp("atlas") / "atlas.sqlite"
    write_synthetic_atlas(path, 96)
    return path


@pytest.fixture
def atlas(atlas_file: Path):
    with Atlas.open(atlas_file) as found:
        yield found


@pytest.fixture
def installed_atlas(atlas_file: Path, tmp_path: Path) -> Path:
    """The atlas where the program looks for it."""
    folder = tmp_path / "data" / "atlases"
    folder.mkdir(parents=True)
    return Path(shutil.copy(atlas_file, folder / f"{SAE.fingerprint[:16]}.sqlite"))


@pytest.fixture
def open_window(qtbot, qapp) -> Iterator[OpenWindow]:
    """``open_window(factory)`` shows a window and, unless ``load=False``, waits until its engine is loaded."""
    SystemTheme.current().apply()
    windows: list[MainWindow] = []

    def make(factory: EngineFactory, load: bool = True) -> MainWindow:
        with unstyled(qapp):
            window = MainWindow(Controller(LoadRequest(factory=factory)))
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        if load:
            window.controller.load()
            qtbot.waitUntil(lambda: not window.controller.busy, timeout=WAIT_MS)
        return window

    yield make
    for window in windows:
        assert window.controller.close(), "the model thread did not end"


@pytest.fixture
def fake_window(open_window: OpenWindow) -> MainWindow:
    return open_window(lambda progress: FakeEngine())


@pytest.fixture
def real_window(open_window: OpenWindow, tmp_path: Path) -> Callable[..., MainWindow]:
    """``real_window(immune__max_js_divergence=...)``: a window on a tiny real engine built on the model thread."""

    def make(**overrides: object) -> MainWindow:
        def build(progress: object):
            import torch

            from tests import tiny

            torch.set_num_threads(1)
            return tiny.engine(tmp_path / "session.hera", **overrides)

        return open_window(build)

    return make


@pytest.fixture
def evolve(qtbot) -> Callable[[MainWindow, str], None]:
    """Type a prompt, click Evolve, wait for the end."""
    from PySide6.QtCore import Qt

    def do(window: MainWindow, prompt: str) -> None:
        window.prompt.box.clear()
        qtbot.keyClicks(window.prompt.box, prompt)
        qtbot.mouseClick(window.prompt.evolve_button, Qt.MouseButton.LeftButton)
        settle(qtbot, window)

    return do


def settle(qtbot, window: MainWindow) -> None:
    """Wait until nothing runs and the plots are drawn."""
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=WAIT_MS)
    qtbot.wait(60)


def messages(window: MainWindow) -> list[str]:
    return [message.text for message in window.controller.messages.kept]
