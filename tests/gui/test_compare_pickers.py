"""The two lists of states: what they hold, how they are searched, and that ten thousand entries stay quick."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from hera_desktop.gui.compare.choice_form import ChoiceForm
from hera_desktop.gui.compare.state_list import ICON
from hera_desktop.gui.compare_requests import BASE, NOW
from hera_desktop.gui.records import Snapshot
from hera_desktop.gui.snapshots import SnapshotTaker
from hera_desktop.gui.synthetic_timeline import synthetic_view

from .fake import FakeEngine

PROMPTS = ("The capital of France is", "reject this", "warn me of Rome", "The Danube")


def quiet(what, share):
    pass


@pytest.fixture
def engine() -> FakeEngine:
    engine = FakeEngine()
    for prompt in PROMPTS:
        engine.evolve(prompt, None, quiet)
    return engine


@pytest.fixture
def form(qtbot, engine) -> ChoiceForm:
    form = ChoiceForm()
    qtbot.addWidget(form)
    form.resize(1200, 80)
    form.show_snapshot(SnapshotTaker(engine).take())
    form.set_state(True, False)
    form.show()
    qtbot.waitExposed(form)
    return form


def texts(form: ChoiceForm) -> list[str]:
    return [form.pickers[0].itemText(row) for row in range(form.pickers[0].count())]


def type_into(qtbot, picker, words: str) -> None:
    picker.lineEdit().setFocus()
    picker.lineEdit().selectAll()
    qtbot.keyClicks(picker.lineEdit(), words)


def test_base_and_now_come_first_and_then_the_committed_steps_newest_first(form):
    assert texts(form) == [
        "base: the model without any patch",
        "now: the present state, 3 patches",
        "p4  The Danube",
        "p3  warn me of Rome",
        "p1  The capital of France is",
    ]
    assert form.choice == (BASE, NOW)


def test_every_state_has_its_mark(form):
    def shape(row: int):
        icon = form.pickers[0].itemIcon(row)
        return icon.pixmap(ICON, ICON).toImage()

    base, p4, p3, p1 = (shape(row) for row in (0, 2, 3, 4))
    assert p4 == p1 and p3 != p1 and base != p1
    assert not form.pickers[0].itemIcon(0).isNull()


def test_a_new_step_is_added_and_what_was_chosen_stays(form, engine):
    form.choose("p1", "p3")
    engine.evolve("A fifth", None, quiet)
    form.show_snapshot(SnapshotTaker(engine).take())
    assert texts(form)[2] == "p5  A fifth"
    assert form.choice == ("p1", "p3")
    assert form.pickers[0].currentText() == "p1  The capital of France is"


def test_names_are_shown_once_they_are_given(form, engine):
    engine.rename("p3", "Rome, a warning")
    form.show_snapshot(SnapshotTaker(engine).take())
    assert texts(form)[3] == "p3  Rome, a warning warn me of Rome"


def test_another_session_keeps_what_is_still_there(form):
    form.choose("p4", "p1")
    other = FakeEngine()
    other.evolve("One step", None, quiet)
    form.show_snapshot(SnapshotTaker(other).take())
    assert form.choice == (BASE, "p1")


def test_typing_a_patch_or_a_part_of_a_prompt_chooses_it(qtbot, form):
    picker = form.pickers[0]
    type_into(qtbot, picker, "danube")
    picker.completer().popup().hide()
    qtbot.keyClick(picker.lineEdit(), Qt.Key.Key_Return)
    assert form.choice[0] == "p4" and picker.currentText() == "p4  The Danube"
    type_into(qtbot, picker, "p1")
    picker.completer().popup().hide()
    form.prompt.setFocus()
    assert form.choice[0] == "p1" and picker.currentText() == "p1  The capital of France is"


def test_the_list_of_what_matches_is_worked_with_the_arrows(qtbot, form):
    picker = form.pickers[1]
    type_into(qtbot, picker, "the")
    popup = picker.completer().popup()
    assert popup.isVisible()
    shown = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert shown == ["base: the model without any patch", *[text for text in texts(form)[1:] if "the" in text.lower()]]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert form.choice[1] == "p4" and not popup.isVisible()


def test_words_that_are_no_state_are_taken_back(qtbot, form):
    picker = form.pickers[0]
    type_into(qtbot, picker, "zebra")
    form.prompt.setFocus()
    assert form.choice[0] == BASE and picker.currentText() == texts(form)[0]


def test_tab_leads_through_the_form_in_the_order_it_is_read(qtbot, form):
    form.show_running(True)
    order, names = form.pickers[0].lineEdit(), []
    order.setFocus()
    for _ in range(6):
        names.append(form.focusWidget().accessibleName())
        form.focusNextChild()
    assert names == [
        "State A",
        "State B",
        "Swap the states",
        "Prompt that both states continue",
        "Text the features are read on",
        "Compare",
    ]


def test_ten_thousand_steps_stay_quick(qtbot, form):
    info = SnapshotTaker(FakeEngine()).take().info
    rows = synthetic_view(10_001).rows
    committed = [row.patch_id for row in rows[1:] if row.status != "rejected"]
    before, after = (replace(synthetic_view(10_001), rows=rows[:count]) for count in (10_001, 10_002))
    form.show_snapshot(Snapshot(info, replace(before, current=10_000)))
    assert _seconds(lambda: form.show_snapshot(Snapshot(info, after))) < 0.2
    picker = form.pickers[0]
    assert picker.count() == len(committed) + 2 and picker.itemText(2).startswith(f"{committed[-1]}  ")
    assert _seconds(picker.showPopup) < 1.0
    picker.hidePopup()
    assert _seconds(lambda: type_into(qtbot, picker, "p77")) < 1.5  # three keys
    assert picker.completer().popup().isVisible()
    assert _seconds(lambda: type_into(qtbot, picker, "zebra")) < 2.5  # nothing matches: every row is looked at


def _seconds(do) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start
