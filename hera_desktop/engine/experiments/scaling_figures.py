"""What the scaling experiment has measured so far, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ..errors import InputError
from .scaling_measures import SizeFigures, StrengthStep, WidthFigures


@dataclass(frozen=True)
class Scaling:
    """``measured_on``: the configured model's name and that of the SAE whose features its steps use; ``steps`` is None
    until all strengths are measured; ``skipped``: why a model was."""

    __pydantic_config__ = ConfigDict(ser_json_inf_nan="strings")

    measured_on: tuple[str, str] = ("", "")
    sizes: tuple[SizeFigures, ...] = ()
    widths: tuple[WidthFigures, ...] = ()
    steps: tuple[StrengthStep, ...] | None = None
    skipped: Mapping[str, str] = field(default_factory=dict)

    def has_size(self, name: str) -> bool:
        return any(one.name == name for one in self.sizes)

    def has_width(self, d_sae: int) -> bool:
        return any(one.d_sae == d_sae for one in self.widths)

    def plus(self, **changes: Any) -> Scaling:
        return replace(self, **changes)

    def document(self) -> dict[str, Any]:
        """As JSON has it; what is not finite as a text."""
        return json.loads(_SCALING.dump_json(self))


_SCALING = TypeAdapter(Scaling)


def scaling_of(document: Mapping[str, Any]) -> Scaling:
    """What a document was made of; raises InputError where it is damaged."""
    try:
        return _SCALING.validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"the document of the scaling experiment is damaged: '{where}': {first['msg']}") from None
