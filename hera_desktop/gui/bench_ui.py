"""How smoothly the window runs: its first frame, a heartbeat while the model is loaded and evolves, and ten thousand
steps in timeline and plots.

Each part runs in a fresh process (``bench_window.py``), so that imports are as cold as when the program is started.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from hera_desktop.engine.errors import MachineError, ModelError
from hera_desktop.engine.places import data_folder
from hera_desktop.engine.progress import Progress

from .bench_window import Task

STARTS = 3
TIMEOUT_S = 1200
KEPT = ("models", "atlases", "sae")
"""What the window finds of the user's; settings and sessions are new."""
FLOORS: dict[str, tuple[float, float | None]] = {
    "loading: p99": (100, 50),
    "loading: longest": (900, 250),
    "evolving: p99": (50, 33),
    "evolving: longest": (200, 100),
}
WINDOW_MS = 1500
REDRAW_MS = 33


@dataclass(frozen=True)
class Figure:
    """``value``, ``floor`` (what must be reached) and ``goal`` are milliseconds; ``longest`` is the longest single
    measurement of ``count``, and ``during`` what went on meanwhile."""

    what: str
    value: float
    floor: float
    goal: float | None
    longest: float
    count: int
    during: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.floor

    @property
    def reaches_goal(self) -> bool:
        return self.value <= (self.goal if self.goal is not None else self.floor)


@dataclass(frozen=True)
class UiFigures:
    """``load`` is the machine's load average over the last minute, before and after; None where it is not known.
    ``gaps``: for each stretch with a heartbeat its longest gaps (milliseconds) and what went on in them."""

    figures: tuple[Figure, ...]
    steps: int
    entries: int
    load: tuple[float | None, float | None]
    gaps: Mapping[str, tuple[tuple[float, str], ...]]

    @property
    def holds(self) -> bool:
        return all(figure.holds for figure in self.figures)

    @property
    def load_text(self) -> str:
        known = [f"{load:.1f}" for load in self.load if load is not None]
        return f"load average of the machine: {' before, '.join(known)} after" if known else "load average not known"

    def rows(self) -> list[list[str]]:
        """As a table: what, measured, floor, goal, longest, count, during the longest."""
        return [
            [f.what, f"{f.value:.1f}", f"{f.floor:g}", _goal(f), f"{f.longest:.1f}", str(f.count), f.during]
            for f in self.figures
        ]

    def as_dict(self) -> dict[str, Any]:
        rows = [{**asdict(f), "holds": f.holds, "reaches_goal": f.reaches_goal} for f in self.figures]
        return {**asdict(self), "figures": rows, "holds": self.holds}


def bench_ui(steps: int, entries: int, progress: Progress) -> UiFigures:
    """Measure all of it; takes a minute or two.

    Raises MachineError or ModelError where a part cannot be measured: the default model is not installed, memory is
    short, the window does not get there.
    """
    before = _load()
    figures: list[Figure] = []
    progress(f"starting the window {STARTS + 1} times", None)
    figures.append(_first_frame([_part(Task("window", "")) for _ in range(STARTS + 1)]))
    progress(f"loading the model and evolving {steps} steps", None)
    beats = _part(Task("model", "", session="bench.hera", steps=steps))
    if beats["evolved"] != steps:
        raise MachineError(f"{beats['evolved']} steps were evolved where {steps} were to be")
    for stretch in ("loading", "evolving"):
        figures += _heartbeat(stretch, beats[stretch])
    progress(f"scrolling and drawing {entries:,} steps", None)
    figures += _redrawing(_part(Task("panels", "", entries=entries)))
    gaps = {name: tuple((gap, during) for gap, during in beats[name]["longest"]) for name in ("loading", "evolving")}
    return UiFigures(tuple(figures), steps, entries, (before, _load()), gaps)


def _goal(figure: Figure) -> str:
    return "-" if figure.goal is None else f"{figure.goal:g}"


# --- what is made of the answers -------------------------------------------------------------------------------------


def _first_frame(answers: list[dict[str, Any]]) -> Figure:
    """The median of all but the first, which warms the files up."""
    found = [answer["first_ms"] for answer in answers[1:]]
    return Figure("first frame of the window", statistics.median(found), WINDOW_MS, None, max(found), len(found))


def _heartbeat(stretch: str, beats: Mapping[str, Any]) -> Iterator[Figure]:
    times, (_, during) = beats["times"], beats["longest"][0]
    for name, value in (("p99", times["p99"]), ("longest", times["worst"])):
        what = f"{stretch}: {name}"
        yield Figure(what, value, *FLOORS[what], times["worst"], times["count"], during)


def _redrawing(times: Mapping[str, Mapping[str, Any]]) -> Iterator[Figure]:
    for what, found in times.items():
        yield Figure(f"{what}, p99", found["p99"], REDRAW_MS, None, found["worst"], found["count"])


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


# --- the processes ---------------------------------------------------------------------------------------------------


def _part(task: Task) -> dict[str, Any]:
    """Do one task in a fresh process, with settings and sessions of its own."""
    if getattr(sys, "frozen", False):
        raise MachineError("`bench ui` starts Python anew for each part, and this program brings no Python; install it")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        _link_models(home)
        result = Path(folder, "result.json")
        session = str(Path(folder, task.session)) if task.session else ""
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "HERA_DATA_HOME": str(home)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # with it every start compiles the program anew
        task = replace(task, result=str(result), session=session, began=time.monotonic())
        command = [sys.executable, "-m", "hera_desktop.gui.bench_window", json.dumps(asdict(task))]
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            raise MachineError(f"the part '{task.part}' was not done within {TIMEOUT_S} s") from None
        return _answer(task.part, result, done.stderr)


def _answer(part: str, result: Path, stderr: str) -> dict[str, Any]:
    if not result.exists():
        said = stderr.strip().splitlines()
        raise MachineError(f"the part '{part}' ended without an answer: {said[-1] if said else 'it said nothing'}")
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if "failed" in found:
        raise ModelError(f"the part '{part}' cannot be measured: {found['failed']}")
    return found


def _link_models(home: Path) -> None:
    """The models that are installed, and nothing else of the user's."""
    home.mkdir()
    for name in KEPT:
        if (there := data_folder() / name).is_dir():
            try:
                (home / name).symlink_to(there, target_is_directory=True)
            except OSError as error:
                raise MachineError(f"{there} cannot be linked to below {home}: {error.strerror or error}") from None
