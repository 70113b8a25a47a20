"""Verbs on a session: evolving, the timeline, and looking at the model in its present state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hera_desktop.engine.auto_run import MOST_STEPS, StopConditions
from hera_desktop.engine.errors import InputError

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine, opened_ledger

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.ledger import Entry, Ledger
    from hera_desktop.engine.records import EvolveResult
    from hera_desktop.engine.timeline import Kind

    Metrics = Mapping[str, Mapping[str, float | None]]

PatchArgument = Annotated[str, typer.Argument(metavar="PATCH", help="A patch of the timeline, such as p3.")]


def evolve(
    prompts: Annotated[list[str] | None, typer.Argument(metavar="PROMPT...", help="One step for each.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="One prompt a row: .txt, .csv or .jsonl.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="TEXT", help="What the prompts should continue with from now on.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="TEXT", help="What they are about; found if it is not given.")
    ] = None,
    repeat: Annotated[
        int, typer.Option(min=1, max=MOST_STEPS, metavar="N", help="Go through the prompts N times.")
    ] = 1,
    until_rejection: Annotated[bool, typer.Option("--until-rejection", help="End at the first rejection.")] = False,
    until_budget: Annotated[
        float | None,
        typer.Option(
            min=1, max=100, metavar="PERCENT", help="End when this much of the cumulative limits has been used."
        ),
    ] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a change for each prompt, measure it, and keep it unless the immune system rejects it.

    With --target the change makes the prompt continue with that text; --set edits.strategy=NAME and the other keys of
    the section edits say how."""
    if subject is not None and target is None:
        raise InputError("--subject needs --target: it says what a prompt with a target is about")
    wanted = list(prompts or [])
    if file is not None:
        from hera_desktop.engine.prompt_files import read_prompts

        wanted += read_prompts(file)
    if not wanted:
        raise InputError("there is no prompt; give one or more, or --file FILE")
    budget = None if until_budget is None else until_budget / 100
    stop = StopConditions(repeat * len(wanted), until_rejection, budget)
    with opened_engine(session, config, overrides, writing=True) as engine:
        for prompt in wanted:  # all of them, before anything is changed
            engine.model.check_prompt(prompt, engine.config.model.max_prompt_tokens)
        results = _run(engine, wanted, stop, as_json, target, subject)
    if as_json:
        output.show_json([result.as_dict() for result in results])
    if not all(results):
        raise typer.Exit(1)


def _run(
    engine: HeraEngine,
    prompts: list[str],
    stop: StopConditions,
    as_json: bool,
    target: str | None = None,
    subject: str | None = None,
) -> list[EvolveResult]:
    """Evolve the prompts over and over until a condition to stop holds, and say which, unless all steps were made."""
    results: list[EvolveResult] = []
    used = _budget_used(engine, *_metrics_of_state(engine))
    why = stop.reached(0, False, used)
    while why is None:
        result = engine.evolve(prompts[len(results) % len(prompts)], target=target, subject=subject)
        results.append(result)
        if not as_json:
            output.show_step(result)
        if result:
            used = _budget_used(engine, result.metrics, result.tag_metrics)
        why = stop.reached(len(results), not result, used)
    if why == "budget":
        share = f"{min(100 * (used or 0), 999):.0f} %"
        output.say(f"ended after {len(results)} of {stop.steps} steps: {share} of the budget is used")
    elif why == "rejection":
        output.say(f"ended after {len(results)} of {stop.steps} steps: step {results[-1].step} was rejected")
    return results


def _metrics_of_state(engine: HeraEngine) -> tuple[Metrics, Mapping[str, Metrics]]:
    """What was measured when the present state's last patch was committed, over all probes and by tag; nothing on the
    base."""
    active = engine.info().active
    last = next((e for e in engine.ledger.entries() if active and e.patch_id == active[-1]), None)
    return (last.metrics, last.details.get("tag_metrics", {})) if last else ({}, {})


