"""What the chat asks of the model thread: talking, learning, asking facts again, forgetting, files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .chat_records import (
    AdapterExported,
    AnswersCompared,
    ChatState,
    ChatText,
    ConversationLoaded,
    ConversationSaved,
    Learning,
    ReplySettings,
)
from .i18n import mark
from .requests import Bench, Report, Request

if TYPE_CHECKING:
    from hera_desktop.engine.facts.lab import ChatLab
    from hera_desktop.engine.facts.records import ChatTurn, KnownFact, Lesson, Message, Parsed, Survey
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.model import Sampling

SYSTEM_PROMPT = "facts.reply.system_prompt"


def open_chat(engine: HeraEngine) -> ChatLab:
    """The engine's chat; on the model thread."""
    from hera_desktop.engine.facts.lab import ChatLab

    return ChatLab(engine)


def as_sampling(reply: ReplySettings | None) -> Sampling | None:
    """None: as configured."""
    if reply is None:
        return None
    from hera_desktop.engine.model import Sampling

    return Sampling(reply.max_new_tokens, reply.temperature, reply.top_p, reply.seed)


def take_system_prompt(bench: Bench, reply: ReplySettings | None) -> None:
    """The system prompt is a setting of the session: another one is an event, so undo takes it back."""
    engine = bench.need()
    if reply is None or reply.system_prompt == engine.config.facts.reply.system_prompt:
        return
    from hera_desktop.engine.replay import with_settings

    open_chat(engine).check_system_prompt(reply.system_prompt)  # before anything is kept
    engine.configure(with_settings(engine.config, {SYSTEM_PROMPT: reply.system_prompt}))


def _prepared(bench: Bench, reply: ReplySettings | None = None) -> ChatLab:
    """The chat, for what changes the model: a proposal that waits was measured on a state that is about to pass."""
    bench.judged = None
    take_system_prompt(bench, reply)
    return open_chat(bench.need())


def _call(method: str, *given: object, reply: ReplySettings | None = None, **named: object) -> str:
    """The line of Python that calls the chat; what is None is left out."""
    arguments = [repr(value) for value in given]
    arguments += [f"{name}={value!r}" for name, value in named.items() if value is not None]
    if reply is None:
        return f"ChatLab(engine).{method}({', '.join(arguments)})"
    settings = {SYSTEM_PROMPT: reply.system_prompt}
    before = f"engine.configure(with_settings(engine.config, {settings!r}))"
    return f"{before}; ChatLab(engine).{method}({', '.join([*arguments, _sampling_line(reply)])})"


def _sampling_line(reply: ReplySettings) -> str:
    values = (reply.max_new_tokens, reply.temperature, reply.top_p, reply.seed)
    return f"sampling=Sampling({', '.join(map(repr, values))})"


# --- talking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SendRequest(Request):
    """Say something after the message ``parent`` (None begins a conversation), read the answer, and learn from it.
    ``learning`` and ``reply`` None: as configured. Sends ChatText."""

    text: str
    parent: int | None = None
    learning: Learning | None = None
    reply: ReplySettings | None = None

    name = mark("Talking")

    def run(self, bench: Bench, report: Report) -> ChatTurn:
        return _prepared(bench, self.reply).chat_and_update(
            self.text,
            self.parent,
            learning=self.learning,
            sampling=as_sampling(self.reply),
            on_text=lambda piece: report.partial(ChatText(piece)),
            progress=report.progress,
            cancelled=report.cancelled,
        )

    def python(self, record: ChatTurn) -> str:
        return _call("chat_and_update", self.text, parent=self.parent, learning=self.learning, reply=self.reply)


@dataclass(frozen=True)
class RegenerateRequest(Request):
    """Another answer beside an old one. Sends ChatText."""

    answer_id: int
    reply: ReplySettings | None = None

    name = mark("Answering again")

    def run(self, bench: Bench, report: Report) -> Message:
        return _prepared(bench, self.reply).regenerate(
            self.answer_id,
            as_sampling(self.reply),
            on_text=lambda piece: report.partial(ChatText(piece)),
            cancelled=report.cancelled,
        )

    def python(self, record: Message) -> str:
        return _call("regenerate", self.answer_id, reply=self.reply)


@dataclass(frozen=True)
class CompareAnswersRequest(Request):
    """The answers to a user's message with the adapter off and as it is now; nothing is recorded."""

    message_id: int
    reply: ReplySettings | None = None

    name = mark("Comparing the answers")
    looks = True

    def run(self, bench: Bench, report: Report) -> AnswersCompared:
        from hera_desktop.engine.text_difference import differences

        lab = open_chat(bench.need())
        base, now = lab.compare(
            self.message_id, as_sampling(self.reply), progress=report.progress, cancelled=report.cancelled
        )
        return AnswersCompared(self.message_id, base, now, differences(base, now))

    def python(self, record: AnswersCompared) -> str:
        sampled = "" if self.reply is None else f", {_sampling_line(self.reply)}"
        return f"ChatLab(engine).compare({self.message_id}{sampled})"


