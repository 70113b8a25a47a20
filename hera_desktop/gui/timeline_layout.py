"""The timeline's graph, grown step by step: a lane for every step, and the lines between the rows.

A chain is a run of commits each made on the one before; a commit on a state that has moved on starts a new chain, in
the first lane that is free between its parent and its last row. Rejected proposals hang beside their parent's lane and
have no line.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from .records import Edge

Left = Callable[[int], bool]


@lru_cache(maxsize=4096)
def _edge(lane: int, next_lane: int, dim: bool) -> Edge:
    """Ten thousand steps have a handful of different lines."""
    return Edge(lane, next_lane, dim)


class TimelineLayout:
    """``lanes[n]`` is the lane of step ``n``, ``edges[n]`` are the lines between row ``n`` and the next."""

    def __init__(self) -> None:
        self.lanes = [0]
        self.edges: list[tuple[Edge, ...]] = [()]
        self.parents = [0]
        self._chains = [[0]]
        self._chain_ending_in = {0: 0}
        self._busy = [0]
        self._stale = False

    @property
    def stale(self) -> bool:
        """An older chain has grown past where a later one starts: the later ones need other lanes."""
        return self._stale

    def add(self, step: int, parent: int, rejected: bool) -> None:
        """The next step; its line is solid until the next ``redraw``."""
        self.parents.append(parent)
        self.edges.append(())
        if rejected:
            self.lanes.append(self.lanes[parent])
            return
        number = self._chain_ending_in.pop(parent, None)
        if number is None:
            number = len(self._chains)
            self._chains.append([])
            lane = self._free_lane(parent)
        else:
            self._stale = self._stale or any(self._start(chain) >= parent for chain in self._chains[number + 1 :])
            lane = self.lanes[parent]
        self._chains[number].append(step)
        self._chain_ending_in[step] = number
        self._busy[lane:] = [step, *self._busy[lane + 1 :]]
        self.lanes.append(lane)
        self._draw(parent, step, False)

    def _start(self, chain: list[int]) -> int:
        """The step a chain was made on top of."""
        return self.parents[chain[0]]

    def _free_lane(self, parent: int) -> int:
        return next((lane for lane, until in enumerate(self._busy) if until <= parent), len(self._busy))

    def settle(self) -> None:
        """Give every chain its lane anew; the lines are as before until the next ``redraw``."""
        self._busy = []
        for chain in self._chains:
            lane = self._free_lane(self._start(chain))
            self._busy[lane:] = [chain[-1], *self._busy[lane + 1 :]]
            for step in chain:
                self.lanes[step] = lane
        on_a_chain = {step for chain in self._chains for step in chain}
        for step in range(len(self.lanes)):
            if step not in on_a_chain:
                self.lanes[step] = self.lanes[self.parents[step]]
        self._stale = False

    def redraw(self, left: Left) -> None:
        """Draw every line anew; those that lead to a patch that was ``left`` are dim."""
        self.edges = [()] * len(self.lanes)
        for chain in self._chains:
            start = [self._start(chain)] if chain[0] else []
            for before, step in pairwise([*start, *chain]):
                self._draw(before, step, left(step))

    def _draw(self, before: int, step: int, dim: bool) -> None:
        edges, lane = self.edges, self.lanes[step]
        edges[before] += (_edge(self.lanes[before], lane, dim),)
        if step - before > 1:
            straight = (_edge(lane, lane, dim),)
            for row in range(before + 1, step):
                edges[row] += straight
