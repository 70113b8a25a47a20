"""What the chat's verbs show: lessons, facts, answers, measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from . import output

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import FactInfo, KnownFact, Lesson, Parsed

_VERDICTS = {
    "committed": ("●", "cyan", "{done}"),
    "warning": ("▲", "yellow", "{done}, with a warning"),
    "softened": ("▲", "yellow", "{done} in part ({share:.0%})"),
    "rejected": ("✕", "red", "not {done}"),
    "known": ("○", "dim", "known already"),
    "nothing": ("·", "dim", "nothing {done}"),
}
"""Of each outcome of a lesson: its mark, colour and words; it was learned, replayed or forgotten."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that would steer the terminal."""

_console = Console(highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    """Text without what steers a terminal or cannot be written."""
    return _CONTROL.sub("\ufffd", text).encode("utf-8", "replace").decode()


def show_lesson(lesson: Lesson, done: str) -> None:
    """What was learned in a line; below it the reason where it is not all well, and what it did beside its fact."""
    mark, colour, words = _VERDICTS[lesson.outcome]
    verdict = words.format(done=done, share=lesson.share)
    recalled = f"  recalled {_recall(lesson)}" if lesson.asked else ""
    line = f"{verdict}: {_words(lesson.fact)}{recalled}  {lesson.seconds:.1f} s"
    _console.print(f"[{colour}]{mark}[/] {escape(plain(line))}")
    further = [lesson.reason] if lesson.outcome in ("warning", "softened", "rejected") else []
    further += [f"contradicts: {text}" for text in lesson.contradicts]
    further += [f"forgotten to make room: {text}" for text in lesson.evicted]
    further += _beside(lesson)
    for text in further:
        output.show(f"  {plain(text)}")


def _beside(lesson: Lesson) -> list[str]:
    """What is left of earlier patches of other kinds (JS divergence now / at their commit), and what was replayed."""
    found = []
    if lesson.survival:
        shares = ", ".join(f"{patch_id} {share:.2f}" for patch_id, share in lesson.survival.items())
        found.append(f"survival of earlier patches: {shares}")
    if lesson.replayed:
        count = len(lesson.replayed)
        found.append(f"replayed: {count} fact{'s' if count > 1 else ''}")
    return found


def _words(fact: FactInfo | KnownFact) -> str:
    return f"{fact.subject} ({fact.relation}): {fact.object}" if fact.subject and fact.object else fact.text


def _recall(found: Lesson | KnownFact) -> str:
    return f"{sum(a.correct for a in found.asked)} of {len(found.asked)}" if found.asked else "-"


def show_parsed(parsed: Parsed) -> None:
    """On standard error: it is part of a question, not of the result."""
    fact = parsed.fact
    shown = ((token.text.replace(" ", "·").replace("\n", "↵"), token.weight) for token in parsed.tokens)
    lines = [f"{_words(fact)}  (confidence {fact.confidence:.2f}, pattern {fact.pattern or '-'})"]
    lines += ["weights: " + "  ".join(f"{text} {weight:g}" for text, weight in shown)]
    lines += [f"contradicts fact {known.fact_id}: {known.text}" for known in parsed.contradicts]
    for line in [*lines, parsed.note] if parsed.note else lines:
        output.say(plain(line))


def show_facts(facts: Sequence[KnownFact]) -> None:
    if not facts:
        output.show("no facts yet")
        return
    rows = [
        [str(f.fact_id), plain(f.text), str(f.count), str(f.last_seen), f"{f.importance:.2f}", _recall(f), _rivals(f)]
        for f in facts
    ]
    columns = ["fact", "text", "told", "last turn", "importance", "recalled", "contradicts"]
    output.show_table("", columns, rows, right=(0, 2, 3, 4))


def _rivals(fact: KnownFact) -> str:
    return ", ".join(map(str, fact.contradicts)) or "-"


def show_asked(fact: KnownFact) -> None:
    title = " ".join(f"fact {fact.fact_id}: {fact.text} ({_recall(fact)})".split())
    rows = [["✕●"[a.correct], plain(a.question), plain(a.answer), "yes" if a.trained else "no"] for a in fact.asked]
    output.show_table(escape(plain(title)), ["right", "question", "answer", "form trained"], rows)


def show_measures(measures: Mapping[str, float | None]) -> None:
    """A dash for what was not measured, or too seldom."""
    rows = [[name.replace("_", " "), "-" if value is None else f"{value:.4g}"] for name, value in measures.items()]
    output.show_table("", ["measure", "value"], rows, right=(1,))
