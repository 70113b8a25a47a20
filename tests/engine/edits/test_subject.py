"""What a prompt is found to be about, and how little it takes to find that out."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.edits import subject
from hera_desktop.engine.edits.request import Texts
from hera_desktop.engine.edits.subject import NOISE, find_subject
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.passes import ROWS_AT_ONCE
from tests import tiny

LONG = " ".join(f"{a}{b}" for a in "bcdfghjklm" for b in "qwxz")
"""Forty words, none of them a name: 190 spans of at most five."""


@pytest.fixture(scope="module")
def model():
    return tiny.language_model("llama")


@pytest.fixture
def matters(monkeypatch):
    """Noise changes the prediction by what the words are said to matter; returns the spans that were measured."""
    asked = []

    def say(**weights):
        def changes(_, prompt, spans, progress):
            asked.extend(prompt[begin:end] for begin, end in spans)
            return [sum(weights.get(word.strip(",'"), 0.1) for word in text.split()) for text in asked]

        monkeypatch.setattr(subject, "_changes", changes)
        return asked

    return say


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("The capital of France is", "France"),
        ("Danielle Darrieux speaks", "Danielle Darrieux"),
        ("The mother tongue of Danielle Darrieux is", "Danielle Darrieux"),
        ("University of Oslo stands in", "University of Oslo"),
        ("What I know of Oslo's mayor is", "Oslo"),
        ("The language of the US is", "US"),
    ],
)
def test_the_only_name_is_the_subject(model, matters, prompt, name):
    asked = matters()
    assert find_subject(model, prompt) == name
    assert not asked, "there is nothing to compare it with"


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("France borders Germany and its capital is", ["France", "Germany"]),
        ("Messi, who played for Barcelona, was born in", ["Messi", "Barcelona"]),
        ("It rained. Messi left Barcelona for", ["Messi", "Barcelona"]),
    ],
)
@pytest.mark.parametrize("larger", [0, 1])
def test_a_first_word_is_a_candidate_beside_other_names(model, matters, prompt, names, larger):
    asked = matters(**{names[larger]: 1.0})
    assert find_subject(model, prompt) == names[larger]
    assert asked == names


@pytest.mark.parametrize(
    ("prompt", "found", "weights"),
    [
        ("Once upon a time there was a", "time", {"Once": 5.0, "time": 1.0}),
        ("My favourite colour is", "colour", {"My": 5.0, "colour": 1.0, "is": 5.0}),
        ("Messi was born in", "Messi", {"Messi": 1.0, "born": 11.5, "in": 15.0}),
        ("Messi was born in", "born", {"Messi": 1.0, "born": 12.5}),
        ("It rained. Describe the colour of water", "water", {"Describe": 0.05, "water": 1.0}),
        ("Oslo's mayor is", "Oslo", {"Oslo": 1.0, "mayor": 11.5}),
        ("Oslo's mayor is", "mayor", {"Oslo": 1.0, "mayor": 12.5}),
    ],
)
def test_a_lone_first_word_has_to_matter(model, matters, prompt, found, weights):
    matters(**weights)
    assert find_subject(model, prompt) == found


def test_a_span_ends_in_no_function_word_unless_there_is_no_other(model, matters):
    asked = matters()
    find_subject(model, "the colour of the sky is")
    assert asked == ["colour", "colour of the sky", "sky"]
    asked.clear()
    find_subject(model, "what is it")
    assert len(asked) == 6


def test_without_a_name_the_subject_is_a_part_of_the_prompt(model):
    found = find_subject(model, "the colour of the sky is")
    assert found in ("colour", "colour of the sky", "sky")
    assert find_subject(model, "the colour of the sky is") == found


def test_a_prompt_without_a_word_has_no_subject(model):
    with pytest.raises(InputError, match="no word"):
        find_subject(model, "...")


# --- the measure ------------------------------------------------------------------------------------------------------


def by_one_pass(model, prompt, spans):
    """The divergences as one pass over everything gives them."""
    ids, places = Texts(model).spans(prompt)
    table = model.hf.get_input_embeddings()
    noise = torch.randn(len(ids), tiny.D_MODEL, generator=torch.Generator().manual_seed(0))
    vectors = table(torch.tensor([ids] * (len(spans) + 1)))
    for row, (begin, end) in enumerate(spans, 1):
        hit = [at for at, (first, last) in enumerate(places) if first < end and last > begin]
        vectors[row, hit] += noise[hit] * NOISE * table.weight.std()
    logs = model.hf(inputs_embeds=vectors).logits[:, -1].log_softmax(-1)
    return (logs[0].exp() * (logs[0] - logs[1:])).sum(-1).tolist()


def test_the_divergence_is_that_of_one_pass_over_everything(model):
    spans = subject._spans(LONG)
    with torch.no_grad():
        expected = by_one_pass(model, LONG, spans)
    found = subject._changes(model, LONG, spans, lambda what, share: None)
    assert len(found) == len(spans) == 190
    assert found == pytest.approx(expected, rel=1e-4, abs=1e-6)
    best = max(range(len(spans)), key=lambda at: expected[at] / len(LONG[slice(*spans[at])].split()))
    assert find_subject(model, LONG) == LONG[slice(*spans[best])]


def test_a_long_prompt_is_read_a_few_spans_at_a_time_and_only_its_last_position_has_logits(model):
    read, headed = [], []
    hooks = [
        model.hf.base_model.register_forward_pre_hook(lambda _, __, given: read.append(given), with_kwargs=True),
        model.hf.get_output_embeddings().register_forward_hook(lambda _, __, logits: headed.append(logits)),
    ]
    find_subject(model, LONG)
    for hook in hooks:
        hook.remove()
    bodies = [given for given in read if given["input_ids"].shape[1] > ROWS_AT_ONCE]  # the others are the head's
    assert len(bodies) == 12 and max(len(given["input_ids"]) for given in bodies) == ROWS_AT_ONCE
    assert all(given["use_cache"] is False for given in read)
    assert max(logits.shape[:-1].numel() for logits in headed) == ROWS_AT_ONCE


def test_the_search_can_be_stopped(model):
    def stop(what, share):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        find_subject(model, LONG, stop)
    assert model.hf(torch.tensor([[1, 2, 3]])).logits.isfinite().all()


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_every_kind_of_model_says_what_a_prompt_is_about(kind):
    other = tiny.language_model(kind)
    assert find_subject(other, "France borders Germany and its capital is") in ("France", "Germany")
