"""What the scaling experiment measures: models of many sizes, SAEs of many widths, steps of many strengths.

Times are taken side by side with a plain forward pass over the same tokens, so that a change of the machine's speed
hits both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..config import Config
from ..immune.metrics import METRICS
from ..immune.probe_files import load_probes
from ..immune.system import Measurement
from ..immune.verdict import room_used
from ..model import LanguageModel
from ..sae import FeatureReader
from ..scratch import scratch_engine
from ..steps import Judged
from ..strategies.base import NothingToPropose
from ..tokens import single
from .cost import own_parameters, timed
from .scaling_models import random_features

PROMPTS = (
    "The river flows slowly through the",
    "To bake bread one needs flour, water and",
    "The chemical symbol of iron is",
    "Yesterday the train arrived two hours",
    "def mean(values): return sum(values) /",
    "The opposite of early is",
    "A violin has four",
    "In spring the farmers sow their",
)
DEPTH = 0.25
"""Where in the depth of a model its edited block is: the same share of it in every model."""
STEP_WIDTH = 4096
"""Features of the random SAE that steps on models of all sizes use."""
WEAKEST, STRONGEST = 0.1, 30.0
"""The learning rates between which strengths are tried."""
ALL = "all"
"""All limits together, in ``StrengthStep.used``."""

Report = Callable[[str], None]
"""Told what is being done; it may raise Cancelled."""


@dataclass(frozen=True)
class SizeFigures:
    """A model: seconds of plain passes over probes and prompt (``tokens`` of them), and of Hebbian steps, in pairs.
    ``weights``: size of its parameters, ``peak``: most memory from before it was loaded until it was
    measured; bytes."""

    name: str
    random: bool
    parameters: int
    block: int
    tokens: tuple[int, ...]
    forward: tuple[float, ...]
    step: tuple[float, ...]
    weights: int
    peak: int


@dataclass(frozen=True)
class WidthFigures:
    """An SAE of ``d_sae`` random features: seconds of encoding the probes' tokens, of choosing a token's strongest
    features, and of a plain pass over the probes."""

    d_sae: int
    tokens: int
    encode: tuple[float, ...]
    choose: tuple[float, ...]
    forward: tuple[float, ...]


@dataclass(frozen=True)
class StrengthStep:
    """A step that was measured and not kept. ``effect``: JS between the prompt's next-token distributions before and
    after, in bits; ``damage``: the judged measures on the probes; ``used``: by measure, and for ``ALL`` limits
    together, how many times its default limit the step uses (1: just that)."""

    prompt: str
    strength: float
    effect: float
    damage: Mapping[str, float]
    used: Mapping[str, float]


# --- sizes ------------------------------------------------------------------------------------------------------------


def measure_size(model: LanguageModel, config: Config, random: bool, repeats: int, report: Report) -> SizeFigures:
    """Time passes and steps on a model; ``peak`` is for the caller to say, who loaded it."""
    block = round(DEPTH * (model.info.n_layers - 1))
    reader = random_features(model, STEP_WIDTH, block, config.experiment.seed)
    with scratch_engine(model, reader, _hebbian(config, block)) as engine:
        probes, taken = engine.immune.batch, []
        for number in range(1 + repeats):
            report(f"step {number} of {repeats}" if number else "warming up")
            prompt = PROMPTS[number % len(PROMPTS)]
            texts = (probes, single(model.tokenize(prompt)).to(model.device))
            forward = timed(lambda texts=texts: [model.forward(text) for text in texts], model.device)
            step = timed(lambda prompt=prompt: engine.evolve(prompt), model.device)
            taken.append((sum(text.n_tokens for text in texts), forward, step))
            if engine.stack.active:
                engine.undo()  # every step begins at the base
    tokens, forwards, steps = zip(*taken[1:], strict=True)
    parameters = own_parameters(model)
    weights = parameters * model.dtype.itemsize
    return SizeFigures(model.info.name, random, parameters, block, tokens, forwards, steps, weights, peak=0)


def _hebbian(config: Config, block: int) -> Config:
    """Hebbian steps on one block, whatever a random SAE's activations come to."""
    evolution = config.evolution.model_copy(update={"strategy": "hebbian", "target_layers": (block,)})
    return config.model_copy(update={"evolution": evolution, "sae": config.sae.model_copy(update={"threshold": 0.0})})


