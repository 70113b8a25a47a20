"""Where the present state stands against the base, asked of the model thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .i18n import mark
from .requests import Bench, Report, Request

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.standing import Standing


def measure(engine: HeraEngine) -> Standing:
    """The engine's standing; on the model thread."""
    from hera_desktop.engine.standing import measure_standing

    return measure_standing(engine)


@dataclass(frozen=True)
class StandingRequest(Request):
    """Measure the present state, where that is not on record."""

    name = mark("Measuring the present state")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> Standing:
        report.progress(self.name)
        return measure(bench.need())
