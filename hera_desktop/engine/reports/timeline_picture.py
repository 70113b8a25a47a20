"""The timeline as a drawing: lanes, lines and the window's marks, as SVG that needs nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..ledger import Entry
from ..timeline import Event, Timeline
from ..trace import in_order

PITCH, LANE, EDGE, RADIUS = 20, 22, 16, 5
BAND = 45
"""Steps in one band of the drawing; a longer session goes on in the next."""
SHOWN = 450
"""Steps drawn at most, the last ones: a picture of ten thousand shows nothing that the table does not say better."""
MOST_LANES = 12


@dataclass(frozen=True)
class Link:
    """A line between two steps; ``dim`` where it leads to a patch on a line that was left."""

    start: int
    end: int
    dim: bool


@dataclass(frozen=True)
class Picture:
    """Where every step lies, the base being step 0. ``states``: active, reverted, left or rejected; ``parents``: the
    step each was made on top of; ``current``: the step whose state stands now."""

    steps: int
    states: Mapping[int, str]
    statuses: Mapping[int, str]
    parents: Mapping[int, int]
    lanes: Mapping[int, int]
    links: tuple[Link, ...]
    current: int

    def mark(self, step: int) -> str:
        """The mark's name, as in the window."""
        state = self.states.get(step, "base")
        return state if state in ("reverted", "left", "base") else self.statuses[step]


def lay_out(entries: Sequence[Entry], events: Iterable[Event], timeline: Timeline) -> Picture:
    """A lane for every step: a chain of commits keeps its lane, a branch takes the first that is free from its parent
    to its last step."""
    active = timeline.current.active
    members = frozenset(active)
    states = {e.step: _state(timeline, e, members) for e in entries}
    parents = _parents(entries, events)
    chains = _chains([e.step for e in entries if states[e.step] != "rejected"], parents)
    lanes, busy = {0: 0}, []  # type: dict[int, int], list[int]
    links: list[Link] = []
    for chain in chains:
        parent = parents[chain[0]] if chain[0] else 0
        lane = next((n for n, until in enumerate(busy) if until <= parent), len(busy))
        busy[lane:] = [chain[-1], *busy[lane + 1 :]]
        lanes.update(dict.fromkeys(chain, lane))
        steps = [parent, *chain] if chain[0] else chain
        links += [Link(start, end, states[end] == "left") for start, end in pairwise(steps)]
    for entry in entries:
        lanes.setdefault(entry.step, lanes[parents[entry.step]])
    step_of = {e.patch_id: e.step for e in entries}
    current = step_of[active[-1]] if active else 0
    statuses = {e.step: e.status for e in entries}
    return Picture(len(entries), states, statuses, parents, lanes, tuple(links), current)


def _state(timeline: Timeline, entry: Entry, active: frozenset[str]) -> str:
    if entry.status == "rejected" or entry.patch_id is None:
        return "rejected"
    return timeline.status(entry.patch_id, active)


def _parents(entries: Sequence[Entry], events: Iterable[Event]) -> dict[int, int]:
    step_of = {e.patch_id: e.step for e in entries if e.patch_id}
    replay, parents, tip = Timeline(), {}, 0
    for item in in_order(entries, list(events)):
        if isinstance(item, Event):
            active = replay.apply(item.kind, item.patch_id, item.payload).active
            tip = step_of[active[-1]] if active else 0
            continue
        parents[item.step] = tip
        if item.status != "rejected":
            replay.apply("commit", item.patch_id)
            tip = item.step
    return parents


def _chains(steps: Iterable[int], parents: Mapping[int, int]) -> list[list[int]]:
    """Runs of commits, each made on the one before."""
    chain_ending_in = {0: [0]}
    chains = [chain_ending_in[0]]
    for step in steps:
        chain = chain_ending_in.pop(parents[step], None)
        if chain is None:
            chains.append(chain := [])
        chain.append(step)
        chain_ending_in[step] = chain
    return chains


# --- drawing ----------------------------------------------------------------------------------------------------------


def bands(picture: Picture, colours: Mapping[str, str]) -> list[str]:
    """The drawing, one SVG for every ``BAND`` steps of the last ``SHOWN``. ``colours``: by mark, and text, line, paper,
    accent."""
    first = max(0, picture.steps - SHOWN + 1)
    starts = range(first, picture.steps + 1, BAND)
    return [_band(picture, start, min(start + BAND, picture.steps + 1), colours) for start in starts]


