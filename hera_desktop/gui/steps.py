"""What a step is made with and what the window is told of it, whoever proposed it. Runs on the model thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hera_desktop.engine.config import EvolutionConfig, load_config

from .records import Evolved, Side, Step, TextPiece
from .snapshots import take_snapshot

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.records import EvolveResult

    from .requests import Report


def step_settings(
    engine: HeraEngine, strategy: str | None, strength: float | None, blocks: tuple[int, ...] | None
) -> EvolutionConfig:
    """The configured settings with this step's own; raises InputError where a value is out of its range."""
    own = {"strategy": strategy, "learning_rate": strength, "target_layers": blocks}
    changes = {key: value for key, value in own.items() if value is not None}
    tree = {"evolution": {**engine.config.evolution.model_dump(), **changes}}
    return load_config(tree, environment={}).evolution


def tell_step(
    engine: HeraEngine, report: Report, result: EvolveResult, active: tuple[str, ...], tokens: int
) -> Evolved:
    """Show a recorded step, then its prompt's continuation with the patches that were ``active`` before and after it;
    ``tokens`` 0 leaves the texts out."""
    report.partial(Step(result, take_snapshot(engine), _before_label(active), _after_label(result)))
    before = _continue(engine, report, result.prompt, tokens, "before", active)
    if result.patch_id is None:
        return Evolved(result, before, "", not report.cancelled())
    after = _continue(engine, report, result.prompt, tokens, "after", (*active, result.patch_id))
    return Evolved(result, before, after, not report.cancelled())


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
        report.say(f"generating the text {side} the step", min(pieces / tokens, 1.0))
        report.partial(TextPiece(side, text))

    report.say(f"generating the text {side} the step", 0.0)
    return engine.generate(prompt, Sampling(max_new_tokens=tokens), list(patches), on_text, report.cancelled)


def _before_label(active: tuple[str, ...]) -> str:
    if not active:
        return "Before, the base"
    return f"Before, {len(active)} {'patch' if len(active) == 1 else 'patches'}"


def _after_label(result: EvolveResult) -> str:
    if result.status != "rejected":
        return f"After, with {result.patch_id}"
    return "After, nothing was proposed" if result.patch_id is None else "After, rejected and not applied"
