"""Where an export goes: what is written appears whole or not at all, and nothing is overwritten."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

from ..errors import InputError, MachineError, one_line

Write = Callable[[Path], None]
"""Writes into the folder it is given."""


def write_files(targets: Sequence[Path], write: Write) -> tuple[str, ...]:
    """Put files that ``write`` makes, named as the targets, in their places; returns their paths.

    Raises:
        InputError: one of them is there already, or their folder is not.
        MachineError: the place cannot be written.
    """
    for target in targets:
        if _there(target):
            raise InputError(f"{target} exists already; choose another name")
    with _beside(targets[0], "file") as made:
        write(made)
        placed: list[Path] = []
        try:
            for target in targets:
                os.replace(made / target.name, target)
                placed.append(target)
        except OSError:
            for target in placed:
                target.unlink(missing_ok=True)
            raise
    return tuple(map(str, targets))


def write_folder(path: Path, write: Write) -> tuple[str, ...]:
    """A folder with what ``write`` puts into it, in the place of none or of an empty one; returns its files' paths.
    Raises what ``write_files`` raises."""
    if _there(path) and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path} exists already and is not an empty folder; choose another name")
    with _beside(path, "folder") as temporary:
        made = temporary / "made"
        made.mkdir()
        write(made)
        if path.exists():
            path.rmdir()
        os.replace(made, path)
    return tuple(sorted(str(file) for file in path.iterdir()))


def _there(path: Path) -> bool:
    if not path.name:
        raise InputError(f"'{path}' is no name for an export; give a file or a new folder")
    try:
        return path.exists()
    except OSError as error:  # a folder on the way that is not to be read, a name that is too long
        raise MachineError(f"{path} cannot be written: {error.strerror}") from None


@contextmanager
def _beside(path: Path, kind: str) -> Iterator[Path]:
    """A folder beside the target, gone afterwards; what goes wrong on the disk is said in one sentence."""
    if not path.parent.is_dir():
        raise InputError(f"{kind} {path} cannot be written: folder {path.parent} does not exist")
    folder = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=".hera-", dir=path.parent))
        yield folder
    except OSError as error:
        raise MachineError(f"{kind} {path} cannot be written: {error.strerror or one_line(error)}") from None
    except SafetensorError as error:  # a full disk, as safetensors says it
        raise MachineError(f"{kind} {path} cannot be written: {one_line(error)}") from None
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
