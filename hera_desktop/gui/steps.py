"""What a step is made with and what the window is told of it, whoever proposed it. Runs on the model thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hera_desktop.engine.config import EvolutionConfig, load_config

from .i18n import mark, tr
from .records import Evolved, Side, Step, Target, TextPiece

if TYPE_CHECKING:
    from hera_desktop.engine.edits.lab import EditLab
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.records import EvolveResult

    from .requests import Bench, Report
GENERATING = {
    "before": mark("generating the text before the step"),
    "after": mark("generating the text after the step"),
}


def step_settings(
    engine: HeraEngine, strategy: str | None, strength: float | None, blocks: tuple[int, ...] | None
) -> EvolutionConfig:
    """The configured settings with this step's own; raises InputError where a value is out of its range."""
    own = {"strategy": strategy, "learning_rate": strength, "target_layers": blocks}
    changes = {key: value for key, value in own.items() if value is not None}
    tree = {"evolution": {**engine.config.evolution.model_dump(), **changes}}
    return load_config(tree, environment={}).evolution


def open_edits(engine: HeraEngine) -> EditLab:
    """The engine's target edits."""
    from hera_desktop.engine.edits.lab import EditLab

    return EditLab(engine)


def evolve_to(engine: HeraEngine, prompt: str, target: Target, strategy: str | None, report: Report) -> EvolveResult:
    """Make the prompt continue with the target, by the configured strategy where ``strategy`` is None."""
    own = {} if strategy is None else {"strategy": strategy}
    tree = {"edits": {**engine.config.edits.model_dump(), **own}}
    settings = load_config(tree, environment={}).edits
    return open_edits(engine).evolve(prompt, target.text, target.subject or None, settings, report.progress)


def tell_step(bench: Bench, report: Report, result: EvolveResult, active: tuple[str, ...], tokens: int) -> Evolved:
    """Show a recorded step, then its prompt's continuation with the patches that were ``active`` before and after it,
    which is kept in the session once it is complete; ``tokens`` 0 leaves the texts out."""
    engine = bench.need()
    report.partial(Step(result, bench.snapshot(), _before_label(active), _after_label(result)))
    before = _continue(engine, report, result.prompt, tokens, "before", active)
    after = ""
    if result.patch_id is not None:
        after = _continue(engine, report, result.prompt, tokens, "after", (*active, result.patch_id))
    complete = not report.cancelled()
    if tokens and complete:
        engine.ledger.set_texts(result.step, before, after)
        bench.taker.outdate(result.step)
    return Evolved(result, before, after, complete)


def _continue(
    engine: HeraEngine, report: Report, prompt: str, tokens: int, side: Side, patches: tuple[str, ...]
) -> str:
    if tokens == 0 or report.cancelled():
        return ""
    from hera_desktop.engine.model import Sampling

    pieces = 0

    def on_text(text: str) -> None:
        nonlocal pieces
        pieces += 1
        report.say(GENERATING[side], min(pieces / tokens, 1.0))
        report.partial(TextPiece(side, text))

    report.say(GENERATING[side], 0.0)
    return engine.generate(prompt, Sampling(max_new_tokens=tokens), list(patches), on_text, report.cancelled)


def _before_label(active: tuple[str, ...]) -> str:
    if not active:
        return tr("Before, the base")
    return (tr("Before, 1 patch") if len(active) == 1 else tr("Before, {count} patches")).format(count=len(active))


def _after_label(result: EvolveResult) -> str:
    if result.status != "rejected":
        return tr("After, with {patch}").format(patch=result.patch_id)
    return tr("After, nothing was proposed") if result.patch_id is None else tr("After, rejected and not applied")
