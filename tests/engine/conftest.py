"""What several tests read, and patches on their models."""

from __future__ import annotations

import gzip
from pathlib import Path

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


@pytest.fixture
def stack(model):
    """The patches on the model of the test's own module; none are left on it."""
    from hera_desktop.engine.patch_stack import PatchStack

    stack = PatchStack(model)
    yield stack
    stack.set(())


@pytest.fixture(scope="session")
def story(tmp_path_factory) -> tuple[Path, str]:
    """A session in which everything happened that can be recorded, and its state's hash."""
    from . import stories

    folder = tmp_path_factory.mktemp("story")
    path = folder / "the <b> story.hera"
    return path, stories.tell(stories.files(folder), path)


@pytest.fixture
def told(story):
    """The story's ledger, read-only."""
    from hera_desktop.engine.ledger import Ledger

    opened = Ledger.open(story[0], read_only=True)
    yield opened
    opened.close()
