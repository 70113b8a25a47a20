"""Text from files, and the activations a model has on it: what SAE training and evaluation feed on."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from .errors import InputError
from .model import LanguageModel

SEPARATOR = "<|endoftext|>"
TEXT_SUFFIXES = (".txt", ".txt.gz", ".md")


def read_documents(source: Path) -> Iterator[str]:
    """Documents of a file (.txt, .md, .txt.gz) or of all such files of a folder, split at ``<|endoftext|>`` lines."""
    if not source.exists():
        raise InputError(f"text '{source}' does not exist; it takes a file or folder of {', '.join(TEXT_SUFFIXES)}")
    files = sorted(p for p in source.rglob("*") if p.name.endswith(TEXT_SUFFIXES)) if source.is_dir() else [source]
    if not files:
        raise InputError(f"folder '{source}' holds no text; it takes {', '.join(TEXT_SUFFIXES)}")
    for file in files:
        opener = gzip.open if file.suffix == ".gz" else open
        document: list[str] = []
        try:
            with opener(file, "rt", encoding="utf-8") as lines:
                for line in lines:
                    if line.strip() == SEPARATOR:
                        yield "".join(document)
                        document = []
                    else:
                        document.append(line)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"text '{file}' cannot be read as UTF-8: {error}") from None
        if any(line.strip() for line in document):
            yield "".join(document)


def contexts(model: LanguageModel, source: Path, length: int) -> Iterator[tuple[int, ...]]:
    """Pieces of exactly ``length`` tokens, document by document; what is left over is dropped."""
    for document in read_documents(source):
        ids = model.tokenize(document)
        for start in range(0, len(ids) - length + 1, length):
            yield ids[start : start + length]


def activation_batches(
    model: LanguageModel, hook_name: str, source: Path, *, length: int, rows: int, skip_positions: int, endless: bool
) -> Iterator[Tensor]:
    """Activations at ``hook_name``, ``(tokens, d)`` float32, without the first ``skip_positions`` of each context.

    The first position is an attention sink whose norm is many times larger; it would dominate every mean. The pass
    stops after the hook's block. With ``endless`` the text starts over when it ends.
    """
    last_block = model.block_of(hook_name)
    while True:
        pieces = contexts(model, source, length)
        seen = False
        while group := [piece for _, piece in zip(range(rows), pieces, strict=False)]:
            seen = True
            batch = model.batch(group)
            found = model.forward(batch, [hook_name], last_block=last_block).captured[hook_name]
            keep = batch.positions >= skip_positions
            yield found[keep & (batch.segments >= 0)].float()
        if not seen:
            raise InputError(f"text '{source}' has no document of {length} tokens or more")
        if not endless:
            return


def take_tokens(batches: Iterator[Tensor], tokens: int) -> Tensor:
    """The first ``tokens`` rows of a stream of batches, or all of them where there are fewer."""
    taken: list[Tensor] = []
    count = 0
    for batch in batches:
        taken.append(batch)
        count += len(batch)
        if count >= tokens:
            break
    return torch.cat(taken)[:tokens]
