"""The timeline driven by mouse and keys: finding steps, choosing them, and all that can be done with them."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from hera_desktop.gui.bench_timeline import timeline_figures
from hera_desktop.gui.panels.timeline import TimelinePanel
from hera_desktop.gui.row_actions import GO, REVERT
from hera_desktop.gui.synthetic_timeline import synthetic_view
from hera_desktop.gui.theme import SystemTheme
from hera_desktop.gui.timeline_model import BARS, NAME, NOTE, TAGS

from .timeline_window import shown_timeline

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot, qapp):
    yield from shown_timeline(qtbot)


@pytest.fixture
def full(window):
    """Steps of every kind: 1 reverted, 2 a warning, 3 rejected, 4 left, 5 active and current."""
    window.evolve("Paris is nice", "warn me of Rome", "reject this", "Paris again")
    window.timeline.select_step(2)
    window.press("go")
    window.evolve("the last of them")
    window.timeline.select_step(1)
    window.press("revert")
    return window


def search(qtbot, window, text):
    line = window.timeline.filter_line.search
    line.clear()
    qtbot.keyClicks(line, text)


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("paris", ["1", "4"]),
        ("paris again", ["4"]),
        ("p2", ["2"]),
        ("keepsake", ["5"]),
        ("capital", ["2"]),
        ("third time", ["4"]),
        ("4711", ["1"]),
        ("471", []),
    ],
)
def test_words_find_prompts_patches_notes_tags_names_and_features(full, qtbot, text, steps):
    full.engine.ledger.entry("p1").details["features"] = [[4711, 2.5]]
    full.engine.note("p1", "seen")  # the row is read again
    full.desk._note(("p5", "a keepsake"))
    full.desk._tag(("p2", ("capital",)))
    full.desk._rename(("p4", "third time"))
    full.settle()
    search(qtbot, full, text)
    assert full.shown() == steps
    assert full.timeline.filter_line.count.text() == f"{len(steps)} of 5"
    assert full.timeline.hint.isVisible() == (not steps)


def test_states_are_filtered_by_their_marks_which_say_how_many_there_are(full, qtbot):
    marks = full.timeline.filter_line.marks
    counts = {name: button.text() for name, button in marks.items()}
    assert counts == {"committed": "1", "warning": "1", "rejected": "1", "reverted": "1", "left": "1"}
    qtbot.mouseClick(marks["rejected"], Qt.MouseButton.LeftButton)
    assert full.shown() == ["3"]
    qtbot.mouseClick(marks["left"], Qt.MouseButton.LeftButton)
    assert full.shown() == ["3", "4"]
    for name in ("rejected", "left"):
        qtbot.mouseClick(marks[name], Qt.MouseButton.LeftButton)
    assert full.shown() == ["", "1", "2", "3", "4", "5"]


def test_a_tag_can_be_chosen_once_there_is_one(full, qtbot):
    box = full.timeline.filter_line.tag
    assert not box.isVisible()
    for patch_id in ("p2", "p5"):
        full.desk._tag((patch_id, ("keep",)))
    full.settle()
    assert box.isVisible()
    assert box.itemText(1) == "keep (2)"
    box.setCurrentIndex(1)
    assert full.shown() == ["2", "5"]
    full.desk._tag(("p2", ()))
    full.desk._tag(("p5", ()))
    full.settle()
    assert not box.isVisible()
    assert len(full.shown()) == 6


def test_a_slash_leads_to_the_search_and_the_keys_lead_back(full, qtbot):
    table, line = full.timeline.table, full.timeline.filter_line.search
    table.setFocus()
    qtbot.keyClick(table, Key.Key_Slash)
    assert line.hasFocus()
    qtbot.keyClicks(line, "paris")
    qtbot.keyClick(line, Key.Key_Down)
    assert table.hasFocus()
    qtbot.keyClick(table, Key.Key_Slash)
    qtbot.keyClick(line, Key.Key_Escape)
    assert line.text() == ""
    assert len(full.shown()) == 6


def test_a_step_picked_elsewhere_is_shown_although_it_was_filtered_out(full, qtbot):
    search(qtbot, full, "paris")
    full.desk.select_step(5)
    assert full.timeline.selected.step == 5
    assert full.timeline.filter_line.search.text() == ""


def test_in_a_filtered_view_double_clicks_and_icons_mean_the_step_they_are_on(full, qtbot):
    search(qtbot, full, "paris")
    full.double_click(4)
    assert full.said().startswith("Restored p4")
    place = full.timeline.row_actions.place(4, REVERT)
    qtbot.mouseClick(full.timeline.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    full.settle()
    assert full.said().startswith("Reverted p4")
    with pytest.raises(ValueError, match="not in tuple"):
        full.timeline.row_actions.place(2, GO)  # it is filtered out


def test_new_steps_join_a_filtered_view_where_they_match(full, qtbot):
    search(qtbot, full, "paris")
    full.evolve("something else", "paris once more")
    assert full.shown() == ["1", "4", "7"]
    assert full.timeline.selected.step == 7


# --- rows come and change without a reset -----------------------------------------------------------------------------


def test_a_step_is_added_and_a_move_changes_rows_and_neither_resets_the_table(window, qtbot):
    window.evolve("a", "b", "c")
    model, resets, added, changed = window.timeline.model, [], [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.rowsInserted.connect(lambda _, first, last: added.append((first, last)))
    model.dataChanged.connect(lambda first, last, roles: changed.append((first.row(), last.row())))
    window.evolve("d")
    assert (resets, added) == ([], [(4, 4)])
    changed.clear()
    window.timeline.select_step(2)
    window.press("revert")
    assert resets == []
    assert (2, 2) in changed
    assert not any(first <= 1 <= last for first, last in changed)


def test_several_selected_rows_stay_selected_while_steps_are_added(window):
    window.evolve("a", "b", "c")
    window.click(1)
    window.click(2, CONTROL)
    window.evolve("d")
    assert window.timeline.table.selected_steps == (1, 2)


# --- what can be done -------------------------------------------------------------------------------------------------


def test_what_makes_no_sense_is_disabled_and_says_why(full):
    actions = full.timeline.actions_
    full.timeline.select_step(3)
    assert not actions.go.isEnabled()
    assert "This step was rejected" in actions.go.toolTip()
    full.timeline.select_step(5)
    assert "This is the present state" in actions.go.toolTip()
    full.timeline.select_step(0)
    assert "There is no patch" in actions.revert.toolTip()
    assert actions.go.isEnabled()


@pytest.mark.qt_log_ignore("plugin does not support")
def test_re_applying_asks_for_the_factor_beside_the_row(full, qtbot):
    full.timeline.select_step(2)
    full.press("reapply")
    popup = full.timeline.popup
    assert popup.isVisible()
    assert popup.factor.value() == 0.5
    popup.factor.setValue(0.25)
    qtbot.keyClick(popup.factor, Key.Key_Return)
    full.settle()
    assert not popup.isVisible()
    row = full.timeline.model.row(6)
    assert row.details["source"] == {"kind": "reapply", "of": "p2", "factor": 0.25}
    assert full.said().startswith("Step 6 committed with a warning as p6")


def test_branching_goes_there_and_tells_who_asks_for_the_prompt(full):
    full.timeline.select_step(2)
    full.press("branch")
    assert full.controller.snapshot.timeline.current == 2
    assert ("branch_wanted", 2) in full.heard


def test_selected_patches_are_exported_and_two_states_compared(full):
    full.click(1)
    full.press("compare")
    assert full.heard[-1] == ("compare_wanted", (1, None))
    full.click(2, CONTROL)
    full.click(5, CONTROL)
    full.press("export")
    assert full.heard[-1] == ("export_wanted", ("p1", "p2", "p5"))
    full.press("compare")
    assert full.heard[-1] == ("compare_wanted", (1, 5))
    full.press("python")
    assert full.heard[-1] == ("python_wanted", 5)


def test_words_are_edited_in_their_cells_and_kept_in_the_session(full):
    full.timeline.select_step(2)
    full.press("rename")
    full.type_into_cell("first try")
    assert full.said() == "Step 2 is called 'first try' now"
    full.press("tags")
    full.type_into_cell("keep, , Rome,keep")
    assert full.said() == "Tags kept on step 2: keep, Rome"
    full.press("note")
    full.type_into_cell("worth it")
    row = full.timeline.selected
    assert (row.name, row.tags, row.note) == ("first try", ("keep", "Rome"), "worth it")
    texts = [full.timeline.model.index(2, column).data() for column in (NAME, TAGS, NOTE)]
    assert texts == ["first try", "keep, Rome", "worth it"]


def test_words_are_undone_with_the_moves_newest_first(full):
    full.desk._note(("p2", "worth it"))
    full.settle()
    full.controller.move("undo")
    full.settle()
    assert full.timeline.model.row(2).note == ""
    assert full.timeline.model.row(1).state == "reverted"
    full.controller.move("undo")
    full.settle()
    assert full.timeline.model.row(1).state == "active"


def test_keys_move_open_details_and_edit_the_note(full, qtbot):
    table = full.timeline.table
    full.click(2)
    qtbot.keyClick(table, Key.Key_Down)
    assert full.timeline.selected.step == 3
    qtbot.keyClick(table, Key.Key_Return)
    assert full.heard[-1] == ("details_wanted", 3)
    qtbot.keyClick(table, Key.Key_F2)
    full.type_into_cell("by key")
    assert full.timeline.model.row(3).note == "by key"


def test_a_hidden_column_is_shown_for_editing(full):
    full.timeline.table.show_column(NOTE, False)
    full.timeline.select_step(2)
    full.press("note")
    assert not full.timeline.table.isColumnHidden(NOTE)
    full.type_into_cell("there", Key.Key_Escape)
    assert full.timeline.model.row(2).note == ""


def test_the_step_under_the_mouse_is_told_and_shown(full, qtbot):
    viewport = full.timeline.table.viewport()
    for place in (QPoint(1, 1), full.place(4)):
        qtbot.mouseMove(viewport, place)
    assert full.heard[-1] == ("step_hovered", 4)
    full.desk.hover_step(2)
    assert full.timeline.table.look.hovered == 2


def test_in_a_session_that_can_only_be_read_nothing_is_offered_that_changes_it(full, qtbot):
    full.engine.read_only = True
    full.controller.load()
    full.settle()
    actions = full.timeline.actions_
    full.timeline.select_step(2)
    for action in (*actions.changing, *actions.writing):
        assert not action.isEnabled()
        assert "can only be read" in action.toolTip()
    assert actions.export.isEnabled()
    before = full.engine.ledger.revision
    full.double_click(1)
    full.double_click(2, NOTE)
    place = full.timeline.row_actions.place(2, GO)
    qtbot.mouseClick(full.timeline.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    full.settle()
    assert full.engine.ledger.revision == before
    assert full.details.words.note.isReadOnly()


# --- what is remembered -----------------------------------------------------------------------------------------------


def wheel(table, up: bool) -> None:
    place = QPointF(table.viewport().rect().center())
    delta = QPoint(0, 120 if up else -120)
    where = QPointF(table.viewport().mapToGlobal(place.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, where, QPoint(), delta, Qt.MouseButton.NoButton, CONTROL, phase, False)
    QApplication.sendEvent(table.viewport(), event)


def test_the_height_of_the_rows_follows_wheel_and_slider_and_is_remembered(full, qtbot):
    table, slider = full.timeline.table, full.timeline.zoom
    wheel(table, up=True)
    assert (table.row_height, slider.value()) == (26, 26)
    for _ in range(20):
        wheel(table, up=False)
    assert (table.row_height, slider.value()) == (16, 16)
    slider.setValue(40)
    assert table.row_height == 40
    again = TimelinePanel()
    qtbot.addWidget(again)
    assert (again.table.row_height, again.zoom.value()) == (40, 40)


def test_columns_are_hidden_by_the_menu_and_stay_hidden(full, qtbot):
    menu = full.timeline.table.columns_menu(full.timeline)
    names = [action.text() for action in menu.actions()]
    assert names == ["step", "name", "state", "limits", "JS, bits", "PPL, x", "drift", "tags", "note", "icons"]
    menu.actions()[names.index("limits")].trigger()
    assert full.timeline.table.isColumnHidden(BARS)
    menu.close()
    again = TimelinePanel()
    qtbot.addWidget(again)
    assert again.table.isColumnHidden(BARS)
    assert not again.table.isColumnHidden(NOTE)


def test_the_bars_say_their_figures(full):
    tip = full.timeline.model.index(2, BARS).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[0] == "JS divergence 0.1203 of 0.15 (80 %)"
    assert full.timeline.model.index(0, BARS).data(Qt.ItemDataRole.AccessibleTextRole) == ""


def test_everything_can_be_named_and_reached_by_tab(full):
    line = full.timeline.filter_line
    parts = [line.search, line.tag, *line.marks.values(), full.timeline.table, full.timeline.zoom]
    for part in (*parts, *full.timeline.buttons, full.timeline.more, full.timeline.columns):
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


# --- ten thousand steps -----------------------------------------------------------------------------------------------


def test_an_invented_timeline_is_the_same_every_time_and_has_every_state():
    view = synthetic_view(1000)
    assert len(view.rows) == len(view.edges) == 1001
    assert {row.mark for row in view.rows} == {"base", "committed", "warning", "rejected", "reverted", "left"}
    synthetic_view.cache_clear()
    assert synthetic_view(1000) == view


def test_ten_thousand_steps_stay_smooth(qtbot, qapp):
    SystemTheme.current().apply()
    found = timeline_figures(qapp, 10_000, time.thread_time)
    for name in ("scroll", "redraw", "append"):
        times = sorted(getattr(found, name))
        assert times[len(times) // 2] < 33, (name, times[-5:])