def _band(picture: Picture, start: int, end: int, colours: Mapping[str, str]) -> str:
    rows = 1 + max(_lane(picture, step) for step in range(start, end))
    crossing = [link for link in picture.links if link.start < end and link.end >= start]
    rows = max([rows, *(1 + _lane(picture, link.end) for link in crossing)])
    width, height = 2 * EDGE + PITCH * BAND, 2 * EDGE + LANE * rows
    parts = [_line(picture, link, start, colours) for link in crossing]
    for step in range(start, end):
        parts += _step(picture, step, start, colours)
    parts += _numbers(start, end, height, colours)
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _lane(picture: Picture, step: int) -> int:
    return min(picture.lanes[step], MOST_LANES - 1)


def _x(step: float, start: int) -> float:
    return EDGE + PITCH * (step - start + 0.5)


def _y(lane: float) -> float:
    return EDGE + LANE * (lane + 0.3)


def _line(picture: Picture, link: Link, start: int, colours: Mapping[str, str]) -> str:
    """Along the lane of the later step, bending off the earlier one; a band's border cuts it."""
    colour = colours["reverted" if link.dim else "committed"]
    style = f'fill="none" stroke="{colour}" stroke-width="{1 if link.dim else 2}"'
    style += ' stroke-dasharray="2 3"' if link.dim else ""
    y0, y1 = _y(_lane(picture, link.start)), _y(_lane(picture, link.end))
    left, right = _x(start - 0.5, start), _x(start + BAND - 0.5, start)
    x0, bend, x1 = _x(link.start, start), _x(link.start + 1, start), min(_x(link.end, start), right)
    if x0 < left:
        path = f"M{left:g} {y1:g}H{x1:g}"
    elif y0 == y1:
        path = f"M{x0:g} {y0:g}H{x1:g}"
    else:
        middle = (x0 + bend) / 2
        path = f"M{x0:g} {y0:g}C{middle:g} {y0:g} {middle:g} {y1:g} {bend:g} {y1:g}"
        path += f"H{x1:g}" if x1 > bend else ""
    return f'<path d="{path}" {style}/>'


def _step(picture: Picture, step: int, start: int, colours: Mapping[str, str]) -> Iterator[str]:
    x, y, mark = _x(step, start), _y(_lane(picture, step)), picture.mark(step)
    if mark == "rejected":  # it hangs beside its lane: the state never went through it
        yield f'<path d="M{x:g} {y + 2:g}V{y + 8:g}" stroke="{colours["line"]}" fill="none"/>'
        y += 9
    if step == picture.current:
        ring = f'fill="{colours["paper"]}" stroke="{colours["accent"]}" stroke-width="1.5"'
        yield f'<circle cx="{x:g}" cy="{y:g}" r="9" {ring}/>'
    yield mark_shape(mark, x, y, colours)


def mark_shape(mark: str, x: float, y: float, colours: Mapping[str, str], r: float = RADIUS) -> str:
    """The window's mark (gui/marks.py) as an SVG shape."""
    colour = colours.get(mark, colours["reverted"])
    if mark == "warning":
        return f'<path d="M{x:g} {y - r:g}L{x + r:g} {y + r * 0.8:g}H{x - r:g}Z" fill="{colour}"/>'
    if mark == "rejected":
        a = r - 1
        cross = f"M{x - a:g} {y - a:g}L{x + a:g} {y + a:g}M{x - a:g} {y + a:g}L{x + a:g} {y - a:g}"
        return f'<path d="{cross}" stroke="{colour}" stroke-width="2.2" stroke-linecap="round" fill="none"/>'
    if mark == "base":
        a = r - 1
        return f'<rect x="{x - a:g}" y="{y - a:g}" width="{2 * a:g}" height="{2 * a:g}" fill="{colours["text"]}"/>'
    hollow = mark in ("reverted", "left")
    fill = colours["paper"] if hollow else colour
    radius = r - 2 if mark == "left" else r - 0.5
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="{colour}" stroke-width="1.8"/>'


def _numbers(start: int, end: int, height: float, colours: Mapping[str, str]) -> Iterator[str]:
    for step in range(start, end):
        if step % 5 == 0:
            at = f'x="{_x(step, start):g}" y="{height - 4:g}" text-anchor="middle" font-size="10"'
            yield f'<text {at} font-family="sans-serif" fill="{colours["text"]}">{step or "base"}</text>'
