"""Labelled edits and what the immune system says of them, on a tiny model; and the figures that come of it."""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass, replace
from string import ascii_letters, digits
from typing import Any

import pytest
import torch

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.catalogue import ImmuneSettings
from hera_desktop.engine.experiments.destructive_edits import (
    BROKEN,
    DESTRUCTIVE_KINDS,
    POISONED,
    RANDOM,
    SHARES,
    TENFOLD,
    WRONG_LAYER,
    WRONG_SIGN,
    DestructiveEdits,
)
from hera_desktop.engine.experiments.edit_scorer import EditScorer
from hera_desktop.engine.experiments.held_out import Damage, HeldOut
from hera_desktop.engine.experiments.immune import quotas, run
from hera_desktop.engine.experiments.immune_table import answers_at, plots, tables
from hera_desktop.engine.experiments.job import Job
from hera_desktop.engine.experiments.labelled_edits import KINDS, STEP, TARGET, EditMaker, LabelledEdit
from hera_desktop.engine.experiments.outcome import Outcome, outcome_of
from hera_desktop.engine.experiments.roc import auc, roc
from hera_desktop.engine.immune.verdict import Verdict
from hera_desktop.engine.sae import FeatureReader
from tests import tiny
from tests.engine.samples import patch_for, probe_file

from .records import record

FAST = {"edits__learning_rate": 0.5, "edits__steps": 12, "edits__prefixes": 0, "edits__stop": 0.3}
LENIENT = {"good_ppl": 1e6, "good_answers": 1.0, "good_fall": 1.0, "harm_ppl": 1.2, "harm_answers": 0.05}
"""A random model's edits are felt everywhere: what a label takes is set so that there are some of both."""
RECORDS = [record(number, target="?") for number in range(8)]


