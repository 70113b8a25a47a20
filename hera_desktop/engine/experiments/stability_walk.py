"""Step after step on one model, with interventions between the steps: what the experiment ``stability`` measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..hera import HeraEngine
from ..immune.metrics import METRICS
from ..records import EvolveResult
from .domain_prompts import DomainPrompt
from .interventions import JUDGED, Intervention, Measures, intervene

BASE: Measures = {name: METRICS[name].neutral for name in JUDGED}
"""The measures of the unchanged model."""


@dataclass(frozen=True)
class WalkStep:
    """A proposal. ``status`` is committed, warning or rejected; ``step`` and ``cumulative``: its measures on the probes
    against the state before it and against the base, empty where nothing could be proposed; ``standing``: those of the
    state that stands after it, against the base; ``prompt_js``: JS divergence on its own prompt, in bits."""

    domain: str
    prompt: str
    status: str
    reason: str
    step: Measures
    cumulative: Measures
    standing: Measures
    prompt_js: float | None
    seconds: float

    @property
    def accepted(self) -> bool:
        return self.status != "rejected"

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to propose: no feature was above the threshold."""
        return not self.step

    @property
    def refused(self) -> bool:
        return not self.accepted and not self.nothing


@dataclass(frozen=True)
class Walk:
    """A run so far; ``planned`` steps are to be made."""

    planned: int
    steps: tuple[WalkStep, ...] = ()
    interventions: tuple[Intervention, ...] = field(default=())

    @property
    def finished(self) -> bool:
        return len(self.steps) == self.planned

    @property
    def accepted(self) -> tuple[WalkStep, ...]:
        return tuple(step for step in self.steps if step.accepted)

    def count(self, status: str) -> int:
        return Counter(step.status for step in self.steps)[status]


def walk(
    engine: HeraEngine, prompts: Sequence[DomainPrompt], interventions: int, look: Callable[[str, float], None]
) -> Iterator[Walk]:
    """Evolve on every prompt, with ``interventions`` at even intervals; gives the run so far after each step.

    ``look`` is told before each step and intervention what comes and the share done; it may raise Cancelled.
    """
    done, places = Walk(len(prompts)), _places(len(prompts), interventions)
    for number, prompt in enumerate(prompts):
        share = number / len(prompts)
        for _ in range(places.count(number)):
            look(f"intervention {len(done.interventions) + 1} of {interventions}", share)
            made = intervene(engine, prompt.text, number, len(done.interventions))
            done = replace(done, interventions=(*done.interventions, made))
        look(f"step {number + 1} of {len(prompts)}", share)
        result = engine.evolve(prompt.text)
        standing = done.steps[-1].standing if done.steps else BASE
        done = replace(done, steps=(*done.steps, _step(prompt, result, standing)))
        yield done


def _places(steps: int, interventions: int) -> list[int]:
    """After how many steps each intervention comes: at even intervals, and always with a step after it."""
    return [steps * (number + 1) // (interventions + 1) for number in range(interventions)]


def _step(prompt: DomainPrompt, result: EvolveResult, standing: Measures) -> WalkStep:
    measured = bool(result.metrics)
    step = {name: result.metrics[name]["step"] for name in JUDGED} if measured else {}
    cumulative = {name: result.metrics[name]["cumulative"] for name in JUDGED} if measured else {}
    own = result.prompt_metrics.get("js_divergence", {}).get("step")
    now = cumulative if result else standing
    return WalkStep(
        prompt.domain, prompt.text, result.status, result.reason, step, cumulative, now, own, result.seconds
    )


def steps_until_back(done: Walk, made: Intervention) -> int | None:
    """How many steps after an intervention and its rollback the measures against the base were no worse than before:
    0 where the rollback alone did it, None where they were not within the run."""
    if made.same_measures:
        return 0
    before = done.steps[made.after - 1].standing if made.after else BASE
    for number, step in enumerate(done.steps[made.after :], 1):
        if all(_no_worse(step.standing[name], before[name]) for name in JUDGED):
            return number
    return None


def _no_worse(now: float | None, before: float | None) -> bool:
    return now is not None and before is not None and now <= before
