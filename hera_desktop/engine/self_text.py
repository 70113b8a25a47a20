"""Text a model writes itself, as conversations and as running text: what an SAE for a chat model is trained on besides
prose, so that its features also cover the model's own words and the chat format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .activations import SEPARATOR
from .errors import Cancelled, InputError
from .model import LanguageModel, Sampling
from .progress import Progress, unwatched

ROWS = 64
LENGTH = 256
_MARK = "@@"


def write_self_text(
    model: LanguageModel,
    out: Path,
    tokens: int,
    chat_share: float = 0.6,
    seed: int = 0,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Let the model write about ``tokens`` tokens into a new file ``out``; returns how many it wrote.

    ``chat_share`` of it are conversations: the model is given its chat template up to where the user speaks, and
    writes both sides (the way of Xu et al., "Magpie", arXiv:2406.08464). The rest starts from the token that separates
    documents. Drawn at temperature 0.8.

    Raises:
        InputError: ``out`` exists already, or cannot be written.
        Cancelled: ``cancelled`` said so; what was written until then is kept.
    """
    if out.exists():
        raise InputError(f"file '{out}' exists already; the text needs a new one")
    starts = _starts(model, chat_share)
    written = batch = 0
    try:
        with out.open("w", encoding="utf-8") as file:
            while written < tokens:
                progress("the model writes text", min(1.0, written / tokens))
                start = _next_start(starts, batch)
                sampling = Sampling(LENGTH, temperature=0.8, seed=seed + batch)
                for row in model.sample_rows(start, ROWS, sampling, cancelled):
                    if cancelled():
                        raise Cancelled("writing text was cancelled")
                    file.write(_document(model, row))
                    written += len(row)
                batch += 1
    except OSError as error:
        raise InputError(f"file '{out}' cannot be written: {error.strerror or error}") from None
    return written


def _starts(model: LanguageModel, chat_share: float) -> list[tuple[float, list[int]]]:
    """Share and prompt of each kind of text; a model without a chat template has one kind."""
    tokenizer = model.tokenizer
    plain = [tokenizer.get_vocab().get(SEPARATOR, tokenizer.eos_token_id)]
    if not tokenizer.chat_template or chat_share == 0:
        return [(1.0, plain)]
    turn = tokenizer.apply_chat_template([{"role": "user", "content": _MARK}], tokenize=False)
    chat = list(model.tokenize(turn.split(_MARK)[0]))
    return [(chat_share, chat), (1 - chat_share, plain)]


def _next_start(starts: list[tuple[float, list[int]]], batch: int) -> list[int]:
    """Batch by batch, the kind that is furthest behind its share."""
    given = [0.0] * len(starts)
    for _ in range(batch + 1):
        chosen = max(range(len(starts)), key=lambda i: starts[i][0] - given[i])
        given = [count - share for count, (share, _) in zip(given, starts, strict=True)]
        given[chosen] += 1
    return starts[chosen][1]


def _document(model: LanguageModel, row: tuple[int, ...]) -> str:
    """A row as text with the chat format's own tokens in it, and without those that separate documents."""
    text = model.tokenizer.decode(row, skip_special_tokens=False, clean_up_tokenization_spaces=False)
    return text.replace(SEPARATOR, "\n").strip() + f"\n{SEPARATOR}\n"
