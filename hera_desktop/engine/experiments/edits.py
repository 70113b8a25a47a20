"""The experiment ``edits``: target edits of real records on a real model, strategy by strategy, in one table.

A variant is a strategy, or ``null_space`` with one of the things that hold it back switched off. Each runs in a session
of its own around the one loaded model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from ..config import Config, load_config
from ..edits import EDIT_STRATEGIES
from ..edits.lab import EditLab
from ..errors import InputError, nearest
from ..hera import HeraEngine, load_model
from ..model import LanguageModel
from ..progress import Progress, unwatched
from ..sae import load_features_if_any
from ..scratch import scratch_engine
from .edit_run import UNEDITED, AppliedEdit, EditsResult, Unedited, run_edits
from .edit_scorer import EditScorer
from .edit_sets import EditRecord

_NO_LIMITS = ("max_js_divergence=1", "max_ppl_spike=1e6", "max_cosine_drift=2")
PARTS: Mapping[str, tuple[str, ...]] = {
    "no-immune": tuple(f"immune.{scope}{limit}" for scope in ("", "cumulative.") for limit in _NO_LIMITS),
    "no-repair": ("edits.doses=0",),
    "no-null-space": ("edits.strategy=rank_one",),
}
"""What is switched off in a variant of ``null_space``."""

VARIANTS = (UNEDITED, *EDIT_STRATEGIES, *PARTS)


def overrides_of(variant: str) -> tuple[str, ...]:
    """The settings of a variant as ``section.key=value``; raises InputError for an unknown one."""
    if variant in PARTS:
        return ("edits.strategy=null_space", *PARTS[variant])
    if variant in EDIT_STRATEGIES:
        return (f"edits.strategy={variant}",)
    if variant == UNEDITED:
        return ()
    raise InputError(f"strategy '{variant}' is unknown; there are {', '.join(VARIANTS)}{nearest(variant, VARIANTS)}")


class EngineEditor:
    """Edits through an engine, so that everything is judged and recorded as in the window."""

    def __init__(self, engine: HeraEngine) -> None:
        self._engine, self._lab = engine, EditLab(engine)

    def apply(self, record: EditRecord) -> AppliedEdit:
        result = self._lab.evolve(record.prompt, record.target, record.subject)
        details = self._engine.ledger.entries()[-1].details
        share = details["source"]["share"]
        outcome = "softened" if share < 1 and result.status != "rejected" else result.status
        return AppliedEdit(result.patch_id, outcome, result.seconds, share, details["rank"], details["norm"])

    def undo(self, applied: AppliedEdit) -> None:
        self._engine.undo()


def measure_edits(
    config: Config,
    variants: Sequence[str],
    records: Sequence[EditRecord],
    *,
    sequential: bool = False,
    fluency: bool = False,
    overrides: Iterable[str] = (),
    done: Sequence[EditsResult] = (),
    save: Callable[[tuple[EditsResult, ...]], None] = lambda results: None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[EditsResult, ...]:
    """Load the configured model and run the variants, one after another.

    Args:
        overrides: ``section.key=value`` strings that hold in every variant.
        done: results of an earlier run; what it measured is not measured again.
        save: given all results so far, every five records and at the end of each variant.

    Raises:
        InputError: a variant or an override cannot be used; before the model is loaded.
    """
    configs = {name: _config(config, name, overrides) for name in variants}
    progress("loading the model", None)
    model, _ = load_model(config)
    reader = load_features_if_any(config.sae, model)
    found: tuple[EditsResult, ...] = ()
    for name, own in configs.items():
        earlier = next((r for r in done if (r.strategy, r.sequential) == (name, sequential)), None)
        if sequential and earlier is not None and earlier.finished:
            found = (*found, earlier)
            continue
        with scratch_engine(model, reader, own) as engine:
            result = run_edits(
                _editor(name, engine, progress),
                EditScorer(model),
                records,
                name,
                sequential=sequential,
                fluency=fluency,
                settings=_settings(model, own),
                standing=partial(_standing, engine),
                done=None if sequential else earlier,
                save=partial(_keep, save, found),
                progress=progress,
                cancelled=cancelled,
            )
        found = (*found, result)
        if cancelled():
            break
    return found


def _keep(save: Callable[[tuple[EditsResult, ...]], None], before: tuple[EditsResult, ...], now: EditsResult) -> None:
    save((*before, now))


def _standing(engine: HeraEngine) -> Mapping[str, float]:
    return {name: value for name, value in engine.immune.standing().overall.items() if value is not None}


def _config(config: Config, variant: str, overrides: Iterable[str]) -> Config:
    return load_config(config.model_dump(mode="json"), [*overrides_of(variant), *overrides], environment={})


def _settings(model: LanguageModel, config: Config) -> Mapping[str, Any]:
    """What a result hangs on."""
    return {
        "model": model.info.fingerprint,
        "edits": config.edits.model_dump(mode="json"),
        "immune": config.immune.model_dump(mode="json"),
        "seed": config.experiment.seed,
    }


def _editor(name: str, engine: HeraEngine, progress: Progress) -> EngineEditor | Unedited:
    if name == UNEDITED:
        return Unedited()
    editor = EngineEditor(engine)
    EditLab(engine).prepare(progress)  # once for a model; no edit's time
    return editor
