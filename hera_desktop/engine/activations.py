"""Text from files, and the activations a model has on it: what SAE training and evaluation feed on."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor

from .errors import InputError
from .model import LanguageModel

SEPARATOR = "<|endoftext|>"
TEXT_SUFFIXES = (".txt", ".txt.gz", ".md")


Text = Path | Sequence[Path]
"""A file or folder of text, or several."""


def read_documents(text: Text) -> Iterator[str]:
    """Documents of .txt, .md and .txt.gz files and of folders of them, split at ``<|endoftext|>`` lines.

    Several texts are read side by side, each as fast as its size on disk asks, so that a mixture is mixed from the
    beginning on and all of it ends together.
    """
    sources = [text] if isinstance(text, Path) else list(text)
    if not sources:
        raise InputError(f"no text was given; it takes files or folders of {', '.join(TEXT_SUFFIXES)}")
    files = [_files(source) for source in sources]
    sizes = [max(1, sum(file.stat().st_size for file in found)) for found in files]
    readers = [_documents(found) for found in files]
    read = [0] * len(readers)
    waiting = set(range(len(readers)))
    while waiting:
        behind = min(waiting, key=lambda number: (read[number] / sizes[number], number))
        document = next(readers[behind], None)
        if document is None:
            waiting.remove(behind)
        else:
            read[behind] += len(document)
            yield document


def _files(source: Path) -> list[Path]:
    if not source.exists():
        raise InputError(f"text '{source}' does not exist; it takes a file or folder of {', '.join(TEXT_SUFFIXES)}")
    files = sorted(p for p in source.rglob("*") if p.name.endswith(TEXT_SUFFIXES)) if source.is_dir() else [source]
    if not files:
        raise InputError(f"folder '{source}' holds no text; it takes {', '.join(TEXT_SUFFIXES)}")
    return files


def _documents(files: Sequence[Path]) -> Iterator[str]:
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
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise InputError(f"text '{file}' cannot be read as UTF-8: {error}") from None
        if any(line.strip() for line in document):
            yield "".join(document)


def contexts(model: LanguageModel, text: Text, length: int) -> Iterator[tuple[int, ...]]:
    """Pieces of exactly ``length`` tokens, document by document; what is left over is dropped."""
    for document in read_documents(text):
        ids = model.tokenize(document)
        for start in range(0, len(ids) - length + 1, length):
            yield ids[start : start + length]


def activation_batches(
    model: LanguageModel,
    hook_name: str,
    text: Text,
    *,
    length: int,
    rows: int,
    skip_positions: int,
    endless: bool,
    skip_contexts: int = 0,
) -> Iterator[Tensor]:
    """Activations at ``hook_name``, ``(tokens, d)`` float32, without the first ``skip_positions`` of each context.

    The first position is an attention sink whose norm is many times larger; it would dominate every mean. The pass
    stops after the hook's block. With ``endless`` the text starts over when it ends; ``skip_contexts`` goes on where
    an earlier reading stopped.
    """
    last_block = model.block_of(hook_name)
    while True:
        pieces = contexts(model, text, length)
        skipped = sum(1 for _ in islice(pieces, skip_contexts))
        skip_contexts -= skipped
        seen = skipped > 0
        while group := [piece for _, piece in zip(range(rows), pieces, strict=False)]:
            seen = True
            batch = model.batch(group)
            found = model.forward(batch, [hook_name], last_block=last_block).captured[hook_name]
            keep = batch.positions >= skip_positions
            yield found[keep & (batch.segments >= 0)].float()
        if not seen:
            raise InputError(f"the text {_names(text)} has no document of {length} tokens or more")
        if not endless:
            return


def _names(text: Text) -> str:
    return ", ".join(f"'{source}'" for source in ([text] if isinstance(text, Path) else text))


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
