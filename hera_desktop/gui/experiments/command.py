"""The command that runs an experiment: the very one that the command line has."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from hera_desktop.engine.experiments.catalogue import Experiment

PROGRAM = (sys.executable, "-m", "hera_desktop")
SHOWN_PROGRAM = "hera-desktop"
PROGRESS = "--progress-json"


@dataclass(frozen=True)
class RunPlan:
    """``options`` stand between the experiment's name and ``--out``; the same plan with the same file goes on where a
    stopped run has ended."""

    experiment: str
    options: tuple[str, ...] = ()

    def arguments(self, out: Path) -> tuple[str, ...]:
        """What the program is given."""
        return ("experiment", self.experiment, *self.options, "--out", str(out))

    def command_line(self, out: Path) -> str:
        """The same for a terminal."""
        words = [SHOWN_PROGRAM, *self.arguments(out)]
        return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def plan(experiment: Experiment, values: Mapping[str, Any], overrides: Sequence[str], quick: bool) -> RunPlan:
    """A run with these settings and ``section.key=value`` strings; a quick one sets its own sizes."""
    left_out = tuple(experiment.quick) if quick else ()
    settings = setting_options(experiment.settings, values, left_out)
    laid_over = tuple(part for override in overrides for part in ("--set", override))
    return RunPlan(experiment.name, (*(("--quick",) if quick else ()), *settings, *laid_over))


def setting_options(
    settings: type[BaseModel], values: Mapping[str, Any], left_out: Collection[str] = ()
) -> tuple[str, ...]:
    """The options of the settings that are not at their default; other names are passed over."""
    found: list[str] = []
    for name, field in settings.model_fields.items():
        value = values.get(name)
        if name in left_out or value is None or plain(value) == plain(field.get_default(call_default_factory=True)):
            continue
        found += _options(f"--{name.replace('_', '-')}", value)
    return tuple(found)


def _options(flag: str, value: Any) -> list[str]:
    if isinstance(value, bool):
        return [flag if value else f"--no-{flag[2:]}"]
    if isinstance(value, (list, tuple)):
        return [part for one in value for part in (flag, str(one))]
    return [flag, str(value)]


def plain(value: Any) -> Any:
    """A value as JSON has it: lists and tuples are the same."""
    return json.loads(json.dumps(value, default=str))


def as_listed(settings: type[BaseModel], name: str, value: Any) -> Any:
    """Words typed without brackets, ``a, b``, are a list where the setting is one."""
    default = settings.model_fields[name].get_default(call_default_factory=True)
    if not isinstance(default, tuple) or isinstance(value, (list, tuple)):
        return value
    return [] if value is None else [part for part in str(value).split(", ") if part.strip()]


def objection(settings: type[BaseModel], name: str, value: Any) -> str:
    """The model's sentence about one value, as ``value: reason``; empty where it can be used."""
    try:
        settings.model_validate({name: as_listed(settings, name, value)})
    except ValidationError as error:
        mine = [one for one in error.errors() if one["loc"][:1] == (name,)]
        if not mine:
            return ""  # it is about how two settings go together; the command says it
        reason = mine[0]["msg"].removeprefix("Value error, ")
        return f"{mine[0]['input']!r}: {reason[0].lower()}{reason[1:]}"
    return ""
