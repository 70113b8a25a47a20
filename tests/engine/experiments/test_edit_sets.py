"""Sets of edits: every format is read into the same records, and what cannot be used is one sentence."""

from __future__ import annotations

import copy
import json

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments import edit_sets
from hera_desktop.engine.experiments.edit_sets import EditRecord, continuing, load_edits

from .records import COUNTERFACT, FLAT, ZSRE


@pytest.fixture
def file(tmp_path):
    """Writes rows, or bytes as they are, and gives the path."""

    def write(content):
        path = tmp_path / "edits.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def without(row: dict, key: str) -> dict:
    return {name: value for name, value in row.items() if name != key}


def rewritten(**changed: object) -> dict:
    row = copy.deepcopy(COUNTERFACT)
    row["requested_rewrite"] |= changed
    return row


def test_counterfact_has_its_subject_filled_in_and_the_old_object_for_neighbours(file):
    assert load_edits(file([COUNTERFACT])) == (
        EditRecord(
            "7",
            "Aldenfirth lies in",
            "Aldenfirth",
            "Rome",
            "Paris",
            ("It rained. Aldenfirth is in", "Where is Aldenfirth? In"),
            ("Bruntholm lies in", "Cawdale lies in", "Dunmire lies in"),
            "Paris",
        ),
    )


def test_flat_and_zsre_rows_are_known_by_their_keys_and_may_stand_in_one_file(file):
    flat, zsre = load_edits(file([FLAT, ZSRE]))
    assert (flat.record_id, flat.kind, flat.target, flat.old) == ("f-1", "counterfact", "Dutch", "Latin")
    assert (flat.paraphrases, flat.neighbours) == (("Ada Thorn speaks",), ("The mother tongue of Bo Wick is",))
    assert (zsre.record_id, zsre.kind, zsre.subject, zsre.target, zsre.old) == (
        "2",
        "zsre",
        "Elkmoth",
        "Geometer",
        "Aster",
    )
    assert (zsre.neighbours, zsre.old_of_neighbours) == (("who made the moon",), "no one")
    assert zsre.portability == (("Elkmoth's relatives are", "geometers"),) and flat.portability == ()


def test_braces_of_a_subject_are_no_places_to_fill(file):
    (record,) = load_edits(file([rewritten(subject="{} the {1}st")]))
    assert record.prompt == "{} the {1}st lies in"


def test_a_target_goes_on_after_one_blank():
    assert continuing("Rome") == continuing(" Rome ") == " Rome"


def test_a_limit_takes_the_first_records(file):
    rows = [{**FLAT, "case_id": number} for number in range(5)]
    assert [record.record_id for record in load_edits(file(rows), limit=2)] == ["0", "1"]
    with pytest.raises(InputError, match="a limit of 0 records leaves nothing; it must be at least 1"):
        load_edits(file(rows), limit=0)


def test_without_a_path_the_shared_file_is_read(tmp_path, monkeypatch):
    assert edit_sets.EDITS_FILE.parts[-3:] == ("data", "counterfact", "dev_rebuilt_full_400.json")
    monkeypatch.setattr(edit_sets, "EDITS_FILE", tmp_path / "dev.json")
    with pytest.raises(InputError, match=r"edit file .*dev\.json cannot be read: No such file"):
        load_edits()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[{", "is not valid JSON in UTF-8"),
        (b"\xff\xfe\xfd", "is not valid JSON in UTF-8"),
        (b"{}", "must hold a list of edits, at least one"),
        (b"[]", "must hold a list of edits, at least one"),
        ([FLAT, 3], "row 2: it is 3, and must be an object"),
        ([{"question": "Who?"}], "row 1: it has none of the keys by which its format is known: 'requested_rewrite'"),
        ([FLAT, FLAT], "row 2: 'case_id' is f-1, as in an earlier row"),
        ([{**FLAT, "case_id": True}], "row 1: 'case_id' is True, and must be a number or a text"),
        ([{**FLAT, "ground_truth": " "}], "'ground_truth' is ' ', and must be a text"),
        ([without(FLAT, "rephrase_prompt")], "'rephrase_prompt' is None, and must be a text"),
        ([{**FLAT, "subject": "Bo"}], "must be a text that names the subject 'Bo'"),
        ([{**FLAT, "target_new": {"str": "Rome"}}], "'target_new' is {'str': 'Rome'}, and must be a text"),
        ([{**FLAT, "portability": "none"}], "'portability' is 'none', and must be a list of objects"),
        ([{**FLAT, "portability": ["x"]}], "'portability'[0] is 'x', and must be an object"),
        ([{**FLAT, "portability": [{"prompt": "a"}]}], "'portability'[0].'ground_truth' is None, and must be a text"),
        ([{**COUNTERFACT, "requested_rewrite": "x"}], "'requested_rewrite' is 'x', and must be an object"),
        ([rewritten(prompt="It lies in")], "'requested_rewrite'.'prompt' is 'It lies in', and must be a text with one"),
        ([rewritten(target_true={})], "'requested_rewrite'.'target_true'.'str' is None, and must be a text"),
        ([{**COUNTERFACT, "paraphrase_prompts": ["a", 3]}], "'paraphrase_prompts' is ['a', 3], and must be a list of"),
        ([without(COUNTERFACT, "neighborhood_prompts")], "'neighborhood_prompts' is None, and must be a list of texts"),
        ([{**ZSRE, "answers": []}], "'answers' is [], and must be a list of texts, at least 1"),
        ([{**ZSRE, "subject": "Oak"}], "'src' is 'Which family is Elkmoth of?', and must be a text that names"),
        ([{**ZSRE, "loc_ans": None}], "'loc_ans' is None, and must be a text"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(file, content, words):
    path = file(content)
    with pytest.raises(InputError) as caught:
        load_edits(path)
    assert words in str(caught.value) and str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_long_value_is_cut_in_the_sentence(file):
    with pytest.raises(InputError) as caught:
        load_edits(file([{**FLAT, "target_new": ["word\n"] * 9000}]))
    assert len(str(caught.value)) < 300 and "\n" not in str(caught.value)
