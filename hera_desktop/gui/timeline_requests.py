"""What the timeline asks of the model thread beside the moves: words on a step, and a patch applied once more."""

from __future__ import annotations

from dataclasses import dataclass

from .i18n import mark
from .records import Evolved
from .requests import Bench, Report, Request
from .steps import tell_step


@dataclass(frozen=True)
class Tagged:
    step: int
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Renamed:
    step: int
    name: str


@dataclass(frozen=True)
class TagRequest(Request):
    """Put these tags on a proposal in the place of those it had."""

    patch_id: str
    tags: tuple[str, ...]

    name = mark("Writing the tags")
    lasting = True

    def run(self, bench: Bench, report: Report) -> Tagged:
        entry = bench.need().tag(self.patch_id, self.tags)
        return Tagged(entry.step, tuple(entry.tags))

    def python(self, record: Tagged) -> str:
        return f"engine.tag({self.patch_id!r}, {list(self.tags)!r})"


@dataclass(frozen=True)
class RenameRequest(Request):
    """Give a proposal a name; an empty one takes it away."""

    patch_id: str
    title: str

    name = mark("Writing the name")
    lasting = True

    def run(self, bench: Bench, report: Report) -> Renamed:
        entry = bench.need().rename(self.patch_id, self.title)
        return Renamed(entry.step, entry.name)

    def python(self, record: Renamed) -> str:
        return f"engine.rename({self.patch_id!r}, {self.title!r})"


@dataclass(frozen=True)
class ReapplyRequest(Request):
    """A patch again, times ``factor``, judged and recorded like a step; then what an EvolveRequest sends."""

    patch_id: str
    factor: float
    tokens: int = 30

    name = mark("Re-applying")

    def run(self, bench: Bench, report: Report) -> Evolved:
        engine = bench.need()
        bench.judged = None  # what waits was measured on a state that is about to pass
        active = engine.info().active
        result = engine.reapply(self.patch_id, self.factor, progress=report.progress)
        return tell_step(bench, report, result, active, self.tokens if result.prompt else 0)

    def python(self, record: Evolved) -> str:
        return f"engine.reapply({self.patch_id!r}, {self.factor!r})"