@dataclass(frozen=True)
class ReadChatRequest(Request):
    """The conversations, what was learned, and what is known."""

    name = mark("Reading the chat")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> ChatState:
        return chat_state(bench.need())


def chat_state(engine: HeraEngine) -> ChatState:
    lab, settings = open_chat(engine), engine.config.facts
    reply, sampling = settings.reply, lab.sampling()
    return ChatState(
        messages=tuple(lab.log.messages()),
        head=lab.log.latest(),
        facts=lab.facts(),
        surveys=lab.surveys(),
        lessons=lab.lessons(),
        learning=settings.learning,
        reply=ReplySettings(
            reply.system_prompt, sampling.max_new_tokens, sampling.temperature, sampling.top_p, sampling.seed
        ),
        state_hash=engine.info().state_hash,
        measures=lab.measures(),
    )


# --- learning ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ParseRequest(Request):
    """What would be learned from a text; changes nothing."""

    text: str

    name = mark("Reading the message")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> Parsed:
        return open_chat(bench.need()).parse(self.text)

    def python(self, record: Parsed) -> str:
        return _call("parse", self.text)


@dataclass(frozen=True)
class LearnRequest(Request):
    """Learn from a user's message that stands in the conversation."""

    message_id: int

    name = mark("Learning")

    def run(self, bench: Bench, report: Report) -> Lesson:
        return _prepared(bench).learn(self.message_id, progress=report.progress)

    def python(self, record: Lesson) -> str:
        return _call("learn", self.message_id)


@dataclass(frozen=True)
class TellRequest(Request):
    """Learn a sentence outside any conversation."""

    text: str

    name = mark("Learning")

    def run(self, bench: Bench, report: Report) -> Lesson:
        return _prepared(bench).tell(self.text, progress=report.progress)

    def python(self, record: Lesson) -> str:
        return _call("tell", self.text)


# --- facts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskFactRequest(Request):
    """Ask the questions about a fact again."""

    fact_id: int

    name = mark("Asking the fact again")

    def run(self, bench: Bench, report: Report) -> KnownFact:
        return open_chat(bench.need()).ask(self.fact_id, progress=report.progress)

    def python(self, record: KnownFact) -> str:
        return _call("ask", self.fact_id)


@dataclass(frozen=True)
class SurveyRequest(Request):
    """Ask all facts again; the survey is kept in the session."""

    name = mark("Asking all facts again")

    def run(self, bench: Bench, report: Report) -> Survey:
        return open_chat(bench.need()).survey(progress=report.progress)

    def python(self, record: Survey) -> str:
        return _call("survey")


@dataclass(frozen=True)
class ForgetRequest(Request):
    """Un-learn a fact: a judged step on the timeline."""

    fact_id: int

    name = mark("Forgetting")

    def run(self, bench: Bench, report: Report) -> Lesson:
        return _prepared(bench).forget(self.fact_id, progress=report.progress)

    def python(self, record: Lesson) -> str:
        return _call("forget", self.fact_id)


# --- files ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SaveConversationRequest(Request):
    """Write the conversation that ends with the message ``leaf`` to a file; one that is there is replaced."""

    path: str
    leaf: int

    name = mark("Saving the conversation")
    looks = True

    def run(self, bench: Bench, report: Report) -> ConversationSaved:
        from hera_desktop.engine.facts.chat_file import save_conversation

        report.progress("writing the files")
        engine = bench.need()
        messages, info = open_chat(engine).log.path(self.leaf), engine.info()
        told = {"model": info.model.name, "session": Path(info.session).name, "state_hash": info.state_hash}
        save_conversation(self.path, messages, told, overwrite=True)
        return ConversationSaved(self.path, len(messages))

    def python(self, record: ConversationSaved) -> str:
        return f"save_conversation({self.path!r}, ChatLab(engine).log.path({self.leaf}), {{}}, overwrite=True)"


@dataclass(frozen=True)
class LoadConversationRequest(Request):
    """Take the conversation of a file into the session, beside those that are there; nothing is learned from it."""

    path: str

    name = mark("Loading the conversation")

    def run(self, bench: Bench, report: Report) -> ConversationLoaded:
        from hera_desktop.engine.facts.chat_file import load_conversation

        report.progress("reading the file")
        loaded, log = load_conversation(self.path), open_chat(bench.need()).log
        return ConversationLoaded(self.path, len(loaded), log.take_in(loaded))


@dataclass(frozen=True)
class ExportAdapterRequest(Request):
    """Write the adapter to a folder, in PEFT's format."""

    folder: str

    name = mark("Exporting the adapter")
    looks = True

    def run(self, bench: Bench, report: Report) -> AdapterExported:
        report.progress("writing the files")
        return AdapterExported(str(open_chat(bench.need()).export_adapter(Path(self.folder))))

    def python(self, record: AdapterExported) -> str:
        return f"ChatLab(engine).export_adapter(Path({self.folder!r}))"
