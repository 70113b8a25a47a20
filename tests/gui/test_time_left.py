"""Time taken and left: in words, on the status line, and for a row of steps."""

from __future__ import annotations

import pytest

from hera_desktop.gui.records import JobProgress
from hera_desktop.gui.status_line import StatusLine
from hera_desktop.gui.time_left import Pace, TimeLeft, elapsed_in_words, in_words

from .test_features_steering import show


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    for module in ("time_left", "status_line"):
        monkeypatch.setattr(f"hera_desktop.gui.{module}.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def line(qtbot, clock):
    line = StatusLine()
    area = show(qtbot, line)
    yield line
    area.close()


def tell(line, share, number=1):
    line.show_progress(JobProgress(number, "Evolving", "measuring", share))


def shown(line, qtbot):
    line._tick.timeout.emit()
    return line.time.text()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "about 1 s left"),
        (12.4, "about 12 s left"),
        (38, "about 40 s left"),
        (58, "about 1 min left"),
        (170, "about 3 min left"),
        (7200, "about 2.0 h left"),
    ],
)
def test_time_left_is_said_no_more_exactly_than_it_is_known(seconds, words):
    assert in_words(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(12.9, "12 s"), (125, "2 min 05 s"), (3840, "1 h 04 min")])
def test_time_taken(seconds, words):
    assert elapsed_in_words(seconds) == words


def test_it_counts_down_between_reports_and_is_silent_when_overdue():
    left = TimeLeft()
    left.update(0.0, 0.0)
    assert left.update(0.5, 10.0) == pytest.approx(10)
    assert left.now(14.0) == pytest.approx(6)
    assert left.now(21.0) is None


def test_a_row_of_steps_goes_by_how_long_the_last_ones_took():
    pace = Pace()
    pace.begin(0.0)
    assert pace.left(5, 3.0) is None
    pace.end(10.0)
    assert pace.left(4, 10.0) == pytest.approx(40)
    pace.begin(10.0)
    assert pace.left(4, 14.0) == pytest.approx(36)
    assert pace.left(4, 30.0) == pytest.approx(30)
    assert pace.left(1, 30.0) is None
    pace.end(30.0, counts=False)
    assert pace.left(1, 30.0) == pytest.approx(10)


def test_the_line_is_silent_in_the_first_second_and_then_tells_both(line, clock, qtbot):
    line.show_busy(True)
    tell(line, 0.0)
    clock[0] += 0.9
    tell(line, 0.1)
    assert shown(line, qtbot) == ""
    clock[0] += 3.1
    tell(line, 0.25)
    assert shown(line, qtbot) == "4 s, about 12 s left"


def test_where_the_share_is_unknown_only_the_time_taken_is_told(line, clock, qtbot):
    line.show_busy(True)
    tell(line, None)
    clock[0] += 75
    tell(line, None)
    assert shown(line, qtbot) == "1 min 15 s"
    assert line.bar.maximum() == 0


def test_the_next_job_starts_anew_and_the_line_stays(line, clock, qtbot):
    line.show_busy(True)
    tell(line, 0.5)
    qtbot.waitUntil(line.bar.isVisible)
    clock[0] += 30
    line.show_busy(False)
    line.show_busy(True)
    tell(line, 0.1, number=2)
    qtbot.wait(20)
    assert line.bar.isVisible() and line.cancel_button.isVisible()
    assert shown(line, qtbot) == ""
    line.show_busy(False)
    qtbot.waitUntil(lambda: not line.bar.isVisible())
