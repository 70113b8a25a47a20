"""``hera-desktop chat`` and ``hera-desktop facts``: talking to a model that learns facts, and what it has learned."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml

from hera_desktop.engine.changes import flat
from hera_desktop.engine.errors import Cancelled, HeraError, InputError, nearest
from hera_desktop.engine.facts.chat_file import check_place, save_conversation
from hera_desktop.engine.facts.presets import preset_overlay
from hera_desktop.engine.prompt_files import read_prompts

from . import output
from .chat_lines import plain, show_asked, show_facts, show_lesson, show_measures, show_parsed
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine, opened_ledger

if TYPE_CHECKING:
    from hera_desktop.engine.facts.lab import ChatLab
    from hera_desktop.engine.facts.records import ChatTurn, Lesson
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.model import Sampling

app = typer.Typer(
    help="The facts a session has learned: list, ask, forget, survey, measures, export.", no_args_is_help=True
)

MODES = ("off", "ask", "automatic")


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
    go_on: Annotated[bool, typer.Option("--continue", help="Go on after the session's last message.")] = False,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Talk to the model, which learns the facts it is told; /help lists the commands of the conversation. With --say or
    --file it says these messages and ends. Exit status 1 where a lesson was rejected, 130 where it was cancelled."""
    messages = _messages(say, file)
    learning = learning and _mode(learning)
    if as_json and not messages:
        raise InputError("--json prints one document at the end of given messages; give --say or --file")
    if go_on and session is None:
        raise InputError("--continue needs a session; name one with --session FILE")
    if save is not None:
        check_place(save)
    prompt = [] if system is None else [_setting("facts.reply.system_prompt", plain(system))]
    laid = {} if preset is None else flat(preset_overlay(preset))
    chosen = [*(_setting(key, value) for key, value in laid.items()), *prompt, *(overrides or ())]
    with opened_engine(session, config, chosen, writing=True) as engine:
        talk = Talk(engine, lab_of(engine), learning, as_json)
        talk.sample(seed, temperature=temperature, top_p=top_p, max_new_tokens=max_new_tokens)
        talk.head = talk.lab.log.latest() if go_on else None
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


class Talk:
    """A conversation with a lab: says messages, shows what comes back unless ``quiet``, and knows where it is: ``head``
    is the last message (None: a new conversation), ``learning`` is None where it is as configured."""

    def __init__(self, engine: HeraEngine, lab: ChatLab, learning: str | None = None, quiet: bool = False) -> None:
        self.engine, self.lab, self.quiet = engine, lab, quiet
        self.learning = learning or engine.config.facts.learning
        self.head: int | None = None
        self.turns: list[ChatTurn] = []
        self.rejected = False
        self._sampling: Sampling | None = None

    def sample(self, seed: int | None, **given: float | None) -> None:
        """Other settings than the configured ones for those that are given."""
        chosen = {name: value for name, value in given.items() if value is not None}
        if chosen or seed is not None:
            self._sampling = replace(self.lab.sampling(seed), **chosen)

    def say(self, text: str) -> bool:
        """One turn; returns whether the user stopped the answer."""
        with _watched() as watch:
            turn = self.lab.chat_and_update(
                text,
                parent=self.head,
                learning=self.learning,
                sampling=self._sampling,
                on_text=(lambda piece: None) if self.quiet else watch.write,
                progress=watch.progress,
                cancelled=watch.stop_answer,
            )
        self.head = turn.answer.message_id
        if self.learning == "ask" and turn.lesson is None:
            turn = self._asked_first(turn)
        self.turns.append(turn)
        for lesson in (turn.lesson, turn.replayed):
            if lesson is not None:
                self.note(lesson, "replayed" if lesson is turn.replayed else "learned")
        return watch.stopped

    def _asked_first(self, turn: ChatTurn) -> ChatTurn:
        """Show what would be learned, and learn it where the user agrees."""
        parsed = self.lab.parse(turn.user.text)
        if not parsed.learns:
            return turn
        show_parsed(parsed)
        if not _agreed("learn this?"):
            output.say("not learned")
            return turn
        lesson = _heeding(self.lab.learn, turn.user.message_id)
        return replace(turn, lesson=lesson, state_hash=self.engine.state_hash)

    def note(self, lesson: Lesson, done: str) -> None:
        """Take a lesson into account, and show what became of it."""
        self.rejected |= lesson.outcome == "rejected"
        if not self.quiet and (lesson.outcome != "nothing" or lesson.fact.is_fact):
            show_lesson(lesson, done)

    def save(self, path: Path) -> None:
        if self.head is None:
            raise InputError("nothing was said yet, so there is nothing to save")
        model = self.engine.model.info
        told = {"model": model.name, "base_fingerprint": model.fingerprint, "state_hash": self.engine.state_hash}
        save_conversation(path, self.lab.log.path(self.head), {"session": self.engine.session.name, **told})
        output.say(f"conversation saved to {path}")


