"""What the model is held to its base on."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.anchors import Anchors
from hera_desktop.engine.immune.probe_files import load_probes

from ..samples import expect_sentence


def test_the_shipped_anchors_are_many_and_varied():
    anchors = Anchors.load()
    assert len(anchors.questions) >= 120 and len(anchors.texts) >= 60
    assert sum(len(text.split()) >= 30 for text in anchors.texts) >= 30
    lower = [text for text in anchors.questions if text[0].islower() and not text.endswith("?")]
    assert len(lower) >= 40
    openings = {text.lower().split()[0].strip("',:!") for text in anchors.questions}
    assert {"who", "what", "when", "where", "how", "why", "which", "write", "translate", "hello"} <= openings


def test_no_anchor_is_one_of_the_probes_that_judge():
    anchors, probes = Anchors.load(), {probe.text.strip() for probe in load_probes(None).probes}
    assert not probes & {*anchors.questions, *anchors.texts}


def test_code_keeps_its_lines(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("questions: [who is it]\ntexts:\n  - |-\n    def f():\n        return 1\n")
    assert Anchors.load(str(file)) == Anchors(("who is it",), ("def f():\n    return 1",))


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("questions: [a]", ("questions:", "texts:")),
        ("[a, b]", ("must hold",)),
        ("questions: [a]\ntexts: []", ("no list", "'texts:'")),
        ("questions: b\ntexts: [a]", ("no list", "'questions:'")),
        ("questions: [a, 7]\ntexts: [a]", ("number 2", "7")),
        ("questions: [a]\ntexts: [b, ' ']", ("number 2", "'texts:'")),
        ("questions: [a, b, a]\ntexts: [a]", ("'a'", "twice")),
        ("questions: [a", ("not valid YAML",)),
    ],
)
def test_a_faulty_file_is_one_sentence(tmp_path, content, parts):
    file = tmp_path / "anchors.yaml"
    file.write_text(content)
    with expect_sentence(InputError, str(file), *parts):
        Anchors.load(str(file))


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    with expect_sentence(InputError, "nowhere.yaml", "does not exist"):
        Anchors.load(str(tmp_path / "nowhere.yaml"))
    file = tmp_path / "binary.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with expect_sentence(InputError, str(file), "cannot be read"):
        Anchors.load(str(file))
