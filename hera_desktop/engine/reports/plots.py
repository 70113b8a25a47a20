"""A report's plots, drawn by matplotlib as SVG: each metric over the steps with its limits, and the weights' change.

matplotlib is imported when the first plot is drawn. The same session gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..immune.metrics import METRICS
from ..immune.verdict import SCOPES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (9.6, 2.3)
MOST_POINTS = 1500
"""Points of a line; of more, the smallest and largest of every stretch are drawn, so that no peak is lost."""
MOST_MARKS = 200
"""Steps up to which every one has its mark; beyond, only warnings and rejections have."""
SYMBOLS = {"committed": "o", "warning": "^", "rejected": "x"}
TITLES = {"step": "against the state before the step", "cumulative": "against the base"}

PRINT = {
    "text": "#1b1f23",
    "dim": "#5b636b",
    "line": "#d3d7db",
    "paper": "#ffffff",
    "accent": "#1f6feb",
    "committed": "#0b7a75",
    "warning": "#a86400",
    "rejected": "#c0322b",
    "reverted": "#757d86",
    "left": "#757d86",
    "active": "#0b7a75",
    "base": "#1b1f23",
}
"""Colours on paper: the window's light theme."""
SERIES = ("#0b7a75", "#a86400", "#1f6feb", "#8b3fd0", "#c0322b", "#5b636b")

CSS = {name: f"var(--{name})" for name in PRINT}
"""The same as names of a style sheet, so that an inlined drawing follows the reader's light or dark."""

SENTINELS = {name: f"#0101{number:02x}" for number, name in enumerate(PRINT, 1)}
"""Colours that stand for names while matplotlib draws."""

LIGHT = dict(PRINT)
DARK = {
    **PRINT,
    "text": "#e4e7ea",
    "dim": "#9aa3ac",
    "line": "#383d43",
    "paper": "#15171a",
    "accent": "#5a9cf8",
    "committed": "#3cc4b8",
    "warning": "#e8a33d",
    "rejected": "#f2736b",
    "reverted": "#8b949e",
    "left": "#8b949e",
    "active": "#3cc4b8",
    "base": "#e4e7ea",
}


@dataclass(frozen=True)
class Plot:
    """A drawing. ``name`` is fit for a file; ``svg`` has the colours it was asked for."""

    name: str
    title: str
    svg: str


def session_plots(content: Mapping[str, Any], colours: Mapping[str, str] = CSS, as_paths: bool = False) -> list[Plot]:
    """Every plot of a session's report. ``as_paths``: letters are drawn as outlines, for a reader without fonts."""
    rows = content["rows"]
    if not rows:
        return []
    plots = [_metric_plot(name, rows, content["limits"], colours, as_paths) for name in METRICS]
    plots.append(_norm_plot(rows, colours, as_paths))
    if content["layer_norms"]:
        plots.append(_layer_plot(content["layer_norms"], colours, as_paths))
    return plots


def _metric_plot(
    name: str, rows: Sequence[Mapping[str, Any]], limits: Mapping[str, Any], colours: Mapping[str, str], as_paths: bool
) -> Plot:
    metric = METRICS[name]
    figure, axes = _figure(2)
    for ax, scope in zip(axes, SCOPES, strict=True):
        found = [(row["step"], row["status"], row["metrics"].get(name, {}).get(scope)) for row in _measured(rows)]
        found = [(step, status, value) for step, status, value in found if value is not None]
        _style(ax, TITLES[scope])
        ax.set_xlabel("step", color=SENTINELS["dim"], fontsize=8)
        if found:
            _draw_steps(ax, found, 1.0 if scope == "step" else 2.0)
            _draw_limits(ax, limits.get(name, {}).get(scope), [value for *_, value in found], metric.neutral)
    axes[0].set_ylabel(metric.unit, color=SENTINELS["dim"], fontsize=8)
    return Plot(name, metric.title, svg_of(figure, name, colours, as_paths))


def _measured(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "metrics": row["details"].get("metrics", {})} for row in rows]


