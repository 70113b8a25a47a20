"""``hera-desktop chat`` and ``hera-desktop facts``: talking to a model that learns facts, and what it has learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml

from hera_desktop.engine.changes import flat
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.facts.chat_file import check_place
from hera_desktop.engine.facts.presets import preset_overlay
from hera_desktop.engine.prompt_files import read_prompts

from . import output
from .chat_lines import plain, show_asked, show_facts, show_lesson, show_measures
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine, opened_ledger
from .talk import Talk, converse, heeding, mode_of

if TYPE_CHECKING:
    from hera_desktop.engine.facts.lab import ChatLab
    from hera_desktop.engine.hera import HeraEngine

app = typer.Typer(
    help="The facts a session has learned: list, ask, forget, survey, measures, export.", no_args_is_help=True
)


def lab_of(engine: HeraEngine) -> ChatLab:
    """The chat on an engine."""
    from hera_desktop.engine.facts.lab import ChatLab

    return ChatLab(engine)


def chat(
    say: Annotated[list[str] | None, typer.Option("--say", metavar="TEXT", help="A message; may be repeated.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="A file with a message a line.")] = None,
    system: Annotated[str | None, typer.Option("--system", metavar="TEXT", help="The system prompt.")] = None,
    learning: Annotated[str | None, typer.Option(metavar="MODE", help="off, ask or automatic.")] = None,
    preset: Annotated[str | None, typer.Option(metavar="NAME", help="working or seed; --set goes over it.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0, max=100, help="0 is greedy.")] = None,
    top_p: Annotated[float | None, typer.Option(min=0.01, max=1, help="Nucleus sampling.")] = None,
    max_new_tokens: Annotated[int | None, typer.Option(min=1, max=100_000, help="Longest answer, in tokens.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of the sampling.")] = None,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Save the conversation (JSON) at the end.")] = None,
    load: Annotated[Path | None, typer.Option(metavar="FILE", help="Go on after a saved conversation.")] = None,
    go_on: Annotated[bool, typer.Option("--continue", help="Go on after the session's last message.")] = False,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Talk to the model, which learns the facts it is told; /help lists the commands of the conversation. With --say or
    --file it says these messages and ends. Exit status 1 where a lesson was rejected, 130 where it was cancelled."""
    messages = _messages(say, file)
    learning = learning and mode_of(learning)
    if as_json and not messages:
        raise InputError("--json prints one document at the end of given messages; give --say or --file")
    if go_on and session is None:
        raise InputError("--continue needs a session; name one with --session FILE")
    if load is not None and go_on:
        raise InputError("--load and --continue both name a conversation to go on with; give one of them")
    if save is not None:
        check_place(save)
    prompt = [] if system is None else [_setting("facts.reply.system_prompt", plain(system))]
    laid = {} if preset is None else flat(preset_overlay(preset))
    chosen = [*(_setting(key, value) for key, value in laid.items()), *prompt, *(overrides or ())]
    with opened_engine(session, config, chosen, writing=True) as engine:
        talk = Talk(engine, lab_of(engine), learning, as_json)
        talk.sample(seed, temperature=temperature, top_p=top_p, max_new_tokens=max_new_tokens)
        talk.head = talk.lab.log.latest() if go_on else None
        if load is not None:
            talk.load(load)
        try:
            _say_all(talk, messages) if messages else converse(talk)
        finally:
            if save is not None and talk.head is not None:
                talk.save(save)
        if as_json:
            turns = [asdict(turn) for turn in talk.turns]
            output.show_json({"turns": turns, "state_hash": engine.state_hash, "session": str(engine.session)})
    if talk.rejected:
        raise typer.Exit(1)


def _messages(say: Sequence[str] | None, file: Path | None) -> list[str]:
    messages = list(say or ())
    if file is not None:
        messages += read_prompts(file)
    for number, message in enumerate(messages, 1):
        if not message.strip():
            raise InputError(f"message {number} is empty; a message holds at least one letter")
    return messages


def _setting(key: str, value: Any) -> str:
    """A value as the ``--set`` option that stands for it."""
    return f"{key}={yaml.safe_dump(value, default_flow_style=True)}"


def _say_all(talk: Talk, messages: Sequence[str]) -> None:
    for number, message in enumerate(messages, 1):
        if not talk.quiet:
            output.show(f"> {plain(message)}")
        if talk.say(message):
            raise Cancelled(f"stopped after {number} of {len(messages)} messages; the session has what was said")


# --- facts ------------------------------------------------------------------------------------------------------------


@contextmanager
def _lab_on(session: Path | None, config: Path | None, overrides: list[str] | None, writing: bool) -> Iterator[ChatLab]:
    with opened_ledger(session):
        pass  # one that is named and there, before the model is loaded
    with opened_engine(session, config, overrides, writing=writing) as engine:
        yield lab_of(engine)


@app.command("list")
def list_facts(
    session: SessionOption = None, config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False
) -> None:
    """The facts in the memory of the session's present state, the most important first."""
    with _lab_on(session, config, overrides, writing=False) as lab:
        facts = lab.facts()
    output.show_json([asdict(fact) for fact in facts]) if as_json else show_facts(facts)


@app.command("ask")
def ask(
    fact: Annotated[int | None, typer.Argument(metavar="ID", help="A fact's number; none asks all.")] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the questions about a fact, or about all of them, and show the answers."""
    with _lab_on(session, config, overrides, writing=True) as lab:
        wanted = [known.fact_id for known in lab.facts()] if fact is None else [fact]
        asked = [heeding(lab.ask, number) for number in wanted]
    if as_json:
        output.show_json([asdict(known) for known in asked])
        return
    for known in asked:
        show_asked(known)


@app.command("forget")
def forget(
    fact: Annotated[int, typer.Argument(metavar="ID", help="A fact's number, as `facts list` shows it.")],
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Un-learn a fact: a step on the timeline, which undo takes back. Exit status 1 where it was rejected."""
    with _lab_on(session, config, overrides, writing=True) as lab:
        lesson = heeding(lab.forget, fact)
    output.show_json(asdict(lesson)) if as_json else show_lesson(lesson, "forgotten")
    if lesson.outcome == "rejected":
        raise typer.Exit(1)


@app.command("survey")
def survey(
    session: SessionOption = None, config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False
) -> None:
    """Ask all facts again in the present state, and show how many were still known at every such time."""
    with _lab_on(session, config, overrides, writing=True) as lab:
        found, surveys = heeding(lab.survey), lab.surveys()
    if as_json:
        output.show_json({"survey": asdict(found), "surveys": [asdict(each) for each in surveys]})
        return
    rows = [[str(each.turn), each.state_hash[:12], str(each.known), str(each.facts), each.time] for each in surveys]
    output.show_table("", ["turn", "state", "known", "of", "time"], rows, right=(0, 2, 3))
    output.show(f"{found.known} of {found.facts} facts are known")


@app.command("measures")
def measures(
    session: SessionOption = None, config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False
) -> None:
    """The running measures: stability, plasticity and forgetting as of the last lesson, accuracy and backward transfer
    as of now. Nothing is asked for them; `facts survey` asks."""
    with _lab_on(session, config, overrides, writing=False) as lab:
        found = lab.measures()
    output.show_json(found) if as_json else show_measures(found)


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the adapter of the present state in PEFT's format."""
    with _lab_on(session, config, overrides, writing=False) as lab:
        written = lab.export_adapter(folder)
    output.show_json({"folder": str(written)}) if as_json else output.show(f"adapter written to {written}")
