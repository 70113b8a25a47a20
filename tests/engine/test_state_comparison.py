"""Comparing states: what is found is what each state gives alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.feature_lab import FeatureLab
from hera_desktop.engine.model import Sampling
from hera_desktop.engine.state_comparison import compare_states
from hera_desktop.engine.text_difference import differences
from tests import tiny

PROMPT = "the cat sat on the mat"


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "session.hera")
    strong = engine.config.evolution.model_copy(update={"learning_rate": 2.0})
    engine.evolve(PROMPT)
    engine.evolve("a dog ran in the park", strong)
    yield engine
    engine.close()


def test_the_same_state_twice_is_neutral(engine):
    found = compare_states(engine, "p2", "now", PROMPT)
    assert found.equal
    assert found.metrics["ppl_ratio"] == 1.0
    assert found.metrics["js_divergence"] == pytest.approx(0, abs=1e-6)
    assert not (found.only_a or found.only_b or found.settings or found.features)
    assert all(row.difference == 0 and row.a == row.b > 0 for row in found.matrices)
    assert found.texts[0] == found.texts[1]
    assert all(part.same for part in found.differences)


def test_each_side_is_what_its_state_gives_alone(engine):
    found = compare_states(engine, "base", "p1", PROMPT, tokens=8)
    assert found.only_b == ("p1",) and found.a.active == () and found.common == ()
    assert found.a.state_hash == engine.ledger.hash_of(()) and found.b.state_hash == engine.ledger.hash_of(("p1",))
    alone = [engine.generate(PROMPT, Sampling(max_new_tokens=8, seed=42), patches) for patches in ((), ("p1",))]
    assert list(found.texts) == alone
    recorded = engine.ledger.entry("p1").metrics
    for name in ("js_divergence", "ppl_ratio", "cosine_drift"):
        assert found.metrics[name] == pytest.approx(recorded[name]["step"], rel=1e-4, abs=1e-7)
    change = engine.ledger.patch("p1").factors[0]
    weight = engine.model.writer_at(*change.site).weight().double().norm().item()
    assert found.matrices[0].difference == pytest.approx(change.frobenius / weight, rel=1e-6)


def test_the_model_is_as_before(engine):
    before = engine.probe_digest()
    compare_states(engine, "base", "p1", PROMPT, tokens=3)
    assert engine.probe_digest() == before

    def stop(what: str, share: float | None) -> None:
        if "features" in what:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        compare_states(engine, "base", "p1", PROMPT, progress=stop)
    assert engine.probe_digest() == before


def test_settings_that_differ_are_named(engine):
    found = compare_states(engine, "p1", "p2")
    rates = next(one for one in found.settings if one.key == "learning_rate")
    assert 2.0 in rates.b and 2.0 not in rates.a
    assert found.texts == ("", "") and found.next_tokens == ()


def test_states_may_be_lists_of_patches_in_any_order(engine):
    found = compare_states(engine, ("p1", "p2"), ("p2", "p1"))
    assert found.reordered and not found.equal
    assert found.matrices[0].difference == pytest.approx(0, abs=1e-6)


def test_an_unknown_state_is_one_sentence(engine):
    with pytest.raises(InputError, match="patch 'p9' is not on the timeline"):
        compare_states(engine, "base", "p9")


def test_differences_cover_both_texts():
    found = differences("The capital is Paris, of course.", "The capital is Rome, of course!")
    assert "".join(part.a for part in found) == "The capital is Paris, of course."
    assert "".join(part.b for part in found) == "The capital is Rome, of course!"
    assert [(part.a, part.b) for part in found if not part.same] == [("Paris", "Rome"), (".", "!")]


def test_what_both_states_hold_cancels_exactly(engine):
    found = compare_states(engine, ("p1", "p2"), ("p2", "p1"))
    assert all(row.difference == 0.0 for row in found.matrices)
    only_second = compare_states(engine, "p1", "p2").matrices
    second = engine.ledger.patch("p2").factors
    sizes = {change.site: change.frobenius / _size(engine, change.site) for change in second}
    for row in only_second:
        assert row.difference == pytest.approx(sizes.get((row.layer, row.component), 0.0), rel=1e-9)


def _size(engine, site) -> float:
    return engine.model.writer_at(*site).weight().double().norm().item()


def test_features_have_the_names_the_user_gave(engine):
    plain = compare_states(engine, "base", "p2", PROMPT, tokens=1)
    feature = plain.features[0].feature
    FeatureLab(engine).label(Label(feature, "cats on mats"))
    named = compare_states(engine, "base", "p2", PROMPT, tokens=1)
    assert plain.features[0].name == "" and named.features[0].name == "cats on mats"


def test_a_number_of_tokens_that_makes_no_sense_is_one_sentence(engine):
    with pytest.raises(InputError, match="0 tokens cannot be generated; 1 to 4096"):
        compare_states(engine, "base", "p1", PROMPT, tokens=0)


@pytest.mark.parametrize(
    ("a", "b", "places"),
    [
        ("", "", []),
        ("the same", "the same", []),
        ("", "something", [("", "something")]),
        ("one", "one more", [("", " more")]),
        (
            "a mind of her own. She left",
            "a task of no use. It stayed",
            [("mind", "task"), ("her own. She left", "no use. It stayed")],
        ),
        ("first\nsecond", "first second", [("\nsecond", " second")]),
    ],
)
def test_blanks_and_marks_alone_do_not_scatter_a_difference(a, b, places):
    found = differences(a, b)
    assert ["".join(getattr(part, side) for part in found) for side in "ab"] == [a, b]
    assert [(part.a, part.b) for part in found if not part.same] == places
    assert all(part.a == part.b for part in found if part.same)
    assert all(one.same != other.same for one, other in pairwise(found))