# --- widths -----------------------------------------------------------------------------------------------------------


def widths_up_to(largest: int) -> tuple[int, ...]:
    """1,024 and its fourfolds, up to the largest."""
    return tuple(1024 * 4**n for n in range(max(int(math.log(largest / 1024, 4) + 1e-9), 0) + 1))


@torch.inference_mode()
def measure_width(model: LanguageModel, config: Config, d_sae: int, repeats: int) -> WidthFigures:
    """Time an SAE of random features on the probes' tokens."""
    reader = random_features(model, d_sae, round(DEPTH * (model.info.n_layers - 1)), config.experiment.seed)
    batch = model.batch([model.tokenize(probe.text) for probe in load_probes(config.immune.probes).enabled])
    hook, top = reader.info.hook_name, config.evolution.top_k_features
    hidden = batch.gather(model.forward(batch, [hook], last_block=reader.block).captured[hook])  # (n, d_model)
    last = reader.activations(hidden)[-1]  # (d_sae,)
    rounds = []
    for _ in range(1 + repeats):
        encode = timed(lambda: reader.activations(hidden), model.device)
        choose = timed(lambda: reader.active(last, 0.0, top, 1.0), model.device)
        rounds.append((encode, choose, timed(lambda: model.forward(batch), model.device)))
    encode, choose, forward = zip(*rounds[1:], strict=True)
    return WidthFigures(d_sae, len(hidden), encode, choose, forward)


# --- strengths --------------------------------------------------------------------------------------------------------


def strengths(count: int) -> tuple[float, ...]:
    """Learning rates from the weakest to the strongest, each as many times the one before."""
    factor = (STRONGEST / WEAKEST) ** (1 / (count - 1))
    return tuple(float(f"{WEAKEST * factor**number:.3g}") for number in range(count))


def measure_strengths(
    model: LanguageModel, reader: FeatureReader, config: Config, rates: Sequence[float], prompts: int, report: Report
) -> Iterator[StrengthStep]:
    """Steps on the base, prompt by prompt and strength by strength. A prompt without a feature above the threshold
    gives none."""
    with scratch_engine(model, reader, config) as engine:
        for number, prompt in enumerate(PROMPTS[:prompts], 1):
            for rate in rates:
                report(f"strength {rate:g} on prompt {number} of {min(prompts, len(PROMPTS))}")
                try:
                    judged = engine.propose(prompt, config.evolution.model_copy(update={"learning_rate": rate}))
                except NothingToPropose:
                    break
                used = _used(judged.measurement, engine.immune.limits.reject)
                damage = {name: judged.measurement.step.overall[name] for name in used if name != ALL}
                yield StrengthStep(prompt, rate, _effect(judged), damage, used)


def _effect(judged: Judged) -> float:
    """JS between the next-token distributions at the end of the prompt, in bits."""
    before, after = judged.before.now, judged.measurement.prompt_after  # type: ignore[union-attr]
    return js_bits(before.probs(-1), after.probs(-1))  # type: ignore[union-attr]


def js_bits(p: Tensor, q: Tensor) -> float:
    """JS = KL(p || m) / 2 + KL(q || m) / 2 with m = (p + q) / 2, in bits; p, q ``(d_vocab,)``."""
    p, q = p.cpu().double(), q.cpu().double()
    logs = ((p + q) / 2).clamp_min(torch.finfo(torch.float64).tiny).log()
    parts = [(torch.special.xlogy(x, x) - x * logs).sum().item() for x in (p, q)]
    return max(sum(parts) / 2 / math.log(2), 0.0)


def _used(measurement: Measurement, limits: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """By measure how much of its limit for a step is used, and how much of any limit at the most."""
    judged = [name for name, metric in METRICS.items() if metric.limit]
    verdict = measurement.verdict
    found = {name: room_used(name, measurement.step.overall[name], limits["step", name]) for name in judged}
    return {name: max(share, 0.0) for name, share in {**found, ALL: verdict.used}.items()}
