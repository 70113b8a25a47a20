"""The whole window as a person uses it: palette, theme, sessions, report, trace, recovery. Mouse and keys only where a
person has them; file dialogs, which belong to the system, are answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from hera_desktop.engine.errors import ModelError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.gui.app import Sitting, Wanted
from hera_desktop.gui.configure_requests import ConfigureRequest
from hera_desktop.gui.desk import COMPARE, EVOLVE, INSPECT
from hera_desktop.gui.recovery import running_folder
from hera_desktop.gui.requests import LoadRequest
from hera_desktop.gui.theme import DARK, LIGHT, theme_of
from hera_desktop.gui.timeline_model import PROMPT

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def run_from_palette(qtbot, window, words: str) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    palette = window.tools.palette
    qtbot.waitUntil(palette.isVisible)
    qtbot.keyClicks(palette.line, words)
    assert palette.chosen.enabled, palette.hint.text()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not palette.isVisible())
    qtbot.wait(20)


def _refuse(request, bench, report) -> None:
    raise ModelError("not with these settings")


def prompts_shown(window) -> list[str]:
    model = window.timeline.model
    return [model.index(row, PROMPT).data() for row in range(model.rowCount())]


def test_the_palette_reaches_the_windows_and_the_panels_actions(fake_window, evolve, qtbot):
    evolve(fake_window, "a first step")
    run_from_palette(qtbot, fake_window, "inspect layout")
    assert fake_window.desk.layout_id == INSPECT
    run_from_palette(qtbot, fake_window, "revert this")
    settle(qtbot, fake_window)
    assert fake_window.controller.snapshot.info.active == ()


def test_the_theme_switches_everywhere_and_is_remembered(fake_window, evolve, qtbot, monkeypatch):
    monkeypatch.delenv("HERA_THEME", raising=False)
    evolve(fake_window, "a first step")
    for name, theme in (("dark", DARK), ("light", LIGHT)):
        run_from_palette(qtbot, fake_window, f"{name} theme")
        plot = fake_window.immune.views[0].plot
        qtbot.waitUntil(lambda theme=theme, plot=plot: plot.backgroundBrush().color().name() == theme.base)
        assert theme_of(fake_window.palette()) is theme
        assert theme_of(fake_window.prompt.box.palette()) is theme
        assert fake_window.actions_[f"theme_{name}"].isChecked()
    fake_window.actions_["theme_system"].trigger()


def test_the_last_message_is_in_the_list_and_the_line_of_python_in_the_trace(fake_window, evolve):
    evolve(fake_window, "a first step")
    assert "Step 1 committed" in messages(fake_window)[-1]
    assert fake_window.log.lines[-1].startswith("engine.evolve('a first step'")


def test_a_step_is_copied_as_python(fake_window, evolve, qtbot):
    evolve(fake_window, 'say "hello"')
    fake_window.timeline.select_step(1)
    run_from_palette(qtbot, fake_window, "copy as python")
    line = QGuiApplication.clipboard().text()
    assert line.startswith("engine.evolve(") and repr('say "hello"') in line
    compile(line, "line", "exec")


def test_branching_leads_back_to_the_prompt(fake_window, evolve, qtbot):
    evolve(fake_window, "one")
    evolve(fake_window, "two")
    fake_window.timeline.select_step(1)
    run_from_palette(qtbot, fake_window, "branch from here")
    settle(qtbot, fake_window)
    assert fake_window.controller.snapshot.info.active == ("p1",)
    assert fake_window.desk.layout_id == EVOLVE
    evolve(fake_window, "three")
    assert fake_window.controller.snapshot.timeline.lanes == 2


def test_undo_by_its_keys_selects_one_row_and_every_panel_follows(fake_window, evolve, qtbot):
    for prompt in ("one", "two"):
        evolve(fake_window, prompt)
    table = fake_window.timeline.table
    fake_window.timeline.select_step(0)
    fake_window.controller.go_to(0)
    settle(qtbot, fake_window)
    assert fake_window.immune.verdict.text() == "The base"
    fake_window.activateWindow()
    qtbot.keyPress(fake_window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: fake_window.controller.snapshot.info.active == ("p1", "p2"))
    settle(qtbot, fake_window)
    qtbot.keyRelease(fake_window, Qt.Key.Key_Z, CTRL)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]
    assert fake_window.immune.verdict.text() == "Step 2 committed"


def test_a_note_that_is_being_typed_is_kept_when_the_window_closes(open_window, evolve, qtbot):
    engine = FakeEngine()
    window = open_window(lambda progress: engine)
    evolve(window, "one")
    window.desk.show_dock("details")
    window.details.words.note.setPlainText("half a thought")
    window.close()
    assert window.controller.close()
    assert engine.registry.history[0].note == "half a thought"


def test_a_note_that_is_being_typed_stays_with_the_session_that_is_left(real_window, evolve, qtbot):
    window = real_window()
    evolve(window, "the cat sat on the mat")
    left = window.controller.snapshot.info.session
    window.desk.show_dock("details")
    window.details.words.note.setPlainText("half a thought")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    settle(qtbot, window)
    assert window.controller.snapshot.info.session != left
    assert window.details.words.note.toPlainText() == ""
    ledger = Ledger.open(Path(left), read_only=True)
    assert ledger.entry("p1").note == "half a thought"
    ledger.close()


def test_undoing_a_setting_shows_in_the_fields_of_the_next_step(real_window, evolve, qtbot):
    window = real_window()
    evolve(window, "the cat sat on the mat")
    window.controller.submit(ConfigureRequest(("evolution.learning_rate=3",)))
    settle(qtbot, window)
    assert window.prompt.step.strength.value() == 3
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    assert window.prompt.step.strength.value() == 1


def test_settings_that_cannot_be_loaded_are_not_tried_again(real_window, evolve, qtbot, monkeypatch):
    window = real_window()
    stood = window.controller.load_request
    monkeypatch.setattr(LoadRequest, "run", _refuse)
    window.controller.load_with("model.dtype=bfloat16")
    settle(qtbot, window)
    assert messages(window)[-1] == "not with these settings"
    assert window.controller.load_request == stood


def test_a_click_on_the_layouts_tab_leads_from_the_welcome_page_to_the_desk(fake_window, qtbot):
    fake_window.actions_["welcome"].trigger()
    assert fake_window.front.currentWidget() is fake_window.welcome.page
    tabs = fake_window.workspaces
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(tabs.currentIndex()).center())
    assert fake_window.front.currentWidget() is fake_window.desk


def test_comparing_from_the_timeline_shows_the_comparison(real_window, evolve, qtbot):
    window = real_window()
    evolve(window, "the cat sat on the mat")
    window.timeline.select_step(1)
    run_from_palette(qtbot, window, "compare with the base")
    settle(qtbot, window)
    assert window.desk.layout_id == COMPARE
    assert window.compare.panel.isVisible()
    assert "compare_states(engine, 'base', 'now'" in window.log.lines[-1]


def test_a_session_is_saved_under_another_name_and_opened_again(real_window, evolve, qtbot, monkeypatch, tmp_path):
    window = real_window()
    evolve(window, "the cat sat on the mat")
    before = window.controller.snapshot.info.state_hash
    copy = tmp_path / "copy.hera"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL | SHIFT)
    settle(qtbot, window)
    assert window.windowTitle().startswith("copy.hera")
    evolve(window, "a dog ran in the park")
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    settle(qtbot, window)
    assert window.controller.snapshot.info.active == ()
    assert len(prompts_shown(window)) == 1
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(copy), ""))
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    settle(qtbot, window)
    assert window.controller.snapshot.info.active == ("p1", "p2")
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert window.controller.snapshot.info.state_hash == before


def test_a_report_is_exported(real_window, evolve, qtbot, tmp_path):
    window = real_window()
    evolve(window, "the <b>cat</b> sat on the mat")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    dialog = window.tools.report
    qtbot.waitUntil(dialog.isVisible)
    dialog.path.setText(str(tmp_path / "report.html"))
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=WAIT_MS)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "the &lt;b&gt;cat" in text
    assert window.controller.snapshot.info.state_hash in text
    dialog.close()


@pytest.fixture
def sit(qtbot, qapp):
    """Sit down before the program as ``hera-desktop`` starts it, on the fake engine."""
    made: list[Sitting] = []

    def make(session: str | None = None) -> Sitting:
        sitting = Sitting(_Lived(session=session, factory=lambda progress: FakeEngine()))
        made.append(sitting)
        qtbot.addWidget(sitting.window)
        qtbot.waitUntil(lambda: sitting.controller.ready, timeout=WAIT_MS)
        return sitting

    yield make
    for sitting in made:
        sitting.window.close()
        assert sitting.controller.close()


class _Lived(Wanted):
    """A fake engine, and all the same a person before the window."""

    lived_in = True


def test_the_first_start_greets_and_one_can_go_on(sit, qtbot):
    window = sit().window
    assert window.front.currentWidget() is window.welcome.page
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    window.workspaces.setCurrentIndex(1)
    assert window.front.currentWidget() is window.desk


def test_a_proper_end_leaves_no_note_behind(sit, qapp):
    sitting = sit()
    assert list(running_folder().glob("*.json"))
    sitting.window.close()
    sitting.end(0)
    assert not list(running_folder().glob("*.json"))
