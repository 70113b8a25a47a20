from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from hera_desktop.engine.errors import ModelError
from hera_desktop.gui.timeline_model import NOTE, PROMPT, STATE

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

PROBE = """
import sys
from PySide6.QtWidgets import QApplication
from hera_desktop.gui import app
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.main_window import MainWindow
from hera_desktop.gui.requests import LoadRequest
application = QApplication([])
controller = Controller(LoadRequest())
window = MainWindow(controller)
window.show()
application.processEvents()
heavy = {"torch", "transformers", "transformer_lens", "sae_lens", "peft"} & set(sys.modules)
assert window.isVisible() and not heavy, heavy
assert controller.close()
"""


def double_click(qtbot, window, step):
    table = window.timeline.table
    place = table.visualRect(window.timeline.model.index(step, PROMPT)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)


def press(qtbot, window, text):
    button = next(b for b in window.timeline.buttons if b.text() == text)
    assert button.isEnabled(), text
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)


def states(window):
    model = window.timeline.model
    return [model.index(row, STATE).data() for row in range(model.rowCount())]


def test_the_window_is_shown_before_anything_heavy_is_imported():
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_evolving_by_typing_and_clicking_shows_the_result(real_window, evolve):
    window = real_window()
    assert window.header.model.text() == "tiny-llama"
    base = window.status.state.text()
    evolve(window, "The capital of France is")
    assert window.status.state.text() != base
    assert window.header.state.text() in window.status.state.text()
    assert window.header.count.text() == "(1 patch)"
    assert states(window) == ["base", "committed"]
    assert window.immune.verdict.text() == "Step 1 committed"
    for side in ("before", "after"):
        assert window.generation.texts[side].toPlainText().startswith("The capital of France is")
        assert window.generation.tables[side].item(0, 1).text()
    assert messages(window)[-1].startswith("Step 1 committed as p1: all measures are under their limits")


def test_a_rejection_is_shown_with_its_reason_and_changes_nothing(real_window, evolve):
    window = real_window(immune__max_js_divergence=0.000001)
    base = window.status.state.text()
    evolve(window, "The capital of France is")
    assert window.status.state.text() == base
    assert states(window) == ["base", "rejected"]
    assert window.immune.verdict.text() == "Step 1 rejected"
    assert "over the limit 1e-06" in window.immune.reason.text()
    assert "worst probe" in window.immune.reason.text()
    assert window.generation.labels["after"].text() == "After, rejected and not applied"


def test_double_click_rolls_back_exactly(real_window, evolve, qtbot):
    window = real_window()
    hashes = [window.header.state.text()]
    for prompt in ("The capital of France is", "def add(a, b):"):
        evolve(window, prompt)
        hashes.append(window.header.state.text())
    assert len(set(hashes)) == 3
    double_click(qtbot, window, 1)
    assert window.header.state.text() == hashes[1]
    assert states(window) == ["base", "committed", "left"]
    double_click(qtbot, window, 0)
    assert window.header.state.text() == hashes[0]
    double_click(qtbot, window, 2)
    assert window.header.state.text() == hashes[2]


def test_revert_and_restore_by_their_buttons(real_window, evolve, qtbot):
    window = real_window()
    for prompt in ("The capital of France is", "def add(a, b):"):
        evolve(window, prompt)
    before = window.header.state.text()
    window.timeline.select_step(1)
    press(qtbot, window, "Revert this one")
    assert states(window) == ["base", "reverted", "committed"]
    assert window.header.state.text() != before
    window.timeline.select_step(1)
    press(qtbot, window, "Restore")
    assert window.header.state.text() == before


def test_undo_and_redo_by_their_shortcuts(fake_window, evolve, qtbot):
    window = fake_window
    evolve(window, "good")
    window.prompt.box.setFocus()
    after = window.header.state.text()
    qtbot.keyClick(window.prompt.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert window.header.count.text() == "(the base)"
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.prompt.box, Qt.Key.Key_Z, modifiers)
    settle(qtbot, window)
    assert window.header.state.text() == after


