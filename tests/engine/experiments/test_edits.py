"""The experiment ``edits`` on a tiny model: its variants, what an earlier run leaves, and what cannot be edited."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest

from hera_desktop.engine.config import load_config
from hera_desktop.engine.edits.lab import EditLab
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.experiments import edits
from hera_desktop.engine.experiments.catalogue import EditsSettings
from hera_desktop.engine.experiments.comparison_methods import NEED_SAE
from hera_desktop.engine.experiments.edit_table import results_of
from hera_desktop.engine.experiments.edits import EngineEditor, overrides_of
from hera_desktop.engine.experiments.job import Job
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from ..samples import expect_sentence
from .few_probes import FEW_PROBES

FAST = {"edits__steps": 2, "edits__prefixes": 0, "edits__directions": 4}


@dataclass(frozen=True)
class TinyJob(Job):
    """A job whose model is in memory."""

    made: tuple = ()

    def model(self):
        return self.made


@pytest.fixture(scope="module", autouse=True)
def _few_texts():
    """What an edit stands on is measured on little text."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("BEGINNINGS", ("The",)), ("OWN_TOKENS", 8), ("TEXT_TOKENS", 24)):
            patched.setattr(f"hera_desktop.engine.edits.statistics.{name}", value)
        yield


@pytest.fixture(scope="module")
def loaded():
    model = tiny.language_model(n_layers=2)
    return model, FeatureReader(tiny.random_sae(), "random", model)


@pytest.fixture
def config(tmp_path):
    probes = tmp_path / "few.yaml"
    probes.write_text(FEW_PROBES, encoding="utf-8")
    return lambda **more: tiny.config(**{**FAST, "immune__probes": probes, **more})


@pytest.fixture
def job(loaded, config, tmp_path):
    return TinyJob(config(), sessions=tmp_path / "sessions", made=loaded)


@pytest.fixture
def settings(tmp_path):
    """The settings of a run over four records; each pair is opposite, so that the model knows one of the two."""

    def make(*strategies: str, long: bool = False, **given: object) -> EditsSettings:
        file = tmp_path / "records.json"
        file.write_text(json.dumps([_row(number, long and number == 1) for number in range(4)]), encoding="utf-8")
        return EditsSettings(file=str(file), strategy=strategies, **given)

    return make


def _row(number: int, long: bool = False) -> dict:
    new, old = ("xq", "e") if number % 2 else ("e", "xq")
    return {
        "case_id": number,
        "requested_rewrite": {
            "prompt": "{} is in",
            "subject": f"Fell{number // 2}",
            "target_new": {"str": new},
            "target_true": {"str": old},
        },
        "paraphrase_prompts": ["Once more: " * 40 if long else "The fell, in"],
        "neighborhood_prompts": ["Moor is in"],
    }


def stored(outcome):
    """As an --out file gives it back."""
    return outcome_of(json.loads(json.dumps(outcome.document())))


def found(outcome) -> dict:
    return {one.strategy: one for one in results_of(stored(outcome).data)}


def no_save(outcome) -> None:
    pytest.fail("it was written over")


# --- what an earlier run left -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "overrides", "words"),
    [
        ({}, {"edits__steps": 3}, "the earlier run has edits.steps 2 and this one 3"),
        ({}, {"immune__top_k": 3}, "the earlier run has immune.top_k 5 and this one 3"),
        ({"fluency": True}, {}, "the earlier run has fluency False and this one True"),
        ({"limit": 3}, {}, "the earlier run was of 4 records, not of the 3 of this one"),
    ],
)
def test_a_finished_run_of_one_edit_after_another_with_other_settings_is_refused(
    job, settings, config, monkeypatch, changed, overrides, words
):
    done = stored(edits.run(settings("rank_one", sequential=True), job))
    monkeypatch.setattr(edits, "run_edits", lambda *_, **__: pytest.fail("something was measured"))
    other = replace(job, config=config(**overrides), done=done, save=no_save)
    assert done.finished
    with expect_sentence(InputError, words):
        edits.run(settings("unedited", "rank_one", sequential=True, **changed), other)


