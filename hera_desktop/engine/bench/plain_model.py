"""The yardstick: an ordinary `transformers` model, which reads the same tokens and knows nothing of this program."""

from __future__ import annotations

import torch
from torch import nn

from ..catalogue import resolve_model
from ..config import Config
from ..loading import load_causal_lm
from ..model import LanguageModel
from ..tokens import TokenBatch, single


class PlainModel:
    """A second copy of an engine's model, loaded with the same device and number format."""

    def __init__(self, model: nn.Module, beside: LanguageModel) -> None:
        self._model, self._beside = model, beside

    @classmethod
    def load(cls, config: Config, beside: LanguageModel) -> PlainModel:
        """Raises ModelError or MachineError where it cannot be loaded."""
        return cls(load_causal_lm(resolve_model(config.model.name), beside.device, beside.dtype).model, beside)

    @torch.inference_mode()
    def read(self, batch: TokenBatch) -> None:
        """One forward pass; nothing is kept."""
        mask = batch.mask(self._beside.dtype)
        layout = {} if mask is None else {"attention_mask": mask, "position_ids": batch.positions}
        self._model(input_ids=batch.ids, use_cache=False, **layout)

    def read_text(self, text: str) -> None:
        self.read(single(self._beside.tokenize(text)).to(self._beside.device))
