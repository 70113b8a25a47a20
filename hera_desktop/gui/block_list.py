"""The blocks a step edits, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hera_desktop.engine.errors import InputError


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
            raise InputError(f"Block '{part[:40]}' is not a block number; type one such as 7, or several as 7, 8")
        block = int(part)
        if block >= n_blocks:
            raise InputError(f"Block {block} is out of range: {model} has blocks 0 to {n_blocks - 1}")
        if block in blocks:
            raise InputError(f"Block {block} is named twice; each block is edited once")
        blocks.append(block)
    return tuple(blocks) or None


def block_text(blocks: Iterable[int]) -> str:
    return ", ".join(map(str, blocks))
