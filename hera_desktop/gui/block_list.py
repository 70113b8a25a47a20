"""The blocks a step edits, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hera_desktop.engine.errors import InputError

from .i18n import mark, tr

NO_NUMBER = mark("Block '{part}' is not a block number; type one such as 7, or several as 7, 8")
OUT_OF_RANGE = mark("Block {block} is out of range: {model} has blocks 0 to {last}")


def read_blocks(text: str, model: str, n_blocks: int) -> tuple[int, ...] | None:
    """``"7"`` or ``"7, 8"`` as numbers; None where nothing is typed.

    Raises:
        InputError: something is no number, is named twice, or ``model`` with its ``n_blocks`` does not have it.
    """
    blocks: list[int] = []
    for part in re.split(r"[,;\s]+", text.strip(" ,;\t")):
        if not part:
            continue
        if not re.fullmatch(r"[0-9]{1,9}", part):
            raise InputError(tr(NO_NUMBER).format(part=part[:40]))
        block = int(part)
        if block >= n_blocks:
            raise InputError(tr(OUT_OF_RANGE).format(block=block, model=model, last=n_blocks - 1))
        if block in blocks:
            raise InputError(tr("Block {block} is named twice; each block is edited once").format(block=block))
        blocks.append(block)
    return tuple(blocks) or None


def block_text(blocks: Iterable[int]) -> str:
    return ", ".join(map(str, blocks))
