from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.gui.model_thread import ModelThread
from hera_desktop.gui.requests import EvolveRequest, LoadRequest, MoveRequest, Request

from .fake import FakeEngine


@dataclass(frozen=True)
class Work(Request):
    """A request that does what it is told."""

    do: Any
    name: str = "Working"

    def run(self, bench, report):
        return self.do(report)


@pytest.fixture
def thread(qtbot):
    thread = ModelThread()
    outcomes = []
    thread.ended.connect(outcomes.append)
    thread.outcomes = outcomes
    thread.start()
    yield thread
    assert thread.close()


def ended(qtbot, thread, count):
    qtbot.waitUntil(lambda: len(thread.outcomes) >= count, timeout=10_000)
    qtbot.wait(20)
    assert len(thread.outcomes) == count
    return [outcome.status for outcome in thread.outcomes]


def fail(_):
    raise InputError("the thing is 3; 1 or 2 are allowed")


def crash(_):
    raise ZeroDivisionError("ours")


def leave(_):
    raise SystemExit(3)


def wait_for_cancel(report):
    report.partial("started")
    while True:
        report.progress("waiting", None)


def test_every_job_ends_in_exactly_one_outcome(qtbot, thread):
    numbers = [thread.submit(Work(do)) for do in (lambda r: "done", fail, crash, leave, lambda r: "again")]
    assert ended(qtbot, thread, 5) == ["finished", "failed", "failed", "failed", "finished"]
    assert [outcome.number for outcome in thread.outcomes] == numbers


def test_a_users_error_is_shown_as_it_stands_and_ours_goes_to_the_log(qtbot, thread, caplog):
    thread.submit(Work(fail))
    thread.submit(Work(crash))
    ended(qtbot, thread, 2)
    assert thread.outcomes[0].message == "the thing is 3; 1 or 2 are allowed"
    assert thread.outcomes[1].message == "internal error in working: ZeroDivisionError; details are in the log"
    assert "Traceback" in caplog.text


def test_cancel_ends_the_running_job_and_the_waiting_ones(qtbot, thread):
    with qtbot.waitSignal(thread.arrived, timeout=10_000):
        thread.submit(Work(wait_for_cancel))
        thread.submit(Work(lambda r: "never"))
    thread.cancel()
    assert ended(qtbot, thread, 2) == ["cancelled", "cancelled"]


def test_a_job_after_a_cancelled_one_runs(qtbot, thread):
    with qtbot.waitSignal(thread.arrived, timeout=10_000):
        thread.submit(Work(wait_for_cancel))
    thread.cancel()
    thread.submit(Work(lambda r: "done"))
    assert ended(qtbot, thread, 2) == ["cancelled", "finished"]


def test_jobs_end_when_the_thread_is_closed(qtbot):
    thread, outcomes = ModelThread(), []
    thread.ended.connect(outcomes.append)
    thread.start()
    with qtbot.waitSignal(thread.arrived, timeout=10_000):
        thread.submit(Work(wait_for_cancel))
        thread.submit(Work(lambda r: "never"))
    assert thread.close()
    qtbot.waitUntil(lambda: len(outcomes) == 2, timeout=5_000)
    assert [outcome.status for outcome in outcomes] == ["cancelled", "cancelled"]
    with pytest.raises(RuntimeError):
        thread.submit(Work(fail))


def test_a_request_without_a_model_fails_with_a_sentence(qtbot, thread):
    thread.submit(MoveRequest("undo"))
    assert ended(qtbot, thread, 1) == ["failed"]
    assert thread.outcomes[0].message == "no model is loaded"


def test_the_engine_is_built_and_closed_on_the_model_thread(qtbot):
    thread, seen, engine = ModelThread(), [], FakeEngine()
    thread.start()

    def factory(progress):
        seen.append(threading.get_ident())
        return engine

    with qtbot.waitSignal(thread.ended, timeout=10_000) as signal:
        thread.submit(LoadRequest(factory=factory))
    assert signal.args[0].snapshot.info.model.name == "FakeLM-135M"
    assert thread.close()
    assert engine.ledger.closed
    assert seen[0] != threading.get_ident()


def test_a_step_is_sent_before_its_texts_and_the_texts_use_the_right_patches(qtbot, thread):
    engine, records = FakeEngine(), []
    thread.arrived.connect(lambda partial: records.append(type(partial.record).__name__))
    thread.submit(LoadRequest(factory=lambda progress: engine))
    thread.submit(EvolveRequest("good"))
    thread.submit(EvolveRequest("reject this"))
    assert ended(qtbot, thread, 3) == ["finished"] * 3
    assert records[:3] == ["StepChoices", "Step", "TextPiece"]
    assert engine.generated == [(), ("p1",), ("p1",), ("p1", "p2")]
    assert thread.outcomes[2].snapshot.info.active == ("p1",)
