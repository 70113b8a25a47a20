"""Two states of the session side by side, asked of the model thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .requests import Bench, Report, Request

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import StateComparison
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.progress import Progress

BASE, NOW = "base", "now"
"""The engine's own names; its module imports torch, and a test checks that they agree."""
TOKENS = 40
_IMPORT = "from hera_desktop.engine.state_comparison import compare_states"


@dataclass(frozen=True)
class CompareRequest(Request):
    """``a`` and ``b`` are "base", "now" or a patch: the state right after it was committed. ``prompt`` is what both
    continue, ``text`` what the features are read on; empty: the prompt."""

    a: str
    b: str
    prompt: str = ""
    text: str = ""
    tokens: int = TOKENS

    name = "Comparing"
    looks = True

    def run(self, bench: Bench, report: Report) -> StateComparison:
        return compared(bench.need(), self, report.progress)

    def python(self, record: StateComparison) -> str:
        plain = CompareRequest(self.a, self.b)
        words = ("prompt", "text", "tokens")
        given = {word: getattr(self, word) for word in words if getattr(self, word) != getattr(plain, word)}
        arguments = "".join(f", {word}={value!r}" for word, value in given.items())
        return f"{_IMPORT}; compare_states(engine, {self.a!r}, {self.b!r}{arguments})"


def compared(engine: HeraEngine, request: CompareRequest, progress: Progress) -> StateComparison:
    """The engine's comparison; on the model thread."""
    from hera_desktop.engine.state_comparison import compare_states

    return compare_states(engine, request.a, request.b, request.prompt, request.text, request.tokens, progress=progress)
