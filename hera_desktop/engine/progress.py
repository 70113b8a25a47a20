"""How long work tells how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

Progress = Callable[[str, float | None], None]
"""Told what is being done and the share done (0..1 or None); it may raise Cancelled, which stops the work."""


def unwatched(what: str, share: float | None) -> None:
    """Nobody is watching; the log knows."""
    log.debug("%s %s", what, share)
