"""Probe sets and their files."""

from __future__ import annotations

import math

import pytest

from hera_desktop.engine.errors import InputError, MachineError
from hera_desktop.engine.immune.probe_files import (
    import_probes,
    is_sealed,
    load_probes,
    plain_name,
    save_probes,
    seal_probes,
    shipped_probes,
)
from hera_desktop.engine.immune.probes import Probe, ProbeSet, TagLimits, read_tags

from .samples import expect_sentence

NASTY = "Quotes \"a\" and 'b': [x], {y}\n\ttabs, a \\ and 中文\n\n# no comment  "
SET = ProbeSet(
    (Probe("a text", ("prose", "short")), Probe(NASTY, ("code",), 2.5), Probe("kept, not measured", (), 1.0, False)),
    {"code": TagLimits({"max_js_divergence": 0.1}, {"max_ppl_spike": 1.2}), "prose": TagLimits({"max_ppl_spike": 1.0})},
)


def test_what_is_saved_comes_back(tmp_path):
    path = save_probes(tmp_path / "new" / "mine.yaml", SET)
    assert load_probes(path) == SET
    assert [entry.name for entry in path.parent.iterdir()] == ["mine.yaml"]  # nothing half-written is left


def test_an_old_file_stays_valid(tmp_path):
    file = tmp_path / "old.yaml"
    file.write_text("probes:\n - {text: one, tags: [prose]}\n - {text: two, tags: fact}\n - {text: three}\n")
    found = load_probes(file)
    assert found.probes == (Probe("one", ("prose",)), Probe("two", ("fact",)), Probe("three"))
    assert found.enabled == found.probes and found.limits == {}


def test_saving_keeps_the_file_that_was_there_when_it_fails(tmp_path, monkeypatch):
    path = save_probes(tmp_path / "mine.yaml", SET)
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with expect_sentence(MachineError, str(path), "No space left"):
        save_probes(path, ProbeSet((Probe("other"),)))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("probes: [{text: a}, {text: a}]", ("probes 1 and 2", "'a'", "same text")),
        ("probes: [{text: a, enabled: false}]", ("no probe is enabled",)),
        ("probes: [{text: a, weight: 0}]", ("probe 1", "weight 0", "above 0")),
        ("probes: [{text: a, weight: -1}]", ("weight -1",)),
        ("probes: [{text: a, weight: .inf}]", ("weight inf",)),
        ("probes: [{text: a, weight: .nan}]", ("weight nan",)),
        ("probes: [{text: a, weight: heavy}]", ("weight 'heavy'", "number")),
        ("probes: [{text: a, enabled: maybe}]", ("enabled: 'maybe'", "true or false")),
        ("probes: [{text: a, wieght: 2}]", ("the key 'wieght'", "weight")),
        ("probes: [{text: a, tags: ['x, y']}]", ("tags", "without commas")),
        ("probes: [{text: a}]\nlimit: {}", ("the key 'limit'",)),
        ("probes: [{text: a, tags: [code]}]\nlimits: {cod: {max_ppl_spike: 2}}", ("'cod'", "did you mean 'code'")),
        ("probes: [{text: a, tags: [code]}]\nlimits: {code: 3}", ("'limits:'",)),
        ("probes: [{text: a, tags: [code]}]\nlimits: {code: {max_ppl: 3}}", ("'max_ppl'", "max_ppl_spike")),
        ("probes: [{text: a, tags: [code]}]\nlimits: {code: {max_ppl_spike: 0.5}}", ("code", "0.5", "greater than")),
        ("probes: [{text: a, tags: [code]}]\nlimits: {code: {max_js_divergence: much}}", ("'much'", "number")),
        (
            "probes: [{text: a, tags: [code]}]\nlimits: {code: {cumulative: {max_js_divergence: 2}}}",
            ("code", "against the base", "less than"),
        ),
        ("probes: [{text: a, tags: [code]}]\nlimits: {code: {cumulative: 2}}", ("cumulative", "'code'")),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_in_one_sentence(tmp_path, content, parts):
    file = tmp_path / "p.yaml"
    file.write_text(content)
    with expect_sentence(InputError, str(file), *parts):
        load_probes(file)


