"""``hera-desktop features steer`` and ``propose``: what the browser's tabs Steer and Edit do, headless."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from . import output
from .feature_access import found_atlas, lab_of
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine


def steer(
    prompt: str,
    feature: Annotated[int, typer.Option("--feature", metavar="ID", help="The feature to steer along.")],
    strength: Annotated[float, typer.Option("--strength", help="How much of its unit direction is added.")],
    tokens: Annotated[int, typer.Option(min=1, max=4096, help="How much is generated.")] = 30,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Preview the text with a feature added: base, edited and steered. Nothing of it is kept."""
    with opened_engine(session, config, overrides) as engine:
        found = lab_of(engine).steer(prompt, feature, strength, tokens)
    if as_json:
        output.show_json(asdict(found))
        return
    for name in ("base", "edited", "steered"):
        output.show(f"{name:<8} {prompt}{getattr(found, name)!r}")
    output.show(f"at strength 0 the largest difference of the logits is {found.identity:g}")


def propose(
    prompt: str,
    features: Annotated[list[int], typer.Option("--feature", metavar="ID", help="A feature; may be repeated.")],
    commit: Annotated[bool, typer.Option("--commit", help="Record it: on the timeline unless it is rejected.")] = False,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Turn features into an edit of the weights and hear the immune system; kept with --commit only.

    Strategy and strength are settings: --set evolution.strategy=... --set evolution.learning_rate=...
    """
    with opened_engine(session, config, overrides, writing=commit) as engine, found_atlas(engine) as atlas:
        usual = {f: float(atlas.mean[f]) for f in features if 0 <= f < atlas.info.d_sae} if atlas else {}
        judged = lab_of(engine).propose(prompt, features, fallbacks=usual, progress=output.progress)
        verdict = judged.measurement.verdict
        result = engine.commit(judged) if commit else None
    if as_json:
        chosen = [asdict(feature) for feature in judged.proposal.features]
        kept = result.as_dict() if result else None
        output.show_json({"verdict": asdict(verdict), "features": chosen, "committed": kept})
    elif result is not None:
        output.show_step(result)
    else:
        output.show(f"{verdict.reason}; nothing was recorded (--commit records it)")
    if verdict.level == "reject":
        raise typer.Exit(1)


def add_verbs(app: typer.Typer) -> None:
    """Put these verbs beside the other ones of ``features``."""
    for verb in (steer, propose):
        app.command(verb.__name__)(verb)
