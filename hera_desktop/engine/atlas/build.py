"""Builds an atlas: runs text through the model once and gathers what each feature fires on, writes and sits beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..activations import contexts
from ..errors import Cancelled, InputError
from ..model import LanguageModel
from ..progress import Progress, unwatched
from ..sae import FeatureReader
from .firings import Firings
from .naming import auto_name
from .page_data import Examples, PageData, Ranked
from .records import AtlasInfo
from .writer import Columns, Texts, write_atlas

LISTED = 10
"""Tokens raised, tokens lowered, neighbours and co-active features kept of each feature."""

MOST_FIRINGS = 48_000_000
"""The text is cut short where more activations than this would have to be kept (12 bytes each, and twice that while
they are sorted)."""

_TOKENS_AT_ONCE = 2048
_ENTRIES_AT_ONCE = 1 << 24


def build_atlas(
    model: LanguageModel,
    reader: FeatureReader,
    text: Sequence[Path],
    out: Path,
    tokens: int = 300_000,
    context: int = 128,
    skip_positions: int = 1,
    seed: int = 0,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
) -> AtlasInfo:
    """Build the atlas of ``reader``'s features on about ``tokens`` tokens of ``text`` and write it to ``out``.

    The text is cut into contexts of ``context`` tokens; the first ``skip_positions`` of each are left out everywhere.
    The model is taken as it is at the moment, patches and all: for the base's atlas none must be active. ``seed``
    draws the examples of the ranges; the same arguments give the same atlas. An older file at ``out`` is replaced
    only by a whole new one.

    Raises:
        InputError: text or sizes that cannot be used.
        MachineError: ``out`` cannot be written.
        Cancelled: ``cancelled`` said so; no file is left.
    """
    sizes = _Sizes(tokens, context, skip_positions)
    sizes.check(model)
    watch = _Watch(progress, cancelled)
    pieces, firings = _read(model, reader, contexts(model, text, context), sizes, watch)
    if not len(pieces):
        raise InputError(f"the text {_names(text)} has no document of {context} tokens or more")
    info = AtlasInfo(
        sae_name=reader.info.name,
        sae_fingerprint=reader.info.fingerprint,
        model_name=model.info.name,
        hook_name=reader.info.hook_name,
        d_sae=reader.info.d_sae,
        tokens=firings.tokens,
        text=", ".join(path.name for path in text),
        neuronpedia_id=reader.info.neuronpedia_id,
    )
    weights = _Weights.of(model, reader, watch)
    texts = Texts(pieces, _speller(model))
    columns = Columns(firings.density, firings.mean, firings.max)
    write_atlas(out, info, columns, texts, _pages(firings, weights, texts, seed, watch))
    return info


@dataclass(frozen=True)
class _Sizes:
    """How many tokens to read, in contexts of which length, and how many first positions of each to leave out."""

    tokens: int
    context: int
    skip: int

    def check(self, model: LanguageModel) -> None:
        longest = model.info.context
        if not 2 <= self.context <= longest:
            raise InputError(f"context {self.context} is out of range: {model.info.name} takes 2 to {longest} tokens")
        if not 0 <= self.skip < self.context:
            raise InputError(f"skip_positions {self.skip} is out of range: it takes 0 to {self.context - 1}")
        if self.tokens < 1:
            raise InputError(f"tokens {self.tokens} is out of range: an atlas takes at least 1 token of text")


def _names(text: Sequence[Path]) -> str:
    return ", ".join(f"'{path}'" for path in text)


@dataclass(frozen=True)
class _Watch:
    """Reports progress, and stops the work where the user asked for it."""

    progress: Progress
    cancelled: Callable[[], bool]

    def __call__(self, what: str, share: float) -> None:
        if self.cancelled():
            raise Cancelled("building the atlas was cancelled")
        self.progress(what, share)


# --- the pass over the text -------------------------------------------------------------------------------------------


def _read(
    model: LanguageModel, reader: FeatureReader, pieces: Iterator[tuple[int, ...]], sizes: _Sizes, watch: _Watch
) -> tuple[np.ndarray, Firings]:
    """The contexts that were read, ``(contexts, length)``, and where the features fired on them."""
    read: list[tuple[int, ...]] = []
    found = [_above_zero(torch.zeros(0, reader.info.d_sae), 0)]
    seen = fired = 0
    while seen < sizes.tokens and fired < MOST_FIRINGS:
        watch("reading text", 0.6 * seen / sizes.tokens)
        group = list(islice(pieces, max(1, _TOKENS_AT_ONCE // sizes.context)))
        if not group:
            break
        hidden = _hidden(model, reader, group, sizes.skip)  # (tokens of the group, d_in)
        for rows in hidden.split(max(1, _ENTRIES_AT_ONCE // reader.info.d_sae)):
            found.append(_above_zero(reader.activations(rows), seen))
            seen += len(rows)
            fired += len(found[-1][0])
        read += group
    feature, token, value = (np.concatenate(column) for column in zip(*found, strict=True))
    contexts_read = np.asarray(read, dtype=np.int64).reshape(-1, sizes.context)
    return contexts_read, Firings(reader.info.d_sae, seen, sizes.context, sizes.skip, feature, token, value)


def _hidden(model: LanguageModel, reader: FeatureReader, group: list[tuple[int, ...]], skip: int) -> Tensor:
    """Activations at the SAE's hook, context after context without its first positions, ``(tokens, d_in)``."""
    hook = reader.info.hook_name
    batch = model.batch(group)
    rows = model.forward(batch, [hook], last_block=reader.block).captured[hook]  # (rows, width, d_in)
    hidden = batch.gather(rows).reshape(len(group), len(group[0]), -1)  # (contexts, length, d_in)
    return hidden[:, skip:].flatten(0, 1)


