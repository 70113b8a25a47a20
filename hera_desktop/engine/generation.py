"""How text is generated, and what listens while it is: the text so far, and whether the user has had enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from transformers import StoppingCriteria


@dataclass(frozen=True)
class Sampling:
    """How text is generated; ``temperature`` 0 is greedy."""

    max_new_tokens: int = 40
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0

    def options(self) -> dict[str, Any]:
        """How transformers' ``generate`` names these."""
        if self.temperature == 0:
            return {"do_sample": False}
        return {"do_sample": True, "temperature": self.temperature, "top_p": self.top_p, "top_k": 0}


@dataclass
class TextStream:
    """Receives token ids from transformers and hands on whole pieces of text."""

    decode: Callable[[Sequence[int]], str]
    on_text: Callable[[str], None]
    ids: list[int] = field(default_factory=list)
    text: str = ""
    _prompt_seen: bool = False

    def put(self, value: Tensor) -> None:
        if not self._prompt_seen:
            self._prompt_seen = True
            return
        self.ids.extend(value.flatten().tolist())
        text = self.decode(self.ids)
        if not text.endswith("\N{REPLACEMENT CHARACTER}"):  # half of a character: wait for the rest
            self._hand_on(text)

    def end(self) -> None:
        self._hand_on(self.decode(self.ids))

    def _hand_on(self, text: str) -> None:
        piece, self.text = text[len(self.text) :], text
        if piece:
            self.on_text(piece)


class CancelCriterion(StoppingCriteria):
    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def __call__(self, input_ids: Tensor, scores: Tensor, **_: Any) -> Tensor:
        return torch.full((input_ids.shape[0],), self._cancelled(), dtype=torch.bool, device=input_ids.device)
