"""Auto-run on the real window: it ends for each of its reasons, and says which."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from hera_desktop.engine.auto_run import StopConditions
from hera_desktop.gui.auto_run import AutoRun
from hera_desktop.gui.records import StepSettings

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine
from .test_queue import Turnstile, click, statuses


@pytest.fixture
def gate():
    return Turnstile()


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def window(open_window, engine):
    return open_window(lambda progress: engine)


@pytest.fixture
def auto(window, qtbot):
    """The auto-run's form, opened."""
    click(qtbot, window.prompt.auto.header)
    return window.prompt.auto


def type_number(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def start(window, auto, qtbot, prompt="good", steps="5"):
    window.prompt.box.setPlainText(prompt)
    type_number(qtbot, auto.steps, steps)
    click(qtbot, auto.start_button)


def run(window, auto, qtbot, prompt="good", steps="5"):
    """Start, and wait for the end."""
    start(window, auto, qtbot, prompt, steps)
    ended(window, qtbot)


def ended(window, qtbot):
    qtbot.waitUntil(lambda: not window.controller.auto.progress.running, timeout=WAIT_MS)
    settle(qtbot, window)


def steps_made(engine):
    return [entry.prompt for entry in engine.registry.history]


def test_it_ends_after_as_many_steps_as_were_asked_for(window, auto, engine, qtbot):
    run(window, auto, qtbot, steps="5")
    assert steps_made(engine) == ["good"] * 5
    assert window.status.message.text() == "Auto-run is done: 5 steps"
    assert window.controller.ready
    assert auto.start_button.text() == "Start"
    assert not auto.status.isVisible()


def test_it_ends_at_the_first_rejection_only_if_it_is_to(window, auto, engine, qtbot):
    run(window, auto, qtbot, prompt="reject this", steps="2")
    assert len(steps_made(engine)) == 2
    click(qtbot, auto.at_rejection)
    run(window, auto, qtbot, prompt="reject this", steps="4")
    assert len(steps_made(engine)) == 3
    assert window.status.message.text() == "Auto-run ended after 1 step: step 3 was rejected"


def test_it_ends_when_the_budget_is_reached_and_does_not_begin_beyond_it(window, auto, engine, qtbot):
    type_number(qtbot, auto.budget, "30")
    run(window, auto, qtbot, steps="40")
    made = len(steps_made(engine))  # each step uses 2 % more of the JS limit, from 7 % on
    told = messages(window)[-1]
    assert 5 <= made <= 20
    assert told.startswith(f"Auto-run ended after {made} steps: 3")
    assert told.endswith(" % of the budget is used, it was to stop at 30 %")
    click(qtbot, auto.start_button)
    settle(qtbot, window)
    assert len(steps_made(engine)) == made
    assert messages(window)[-1].endswith(" % of the budget is used already; auto-run is to stop at 30 %")


def test_without_the_budget_as_a_condition_it_goes_beyond_it(window, auto, engine, qtbot):
    type_number(qtbot, auto.budget, "30")
    click(qtbot, auto.at_budget)
    assert not auto.budget.isEnabled()
    run(window, auto, qtbot, steps="16")
    assert len(steps_made(engine)) == 16


def test_stop_ends_it_after_the_running_step(open_window, gate, qtbot):
    engine = FakeEngine(gate)
    window = open_window(lambda progress: engine)
    auto = window.prompt.auto
    click(qtbot, auto.header)
    gate.let(2)
    start(window, auto, qtbot, steps="50")
    qtbot.waitUntil(lambda: auto.status.text().startswith("step 3 of 50, budget 10 %"), timeout=WAIT_MS)
    assert not window.prompt.evolve_button.isEnabled() and not window.prompt.run_button.isEnabled()
    click(qtbot, auto.start_button)
    assert auto.status.text() == "step 3 of 50, budget 10 %, stops after this step"
    assert not auto.start_button.isEnabled()
    gate.let(1)
    ended(window, qtbot)
    assert len(steps_made(engine)) == 3
    assert messages(window)[-1] == "Auto-run was stopped after 3 steps"


def test_escape_stops_the_running_step_and_the_last_committed_state_stands(open_window, gate, qtbot):
    engine = FakeEngine(gate)
    window = open_window(lambda progress: engine)
    click(qtbot, window.prompt.auto.header)
    gate.let(2)
    start(window, window.prompt.auto, qtbot, steps="50")
    qtbot.waitUntil(lambda: len(steps_made(engine)) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.prompt.auto.status.text().startswith("step 3"), timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    ended(window, qtbot)
    assert messages(window)[-1] == "Auto-run was cancelled after 2 steps; the last committed state stands"
    assert window.header.count.text() == "(2 patches)"


def test_a_step_that_fails_ends_it(window, auto, engine, qtbot):
    run(window, auto, qtbot, prompt="bad", steps="40")
    assert messages(window)[-2:] == [
        "the prompt has 4096 tokens; at most 1024 are allowed",
        "Auto-run ended after 0 steps: the next one failed",
    ]
    assert window.status.icon.isVisible()


def test_it_goes_round_the_queue(window, auto, engine, qtbot):
    window.controller.queue.add(["a", "reject b", "c"])
    auto.what.setCurrentIndex(1)
    run(window, auto, qtbot, steps="7")
    assert steps_made(engine) == ["a", "reject b", "c", "a", "reject b", "c", "a"]
    assert [row.step for row in window.controller.queue.rows] == [7, 5, 6]
    assert statuses(window) == ["committed", "rejected", "committed"]


def test_it_ends_when_the_queue_it_goes_round_is_emptied(open_window, gate, qtbot):
    engine = FakeEngine(gate)
    window = open_window(lambda progress: engine)
    window.controller.queue.add(["a"])
    window.controller.auto.start(AutoRun("", StepSettings(), StopConditions(9), cycle=True))
    gate.let(1)
    # between the verdict and the next step, while the texts are generated, the row is no longer a running one
    window.controller.arrived.connect(window.prompt.queue_view.clear_button.click)
    ended(window, qtbot)
    assert statuses(window) == []
    assert messages(window)[-1] == "Auto-run ended after 1 step: the queue is empty"


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (0, "The prompt is empty; type the text that the step is about"),
        (1, "The queue is empty; add the prompts that auto-run is to go through"),
    ],
)
def test_it_does_not_begin_without_a_prompt(window, auto, engine, qtbot, what, told):
    auto.what.setCurrentIndex(what)
    click(qtbot, auto.start_button)
    settle(qtbot, window)
    assert window.status.message.text() == told
    assert steps_made(engine) == []


def test_it_says_how_long_it_takes(open_window, gate, qtbot, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("hera_desktop.gui.time_left.time.monotonic", lambda: now[0])
    window = open_window(lambda progress: FakeEngine(gate))
    status = window.prompt.auto.status
    click(qtbot, window.prompt.auto.header)
    start(window, window.prompt.auto, qtbot, steps="13")
    qtbot.waitUntil(lambda: status.text() == "step 1 of 13", timeout=WAIT_MS)
    now[0] += 10
    gate.let(1)
    qtbot.waitUntil(lambda: status.text() == "step 2 of 13, budget 7 %, about 2 min left", timeout=WAIT_MS)
    gate.let(20)
    ended(window, qtbot)


def test_a_real_run_stops_at_a_rejection(real_window, qtbot):
    window = real_window(immune__max_js_divergence=0.000001)
    click(qtbot, window.prompt.auto.header)
    click(qtbot, window.prompt.auto.at_rejection)
    run(window, window.prompt.auto, qtbot, prompt="The capital of France is", steps="3")
    assert messages(window)[-1] == "Auto-run ended after 1 step: step 1 was rejected"
    assert window.header.count.text() == "(the base)"
