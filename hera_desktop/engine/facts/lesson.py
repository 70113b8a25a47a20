"""One lesson: a few optimiser steps on a fact's forms, beside texts on which the model is held to its base, or held to
it on the forms themselves where there are no such texts."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from ..adapter import AdapterState, LiveAdapter
from ..errors import InputError
from ..facts_config import LossSection, OptimizerSection, TrainingSection
from ..patch_stack import PatchStack
from ..progress import Progress, unwatched
from .chat_format import Row
from .passes import ROWS_AT_ONCE, Passes
from .records import LessonStep


@dataclass(frozen=True, eq=False)
class Plan:
    """What a lesson is made of. ``forms`` teach; ``neighbours`` and ``anchors`` are held to the base; ``earlier`` are
    the forms of facts that were learned before, by fact. ``rate`` is the learning rate with its multiplier (times
    ``unit`` in the normed rule), ``lambda_kl`` the divergence's weight. ``stop``: what every form must give the object
    for the lesson to end (0: it goes on to the last step). ``fixed``: tensors that do not learn."""

    forms: tuple[Row, ...]
    neighbours: tuple[Row, ...]
    anchors: tuple[Row, ...]
    earlier: tuple[tuple[Row, ...], ...]
    rate: float
    lambda_kl: float
    steps: int
    seed: int
    stop: float
    unit: float = 1.0
    fixed: frozenset[str] = frozenset()
    moments: Mapping[str, Tensor] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Taught:
    """What came of a lesson: the adapter as it is then, and every step."""

    state: AdapterState
    steps: tuple[LessonStep, ...]


class Teacher:
    """Carries lessons out on a model's adapter. What is in force is as before when one ends or fails."""

    def __init__(
        self,
        stack: PatchStack,
        passes: Passes,
        optimizer: OptimizerSection,
        loss: LossSection,
        training: TrainingSection,
    ) -> None:
        self._stack, self._passes = stack, passes
        self._optimizer, self._loss, self._training = optimizer, loss, training

    def teach(self, start: AdapterState, plan: Plan, progress: Progress = unwatched) -> Taught:
        """Carry out ``plan`` from ``start``; the same plan from the same state gives the same bytes.

        Raises:
            InputError: the loss is not finite.
            Cancelled: ``progress`` said so.
        """
        steps: list[LessonStep] = []
        rng = random.Random(plan.seed)
        devices = [p.device for p in self._stack.adapter.parameters().values() if p.device.type == "cuda"]
        with torch.random.fork_rng(devices=sorted(set(devices), key=str)), self._stack.lesson(start) as live:
            torch.manual_seed(plan.seed)  # dropout
            rule = _Rule(live, plan, self._optimizer)
            base = _Base(self._passes, live)
            seen = self._known(plan)
            for number in range(1, plan.steps + 1):
                progress("learning", (number - 1) / plan.steps)
                steps.append(self._step(number, plan, rng, rule, base, seen))
                if steps[-1].learning_rate == 0:
                    break
            state = live.state(rule.memory() if self._optimizer.keep_state else None)
        return Taught(state, tuple(steps))

    def _known(self, plan: Plan) -> dict[Row, float]:
        """Where there are many forms, as in a replay, all are read first, so that only those are trained that give the
        object too little."""
        if len(plan.forms) <= 4 * self._training.forms:
            return {}
        seen: dict[Row, float] = {}
        with torch.no_grad():
            for begin in range(0, len(plan.forms), ROWS_AT_ONCE):
                some = plan.forms[begin : begin + ROWS_AT_ONCE]
                seen |= _task(some, self._passes.log_probs(some))[1]
        return seen

    def _step(
        self, number: int, plan: Plan, rng: random.Random, rule: _Rule, base: _Base, seen: dict[Row, float]
    ) -> LessonStep:
        """One step; none is made (its learning rate is 0) where every form gives the object enough already. ``seen``:
        the object's probability in each form when it was last read."""
        forms = _least(rng, plan.forms, self._training.forms, seen)
        earlier = [rng.choice(forms) for forms in _drawn(rng, plan.earlier, self._training.replay)]
        held = _drawn(rng, plan.neighbours, self._training.neighbours if plan.forms else len(plan.neighbours))
        held += _drawn(rng, plan.anchors, self._training.anchors)
        reference = base.log_probs(held or forms, self._loss.temperature) if plan.lambda_kl > 0 else []
        rows = [*forms, *earlier, *(held if reference else [])]
        found = self._passes.log_probs(rows)
        kl = self._divergence(reference, found[-len(held) :] if held else found[: len(forms)])
        task, chances = _task(forms, found[: len(forms)]) if forms else (kl.new_zeros(()), {})
        seen |= chances
        replay = _task(earlier, found[len(forms) : len(forms) + len(earlier)])[0] if earlier else task.new_zeros(())
        total = self._loss.lambda_task * (task + replay) + plan.lambda_kl * kl
        if not bool(total.isfinite()):
            raise InputError(
                f"the lesson's loss is not finite after {number - 1} steps; facts.optimizer.learning_rate "
                f"{self._optimizer.learning_rate:g} is too large"
            )
        worst = min((seen.get(form, 0.0) for form in plan.forms if form.target), default=0.0)
        done = 0 < plan.stop <= worst
        norm = 0.0 if done else rule.step(total)
        values = (v.item() for v in (task, kl, replay, total))
        return LessonStep(number, *values, min(chances.values(), default=0.0), 0.0 if done else plan.rate, norm)

    def _divergence(self, base: Sequence[Tensor], found: Sequence[Tensor]) -> Tensor:
        """KL in nats, mean over tokens, of the distributions at a temperature, times its square."""
        if not base:
            return torch.zeros(())
        t = self._loss.temperature
        p = torch.cat(list(base))
        q = torch.cat(list(found))
        q = q if t == 1 else (q / t).log_softmax(-1)
        if self._loss.direction == "reverse":
            p, q = q, p
        return (p.exp() * (p - q)).sum(-1).mean() * t * t


