"""An experiment's plots, drawn by matplotlib: as SVG in the colours of a page, or as PNG."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..experiments.outcome import Curve, Plot
from .plots import CSS, LIGHT, SENTINELS, SERIES, svg_of, thinned

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (9.6, 4.2)
DOTS_PER_INCH = 120
MARKERS, DASHES = ("o", "s", "^", "D", "v", "P"), ("-", "--", ":")
LABELLED = 40
"""Single points of a plot up to which each has its label beside it."""


def as_svg(plot: Plot, name: str, colours: Mapping[str, str] = CSS, as_paths: bool = False) -> str:
    """The plot without its title; ``name`` keeps its ids apart from those of others on the page."""
    return svg_of(_drawn(plot, SENTINELS), name, colours, as_paths)


def as_png(plot: Plot) -> bytes:
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    out, figure = io.BytesIO(), _drawn(plot, LIGHT)
    figure.set_facecolor(LIGHT["paper"])
    figure.set_dpi(DOTS_PER_INCH)
    with rc_context({"font.family": "DejaVu Sans"}):
        FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})
    return out.getvalue()


def _drawn(plot: Plot, colours: Mapping[str, str]) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, layout="constrained")
    figure.set_facecolor("none")
    ax = figure.subplots()
    _style(ax, plot, colours)
    for number, curve in enumerate(plot.curves):
        _draw(ax, curve, number, plot, colours)
    for name, value in plot.limits:
        if math.isfinite(value) and (value > 0 or not plot.log_y):
            _limit(ax, name, value, colours)
    if len(plot.curves) > 1:
        figure.legend(loc="outside right upper", fontsize=7.5, frameon=False, labelcolor=colours["text"])
    return figure


def _style(ax: Axes, plot: Plot, colours: Mapping[str, str]) -> None:
    ax.set_facecolor("none")
    ax.set_xscale("log" if plot.log_x else "linear")
    ax.set_yscale("log" if plot.log_y else "linear")
    ax.set_xlabel(_plain(plot.x), color=colours["dim"], fontsize=8.5)
    ax.set_ylabel(_plain(plot.y), color=colours["dim"], fontsize=8.5)
    ax.grid(True, color=colours["line"], linewidth=0.6)
    ax.set_axisbelow(True)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(colours["line"])
    ax.tick_params(which="both", labelsize=7.5, colors=colours["dim"], length=3)


def _draw(ax: Axes, curve: Curve, number: int, plot: Plot, colours: Mapping[str, str]) -> None:
    points = _points(curve, plot)
    look = {"color": SERIES[number % len(SERIES)], "label": _plain(curve.name), "zorder": 3}
    turn = number // len(SERIES)
    if curve.line:
        line = thinned([(x, y) for x, y, _ in points])
        ax.plot([x for x, _ in line], [y for _, y in line], DASHES[turn % len(DASHES)], linewidth=1.5, **look)
        return
    marker = MARKERS[(number + turn) % len(MARKERS)]
    ax.plot([x for x, *_ in points], [y for _, y, _ in points], marker, markersize=4, alpha=0.8, **look)
    if sum(len(one.x) for one in plot.curves if not one.line) > LABELLED:
        return
    for x, y, label in points:
        place = {"xytext": (4, 3), "textcoords": "offset points"}
        ax.annotate(_plain(label), (x, y), fontsize=6.5, color=colours["dim"], **place)


def _points(curve: Curve, plot: Plot) -> list[tuple[float, float, str]]:
    """Those that can be drawn: finite, and above 0 on an axis of logarithms; each with its label."""
    labels = curve.labels or ("",) * len(curve.x)
    found = [point for point in zip(curve.x, curve.y, labels, strict=False) if _finite(point[0]) and _finite(point[1])]
    return [(x, y, label) for x, y, label in found if (x > 0 or not plot.log_x) and (y > 0 or not plot.log_y)]


def _finite(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _limit(ax: Axes, name: str, value: float, colours: Mapping[str, str]) -> None:
    ax.axhline(value, color=colours["rejected"], linewidth=0.9, zorder=2)
    place = {"xytext": (-3, 2), "textcoords": "offset points", "ha": "right", "va": "bottom"}
    words = _plain(f"{name} {value:g}")
    ax.annotate(words, (1, value), xycoords=("axes fraction", "data"), fontsize=7, color=colours["rejected"], **place)


def _plain(words: str) -> str:
    """Words in which nothing is taken for a formula."""
    return words.replace("$", r"\$")
