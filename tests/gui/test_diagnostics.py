"""Diagnostics, the error dialog, and the about box."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QTextBrowser

from hera_desktop import __version__
from hera_desktop.gui.diagnostics import Context, diagnostics_text, last_traceback, present_log_file, versions
from hera_desktop.gui.dialogs.about import AboutDialog
from hera_desktop.gui.dialogs.error import ErrorDialog
from hera_desktop.gui.error_desk import ErrorDesk

from .conftest import settle
from .fake import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform

SECRET = "The capital of France is"
TRACEBACK = f"""\
Traceback (most recent call last):
  File "/home/me/hera_desktop/gui/steps.py", line 3, in run
    raise KeyError(word)
KeyError: '{SECRET}'"""


@pytest.fixture
def log_file(tmp_path, monkeypatch):
    """The program's log in a file of its own."""
    path = tmp_path / "hera.log"
    program = logging.getLogger("hera_desktop")
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    monkeypatch.setattr(program, "handlers", [handler])
    monkeypatch.setattr(program, "level", logging.INFO)
    monkeypatch.setattr(program, "propagate", False)
    yield path
    handler.close()


@pytest.fixture
def context():
    return Context(FakeEngine().info(), (f'engine.evolve("{SECRET}")', "engine.undo()"), frozenset({SECRET}))


def fail_once():
    try:
        raise ZeroDivisionError(f"a fault about '{SECRET}'")
    except ZeroDivisionError:
        logging.getLogger("hera_desktop.gui.model_thread").exception("job 3 (Evolving) failed")


# --- the text ---------------------------------------------------------------------------------------------------------


def test_versions_come_without_importing_anything_heavy():
    script = (
        "import sys\n"
        "from hera_desktop.gui.diagnostics import diagnostics_text\n"
        "text = diagnostics_text('internal error')\n"
        "assert 'torch: ' in text and 'not installed' not in text, text\n"
        "heavy = {'torch', 'transformers', 'transformer_lens', 'sae_lens', 'peft'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert {"HERA Desktop", "Python", "Qt", "torch", "transformers", "transformer-lens", "sae-lens", "peft"} <= set(
        versions()
    )


def test_the_last_traceback_is_read_from_the_log(log_file):
    assert last_traceback() == ""
    fail_once()
    logging.getLogger("hera_desktop.x").info("afterwards")
    found = last_traceback().splitlines()
    assert found[0].endswith("job 3 (Evolving) failed")
    assert found[1] == "Traceback (most recent call last):"
    assert found[-1].startswith("ZeroDivisionError: a fault about")
    assert present_log_file() == log_file


def test_the_users_texts_are_left_out_unless_wanted(log_file, context):
    fail_once()
    logging.getLogger("hera_desktop.gui.messages").info("told the user (%s): %s", "info", f"Step 1: {SECRET}")
    without = diagnostics_text("internal error in evolving", TRACEBACK, context)
    assert SECRET not in without
    assert "engine.undo()" in without
    assert 'File "/home/me/hera_desktop/gui/steps.py", line 3' in without
    assert "KeyError" in without
    assert "FakeLM-135M" in without
    with_texts = diagnostics_text("internal error in evolving", TRACEBACK, context, texts=True)
    assert with_texts.count(SECRET) >= 3


def test_without_a_log_or_a_model_there_is_still_a_report(monkeypatch, tmp_path):
    monkeypatch.setattr("hera_desktop.gui.diagnostics.present_log_file", lambda: tmp_path / "none.log")
    text = diagnostics_text("internal error")
    assert "model: none is loaded" in text
    assert text.count("nothing") >= 3


def test_the_home_folder_is_not_told(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    text = diagnostics_text("session cannot be read", f"{tmp_path}/secret-name.hera")
    assert str(tmp_path) not in text.replace("~", "")
    assert "~/secret-name.hera" in text


# --- the dialog -------------------------------------------------------------------------------------------------------


def test_a_fault_shows_the_dialog_with_its_traceback(fake_window, evolve, qtbot, log_file):
    desk = ErrorDesk(fake_window.controller, lambda: ['engine.evolve("crash")'], fake_window)
    evolve(fake_window, "crash")
    assert desk.dialog.isVisible()
    assert not desk.dialog.isModal()
    assert desk.dialog.message.text().startswith("internal error in evolving: ZeroDivisionError")
    shown = desk.dialog.text.toPlainText()
    assert "ZeroDivisionError: a fault of ours" in shown
    assert fake_window.controller.snapshot.info.state_hash in shown
    assert "engine.evolve('…')" in shown
    qtbot.mouseClick(desk.dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == shown
    assert fake_window.controller.messages.last.text == "Diagnostics copied"


def test_an_error_of_the_users_opens_no_dialog_but_has_details(fake_window, evolve, qtbot, log_file):
    desk = ErrorDesk(fake_window.controller, tuple, fake_window)
    evolve(fake_window, "bad")
    assert desk.dialog is None
    desk.show_message(fake_window.controller.messages.last)
    assert desk.dialog.message.text() == "the prompt has 4096 tokens; at most 1024 are allowed"
    assert "no traceback" in desk.dialog.text.toPlainText()
    settle(qtbot, fake_window)


@pytest.fixture
def dialog(qtbot, context, log_file):
    made = ErrorDialog(lambda: context)
    qtbot.addWidget(made)
    made.show_error("internal error in evolving: KeyError; details are in the log", TRACEBACK)
    return made


def test_texts_are_included_when_ticked_and_not_the_next_time(dialog, qtbot):
    assert SECRET not in dialog.text.toPlainText()
    qtbot.keyClick(dialog.texts, Qt.Key.Key_Space)
    assert SECRET in dialog.text.toPlainText()
    dialog.show_error("internal error again", TRACEBACK)
    assert SECRET not in dialog.text.toPlainText()


def test_diagnostics_are_saved_or_the_reason_is_told(dialog, tmp_path):
    told = []
    dialog.told.connect(lambda text, level: told.append((text, level)))
    dialog.save_to(tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == dialog.text.toPlainText()
    dialog.save_to(tmp_path / "missing" / "out.txt")
    assert [level for _, level in told] == ["info", "error"]
    assert told[1][0] == f"File {tmp_path / 'missing' / 'out.txt'} cannot be written: No such file or directory"


def test_escape_closes_it(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# --- about ------------------------------------------------------------------------------------------------------------


def test_about_names_versions_engine_and_paths(qtbot, log_file):
    about = AboutDialog()
    qtbot.addWidget(about)
    info = FakeEngine().info()
    about.show_info(info)
    shown = {label.text() for label in about.findChildren(QLabel)}
    assert {f"HERA Desktop {__version__}", info.state_hash, "cpu float32", str(log_file)} <= shown
    qtbot.mouseClick(about.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"HERA Desktop {__version__}")
    assert info.state_hash in copied
    texts = [view.toPlainText() for view in about.findChildren(QTextBrowser)]
    assert any("MIT" in text for text in texts)
    assert any("PySide6 and Qt" in text for text in texts)


def test_about_without_a_model(qtbot):
    about = AboutDialog()
    qtbot.addWidget(about)
    about.show_info(None)
    assert "model: none is loaded" in about.as_text()