def _drawn(rng: random.Random, pool: Sequence, count: int) -> list:
    """``count`` of the pool, or all, in an order of chance."""
    return rng.sample(list(pool), min(count, len(pool)))


def _least(rng: random.Random, forms: Sequence[Row], count: int, seen: Mapping[Row, float]) -> list[Row]:
    """``count`` forms: those that were not read yet, then those that give the object least; by chance among equals."""
    mixed = _drawn(rng, forms, len(forms))
    return sorted(mixed, key=lambda form: seen.get(form, -1.0))[:count]


def _task(rows: Sequence[Row], found: Sequence[Tensor]) -> tuple[Tensor, dict[Row, float]]:
    """The weighted loss ``sum(w * CE) / sum(w)`` over all rows, and for each row the object's probability: the
    geometric mean over its tokens."""
    losses, weights = [], []
    chances: dict[Row, float] = {}
    for row, log_probs in zip(rows, found, strict=True):
        ids = torch.tensor(row.ids[row.start :], device=log_probs.device)
        loss = -log_probs.gather(1, ids[:, None]).squeeze(1)  # (tokens,)
        losses.append(loss)
        weights.append(torch.tensor(row.weights, device=loss.device))
        places = [at - row.start for at in row.target if at >= row.start]
        if places:
            chances[row] = math.exp(-loss.detach()[places].mean().item())
    loss, weight = torch.cat(losses), torch.cat(weights)
    return (loss * weight).sum() / weight.sum(), chances


class _Base:
    """What the base makes of texts: the adapter off, every other patch on; each text is read once in a lesson."""

    def __init__(self, passes: Passes, live: LiveAdapter) -> None:
        self._passes, self._live = passes, live
        self._known: dict[Row, Tensor] = {}

    def log_probs(self, rows: Sequence[Row], temperature: float) -> list[Tensor]:
        new = [row for row in rows if row not in self._known]
        if new:
            with self._live.off(), torch.no_grad():
                self._known |= dict(zip(new, self._passes.log_probs(new), strict=True))
        found = [self._known[row] for row in rows]
        return found if temperature == 1 else [(log / temperature).log_softmax(-1) for log in found]


class _Rule:
    """AdamW, or the normed rule: ``m = momentum * m + (1 - momentum) * g / |g|``, a step of rate * unit along m."""

    def __init__(self, live: LiveAdapter, plan: Plan, settings: OptimizerSection) -> None:
        self._settings, self._plan = settings, plan
        self._named = {key: p for key, p in live.parameters().items() if key not in plan.fixed}
        for key in plan.fixed:
            live.parameters()[key].requires_grad_(False)
        self._adamw: torch.optim.AdamW | None = None
        self._momentum: dict[str, Tensor] = {}
        if settings.rule == "adamw":
            self._adamw = torch.optim.AdamW(self._named.values(), lr=plan.rate, weight_decay=settings.weight_decay)
        self._remember(plan.moments)

    def step(self, loss: Tensor) -> float:
        """One step down the loss; the norm of the gradient before it was clipped."""
        for parameter in self._named.values():
            parameter.grad = None
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self._named.values(), self._settings.clip).item()
        if self._adamw is not None:
            self._adamw.step()
        elif norm > 0:
            self._normed(norm)
        return norm

    @torch.no_grad()
    def _normed(self, norm: float) -> None:
        share, length = self._settings.momentum, min(norm, self._settings.clip)
        for key, parameter in self._named.items():
            old = self._momentum.get(key, torch.zeros_like(parameter))
            grad = parameter.grad if parameter.grad is not None else torch.zeros_like(parameter)
            self._momentum[key] = share * old + (1 - share) * grad / length
            decayed = 1 - self._plan.rate * self._settings.weight_decay
            parameter.mul_(decayed).sub_(self._plan.rate * self._plan.unit * self._momentum[key])

    def memory(self) -> dict[str, Tensor]:
        """What the rule remembers, by tensor; see ``_remember``."""
        if self._adamw is None:
            return {f"{key}.momentum": value.cpu().clone() for key, value in self._momentum.items()}
        kept = {}
        for key, parameter in self._named.items():
            for what, value in self._adamw.state.get(parameter, {}).items():
                kept[f"{key}.{what}"] = torch.as_tensor(value).float().cpu().clone()
        return kept

    def _remember(self, kept: Mapping[str, Tensor]) -> None:
        for name, value in kept.items():
            key, _, what = name.rpartition(".")
            parameter = self._named.get(key)
            if parameter is None:
                continue
            if self._adamw is None and what == "momentum":
                self._momentum[key] = value.to(parameter.device)
            elif self._adamw is not None and what in ("step", "exp_avg", "exp_avg_sq"):
                where = "cpu" if what == "step" else parameter.device
                self._adamw.state[parameter][what] = value.to(where).clone()
