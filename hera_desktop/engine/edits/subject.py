"""What a prompt is about: the span whose corruption changes the prediction most."""

from __future__ import annotations

import re
from collections.abc import Sequence

import torch
from torch import Tensor

from ..errors import InputError
from ..facts.entities import FUNCTION_WORDS
from ..model import LanguageModel
from ..passes import ROWS_AT_ONCE
from ..progress import Progress, unwatched
from .request import Texts

NOISE = 3.0
"""Standard deviations of the token embeddings that are added to a span (causal tracing, Meng et al. 2022)."""
LONGEST = 5
"""Words of a candidate that is no name."""
FIRST_WORD = 12.0
"""How much a sentence's first word counts beside spans that are no names: it is mostly what the sentence is about, and
noise near the end of a prompt changes the next token whatever the prompt is about. On the default model noise on the
last noun changed it 1.4 to 11 times as much as on the first word of "Messi was born in", "Water boils at a temperature
of", "Shakespeare wrote the play", "Gold has the chemical symbol" and others."""

Span = tuple[int, int]


def find_subject(model: LanguageModel, prompt: str, progress: Progress = unwatched) -> str:
    """The part of the prompt that the prediction of the next token hangs on most: of its names (runs of capitalised
    words) where it has any. A lone first word of a sentence is capitalised whether it is a name or not: beside other
    names it is a candidate like them; where there is no other, spans of at most five words are candidates as well, and
    all count by the word.

    Raises:
        InputError: the prompt has no word.
        Cancelled: ``progress`` said so.
    """
    names = _names(prompt)
    certain = any(not _is_first_word(prompt, name) for name in names)
    spans = names if certain else list(dict.fromkeys([*names, *_spans(prompt)]))
    if not spans:
        raise InputError(f"the prompt {prompt!r} has no word that it could be about")
    if len(spans) == 1:
        return prompt[slice(*spans[0])]
    changes = _changes(model, prompt, spans, progress)
    words = [len(prompt[begin:end].split()) for begin, end in spans]
    scores = changes if certain else _by_word(changes, words, [span in names for span in spans])
    best = max(range(len(spans)), key=lambda at: (scores[at], words[at]))
    return prompt[slice(*spans[best])]


def _names(prompt: str) -> list[Span]:
    """Runs of capitalised words and numbers, without a possessive's ending; function words alone are none."""
    word = r"(?:[A-Z0-9][\w'’.&-]*)"
    runs = re.finditer(rf"{word}(?:\s+(?:of|the|de|la|von|van|and)\s+{word}|\s+{word})*", prompt)
    bare = [(run.start(), re.sub(r"['’]s$", "", run[0].rstrip(".,;:'"))) for run in runs]
    return [(begin, begin + len(name)) for begin, name in bare if not all(map(_is_function_word, name.split()))]


def _is_function_word(word: str) -> bool:
    """Whether it is one whose capital says nothing, as in "Us" and unlike "US"."""
    return word == word.capitalize() and word.casefold() in FUNCTION_WORDS


def _is_first_word(prompt: str, span: Span) -> bool:
    begins = re.search(r"(?:^|[.!?]\s)\W*$", prompt[: span[0]])
    return begins is not None and len(prompt[slice(*span)].split()) == 1


def _spans(prompt: str) -> list[Span]:
    """Words and runs of words; they neither begin nor end with a function word unless the prompt has no other."""
    words = list(re.finditer(r"[\w'’-]+", prompt))
    told = [at for at, word in enumerate(words) if word[0].casefold() not in FUNCTION_WORDS] or range(len(words))
    return [(words[a].start(), words[b].end()) for a in told for b in told if a <= b < a + LONGEST]


def _by_word(changes: Sequence[float], words: Sequence[int], first: Sequence[bool]) -> list[float]:
    weights = [FIRST_WORD if is_first else 1.0 for is_first in first]
    return [change * weight / count for change, weight, count in zip(changes, weights, words, strict=True)]


@torch.no_grad()
def _changes(model: LanguageModel, prompt: str, spans: Sequence[Span], progress: Progress) -> list[float]:
    """For every span the divergence (nats) that noise on its embeddings makes in the prediction of the next token."""
    ids, places = Texts(model).spans(prompt)
    corrupted = [[float(first < end and last > begin) for first, last in places] for begin, end in spans]
    masks = torch.tensor([[0.0] * len(ids), *corrupted])  # (1 + spans, tokens), the first as the prompt stands
    noise, found, clean = _noise(model, len(ids)), [], None
    for some in masks.split(ROWS_AT_ONCE):
        progress("reading the prompt", None)
        logs = _log_probs(model, ids, some[..., None] * noise)
        clean = logs[0] if clean is None else clean
        found += (clean.exp() * (clean - logs)).sum(-1).tolist()
    return found[1:]


def _noise(model: LanguageModel, tokens: int) -> Tensor:
    """``(tokens, d_model)``, the same for the same model."""
    weight = model.hf.get_input_embeddings().weight
    generator = torch.Generator().manual_seed(0)
    return torch.randn(tokens, weight.shape[1], generator=generator) * (NOISE * weight.float().std().item())


def _log_probs(model: LanguageModel, ids: Sequence[int], added: Tensor) -> Tensor:
    """Of the next token after the text with ``added (rows, tokens, d_model)`` to its embeddings, ``(rows, d_vocab)``;
    logits are made at the last position alone."""
    rows = torch.tensor([ids] * len(added), device=model.device)
    table = model.hf.get_input_embeddings()
    handle = table.register_forward_hook(lambda _, __, written: written + added.to(written))
    try:
        hidden = model.hf.base_model(input_ids=rows, use_cache=False).last_hidden_state  # (rows, tokens, d_model)
    finally:
        handle.remove()
    return model.head(hidden[:, -1]).float().log_softmax(-1)