@pytest.fixture(scope="module", autouse=True)
def _few_texts():
    """What an edit stands on is measured on little text."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("hera_desktop.engine.edits.statistics.BEGINNINGS", ("The",))
        patched.setattr("hera_desktop.engine.edits.statistics.OWN_TOKENS", 8)
        patched.setattr("hera_desktop.engine.edits.statistics.TEXT_TOKENS", 24)
        for name, value in (("TEXTS", 4), ("TEXT_TOKENS", 24), ("QUESTIONS", 4), ("ANSWER_TOKENS", 6)):
            patched.setattr(f"hera_desktop.engine.experiments.held_out.{name}", value)
        yield


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera", immune__probes=probe_file(tmp_path), **FAST)
    yield engine
    engine.close()


# --- figures ----------------------------------------------------------------------------------------------------------


def test_the_auc_is_the_share_of_pairs_in_order_and_a_tie_is_half():
    assert auc([1.0, 2.0], [2.0, 3.0]) == 3.5 / 4
    assert auc([0.1, math.inf], [math.inf, math.inf]) == 0.75
    assert auc([1.0], [0.0]) == 0.0
    assert auc([], [1.0]) is None and auc([1.0], []) is None


def test_the_area_under_the_roc_curve_is_the_auc():
    chance = random.Random(3)
    good = [chance.choice((0.1, 0.2, 0.5, 0.9)) for _ in range(40)]
    bad = [chance.choice((0.2, 0.5, 1.5, math.inf)) for _ in range(30)]
    x, y = roc(good, bad)
    assert (x[0], y[0], x[-1], y[-1]) == (0.0, 0.0, 1.0, 1.0)
    area = sum((x[n] - x[n - 1]) * (y[n] + y[n - 1]) / 2 for n in range(1, len(x)))
    assert area == pytest.approx(auc(good, bad))


@pytest.mark.parametrize("edits", [14, 16, 240, 241])
def test_half_of_the_edits_are_good_and_the_kinds_come_evenly(edits):
    found = quotas(edits)
    assert sum(found.values()) == edits and set(found) == set(KINDS)
    good = [count for kind, count in found.items() if KINDS[kind] == "good"]
    bad = [found[kind] for kind in DESTRUCTIVE_KINDS]
    assert 0 <= sum(good) - sum(bad) <= 1
    assert max(good) - min(good) <= 1 and max(bad) - min(bad) <= 1 and min(bad) >= 1


def test_the_score_is_how_much_of_the_way_to_the_limit_is_gone():
    def verdict(metric: str, value: float, limit: float) -> Verdict:
        return Verdict("safe", "", metric, "step", value, limit, "")

    assert verdict("ppl_ratio", 1.25, 1.5).used == pytest.approx(0.5)
    assert verdict("js_divergence", 0.3, 0.15).used == pytest.approx(2.0)
    assert verdict("cosine_drift", math.nan, 0.05).used == math.inf
    assert verdict("js_divergence", 0.1, 0.0).used == math.inf
    assert verdict("js_divergence", 0.0, 0.0).used == 0.0


# --- damage without the immune system ---------------------------------------------------------------------------------


def test_held_out_damage_is_none_without_a_change_and_grows_with_it(engine):
    held_out = HeldOut(engine.model)
    assert held_out.damage() == Damage(1.0, 0.0)
    patch = patch_for(engine.model, size=0.05)
    found = []
    for times in (1.0, 10.0, 100.0):
        with engine.stack.trial(patch.scaled(times)):
            found.append(held_out.damage())
    assert [one.answers for one in found] == sorted(one.answers for one in found) and found[-1].answers > 0.5
    assert abs(math.log(found[-1].perplexity)) > abs(math.log(found[0].perplexity))
    assert held_out.damage() == Damage(1.0, 0.0)


def test_what_is_not_finite_is_infinite_damage(engine):
    held_out = HeldOut(engine.model)
    with engine.stack.trial(patch_for(engine.model).scaled(math.nan)):
        assert held_out.damage().perplexity == math.inf


def test_texts_that_the_probes_have_are_not_held_out(engine):
    plain = HeldOut(engine.model)
    taken = engine.model.decode(plain._texts[0].ids)
    without = HeldOut(engine.model, [taken])
    assert plain._texts[0].ids not in [row.ids for row in without._texts]
    assert len(without._texts) == len(plain._texts)


# --- what is destructive ----------------------------------------------------------------------------------------------


def test_destructive_edits_are_where_and_as_large_as_they_say(engine):
    maker, good = DestructiveEdits(engine, RECORDS), patch_for(engine.model, layer=1)
    weight = engine.model.writer(1).weight().norm().item()
    made = {kind: list(maker.doses(kind, good, 2)) for kind in DESTRUCTIVE_KINDS}
    for kind in (RANDOM, WRONG_LAYER):
        assert [share for share, _ in made[kind]] == list(SHARES)
    for share, patch in made[RANDOM]:
        assert patch.layers == (1,) and patch.frobenius == pytest.approx(share * weight, rel=1e-4)
    (other,) = {patch.layers for _, patch in made[WRONG_LAYER]}
    elsewhere = engine.model.writer(other[0]).weight().norm().item()
    assert other != (1,) and made[WRONG_LAYER][1][1].frobenius == pytest.approx(elsewhere, rel=1e-4)
    for times, patch in made[WRONG_SIGN] + made[TENFOLD]:
        assert torch.equal(patch.factors[0].u, good.factors[0].u * times)
    assert [times for times, _ in made[WRONG_SIGN]] == sorted((t for t, _ in made[WRONG_SIGN]), reverse=True)


def test_strengths_from_a_drawn_one_on_end_with_the_strongest(engine):
    maker, good = DestructiveEdits(engine, RECORDS), patch_for(engine.model, layer=1)
    every = [share for share, _ in maker.doses(RANDOM, good, 0)]
    drawn = [[share for share, _ in maker.doses_from_one_on(RANDOM, good, number)] for number in range(40)]
    assert all(some == every[-len(some) :] for some in drawn)
    assert {len(some) for some in drawn} == set(range(1, len(every) + 1))
    assert drawn[3] == [share for share, _ in maker.doses_from_one_on(RANDOM, good, 3)]
    assert len(maker.doses_from_one_on(BROKEN, good, 0)) == 1


def test_broken_numbers_are_in_a_few_columns_of_the_same_matrix(engine):
    maker, good = DestructiveEdits(engine, RECORDS), patch_for(engine.model)
    values = []
    for number in range(3):
        ((_, patch),) = maker.doses(BROKEN, good, number)
        changed = ((patch.factors[0].v != good.factors[0].v).any(1)).sum().item()
        assert changed == 3 and good.is_finite
        values.append(patch.factors[0].v[(patch.factors[0].v != good.factors[0].v).any(1)][0, 0].item())
    assert math.isnan(values[0]) and values[1] == math.inf and values[2] == pytest.approx(1e8)


def test_a_poisoned_edit_is_the_same_for_the_same_number_and_harms(engine):
    maker, good = DestructiveEdits(engine, RECORDS), patch_for(engine.model)
    made = [list(maker.doses(POISONED, good, number)) for number in (0, 0, 1)]
    hashes = [[patch.content_hash for _, patch in one] for one in made]
    assert hashes[0] == hashes[1] != hashes[2]
    held_out = HeldOut(engine.model)
    with engine.stack.trial(made[0][-1][1]):
        assert held_out.damage().answers > 0


# --- labels -----------------------------------------------------------------------------------------------------------


def edits_of(engine, one=RECORDS[0], number=0, wanted=tuple(KINDS), **settings) -> dict[str, LabelledEdit]:
    maker = EditMaker(engine, RECORDS, ImmuneSettings(**{**LENIENT, **settings}))
    return {edit.kind: edit for edit in maker.edits(one, number, wanted)}


def rewritable(model, one):
    """The record with the old object that the model likes best; None where it likes the target better."""
    readings = EditScorer(model).readings([(one.prompt, old) for old in (*ascii_letters, *digits, one.target)])
    _, old = max(readings, key=lambda pair: readings[pair].log_prob)
    return None if old == one.target else replace(one, old=old, old_of_neighbours=old)


def test_nothing_is_kept_and_a_measure_over_its_limit_is_refused(engine):
    state = engine.state_hash
    found = edits_of(engine, rewritable(engine.model, RECORDS[0]))
    assert TARGET in found and STEP in found
    assert engine.state_hash == state and not engine.stack.active and not engine.ledger.entries()
    for edit in found.values():
        assert edit.refused == (edit.score is None or edit.score > 1)
        assert set(edit.measures) >= {"js_divergence", "ppl_ratio", "cosine_drift"}


def test_a_record_without_anything_to_rewrite_gives_no_target_edit(engine):
    one = rewritable(engine.model, RECORDS[0])
    turned = replace(one, target=one.old, old=one.target)
    assert set(edits_of(engine, turned)) <= {STEP}
    assert edits_of(engine, turned, wanted=(TARGET,)) == {}


def test_a_label_that_is_not_borne_out_ends_what_is_made_from_the_edit(engine):
    one = rewritable(engine.model, RECORDS[0])
    found = edits_of(engine, one, wanted=(TARGET, TENFOLD, STEP), good_answers=0.0, good_ppl=1.0, number=2)
    assert set(found) == {TARGET, STEP} and not found[TARGET].borne_out and not found[STEP].borne_out


# --- the whole experiment ---------------------------------------------------------------------------------------------

SETTINGS = {**LENIENT, "edits": 14}


@dataclass(frozen=True)
class TinyJob(Job):
    """A job on a model that is in memory."""

    loaded: Any = None

    def model(self):
        return self.loaded


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Settings, a job and the outcome of the whole run."""
    folder = tmp_path_factory.mktemp("immune")
    model = tiny.language_model()
    reader = FeatureReader(tiny.random_sae(), "random", model)
    records = [turned for one in RECORDS if (turned := rewritable(model, one))]
    (folder / "records.json").write_text(json.dumps([_row(one) for one in records]), encoding="utf-8")
    settings = ImmuneSettings(**SETTINGS, file=str(folder / "records.json"))
    config = tiny.config(immune__probes=probe_file(folder), immune__max_js_divergence=0.05, **FAST)
    job = TinyJob(config, loaded=(model, reader))
    return settings, job, run(settings, job)


