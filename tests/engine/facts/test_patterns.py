"""Pattern files."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.patterns import load_patterns

from ..samples import expect_sentence

GOOD = "{name: likes, pattern: '(?P<subject>.+) likes (?P<object>.+)', relation: likes, min_confidence: 0.5}"


def written(tmp_path, content: str) -> str:
    file = tmp_path / "mine.yaml"
    file.write_text(content, encoding="utf-8")
    return str(file)


def test_the_shipped_patterns_are_many_and_usable():
    patterns = load_patterns(None).patterns
    assert len(patterns) >= 45
    assert all({"subject", "object"} <= set(p.pattern.groupindex) for p in patterns)
    assert len({p.name for p in patterns}) == len(patterns)


def test_an_entry_is_read_as_it_stands(tmp_path):
    (pattern,) = load_patterns(written(tmp_path, f"patterns: [{GOOD}]")).patterns
    match = pattern.pattern.fullmatch("Ada likes tea")
    assert (pattern.name, pattern.min_confidence) == ("likes", 0.5)
    assert (pattern.relation_of(match), pattern.subject_of(match), match["object"]) == ("likes", "Ada", "tea")


def test_parts_are_put_in_also_within_parts(tmp_path):
    content = r"""
parts: {word: '[a-z]+', pair: '{word} {word}'}
patterns:
  - {name: p, pattern: '(?P<subject>{pair}) is (?P<object>{word}|\d{2})', relation: r, min_confidence: 0}
"""
    (pattern,) = load_patterns(written(tmp_path, content)).patterns
    assert pattern.pattern.fullmatch("my dog is 12") and pattern.pattern.fullmatch("my dog is red")
    assert not pattern.pattern.fullmatch("dog is red")


@pytest.mark.parametrize(
    ("relation", "expected"),
    [("any", "best_friend"), ("{relation}_of", "best_friend_of"), ("{relation}", "best_friend")],
)
def test_the_group_names_the_relation(tmp_path, relation, expected):
    row = f"{{name: p, pattern: '(?P<object>.+) is the (?P<relation>.+) of (?P<subject>.+)', relation: '{relation}',"
    (pattern,) = load_patterns(written(tmp_path, f"patterns: [{row} min_confidence: 1}}]")).patterns
    assert pattern.relation_of(pattern.pattern.fullmatch("Ada is the Best  friend of Bo")) == expected


def test_the_subject_can_be_worded(tmp_path):
    row = "{name: p, pattern: 'I have a (?P<subject>.+) called (?P<object>.+)', relation: name, min_confidence: 1, "
    (pattern,) = load_patterns(written(tmp_path, f"patterns: [{row} subject: 'my {{subject}}'}}]")).patterns
    assert pattern.subject_of(pattern.pattern.fullmatch("I have a dog called Bo")) == "my dog"


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return f"patterns: [{GOOD.replace('name: likes', 'name: first')}, {GOOD.replace(old, new)}]"


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("", ("must hold a list",)),
        ("patterns: []", ("must hold a list",)),
        ("patterns: [", ("not valid YAML",)),
        ("patterns: [1]", ("pattern 1 of", "is 1")),
        (f"patterns: [{GOOD}]\npart: {{}}", ("the key 'part'", "'parts:'")),
        (f"patterns: [{GOOD}, {GOOD}]", ("patterns 1 and 2", "'likes'")),
        (
            changed("likes (?P<object>.+)", "likes (?P<object>.+"),
            ("pattern 2 ('likes')", "at character 23", "unterminated"),
        ),
        (changed("<object>.+", "<object>*"), ("pattern 2 ('likes')", "nothing to repeat", "at character")),
        (changed("<object>", "<objct>"), ("pattern 2 ('likes')", "no group 'object'")),
        (changed(", min_confidence: 0.5", ""), ("pattern 2 ('likes')", "no 'min_confidence'")),
        (changed("name: likes, ", ""), ("pattern 2 of", "no 'name'")),
        (changed("min_confidence: 0.5", "min_confidence: 2"), ("has 2 as 'min_confidence'", "from 0 to 1")),
        (changed("min_confidence: 0.5", "min_confidence: true"), ("has True as 'min_confidence'",)),
        (changed("min_confidence: 0.5", "min_confidence: high"), ("has 'high' as 'min_confidence'",)),
        (changed("relation: likes", "relation: 7"), ("has 7 as 'relation'", "text")),
        (changed("relation: likes", "relation: '{verb}'"), ("names the group 'verb' in 'relation'",)),
        (changed("relation: likes", "relation: likes, subjct: me"), ("key 'subjct'", "did you mean 'subject'")),
        (changed("relation: likes", "relation: likes, 3: me"), ("key '3'",)),
        (changed(" likes ", " {verb} "), ("pattern 2 ('likes')", "part 'verb' at character 17")),
        (f"parts: [a]\npatterns: [{GOOD}]", ("'parts:'",)),
        (f"parts: {{a: 3}}\npatterns: [{GOOD}]", ("part 'a'", "3")),
        (f"parts: {{A: b}}\npatterns: [{GOOD}]", ("part 'A'", "small letters")),
        (f"parts: {{a: 'x(y'}}\npatterns: [{GOOD}]", ("part 'a'", "unterminated", "at character 2")),
        (f"patterns: [{GOOD}]\nrewrites: 3", ("'rewrites:'", "must hold a list")),
        (f"patterns: [{GOOD}]\nrewrites: [{{name: a, pattern: '(x', plain: y}}]", ("rewrite 1 ('a')", "unterminated")),
        (f"patterns: [{GOOD}]\nrewrites: [{{name: a, pattern: x}}]", ("rewrite 1 ('a')", "no 'plain'")),
        (
            f"patterns: [{GOOD}]\nrewrites: [{{name: a, pattern: x, plain: '{{y}}'}}]",
            ("rewrite 1 ('a')", "the group 'y' in 'plain'"),
        ),
        (
            f"patterns: [{GOOD}]\nrewrites: [{', '.join(['{name: a, pattern: x, plain: y}'] * 2)}]",
            ("rewrites 1 and 2", "'a'"),
        ),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(tmp_path, content, parts):
    path = written(tmp_path, content)
    with expect_sentence(InputError, path, *parts):
        load_patterns(path)


def test_a_fault_after_a_part_is_counted_in_the_text_of_the_file(tmp_path):
    text = "(?P<subject>{long}) x (?P<object>.+) ("
    content = f"parts: {{long: 'a very long part of it all'}}\npatterns: [{{name: p, pattern: '{text}', relation: r, "
    with expect_sentence(InputError, f"at character {len(text)}", "'p'"):
        load_patterns(written(tmp_path, content + "min_confidence: 1}]"))


def test_a_missing_or_binary_file_is_one_sentence(tmp_path):
    with expect_sentence(InputError, str(tmp_path / "none.yaml"), "does not exist", "facts.detector.patterns"):
        load_patterns(str(tmp_path / "none.yaml"))
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with expect_sentence(InputError, str(tmp_path / "b.yaml"), "cannot be read"):
        load_patterns(str(tmp_path / "b.yaml"))