def test_an_empty_set_measures_nothing():
    with expect_sentence(InputError, "no probe is enabled"):
        ProbeSet(()).check()


# --- files that sessions use ------------------------------------------------------------------------------------------


def test_a_session_s_file_is_named_after_its_content_and_is_made_once(tmp_path):
    first = seal_probes(SET, "my set", tmp_path)
    again = seal_probes(SET, first.name, tmp_path)  # the name of a sealed file is no part of the next one's
    other = seal_probes(SET.changed([1], weight=3.0), "my set", tmp_path)
    assert first == again != other
    assert load_probes(first) == SET
    assert plain_name(first) == "my-set" and is_sealed(first)
    assert (plain_name(None), plain_name("a/mine.yaml"), is_sealed("a/mine.yaml")) == ("probes", "mine", False)


def test_a_session_s_file_that_was_changed_is_refused(tmp_path):
    path = seal_probes(SET, "set", tmp_path)
    path.write_bytes(path.read_bytes() + b"# a remark\n")
    with expect_sentence(InputError, str(path), "was changed after it was used"):
        load_probes(path)
    assert load_probes(seal_probes(SET, "set", tmp_path)) == SET  # using the set again mends it


def test_a_session_s_file_is_not_saved_over(tmp_path):
    path = seal_probes(SET, "set", tmp_path)
    with expect_sentence(InputError, path.name, "another name"):
        save_probes(path, SET)


# --- editing ----------------------------------------------------------------------------------------------------------


def test_editing_returns_another_set_and_leaves_this_one():
    changed = SET.changed([1, 3], enabled=True, weight=4.0)
    assert [probe.weight for probe in changed.probes] == [4.0, 2.5, 4.0]
    assert SET.probes[2].enabled is False
    assert len(SET.without([1]).probes) == 2


def test_limits_of_a_tag_go_with_its_last_probe():
    assert set(SET.without([1]).limits) == {"code"}
    assert set(SET.changed([2], tags=("prose",)).limits) == {"prose"}
    assert SET.with_limits("code", TagLimits()).limits == {"prose": SET.limits["prose"]}


def test_a_limit_can_be_set_and_taken_away():
    limits = TagLimits().with_limit("cumulative", "max_cosine_drift", 0.2).with_limit("step", "max_ppl_spike", 1.1)
    assert limits == TagLimits({"max_ppl_spike": 1.1}, {"max_cosine_drift": 0.2})
    assert not limits.with_limit("step", "max_ppl_spike", None).with_limit("cumulative", "max_cosine_drift", None)


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_probe_that_is_not_there_is_named(number):
    with expect_sentence(InputError, f"no probe {number}", "1 to 3"):
        SET.without([number])


def test_tags_are_typed_with_commas():
    assert read_tags(" code,  short words,code,, ") == ("code", "short words")


# --- importing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.txt", "first\n\nsecond\n"),
        ("t.csv", "id,text\n1,first\n2,second\n"),
        ("t.jsonl", '{"text": "first"}\n"second"\n'),
    ],
)
def test_texts_of_a_file_become_probes_with_a_tag(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content)
    found, count = import_probes(SET, file, ("mine",))
    assert count == 2
    assert found.probes[:3] == SET.probes
    assert found.probes[3:] == (Probe("first", ("mine",)), Probe("second", ("mine",)))
    found.check()


@pytest.mark.parametrize("content", ["new\na text\n", "new\nnew\n"])
def test_an_import_with_a_text_twice_is_refused(tmp_path, content):
    file = tmp_path / "t.txt"
    file.write_text(content)
    with expect_sentence(InputError, "text 2", str(file), "already", "nothing was imported"):
        import_probes(SET, file)


def test_the_shipped_file_survives_a_round_trip(tmp_path):
    shipped = load_probes(None)
    assert load_probes(save_probes(tmp_path / "copy.yaml", shipped)) == shipped == load_probes(shipped_probes())
    assert all(math.isclose(probe.weight, 1) and probe.enabled for probe in shipped.probes)
