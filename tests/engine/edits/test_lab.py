"""Edits on the timeline: judged, repaired, recorded, tested again, taken back exactly."""

from __future__ import annotations

import pytest

from hera_desktop.engine.config import load_config
from hera_desktop.engine.edits.lab import EditLab
from hera_desktop.engine.edits.request import EditRequest
from hera_desktop.engine.edits_config import EditsConfig
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.trace import entry_line
from tests import tiny

PROMPT, TARGET = "The capital of France is", "Rome"
FAST = {"edits__learning_rate": 0.5, "edits__steps": 6, "edits__directions": 8, "edits__prefixes": 1}
CHANGED = {
    "strategy": ("gradient", {}),
    "layer": (1, {}),
    "steps": (2, {}),
    "learning_rate": (0.2, {}),
    "momentum": (0.9, {}),
    "polyak": (0.01, {}),
    "products": ("bfloat16", {"products": "model"}),
    "stop": (1e-4, {}),
    "prefixes": (0, {}),
    "prefix_tokens": (3, {}),
    "lambda_kl": (5.0, {}),
    "rank": (1, {"strategy": "gradient"}),
    "directions": (2, {"strategy": "rank_one_sae"}),
    "null_share": (0.3, {"strategy": "null_space"}),
    "adam_rate": (0.1, {"strategy": "lora"}),
}
"""Another value, and the settings under which it matters; seen in the change that is proposed."""


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera", **FAST)
    yield engine
    engine.close()


@pytest.mark.parametrize("key", CHANGED)
def test_a_setting_changes_what_is_proposed(engine, key):
    value, base = CHANGED[key]
    found = []
    for changes in (base, {**base, key: value}):
        settings = engine.config.edits.model_copy(update=changes)
        found.append(EditLab(engine).propose(PROMPT, TARGET, "France", settings).measurement.patch.content_hash)
    assert found[0] != found[1]


def test_no_setting_is_left_out():
    assert EditsConfig.model_fields.keys() == CHANGED.keys() | {"doses", "collapse"}


def test_the_same_edit_from_the_same_state_is_the_same_bit_for_bit(engine):
    hashes = {EditLab(engine).propose(PROMPT, TARGET).measurement.patch.content_hash for _ in range(2)}
    assert len(hashes) == 1


def test_an_edit_is_on_the_timeline_and_goes_back_exactly(engine):
    base = engine.state_hash
    result = engine.evolve(PROMPT, target=TARGET)
    assert result and result.patch_id == "p1"
    source = engine.ledger.entries()[-1].details["source"]
    assert (source["kind"], source["target"], source["subject"]) == ("edit", TARGET, "France")
    assert [dose["share"] for dose in source["doses"]] == [0.0, 1.0]
    after = engine.state_hash
    engine.rollback("p1")
    assert engine.state_hash == base
    engine.undo()
    assert engine.state_hash == after


def _worst_js(judged):
    """JS of the step over all probes or over a tag's, whichever is larger."""
    step = judged.measurement.step
    return max(found["js_divergence"] for found in (step.overall, *step.per_tag.values()))


def test_a_refused_edit_is_scaled_back_until_it_passes(engine):
    whole = EditLab(engine).propose(PROMPT, TARGET)
    damage = _worst_js(whole)
    tight = load_config(
        engine.config.model_dump(mode="json"),
        [f"immune.max_js_divergence={damage * 0.8}", "immune.cumulative.max_js_divergence=1"],
        environment={},
    )
    engine.configure(tight)
    judged = EditLab(engine).propose(PROMPT, TARGET)
    doses = judged.source["doses"]
    assert judged.status != "rejected" and 0 < judged.source["share"] < 1
    assert [dose["share"] for dose in doses] == sorted(dose["share"] for dose in doses)
    assert doses[-1]["level"] == "reject" and len(doses) == engine.config.edits.doses + 2
    assert 0 < _worst_js(judged) <= damage * 0.8
    taken = next(dose for dose in doses if dose["share"] == judged.source["share"])
    assert taken["target"] > doses[0]["target"]


