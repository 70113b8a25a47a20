"""The comparison on a tiny model: what each method does to it, and that nothing of that is left."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
import torch

from hera_desktop.engine.adapter import AdapterState
from hera_desktop.engine.edits.fitting import Fitting
from hera_desktop.engine.edits.lab import EditLab
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments import comparison
from hera_desktop.engine.experiments.catalogue import ComparisonSettings
from hera_desktop.engine.experiments.comparison_figures import LearnedRecord, MethodFigures
from hera_desktop.engine.experiments.comparison_methods import (
    FULL,
    LORA,
    METHODS,
    NEED_SAE,
    Effort,
    Found,
    Masters,
    _no_change,
    learner,
    lent,
)
from hera_desktop.engine.experiments.edit_scorer import EditScorer
from hera_desktop.engine.experiments.edit_scores import EditScores
from hera_desktop.engine.experiments.edit_sets import load_edits
from hera_desktop.engine.experiments.job import Job
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.loading import fingerprint
from hera_desktop.engine.sae import FeatureReader
from hera_desktop.engine.scratch import scratch_engine
from hera_desktop.engine.tokens import single
from tests import tiny

from .few_probes import FEW_PROBES

FAST = {"edits__steps": 8, "edits__prefixes": 1, "edits__directions": 8, "edits__stop": 0.5}
RATES = {"full_rate": 0.01, "lora_rate": 0.05}


@dataclass(frozen=True)
class TinyJob(Job):
    """A job whose model is in memory."""

    made: tuple = ()

    def model(self):
        return self.made


@pytest.fixture(scope="module")
def model():
    return tiny.language_model(n_layers=2)


@pytest.fixture(scope="module")
def reader(model):
    return FeatureReader(tiny.random_sae(), "random", model)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Each pair of rows is opposite: the model prefers one of the two."""
    rows = [
        {
            "case_id": number,
            "requested_rewrite": {
                "prompt": "{} is in",
                "subject": f"Fell{number // 2}",
                "target_new": {"str": ("xq", "e")[number % 2]},
                "target_true": {"str": ("e", "xq")[number % 2]},
            },
            "paraphrase_prompts": [f"Fell{number // 2}, in"],
            "neighborhood_prompts": ["Moor is in", "Tarn is in"],
        }
        for number in range(6)
    ]
    path = tmp_path_factory.mktemp("records") / "records.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """Few steps and few probes."""
    file = tmp_path_factory.mktemp("probes") / "few.yaml"
    file.write_text(FEW_PROBES, encoding="utf-8")
    return lambda **more: tiny.config(**FAST, immune__probes=file, **more)


@pytest.fixture(scope="module")
def job(config):
    return lambda model, reader, **given: TinyJob(config(), made=(model, reader), **given)


def settings(file, *methods, **given) -> ComparisonSettings:
    return ComparisonSettings(**{"records": 2, "file": str(file), "methods": methods, **RATES, **given})


@pytest.fixture(scope="module")
def measured(model, reader, file, job):
    """All methods, with the fingerprint before and after, and what was saved on the way."""
    before, saved = fingerprint(model.hf), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "FORWARDS", 1)
        outcome = comparison.run(settings(file), job(model, reader, save=saved.append))
    return outcome, saved, before


def test_every_method_has_a_row_and_the_model_is_as_before(measured, model):
    outcome, _, before = measured
    assert [one["name"] for one in outcome.data["methods"]] == ["unedited", *METHODS]
    assert outcome.finished and len(outcome.tables[0].rows) == 1 + len(METHODS)
    assert all(len(row) == len(outcome.tables[0].columns) for row in outcome.tables[0].rows)
    assert fingerprint(model.hf) == before
    assert not any(parameter.requires_grad or parameter.grad is not None for parameter in model.hf.parameters())


def test_a_document_is_read_back_as_it_was(measured):
    outcome, saved, _ = measured
    document = json.loads(json.dumps(outcome.document(), allow_nan=False))
    assert outcome_of(document).document() == outcome.document() == saved[-1].document()


def test_each_method_learned_the_same_records(measured):
    outcome, _, _ = measured
    learned = [[one["record_id"] for one in method["records"]] for method in outcome.data["methods"][1:]]
    chosen = [record["record_id"] for record in outcome.data["records"]]
    assert learned == [chosen] * len(METHODS) and len(chosen) == 2
    assert outcome.data["skipped"] == int(chosen[-1]) + 1 - 2


def test_all_three_kinds_of_learning_teach_the_target(measured):
    methods = {method["name"]: method for method in measured[0].data["methods"]}
    for name in (FULL, LORA, "finetune"):
        assert all(one["efficacy"] for one in methods[name]["records"]), name
        assert methods[name]["standing"]["js_divergence"] > 1e-3
    assert any(one["given"] > 0.4 for one in methods[FULL]["records"])
    assert methods["unedited"]["standing"]["js_divergence"] < 1e-5
    assert not any(score["efficacy"] for score in methods["unedited"]["scores"])


def test_effort_ends_where_the_change_is_found(measured):
    for method in measured[0].data["methods"][1:]:
        for one in method["records"]:
            found = one["found"]
            assert found["passes"] > 0 and 0 < found["learning"] <= found["seconds"]
    strategies = [m for m in measured[0].data["methods"] if m["name"] in METHODS[2:]]
    assert all(one["found"]["learning"] < one["found"]["seconds"] for m in strategies for one in m["records"])


def test_logits_that_are_made_by_themselves_are_no_forward_pass(model):
    ids = model.tokenize("The capital of France is")
    with Effort(model) as effort:
        normed = model.forward(single(ids), head=False).normed
        model.head(normed[0])
        model.forward(single(ids))
        effort.found()
    assert effort.result("committed").passes == 2


def test_a_stopped_run_goes_on_with_what_is_missing(measured, model, reader, file, job, monkeypatch):
    whole, saved, _ = measured
    asked = []
    monkeypatch.setattr(comparison, "_measured", lambda one, *_: asked.append(one.name) or stub(one.name))
    done = outcome_of(json.loads(json.dumps(saved[2].document())))
    outcome = comparison.run(settings(file), job(model, reader, done=done))
    assert asked == list(METHODS[2:]) and outcome.finished
    assert outcome.data["methods"][:3] == whole.data["methods"][:3]


def test_an_earlier_run_with_other_settings_is_refused(measured, model, reader, file, job):
    earlier = job(model, reader, done=measured[0], save=lambda outcome: pytest.fail("it was written over"))
    with pytest.raises(InputError, match=r"the earlier run has full_rate 0\.01 and this one 0\.02"):
        comparison.run(settings(file, full_rate=0.02), earlier)


def stub(name: str) -> MethodFigures:
    found = LearnedRecord("0", Found(3, 0.1, 0.2, "committed"), 0.9, True)
    score = {"efficacy": False, "magnitude": 0.1, "paraphrase": 1.0, "neighbourhood": 0.5, "free": True}
    standing = {"js_divergence": 0.1, "ppl_ratio": 1.1}
    return MethodFigures(name, (found,), (EditScores(**score),), standing, (0.1, 0.1, 0.4), 10**6)


def test_forgetting_and_forward_passes_are_read_off_the_figures():
    figures = stub("rank_one")
    assert figures.forgotten == 1.0  # preferred right after, not at the end
    assert figures.forwards_a_record.median == pytest.approx(0.2 / 0.1)


def test_a_cancelled_run_keeps_whole_methods_and_gives_the_model_back(model, reader, file, job):
    before, told = fingerprint(model.hf), []
    given = {
        "cancelled": lambda: any(what.startswith(f"{FULL}: record 1") for what in told),
        "progress": lambda what, share: told.append(what),
    }
    outcome = comparison.run(settings(file, FULL), job(model, reader, **given))
    assert [one["name"] for one in outcome.data["methods"]] == ["unedited"] and not outcome.finished
    assert fingerprint(model.hf) == before


def test_without_an_sae_the_methods_that_need_one_are_left_out(model, file, job):
    outcome = comparison.run(settings(file, *NEED_SAE), job(model, None))
    assert set(outcome.data["left_out"]) == set(NEED_SAE) and outcome.finished
    assert sum("left out" in remark for remark in outcome.remarks) == len(NEED_SAE)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"methods": ("rank_two",)}, "method 'rank_two' is unknown"),
        ({"records": 4}, "records is 4, and the file has 3"),
    ],
)
def test_what_cannot_be_used_is_named(model, reader, file, job, given, words):
    with pytest.raises(InputError, match=words):
        comparison.run(settings(file, **given), job(model, reader))


def test_all_weights_are_lent_and_given_back(model):
    before = fingerprint(model.hf)
    with pytest.raises(RuntimeError, match="stop"), lent(model):
        with torch.no_grad():
            for parameter in model.hf.parameters():
                assert parameter.requires_grad
                parameter.add_(0.1)
        assert fingerprint(model.hf) != before
        raise RuntimeError("stop")
    assert fingerprint(model.hf) == before


def test_full_fine_tuning_changes_every_matrix_and_lora_none(model, reader, file, config):
    (record,) = [r for r in load_edits(file) if EditScorer(model).knows(r)][:1]
    base = [parameter.detach().clone() for parameter in model.hf.parameters()]
    chosen = ComparisonSettings(**RATES)
    with scratch_engine(model, reader, config()) as engine:
        with learner(FULL, engine, chosen) as method:
            method.learn(record)
            changed = [not torch.equal(p, q) for p, q in zip(model.hf.parameters(), base, strict=True)]
        assert all(changed)
        with learner(LORA, engine, chosen) as method:
            method.learn(record)
            assert isinstance(engine.stack.active[0], AdapterState)
            own = {id(p) for p in engine.stack.adapter.parameters().values()}
            rest = [parameter for parameter in model.hf.parameters() if id(parameter) not in own]
            assert all(torch.equal(p, q) for p, q in zip(rest, base, strict=True))
        assert engine.stack.active == ()


def _moved(dtype, config, file, rate=2e-5, steps=40):
    """How full fine-tuning moves each tensor of a model in a format, and the loss before and after."""
    model = tiny.language_model(n_layers=2, dtype=dtype)
    base = [parameter.detach().clone() for parameter in model.hf.parameters()]
    long = config(edits__products="model")
    long = long.model_copy(update={"edits": long.edits.model_copy(update={"steps": steps, "stop": 0.0})})
    with scratch_engine(model, None, long) as engine, learner(FULL, engine, ComparisonSettings(full_rate=rate)) as one:
        record = load_edits(file)[0]
        context = one._context(record)
        before = Fitting(context).loss(_no_change)[0].item()
        one.learn(record)
        moved = [(p.detach().float() - q.float()) for p, q in zip(model.hf.parameters(), base, strict=True)]
        after = Fitting(context).loss(_no_change)[0].item()
        assert all(p.dtype == dtype and p.grad is None for p in model.hf.parameters())
    assert all(torch.equal(p, q) for p, q in zip(model.hf.parameters(), base, strict=True))
    return moved, before, after


def test_small_steps_add_up_in_a_model_of_few_digits(config, file):
    few, before, after = _moved(torch.bfloat16, config, file)
    many, before_32, after_32 = _moved(torch.float32, config, file)
    assert after < before - 0.5 * (before_32 - after_32), "it learns as much as it does in float32"
    for coarse, fine in zip(few, many, strict=True):
        if fine.ndim == 2:  # a norm's weights are 1, where bfloat16 has nothing within such a step
            assert coarse.norm().item() == pytest.approx(fine.norm().item(), rel=0.3)


def test_the_masters_of_a_float32_model_are_its_own_tensors():
    wide, narrow = torch.ones(2, requires_grad=True), torch.ones(2, dtype=torch.bfloat16, requires_grad=True)
    masters = Masters([wide, narrow])
    assert masters.tensors[0] is wide and masters.tensors[1].dtype == torch.float32
    (wide.sum() + narrow.sum()).backward()
    masters.take_gradients()
    assert torch.equal(masters.tensors[1].grad, torch.ones(2)) and narrow.grad is None
    with torch.no_grad():
        masters.tensors[1] -= 0.001  # less than bfloat16 has at 1
        masters.write()
        assert torch.equal(narrow, torch.ones(2, dtype=torch.bfloat16))
        masters.tensors[1] -= 0.004
    masters.write()
    assert (narrow < 1).all()


def test_the_edits_own_lab_gives_what_the_comparison_reports(measured, model, reader, config):
    """The last record of a strategy, made again with the lab alone."""
    outcome = measured[0]
    method = next(one for one in outcome.data["methods"] if one["name"] == "rank_one")
    chosen = {one["record_id"] for one in method["records"]}
    records = [record for record in load_edits(outcome.settings["file"]) if record.record_id in chosen]
    with scratch_engine(model, reader, config(edits__strategy="rank_one")) as engine:
        lab = EditLab(engine)
        for record in records:
            result = lab.evolve(record.prompt, record.target, record.subject)
        assert engine.immune.standing().overall == pytest.approx(method["standing"], abs=1e-6)
    assert method["records"][-1]["found"]["outcome"] == result.status