def _row(one) -> dict[str, Any]:
    return {
        "case_id": one.record_id,
        "requested_rewrite": {
            "prompt": one.prompt.replace(one.subject, "{}"),
            "subject": one.subject,
            "target_new": {"str": one.target},
            "target_true": {"str": one.old},
        },
        "paraphrase_prompts": [],
        "neighborhood_prompts": list(one.neighbours[:1]),
    }


def test_a_run_gives_edits_of_both_labels_in_its_tables(made):
    settings, _, outcome = made
    edits = [LabelledEdit(**one) for one in outcome.data["edits"]]
    kept = [edit for edit in edits if edit.borne_out]
    assert {edit.label for edit in kept} == {"good", "destructive"}
    kinds = {row[0]: row for row in outcome.tables[0].rows}
    for kind in KINDS:
        assert int(kinds[kind][2]) == sum(edit.kind == kind for edit in kept)
        assert int(kinds[kind][2]) + int(kinds[kind][3]) == sum(edit.kind == kind for edit in edits)
    assert outcome.finished and len(outcome.plots) == 2
    assert f"{len(kept)} edits with a confirmed label out of {settings.edits} wanted" in " ".join(outcome.remarks)
    assert kinds[BROKEN][4] == kinds[BROKEN][2]  # none of what is not finite is let through


def test_a_stopped_run_goes_on_where_it_was_and_gives_the_same(made):
    settings, job, whole = made
    saved: list[Outcome] = []
    stopped = run(settings, replace(job, save=saved.append, cancelled=lambda: len(saved) >= 1))
    assert not stopped.finished and 1 <= len(stopped.data["tried"]) < len(whole.data["tried"])
    again = outcome_of(json.loads(json.dumps(stopped.document())))
    resumed = run(settings, replace(job, done=again))
    assert _plain(resumed) == _plain(whole)


def test_a_finished_run_is_not_measured_again_and_one_with_other_settings_is_refused(made):
    settings, job, whole = made
    told: list[str] = []
    again = run(settings, replace(job, done=whole, progress=lambda what, share: told.append(what)))
    assert _plain(again) == _plain(whole) and told == []
    other = settings.model_copy(update={"harm_ppl": 3.0})
    with pytest.raises(InputError, match=r"the earlier run has harm_ppl 1\.2 and this one 3\.0"):
        run(other, replace(job, done=whole, save=lambda outcome: pytest.fail("it was written over")))


