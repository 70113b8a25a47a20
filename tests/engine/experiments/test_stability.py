from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from statistics import fmean, stdev

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments import stability
from hera_desktop.engine.experiments.catalogue import StabilitySettings
from hera_desktop.engine.experiments.domain_prompts import in_turn, load_domains
from hera_desktop.engine.experiments.interventions import JUDGED
from hera_desktop.engine.experiments.job import Job
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.experiments.stability_walk import BASE, Walk, WalkStep, steps_until_back
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from ..samples import expect_sentence, probe_file

DOMAINS = """
domains:
  places: [The lake lies in, The river runs to, North of the hill]
  numbers: [2 + 3 =, 9 - 4 =, one two three]
"""
LIMITS = {"immune__max_js_divergence": 0.005, "immune__cumulative__max_js_divergence": 0.02}
"""What a tiny model's steps of strength 1 keep within, and a destructive change does not."""


@dataclass(frozen=True)
class TinyJob(Job):
    sae: bool = True

    def model(self):
        model = tiny.language_model()
        return model, FeatureReader(tiny.random_sae(), "random", model) if self.sae else None


@pytest.fixture
def domains(tmp_path):
    file = tmp_path / "domains.yaml"
    file.write_text(DOMAINS)
    return str(file)


@pytest.fixture
def job(tmp_path):
    def make(**overrides: object) -> TinyJob:
        usual = {"immune__probes": probe_file(tmp_path), "evolution__learning_rate": 1, **LIMITS}
        return TinyJob(tiny.config(**{**usual, **overrides}))

    return make


@pytest.fixture
def settings(domains):
    def make(**values: object) -> StabilitySettings:
        return StabilitySettings(**{"steps": 6, "interventions": 2, "limited_only": True, "file": domains, **values})

    return make


def walks_of(outcome) -> dict[str, Walk]:
    return stability._WALKS.validate_python(outcome.data["walks"])


# --- a whole run ------------------------------------------------------------------------------------------------------


def test_destructive_proposals_are_refused_and_forced_ones_rolled_back_to_the_last_bit(job, settings):
    outcome = stability.run(settings(steps=7, interventions=3), job())
    made = walks_of(outcome)["with limits"].interventions
    assert outcome.finished
    assert [one.after for one in made] == [1, 3, 5]
    assert len({one.what for one in made}) == 3
    for one in made:
        assert one.refused and one.harmless and one.share > 0
        assert one.js > 0.005 and one.moved > 0.1
        assert (one.left, one.same_hash, one.same_measures, one.restored) == (0, True, True, True)
    assert [row[11:13] for row in outcome.tables[1].rows] == [("yes", "0")] * 3


def test_table_1_holds_the_accepted_steps_figures_and_the_limits(job, settings):
    outcome = stability.run(settings(), job())
    table, accepted = outcome.tables[0], walks_of(outcome)["with limits"].accepted
    assert table.columns == ("measure", "mean", "sd", "min", "max", "threshold")
    assert len(table.rows) == 6 and len(accepted) > 2
    for row, (key, scope) in zip(table.rows, [(k, s) for k in JUDGED for s in ("step", "cumulative")], strict=True):
        values = [getattr(step, scope)[key] for step in accepted]
        figures = (fmean(values), stdev(values), min(values), max(values))
        assert [float(cell) for cell in row[1:5]] == pytest.approx(figures, abs=6e-5)
    assert [row[5] for row in table.rows] == ["0.005", "0.02", "1e+06", "1e+06", "2", "2"]


def test_the_run_keeps_within_limits_that_the_same_steps_without_limits_go_over(job, settings):
    outcome = stability.run(
        settings(steps=8, interventions=0, limited_only=False),
        job(evolution__learning_rate=2, immune__cumulative__max_js_divergence=0.004),
    )
    limited, unlimited = walks_of(outcome).values()
    assert [step.prompt for step in limited.steps] == [step.prompt for step in unlimited.steps]
    assert unlimited.count("rejected") == 0 < limited.count("rejected")
    assert all(step.standing["js_divergence"] <= 0.004 for step in limited.steps)
    assert unlimited.steps[-1].standing["js_divergence"] > 0.004
    assert outcome.tables[1].columns[-1] == "steps over it" and int(outcome.tables[1].rows[1][-1]) > 0
    verdicts = next(table for table in outcome.tables if table.title.startswith("Table 3"))
    assert [row[0] for row in verdicts.rows] == ["with limits", "without limits"]
    assert [row[4] for row in verdicts.rows] == [str(limited.count("rejected")), "0"]


