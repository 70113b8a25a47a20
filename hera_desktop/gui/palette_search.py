"""Which commands a few letters stand for: the letters in their order, with other letters between them.

Letters at the beginnings of words and letters side by side count for more, so that ``rb`` finds *Roll back*, and the
commands used last come first among equals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WORD_START = 8
FIRST_WORD = 4
SIDE_BY_SIDE = 6
GAP = -1
LONGEST_GAP = 4
RECENT = 5
ELSEWHERE = -12
"""What a match in category or id instead of the title costs."""


@dataclass(frozen=True)
class Command:
    """Something to do. ``why`` says why it is not possible now; ``words`` are further names it is found by."""

    id: str
    title: str
    category: str
    run: Callable[[], object]
    shortcut: str = ""
    enabled: bool = True
    why: str = ""
    words: str = ""


@dataclass(frozen=True)
class Hit:
    """A command with how well it fits, and the places in its title that were matched."""

    command: Command
    score: float
    places: tuple[int, ...] = ()


def match(letters: str, text: str) -> tuple[float, tuple[int, ...]] | None:
    """The best way to find ``letters`` in ``text`` in their order, as (score, places); None where they are not there.

    Blanks among the letters are passed over. ``best[j]`` is the best score that ends with the letter looked at on place
    ``j``: the classic dynamic programme for alignments with a bonus for runs.
    """
    wanted, within = letters.lower().replace(" ", ""), text.lower()
    if not wanted:
        return 0.0, ()
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    for number, letter in enumerate(wanted):
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place in (j for j, other in enumerate(within) if other == letter):
            before = [_step(best[j], j, place) for j in best if j < place] if number else [(0.0, ())]
            if before:
                score, places = max(before)
                found[place] = (score + _worth(within, place), (*places, place))
        best = found
    return max(best.values(), default=None)


def _step(before: tuple[float, tuple[int, ...]], last: int, place: int) -> tuple[float, tuple[int, ...]]:
    score, places = before
    gap = place - last - 1
    return score + (SIDE_BY_SIDE if gap == 0 else GAP * min(gap, LONGEST_GAP)), places


def _worth(text: str, place: int) -> float:
    if place == 0:
        return 1 + WORD_START + FIRST_WORD
    return 1 + (WORD_START if not text[place - 1].isalnum() else 0)


def rank(letters: str, commands: Iterable[Command], recent: Sequence[str] = ()) -> list[Hit]:
    """The commands that fit, best first and those that are not possible now last; without letters all of them, those
    used last (``recent``, newest first) before the rest."""
    order = {command_id: place for place, command_id in enumerate(recent)}
    found = []
    for place, command in enumerate(commands):
        hit = _hit(letters, command)
        if hit is not None:
            used = order.get(command.id, len(order))
            score = hit.score + (RECENT if letters and command.id in order else 0)
            found.append((not command.enabled, -score, used, place, hit))
    return [hit for *_, hit in sorted(found, key=lambda row: row[:4])]


def _hit(letters: str, command: Command) -> Hit | None:
    in_title = match(letters, command.title)
    if in_title is not None:
        return Hit(command, in_title[0] - (len(command.title) / 100 if letters else 0), in_title[1])
    around = _around(letters, command)
    return Hit(command, around + ELSEWHERE) if around is not None else None


def _around(letters: str, command: Command) -> float | None:
    """How well the parts of what was typed fit: each stands in category or further names, or fits the title."""
    total = 0.0
    for part in letters.lower().split():
        if part in command.category.lower() or part in command.words.lower():
            total += WORD_START
        elif (in_title := match(part, command.title)) is not None:
            total += in_title[0]
        else:
            return None
    return total
