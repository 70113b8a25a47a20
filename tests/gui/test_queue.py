"""The queue on the real window, by mouse and keys: a fake engine whose steps are let go one at a time."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from hera_desktop.engine.timeline import state_hash
from hera_desktop.gui.prompt_queue import PromptQueue
from hera_desktop.gui.sentences import short_hash

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Turnstile:
    """Lets as many steps through as it was told to; a step waits at it, and can be cancelled there."""

    def __init__(self) -> None:
        self._free = threading.Semaphore(0)

    def let(self, steps: int) -> None:
        self._free.release(steps)

    def wait(self, seconds: float) -> bool:
        return self._free.acquire(timeout=seconds)


@pytest.fixture
def gate():
    return Turnstile()


@pytest.fixture
def window(open_window, gate):
    return open_window(lambda progress: FakeEngine(gate))


@pytest.fixture
def view(window):
    return window.prompt.queue_view


def statuses(window):
    return [row.status for row in window.controller.queue.rows]


def prompts(window):
    return [row.prompt for row in window.controller.queue.rows]


def ended(window):
    """How many rows have been evolved."""
    return sum(row.step is not None for row in window.controller.queue.rows)


def click(qtbot, widget):
    assert widget.isVisible() and widget.isEnabled(), widget.accessibleName()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def click_row(qtbot, view, number, modifiers=Qt.KeyboardModifier.NoModifier):
    view.table.scrollTo(view.table.model().index(number, 1))
    place = view.table.visualRect(view.table.model().index(number, 1)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, modifiers, place)


def step_running(window, qtbot, number):
    """Wait until the row with this number runs and stands at the turnstile."""
    qtbot.waitUntil(lambda: statuses(window)[number] == "running", timeout=WAIT_MS)


def file_event(kind, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    place = QPointF(5, 5)
    event = kind(place.toPoint() if kind is QDragEnterEvent else place, *keys)
    event.data_ = data  # Qt keeps only a pointer
    return event


def drag_rows(view, numbers, before):
    """Drop these rows on the upper edge of another, as dragging them there does."""
    model, table = view.table.model(), view.table
    data = model.mimeData([model.index(number, 1) for number in numbers])
    table.scrollTo(model.index(before, 1))
    rect = table.visualRect(model.index(before, 1))
    place = QPointF(rect.center().x(), rect.top() + 1)
    keys = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    table.dropEvent(QDropEvent(place, *keys))


def test_twenty_prompts_with_pause_reorder_resume_and_a_cancel_in_the_middle(window, view, gate, qtbot, tmp_path):
    """The acceptance of the issue: a person's way through a long queue."""
    path = tmp_path / "twenty.txt"
    path.write_text("\n".join(f"prompt {n}" for n in range(20)), encoding="utf-8")
    window.prompt.dropEvent(file_event(QDropEvent, path))
    assert view.title.text() == "Queue, 20 of 20 waiting"
    gate.let(3)
    click(qtbot, view.run_button)
    step_running(window, qtbot, 3)
    assert view.title.text().startswith("4 of 20")
    assert view.run_button.text() == "Pause"

    click(qtbot, view.run_button)
    assert view.title.text() == "4 of 20, pausing"
    gate.let(1)
    settle(qtbot, window)
    assert statuses(window) == ["committed"] * 4 + ["waiting"] * 16
    assert view.title.text() == "Paused, 16 of 20 waiting"

    click_row(qtbot, view, 6)
    qtbot.keyClick(view.table, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(view.table, Qt.Key.Key_Up, ALT)
    assert prompts(window)[4:8] == ["prompt 6", "prompt 4", "prompt 5", "prompt 7"]
    drag_rows(view, [8, 9], 5)
    assert prompts(window)[4:10] == ["prompt 6", "prompt 8", "prompt 9", "prompt 4", "prompt 5", "prompt 7"]
    click_row(qtbot, view, 6)
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert prompts(window)[4:8] == ["prompt 6", "prompt 8", "prompt 4", "prompt 5"]

    gate.let(2)
    assert view.run_button.text() == "Resume"
    click(qtbot, view.run_button)
    step_running(window, qtbot, 6)
    assert view.title.text().startswith("7 of 19")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert statuses(window) == ["committed"] * 6 + ["cancelled"] + ["waiting"] * 12
    assert [row.prompt for row in window.controller.snapshot.timeline.proposals[4:]] == ["prompt 6", "prompt 8"]
    last = state_hash("fake", tuple(f"p{n}" for n in range(1, 7)))
    assert window.header.state.text() == short_hash(last)
    assert view.title.text() == "Queue, 12 of 19 waiting"
    assert view.run_button.text() == "Run queue"
    assert window.controller.ready


def test_the_title_counts_and_says_how_long_it_takes(window, view, gate, qtbot, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("hera_desktop.gui.time_left.time.monotonic", lambda: now[0])
    window.controller.queue.add(["a", "b", "c", "d"])
    click(qtbot, view.run_button)
    step_running(window, qtbot, 0)
    assert view.title.text() == "1 of 4"
    now[0] += 20
    gate.let(1)
    step_running(window, qtbot, 1)
    assert view.title.text() == "2 of 4, about 1 min left"
    now[0] += 20
    gate.let(1)
    step_running(window, qtbot, 2)
    assert view.title.text() == "3 of 4, about 40 s left"
    now[0] += 8
    qtbot.waitUntil(lambda: view.title.text() == "3 of 4, about 30 s left", timeout=WAIT_MS)
    gate.let(2)
    settle(qtbot, window)
    assert view.title.text() == "Queue, 0 of 4 waiting"


def test_every_row_says_what_became_of_it(window, view, gate, qtbot):
    window.controller.queue.add(["good", "reject this", "bad", "warn me"])
    gate.let(4)
    click(qtbot, view.run_button)
    settle(qtbot, window)
    model = view.table.model()
    words = [model.index(n, 0).data() for n in range(4)]
    tips = [model.index(n, 1).data(Qt.ItemDataRole.ToolTipRole) for n in range(4)]
    assert words == ["committed", "rejected", "failed", "warning"]
    assert [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(4)] == words
    assert tips[0].startswith("Step 1: safe: all measures are under their limits")
    assert "over the limit 0.15" in tips[1]
    assert tips[2] == "the prompt has 4096 tokens; at most 1024 are allowed"
    assert messages(window)[-1] == "The queue is done: 4 prompts, 1 committed with a warning, 1 rejected, 1 failed"


def test_a_finished_row_leads_to_its_step(window, view, gate, qtbot):
    window.controller.queue.add(["a", "b", "c"])
    gate.let(2)
    click(qtbot, view.run_button)
    step_running(window, qtbot, 2)
    click_row(qtbot, view, 0)
    assert window.timeline.selected.step == 1
    click_row(qtbot, view, 2)
    assert window.timeline.selected.step == 1, "a row without a step leads nowhere"
    click_row(qtbot, view, 1)
    window.timeline.select_step(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert window.timeline.selected.step == 2
    gate.let(1)
    settle(qtbot, window)


def test_the_prompt_is_queued_by_its_button_and_by_its_keys(window, view, qtbot):
    box = window.prompt.box
    qtbot.keyClicks(box, "first")
    click(qtbot, window.prompt.queue_button)
    qtbot.keyClicks(box, "second")
    qtbot.keyClick(box, Qt.Key.Key_Return, CTRL | SHIFT)
    assert prompts(window) == ["first", "second"]
    assert view.table.isVisible() and not view.hint.isVisible()
    box.clear()
    click(qtbot, window.prompt.queue_button)
    assert messages(window)[-1] == "The prompt is empty; type the text that the step is about"
    assert prompts(window) == ["first", "second"]


def test_a_row_runs_again_and_the_others_keep_waiting(window, view, gate, qtbot):
    window.controller.queue.add(["reject this", "b"])
    gate.let(1)
    click(qtbot, view.run_button)
    step_running(window, qtbot, 1)
    click(qtbot, window.prompt.cancel_button)
    settle(qtbot, window)
    window.controller.queue.add(["c"])
    click_row(qtbot, view, 0)
    gate.let(1)
    click(qtbot, view.again_button)
    settle(qtbot, window)
    assert statuses(window) == ["rejected", "cancelled", "waiting"]
    assert [row.step for row in window.controller.queue.rows] == [2, None, None]


def test_a_row_that_runs_again_while_the_queue_runs_has_its_turn_in_it(window, view, gate, qtbot):
    window.controller.queue.add(["a", "b"])
    gate.let(1)
    click(qtbot, view.run_button)
    step_running(window, qtbot, 1)
    click_row(qtbot, view, 0)
    click(qtbot, view.again_button)
    assert statuses(window) == ["waiting", "running"]
    gate.let(2)
    qtbot.waitUntil(lambda: not window.controller.busy and ended(window) == 2, timeout=WAIT_MS)
    assert [row.step for row in window.controller.queue.rows] == [3, 2]


def test_the_running_row_cannot_be_taken_away_and_the_others_can(window, view, gate, qtbot):
    window.controller.queue.add(["a", "b", "c", "d"])
    gate.let(1)
    click(qtbot, view.run_button)
    step_running(window, qtbot, 1)
    view.table.setFocus()
    view.table.selectAll()
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert prompts(window) == ["b"]
    assert not view.clear_button.isEnabled()
    gate.let(1)
    settle(qtbot, window)
    assert statuses(window) == ["committed"]
    click(qtbot, view.clear_button)
    assert prompts(window) == []
    assert view.hint.isVisible()


def test_a_pause_can_be_taken_back_before_the_step_has_ended(window, view, gate, qtbot):
    window.controller.queue.add(["a", "b"])
    click(qtbot, view.run_button)
    step_running(window, qtbot, 0)
    click(qtbot, view.run_button)
    click(qtbot, view.run_button)
    assert view.run_button.text() == "Pause"
    gate.let(2)
    settle(qtbot, window)
    assert statuses(window) == ["committed", "committed"]


def test_a_step_by_hand_during_a_pause_is_not_the_queues(window, view, gate, qtbot, evolve):
    window.controller.queue.add(["a", "b"])
    gate.let(2)
    click(qtbot, view.run_button)
    click(qtbot, view.run_button)
    settle(qtbot, window)
    evolve(window, "by hand")
    assert statuses(window) == ["committed", "waiting"]
    assert len(window.controller.snapshot.timeline.proposals) == 2
    assert view.run_button.text() == "Resume"


@pytest.mark.parametrize(
    ("numbers", "before", "order"),
    [([2], 0, "cabd"), ([0], 4, "bcda"), ([0, 2], 4, "bdac"), ([1, 3], 0, "bdac"), ([1], 1, "abcd"), ([1], 2, "abcd")],
)
def test_rows_are_moved_together_in_their_order(numbers, before, order):
    queue = PromptQueue()
    queue.add("abcd")
    queue.move(numbers, before)
    assert "".join(row.prompt for row in queue.rows) == order


def test_the_buttons_move_what_is_selected_as_far_as_it_goes(window, view, qtbot):
    window.controller.queue.add(["a", "b", "c"])
    assert not view.up_button.isEnabled() and not view.remove_button.isEnabled()
    click_row(qtbot, view, 1)
    click_row(qtbot, view, 2, SHIFT)
    click(qtbot, view.up_button)
    assert prompts(window) == ["b", "c", "a"]
    assert view.table.chosen == [0, 1]
    assert not view.up_button.isEnabled()
    click(qtbot, view.down_button)
    assert prompts(window) == ["a", "b", "c"]
    click(qtbot, view.remove_button)
    assert prompts(window) == ["a"]


def test_rows_of_another_queue_are_not_taken(window, view):
    window.controller.queue.add(["a"])
    other = PromptQueue()
    other.add(["x"])
    data = other.mimeData([other.index(0, 0)])
    assert not window.controller.queue.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, view.table.rootIndex())
    assert prompts(window) == ["a"]


@pytest.mark.parametrize("kind", [QDragEnterEvent, QDropEvent])
def test_a_session_that_is_dropped_is_left_to_the_window(window, tmp_path, kind):
    text = tmp_path / "prompts.txt"
    text.write_text("one\n", encoding="utf-8")
    handle = window.prompt.dragEnterEvent if kind is QDragEnterEvent else window.prompt.dropEvent
    for paths, accepted in (((tmp_path / "s.hera",), False), ((text, tmp_path / "s.hera"), False), ((text,), True)):
        event = file_event(kind, *paths)
        event.setAccepted(not accepted)
        handle(event)
        assert event.isAccepted() is accepted
    assert prompts(window) == (["one"] if kind is QDropEvent else [])


def test_a_session_open_elsewhere_is_only_read_and_the_reason_is_said_once(open_window, qtbot):
    engine = FakeEngine()
    engine.read_only = True
    window = open_window(lambda progress: engine)
    panel = window.prompt
    reason = (
        "Session fake.hera is open in another window or program: here it can only be read; Save As makes a copy that "
        "can be changed"
    )
    window.controller.queue.add(["a"])
    for part in (panel.evolve_button, panel.queue_button, panel.run_button, panel.auto.start_button):
        assert not part.isEnabled()
        assert part.toolTip() == reason
    assert messages(window).count(reason) == 1
    panel.box.setPlainText("good")
    qtbot.keyClick(panel.box, Qt.Key.Key_Return, CTRL)
    settle(qtbot, window)
    assert window.status.message.text() == reason
    assert engine.registry.history == []


def test_everything_in_the_panel_is_reached_by_tab_and_has_a_name(window, view, qtbot):
    window.controller.queue.add(["a", "b", "c"])
    click(qtbot, window.prompt.auto.header)
    view.table.choose([1])
    window.activateWindow()
    window.prompt.box.setFocus()
    reached = []
    for _ in range(40):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    panel, auto = window.prompt, window.prompt.auto
    expected = [panel.box, panel.aim.line.text, panel.step.strategy, panel.step.strength, panel.step.blocks]
    expected += [panel.evolve_button, panel.queue_button, auto.header, auto.what, auto.steps]
    expected += [auto.at_budget, auto.budget, auto.at_rejection, auto.start_button]
    expected += [view.up_button, view.down_button, view.again_button, view.remove_button, view.table]
    expected += [view.run_button, view.open_button, view.clear_button]
    assert reached[: len(expected)] == expected
    assert all(widget.accessibleName() for widget in expected)