def test_steps_without_anything_to_propose_are_not_counted_as_refused(job, settings):
    outcome = stability.run(settings(steps=4, interventions=0), job(sae__threshold=1e6))
    (walk,) = walks_of(outcome).values()
    assert all(step.nothing and not step.refused for step in walk.steps)
    verdicts, domains = (t for t in outcome.tables if t.title.startswith(("Table 3", "Table 4")))
    assert verdicts.rows[0][4:7] == ("0", "4", "-")
    assert {row[4:6] for row in domains.rows} == {("0", "2")}


def test_what_a_blind_immune_system_lets_through_is_said_and_taken_back(job, settings):
    blind = job(immune__max_js_divergence=1, immune__cumulative__max_js_divergence=1)
    outcome = stability.run(settings(interventions=1), blind)
    (made,) = walks_of(outcome)["with limits"].interventions
    assert not made.refused and made.harmless and made.restored
    assert any("Of 1 destructive proposals 0 were refused" in remark for remark in outcome.remarks)


def test_a_rollback_that_does_not_roll_back_is_noticed(job, settings, monkeypatch):
    monkeypatch.setattr(HeraEngine, "rollback", lambda engine, patch_id: None)
    outcome = stability.run(settings(interventions=1), job())
    (made,) = walks_of(outcome)["with limits"].interventions
    assert (made.restored, made.same_hash, made.same_measures) == (False, False, False)
    assert made.left == made.moved > 0
    assert "0 were restored" in outcome.remarks[-1]


def test_a_document_of_an_outcome_gives_the_outcome_again(job, settings):
    outcome = stability.run(settings(), job())
    assert outcome_of(json.loads(json.dumps(outcome.document()))) == outcome
    for plot in outcome.plots:
        assert plot.curves[0].x == (1, 2, 3, 4, 5, 6)
        assert all(math.isfinite(y) for curve in plot.curves for y in curve.y)
        assert plot.curves[-1].x == (2, 4) and not plot.curves[-1].line
        assert plot.limits[0][0] == "limit against the base"


# --- stopping and going on --------------------------------------------------------------------------------------------


def test_a_stopped_run_keeps_its_steps_and_its_finished_half_is_not_made_again(job, settings, monkeypatch):
    asked, wanted = [], settings(steps=4, interventions=1, limited_only=False)
    # five looks in the first half (four steps, one intervention), then two more
    stopped = stability.run(wanted, replace(job(), cancelled=lambda: asked.append(1) or len(asked) > 7))
    first, second = walks_of(stopped).values()
    assert not stopped.finished and first.finished and len(second.steps) == 2
    assert any("stopped; 4 were planned" in remark for remark in stopped.remarks)

    begun, usual = [], HeraEngine.evolve
    monkeypatch.setattr(HeraEngine, "evolve", lambda engine, prompt: begun.append(prompt) or usual(engine, prompt))
    done = outcome_of(json.loads(json.dumps(stopped.document())))
    again = stability.run(wanted, replace(job(), done=done))
    assert again.finished and len(begun) == 4
    assert again.data["walks"]["with limits"] == stopped.data["walks"]["with limits"]


@pytest.mark.parametrize("made_again", [0, 1, 3])
def test_a_run_that_is_stopped_twice_never_has_fewer_steps(job, settings, made_again):
    asked, saved, wanted = [], [], settings(steps=5, interventions=0)
    stopped = stability.run(wanted, replace(job(), cancelled=lambda: asked.append(1) or len(asked) > 2))
    asked.clear()
    done = outcome_of(json.loads(json.dumps(stopped.document())))
    taken_up = replace(
        job(), done=done, save=saved.append, cancelled=lambda: asked.append(1) or len(asked) > made_again
    )
    again = stability.run(wanted, taken_up)
    assert saved[-1] == again and not again.finished
    assert len(walks_of(again)["with limits"].steps) == max(2, made_again)


