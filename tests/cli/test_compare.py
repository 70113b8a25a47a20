"""``compare``: two states of a session, in words and as JSON."""

from __future__ import annotations

import json

import pytest

from .conftest import assert_one_sentence, run

PROMPT = "Once upon a time"


@pytest.fixture(scope="module")
def options(tiny_files, tmp_path_factory):
    options = tiny_files.options(tmp_path_factory.mktemp("compare") / "s.hera", "evolution.learning_rate=5")
    assert run("evolve", PROMPT, "2 + 2 =", *options).exit_code == 0
    return options


def compared(options, *arguments: str) -> dict:
    result = run("compare", *arguments, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_holds_both_states_and_what_differs(options):
    found = compared(options, "base", "now", "--prompt", PROMPT, "--tokens", "6")
    assert found["a"]["active"] == [] and found["b"]["active"] == ["p1", "p2"]
    assert found["a"]["state_hash"] != found["b"]["state_hash"] and not found["equal"]
    assert found["only_b"] == ["p1", "p2"] and found["common"] == []
    assert found["metrics"]["js_divergence"] > 0
    assert len(found["next_tokens"]) == 10 and found["features"] and found["matrices"]
    assert "".join(part["a"] for part in found["differences"]) == found["texts"][0]


def test_features_are_read_on_a_text_of_their_own(options):
    on_prompt = compared(options, "base", "p1", "--prompt", PROMPT, "--tokens", "1")
    on_text = compared(options, "base", "p1", "--text", "2 + 2 = 4")
    assert on_text["text"] == "2 + 2 = 4" and on_prompt["text"] == PROMPT
    assert on_text["texts"] == ["", ""] and on_text["features"] != on_prompt["features"]


def test_words_name_both_states_with_their_hashes(options):
    found = compared(options, "p1", "now")
    said = run("compare", "p1", "now", "--prompt", PROMPT, "--tokens", "4", *options).stdout
    assert f"A  p1  state {found['a']['state_hash'][:12]}  1 patch" in said
    assert f"B  now  state {found['b']['state_hash'][:12]}  2 patches" in said
    assert "only in B: p2" in said and "in both: p1" in said
    assert "weight change ||dW|| / ||W|| of each matrix" in said
    assert "next token, probability" in said and "A continues:" in said


def test_the_same_state_is_said_to_be_the_same(options):
    said = run("compare", "p2", "now", "--prompt", PROMPT, "--tokens", "4", *options).stdout
    assert "A and B are the same state" in said
    assert "JS 0.0000 bits  PPL 1.000x  drift 0.0000" in said
    assert "no feature's largest activation on the text differs" in said and "the texts are the same" in said


def test_what_cannot_be_compared_is_one_sentence(options):
    assert_one_sentence(run("compare", "base", "p9", *options), "patch 'p9' is not on the timeline")
    assert_one_sentence(run("compare", "base", "now", "--text", "x", *options), "token")
