"""What comes of one forward pass, and the hooks that catch it and end it early."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn


@dataclass(frozen=True, eq=False)
class Pass:
    """The outcome of a forward pass: ``logits (rows, width, d_vocab)`` unless it stopped early, what was captured by
    hook name, ``(rows, width, d)``, and, where it ended before the head, what the head reads."""

    logits: Tensor | None
    captured: Mapping[str, Tensor]
    normed: Tensor | None = None


class Ended(Exception):
    """Ends a forward pass of which the rest is not needed."""


def end(module: nn.Module, args: tuple[Any, ...]) -> None:
    """A forward pre-hook: the pass ends before this module."""
    raise Ended


def return_input(hidden_states: Tensor, *_: Any, **__: Any) -> Tensor:
    """The forward of a block that is left out."""
    return hidden_states


def catch(found: dict[str, Tensor], name: str) -> Callable[[nn.Module, tuple, Tensor], None]:
    """A forward hook that puts what the module gives into ``found``."""

    def hook(_: nn.Module, __: tuple, output: Tensor) -> None:
        found[name] = output

    return hook