def _above_zero(activations: Tensor, first: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Feature, token and value of each activation above zero, tokens counted from ``first``."""
    token, feature = (activations > 0).nonzero(as_tuple=True)
    value = activations[token, feature]
    return (
        feature.cpu().numpy().astype(np.int32),
        (token + first).cpu().numpy().astype(np.int32),
        value.cpu().numpy().astype(np.float32),
    )


# --- what the weights say ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Weights:
    """Tokens raised and lowered, and nearest features: ids and values, each ``(d_sae, LISTED)``."""

    positive: Ranked
    negative: Ranked
    neighbours: Ranked

    @classmethod
    def of(cls, model: LanguageModel, reader: FeatureReader, watch: _Watch) -> _Weights:
        directions = reader.directions(list(range(reader.info.d_sae)))  # (d_model, d_sae)
        spelt = len(model.tokenizer)  # a padded unembedding has rows that are no token
        chunks: list[tuple[Ranked, Ranked, Ranked]] = []
        for ids in torch.arange(reader.info.d_sae).split(max(1, _ENTRIES_AT_ONCE // max(spelt, reader.info.d_sae))):
            watch("comparing directions", 0.6 + 0.15 * int(ids[0]) / reader.info.d_sae)
            some = directions[:, ids]  # (d_model, k)
            logits = model.direct_logits(some.T)[:, :spelt]  # (k, d_vocab)
            cosines = some.T @ directions  # (k, d_sae)
            cosines[torch.arange(len(ids)), ids] = -torch.inf
            near = _top(cosines, min(LISTED, reader.info.d_sae - 1))
            low = _top(-logits, LISTED)
            chunks.append((_top(logits, LISTED), Ranked(low.ids, -low.values), near))
        return cls(*(_stack(parts) for parts in zip(*chunks, strict=True)))


def _top(rows: Tensor, count: int) -> Ranked:
    values, ids = rows.topk(min(count, rows.shape[1]), dim=1)
    return Ranked(ids.cpu().numpy(), values.float().cpu().numpy())


def _stack(parts: Sequence[Ranked]) -> Ranked:
    return Ranked(np.concatenate([part.ids for part in parts]), np.concatenate([part.values for part in parts]))


# --- pages ------------------------------------------------------------------------------------------------------------


def _pages(firings: Firings, weights: _Weights, texts: Texts, seed: int, watch: _Watch) -> Iterator[PageData]:
    for feature, coactive in enumerate(firings.coactive(LISTED)):
        if feature % 64 == 0:
            watch("writing pages", 0.75 + 0.25 * feature / firings.d_sae)
        examples = firings.examples(feature, seed)
        positive = _row(weights.positive, feature)
        leading = _following(examples, texts, positive.ids.tolist())
        name = auto_name(_top_peaks(examples, texts), texts.spell(leading))
        yield PageData(
            name=name,
            histogram=firings.histogram(feature),
            positive=positive,
            negative=_row(weights.negative, feature),
            neighbours=_row(weights.neighbours, feature),
            coactive=coactive,
            examples=examples,
        )


def _row(ranked: Ranked, feature: int) -> Ranked:
    return Ranked(ranked.ids[feature], ranked.values[feature])


def _top_peaks(examples: Examples, texts: Texts) -> list[tuple[str, str]]:
    """The peak token of each top context with the token before it, strongest first."""
    top = int(examples.sizes[0])
    context, peak = examples.contexts[:top], examples.peaks[:top]
    tokens = texts.spell(texts.contexts[context, peak].tolist())
    before = texts.spell(texts.contexts[context, np.maximum(peak - 1, 0)].tolist())
    return [(b if p else "", t) for b, t, p in zip(before, tokens, peak.tolist(), strict=True)]


def _following(examples: Examples, texts: Texts, raised: list[int]) -> list[int]:
    """Those of the raised tokens that come right after the peak in at least two of the top contexts."""
    top = int(examples.sizes[0])
    context, after = examples.contexts[:top], examples.peaks[:top] + 1
    inside = after < texts.contexts.shape[1]
    seen = Counter(texts.contexts[context[inside], after[inside]].tolist())
    return [token for token in raised if seen[token] >= 2]


def _speller(model: LanguageModel) -> Callable[[Sequence[int]], list[str]]:
    """The model's token strings, each made once."""
    known: dict[int, str] = {}

    def spell(ids: Sequence[int]) -> list[str]:
        new = sorted({i for i in ids if i not in known})
        known.update(zip(new, model.token_strings(new), strict=True))
        return [known[i] for i in ids]

    return spell
