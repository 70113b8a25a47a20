"""Names from exports, and addresses of features."""

from __future__ import annotations

import gzip
import json

import pytest

from hera_desktop.engine.atlas.neuronpedia import LONGEST_NAME, feature_url, read_labels
from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import InputError

from .samples import expect_sentence

ROWS = [
    {
        "modelId": "gpt2-small",
        "layer": "7-res-jb",
        "index": "12",
        "description": " references to\n cities ",
        "explanationModelName": "some-model",
        "embedding": "[0.1, 0.2]",
    },
    {"modelId": "gpt2-small", "layer": "7-res-jb", "index": "3", "description": "digits"},
    {"modelId": "gpt2-small", "layer": "7-res-jb", "index": "12", "description": "a second opinion"},
]
EXPECTED = [Label(3, "digits", source="import"), Label(12, "references to cities", source="import")]
LINES = "\n".join(json.dumps(row) for row in ROWS) + "\n\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "labels.json"


def test_a_list_is_read_in_the_order_of_the_features(file):
    file.write_text(json.dumps(ROWS), encoding="utf-8")
    assert read_labels(file) == EXPECTED


def test_lines_and_packed_lines_are_read(file):
    file.write_text(LINES, encoding="utf-8")
    assert read_labels(file) == EXPECTED
    file.write_bytes(gzip.compress(LINES.encode()))
    assert read_labels(file) == EXPECTED


def test_one_line_alone_and_a_byte_order_mark(file):
    file.write_text(json.dumps(ROWS[1]), encoding="utf-8-sig")
    assert read_labels(file) == EXPECTED[:1]


def test_explanations_inside_an_object_are_read(file):
    file.write_text(json.dumps({"modelId": "m", "explanations": ROWS}), encoding="utf-8")
    assert read_labels(file) == EXPECTED


def test_features_as_the_site_gives_them_pass_their_index_on(file):
    features = [
        {"index": "12", "explanations": [{"description": "references to cities"}, {"description": "other"}]},
        {"index": 3, "explanations": [{"index": 3, "description": "digits"}]},
        {"index": "4", "explanations": []},
    ]
    file.write_text(json.dumps(features), encoding="utf-8")
    assert read_labels(file) == EXPECTED


@pytest.mark.parametrize("key", ["description", "explanation", "text"])
def test_the_text_goes_by_several_names(file, key):
    file.write_text(json.dumps([{"index": 3, key: "digits"}]), encoding="utf-8")
    assert read_labels(file) == EXPECTED[:1]


def test_a_long_explanation_is_cut_for_the_name_and_whole_in_the_note(file):
    text = "words " * 50
    file.write_text(json.dumps([{"index": 0, "description": text}]), encoding="utf-8")
    [label] = read_labels(file)
    assert len(label.name) <= LONGEST_NAME
    assert label.name.endswith("…")
    assert label.note == text.strip()


@pytest.mark.parametrize(
    "rows",
    [
        [{"index": "x", "description": "a"}, {"index": -1, "description": "a"}, {"index": True, "description": "a"}],
        [{"index": 1, "description": ""}, {"index": 2}, {"description": "a"}, {"index": 3, "description": 7}],
        [1, "text", None, [[]]],
        {"explanations": "none"},
        [],
        {},
        7,
    ],
)
def test_a_file_without_explanations_is_one_sentence(file, rows):
    file.write_text(json.dumps(rows), encoding="utf-8")
    with expect_sentence(InputError, str(file), "no explanation"):
        read_labels(file)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"name,feature\ncity,1\n", "no JSON at line 1"),
        (LINES.encode() + b"{broken", "no JSON at line 5"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"\x1f\x8bnot packed", "cannot be read"),
        (b"[" * 100_000, "no JSON at line 1"),
        (b"", "no explanation"),
    ],
)
def test_a_file_that_is_no_json_is_one_sentence(file, data, part):
    file.write_bytes(data)
    with expect_sentence(InputError, str(file), part):
        read_labels(file)


def test_a_missing_file_is_one_sentence(file):
    with expect_sentence(InputError, str(file), "cannot be read"):
        read_labels(file)


def test_addresses_of_features():
    assert feature_url("gpt2-small/7-res-jb", 12) == "https://www.neuronpedia.org/gpt2-small/7-res-jb/12"
    assert feature_url(None, 12) is None
    assert feature_url("", 12) is None
