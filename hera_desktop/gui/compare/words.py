"""How states and their differences are put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..compare_requests import BASE, NOW
from ..i18n import tr
from ..measures import MEASURES
from ..sentences import short_hash

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import ComparedState, StateComparison

NOTHING = "–"
MOST_PATCHES = 12


def state_name(state: ComparedState) -> str:
    return {BASE: tr("base"), NOW: tr("now")}.get(state.name, state.name)


def patch_count(count: int) -> str:
    if count < 2:
        return tr("1 patch") if count else tr("no patch")
    return tr("{count} patches").format(count=count)


def listed(patches: Sequence[str]) -> str:
    """The patches by name, not more than a line holds."""
    shown = ", ".join(patches[:MOST_PATCHES])
    more = len(patches) - MOST_PATCHES
    return tr("{patches} and {count} more").format(patches=shown, count=more) if more > 0 else shown or NOTHING


def values(found: Sequence[Any]) -> str:
    """The values of one setting; a dash where there are none."""
    return ", ".join(map(_value, found)) or NOTHING


def _value(value: Any) -> str:
    if value is None:
        return tr("not set")
    return f"{value:g}" if isinstance(value, float) else str(value)


def change(value: float, digits: int) -> str:
    """A difference with its sign; what rounds to nothing has none."""
    text = f"{value:+.{digits}f}"
    return text if float(text) else f"{0:.{digits}f}"


def figures(metrics: Mapping[str, float | None]) -> str:
    """The measures over the probes in one line, with their units."""
    short = {"js_divergence": tr("JS"), "ppl_ratio": tr("PPL"), "cosine_drift": tr("drift")}
    shown = [measure for measure in MEASURES if measure.name in metrics]
    return "   ".join(f"{short.get(m.name, tr(m.title))} {m.written(metrics[m.name])}" for m in shown)


def told(found: StateComparison) -> str:
    """What a comparison came to, in one sentence."""
    a, b = (f"{state_name(state)} ({short_hash(state.state_hash)})" for state in (found.a, found.b))
    if found.equal:
        return tr("{a} and {b} are the same state").format(a=a, b=b)
    return tr("Compared {b} with {a}: {figures}").format(a=a, b=b, figures=" ".join(figures(found.metrics).split()))
