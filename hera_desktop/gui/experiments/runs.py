"""Earlier runs: a file each in the user's data folder, and beside it the options that it was run with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.catalogue import EXPERIMENTS
from hera_desktop.engine.experiments.outcome import Outcome, outcome_of
from hera_desktop.engine.places import data_folder

from ..i18n import mark, tr
from .command import RunPlan, setting_options

SUFFIX, PLAN_SUFFIX = ".json", ".run"
REMOVED = "removed"
State = Literal["finished", "stopped", "empty"]
UNREADABLE = mark("{file} cannot be read: {reason}")


@dataclass(frozen=True)
class Run:
    """``state``: finished, stopped before its end, or empty where nothing was measured yet. ``settings`` are the
    experiment's own."""

    path: Path
    experiment: str
    when: datetime
    state: State
    settings: Mapping[str, Any]
    plan: RunPlan


def read_outcome(path: Path) -> Outcome:
    """The outcome in a file; raises InputError where there is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(tr(UNREADABLE).format(file=path, reason=str(error).splitlines()[0])) from None
    return outcome_of(document)


class RunFolder:
    """The runs in a folder, the user's own unless another is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder
        self._read: dict[Path, tuple[tuple[int, int], Run]] = {}

    @property
    def path(self) -> Path:
        return self._given or data_folder() / "experiments"

    def runs(self, experiment: str) -> tuple[Run, ...]:
        """The newest first."""
        return tuple(run for run in self.all() if run.experiment == experiment)

    def all(self) -> tuple[Run, ...]:
        """Every run, the newest first; files that are no outcome are passed over."""
        paths = {path.with_suffix(SUFFIX) for suffix in (SUFFIX, PLAN_SUFFIX) for path in self.path.glob(f"*{suffix}")}
        found = [run for path in paths if (run := self.run(path)) is not None]
        return tuple(sorted(found, key=lambda run: (run.when, run.path.name), reverse=True))

    def run(self, path: Path) -> Run | None:
        """What is known of one file; a file that is as it was is not read again."""
        signature = _signature(path)
        if path in self._read and self._read[path][0] == signature:
            return self._read[path][1]
        made = _run(path)
        if made is not None:
            self._read[path] = (signature, made)
        return made

    def begin(self, plan: RunPlan) -> Path:
        """A file for a new run; its options are kept beside it at once, so that it can be taken up again."""
        self.path.mkdir(parents=True, exist_ok=True)
        path = self._free(f"{plan.experiment}-{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}")
        path.with_suffix(PLAN_SUFFIX).write_text(json.dumps(list(plan.options)), encoding="utf-8")
        return path

    def import_file(self, source: Path) -> Path:
        """Copy an outcome into the folder; raises InputError where the file holds none."""
        outcome = read_outcome(source)
        self.path.mkdir(parents=True, exist_ok=True)
        name = source.stem if source.stem.startswith(outcome.experiment) else f"{outcome.experiment}-{source.stem}"
        return Path(shutil.copy2(source, self._free(f"{name}{SUFFIX}")))

    def remove(self, path: Path) -> Path:
        """Put a run with its options into the folder of removed ones; returns where it lies now."""
        bin_ = self.path / REMOVED
        bin_.mkdir(parents=True, exist_ok=True)
        target = _free_in(bin_, path.name)
        for suffix in (SUFFIX, PLAN_SUFFIX):
            if path.with_suffix(suffix).exists():
                shutil.move(path.with_suffix(suffix), target.with_suffix(suffix))
        return target

    def _free(self, name: str) -> Path:
        return _free_in(self.path, name)


def _free_in(folder: Path, name: str) -> Path:
    """A path that no run has taken."""
    first = path = folder / name
    number = 1
    while path.exists() or path.with_suffix(PLAN_SUFFIX).exists():
        number += 1
        path = first.with_stem(f"{first.stem}-{number}")
    return path


def _signature(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _run(path: Path) -> Run | None:
    options = _options(path)
    if not path.exists():
        experiment = next((name for name in EXPERIMENTS if path.name.startswith(f"{name}-")), "")
        return Run(
            path, experiment, _when(path.with_suffix(PLAN_SUFFIX)), "empty", {}, RunPlan(experiment, options or ())
        )
    try:
        outcome = read_outcome(path)
    except InputError:
        return None
    settings = {name: value for name, value in outcome.settings.items() if name != "config"}
    if options is None:
        known = EXPERIMENTS.get(outcome.experiment)
        options = setting_options(known.settings, settings) if known else ()
    state: State = "finished" if outcome.finished else "stopped"
    return Run(path, outcome.experiment, _when(path), state, settings, RunPlan(outcome.experiment, options))


def _options(path: Path) -> tuple[str, ...] | None:
    """The options kept beside a run; None where there are none, as with a run of the command line's."""
    try:
        kept = json.loads(path.with_suffix(PLAN_SUFFIX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return tuple(map(str, kept)) if isinstance(kept, list) else None


def _when(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return datetime.now()
