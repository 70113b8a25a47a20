"""What a prompt should continue with: typed under it, handed to the engine, kept with the queue's rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from hera_desktop.engine.edits import EDIT_STRATEGIES
from hera_desktop.gui.records import Target

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

PROMPT = "The capital of France is"
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def window(open_window, engine):
    return open_window(lambda progress: engine)


@pytest.fixture
def aim(window):
    return window.prompt.aim


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_a_target_opens_the_settings_of_the_edit(window, aim, qtbot):
    step, edit = window.prompt.step, aim.edit
    assert step.isVisible() and not edit.isVisible()
    type_into(qtbot, aim.line.text, " ")
    assert step.isVisible() and not edit.isVisible()
    type_into(qtbot, aim.line.text, "Rome")
    assert edit.isVisible() and not step.isVisible()
    titles = [edit.strategy.itemText(n) for n in range(edit.strategy.count())]
    assert titles == [strategy.title for strategy in EDIT_STRATEGIES.values()]
    assert edit.strategy.currentData() == "rank_one"
    assert edit.subject.placeholderText() == "found automatically"
    aim.line.text.clear()
    assert step.isVisible() and not edit.isVisible()


def test_evolve_makes_an_edit_towards_the_target(window, engine, aim, evolve, qtbot):
    type_into(qtbot, aim.line.text, "Rome")
    evolve(window, PROMPT)
    aim.edit.strategy.setFocus()
    qtbot.keyClicks(aim.edit.strategy, "n")
    type_into(qtbot, aim.edit.subject, " France ")
    evolve(window, PROMPT)
    assert engine.edits.asked == [(PROMPT, "Rome", None, "rank_one"), (PROMPT, "Rome", "France", "null_space")]
    assert window.header.count.text() == "(2 patches)"
    assert any(text.startswith("Step 1 committed as p1") for text in messages(window))


def test_without_a_target_all_is_as_before(window, engine, aim, evolve, qtbot):
    type_into(qtbot, aim.line.text, "Rome")
    aim.line.text.clear()
    evolve(window, PROMPT)
    assert engine.edits.asked == []
    assert engine.settings[0] == engine.config.evolution.model_copy(update={"target_layers": (7,)})


@pytest.mark.parametrize("field", ["target", "subject"])
def test_enter_in_a_line_evolves(window, engine, aim, qtbot, field):
    window.prompt.box.setPlainText(PROMPT)
    type_into(qtbot, aim.line.text, "Rome")
    qtbot.keyClick(aim.line.text if field == "target" else aim.edit.subject, Key.Key_Return)
    settle(qtbot, window)
    assert engine.edits.asked == [(PROMPT, "Rome", None, "rank_one")]


def test_a_block_that_is_not_asked_for_does_not_stop_an_edit(window, engine, aim, evolve, qtbot):
    type_into(qtbot, window.prompt.step.blocks, "99")
    type_into(qtbot, aim.line.text, "Rome")
    evolve(window, PROMPT)
    assert len(engine.edits.asked) == 1


def test_a_subject_that_is_not_in_the_prompt_is_told(window, engine, aim, evolve, qtbot):
    type_into(qtbot, aim.line.text, "Rome")
    type_into(qtbot, aim.edit.subject, "Spain")
    evolve(window, PROMPT)
    assert messages(window)[-1] == f"the subject 'Spain' does not stand in the prompt {PROMPT!r}"
    assert engine.ledger.history == []


def test_the_queue_keeps_each_prompt_with_its_target(window, engine, aim, qtbot):
    window.prompt.box.setPlainText(PROMPT)
    type_into(qtbot, aim.line.text, "Rome")
    type_into(qtbot, aim.edit.subject, "France")
    qtbot.mouseClick(window.prompt.queue_button, LEFT)
    window.controller.queue.add(["a plain one"])
    aim.line.text.clear()
    model = window.controller.queue
    assert [model.index(row, 1).data() for row in range(2)] == [f"{PROMPT} \u2192 Rome", "a plain one"]
    qtbot.mouseClick(window.prompt.run_button, LEFT)
    qtbot.waitUntil(lambda: model.next_waiting() is None, timeout=WAIT_MS)
    settle(qtbot, window)
    assert engine.edits.asked == [(PROMPT, "Rome", "France", "rank_one")]
    assert [entry.prompt for entry in engine.ledger.history] == [PROMPT, "a plain one"]


@pytest.mark.parametrize("cycle", [False, True])
def test_auto_run_repeats_the_target_with_its_prompt(window, engine, aim, qtbot, cycle):
    window.controller.queue.add(["queued"], Target("b"))
    window.prompt.box.setPlainText(PROMPT)
    type_into(qtbot, aim.line.text, "Rome")
    auto = window.prompt.auto
    auto.set_open(True)
    auto.what.setCurrentIndex(int(cycle))
    auto.steps.setValue(2)
    auto.at_budget.setChecked(False)
    qtbot.mouseClick(auto.start_button, LEFT)
    qtbot.waitUntil(lambda: not window.controller.auto.progress.running, timeout=WAIT_MS)
    settle(qtbot, window)
    assert [asked[:2] for asked in engine.edits.asked] == [("queued", "b") if cycle else (PROMPT, "Rome")] * 2


def test_tab_goes_from_the_target_through_the_edit_to_evolve(window, aim, qtbot):
    window.activateWindow()
    type_into(qtbot, aim.line.text, "Rome")
    passed = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed == [aim.edit.strategy, aim.edit.subject, window.prompt.evolve_button]


def test_ctrl_z_in_the_line_is_about_the_step_once_it_was_taken(window, aim, evolve, qtbot):
    type_into(qtbot, aim.line.text, "Rome")
    evolve(window, PROMPT)
    aim.line.text.setFocus()
    qtbot.keyClick(aim.line.text, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert (aim.line.text.text(), window.header.count.text()) == ("Rome", "(the base)")


def test_the_fields_fit_at_the_smallest_window(window, aim, qtbot):
    type_into(qtbot, aim.line.text, "Rome")
    for size in ((1280, 720), (960, 600)):
        window.resize(*size)
        qtbot.wait(20)
        for field in (aim.line.text, aim.edit.strategy, aim.edit.subject):
            assert field.accessibleName()
            assert field.width() >= field.minimumSizeHint().width()
            assert window.rect().contains(field.mapTo(window, QPoint(field.width(), field.height())))
        subject = aim.edit.subject
        assert subject.width() >= subject.fontMetrics().horizontalAdvance(subject.placeholderText()) + 8


def test_a_real_edit_is_recorded_with_its_target(real_window, evolve, qtbot):
    window = real_window(edits__steps=2, edits__prefixes=1, edits__learning_rate=0.5)
    type_into(qtbot, window.prompt.aim.line.text, "Rome")
    evolve(window, PROMPT)
    source = window.controller.snapshot.timeline.rows[1].details["source"]
    assert (source["kind"], source["target"], source["subject"]) == ("edit", "Rome", "France")
    assert "rank_one, block" in window.timeline.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