def _budget_used(engine: HeraEngine, metrics: Metrics, tag_metrics: Mapping[str, Metrics]) -> float | None:
    """The share of the cumulative limits that a state with these measures has used."""
    from hera_desktop.engine.budget import budget_use, cumulative_values
    from hera_desktop.engine.immune.metrics import METRICS

    info = engine.info()
    cumulative = cumulative_values(metrics, tag_metrics if info.every_tag else {})
    use = budget_use(cumulative, info.limits, {name: metric.neutral for name, metric in METRICS.items()})
    return None if use is None else use.share


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
                _words(e),
            ]
            for e in entries
        ]
        headings = ["step", "patch", "verdict", "now", "measures", "prompt", "name, tags, note"]
        output.show_table("", headings, rows, right=(0,))
        output.show(f"state {ledger.state_hash[:12]} with {len(active)} of {len(ledger.timeline.committed)} patches")


def _words(entry: Entry) -> str:
    """What the user says of a proposal: its name, [tags], note."""
    tags = f"[{', '.join(entry.tags)}]" if entry.tags else ""
    return " ".join(word for word in (entry.name, tags, entry.note) if word)


def _state(ledger: Ledger, patch_id: str | None, status: str, active: tuple[str, ...]) -> str:
    return "-" if patch_id is None or status == "rejected" else ledger.timeline.status(patch_id, active)


def _move(session: Path | None, kind: Kind, patch_id: str | None, as_json: bool) -> None:
    with opened_ledger(session, writing=True) as ledger:
        what = {"undo": ledger.timeline.undo_words, "redo": ledger.timeline.redo_words}.get(kind, "")
        for needed in ledger.timeline.preview(kind, patch_id).active:
            ledger.patch(needed)  # a damaged patch is found before anything is changed
        ledger.record_event(kind, patch_id)
        active = ledger.timeline.current.active
        if as_json:
            moved = {"kind": kind, "patch_id": patch_id, "what": what}
            output.show_json({**moved, "state_hash": ledger.state_hash, "active": active})
        else:
            done = f"{'undone' if kind == 'undo' else 'redone'}: {what}; " if what else ""
            output.show(f"{done}state {ledger.state_hash[:12]} with {len(active)} patches")


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
    """Take back what was done last: a change of state, or of a note, tags, a name, a label or the settings."""
    _move(session, "undo", None, as_json)


def redo(session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Do again what the last undo took back."""
    _move(session, "redo", None, as_json)


def note(patch: PatchArgument, text: str, session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Keep a note on a proposal."""
    _annotate(session, as_json, lambda ledger: ledger.set_note(patch, text))


def tag(
    patch: PatchArgument,
    tags: Annotated[
        list[str] | None, typer.Argument(metavar="TAG...", help="In the place of those it has; none takes them away.")
    ] = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a proposal tags."""
    _annotate(session, as_json, lambda ledger: ledger.set_tags(patch, tags or ()))


def rename(patch: PatchArgument, name: str, session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Give a proposal a name; an empty one takes it away."""
    _annotate(session, as_json, lambda ledger: ledger.set_name(patch, name))


def _annotate(session: Path | None, as_json: bool, change: Callable[[Ledger], Entry]) -> None:
    with opened_ledger(session, writing=True) as ledger:
        entry = change(ledger)
        if as_json:
            output.show_json(asdict(entry))


def reapply(
    patch: PatchArgument,
    factor: Annotated[float, typer.Option(metavar="F", help="Times this strength; below 0: the other way.")],
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a recorded patch again with another strength, measure it, and keep it unless it is rejected."""
    with opened_engine(session, config, overrides, writing=True) as engine:
        result = engine.reapply(patch, factor, output.progress)
    if as_json:
        output.show_json(result.as_dict())
    else:
        output.show_step(result)
    if not result:
        raise typer.Exit(1)


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


def add_verbs(app: typer.Typer) -> None:
    """Put these verbs on the program."""
    for verb in (evolve, timeline, rollback, revert, restore, undo, redo, note, tag, rename, reapply, verify, generate):
        app.command(verb.__name__)(verb)
