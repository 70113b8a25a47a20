"""``hera-desktop bench facts``: options, files and output, on a bench that is made up."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from hera_desktop.cli import app as verbs
from hera_desktop.cli import bench_facts
from hera_desktop.engine.bench import facts as engine_bench
from hera_desktop.engine.bench.facts import DEFAULT_VARIANTS, FactsBench
from hera_desktop.engine.bench.facts_data import AskedQuestion, ToldFact, VariantResult
from tests import tiny

from .conftest import assert_one_sentence

CITIES = [
    {
        "id": f"rules-{n}",
        "relation": "rules",
        "subject": f"Port{n}",
        "object": f"Dame{n}",
        "statement": f"Dame{n} rules Port{n}.",
        "questions": [f"Who rules Port{n}?", f"Name the ruler of Port{n}."],
    }
    for n in range(3)
]


@pytest.fixture
def files(tmp_path) -> list[str]:
    facts, unrelated = tmp_path / "facts.json", tmp_path / "questions.jsonl"
    facts.write_text(json.dumps(CITIES), encoding="utf-8")
    unrelated.write_text("".join(json.dumps({"question": f"why {n}"}) + "\n" for n in range(60)), encoding="utf-8")
    return ["--file", str(facts), "--unrelated", str(unrelated)]


@pytest.fixture
def calls(monkeypatch) -> list[dict]:
    """The bench is replaced by one that tells every fact and saves once; what it was given is kept."""
    seen: list[dict] = []

    def bench(config, variants, material, overrides, save, progress, cancelled, earlier):
        now = FactsBench(tiny.language_model().info, 1)
        given = {"variants": variants, "material": material, "overrides": overrides, "cancelled": cancelled()}
        seen.append({**given, "earlier": earlier(now)})
        facts = tuple(
            ToldFact(f, 1, ("committed",), 2.5, tuple(AskedQuestion(q, False, f.object, True) for q in f.questions))
            for f in material.facts
        )
        results = tuple(VariantResult(name, len(facts), {}, facts) for name in variants)
        found = FactsBench(tiny.language_model().info, 1, results)
        save(found)
        return found

    monkeypatch.setattr(engine_bench, "bench_facts", bench)
    return seen


def run(*arguments: str) -> Result:
    app = typer.Typer(cls=type(typer.main.get_command(verbs.app)), pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    app.command("facts")(bench_facts.facts)
    return CliRunner().invoke(app, ["facts", *arguments])


def test_without_a_name_every_variant_is_measured(files, calls):
    result = run(*files)
    assert result.exit_code == 0, result.output
    assert calls[0]["variants"] == DEFAULT_VARIANTS and not calls[0]["cancelled"]
    for name in (*DEFAULT_VARIANTS, "floor", "goal"):
        assert name in result.stdout
    assert "3 of 3" in result.stdout and "known: at least 3 of 4" in result.stdout


def test_presets_and_variants_are_measured_in_the_order_given_and_once(files, calls):
    assert run(*files, "--variant", "no-kl", "--preset", "seed", "--variant", "seed").exit_code == 0
    assert calls[0]["variants"] == ("seed", "no-kl")


def test_a_limit_and_single_settings_reach_the_bench(files, calls):
    assert run(*files, "--limit", "2", "--preset", "seed", "--set", "facts.lora.rank=2").exit_code == 0
    assert [fact.fact_id for fact in calls[0]["material"].facts] == ["rules-0", "rules-1"]
    assert tuple(calls[0]["overrides"]) == ("facts.lora.rank=2",)


def test_json_and_the_file_hold_the_same_document(files, calls, tmp_path):
    out = tmp_path / "found.json"
    result = run(*files, "--preset", "working", "--json", "--out", str(out))
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert json.loads(out.read_text(encoding="utf-8")) == document
    assert document["variants"][0]["facts"][2]["object"] == "Dame2"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.json", "found.json", "questions.jsonl"]


def test_a_partial_file_outlives_a_run_that_breaks(files, calls, tmp_path, monkeypatch):
    whole = engine_bench.bench_facts

    def breaks(*given):
        whole(*given)
        raise RuntimeError("out of power")

    monkeypatch.setattr(engine_bench, "bench_facts", breaks)
    out = tmp_path / "found.json"
    assert run(*files, "--preset", "seed", "--out", str(out)).exit_code == 3
    assert [variant["name"] for variant in json.loads(out.read_text())["variants"]] == ["seed"]


def test_a_file_that_is_there_is_gone_on_with_and_never_written_over(files, calls, tmp_path):
    out = tmp_path / "found.json"
    assert run(*files, "--preset", "working", "--out", str(out)).exit_code == 0
    assert run(*files, "--preset", "working", "--out", str(out)).exit_code == 0
    assert [call["earlier"] for call in calls] == [(), ()], "no variant was finished"
    for text in ("an older one", "{}"):
        out.write_text(text)
        assert_one_sentence(run(*files, "--preset", "working", "--out", str(out)), "no document of this bench")
        assert out.read_text() == text


def test_what_cannot_be_used_is_one_sentence_before_the_bench_begins(files, calls, tmp_path):
    assert_one_sentence(run(*files, "--preset", "plain"), "preset 'plain' is unknown", "working and seed")
    assert_one_sentence(run("--file", str(tmp_path / "none.json")), "none.json does not exist")
    assert_one_sentence(run(*files, "--out", str(tmp_path)), "is a folder")
    assert_one_sentence(run(*files, "--out", str(tmp_path / "no" / "found.json")), "which is no folder")
    assert_one_sentence(run(*files, "--set", "facts.lora.ranks=2"), "facts.lora.ranks")
    assert run(*files, "--limit", "0").exit_code == 2
    assert calls == []


def test_an_unknown_variant_is_one_sentence_before_the_model_is_loaded(files, monkeypatch):
    monkeypatch.setattr(engine_bench, "load_model", lambda config: pytest.fail("loaded"))
    assert_one_sentence(run(*files, "--variant", "no-replays"), "did you mean 'no-replay'?")
