"""Another configuration for the running session, asked of the model thread."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hera_desktop.engine.config import Config, flatten, load_config

from .i18n import mark
from .requests import Bench, Report, Request
from .snapshots import step_choices

RELOADS = ("model.name", "model.dtype", "sae.release", "sae.id", "sae.path", "experiment.device")
"""What these keys name is read when the model is loaded; ``engine.configure`` refuses a change of them. The engine's
own list lives in a module that imports torch; a test checks that the two agree."""


@dataclass(frozen=True)
class Configured:
    """What was changed, by dotted key, with the values that hold now; empty where the session was set so already."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class ConfigureRequest(Request):
    """Change settings of the running session; ``overrides`` as ``--set`` takes them: ``section.key=value``. It is an
    event of the session, so undo takes it back."""

    overrides: tuple[str, ...]

    name = mark("Changing the settings")

    def run(self, bench: Bench, report: Report) -> Configured:
        report.progress(self.name)
        engine = bench.need()
        before = engine.config
        engine.configure(load_config(before.model_dump(), self.overrides, environment={}))
        bench.judged = None  # what waits was judged by the settings before
        report.partial(step_choices(engine))
        return Configured(differing(before, engine.config))

    def python(self, record: Configured) -> str:
        return f"engine.configure(with_settings(engine.config, {dict(record.values)!r}))" if record.values else ""


@dataclass(frozen=True)
class ReadConfigRequest(Request):
    """The configuration that the session has now."""

    name = mark("Reading the settings")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> Config:
        return bench.need().config


def differing(before: Config, after: Config) -> dict[str, Any]:
    """The settings in which two configurations differ, by dotted key, with the values of ``after``."""
    left, right = flatten(before.model_dump()), flatten(after.model_dump())
    return {key: value for key, value in right.items() if key not in left or left[key] != value}


def as_overrides(values: Mapping[str, Any]) -> tuple[str, ...]:
    """``{"evolution.max_rank": 2}`` -> ``("evolution.max_rank=2",)``; the values are JSON, which YAML reads."""
    return tuple(f"{key}={json.dumps(value, ensure_ascii=False)}" for key, value in values.items())


def reloads(keys: Iterable[str]) -> bool:
    """Whether a change of these keys needs the model to be loaded again."""
    return any(key in RELOADS for key in keys)
