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
from ..natural import Metric, NaturalSteps
from ..passes import ROWS_AT_ONCE, Passes, Row, surprise
from ..patch_stack import PatchStack
from ..progress import Progress, unwatched
from .records import LessonStep


@dataclass(frozen=True, eq=False)
class Plan:
    """What a lesson is made of. ``forms`` teach; ``neighbours`` and ``anchors`` are held to the base; ``earlier`` are
    the forms of facts that were learned before, by fact. ``rate`` is the learning rate with its multiplier,
    ``lambda_kl`` the divergence's weight. ``stop``: a token that is given this much teaches no more, and the lesson
    ends where none is left (0: it goes on to the last step). ``metric``: what the natural rule measures steps by.
    ``fixed``: tensors that do not learn."""

    forms: tuple[Row, ...]
    neighbours: tuple[Row, ...]
    anchors: tuple[Row, ...]
    earlier: tuple[tuple[Row, ...], ...]
    rate: float
    lambda_kl: float
    steps: int
    seed: int
    stop: float
    metric: Metric = field(default_factory=dict)
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
            if plan.lambda_kl > 0 and self._training.neighbours:
                base.read(plan.neighbours)
            seen = _Seen(plan.stop, self._training.openings)
            self._look(plan, seen)
            for number in range(1, plan.steps + 1):
                progress("learning", (number - 1) / plan.steps)
                steps.append(self._step(number, plan, rng, rule, base, seen))
                if steps[-1].learning_rate == 0:
                    break
            state = live.state(rule.memory() if self._optimizer.keep_state else None)
        return Taught(state, tuple(steps))

    def _look(self, plan: Plan, seen: _Seen) -> None:
        """Where there are many forms, as in a replay, all are read first, so that only those are trained that give the
        object too little."""
        if len(plan.forms) <= 4 * self._training.forms:
            return
        with torch.no_grad():
            for begin in range(0, len(plan.forms), ROWS_AT_ONCE):
                some = plan.forms[begin : begin + ROWS_AT_ONCE]
                seen.task(some, self._passes.log_probs(some))

    def _step(self, number: int, plan: Plan, rng: random.Random, rule: _Rule, base: _Base, seen: _Seen) -> LessonStep:
        """One step; none is made (its learning rate is 0) where every form gives the object enough already."""
        forms = seen.least(rng, plan.forms, self._training.forms)
        earlier = [rng.choice(forms) for forms in _drawn(rng, plan.earlier, self._training.replay)]
        held = _drawn(rng, plan.neighbours, self._training.neighbours if plan.forms else len(plan.neighbours))
        held += _drawn(rng, plan.anchors, self._training.anchors)
        reference = base.log_probs(held or forms, self._loss.temperature) if plan.lambda_kl > 0 else []
        rows = [*forms, *earlier, *(held if reference else [])]
        found = self._passes.log_probs(rows)
        kl = self._divergence(reference, found[-len(held) :] if held else found[: len(forms)])
        if len(plan.forms) <= self._training.forms:
            forms, found = self._with_the_rest(plan.forms, forms, found, seen)
        task, gap = seen.task(forms, found[: len(forms)])
        replay, more = seen.task(earlier, found[len(forms) : len(forms) + len(earlier)])
        total = self._loss.lambda_task * (task + replay) + plan.lambda_kl * kl
        if not bool(total.isfinite()):
            raise InputError(
                f"the lesson's loss is not finite after {number - 1} steps; facts.optimizer.learning_rate "
                f"{self._optimizer.learning_rate:g} is too large"
            )
        values = [v.item() for v in (task, kl, replay, total)]
        if seen.done(plan.forms):
            return LessonStep(number, *values, seen.chance(forms), 0.0, 0.0)
        norm, rate = rule.step(total, self._loss.lambda_task * (gap + more))
        return LessonStep(number, *values, seen.chance(forms), rate, norm)

    def _with_the_rest(
        self, every: Sequence[Row], forms: list[Row], found: list[Tensor], seen: _Seen
    ) -> tuple[list[Row], list[Tensor]]:
        """The forms and what was found of all rows; where none of these forms lacks anything any more, the others,
        which were last read some steps ago, are read as well and stand first."""
        rest = [form for form in every if form not in forms]
        if not rest or seen.lack(forms, found[: len(forms)]):
            return forms, found
        return [*rest, *forms], [*self._passes.log_probs(rest), *found]

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


SAID = 0.5
"""With this much a token is what greedy generation says, whatever the others are given; with ``NEARLY``, mostly."""


NEARLY = 0.85
"""A token teaches no more when it is given this share of what it needs, while steps aim at all of it: if they aimed at
what ends them, they would grow ever shorter."""


