"""What the model thread tells the window: frozen records of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from hera_desktop.engine.records import EvolveResult, StateInfo

Side = Literal["before", "after"]
RowState = Literal["active", "reverted", "left", "rejected"]


@dataclass(frozen=True)
class Edge:
    """A line of the graph from one row to the next; ``dim`` where it leads to a patch that was left."""

    lane: int
    next_lane: int
    dim: bool


@dataclass(frozen=True)
class TimelineRow:
    """A proposal, or the base as step 0. ``status`` is what the immune system said, ``state`` what holds now."""

    step: int
    patch_id: str | None
    status: str
    state: RowState
    prompt: str
    metrics: Mapping[str, Mapping[str, float | None]]
    reason: str
    note: str
    time: str
    details: Mapping[str, Any]
    parent: int
    lane: int
    tags: tuple[str, ...] = ()
    name: str = ""

    @property
    def mark(self) -> str:
        """The name of the mark that stands for this row."""
        return self.state if self.state in ("reverted", "left") else self.status

    def value(self, metric: str, scope: str = "step") -> float | None:
        return self.metrics.get(metric, {}).get(scope)


@dataclass(frozen=True)
class TimelineView:
    """Row ``n`` is step ``n``; ``edges[n]`` are the lines between row ``n`` and the next."""

    rows: tuple[TimelineRow, ...]
    edges: tuple[tuple[Edge, ...], ...]
    lanes: int
    current: int

    @property
    def proposals(self) -> tuple[TimelineRow, ...]:
        return self.rows[1:]


@dataclass(frozen=True)
class Snapshot:
    """Everything the panels redraw from."""

    info: StateInfo
    timeline: TimelineView


@dataclass(frozen=True)
class Loading:
    """Which model is being loaded."""

    model: str


@dataclass(frozen=True)
class StepChoices:
    """What a step can be set to: the strategies as (name, title), and the configured values; ``edit_strategies`` and
    ``edit_strategy`` are those of a step with a target."""

    strategies: tuple[tuple[str, str], ...]
    strategy: str
    strength: float
    blocks: tuple[int, ...]
    n_blocks: int
    edit_strategies: tuple[tuple[str, str], ...] = ()
    edit_strategy: str = ""


@dataclass(frozen=True)
class StepSettings:
    """A step's settings as the user gave them; None, or no text, is the configured value. ``blocks`` is as typed;
    ``edit_strategy`` counts where there is a target, the others where there is none."""

    strategy: str | None = None
    strength: float | None = None
    blocks: str = ""
    edit_strategy: str | None = None


@dataclass(frozen=True)
class Target:
    """What a prompt should continue with from now on, and the part of it that it is about; empty: it is found."""

    text: str
    subject: str = ""


@dataclass(frozen=True)
class Step:
    """A step was measured and recorded; its texts are still to come."""

    result: EvolveResult
    snapshot: Snapshot
    before_label: str
    after_label: str


@dataclass(frozen=True)
class TextPiece:
    side: Side
    text: str


@dataclass(frozen=True)
class Evolved:
    """A finished step with the model's continuations; ``complete`` is false where the user stopped them."""

    result: EvolveResult
    before: str
    after: str
    complete: bool


@dataclass(frozen=True)
class Noted:
    step: int


@dataclass(frozen=True)
class JobProgress:
    """``share`` is 0..1, or None where it is not known."""

    number: int
    name: str
    what: str
    share: float | None


@dataclass(frozen=True)
class JobPartial:
    """A record sent before its job has ended."""

    number: int
    record: Any


@dataclass(frozen=True)
class Outcome:
    """How a job ended. ``message`` is the sentence of a failure; ``snapshot`` is the state that stands now."""

    number: int
    name: str
    request: Any
    status: Literal["finished", "failed", "cancelled"]
    record: Any = None
    message: str = ""
    snapshot: Snapshot | None = None
