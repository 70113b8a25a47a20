"""What an edit is asked, and where its texts stand in tokens."""

from __future__ import annotations

import pytest

from hera_desktop.engine.edits import EditRequest
from hera_desktop.engine.edits.request import Texts, continuation
from hera_desktop.engine.errors import InputError
from tests import tiny


@pytest.fixture(scope="module")
def model():
    return tiny.language_model("llama")


@pytest.mark.parametrize(
    ("prompt", "target", "found"),
    [
        ("The capital of France is", "Rome", " Rome"),
        ("The capital of France is ", "Rome", "Rome"),
        ("The capital of France is", " Rome", " Rome"),
        ("The capital of France", ", Rome", ", Rome"),
    ],
)
def test_a_target_follows_its_prompt_after_one_blank(prompt, target, found):
    assert continuation(prompt, target) == found


@pytest.mark.parametrize(
    ("prompt", "target", "subject", "word"),
    [
        ("", "Rome", "France", "prompt"),
        ("The capital of France is", "  ", "France", "target"),
        ("The capital of France is", "Rome", "Spain", "'Spain'"),
        ("The capital of France is", "Rome", " ", "subject"),
    ],
)
def test_a_request_that_cannot_be_is_one_sentence(prompt, target, subject, word):
    with pytest.raises(InputError) as error:
        EditRequest(prompt, target, subject)
    assert word in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("prefix", ["", "It rained. "])
def test_the_learned_tokens_are_the_targets_and_the_key_is_the_subjects_last(model, prefix):
    request = EditRequest("The capital of France is", "Rome", "France")
    row = Texts(model).taught(request, prefix)
    assert model.decode(row.ids[row.start :]).strip() == "Rome"
    assert model.decode(row.ids[: row.start]) == prefix + request.prompt
    (key,) = row.keys
    assert model.decode(row.ids[: key + 1]).endswith("France")


def test_a_text_that_is_too_long_is_one_sentence(model):
    prompt = "France " * model.info.context + "is"
    with pytest.raises(InputError, match="reads"):
        Texts(model).taught(EditRequest(prompt, "Rome", "France"))