class _Seen:
    """What the forms gave when they were last read, and which of their tokens still teach.

    A token teaches no more where it is given ``stop``, nor do those behind the one after the object. Those before the
    object are to be said and no more: they teach no more where they are given ``SAID``, and not at all where the model,
    at the first reading, gave one of them less than ``openings``: how else an answer could begin is not what is to be
    learned.
    """

    def __init__(self, stop: float, openings: float) -> None:
        self._stop, self._openings = stop, openings
        self._chances: dict[Row, float] = {}
        self._enough: dict[Row, float] = {}
        self._taught: dict[Row, range] = {}

    def task(self, rows: Sequence[Row], found: Sequence[Tensor]) -> tuple[Tensor, float]:
        """The weighted loss ``sum(w * CE) / sum(w)`` over all tokens of the rows that teach at all, with w = 0 for
        those that are given enough; and by how much it has to fall until all are."""
        if not rows:
            return torch.zeros(()), 0.0
        losses, weights, lacking, gaps = [], [], [], []
        for row, log_probs in zip(rows, found, strict=True):
            loss = surprise(row, log_probs)  # (tokens,)
            taught, enough = self._read(row, loss.detach())
            lacking.append(enough < NEARLY)
            gaps.append(-enough.clamp(max=1).log())
            losses.append(loss[taught.start : taught.stop])
            weights.append(torch.tensor(row.weights[taught.start : taught.stop], device=loss.device))
        weight = torch.cat(weights)
        share = weight / weight.sum() * torch.cat(lacking)
        return (torch.cat(losses) * share).sum(), (torch.cat(gaps) * share).sum().item()

    def lack(self, rows: Sequence[Row], found: Sequence[Tensor]) -> bool:
        """Whether any of their tokens is left to teach."""
        with torch.no_grad():
            return self.task(rows, found)[1] > 0

    def _read(self, row: Row, loss: Tensor) -> tuple[range, Tensor]:
        """Note what the row gives; which of its read tokens teach, and how much of what is enough each is given."""
        places = [at - row.start for at in row.target if at >= row.start]
        if places:
            self._chances[row] = math.exp(-loss[places].mean().item())
        if not places or self._stop <= 0:
            return range(len(loss)), torch.zeros_like(loss)
        if row not in self._taught:
            natural = bool((loss[: places[0]] <= -math.log(max(self._openings, 1e-30))).all())
            self._taught[row] = range(0 if natural else places[0], places[-1] + 1)
        taught = self._taught[row]
        needed = torch.full_like(loss, self._stop)
        needed[: places[0]] = min(self._stop, SAID)
        enough = ((-loss).exp() / needed)[taught.start : taught.stop]
        self._enough[row] = enough.min().item()
        return taught, enough

    def least(self, rng: random.Random, forms: Sequence[Row], count: int) -> list[Row]:
        """At most ``count`` forms: those that were not read yet, then those that lack most, by chance among equals;
        those that lack nothing only where all are such."""
        known = self._enough if self._stop > 0 else self._chances
        order = sorted(_drawn(rng, forms, len(forms)), key=lambda form: known.get(form, -1.0))
        return ([form for form in order if known.get(form, -1.0) < NEARLY] or order)[:count]

    def done(self, forms: Sequence[Row]) -> bool:
        """Whether no token of any of the forms is left to teach; never where ``stop`` is 0."""
        asked = [form for form in forms if form.target]
        return bool(asked) and all(self._enough.get(form, 0.0) >= NEARLY for form in asked)

    def chance(self, forms: Sequence[Row]) -> float:
        """The object's probability, the geometric mean over its tokens, in the worst of the forms; 0 where none was
        read."""
        return min((self._chances[form] for form in forms if form in self._chances), default=0.0)


class _Base:
    """What the base makes of texts: the adapter off, every other patch on; each text is read once in a lesson."""

    def __init__(self, passes: Passes, live: LiveAdapter) -> None:
        self._passes, self._live = passes, live
        self._known: dict[Row, Tensor] = {}

    def read(self, rows: Sequence[Row]) -> None:
        if rows:
            with self._live.off(), torch.no_grad():
                self._known |= dict(zip(rows, self._passes.log_probs(rows), strict=True))

    def log_probs(self, rows: Sequence[Row], temperature: float) -> list[Tensor]:
        self.read([row for row in rows if row not in self._known])
        found = [self._known[row] for row in rows]
        return found if temperature == 1 else [(log / temperature).log_softmax(-1) for log in found]


class _Rule:
    """AdamW, or natural-gradient steps (natural.py)."""

    def __init__(self, live: LiveAdapter, plan: Plan, settings: OptimizerSection) -> None:
        self._settings, self._plan = settings, plan
        self._named = {key: p for key, p in live.parameters().items() if key not in plan.fixed}
        for key in plan.fixed:
            live.parameters()[key].requires_grad_(False)
        self._adamw: torch.optim.AdamW | None = None
        self._natural = NaturalSteps(self._named, plan.metric, settings.momentum)
        if settings.rule == "adamw":
            self._adamw = torch.optim.AdamW(self._named.values(), lr=plan.rate, weight_decay=settings.weight_decay)
        self._remember(plan.moments)

    def step(self, loss: Tensor, gap: float) -> tuple[float, float]:
        """One step down the loss, which is to fall by ``gap`` (infinite or 0: as far as it goes); the norm of the
        gradient before it was clipped, and the learning rate."""
        for parameter in self._named.values():
            parameter.grad = None
        loss.backward()
        norm = nn.utils.get_total_norm([p.grad for p in self._named.values() if p.grad is not None]).item()
        if self._adamw is not None:
            nn.utils.clip_grads_with_norm_(self._named.values(), self._settings.clip, torch.tensor(norm))
            self._adamw.step()
        elif norm > 0:
            far = self._settings.polyak * gap if 0 < gap < math.inf and self._settings.polyak else math.inf
            return norm, self._natural.step(self._plan.rate, self._settings.weight_decay, far)
        return norm, self._plan.rate

    def memory(self) -> dict[str, Tensor]:
        """What the rule remembers, by tensor; see ``_remember``."""
        if self._adamw is None:
            return {f"{key}.momentum": value.cpu().clone() for key, value in self._natural.momentum.items()}
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
                self._natural.momentum[key] = value.to(parameter.device)
            elif self._adamw is not None and what in ("step", "exp_avg", "exp_avg_sq"):
                where = "cpu" if what == "step" else parameter.device
                self._adamw.state[parameter][what] = value.to(where).clone()
