"""What the user is told about the outcomes of the chat's jobs, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..chat_records import AdapterExported, ConversationLoaded, ConversationSaved
from ..chat_requests import AskFactRequest, ForgetRequest, LearnRequest, SendRequest, SurveyRequest, TellRequest
from ..i18n import mark, tr
from ..messages import Level
from ..sentences import without_level

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import KnownFact, Lesson

    from ..records import Outcome

OUTCOMES = {
    "committed": mark("Learned: {text}"),
    "warning": mark("Learned with a warning: {text}"),
    "softened": mark("Learned in part: {text}"),
    "rejected": mark("Not learned: {text}"),
    "known": mark("Known already: {text}"),
    "nothing": mark("Nothing to learn: {text}"),
}
FORGOTTEN = mark("Forgotten: {text}; Undo brings it back")
FORGOTTEN_STEPS = mark("Forgotten: {text}; {count} steps were taken out, and every Undo brings one of them back")
FORGOTTEN_IN_PART = mark("Forgotten in part: {text} ({reason})")
Said = tuple[str, Level]


def chat_sentences(outcome: Outcome) -> list[Said]:
    """The sentences about a finished job of the chat, each with how serious it is; none where its result speaks for
    itself."""
    request, record = outcome.request, outcome.record
    if isinstance(request, SendRequest):
        return _of_turn(record)
    if isinstance(request, (LearnRequest, TellRequest)):
        return [_of_lesson(record), *_beside(record)]
    if isinstance(request, ForgetRequest):
        return [_of_forgetting(record)]
    if isinstance(request, AskFactRequest):
        return [_of_asking(record)]
    if isinstance(request, SurveyRequest):
        text = tr("Asked all facts: {known} of {facts} are known")
        return [(text.format(known=record.known, facts=record.facts), "info")]
    return _of_file(record)


def _of_turn(turn: Any) -> list[Said]:
    """What was learned from a message; nothing where it was not to be."""
    lesson = turn.lesson
    if lesson is None or lesson.outcome == "nothing":
        return []
    return [_of_lesson(lesson), *_beside(lesson)]


def _of_lesson(lesson: Lesson) -> Said:
    text, reason = lesson.fact.text.strip(), without_level(lesson.reason)
    if reason and lesson.outcome != "committed":
        text = f"{text} ({reason})" if text else reason
    level: Level = "warning" if lesson.outcome in ("warning", "softened", "rejected") else "info"
    return tr(OUTCOMES[lesson.outcome]).format(text=text), level


def _beside(lesson: Lesson) -> list[Said]:
    """What a lesson did to other facts."""
    found: list[Said] = []
    if lesson.contradicts:
        facts = "; ".join(lesson.contradicts)
        found.append((tr("This contradicts what was told before: {facts}").format(facts=facts), "warning"))
    if lesson.evicted:
        facts = "; ".join(lesson.evicted)
        found.append((tr("Left the memory, which is full: {facts}").format(facts=facts), "info"))
    return found


def _of_forgetting(lesson: Lesson) -> Said:
    if not lesson.changed:
        return tr("Not forgotten: {reason}").format(reason=without_level(lesson.reason)), "warning"
    text = lesson.fact.text.strip()
    if lesson.outcome != "committed":
        return tr(FORGOTTEN_IN_PART).format(text=text, reason=without_level(lesson.reason)), "warning"
    if len(lesson.reverted) > 1:
        return tr(FORGOTTEN_STEPS).format(text=text, count=len(lesson.reverted)), "info"
    return tr(FORGOTTEN).format(text=text), "info"


def _of_asking(fact: KnownFact) -> Said:
    right = sum(asked.correct for asked in fact.asked)
    text = tr("Asked again: {right} of {asked} right for “{text}”")
    return text.format(right=right, asked=len(fact.asked), text=fact.text.strip()), "info"


def _of_file(record: Any) -> list[Said]:
    if isinstance(record, ConversationSaved):
        return [(tr("Conversation saved as {path}").format(path=record.path), "info")]
    if isinstance(record, ConversationLoaded):
        return [(tr("Conversation loaded from {path}").format(path=record.path), "info")]
    if isinstance(record, AdapterExported):
        return [(tr("The adapter is exported to {folder}").format(folder=record.folder), "info")]
    return []
