"""The step's own settings: typed in the row, handed to the engine, told in one sentence where they cannot be used."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.strategies import STRATEGIES
from hera_desktop.gui.block_list import read_blocks
from hera_desktop.gui.requests import EvolveRequest

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def window(open_window, engine):
    return open_window(lambda progress: engine)


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_the_row_shows_the_configured_settings(window):
    step = window.prompt.step
    titles = [step.strategy.itemText(n) for n in range(step.strategy.count())]
    assert titles == [strategy.title for strategy in STRATEGIES.values()]
    assert step.strategy.currentData() == "hebbian"
    assert step.strength.text() == "1.00"
    assert step.blocks.text() == "7"
    assert "0.5 to 3 is a useful range" in step.strength.toolTip()
    assert "blocks 0 to 29" in step.blocks.toolTip()


def test_untouched_settings_are_those_of_the_configuration(window, engine, evolve):
    evolve(window, "good")
    assert engine.settings[0] == engine.config.evolution.model_copy(update={"target_layers": (7,)})


def test_what_is_typed_reaches_the_engine(window, engine, evolve, qtbot):
    step = window.prompt.step
    step.strategy.setFocus()
    qtbot.keyClicks(step.strategy, "o")
    type_into(qtbot, step.strength, "2.5")
    type_into(qtbot, step.blocks, "7, 8")
    evolve(window, "good")
    assert engine.settings[0] == engine.config.evolution.model_copy(
        update={"strategy": "oja", "learning_rate": 2.5, "target_layers": (7, 8)}
    )


def test_a_real_step_carries_its_settings(real_window, evolve, qtbot):
    window = real_window()
    assert window.prompt.step.blocks.text() == "1"
    type_into(qtbot, window.prompt.step.strength, "0.25")
    type_into(qtbot, window.prompt.step.blocks, "1 2")
    evolve(window, "The capital of France is")
    details = window.controller.snapshot.timeline.rows[1].details
    assert (details["strategy"], details["learning_rate"], details["layers"]) == ("hebbian", 0.25, [1, 2])
    assert "hebbian, strength 0.25, block 1, 2" in window.timeline.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_queue_uses_the_same_settings(window, engine, qtbot):
    window.controller.queue.add(["a", "b"])
    type_into(qtbot, window.prompt.step.strength, "3")
    qtbot.mouseClick(window.prompt.run_button, Qt.MouseButton.LeftButton)
    type_into(qtbot, window.prompt.step.strength, "9")
    qtbot.waitUntil(lambda: window.controller.queue.next_waiting() is None, timeout=WAIT_MS)
    settle(qtbot, window)
    assert [settings.learning_rate for settings in engine.settings] == [3.0, 3.0]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("30", "Block 30 is out of range: FakeLM-135M has blocks 0 to 29"),
        ("x", "Block 'x' is not a block number; type one such as 7, or several as 7, 8"),
        ("-1", "Block '-1' is not a block number; type one such as 7, or several as 7, 8"),
        ("7, 7", "Block 7 is named twice; each block is edited once"),
    ],
)
def test_a_bad_block_is_told_in_one_sentence_and_nothing_runs(window, engine, evolve, qtbot, typed, told):
    type_into(qtbot, window.prompt.step.blocks, typed)
    evolve(window, "good")
    assert window.status.message.text() == told
    window.controller.queue.add(["a"])
    qtbot.mouseClick(window.prompt.run_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.controller.queue.next_waiting() == 0
    assert engine.settings == []
    assert window.controller.ready


def test_a_setting_out_of_range_is_refused_before_the_engine(window, engine, qtbot):
    window.controller.submit(EvolveRequest("good", strength=5000.0))
    settle(qtbot, window)
    assert messages(window)[-1].startswith("configuration key 'evolution.learning_rate' is 5000.0: ")
    assert engine.settings == []


def test_the_strength_stays_within_its_range(window, qtbot):
    strength = window.prompt.step.strength
    assert (strength.minimum(), strength.maximum()) == (0.01, 1000)
    type_into(qtbot, strength, "12345")
    assert strength.value() <= 1000
    strength.show_strength(0.0005)
    assert strength.text() == "0.0005"


@pytest.mark.parametrize(
    ("text", "blocks"), [("7", (7,)), (" 7,8 ", (7, 8)), ("7, 8,", (7, 8)), ("0;3", (0, 3)), ("", None), (" , ", None)]
)
def test_blocks_as_they_are_typed(text, blocks):
    assert read_blocks(text, "m", 30) == blocks


def test_an_endless_number_is_no_block():
    with pytest.raises(InputError, match="is not a block number"):
        read_blocks("9" * 5000, "m", 30)


def test_tab_goes_from_the_prompt_through_the_settings_to_evolve(window, qtbot):
    prompt, step = window.prompt, window.prompt.step
    window.activateWindow()
    prompt.box.setFocus()
    passed = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed == [prompt.aim.line.text, step.strategy, step.strength, step.blocks, prompt.evolve_button]


def test_ctrl_z_in_a_field_takes_back_typing_first_and_then_the_step(window, evolve, qtbot):
    blocks = window.prompt.step.blocks
    type_into(qtbot, blocks, "8")
    evolve(window, "good")
    blocks.setFocus()
    qtbot.keyClicks(blocks, "9")
    qtbot.keyClick(blocks, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert (blocks.text(), window.header.count.text()) == ("8", "(1 patch)")
    for field in (blocks, window.prompt.step.strength):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        assert window.header.count.text() == "(the base)"
        window.controller.move("redo")
        settle(qtbot, window)


def test_the_row_fits_at_the_smallest_window(window, qtbot):
    step = window.prompt.step
    for size in ((1280, 720), (960, 600)):
        window.resize(*size)
        qtbot.wait(20)
        for field in (step.strategy, step.strength, step.blocks):
            assert field.accessibleName()
            assert field.width() >= field.minimumSizeHint().width()
            assert step.rect().contains(field.geometry())
            assert window.rect().contains(field.mapTo(window, QPoint(field.width(), field.height())))
        assert step.strength.lineEdit().width() >= step.strength.fontMetrics().horizontalAdvance("1000.00")