def _draw_steps(ax: Axes, found: Sequence[tuple[int, str, float]], width: float) -> None:
    kept = [(step, value) for step, status, value in found if status != "rejected"]
    if kept:
        line = thinned(kept)
        ax.plot([s for s, _ in line], [v for _, v in line], color=SENTINELS["committed"], linewidth=width, zorder=3)
    for status, symbol in SYMBOLS.items():
        marked = [(step, value) for step, of, value in found if of == status]
        if status == "committed" and len(found) > MOST_MARKS:
            continue
        marked = thinned(marked)
        ax.plot(
            [s for s, _ in marked],
            [v for _, v in marked],
            symbol,
            color=SENTINELS[status],
            markersize=4 if len(found) <= MOST_MARKS else 3,
            zorder=4,
        )


def thinned(points: Sequence[tuple[int, float]], most: int = MOST_POINTS) -> list[tuple[int, float]]:
    """At most ``most`` points: the smallest and the largest of every stretch, in order."""
    if len(points) <= most:
        return list(points)
    stretch = -(-2 * len(points) // most)
    kept: list[tuple[int, float]] = []
    for start in range(0, len(points), stretch):
        part = points[start : start + stretch]
        kept += sorted({min(part, key=lambda p: p[1]), max(part, key=lambda p: p[1])})
    return kept


def _draw_limits(ax: Axes, bounds: tuple[float, float] | None, values: Sequence[float], neutral: float) -> None:
    """Warning and reject bands; a value far over the limit does not flatten everything under it."""
    if bounds is None:
        return
    warn, limit = bounds
    room = limit - neutral
    low, most = min(neutral, *values), max(values)
    if 0 < most - neutral < 0.05 * room:  # so far below that drawing it would flatten the line: it is written instead
        _write_limit(ax, f"limit {limit:g}, far above", (1, 1))
        return
    high = min(max(limit + 0.15 * room, most), limit + 2 * room)
    span = max(high - low, 1e-9)
    ax.set_ylim(low - 0.03 * span, low + 1.04 * span)
    ax.axhspan(warn, limit, color=SENTINELS["warning"], alpha=0.13, linewidth=0, zorder=0)
    ax.axhspan(limit, ax.get_ylim()[1], color=SENTINELS["rejected"], alpha=0.13, linewidth=0, zorder=0)
    ax.axhline(limit, color=SENTINELS["rejected"], linewidth=0.8, zorder=1)
    _write_limit(ax, f"limit {limit:g}", (1, limit), "data")


def _write_limit(ax: Axes, words: str, at: tuple[float, float], scale: str = "axes fraction") -> None:
    place = {"xytext": (-3, 2), "textcoords": "offset points", "ha": "right", "va": "bottom"}
    ax.annotate(words, at, xycoords=("axes fraction", scale), fontsize=7, color=SENTINELS["rejected"], **place)


def _norm_plot(rows: Sequence[Mapping[str, Any]], colours: Mapping[str, str], as_paths: bool) -> Plot:
    figure, (ax,) = _figure(1)
    found = [(row["step"], row["status"], row["norm"]) for row in rows if row["norm"] is not None]
    _style(ax, "of each proposal's change")
    ax.set_xlabel("step", color=SENTINELS["dim"], fontsize=8)
    ax.set_ylabel("Frobenius norm", color=SENTINELS["dim"], fontsize=8)
    if found:
        _draw_steps(ax, found, 1.0)
    return Plot("norm", "Weight-change norm", svg_of(figure, "norm", colours, as_paths))


def _layer_plot(norms: Mapping[int, float], colours: Mapping[str, str], as_paths: bool) -> Plot:
    figure, (ax,) = _figure(1)
    _style(ax, "of all active patches together, block by block")
    names = [str(layer) for layer in norms]
    ax.bar(names, list(norms.values()), width=min(0.6, 0.12 * len(names)), color=SENTINELS["committed"], zorder=2)
    ax.set_xlim(-0.8, len(names) - 0.2)
    ax.set_xlabel("block", color=SENTINELS["dim"], fontsize=8)
    ax.set_ylabel("Frobenius norm", color=SENTINELS["dim"], fontsize=8)
    return Plot("layers", "Weight-change norm per layer", svg_of(figure, "layers", colours, as_paths))


def overlay_plots(
    sessions: Sequence[Mapping[str, Any]], colours: Mapping[str, str] = CSS, as_paths: bool = False
) -> list[Plot]:
    """Every judged metric of several sessions in one drawing: step and cumulative, a line a session."""
    plots = []
    for name, metric in METRICS.items():
        if not metric.limit:
            continue
        figure, axes = _figure(2)
        for ax, scope in zip(axes, SCOPES, strict=True):
            _style(ax, TITLES[scope])
            ax.set_xlabel("step", color=SENTINELS["dim"], fontsize=8)
            for number, session in enumerate(sessions):
                _overlay(ax, session, number, (name, scope))
        axes[0].set_ylabel(metric.unit, color=SENTINELS["dim"], fontsize=8)
        handles, titles = axes[0].get_legend_handles_labels()
        figure.legend(
            handles, titles, loc="outside right upper", fontsize=7, frameon=False, labelcolor=SENTINELS["text"]
        )
        plots.append(Plot(name, metric.title, svg_of(figure, name, colours, as_paths)))
    return plots


def _overlay(ax: Axes, session: Mapping[str, Any], number: int, key: tuple[str, str]) -> None:
    name, scope = key
    rows = [row for row in _measured(session["rows"]) if row["status"] != "rejected"]
    points = [(row["step"], row["metrics"].get(name, {}).get(scope)) for row in rows]
    line = thinned([(step, value) for step, value in points if value is not None])
    colour = SERIES[number % len(SERIES)]
    dashes = ("-", "--", ":")[number // len(SERIES) % 3]
    title = f"{number + 1}  {session['title']}".replace("$", r"\$")
    ax.plot([s for s, _ in line], [v for _, v in line], dashes, color=colour, linewidth=1.4, label=title, zorder=3)


# --- matplotlib -------------------------------------------------------------------------------------------------------


def _figure(columns: int) -> tuple[Figure, Sequence[Axes]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, layout="constrained")
    figure.patch.set_alpha(0)
    return figure, figure.subplots(1, columns, squeeze=False)[0]


def _style(ax: Axes, title: str) -> None:
    ax.set_title(title, loc="left", fontsize=8.5, color=SENTINELS["text"])
    ax.patch.set_alpha(0)
    ax.grid(True, axis="y", color=SENTINELS["line"], linewidth=0.6)
    ax.set_axisbelow(True)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(SENTINELS["line"])
    ax.tick_params(labelsize=7.5, colors=SENTINELS["dim"], length=3)
    ax.margins(x=0.02)
    ax.xaxis.get_major_locator().set_params(integer=True)


def svg_of(figure: Figure, name: str, colours: Mapping[str, str], as_paths: bool) -> str:
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    settings = {"svg.fonttype": "path" if as_paths else "none", "svg.hashsalt": name, "font.family": "DejaVu Sans"}
    out = io.BytesIO()
    with rc_context(settings):
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _cleaned(out.getvalue().decode(), name, colours)


def _cleaned(svg: str, name: str, colours: Mapping[str, str]) -> str:
    """Without prolog and metadata; every id its own, so that several drawings fit into one page; colours by name."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{name}_', svg)
    svg = re.sub(r'(xlink:href="|href="|url\()#', rf"\1#{name}_", svg)
    svg = re.sub(r"font(-family)?: ?([\d.]+px )?'DejaVu Sans'[^;\"]*", _plain_font, svg)
    for colour, sentinel in SENTINELS.items():
        svg = svg.replace(sentinel, colours[colour])
    return svg.strip()


def _plain_font(found: re.Match[str]) -> str:
    return f"font: {found[2]}system-ui, sans-serif" if found[2] else "font-family: system-ui, sans-serif"
