"""What an SQLite file says of itself, read without opening it: a file that is not ours is never touched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SqliteHeader:
    """``size`` is how many bytes the file should have by its own count."""

    application_id: int
    user_version: int
    size: int


def read_header(path: Path) -> SqliteHeader | None:
    """The header of an SQLite file, or None where it is none; raises OSError.

    The file format keeps the size of a page at byte 16 (1 for 65536), their number at 28, user_version at 60 and
    application_id at 68, all big-endian.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        return None
    page = int.from_bytes(head[16:18], "big")
    pages, version, application = (int.from_bytes(head[at : at + 4], "big") for at in (28, 60, 68))
    return SqliteHeader(application, version, (page if page > 1 else 65536) * pages)
