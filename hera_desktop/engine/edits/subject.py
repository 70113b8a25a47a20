"""What a prompt is about: the span whose corruption changes the prediction most."""

from __future__ import annotations

import re

import torch
from torch import Tensor

from ..errors import InputError
from ..model import LanguageModel
from .request import Texts

NOISE = 3.0
"""Standard deviations of the token embeddings that are added to a span (causal tracing, Meng et al. 2022)."""
LONGEST = 5
"""Words of a candidate that is no name."""


def find_subject(model: LanguageModel, prompt: str) -> str:
    """The part of the prompt that the prediction of the next token hangs on most: of its names (runs of capitalised
    words) where it has any, else of its spans of at most five words, counted a word.

    Raises:
        InputError: the prompt has no word.
    """
    spans = _names(prompt) or _spans(prompt)
    if not spans:
        raise InputError(f"the prompt {prompt!r} has no word that it could be about")
    if len(spans) == 1:
        return prompt[slice(*spans[0])]
    changes = _changes(model, prompt, spans)
    words = [len(prompt[begin:end].split()) for begin, end in spans]
    by_word = not _names(prompt)
    scores = [change / (count if by_word else 1) for change, count in zip(changes, words, strict=True)]
    best = max(range(len(spans)), key=lambda at: (scores[at], words[at]))
    return prompt[slice(*spans[best])]


def _names(prompt: str) -> list[tuple[int, int]]:
    """Runs of capitalised words and numbers; the first word of the prompt begins one only where the next goes on."""
    word = r"(?:[A-Z0-9][\w'’.&-]*)"
    runs = [m.span() for m in re.finditer(rf"{word}(?:\s+(?:of|the|de|la|von|van|and)\s+{word}|\s+{word})*", prompt)]
    trimmed = [(begin, begin + len(prompt[begin:end].rstrip(".,;:'"))) for begin, end in runs]
    if len(trimmed) > 1 and trimmed[0][0] == 0 and " " not in prompt[slice(*trimmed[0])]:
        trimmed = trimmed[1:]
    found = []
    for begin, end in trimmed:
        possessive = re.search(r"['’]s$", prompt[begin:end])
        found.append((begin, end - 2 if possessive else end))
    opening = ("The", "A", "An", "In", "What", "Who", "Where", "Which", "When", "How")
    return [span for span in found if prompt[slice(*span)] not in opening]


def _spans(prompt: str) -> list[tuple[int, int]]:
    words = [m.span() for m in re.finditer(r"[\w'’-]+", prompt)]
    return [
        (words[first][0], words[last][1])
        for first in range(len(words))
        for last in range(first, min(first + LONGEST, len(words)))
    ]


@torch.no_grad()
def _changes(model: LanguageModel, prompt: str, spans: list[tuple[int, int]]) -> list[float]:
    """For every span the divergence (nats) that noise on its embeddings makes in the prediction of the next token."""
    ids, places = Texts(model).spans(prompt)
    rows = torch.tensor([ids] * (len(spans) + 1), device=model.device)
    table = model.hf.get_input_embeddings()
    size = NOISE * table.weight.float().std().item()
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(len(ids), table.weight.shape[1], generator=generator) * size
    mask = torch.zeros(len(spans) + 1, len(ids), 1)
    for row, (begin, end) in enumerate(spans, 1):
        for at, (first, last) in enumerate(places):
            mask[row, at] = float(first < end and last > begin)

    def corrupt(_: object, __: object, written: Tensor) -> Tensor:
        return written + (mask * noise).to(written)

    handle = table.register_forward_hook(corrupt)
    try:
        logs = model.hf(rows).logits[:, -1].float().log_softmax(-1)
    finally:
        handle.remove()
    clean = logs[0]
    return (clean.exp() * (clean - logs[1:])).sum(-1).tolist()
