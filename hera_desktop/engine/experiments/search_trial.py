"""One trial of a search: plain values in, plain values out, the same in this process and in another.

The effect is to be large and the damage small:

- ``steps``: each prompt's step without a target, from the base. Effect: JS of the prompt's predictions, in bits, mean
  over its tokens; damage: JS on the probes, in bits.
- ``edits``: each record's target edit, from the base. Effect: log P(new) - log P(old) in nats a token, mean over the
  prompt and its paraphrases; damage: JS on the probes, in bits, and the share of the neighbours that are lost.

All are means over prompts or records. What the immune system would refuse is measured like the rest, and counted.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from statistics import fmean
from typing import Any

import torch
import yaml
from pydantic import TypeAdapter

from ..config import Config, load_config
from ..edits.lab import EditLab
from ..errors import InputError
from ..hera import HeraEngine, load_model
from ..model import LanguageModel
from ..places import shipped
from ..progress import Progress, unwatched
from ..sae import FeatureReader, load_features_if_any
from ..scratch import scratch_engine
from ..steps import Judged, effect_of
from ..strategies.base import NothingToPropose
from .edit_scorer import EditScorer
from .edit_scores import Pair, Reading, pairs_of, prefers
from .edit_sets import EditRecord, load_edits
from .search_space import with_values

Spec = Mapping[str, Any]
Readings = Mapping[Pair, Reading]
Figures = dict[str, float]

DIGITS = 6
"""Significant digits of every figure of a trial."""
RECORDS_FOR_ONE = 3
"""Records that are looked through for one whose old object the model prefers."""

_RECORDS = TypeAdapter(tuple[EditRecord, ...])
_NOTHING_DONE = {"effect": 0.0, "damage": 0.0, "ppl_ratio": 1.0, "feature_change": 0.0, "let_through": 0.0}


def material_of(measure: str, file: str | None, limit: int) -> list[Any]:
    """What trials are measured on, as JSON has it: it goes with every trial to wherever that runs.

    Raises:
        InputError: the file of records cannot be read.
    """
    if measure == "edits":
        return [asdict(record) for record in load_edits(file, limit * RECORDS_FOR_ONE)]
    tree = yaml.safe_load(shipped("data", "demo_prompts.yaml").read_text(encoding="utf-8"))
    return [row["text"] for row in tree["prompts"]][:limit]


def run_trial(spec: Spec, progress: Progress = unwatched) -> dict[str, Any]:
    """Measure one set of settings.

    Args:
        spec: ``config``, a whole configuration; ``settings``, values by key to lay over it; ``measure``: ``steps`` or
            ``edits``; ``material``, as ``material_of`` gives it; ``limit``: how many of it; ``threads``: of the
            processor, on which the last digits hang.

    Returns:
        ``effect`` and ``damage`` (None where these settings cannot be measured, and ``error`` says why), ``figures``,
        the ``model``'s fingerprint and the ``seconds``.

    Raises:
        HeraError: the model cannot be loaded.
        Cancelled: ``progress`` said so.
    """
    started = time.perf_counter()
    found: dict[str, Any] = {"effect": None, "damage": None, "figures": {}, "error": None, "model": None}
    try:
        config = with_values(load_config(spec["config"], environment={}), spec["settings"])
    except InputError as error:  # values that do not go together
        return {**found, "error": str(error), "seconds": 0.0}
    with _threads(spec["threads"]):
        model, reader = _loaded(_what_is_loaded(config))
        found["model"] = model.info.fingerprint
        try:
            figures = _figures(model, reader, config, spec, progress)
            found |= {"effect": figures.pop("effect"), "damage": figures.pop("damage"), "figures": figures}
        except InputError as error:
            found["error"] = str(error)
    return {**found, "seconds": time.perf_counter() - started}


def _figures(
    model: LanguageModel, reader: FeatureReader | None, config: Config, spec: Spec, progress: Progress
) -> Figures:
    with scratch_engine(model, reader, config) as engine:
        return _MEASURES[spec["measure"]](engine, spec["material"], spec["limit"], progress)


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


# --- the model, once for all trials -----------------------------------------------------------------------------------


def _what_is_loaded(config: Config) -> str:
    sae = {"release": config.sae.release, "id": config.sae.id, "path": config.sae.path}
    chosen = {"experiment": {"device": config.experiment.device}, "model": config.model.model_dump(), "sae": sae}
    return json.dumps(chosen)


@lru_cache(maxsize=1)  # one model fits into memory, two may not
def _loaded(chosen: str) -> tuple[LanguageModel, FeatureReader | None]:
    config = load_config(json.loads(chosen), environment={})
    model, _ = load_model(config)
    return model, load_features_if_any(config.sae, model)


def release() -> None:
    """Let go of the model that was kept for the next trial."""
    _loaded.cache_clear()


# --- steps ------------------------------------------------------------------------------------------------------------


def _steps(engine: HeraEngine, prompts: Sequence[str], limit: int, progress: Progress) -> Figures:
    found = []
    for number, prompt in enumerate(prompts[:limit]):
        progress(f"prompt {number + 1} of {len(prompts[:limit])}", None)
        found.append(_step(engine, prompt))
    return _means(found)


def _step(engine: HeraEngine, prompt: str) -> Figures:
    try:
        judged = engine.propose(prompt)
    except NothingToPropose:
        return _NOTHING_DONE
    on_prompt, on_probes = judged.measurement.prompt_step, judged.measurement.step
    assert on_prompt is not None  # a proposal of a prompt is measured on it
    return {
        "effect": on_prompt.overall["js_divergence"],
        "damage": on_probes.overall["js_divergence"],
        "ppl_ratio": on_probes.overall["ppl_ratio"],
        "feature_change": _feature_change(engine, judged),
        "let_through": _let_through(judged),
    }


def _feature_change(engine: HeraEngine, judged: Judged) -> float:
    """By how much the chosen features fire more at the last token, in shares of what they did."""
    effect = effect_of(judged, engine.model, engine.reader)
    pairs = [(before, after) for before, after in effect.features.values() if before] if effect else []
    return fmean((after - before) / before for before, after in pairs) if pairs else 0.0


def _let_through(judged: Judged) -> float:
    return float(judged.status != "rejected")


# --- edits ------------------------------------------------------------------------------------------------------------


def _edits(engine: HeraEngine, material: Sequence[Mapping[str, Any]], limit: int, progress: Progress) -> Figures:
    records, scorer = _RECORDS.validate_python(material), EditScorer(engine.model)
    known = [record for record, right in zip(records, scorer.known(records), strict=True) if right][:limit]
    if not known:
        raise InputError(f"{engine.model.info.name} prefers the old object of none of the {len(records)} records")
    before = scorer.readings(pair for record in known for pair in pairs_of(record))
    lab = EditLab(engine)
    lab.prepare(progress)
    found = []
    for number, record in enumerate(known):
        progress(f"edit {number + 1} of {len(known)}", None)
        found.append(_edit(engine, lab, scorer, record, before))
    return _means(found)


def _edit(engine: HeraEngine, lab: EditLab, scorer: EditScorer, record: EditRecord, before: Readings) -> Figures:
    judged = lab.propose(record.prompt, record.target, record.subject)
    with engine.stack.trial(judged.measurement.patch):
        after = scorer.readings(pairs_of(record))
    probes = judged.measurement.step.overall
    lost = _lost(record, before, after)
    return {
        "effect": _log_odds(record, after),
        "damage": probes["js_divergence"] + lost,
        "js_divergence": probes["js_divergence"],
        "neighbours_lost": lost,
        "ppl_ratio": probes["ppl_ratio"],
        "efficacy": float(prefers(after, record.prompt, record.target, record.old)),
        "effect_before": _log_odds(record, before),
        "let_through": _let_through(judged),
    }


def _log_odds(record: EditRecord, readings: Readings) -> float:
    """log P(new) - log P(old), P the geometric mean of the tokens' probabilities; mean over prompt and paraphrases."""
    prompts = (record.prompt, *record.paraphrases)
    return fmean(readings[p, record.target].log_prob - readings[p, record.old].log_prob for p in prompts)


def _lost(record: EditRecord, before: Readings, after: Readings) -> float:
    """The share of the neighbours that the old object was likelier of and no longer is; of zsRE, where there is no
    second object, the share of the answers' tokens."""
    return fmean(_lost_one(record, prompt, before, after) for prompt in record.neighbours) if record.neighbours else 0.0


def _lost_one(record: EditRecord, prompt: str, before: Readings, after: Readings) -> float:
    own = record.old_of_neighbours
    if record.kind == "zsre":
        return max(0.0, before[prompt, own].accuracy - after[prompt, own].accuracy)
    was, still = (prefers(readings, prompt, own, record.target) for readings in (before, after))
    return float(was and not still)


# --- figures ----------------------------------------------------------------------------------------------------------


def _means(found: Sequence[Figures]) -> Figures:
    means = {name: fmean(one[name] for one in found) for name in found[0]}
    if not all(map(math.isfinite, means.values())):
        raise InputError("a measure is not finite with these settings")
    return {name: float(f"{value:.{DIGITS}g}") for name, value in means.items()}


_MEASURES: Mapping[str, Callable[[HeraEngine, Sequence[Any], int, Progress], Figures]] = {
    "steps": _steps,
    "edits": _edits,
}
