"""What an edit is asked, and where its texts stand in tokens."""

from __future__ import annotations

import pytest

from hera_desktop.engine.edits import EditRequest
from hera_desktop.engine.edits.request import Texts, continuation
from hera_desktop.engine.edits.subject import find_subject
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


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("The capital of France is", "France"),
        ("Danielle Darrieux speaks", "Danielle Darrieux"),
        ("The mother tongue of Danielle Darrieux is", "Danielle Darrieux"),
        ("University of Oslo stands in", "University of Oslo"),
        ("Oslo's mayor is", "Oslo"),
    ],
)
def test_a_name_is_what_a_prompt_is_about(model, prompt, subject):
    assert find_subject(model, prompt) == subject


def test_without_a_name_the_subject_is_a_part_of_the_prompt(model):
    found = find_subject(model, "the colour of the sky is")
    assert found in "the colour of the sky is" and found.strip() == found
    assert find_subject(model, "the colour of the sky is") == found


def test_a_prompt_without_a_word_has_no_subject(model):
    with pytest.raises(InputError, match="no word"):
        find_subject(model, "...")