@pytest.mark.parametrize("sequential", [False, True])
def test_a_finished_run_is_not_measured_again(job, settings, monkeypatch, sequential):
    chosen = settings("rank_one", sequential=sequential)
    done = stored(edits.run(chosen, job))
    monkeypatch.setattr(edits, "run_edits", lambda *_, **__: pytest.fail("something was measured"))
    again = edits.run(chosen, replace(job, done=done))
    assert again.finished and found(again) == found(done)


def test_a_strategy_that_is_not_named_this_time_stands_in_the_table(job, settings):
    first = edits.run(settings("rank_one", sequential=True), job)
    saved = []
    second = edits.run(settings("gradient", sequential=True), replace(job, done=stored(first), save=saved.append))
    assert second.finished and list(found(second)) == ["rank_one", "gradient"]
    assert all(found(one)["rank_one"] == found(first)["rank_one"] for one in saved)
    assert second.settings["strategy"] == ["rank_one", "gradient"]
    single = edits.run(settings("rank_one"), replace(job, done=stored(second)))
    assert [(one.strategy, one.sequential) for one in results_of(single.data)] == [
        ("rank_one", True),
        ("gradient", True),
        ("rank_one", False),
    ]


def test_strategies_of_other_settings_do_not_stand_in_one_table(job, settings, config):
    done = stored(edits.run(settings("rank_one"), job))
    with expect_sentence(InputError, "edits.steps 2 and this one 3"):
        edits.run(settings("gradient"), replace(job, config=config(edits__steps=3), done=done, save=no_save))


def test_a_run_that_is_stopped_at_once_keeps_all_that_was_there(job, settings):
    chosen = settings("unedited", "rank_one", "gradient")
    done = stored(edits.run(chosen.model_copy(update={"limit": 2}), job))
    saved = []
    stopped = edits.run(chosen, replace(job, done=done, save=saved.append, cancelled=lambda: True))
    assert not stopped.finished
    for outcome in (*saved, stopped):
        edits_of = {name: one.edits for name, one in found(outcome).items()}
        assert edits_of == {name: one.edits for name, one in found(done).items()}


def test_the_session_of_a_strategy_outlives_a_run_of_another(job, settings, monkeypatch):
    _stop_after(monkeypatch, 1)
    stopped = edits.run(settings("null_space", sequential=True), job)
    monkeypatch.undo()
    other = edits.run(settings("no-immune", sequential=True), replace(job, done=stored(stopped)))
    whole = edits.run(settings("null_space", sequential=True), replace(job, done=stored(other)))
    (first, *_), (begun, *_) = found(whole)["null_space"].edits, found(stopped)["null_space"].edits
    assert len(found(stopped)["null_space"].edits) == 1 and whole.finished and first == begun
    ledger = Ledger.open(job.sessions / "null_space.hera", read_only=True)
    assert ledger.timeline.current.active == tuple(one.applied.patch_id for one in found(whole)["null_space"].edits)
    ledger.close()


@pytest.mark.parametrize("sessions", [True, False])
def test_a_run_whose_session_is_gone_is_refused(job, settings, tmp_path, monkeypatch, sessions):
    chosen = settings("rank_one", sequential=True)
    _stop_after(monkeypatch, 1)
    done = stored(edits.run(chosen, job))
    elsewhere = replace(job, done=done, sessions=tmp_path / "elsewhere" if sessions else None, save=no_save)
    with expect_sentence(InputError, "the earlier run of 'rank_one' goes on in", "begin another document"):
        edits.run(chosen, elsewhere)


def _stop_after(monkeypatch, count: int) -> None:
    """The run is stopped at the edit after so many."""
    applied, usual = [], EngineEditor.apply

    def stopping(self, record):
        if len(applied) == count:
            raise Cancelled("enough")
        applied.append(record)
        return usual(self, record)

    monkeypatch.setattr(EngineEditor, "apply", stopping)


# --- variants ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("override", "variant", "expected", "rest"),
    [
        ("edits.doses=8", "no-repair", 0, 8),
        ("edits.strategy=lora", "gradient", "gradient", "lora"),
        ("edits.strategy=lora", "no-null-space", "rank_one", "lora"),
        ("immune.enforce=true", "no-immune", False, True),
    ],
)
def test_what_a_variant_switches_off_stays_off_whatever_is_set(override, variant, expected, rest):
    *sections, key = override.partition("=")[0].split(".")
    job = Job(load_config(None, [override], environment={}), (override,))

    def value(config):
        for section in sections:
            config = getattr(config, section)
        return getattr(config, key)

    assert value(job.variant(overrides_of(variant))) == expected
    assert value(job.variant(overrides_of("unedited"))) == rest