def test_an_outcome_that_is_damaged_is_one_sentence(made):
    settings, job, whole = made
    with pytest.raises(InputError, match="labelled edits cannot be read"):
        run(settings, replace(job, done=replace(whole, data={"edits": [{"kind": "x"}]})))


def _plain(outcome: Outcome) -> Any:
    return json.loads(json.dumps(outcome.document()))


# --- tables -----------------------------------------------------------------------------------------------------------


def seen(
    kind: str, score: float | None, perplexity: float | None = 1.0, borne_out: bool = True, answers: float = 0.0
) -> LabelledEdit:
    refused = score is None or score > 1
    return LabelledEdit("7", kind, 1.0, borne_out, score, refused, perplexity, answers, {})


SEEN = (
    *(seen(TARGET, score) for score in (0.1, 0.2, 0.3, 1.5)),
    seen(TARGET, 5.0, borne_out=False),
    *(seen(TENFOLD, score, rise) for score, rise in ((0.9, 1.6), (1.0, 1.7), (2.0, 3.0), (None, None))),
    seen(TENFOLD, 0.2, 1.3, borne_out=False),
)


def test_the_tables_count_what_was_refused_and_what_was_left_out():
    kinds, figures, strictness = tables(SEEN, {TARGET: 4, TENFOLD: 4})
    assert kinds.rows[0] == (TARGET, "good", "4", "1", "1", "25.0%", "0.250", "1.000", "0%")
    assert kinds.rows[1] == (TENFOLD, "destructive", "4", "1", "2", "50.0%", "1.500", "2.350", "0%")
    found = {row[0]: row[1:] for row in figures.rows}
    assert found["false accepts"] == ("50.0%", "at most 5.0%", "at most 1.0%", "neither")
    assert found["false rejects"][0] == "25.0%"
    assert found["AUC"] == ("0.875", "at least 0.950", "at least 0.990", "neither")
    found = {row[0]: row[1:] for row in strictness.rows}
    assert found["PPL 1.25 x"][0] == "5" and found["PPL 1.25 x"][2] == "60.0%"
    assert found["PPL 2 x"] == ("2", "1.000", "0.0%") and found["PPL 4 x"][0] == "1"
    assert found["answers 10%"] == ("0", "-", "-")


def test_the_answers_can_draw_the_border_as_well_and_are_compared_with_the_perplexity():
    edits = (*SEEN, *(seen(TENFOLD, score, 1.4, answers=share) for score, share in ((0.5, 0.3), (3.0, 0.45))))
    found = {row[0]: row[1:] for row in tables(edits, {TENFOLD: 6})[2].rows}
    assert found["answers 30%"][0] == "2" and found["answers 30%"][2] == "50.0%"
    assert found["answers 40%"] == ("1", "1.000", "0.0%")
    assert answers_at(1.5, edits) == [0.0, 0.0, 0.0, 0.3, 0.45]  # 1.3, 1.6, 1.7 and twice 1.4


def test_a_figure_that_meets_its_floor_or_goal_says_so():
    apart = (*(seen(TARGET, 0.1) for _ in range(19)), seen(TARGET, 1.1), *(seen(TENFOLD, 9.0, 4.0) for _ in range(20)))
    reached = {row[0]: row[4] for row in tables(apart, {TARGET: 20, TENFOLD: 20})[1].rows}
    assert reached == {"AUC": "goal", "false accepts": "goal", "false rejects": "goal"}
    twice = (*apart, seen(TARGET, 1.2))
    assert {row[0]: row[4] for row in tables(twice, {TARGET: 20})[1].rows}["false rejects"] == "floor"


def test_without_edits_there_are_dashes_and_no_plots():
    kinds, figures, _ = tables((), {TARGET: 4})
    assert kinds.rows[0][2:] == ("0", "0", "0", "-", "-", "-", "-")
    assert [row[1] for row in figures.rows] == ["-", "-", "-"] and plots(()) == ()


def test_the_plots_show_the_limits_and_leave_out_what_is_not_finite():
    curve, harm = plots(SEEN)
    here = curve.curves[2]
    assert (here.x, here.y) == ((0.25,), (0.5,))
    assert (curve.curves[0].x[-1], curve.curves[0].y[-1]) == (1.0, 1.0)
    drawn = {one.name: one for one in harm.curves}
    assert drawn[TENFOLD].x == (1.6, 1.7, 3.0) and drawn[TENFOLD].y == (0.9, 1.0, 2.0)
    assert harm.limits == (("refused above", 1.0),)
