"""Whether a run goes on from what an earlier one measured: only with the same settings. Without torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..config import flatten
from ..errors import InputError


def check_same(settings: Mapping[str, Any], earlier: Mapping[str, Any], changeable: Sequence[str] = ()) -> None:
    """Raises InputError naming the first setting in which an earlier run was another, unless it is ``changeable``; what
    is logged does not matter."""
    mine, theirs = (
        {key: value for key, value in flatten(tree).items() if not key.startswith("config.logging.")}
        for tree in (settings, earlier)
    )
    for key in {**mine, **theirs}:
        if key not in changeable and mine.get(key) != theirs.get(key):
            raise InputError(
                f"the earlier run has {key.removeprefix('config.')} {theirs.get(key)!r} and this one "
                f"{mine.get(key)!r}; a run goes on with the same settings, another one takes another file"
            )