def test_what_is_set_holds_in_every_variant_that_does_not_set_it_itself():
    job = Job(load_config(None, ["edits.steps=7"], environment={}), ("edits.steps=7",))
    assert {job.variant(overrides_of(name)).edits.steps for name in edits.VARIANTS} == {7}


# --- what cannot be edited --------------------------------------------------------------------------------------------


def test_without_an_sae_the_strategies_that_need_one_are_left_out(job, settings, loaded):
    outcome = edits.run(settings(*NEED_SAE, "rank_one"), replace(job, made=(loaded[0], None)))
    assert outcome.finished and list(found(outcome)) == ["rank_one"]
    for name in NEED_SAE:
        assert f"{name} is left out: it needs an SAE, and none is known for tiny-llama." in outcome.remarks


@pytest.mark.parametrize("sequential", [False, True])
def test_a_record_that_is_too_long_is_counted_as_skipped_with_its_reason(job, settings, sequential):
    outcome = edits.run(settings("unedited", "rank_one", long=True, sequential=sequential), job)
    result = found(outcome)["rank_one"]
    assert outcome.finished and [one.record.record_id for one in result.unusable] == ["1"]
    assert outcome.tables[0].rows[-1][2] == str(len(result.skipped) + 1)
    remark = next(remark for remark in outcome.remarks if remark.startswith("rank_one"))
    assert "1 of the records skipped could not be used (1: prompt 'Once more" in remark
    assert "tiny-llama reads 256" in remark and len(remark) < 300


def test_a_record_that_cannot_be_edited_does_not_end_the_run(job, settings, monkeypatch):
    usual = EditLab.evolve

    def refusing(lab, prompt, *rest, **more):
        if prompt.startswith("Fell0"):
            raise InputError("the edit's loss is not finite")
        return usual(lab, prompt, *rest, **more)

    monkeypatch.setattr(EditLab, "evolve", refusing)
    outcome = edits.run(settings("rank_one"), job)
    result = found(outcome)["rank_one"]
    assert outcome.finished and len(result.edits) == 1
    assert [one.reason for one in result.unusable] == ["the edit's loss is not finite"]


def test_a_strategy_that_fails_leaves_what_was_measured_saved(job, settings, monkeypatch):
    usual, saved = EditLab.evolve, []

    def breaking(lab, *given, **more):
        if lab._engine.config.edits.strategy == "gradient":
            raise RuntimeError("out of power")
        return usual(lab, *given, **more)

    monkeypatch.setattr(EditLab, "evolve", breaking)
    with pytest.raises(RuntimeError, match="out of power"):
        edits.run(settings("rank_one", "gradient"), replace(job, save=saved.append))
    assert found(saved[-1])["rank_one"].finished and not saved[-1].finished


# --- damage -----------------------------------------------------------------------------------------------------------


def test_damage_is_measured_on_texts_that_are_no_probes(job, settings):
    outcome = edits.run(settings("unedited", "finetune", sequential=True), job)
    unedited, finetuned = (found(outcome)[name].checkpoints[-1].standing for name in ("unedited", "finetune"))
    assert unedited["held_out_ppl"] == pytest.approx(1.0, abs=1e-6)
    assert finetuned["held_out_ppl"] > 0 and finetuned["held_out_ppl"] != pytest.approx(1.0, abs=1e-6)
    assert finetuned["held_out_ppl"] != finetuned["ppl_ratio"]
    (table,) = outcome.tables
    column = table.columns.index("held-out PPL, x")
    assert table.rows[-1][column] == f"{finetuned['held_out_ppl']:.3f}"


def test_damage_is_against_the_base_where_a_run_goes_on(job, settings):
    measured = found(edits.run(settings("finetune", sequential=True), job))["finetune"].checkpoints[-1].standing
    with edits._engine(*job.made, job.config, job.sessions / "finetune.hera") as opened:
        assert opened.stack.active
        assert edits._held_out(opened).damage().perplexity == pytest.approx(measured["held_out_ppl"], rel=1e-5)