def test_ctrl_z_takes_back_typing_first(fake_window, evolve, qtbot):
    window = fake_window
    evolve(window, "good")
    window.prompt.box.setFocus()
    qtbot.keyClicks(window.prompt.box, "x")
    qtbot.keyClick(window.prompt.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert window.prompt.box.toPlainText() == "good"
    assert window.header.count.text() == "(1 patch)"


def test_ctrl_enter_evolves(fake_window, qtbot):
    window = fake_window
    window.prompt.box.setPlainText("good")
    qtbot.keyClick(window.prompt.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert states(window) == ["base", "committed"]


def test_escape_cancels_and_the_last_state_stands(open_window, qtbot):
    gate = threading.Event()
    window = open_window(lambda progress: FakeEngine(gate))
    base = window.header.state.text()
    window.prompt.box.setPlainText("good")
    window.prompt.submit()
    qtbot.waitUntil(lambda: window.status.cancel_button.isVisible(), timeout=WAIT_MS)
    assert window.status.running.text() == "Evolving: measuring the proposal"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert messages(window)[-1] == "Evolving was cancelled; the last committed state stands"
    assert window.header.state.text() == base
    assert not window.status.cancel_button.isVisible()


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("bad", "the prompt has 4096 tokens; at most 1024 are allowed"),
        ("crash", "internal error in evolving: ZeroDivisionError; details are in the log"),
        ("  ", "The prompt is empty; type the text that the step is about"),
    ],
)
def test_what_goes_wrong_is_told_in_one_sentence(fake_window, evolve, prompt, told):
    evolve(fake_window, prompt)
    assert messages(fake_window)[-1] == told
    assert fake_window.status.message.text() == told
    assert states(fake_window) == ["base"]
    assert fake_window.prompt.evolve_button.isEnabled()


def test_a_rejected_step_cannot_be_rolled_back_to(fake_window, evolve, qtbot):
    evolve(fake_window, "reject this")
    double_click(qtbot, fake_window, 1)
    assert messages(fake_window)[-1] == "Step 1 was rejected; there is no state to roll back to"


def test_a_note_is_edited_in_place(fake_window, evolve, qtbot):
    window = fake_window
    evolve(window, "good")
    press(qtbot, window, "Edit note")
    editor = window.timeline.table.viewport().focusWidget() or window.focusWidget()
    qtbot.keyClicks(editor, "worth keeping")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.timeline.model.index(1, NOTE).data() == "worth keeping"
    assert messages(window)[-1] == "Note kept on step 1"


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.prompt.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_dropped_file_fills_the_queue_and_the_queue_runs(fake_window, qtbot, tmp_path):
    window = fake_window
    path = tmp_path / "prompts.csv"
    path.write_text("id,prompt\n1,good\n2,reject this\n3,bad\n4,warn me\n", encoding="utf-8")
    drop(window, path)
    assert messages(window)[-1] == "4 prompts from prompts.csv in the queue"
    assert window.prompt.table.isVisible()
    qtbot.mouseClick(window.prompt.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.controller.queue.next_waiting() is None, timeout=WAIT_MS)
    settle(qtbot, window)
    assert [row.status for row in window.controller.queue.rows] == ["committed", "rejected", "failed", "warning"]
    assert states(window) == ["base", "committed", "rejected", "warning"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"\x00\x01\x02", "is binary"),
        ("b.txt", "naïve".encode("latin-1"), "is not UTF-8 text"),
        ("c.csv", b"", "holds no prompt"),
        ("d.pdf", b"text", "has the ending '.pdf'"),
    ],
)
def test_a_bad_file_gives_one_sentence(fake_window, tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    drop(fake_window, path)
    assert told in messages(fake_window)[-1]
    assert "\n" not in messages(fake_window)[-1]
    assert fake_window.controller.queue.rows == []


def test_a_failed_load_is_shown_in_place_and_can_be_tried_again(open_window, qtbot):
    attempts = []

    def factory(progress):
        attempts.append(1)
        if len(attempts) == 1:
            raise ModelError("model 'x' is not installed; run `hera-desktop models install x`")
        return FakeEngine(notices=("the SAE is upstream",))

    window = open_window(factory)
    assert window.loading.failure.text() == "model 'x' is not installed; run `hera-desktop models install x`"
    assert not window.prompt.evolve_button.isEnabled()
    qtbot.mouseClick(window.loading.retry_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.workspace.currentWidget() is window.generation
    assert messages(window)[-1] == "the SAE is upstream"


def test_widgets_have_accessible_names(fake_window):
    for widget in (
        fake_window.prompt.box,
        fake_window.prompt.table,
        fake_window.timeline.table,
        fake_window.status.bar,
        *(view.plot for view in fake_window.immune.views),
        *fake_window.generation.texts.values(),
        *fake_window.timeline.buttons,
    ):
        assert widget.accessibleName()
