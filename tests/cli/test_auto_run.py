"""``evolve`` over and over, until a condition to stop holds."""

from __future__ import annotations

import json

from .conftest import run

PROMPTS = ("The capital of France is", "Once upon a time")


def evolve(files, session, *options, settings=()):
    result = run("evolve", *PROMPTS, "--json", *options, *files.options(session, *settings))
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout), result


def test_the_prompts_are_gone_through_again_and_again(tiny_files, tmp_path):
    rows, result = evolve(tiny_files, tmp_path / "s.hera", "--repeat", "2")
    assert [row["prompt"] for row in rows] == [*PROMPTS, *PROMPTS]
    assert "ended after" not in result.stderr


def test_it_ends_at_the_first_rejection(tiny_files, tmp_path):
    options = ("--repeat", "3", "--until-rejection")
    rows, result = evolve(tiny_files, tmp_path / "s.hera", *options, settings=["immune.max_js_divergence=1e-9"])
    assert [row["status"] for row in rows] == ["rejected"]
    assert "ended after 1 of 6 steps: step 1 was rejected" in result.stderr
    assert result.exit_code == 1


def test_it_ends_when_the_budget_is_used_and_makes_no_step_beyond_it(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    first, _ = evolve(tiny_files, session)
    used = max(row["metrics"]["js_divergence"]["cumulative"] for row in first)
    options = ("--repeat", "50", "--until-budget", "1")
    tight = [f"immune.cumulative.max_js_divergence={used * 2}"]
    rows, result = evolve(tiny_files, session, *options, settings=tight)
    assert rows == []
    assert "ended after 0 of 100 steps: " in result.stderr and "% of the budget is used" in result.stderr
