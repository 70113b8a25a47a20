"""What a search varies: configuration keys with a range or a choice of values, read from texts. Without torch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from ..config import Config, load_config
from ..errors import InputError

_RANGE = re.compile(r"(?P<low>.+?)\.\.(?P<high>.+?)(?P<log>:log)?")
DIGITS = 6
"""Significant digits of a value that is drawn from a range: what is written down is what was measured."""


@dataclass(frozen=True)
class Range:
    """A number from ``low`` to ``high``, both included; ``log``: drawn evenly over its logarithm."""

    key: str
    low: float
    high: float
    log: bool
    whole: bool

    def value(self, drawn: float) -> float:
        """A drawn number as it is set."""
        if self.whole:
            return int(drawn)
        return min(max(float(f"{drawn:.{DIGITS}g}"), self.low), self.high)


@dataclass(frozen=True)
class Choice:
    """One of some values, as JSON has them."""

    key: str
    values: tuple[Any, ...]


Dimension = Range | Choice


def read_space(ranges: Iterable[str], choices: Iterable[str], config: Config) -> tuple[Dimension, ...]:
    """The dimensions that ``KEY=LOW..HIGH``, ``KEY=LOW..HIGH:log`` and ``KEY=VALUE,VALUE`` name.

    Raises:
        InputError: one is malformed, its key is unknown or given twice, or a value is none that the key takes; in the
            configuration's own words where it is the one to say so.
    """
    found = (*(_range(text, config) for text in ranges), *(_choice(text, config) for text in choices))
    if not found:
        raise InputError("a search needs at least one range (KEY=LOW..HIGH) or choice (KEY=VALUE,VALUE)")
    keys = [dimension.key for dimension in found]
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(f"'{key}' is searched {keys.count(key)} times; every key is named once")
    return found


def overrides_of(values: Mapping[str, Any]) -> list[str]:
    """Values by key as ``section.key=value``, which ``--set`` takes."""
    return [f"{key}={json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]


def key_of(values: Mapping[str, Any]) -> str:
    """The same text for the same values."""
    return json.dumps(values, sort_keys=True)


def with_values(config: Config, values: Mapping[str, Any]) -> Config:
    """The configuration with values by key; raises InputError where they do not go together."""
    return load_config(config.model_dump(mode="json"), overrides_of(values), environment={})


# --- one dimension ----------------------------------------------------------------------------------------------------


def _range(text: str, config: Config) -> Range:
    key, given = _parted(text, "KEY=LOW..HIGH or KEY=LOW..HIGH:log")
    match = _RANGE.fullmatch(given)
    if match is None:
        raise InputError(f"range '{text}' cannot be read; it takes KEY=LOW..HIGH or KEY=LOW..HIGH:log")
    kinds = _kinds(key)
    if kinds and not {int, float} & kinds:
        raise InputError(f"'{key}' is no number that a range could be drawn from; use a choice: {key}=VALUE,VALUE")
    low, high = (_taken(config, key, match[end]) for end in ("low", "high"))
    if low is None or high is None:
        raise InputError(f"range '{text}' has an end that is no number")
    if low >= high:
        raise InputError(f"range '{text}' is empty; its low end must be below its high end")
    if match["log"] and low <= 0:
        raise InputError(f"range '{text}' begins at {low:g}; with :log it must begin above 0")
    return Range(key, low, high, bool(match["log"]), float not in kinds)


def _choice(text: str, config: Config) -> Choice:
    key, given = _parted(text, "KEY=VALUE,VALUE")
    try:
        values = yaml.safe_load(f"[{given}]")
    except yaml.YAMLError:
        raise InputError(f"choice '{text}' cannot be read; it takes KEY=VALUE,VALUE") from None
    taken = [_taken(config, key, json.dumps(value, ensure_ascii=False)) for value in values]
    distinct = {json.dumps(value): value for value in taken}
    if len(distinct) < 2 or len(distinct) < len(taken):
        raise InputError(f"choice '{text}' must name two values or more, each once")
    return Choice(key, tuple(taken))


def _parted(text: str, form: str) -> tuple[str, str]:
    key, equals, given = (part.strip() for part in text.partition("="))
    if not (key and equals and given):
        raise InputError(f"'{text}' names nothing to search; it takes {form}")
    return key, given


def _taken(config: Config, key: str, text: str) -> Any:
    """What the configuration makes of a value of ``key``, as JSON has it; raises InputError where it takes none such.
    A section is no key."""
    node: Any = load_config(config.model_dump(mode="json"), [f"{key}={text}"], environment={}).model_dump(mode="json")
    for part in key.split("."):
        node = node[part]
    return node


def _kinds(key: str) -> set[Any]:
    """The types that a key takes, of ``int | None`` both; none where it is unknown or a section."""
    kind: Any = Config
    for part in key.split("."):
        if not (isinstance(kind, type) and issubclass(kind, BaseModel) and part in kind.model_fields):
            return set()
        kind = kind.model_fields[part].annotation
    is_section = isinstance(kind, type) and issubclass(kind, BaseModel)
    return set() if is_section else set(get_args(kind) or (kind,))
