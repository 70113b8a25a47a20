"""Verbs on a session: evolving, the timeline, and looking at the model in its present state."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hera_desktop.engine.errors import InputError

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine, opened_ledger

if TYPE_CHECKING:
    from hera_desktop.engine.ledger import Ledger
    from hera_desktop.engine.timeline import Kind

PatchArgument = Annotated[str, typer.Argument(metavar="PATCH", help="A patch of the timeline, such as p3.")]


def evolve(
    prompts: Annotated[list[str] | None, typer.Argument(metavar="PROMPT...", help="One step for each.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="One prompt a row: .txt, .csv or .jsonl.")
    ] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a change for each prompt, measure it, and keep it unless the immune system rejects it."""
    wanted = list(prompts or [])
    if file is not None:
        from hera_desktop.engine.prompt_files import read_prompts

        wanted += read_prompts(file)
    if not wanted:
        raise InputError("there is no prompt; give one or more, or --file FILE")
    with opened_engine(session, config, overrides) as engine:
        for prompt in wanted:  # all of them, before anything is changed
            engine.model.check_prompt(prompt, engine.config.model.max_prompt_tokens)
        results = []
        for prompt in wanted:
            result = engine.evolve(prompt)
            results.append(result)
            if not as_json:
                output.show_step(result)
    if as_json:
        output.show_json([result.as_dict() for result in results])
    if not all(results):
        raise typer.Exit(1)


def timeline(session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Every proposal of the session and what became of it."""
    with opened_ledger(session) as ledger:
        active = ledger.timeline.current.active
        entries = ledger.entries()
        states = {e.step: _state(ledger, e.patch_id, e.status, active) for e in entries}
        if as_json:
            rows = [{**asdict(entry), "state": states[entry.step]} for entry in entries]
            output.show_json({"state_hash": ledger.state_hash, "active": active, "entries": rows})
            return
        rows = [
            [
                str(e.step),
                e.patch_id or "-",
                f"{output.MARKS[e.status]} {e.status}",
                states[e.step],
                output.figures(e.metrics, "step"),
                e.prompt if len(e.prompt) <= 50 else e.prompt[:47] + "...",
                e.note,
            ]
            for e in entries
        ]
        output.show_table("", ["step", "patch", "verdict", "now", "measures", "prompt", "note"], rows, right=(0,))
        output.show(f"state {ledger.state_hash[:12]} with {len(active)} of {len(ledger.timeline.committed)} patches")


def _state(ledger: Ledger, patch_id: str | None, status: str, active: tuple[str, ...]) -> str:
    return "-" if patch_id is None or status == "rejected" else ledger.timeline.status(patch_id, active)


def _move(session: Path | None, kind: Kind, patch_id: str | None, as_json: bool) -> None:
    with opened_ledger(session) as ledger:
        for needed in ledger.timeline.preview(kind, patch_id).active:
            ledger.patch(needed)  # a damaged patch is found before anything is changed
        ledger.record_event(kind, patch_id)
        active = ledger.timeline.current.active
        if as_json:
            output.show_json({"kind": kind, "patch_id": patch_id, "state_hash": ledger.state_hash, "active": active})
        else:
            output.show(f"state {ledger.state_hash[:12]} with {len(active)} patches")


def rollback(
    patch: Annotated[str, typer.Argument(metavar="PATCH", help="A patch such as p3, or 'base'.")],
    before: Annotated[bool, typer.Option("--before", help="Undo PATCH itself, too.")] = False,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Back to the state as it was right after PATCH was committed, exactly."""
    if patch == "base":
        _move(session, "roll_back_to", None, as_json)
    else:
        _move(session, "roll_back_before" if before else "roll_back_to", patch, as_json)


def revert(patch: PatchArgument, session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Take one patch out and keep the others."""
    _move(session, "revert", patch, as_json)


def restore(patch: PatchArgument, session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Put a reverted patch back in its place, or return to the line of one that was rolled back."""
    _move(session, "restore", patch, as_json)


def undo(session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Take back the last change of state."""
    _move(session, "undo", None, as_json)


def redo(session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Take back the last undo."""
    _move(session, "redo", None, as_json)


def note(patch: PatchArgument, text: str, session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Keep a note on a proposal."""
    with opened_ledger(session) as ledger:
        entry = ledger.set_note(patch, text)
        if as_json:
            output.show_json(asdict(entry))


def verify(
    logits: Annotated[bool, typer.Option(help="Also digest the probes' logits; needs the model.")] = True,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every hash of the session and digest the probes' logits in its present state."""
    if session is None or not session.exists():
        with opened_ledger(session):
            return
    if logits:
        with opened_engine(session, config, overrides) as engine:
            outcome = asdict(engine.verify())
    else:
        with opened_ledger(session) as ledger:
            state = {"state_hash": ledger.state_hash, "active": ledger.timeline.current.active}
            outcome = {"faults": ledger.verify(), **state, "probe_logits_sha256": None}
    if as_json:
        output.show_json(outcome)
    else:
        for fault in outcome["faults"]:
            output.show(fault)
        output.show(f"state {outcome['state_hash']} with {len(outcome['active'])} patches")
        if outcome["probe_logits_sha256"]:
            output.show(f"probe logits {outcome['probe_logits_sha256']}")
        output.show("the session is whole" if not outcome["faults"] else f"{len(outcome['faults'])} faults")
    if outcome["faults"]:
        raise typer.Exit(2)


def generate(
    prompt: str,
    tokens: Annotated[int, typer.Option(min=1, max=4096, help="How many tokens at most.")] = 40,
    temperature: Annotated[float, typer.Option(min=0, max=10, help="0 is greedy.")] = 0.0,
    top_p: Annotated[float, typer.Option(min=0.01, max=1, help="Nucleus sampling.")] = 1.0,
    seed: Annotated[int | None, typer.Option(min=0, help="Default: experiment.seed.")] = None,
    base: Annotated[bool, typer.Option("--base", help="Without any patch.")] = False,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Continue a prompt in the session's present state."""
    with opened_engine(session, config, overrides) as engine:
        from hera_desktop.engine.model import Sampling

        drawn = engine.config.experiment.seed if seed is None else seed
        text = engine.generate(prompt, Sampling(tokens, temperature, top_p, drawn), patches=[] if base else None)
        if as_json:
            state = None if base else engine.state_hash
            output.show_json({"prompt": prompt, "text": text, "state_hash": state, "base": base})
        else:
            output.show(prompt + text)


def report(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write: .html, .md or .json.")],
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a report of the session."""
    with opened_ledger(session) as ledger:
        from hera_desktop.engine.reports.session_report import write_report

        path = write_report(ledger, out)
    if as_json:
        output.show_json({"report": str(path)})
    else:
        output.show(f"report written to {path}")


def add_verbs(app: typer.Typer) -> None:
    """Put these verbs on the program."""
    for verb in (evolve, timeline, rollback, revert, restore, undo, redo, note, verify, generate, report):
        app.command(verb.__name__)(verb)
