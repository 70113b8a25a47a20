"""``hera-desktop demo``: the main job, watched."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine


def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="A new folder for the session and the report.")
    ] = Path("hera-demo"),
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Evolve the default model on the example prompts, show every verdict, roll back with proof, write a report."""
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.demo import new_folder, run_demo

    folder = new_folder(out)
    with opened_engine(session or folder / "session.hera", config, overrides) as engine:
        info = engine.model.info
        output.say(f"{info.name} ({info.architecture}, {info.n_layers} blocks) on {info.device}, {info.dtype}")
        shown = (lambda result: None) if as_json else output.show_step
        outcome = run_demo(engine, folder / "report.html", shown)
    proofs = (outcome.to_base, outcome.to_middle, outcome.restored)
    if as_json:
        output.show_json({**asdict(outcome), "proven": all(proof.holds for proof in proofs)})
    else:
        counts = {s: sum(r.status == s for r in outcome.results) for s in output.MARKS}
        output.show()
        output.show(", ".join(f"{number} {status}" for status, number in counts.items()))
        for what, proof in zip(("rolled back to", "rolled back to", "and forward again to"), proofs, strict=True):
            word = "equal" if proof.holds else "DIFFERENT"
            output.show(
                f"{what} {proof.patch_id}: state {proof.hash_now[:12]}, probe logits {proof.logits_now[:12]}: {word}"
            )
        output.show(f"session {outcome.session}")
        output.show(f"report  {outcome.report}")
    if not all(proof.holds for proof in proofs):
        raise typer.Exit(3)
