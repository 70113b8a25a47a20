"""Searches in this process: what is tried next, stopping and going on, and real trials on a tiny model."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hera_desktop.engine import text_statistics
from hera_desktop.engine.edits import statistics
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.experiments import search
from hera_desktop.engine.experiments.catalogue import find_experiment
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.experiments.search_table import pareto_front
from hera_desktop.engine.experiments.search_trial import material_of, release, run_trial
from hera_desktop.engine.facts.anchors import Anchors

from .searches import RANGES, job, pretended, settings, tiny_config


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    yield tiny_config(tmp_path_factory.mktemp("search"))
    release()


@pytest.fixture
def without_model(monkeypatch):
    """Trials that need no model, and the numbers' settings in the order in which they were measured."""
    measured = []

    def trial(spec, progress):
        progress("measuring", None)
        measured.append(spec["settings"])
        return pretended(spec)

    monkeypatch.setattr(search, "run_trial", trial)
    return measured


def kept(outcome):
    """As a file has it."""
    return outcome_of(json.loads(json.dumps(outcome.document())))


@pytest.mark.parametrize("sampler", ["nsga2", "tpe"])
def test_the_same_seed_gives_the_same_search(without_model, sampler):
    first, again = (search.run(settings(trials=20, sampler=sampler), job()) for _ in range(2))
    assert first.finished and first.tables == again.tables and first.data == again.data
    other = search.run(settings(trials=20, sampler=sampler), job(job().variant(["experiment.seed=1"])))
    assert other.tables != first.tables


def test_a_search_finds_better_settings_than_it_began_with(without_model):
    ranges = (RANGES[0], "evolution.top_k_features=1..12")  # only one feature is on the front
    trials = search.run(settings(trials=64, batch=8, ranges=ranges), job()).data["trials"]
    front = pareto_front(trials)
    early, late = (sum(trial["number"] in front for trial in part) for part in (trials[:24], trials[-24:]))
    assert late > 2 * early


def test_settings_that_were_measured_are_not_measured_again(without_model):
    few = settings(trials=24, ranges=("evolution.top_k_features=1..2",), choices=("evolution.learning_rate=1,2",))
    outcome = search.run(few, job())
    assert len(outcome.data["trials"]) == 24
    assert len(without_model) == 4


def test_a_stopped_search_goes_on_and_ends_as_if_it_had_not_been(without_model):
    whole = search.run(settings(trials=12), job())
    distinct = len(without_model)
    for stop_after in (1, 4, 6):
        without_model.clear()
        part = search.run(settings(trials=12), job(cancelled=lambda: len(without_model) >= stop_after))  # noqa: B023
        assert len(without_model) == stop_after and not part.finished
        rest = search.run(settings(trials=12), job(done=kept(part)))
        assert rest.finished and rest.tables == whole.tables
        assert len(without_model) == distinct  # none twice


def test_progress_may_stop_a_search(without_model):
    def told(what, share):
        if share is not None and share >= 0.5:
            raise Cancelled("enough")

    saved = []
    outcome = search.run(settings(trials=8), job(progress=told, save=saved.append))
    assert len(outcome.data["trials"]) == 4
    assert [len(one.data["trials"]) for one in saved] == [1, 2, 3, 4, 4]


def test_more_trials_go_on_from_fewer(without_model):
    whole = search.run(settings(trials=14), job())
    few = search.run(settings(trials=6), job())  # ends in the middle of a batch
    assert search.run(settings(trials=14), job(done=kept(few))).tables == whole.tables
    assert len(search.run(settings(trials=6), job(done=kept(whole))).data["trials"]) == 14  # none is lost


def test_what_came_of_another_order_is_taken_over(without_model):
    whole = search.run(settings(), job())
    some = kept(whole)
    some.data["trials"][:] = [trial for trial in some.data["trials"] if trial["number"] in (0, 1, 2, 3, 6)]
    without_model.clear()
    assert search.run(settings(), job(done=some)).tables == whole.tables
    assert len(without_model) == 3


def test_another_search_is_not_taken_up(without_model):
    done = kept(search.run(settings(), job()))
    with pytest.raises(InputError, match="sampler"):
        search.run(settings(sampler="tpe"), job(done=done))
    done.data["trials"][3]["settings"]["evolution.learning_rate"] = 0.7
    with pytest.raises(InputError, match="trial 3"):
        search.run(settings(), job(done=done))


