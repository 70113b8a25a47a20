"""``app.run`` as the command line calls it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from PySide6.QtGui import QImage

SCRIPT = """
import sys
from hera_desktop.engine.errors import ModelError
from hera_desktop.gui import app, chat_requests, feature_requests, standing_requests
from tests.gui.chat.talks import FakeChat
from tests.gui.fake import FakeEngine

feature_requests.open_lab = lambda engine: engine.lab
chat_requests.open_chat = FakeChat
standing_requests.measure = lambda engine: engine.standing()

def factory(progress):
    if sys.argv[2] == "fail":
        raise ModelError("model 'x' is not installed")
    return FakeEngine()

sys.exit(app.run(screenshot=sys.argv[1], prompts=sys.argv[3:], factory=factory))
"""


def run(*arguments):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)


def test_a_screenshot_run_evolves_the_prompts_and_saves_a_picture(tmp_path):
    picture = tmp_path / "window.png"
    done = run(picture, "load", "good", "reject this")
    assert (done.returncode, done.stderr) == (0, "")
    assert QImage(str(picture)).width() >= 1280


def test_a_failed_load_is_status_2_and_one_sentence(tmp_path):
    picture = tmp_path / "window.png"
    done = run(picture, "fail", "good")
    assert (done.returncode, done.stderr) == (2, "model 'x' is not installed\n")
    assert picture.exists()


def test_an_unwritable_picture_is_status_2_and_one_sentence(tmp_path):
    picture = tmp_path / "missing" / "window.png"
    done = run(picture, "load")
    assert (done.returncode, done.stderr) == (2, f"picture {picture} cannot be written\n")


def test_many_calls_to_qt_do_not_use_up_none_and_the_truth_values():
    script = """
import hera_desktop.gui
from PySide6.QtGui import QPen
pen = QPen()
for _ in range(400_000):
    pen.setWidth(1)
    pen.isSolid()
    pen.isCosmetic()
    pen == pen
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