def test_a_step_that_fails_leaves_the_ones_before_saved(job, settings, monkeypatch):
    saved, begun, usual = [], [], HeraEngine.evolve

    def breaking(engine, prompt):
        begun.append(prompt)
        if len(begun) == 3:
            raise InputError("the proposal is not finite")
        return usual(engine, prompt)

    monkeypatch.setattr(HeraEngine, "evolve", breaking)
    with expect_sentence(InputError, "not finite"):
        stability.run(settings(interventions=0), replace(job(), save=saved.append))
    assert len(walks_of(saved[-1])["with limits"].steps) == 2


def test_an_earlier_run_with_other_settings_is_refused(job, settings):
    wanted = settings(steps=4, interventions=0)
    done = stability.run(wanted, job())
    other = replace(job(evolution__learning_rate=2), done=done, save=lambda outcome: pytest.fail("it was written over"))
    with expect_sentence(InputError, "the earlier run has evolution.learning_rate 1.0 and this one 2.0"):
        stability.run(wanted, other)


def test_progress_says_what_is_done_and_every_ten_steps_are_saved(job, settings):
    said, kept = [], []
    watched = replace(job(), progress=lambda what, share: said.append(what), save=kept.append)
    stability.run(settings(steps=11, interventions=1), watched)
    assert said[0] == "with limits: step 1 of 11" and "with limits: intervention 1 of 1" in said
    assert [(len(walks_of(one)["with limits"].steps), one.finished) for one in kept] == [(10, False), (11, True)]


def test_without_an_sae_there_is_one_sentence(job, settings):
    nothing = {"sae": False, "save": lambda outcome: pytest.fail("there is nothing to save")}
    with expect_sentence(InputError, "tiny-llama has no SAE"):
        stability.run(settings(), replace(job(), **nothing))


# --- prompts and recovery ---------------------------------------------------------------------------------------------


def test_domains_come_in_turn_and_no_prompt_twice_before_all_were_used(domains):
    given = load_domains(domains)
    found = in_turn(given, 12, seed=1)
    assert [one.domain for one in found] == ["places", "numbers"] * 6
    for half in (found[:6], found[6:]):
        assert sorted(one.text for one in half) == sorted(text for texts in given.values() for text in texts)
    assert found == in_turn(given, 12, seed=1) != in_turn(given, 12, seed=2)


def test_the_shipped_prompts_are_many_and_of_eight_domains():
    given = load_domains()
    assert len(given) == 8 and {len(texts) for texts in given.values()} == {16}


@pytest.mark.parametrize(
    "text, part",
    [
        ("domains: [a, b]", "must hold two domains or more"),
        ("domains: {a: [x, y], b: [1, 2]}", "domain 'b'"),
        ("domains: {a: [x, y], b: [x]}", "two or more are needed"),
        ("domains: {a: [", "cannot be read"),
    ],
)
def test_a_file_of_prompts_that_cannot_be_used_is_one_sentence(tmp_path, text, part):
    (tmp_path / "bad.yaml").write_text(text)
    with expect_sentence(InputError, "bad.yaml", part):
        load_domains(tmp_path / "bad.yaml")


def test_a_missing_file_of_prompts_is_one_sentence(tmp_path):
    with expect_sentence(InputError, "none.yaml", "does not exist"):
        load_domains(tmp_path / "none.yaml")


def test_steps_until_back_counts_the_steps_until_the_measures_are_no_worse(job, settings):
    made = walks_of(stability.run(settings(interventions=1), job()))["with limits"].interventions[0]
    harmed = replace(made, same_measures=False, after=1)
    levels = (0.1, 0.3, 0.2, 0.1)
    steps = tuple(
        WalkStep("d", "p", "committed", "", {}, {}, {**BASE, "js_divergence": level}, None, 0.0) for level in levels
    )
    assert steps_until_back(Walk(4, steps, (harmed,)), harmed) == 3
    assert steps_until_back(Walk(4, steps[:3], (harmed,)), harmed) is None
    assert steps_until_back(Walk(4, steps, (made,)), made) == 0
