"""A session as a script: every line does again what was recorded, and the script arrives at the same state."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from hera_desktop.engine.config import EvolutionConfig
from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.ledger import Entry, Ledger
from hera_desktop.engine.replay import outcomes, step, stored_patch, with_settings
from hera_desktop.engine.timeline import Event
from hera_desktop.engine.trace import entry_line, event_line, first_config, in_order, session_lines, session_script
from tests import tiny

from . import stories
from .samples import SESSION_META, commit, expect_sentence, session

ROOT = Path(__file__).parents[2]


def entry(prompt: str = "a prompt", **details: object) -> Entry:
    return Entry(3, "p3", "committed", prompt, details, "", "2025-01-01")


def event(kind: str, patch_id: str | None = None, payload: dict | None = None) -> Event:
    return Event(1, kind, patch_id, "h", "2025-01-01", payload)  # type: ignore[arg-type]


def run(script: str, monkeypatch, *arguments: str) -> int:
    """Run a script in this process; returns its exit status."""
    monkeypatch.setattr(sys, "argv", ["script.py", *arguments])
    with pytest.raises(SystemExit) as ended:
        exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return int(ended.value.code or 0)


# --- lines ------------------------------------------------------------------------------------------------------------


def test_settings_are_written_only_where_they_differ():
    made_with = EvolutionConfig(learning_rate=2.0, target_layers=(7,))
    made = entry(settings=made_with.model_dump(mode="json"), source={"kind": "evolve"})
    assert entry_line(made, made_with) == "engine.evolve('a prompt')"
    wanted = "engine.evolve('a prompt', step(engine, target_layers=(7,), learning_rate=2.0))"
    assert entry_line(made, EvolutionConfig()) == wanted
    assert entry_line(made) == "engine.evolve('a prompt', EvolutionConfig(target_layers=(7,), learning_rate=2.0))"


def test_a_session_of_an_older_schema_gives_what_it_has():
    made = entry(strategy="hebbian", learning_rate=3.0, layers=[1], ticked=True, features=[[5, 1.25]])
    line = entry_line(made, EvolutionConfig())
    settings = "step(engine, target_layers=(1,), learning_rate=3.0)"
    assert line == f"engine.commit(engine.propose('a prompt', {settings}, features={{5: 1.25}}))"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ({"kind": "reapply", "of": "p1", "factor": 0.5}, "engine.reapply('p1', 0.5)"),
        ({"kind": "features", "given": {"17": 4.2, "3": None}}, "features={17: 4.2, 3: None}"),
        ({"kind": "import", "file": "a"}, "engine.adopt(stored_patch('s.hera', 'p3'), 'a prompt', {'kind': 'import'"),
    ],
)
def test_where_a_proposal_came_from_is_in_its_line(source, line):
    assert line in entry_line(entry(source=source), EvolutionConfig(), "s.hera")


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (event("commit", "p1"), ""),
        (event("roll_back_to", "p1"), "engine.roll_back_to('p1')"),
        (event("roll_back_to"), "engine.roll_back_to('base')"),
        (event("roll_back_before", "p1"), "engine.rollback('p1')"),
        (event("revert", "p1"), "engine.revert('p1')"),
        (event("restore", "p1"), "engine.restore('p1')"),
        (event("undo"), "engine.undo()"),
        (event("undo", None, {"kind": "note", "after": "x"}), "engine.undo()"),
        (event("redo"), "engine.redo()"),
        (event("note", "p1", {"patch_id": "p1", "before": "", "after": "it's"}), "engine.note('p1', \"it's\")"),
        (event("tag", "p1", {"patch_id": "p1", "before": [], "after": ["a"]}), "engine.tag('p1', ('a',))"),
        (event("rename", "p1", {"patch_id": "p1", "before": "", "after": "n"}), "engine.rename('p1', 'n')"),
        (
            event("configure", None, {"before": {"sae.threshold": 2.0}, "after": {"sae.threshold": 1.0}}),
            "engine.configure(with_settings(engine.config, {'sae.threshold': 1.0}))",
        ),
        (
            event("label", None, {"sae": "s", "feature": 4, "before": None, "after": {"name": "four"}}),
            "put_labels(engine, 's', [{'name': 'four', 'feature': 4}])",
        ),
        (
            event("label", None, {"sae": "s", "feature": 4, "before": {"name": "four"}, "after": None}),
            "put_labels(engine, 's', [{'feature': 4}])",
        ),
    ],
)
def test_every_event_has_its_line(made, line):
    assert event_line(made) == line


@pytest.mark.parametrize("typed", [stories.HOSTILE, stories.WORLD, "'); import os; os.abort(#", "a\r\nb\u2028c\ud83d"])
def test_nothing_typed_breaks_out_of_its_quotes(typed):
    for line in (entry_line(entry(typed)), event_line(event("note", "p1", {"patch_id": "p1", "after": typed}))):
        assert len(line.splitlines()) == 1
        (statement,) = ast.parse(line).body
        texts = [node.value for node in ast.walk(statement) if isinstance(node, ast.Constant)]
        assert typed in texts


def test_rejected_proposals_stand_where_they_were_made():
    entries = [replace(entry(), step=n, patch_id=f"p{n}", time=f"{n:02}") for n in (1, 2, 3)]
    entries[1] = replace(entries[1], status="rejected")
    events = [
        replace(event("commit", "p1"), time="01"),
        replace(event("undo"), time="015"),
        replace(event("redo"), time="025"),
        replace(event("commit", "p3"), time="03"),
    ]
    order = [item.kind if isinstance(item, Event) else item.patch_id for item in in_order(entries, events)]
    assert order == ["p1", "undo", "p2", "redo", "p3"]


def test_the_first_configuration_is_the_one_before_all_changes(told):
    assert first_config(told).evolution.learning_rate == 1.0
    assert first_config(told).immune.max_js_divergence == 0.03


# --- the script -------------------------------------------------------------------------------------------------------


def test_the_script_arrives_at_the_same_state_in_a_fresh_process(story, told, tmp_path):
    script = tmp_path / "rebuild.py"
    script.write_text(session_script(told), encoding="utf-8")
    for word in ("reapply", "adopt", "configure", "roll_back_to", "strategy='random'", "features={3: 1.5, 5: 2.0}"):
        assert word in script.read_text(encoding="utf-8")
    command = [sys.executable, str(script), "--session", str(tmp_path / "new.hera")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": str(torch.get_num_threads())}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.stdout == f"state {story[1]} reproduced\n", done.stderr
    assert done.returncode == 0
    made = Ledger.open(tmp_path / "new.hera", read_only=True)
    assert outcomes(made) == outcomes(told)
    assert [(e.note, e.tags, e.name) for e in made.entries()] == [(e.note, e.tags, e.name) for e in told.entries()]
    sae = told.meta["sae_fingerprint"]
    assert made.labels.all(sae) == told.labels.all(sae)
    made.close()


def test_the_script_names_the_first_step_that_differs(told, monkeypatch, capsys):
    script = session_script(told).replace("top_k_features=4", "top_k_features=1")
    assert run(script, monkeypatch) == 1
    told = capsys.readouterr().out
    assert told.startswith("not reproduced: ") and "Traceback" not in told
    assert "the first difference: step 3 committed" in told


def test_the_script_refuses_another_base(told, monkeypatch, capsys):
    script = session_script(told).replace(told.meta["base_fingerprint"], "e" * 64)
    assert run(script, monkeypatch) == 1
    assert "the base here is" in capsys.readouterr().out


def test_the_script_does_not_write_into_a_session_that_exists(story, told, monkeypatch, capsys):
    assert run(session_script(told), monkeypatch, "--session", str(story[0])) == 1
    assert "exists already" in capsys.readouterr().out


def test_without_the_original_an_import_is_one_clear_sentence(told, monkeypatch, capsys):
    assert run(session_script(told), monkeypatch, "--original", "/no/such.hera") == 1
    assert "patch 'p11' was imported" in capsys.readouterr().out


def test_an_empty_session_has_a_script(tmp_path):
    empty = Ledger.create(tmp_path / "a.hera", {**SESSION_META, "config": "{}"})
    assert session_lines(empty) == []
    ast.parse(session_script(empty))
    empty.close()


def test_a_name_of_a_file_stays_in_its_comment(tmp_path):
    path = tmp_path / "a\nimport os\u2028x.hera"
    named = Ledger.create(path, {**SESSION_META, "config": "{}", "model_name": 'x"""\nraise SystemExit'})
    tree = ast.parse(session_script(named))
    named.close()
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    assert all(name.name != "os" for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names)


def test_a_long_session_gives_a_script_that_python_reads(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", {**SESSION_META, "config": "{}"})
    for seed in range(600):
        commit(ledger, seed % 7, width=4)
    tree = ast.parse(session_script(ledger))
    compile(tree, "script.py", "exec")
    ledger.close()
    (rebuild,) = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(rebuild.body) == 600


# --- what the lines call ----------------------------------------------------------------------------------------------


def test_a_steps_settings_are_checked(tmp_path):
    engine = tiny.engine(tmp_path / "a.hera")
    assert step(engine, learning_rate=2).learning_rate == 2.0
    with expect_sentence(InputError, "evolution.learning_rate", "-1"):
        step(engine, learning_rate=-1)
    with expect_sentence(InputError, "evolution.learning_rat", "did you mean"):
        with_settings(engine.config, {"evolution.learning_rat": 1})
    engine.close()


def test_a_stored_patch_that_is_not_there_is_one_sentence(tmp_path):
    path = session(tmp_path / "a.hera", 1)
    assert stored_patch(path, "p1").rank == 2
    with expect_sentence(InputError, "p9"):
        stored_patch(path, "p9")
    with expect_sentence(SessionError, "does not exist", "--original"):
        stored_patch(tmp_path / "b.hera", "p1")