def test_without_repair_a_refused_edit_stays_refused(engine):
    tight = load_config(
        engine.config.model_dump(mode="json"), ["immune.max_js_divergence=1e-9", "edits.doses=0"], environment={}
    )
    engine.configure(tight)
    result = engine.evolve(PROMPT, target=TARGET)
    assert not result and engine.info().active == ()
    assert engine.ledger.entries()[-1].details["source"]["share"] == 1.0


@pytest.mark.parametrize("newest", [0, 1, 5])
def test_earlier_edits_are_tested_again(tmp_path, newest):
    engine = tiny.engine(tmp_path / "s.hera", **FAST, edits__collapse=newest)
    engine.evolve(PROMPT, target=TARGET)
    engine.evolve("The capital of Spain is", target="Oslo")
    engine.evolve("Ann lives in", target="Bergen", subject="Ann")
    again = engine.ledger.entries()[-1].details["source"]["retested"]
    assert [one["patch_id"] for one in again] == ["p1", "p2"][-newest:] * bool(newest)
    now = EditLab(engine).test(EditLab(engine).edits())
    for before in again:
        assert before in [{"patch_id": one.patch_id, "target": one.target, "free": one.free} for one in now]
    engine.close()


def _after(engine):
    """The edits that a further one tests again, as they are recorded."""
    engine.evolve("Ann lives in", target="Bergen", subject="Ann")
    return engine.ledger.entries()[-1].details["source"]["retested"]


def test_an_edit_at_another_dose_is_tested_again_with_its_own_prompt_and_target(engine):
    engine.evolve(PROMPT, target=TARGET)
    engine.rollback("p1")
    engine.reapply("p1", 0.5)
    engine.rollback("p2")
    engine.reapply("p2", 1.2)  # the dose of a dose
    (active,) = EditLab(engine).edits()
    assert (active.patch_id, active.request) == ("p3", EditRequest(PROMPT, TARGET, "France"))
    (again,) = _after(engine)
    now = EditLab(engine).given(active.request)
    assert again["patch_id"] == "p3" and again["target"] == pytest.approx(now, rel=1e-6)


def test_an_edit_with_two_doses_in_force_is_tested_once(engine):
    engine.evolve(PROMPT, target=TARGET)
    engine.reapply("p1", 0.25)
    assert [one["patch_id"] for one in _after(engine)] == ["p1"]


def test_what_was_re_applied_of_an_ordinary_step_is_no_edit(engine):
    engine.evolve(PROMPT)
    engine.reapply("p1", 0.5)
    assert engine.info().active == ("p1", "p2") and EditLab(engine).edits() == []


@pytest.mark.parametrize(
    ("overrides", "word"),
    [
        ({"layer": 99}, "99"),
        ({"strategy": "rankone"}, "rank_one"),
    ],
)
def test_a_setting_that_the_model_cannot_follow_is_one_sentence(engine, overrides, word):
    with pytest.raises(InputError) as error:
        EditLab(engine).propose(PROMPT, TARGET, None, engine.config.edits.model_copy(update=overrides))
    assert word in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("override", ["edits.stops=0.5", "edits.stop=2", "edits.rank=0"])
def test_a_misspelt_or_impossible_setting_is_one_sentence(override):
    with pytest.raises(InputError) as error:
        load_config(None, [override], environment={})
    assert override.partition("=")[0] in str(error.value) and "\n" not in str(error.value)


def test_a_script_reads_the_change_of_an_edit_and_does_not_make_it_again(engine):
    engine.evolve(PROMPT, target=TARGET)
    line = entry_line(engine.ledger.entries()[-1])
    assert line.startswith("engine.adopt(stored_patch(original, 'p1')") and TARGET in line
