"""Pictures of the window in its states; SHOTS_FOLDER=folder keeps them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from hera_desktop.gui.row_actions import REVERT
from hera_desktop.gui.theme import DARK, LIGHT, palette_of

from .conftest import WAIT_MS, settle
from .fake import FakeEngine
from .test_row_actions import hover


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def expect_picture(request, tmp_path, monkeypatch, qapp, qtbot):
    """``expect_picture(window, name)`` saves a picture and checks that it shows something."""
    monkeypatch.setenv("HERA_THEME", request.param.name)
    qapp.setPalette(palette_of(request.param))
    folder = Path(os.environ.get("SHOTS_FOLDER", tmp_path))

    def take(window, name):
        qtbot.wait(80)
        path = folder / f"{name}-{request.param.name}.png"
        assert window.grab().save(str(path))
        image = QImage(str(path))
        assert image.width() >= 1280
        assert image.height() >= 720
        colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
        assert len(colours) > 40

    return take


def test_start_and_failure(expect_picture, open_window, qtbot):
    gate = threading.Event()

    def factory(progress):
        progress("loading the SAE", None)
        gate.wait(60)
        raise OSError("no such thing")

    window = open_window(factory, load=False)
    window.controller.load()
    qtbot.waitUntil(lambda: window.status.cancel_button.isVisible(), timeout=WAIT_MS)
    window.loading.name_model("SmolLM2-135M-Instruct")
    expect_picture(window, "start")
    gate.set()
    settle(qtbot, window)
    expect_picture(window, "failed-load")


def test_running(expect_picture, open_window, qtbot):
    gate = threading.Event()
    window = open_window(lambda progress: FakeEngine(gate))
    expect_picture(window, "empty")
    window.controller.queue.add(["The capital of France is", "def add(a, b):", "Once upon a time"])
    window.controller.run_queue()
    qtbot.waitUntil(lambda: window.status.cancel_button.isVisible(), timeout=WAIT_MS)
    expect_picture(window, "running")
    gate.set()
    qtbot.waitUntil(lambda: window.controller.queue.next_waiting() is None, timeout=WAIT_MS)
    settle(qtbot, window)


def test_after_a_rejection_and_after_a_rollback(expect_picture, fake_window, evolve, qtbot):
    for prompt in ("The capital of France is", "warn: def add(a, b):", "Once upon a time", "reject: 2 + 2 ="):
        evolve(fake_window, prompt)
    expect_picture(fake_window, "rejected")
    fake_window.controller.go_to(2)
    settle(qtbot, fake_window)
    expect_picture(fake_window, "rolled-back")
    for prompt in ("Dear Sir or Madam,", "The largest planet is"):
        evolve(fake_window, prompt)
    fake_window.controller.move("revert", "p5")
    settle(qtbot, fake_window)
    expect_picture(fake_window, "branch")
    fake_window.prompt.step.blocks.setText("7, 99")
    fake_window.prompt.submit()
    hover(qtbot, fake_window, 1, REVERT)
    expect_picture(fake_window, "hovered")
