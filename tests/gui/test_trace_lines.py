"""Every action as a line of Python, and the lines as a script that runs."""

from __future__ import annotations

import ast
import sys
from types import SimpleNamespace

import pytest

from hera_desktop.engine.atlas.records import Label
from hera_desktop.gui.edit_requests import CommitEditRequest, DropEditRequest, ProposeEditRequest, SteerRequest
from hera_desktop.gui.feature_requests import FeatureOnTextRequest, ImportLabelsRequest, LabelRequest, ReadTextRequest
from hera_desktop.gui.records import Outcome, Target
from hera_desktop.gui.report_requests import ReportRequest
from hera_desktop.gui.requests import EvolveRequest, LoadRequest, MoveRequest, NoteRequest
from hera_desktop.gui.trace_lines import trace_line, trace_script
from tests import tiny

HOSTILE = 'it\'s """ a\nline\'); raise SystemExit #'


def done(request: object, record: object = None, status: str = "finished") -> Outcome:
    return Outcome(1, "a job", request, status, record)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        (EvolveRequest("a"), "engine.evolve('a')"),
        (
            EvolveRequest("a", strength=2.0, blocks=(7,), strategy="hebbian"),
            "engine.evolve('a', step(engine, strategy='hebbian', learning_rate=2.0, target_layers=(7,)))",
        ),
        (EvolveRequest("a", edit_strategy="lora"), "engine.evolve('a')"),
        (
            EvolveRequest("a", strength=2.0, target=Target("it's", "a")),
            "engine.evolve('a', target=\"it's\", subject='a')",
        ),
        (
            EvolveRequest("a", target=Target("b"), edit_strategy="lora"),
            "EditLab(engine).evolve('a', 'b', settings=with_settings(engine.config, {'edits.strategy': 'lora'}).edits)",
        ),
        (MoveRequest("roll_back_to", "p3"), "engine.roll_back_to('p3')"),
        (MoveRequest("undo"), "engine.undo()"),
        (NoteRequest("p1", "x"), "engine.note('p1', 'x')"),
        (SteerRequest("a", 17, 4.0), "FeatureLab(engine).steer('a', 17, 4.0, 30)"),
        (
            ProposeEditRequest("a", (3, 5), ((5, 2.0),)),
            "judged = engine.propose('a', features={3: None, 5: 2.0})",
        ),
        (CommitEditRequest(), "engine.commit(judged)"),
        (DropEditRequest(), "judged = None"),
        (ReadTextRequest("a", edited=False), "FeatureLab(engine).read('a', 64, edited=False)"),
        (FeatureOnTextRequest(4, "a"), "FeatureLab(engine).on_text(4, 'a')"),
        (ImportLabelsRequest("/f.json"), "FeatureLab(engine).import_labels(Path('/f.json'))"),
        (ReportRequest("/r.html", True), "write_report(engine.ledger, Path('/r.html'), engine)"),
    ],
)
def test_every_action_has_its_line(request_, line):
    assert trace_line(done(request_)) == line


def test_a_label_is_written_in_full():
    line = trace_line(done(LabelRequest(Label(3, HOSTILE))))
    assert line.startswith("FeatureLab(engine).label(Label(feature=3, name=")
    ast.parse(line)


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_what_did_not_finish_has_no_line(status):
    assert trace_line(done(EvolveRequest("a"), status=status)) == ""


def test_loading_names_what_differs_and_the_session():
    line = trace_line(done(LoadRequest(None, ("evolution.learning_rate=2",)), SimpleNamespace(session="/s.hera")))
    assert line.startswith("engine = HeraEngine(with_settings(Config(), {") and line.endswith("session='/s.hera')")
    assert "'evolution.learning_rate': 2.0" in line


def test_the_trace_runs_as_a_script_on_another_session(tmp_path, monkeypatch, capsys):
    engine = tiny.engine(tmp_path / "window.hera")
    info = engine.info()
    engine.close()
    lines = [
        trace_line(done(LoadRequest(None, ()), SimpleNamespace(session=str(tmp_path / "window.hera")))),
        trace_line(done(EvolveRequest(HOSTILE, strength=2.0))),
        trace_line(done(EvolveRequest("Once upon a time"))),
        trace_line(done(NoteRequest("p1", HOSTILE))),
        trace_line(done(MoveRequest("revert", "p1"))),
        trace_line(done(ReadTextRequest("abc"))),
        "",
        "this is no Python at all",
    ]
    script = trace_script(lines, info)
    assert "window.hera'" not in script and "# this is no Python at all" in script
    made = []

    class Engine:
        def __new__(cls, config: object, session: str):
            made.append(tiny.engine(session))
            return made[0]

    monkeypatch.setattr("hera_desktop.engine.HeraEngine", Engine, raising=False)
    monkeypatch.setattr(sys, "argv", ["trace.py", str(tmp_path / "copy.hera")])
    exec(compile(script, "trace.py", "exec"), {"__name__": "__main__"})
    again = tiny.engine(tmp_path / "copy.hera")
    assert again.info().active == ("p2",)
    assert [(e.prompt, e.note) for e in again.ledger.entries()] == [(HOSTILE, HOSTILE), ("Once upon a time", "")]
    assert capsys.readouterr().out == f"state {again.state_hash}\n"
    again.close()


def test_without_a_line_that_loads_the_script_takes_the_sessions_settings(tmp_path):
    engine = tiny.engine(tmp_path / "window.hera")
    script = trace_script(["engine.undo()"], engine.info())
    engine.close()
    assert f"engine = HeraEngine(session_config({str(tmp_path / 'window.hera')!r}), session)" in script
    assert "from hera_desktop.engine.replay import session_config" in script
    ast.parse(script)
