"""Text that several tests read."""

from __future__ import annotations

import gzip

import pytest


@pytest.fixture
def text(tmp_path):
    """A folder of three documents in two files, one of them packed."""
    path = tmp_path / "text"
    path.mkdir()
    words = ("the cat sat on the mat and looked at the moon ", "one two three four five six seven ")
    (path / "a.txt").write_text("\n<|endoftext|>\n".join(w * 40 for w in words), encoding="utf-8")
    with gzip.open(path / "b.txt.gz", "wt", encoding="utf-8") as packed:
        packed.write("numbers and letters follow each other " * 60)
    return path