class _Watch:
    """The user before a turn that is being made. The first Ctrl+C stops the answer, or the lesson where that has begun;
    the second one ends the program."""

    def __init__(self) -> None:
        self.stopped = False
        self._presses, self._open = 0, False

    def press(self, *_: object) -> None:
        self._presses += 1
        if self._presses > 1:
            raise KeyboardInterrupt

    def stop_answer(self) -> bool:
        self.stopped |= self._presses > 0
        return self.stopped

    def progress(self, what: str, share: float | None) -> None:
        if self._presses and not self.stopped:
            raise Cancelled("cancelled; the last committed state stands")
        self.end()
        output.progress(what, share)

    def write(self, piece: str) -> None:
        sys.stdout.write(plain(piece))
        sys.stdout.flush()
        self._open |= bool(piece)

    def end(self) -> None:
        if self._open:
            output.show()
            self._open = False


@contextmanager
def _watched() -> Iterator[_Watch]:
    watch = _Watch()
    previous = signal.signal(signal.SIGINT, watch.press)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, previous)
        watch.end()
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")  # a share that never came to 100 %
            sys.stderr.flush()


def _heeding(work: Callable[..., Any], *arguments: Any) -> Any:
    """Work of the lab that tells its progress; Ctrl+C cancels it."""
    with _watched() as watch:
        return work(*arguments, progress=watch.progress)


def _typed(prompt: str) -> str:
    """A line. Raises EOFError at the end of the input, and InputError where it is not text."""
    try:
        return input(prompt if sys.stdin.isatty() else "")
    except UnicodeDecodeError as error:
        raise InputError(f"what was typed is not {error.encoding} text (byte {error.start})") from None


def _agreed(question: str) -> bool:
    """Only a yes is one; the end of the input is a no."""
    output.say(f"{question} y/N")
    with suppress(EOFError):
        return _typed("").strip().lower() in ("y", "yes")
    return False


def _mode(text: str) -> str:
    if text not in MODES:
        raise InputError(f"learning '{plain(text)}' is unknown; it is off, ask or automatic{nearest(text, MODES)}")
    return text


# --- the commands of the conversation ---------------------------------------------------------------------------------


_HELP = """\
/facts           the facts it was told
/forget N        un-learn fact N
/ask N           ask the questions about fact N again
/undo, /redo     take back what was done last, or do it again
/state           where the model is
/learning MODE   off, ask or automatic
/save FILE       save the conversation (JSON)
/help            these lines
/quit            leave; so does Ctrl+D
//...            a message that begins with a slash"""


def converse(talk: Talk) -> None:
    """Lines are messages, and those that begin with a slash are commands, until the user leaves. Raises
    KeyboardInterrupt where that is by Ctrl+C."""
    with suppress(ImportError):  # a line that can be edited, where the system has it
        import readline  # noqa: F401
    _show_state(talk)
    output.say("/help lists the commands; Ctrl+C stops an answer, Ctrl+D leaves")
    with suppress(EOFError):
        while True:
            try:
                line = _typed("> ")
            except KeyboardInterrupt:
                output.say("\nCtrl+C again, Ctrl+D or /quit leaves")
                line = _typed("> ")
            _take(talk, line.strip())


def _take(talk: Talk, line: str) -> None:
    try:
        if line.startswith("/") and not line.startswith("//"):
            name, _, argument = line.partition(" ")
            _command(talk, name, argument.strip())
        elif line:
            talk.say(line.removeprefix("/") if line.startswith("//") else line)
    except HeraError as error:
        output.say(str(error))


def _command(talk: Talk, name: str, argument: str) -> None:
    match name:
        case "/facts":
            show_facts(talk.lab.facts())
        case "/forget":
            talk.note(_heeding(talk.lab.forget, _number(name, argument)), "forgotten")
        case "/ask":
            show_asked(_heeding(talk.lab.ask, _number(name, argument)))
        case "/undo" | "/redo":
            change = talk.engine.undo() if name == "/undo" else talk.engine.redo()
            output.show(f"{name[1:]}: {change.what}; state {change.state_hash[:12]}")
        case "/state":
            _show_state(talk)
        case "/learning":
            talk.learning = _mode(argument) if argument else talk.learning
            output.show(f"learning {talk.learning}")
        case "/save":
            talk.save(Path(argument).expanduser())
        case "/help":
            output.show(_HELP)
        case "/quit":
            raise EOFError
        case _:
            near = nearest(name, re.findall("/[a-z]+", _HELP))
            raise InputError(f"command '{plain(name)}' is unknown{near or '; /help lists them'}")


def _show_state(talk: Talk) -> None:
    facts, turns = len(talk.lab.facts()), talk.lab.log.turns()
    counts = f"turns {turns}, facts {facts}, learning {talk.learning}"
    output.show(f"{talk.engine.model.info.name}, state {talk.engine.state_hash[:12]}: {counts}")


def _number(command: str, argument: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", argument):
        raise InputError(f"{command} takes a fact's number, not '{plain(argument)}'; /facts lists them")
    return int(argument)


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
        asked = [_heeding(lab.ask, number) for number in wanted]
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
        lesson = _heeding(lab.forget, fact)
    output.show_json(asdict(lesson)) if as_json else show_lesson(lesson, "forgotten")
    if lesson.outcome == "rejected":
        raise typer.Exit(1)


@app.command("survey")
def survey(
    session: SessionOption = None, config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False
) -> None:
    """Ask all facts again in the present state, and show how many were still known at every such time."""
    with _lab_on(session, config, overrides, writing=True) as lab:
        found, surveys = _heeding(lab.survey), lab.surveys()
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
