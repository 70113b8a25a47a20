"""Features to hand on: the table as CSV, and a feature's page as an HTML file that needs neither network nor script."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from hera_desktop import __version__

from ..errors import MachineError
from .naming import NEVER
from .neuronpedia import feature_url
from .records import Example, FeatureOnText, FeaturePage, Histogram, Label
from .store import Atlas

COLUMNS = ("id", "name", "source", "density", "mean", "max", "top positive tokens", "pinned", "note")
_HOTTEST = 0.55
"""How much of the heat's colour lies behind the strongest token: text stays readable on it."""


def write_table(path: Path, atlas: Atlas, labels: Iterable[Label]) -> Path:
    """Write all features as CSV (UTF-8), one a row; a label's name goes before the automatic one.

    Raises:
        MachineError: the file cannot be written.
    """
    known = {label.feature: label for label in labels}
    try:
        with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            table.writerows(_row(atlas, i, known.get(i, Label(i))) for i in range(atlas.info.d_sae))
    except OSError as error:
        raise MachineError(f"table {path} cannot be written: {error.strerror or error}") from None
    return path


def _row(atlas: Atlas, feature: int, label: Label) -> list[object]:
    name, source = _name(atlas.names[feature], label)
    figures = [f"{column[feature]:.6g}" for column in (atlas.density, atlas.mean, atlas.max)]
    raised = " ".join(json.dumps(token, ensure_ascii=False) for token in atlas.raised_tokens(feature))
    return [feature, name, source, *figures, raised, "yes" if label.pinned else "no", label.note]


def _name(auto_name: str, label: Label) -> tuple[str, str]:
    """What the feature is called, and whose name that is."""
    return (label.name, label.source) if label.name else (auto_name, "auto")


def write_page_html(
    path: Path, atlas: Atlas, feature: int, labels: Iterable[Label] = (), extra: Mapping[str, Any] | None = None
) -> Path:
    """Write one feature's page as a self-contained HTML file, light or dark as the reader's system is.

    ``extra`` may hold ``on_text`` (a FeatureOnText: the columns base and edited), ``patches`` (PatchAlong records) and
    ``steering`` (a Steering).

    Raises:
        InputError: there is no such feature.
        MachineError: the file cannot be written.
    """
    page = atlas.page(feature)
    label = next((label for label in labels if label.feature == feature), Label(feature))
    text = _template().render(_content(atlas, page, label, extra or {}))
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise MachineError(f"page {path} cannot be written: {error.strerror or error}") from None
    return path


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("hera_desktop.engine.atlas"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.filters["running"] = lambda token: visible(token, blank=" ")
    return environment.get_template("feature_page.html.j2")


def _content(atlas: Atlas, page: FeaturePage, label: Label, extra: Mapping[str, Any]) -> dict[str, Any]:
    name, source = _name(page.auto_name, label)
    on_text = extra.get("on_text")
    return {
        "page": page,
        "info": atlas.info,
        "name": name,
        "source": source,
        "label": label,
        "never": NEVER,
        "url": feature_url(atlas.info.neuronpedia_id, page.id),
        "bars": _bars(page.histogram),
        "ranges": [(r, [_tokens(e, page.max) for e in r.examples]) for r in page.ranges],
        "near": (
            ("Nearest by direction", "cosine", _others(atlas, page.neighbours)),
            ("Active together", "share of its tokens", _others(atlas, page.coactive)),
        ),
        "columns": _columns(on_text, page.max) if on_text is not None else (),
        "on_text": on_text,
        "patches": extra.get("patches", ()),
        "steering": extra.get("steering"),
        "hottest": _HOTTEST,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": __version__,
    }


def _others(atlas: Atlas, near: Iterable[Any]) -> list[tuple[int, str, float]]:
    return [(other.id, atlas.names[other.id], other.value) for other in near]


def _tokens(example: Example, largest: float) -> list[tuple[str, float, str, bool]]:
    """Each token with its heat (0 to ``_HOTTEST``), its activation in words, and whether it is the peak."""
    pairs = zip(example.tokens, example.activations, strict=True)
    return [(token, _heat(value, largest), f"{value:.2f}", i == example.peak) for i, (token, value) in enumerate(pairs)]


def _columns(on_text: FeatureOnText, largest: float) -> list[tuple[str, list[tuple[str, float, str, bool]]]]:
    """The text as the base and as the edited model reads it, on one scale."""
    largest = max(largest, *on_text.base, *on_text.edited)
    return [
        (
            title,
            [(token, _heat(value, largest), f"{value:.2f}", False) for token, value in zip(tokens, found, strict=True)],
        )
        for title, tokens, found in (
            ("Base", on_text.tokens, on_text.base),
            ("As edited now", on_text.tokens, on_text.edited),
        )
    ]


def _heat(value: float, largest: float) -> float:
    """A faint activation can still be told from none."""
    return round((0.15 + 0.85 * min(1.0, value / largest)) * _HOTTEST, 3) if value > 0 else 0.0


def _bars(histogram: Histogram) -> list[tuple[float, str]]:
    """Height (0 to 100, of the logarithm of the count) and description of each bin."""
    most = math.log1p(max(histogram.counts, default=1))
    ends = zip(histogram.edges, histogram.edges[1:], histogram.counts, strict=False)
    return [(round(100 * math.log1p(n) / max(most, 1e-9), 1), f"{low:.2f} to {high:.2f}: {n}") for low, high, n in ends]


def visible(token: str, blank: str = "·") -> str:
    """A token with its blanks, line breaks and whatever else cannot be printed shown as signs."""
    signs = {" ": blank, "\n": "↵", "\t": "⇥", "\r": "␍", "\x7f": "␡"}
    return "".join(
        signs.get(c) or (c if c.isprintable() else chr(0x2400 + ord(c)) if ord(c) < 32 else "�") for c in token
    )
