"""What every section of the configuration is made of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Products = Literal["auto", "model", "bfloat16"]
"""The format in which matrices are multiplied; auto: bfloat16 where the device has units for it."""


class Section(BaseModel):
    """Unknown keys, values that are not finite and later changes are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, allow_inf_nan=False)
