"""How the judged measures are written: title, unit, fixed digits, and the formula for a tooltip.

The engine's own declarations live in a module that imports torch; a test checks that the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from .i18n import mark, tr


@dataclass(frozen=True)
class Measure:
    """``neutral`` is the value of an unchanged model; ``counts`` is false where ``unit`` names a scale, which is not
    said after a number. Title, column, unit and formula are translated where they are shown."""

    name: str
    title: str
    column: str
    unit: str
    digits: int
    neutral: float
    formula: str
    counts: bool = True

    def written(self, value: float | None) -> str:
        """The value as ``text`` gives it, with its unit."""
        return f"{self.text(value)} {tr(self.unit)}" if self.counts else self.text(value)

    def text(self, value: float | None) -> str:
        """The value with this measure's digits; ``not finite`` where there is none."""
        if value is None:
            return tr("not finite")
        return f"{value:.{self.digits}f}" if abs(value) < 1e6 else f"{value:.2e}"


MEASURES = (
    Measure(
        "js_divergence",
        mark("JS divergence"),
        mark("JS, bits"),
        mark("bits"),
        4,
        0.0,
        mark("JS = H((p+q)/2) - (H(p)+H(q))/2 of the next-token distributions before (p) and after (q), in bits"),
    ),
    Measure(
        "ppl_ratio",
        mark("perplexity ratio"),
        mark("PPL, x"),
        "x",
        3,
        1.0,
        mark("PPL after / PPL before, PPL = exp(mean negative log-likelihood of the text's tokens)"),
    ),
    Measure(
        "cosine_drift",
        mark("cosine drift"),
        mark("drift"),
        "1 - cos",
        4,
        0.0,
        mark("1 - cos of the residual stream after the last block, before and after"),
        counts=False,
    ),
)


def visible(token: str) -> str:
    """A token with its spaces and newlines made visible."""
    return token.replace(" ", "·").replace("\n", "↵").replace("\t", "⇥")