def test_a_trial_that_fails_is_told_of_and_the_others_go_on(monkeypatch):
    def trial(spec, progress):
        result = pretended(spec)
        if spec["settings"]["evolution.learning_rate"] > 1:
            result |= {"effect": None, "damage": None, "figures": {}, "error": "too large"}
        return result

    monkeypatch.setattr(search, "run_trial", trial)
    outcome = search.run(settings(trials=16), job())
    failed = [row for row in outcome.tables[0].rows if row[-1] == "failed"]
    assert outcome.finished and 0 < len(failed) < 16
    assert f"trials that could not be measured: {len(failed)} (too large)" in outcome.remarks


def test_there_is_something_to_search_where_nothing_is_named(without_model):
    experiment = find_experiment("search")
    quick = experiment.settings(**experiment.quick)
    assert len(experiment.run(quick, job()).data["trials"]) == quick.trials


# --- real trials ------------------------------------------------------------------------------------------------------


def spec(config, measure="steps", limit=2, file=None, **values):
    tree = config.model_dump(mode="json")
    given = {"config": tree, "settings": values, "measure": measure, "limit": limit, "threads": 1}
    return json.loads(json.dumps({**given, "material": material_of(measure, file, limit)}))


def test_a_stronger_step_has_more_effect_and_does_more_damage(config):
    weak, strong = (run_trial(spec(config, **{"evolution.learning_rate": rate})) for rate in (0.1, 5.0))
    assert strong["effect"] > weak["effect"] > 0
    assert strong["damage"] > weak["damage"] > 0
    assert strong["figures"]["let_through"] == 1.0
    assert weak["model"] == strong["model"]
    again = run_trial(spec(config, **{"evolution.learning_rate": 0.1}))
    assert {**again, "seconds": 0} == {**weak, "seconds": 0}


def test_a_step_without_features_has_no_effect(config):
    result = run_trial(spec(config, **{"sae.threshold": 1e6}))
    assert (result["effect"], result["damage"], result["figures"]["let_through"]) == (0, 0, 0)


def test_settings_that_cannot_be_used_are_a_result(config):
    result = run_trial(spec(config, **{"evolution.target_layers": [99]}))
    assert result["effect"] is None and "99" in result["error"]


@pytest.fixture
def little_text(monkeypatch):
    """Little text to measure matrices on."""
    for name, value in {"BEGINNINGS": ("The", "A"), "OWN_ROWS": 2, "OWN_TOKENS": 8, "TEXT_TOKENS": 12}.items():
        monkeypatch.setattr(statistics, name, value)
    monkeypatch.setattr(text_statistics, "WORD_ROWS", 16)
    some = replace(Anchors.load(), texts=Anchors.load().texts[:12])
    monkeypatch.setattr(statistics.Anchors, "load", lambda: some)


def test_an_edit_is_measured_at_its_paraphrases_and_neighbours(config, tmp_path, little_text):
    rows = [
        {
            "case_id": number,
            "requested_rewrite": {
                "prompt": "The capital of {} is",
                "subject": f"Land{number}",
                "target_new": {"str": ("xq", "e")[number % 2]},
                "target_true": {"str": ("e", "xq")[number % 2]},
            },
            "paraphrase_prompts": [f"Land{number}'s capital is"],
            "neighborhood_prompts": ["The capital of Norland is"],
        }
        for number in range(2)
    ]
    file = tmp_path / "records.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    few, many = (
        run_trial(spec(config, "edits", 1, str(file), **{"edits.steps": steps, "edits.prefixes": 1}))
        for steps in (1, 12)
    )
    assert few["error"] is None and many["error"] is None
    assert many["effect"] > few["effect"] > few["figures"]["effect_before"]
    assert many["figures"]["js_divergence"] > 0
    assert many["damage"] == pytest.approx(
        many["figures"]["js_divergence"] + many["figures"]["neighbours_lost"], rel=1e-5
    )


def test_a_real_search_is_kept_trial_by_trial(config):
    saved = []
    outcome = search.run(settings(trials=4), job(config, save=saved.append))
    assert outcome.finished and len(saved) == 5
    assert outcome_of(json.loads(json.dumps(outcome.document()))) == kept(outcome)
    trials = outcome.data["trials"]
    assert {trial["error"] for trial in trials} == {None} and len({trial["effect"] for trial in trials}) == 4
