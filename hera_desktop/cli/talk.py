"""A conversation in the terminal: turns, and the commands that begin with a slash."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hera_desktop.engine.errors import Cancelled, HeraError, InputError, nearest
from hera_desktop.engine.facts.chat_file import load_conversation, save_conversation

from . import output
from .chat_lines import plain, show_asked, show_facts, show_lesson, show_parsed

if TYPE_CHECKING:
    from hera_desktop.engine.facts.lab import ChatLab
    from hera_desktop.engine.facts.records import ChatTurn, Lesson, Message
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.model import Sampling

MODES = ("off", "ask", "automatic")


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
                on_text=self._shown(watch),
                progress=watch.progress,
                cancelled=watch.stop_answer,
            )
        self.head = turn.answer.message_id
        if turn.unfinished:
            output.say(f"the turn stands; what was due after it was not finished: {turn.unfinished}")
        if self.learning == "ask" and turn.lesson is None:
            turn = self._asked_first(turn)
        self.turns.append(turn)
        for lesson in (turn.lesson, turn.replayed):
            if lesson is not None:
                self.note(lesson, "replayed" if lesson is turn.replayed else "learned")
        return watch.stopped

    def _shown(self, watch: _Watch) -> Callable[[str], None]:
        return (lambda piece: None) if self.quiet else watch.write

    def again(self) -> None:
        """Another answer beside the last one, drawn with another seed; a greedy one is the same again."""
        last, usual = self._last(), self._sampling or self.lab.sampling()
        sampled = replace(usual, seed=usual.seed + len(self.lab.log.siblings(last.message_id)))
        with _watched() as watch:
            answer = self.lab.regenerate(last.message_id, sampled, self._shown(watch), watch.stop_answer)
        self.head = answer.message_id

    def edit(self, text: str) -> None:
        """Say something else in the place of the last message: a branch of the conversation."""
        if not text:
            raise InputError("/edit takes the text that is to stand in the place of your last message")
        here, before = self.head, self._asked().parent
        self.head = before
        try:
            self.say(text)
        except (HeraError, KeyboardInterrupt):
            if self.head == before:  # nothing was recorded
                self.head = here
            raise

    def compare(self) -> None:
        """The answer to the last message without what the chat has learned, and the answer now."""
        with _watched() as watch:
            base, now = self.lab.compare(
                self._asked().message_id, self._sampling, progress=watch.progress, cancelled=watch.stop_answer
            )
        output.show(f"before it learned: {plain(base)}")
        output.show(f"now: {plain(now)}")

    def load(self, path: Path) -> None:
        """Take a saved conversation into the session, and go on after it; nothing is learned from it."""
        loaded = load_conversation(path)
        self.head = self.lab.log.take_in(loaded)
        output.say(f"{len(loaded)} messages loaded from {path}")

    def moved(self, what: str) -> None:
        """Undo or redo, and what is still known then."""
        change = self.engine.undo() if what == "undo" else self.engine.redo()
        output.show(f"{what}: {change.what}; state {change.state_hash[:12]}")
        found = heeding(self.lab.asked_after_move)
        if found is not None:
            output.show(f"still known: {found.known} of {found.facts} facts")

    def _last(self) -> Message:
        """The last answer; raises InputError before there is one."""
        if self.head is None:
            raise InputError("nothing was said yet")
        return self.lab.log.message(self.head)

    def _asked(self) -> Message:
        """The last message of the user."""
        last = self._last()
        return last if last.role == "user" or last.parent is None else self.lab.log.message(last.parent)

    def _asked_first(self, turn: ChatTurn) -> ChatTurn:
        """Show what would be learned, and learn it where the user agrees."""
        parsed = self.lab.parse(turn.user.text)
        if not parsed.learns:
            return turn
        show_parsed(parsed)
        if not _agreed("learn this?"):
            output.say("not learned")
            return turn
        lesson = heeding(self.lab.learn, turn.user.message_id)
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


def heeding(work: Callable[..., Any], *arguments: Any) -> Any:
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


def mode_of(text: str) -> str:
    if text not in MODES:
        raise InputError(f"learning '{plain(text)}' is unknown; it is off, ask or automatic{nearest(text, MODES)}")
    return text


# --- the commands of the conversation ---------------------------------------------------------------------------------


_HELP = """\
/again           another answer to your last message
/edit TEXT       say TEXT in the place of your last message, in a branch
/compare         the answer to your last message before and after what was learned
/facts           the facts it was told
/forget N        un-learn fact N
/ask N           ask the questions about fact N again
/undo, /redo     take back what was done last, or do it again
/state           where the model is
/learning MODE   off, ask or automatic
/save FILE       save the conversation (JSON)
/load FILE       take a saved conversation in, and go on after it
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
            talk.note(heeding(talk.lab.forget, _number(name, argument)), "forgotten")
        case "/ask":
            show_asked(heeding(talk.lab.ask, _number(name, argument)))
        case "/again":
            talk.again()
        case "/edit":
            talk.edit(argument)
        case "/compare":
            talk.compare()
        case "/undo" | "/redo":
            talk.moved(name[1:])
        case "/state":
            _show_state(talk)
        case "/learning":
            talk.learning = mode_of(argument) if argument else talk.learning
            output.show(f"learning {talk.learning}")
        case "/save":
            talk.save(Path(argument).expanduser())
        case "/load":
            talk.load(Path(argument).expanduser())
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
