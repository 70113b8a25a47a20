"""Loading anew on the session that is open: the engine that goes lets the one that comes write to it."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import ModelError
from hera_desktop.gui.records import Outcome
from hera_desktop.gui.requests import Bench, LoadRequest, MoveRequest
from hera_desktop.gui.sentences import sentence
from tests import tiny
from tests.engine.samples import probe_file


class Silent:
    """A report that nobody reads."""

    def progress(self, what: str, share: float | None = None) -> None: ...

    say = progress

    def partial(self, record: object) -> None: ...

    def cancelled(self) -> bool:
        return False


@pytest.fixture
def bench(tmp_path):
    bench = Bench()
    bench.replace(tiny.engine(tmp_path / "a.hera", immune__probes=probe_file(tmp_path)))
    bench.need().evolve("The capital of France is")
    yield bench
    bench.replace(None)


def test_the_engine_that_comes_can_write(bench, tmp_path):
    held = bench.engine
    path = tmp_path / "a.hera"
    again = LoadRequest(
        session=str(path), factory=lambda progress: tiny.engine(path, immune__probes=probe_file(tmp_path))
    )
    info = again.run(bench, Silent())
    assert (info.read_only, info.active) == (False, ("p1",))
    assert bench.engine is not held
    assert bench.need().note("p1", "written").note == "written"


def test_where_loading_fails_the_engine_that_was_there_goes_on(bench, tmp_path):
    def fail(progress: object) -> None:
        raise ModelError("there is no such model")

    held = bench.engine
    with pytest.raises(ModelError):
        LoadRequest(session=str(tmp_path / "a.hera"), factory=fail).run(bench, Silent())
    assert bench.engine is held
    assert held.note("p1", "written").note == "written"


def test_an_undo_says_what_it_has_undone(bench):
    def told(kind: str) -> str:
        request = MoveRequest(kind)
        return sentence(Outcome(1, request.name, request, "finished", request.run(bench, Silent())))[0]

    bench.need().tag("p1", ["good"])
    assert told("undo") == "Undone: the tags of p1"
    assert told("redo") == "Redone: the tags of p1"
    assert told("undo") == "Undone: the tags of p1"
    assert told("undo").endswith("(the base)") and told("redo").endswith("(1 patch)")
