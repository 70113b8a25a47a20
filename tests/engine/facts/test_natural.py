"""The natural rule: what it measures steps by is what they do, and no step overshoots."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from hera_desktop.engine.adapter import AdapterSpec
from hera_desktop.engine.facts import lesson
from hera_desktop.engine.facts.anchors import Anchors
from hera_desktop.engine.facts.chat_format import ChatFormat
from hera_desktop.engine.facts.detector import FactDetector
from hera_desktop.engine.facts.forms import FormBook
from hera_desktop.engine.facts.ground import GroundMaker
from hera_desktop.engine.facts.keys import metric
from hera_desktop.engine.facts.lesson import Plan, Teacher
from hera_desktop.engine.facts.teaching import Teaching
from hera_desktop.engine.passes import Passes, Row
from tests import tiny

FACT = "The capital of Zanthorel is Quibbex."


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera")
    yield engine
    engine.close()


@pytest.fixture
def ground(engine):
    spec = AdapterSpec.of(engine.config.facts.lora, engine.model)
    maker = GroundMaker(engine.model, engine.stack, Anchors.load())
    return spec, maker.ground(spec.sites, ChatFormat(engine.model))


def test_what_the_predictions_feel_is_the_mean_of_the_squared_slopes(engine):
    passes, site = Passes(engine.model), (1, "mlp.out")
    module = engine.model.writer_at(*site).module
    rows = [Row((3, 9, 4, 7), 1, held=True), Row((3, 9, 11), 1, held=True)]
    found = passes.felt_by({site: module}, rows, lambda share: None)[site]

    def chance(nudge, row, at):
        def hook(module, args, written):
            moved = written.clone()
            moved[0, at] += nudge
            return moved

        handle = module.register_forward_hook(hook)
        try:
            with torch.no_grad():
                logits = engine.model.hf(torch.tensor([row.ids])).logits[0].double().log_softmax(-1)
        finally:
            handle.remove()
        return sum(logits[n - 1, row.ids[n]].item() for n in range(1, len(row.ids)))

    size, total = found.shape[0], 0.0
    for row in rows:
        for at in range(len(row.ids) - 1):
            for n in range(size):
                nudge = torch.zeros(size)
                nudge[n] = 1e-2
                slope = (chance(nudge, row, at) - chance(-nudge, row, at)) / 2e-2
                total += slope**2
    assert found.trace().item() * 5 == pytest.approx(total, rel=0.05)  # 5 tokens are predicted
    assert torch.equal(found, found.T)


def test_a_change_is_felt_about_as_much_as_the_metric_says(engine, ground):
    spec, found = ground
    start = engine.stack.adapter.begun(spec, 0)
    sides = metric(spec, start, found)
    generator = torch.Generator().manual_seed(0)
    tensors, said = dict(start.tensors), 0.0
    for key, (g, s) in sides.items():
        change = torch.randn(tensors[key].shape, generator=generator)
        change *= (0.1 / torch.trace(change.T.double() @ g @ change.double() @ s).sqrt()).float()
        tensors[key], said = change, said + 0.1**2 / 2
    maker = GroundMaker(engine.model, engine.stack, Anchors.load())
    frame = ChatFormat(engine.model).prompt_ids("a")[:1]
    rows = maker._statistics.drawn([frame], 32, 40, "drawing")
    passes = Passes(engine.model)
    base = torch.cat(passes.log_probs(rows)).detach().double()
    with torch.no_grad(), engine.stack.lesson(replace(start, tensors=tensors)):
        now = torch.cat(passes.log_probs(rows)).double()
    felt = (base.exp() * (base - now)).sum(-1).mean().item()
    assert said / 3 < felt < said * 3


def _plan(engine, ground, **changes):
    spec, found = ground
    settings = engine.config.facts
    chat = ChatFormat(engine.model)
    info = FactDetector(settings.detector).detect(FACT)
    forms = Teaching(engine.model, engine.stack, settings, FormBook.load()).forms(info, chat)
    start = engine.stack.adapter.begun(spec, 0)
    plan = Plan(
        forms=forms,
        neighbours=(),
        anchors=(),
        earlier=(),
        rate=0.05,
        lambda_kl=0.0,
        steps=6,
        seed=1,
        stop=0.0,
        metric=metric(spec, start, found),
        fixed=frozenset(spec.key(site, "A") for site in spec.sites),
    )
    return start, replace(plan, **changes)


def _teacher(engine):
    settings = engine.config.facts
    return Teacher(engine.stack, Passes(engine.model), settings.optimizer, settings.loss, settings.training)


def test_steps_lower_the_loss_and_leave_a_as_it_is(engine, ground):
    start, plan = _plan(engine, ground)
    taught = _teacher(engine).teach(start, plan)
    losses = [step.task for step in taught.steps]
    assert losses[-1] < losses[0]
    spec, _ = ground
    for site in spec.sites:
        assert torch.equal(taught.state.tensors[spec.key(site, "A")], start.tensors[spec.key(site, "A")])
        assert taught.state.tensors[spec.key(site, "B")].abs().max() > 0


def test_a_step_is_as_long_as_the_rate(engine, ground):
    start, plan = _plan(engine, ground, steps=1)
    taught = _teacher(engine).teach(start, plan)
    length = 0.0
    for key, (g, s) in plan.metric.items():
        change = taught.state.tensors[key].double()
        length += torch.trace(change.T @ g @ change @ s).item()
    assert length**0.5 == pytest.approx(plan.rate, rel=1e-3)


def test_a_lesson_ends_where_every_taught_token_is_given_enough(engine, ground):
    start, plan = _plan(engine, ground, stop=1e-6)
    taught = _teacher(engine).teach(start, plan)
    assert len(taught.steps) == 1 and taught.steps[0].learning_rate == 0
    assert all(not taught.state.tensors[key].any() for key in plan.metric)


def test_a_lesson_does_not_go_on_for_the_last_of_what_is_enough(engine, ground, monkeypatch):
    start, plan = _plan(engine, ground, stop=0.02, steps=40, rate=0.3)
    taught = _teacher(engine).teach(start, plan)
    assert taught.steps[-1].learning_rate == 0
    with engine.stack.lesson(taught.state):
        found = zip(plan.forms, Passes(engine.model).log_probs(plan.forms), strict=True)
        given = [logs[at - row.start, row.ids[at]].exp() for row, logs in found for at in row.target]
    assert min(given) > lesson.NEARLY * 0.02 * 0.999
    monkeypatch.setattr(lesson, "NEARLY", 1.0)
    assert len(_teacher(engine).teach(start, plan).steps) > len(taught.steps)


def test_a_lesson_says_what_the_object_is_given_and_no_share_of_what_is_enough(engine, ground):
    start, plan = _plan(engine, ground, steps=1, stop=0.9)
    step = _teacher(engine).teach(start, plan).steps[0]
    rows = Passes(engine.model).log_probs(plan.forms)
    given = [
        logs[[at - row.start for at in row.target], [row.ids[at] for at in row.target]].mean().exp().item()
        for row, logs in zip(plan.forms, rows, strict=True)
    ]
    assert step.probability == pytest.approx(min(given), rel=1e-3)
