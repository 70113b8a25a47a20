"""The settings as rows of a form, read from the configuration's models: kind, range, step, default, description."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MultipleOf
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import InputError

Kind = Literal["bool", "int", "float", "choice", "text", "numbers", "yaml"]


@dataclass(frozen=True)
class Bounds:
    """What a number can be; ``open_low`` and ``open_high`` where the end itself is not allowed. None: no end."""

    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    step: float | None = None

    def text(self) -> str:
        """The range in words; empty without one."""
        parts = []
        if self.low is not None:
            parts.append(f"{'>' if self.open_low else '≥'} {self.low:,.10g}")
        if self.high is not None and self.high < 1e15:
            parts.append(f"{'<' if self.open_high else '≤'} {self.high:,.10g}")
        return ", ".join(parts)


@dataclass(frozen=True)
class FieldSpec:
    """One setting. ``key`` is dotted, ``group`` the sections between its page and itself; ``optional``: null is a
    value, and means as it is by default."""

    key: str
    kind: Kind
    default: Any
    description: str
    optional: bool = False
    choices: tuple[str, ...] = ()
    bounds: Bounds = Bounds()

    @property
    def page(self) -> str:
        return self.key.partition(".")[0]

    @property
    def group(self) -> str:
        return ".".join(self.key.split(".")[1:-1])

    @property
    def name(self) -> str:
        return self.key.rpartition(".")[2]


def field_specs(model: type[BaseModel] = Config, prefix: str = "") -> tuple[FieldSpec, ...]:
    """Every setting of a model and of the sections in it, in the order in which they are declared."""
    found: list[FieldSpec] = []
    for name, field in model.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            found.extend(field_specs(section, f"{prefix}{name}."))
        else:
            found.append(_spec(f"{prefix}{name}", field))
    return tuple(found)


def _spec(key: str, field: FieldInfo) -> FieldSpec:
    kind, optional, choices = _kind(field.annotation)
    default = field.get_default(call_default_factory=True)
    return FieldSpec(key, kind, default, field.description or "", optional, choices, _bounds(field.metadata))


def _kind(annotation: Any) -> tuple[Kind, bool, tuple[str, ...]]:
    """The kind of editor for a type, whether it can be None, and the words of a Literal."""
    parts = get_args(annotation)
    if get_origin(annotation) in (Union, types.UnionType) and type(None) in parts:
        rest = [part for part in parts if part is not type(None)]
        if len(rest) == 1:
            kind, _, choices = _kind(rest[0])
            return kind, True, choices
        return "yaml", True, ()
    if get_origin(annotation) is Literal:
        return "choice", False, tuple(map(str, parts))
    if get_origin(annotation) is tuple and parts == (int, ...):
        return "numbers", False, ()
    plain: dict[Any, Kind] = {bool: "bool", int: "int", float: "float", str: "text"}
    return plain.get(annotation, "yaml"), False, ()


def _bounds(metadata: list[Any]) -> Bounds:
    found: dict[str, Any] = {}
    for limit in metadata:
        if isinstance(limit, Ge):
            found["low"] = limit.ge
        elif isinstance(limit, Gt):
            found.update(low=limit.gt, open_low=True)
        elif isinstance(limit, Le):
            found["high"] = limit.le
        elif isinstance(limit, Lt):
            found.update(high=limit.lt, open_high=True)
        elif isinstance(limit, MultipleOf):
            found["step"] = limit.multiple_of
    return Bounds(**found)


def value_of(config: Config, key: str) -> Any:
    """A setting of a configuration by its dotted key."""
    value: Any = config
    for part in key.split("."):
        value = value[part] if isinstance(value, Mapping) else getattr(value, part)
    return value


def with_values(config: Config, overrides: tuple[str, ...]) -> Config:
    """The configuration with other values; raises InputError with the model's sentence."""
    return load_config(config.model_dump(), overrides, environment={})


def objection(config: Config, key: str, override: str) -> str:
    """The model's sentence about one value, without the key that it stands under; empty where it can be used."""
    try:
        with_values(config, (override,))
    except InputError as error:
        return str(error).removeprefix(f"configuration key '{key}' is ")
    return ""
