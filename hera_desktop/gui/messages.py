"""One channel for what the user is told. Messages are kept, so that nothing is lost before a view exists."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, Signal

from .i18n import mark, tr

log = logging.getLogger(__name__)

Level = Literal["info", "warning", "error"]
KEPT = 1000
INTERNAL = mark("internal error")
"""How the sentence about a fault of ours begins, in the model thread as in the hook for what nobody caught."""


@dataclass(frozen=True)
class Message:
    level: Level
    text: str
    time: datetime

    @property
    def internal(self) -> bool:
        """Whether it tells of a fault of ours, whose details are in the log."""
        return self.level == "error" and self.text.startswith((INTERNAL, tr(INTERNAL)))


class Messages(QObject):
    """Signal: ``told(Message)``."""

    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: deque[Message] = deque(maxlen=KEPT)

    def tell(self, text: str, level: Level = "info") -> None:
        message = Message(level, text, datetime.now())
        self.kept.append(message)
        log.info("told the user (%s): %s", level, text)
        self.told.emit(message)

    @property
    def last(self) -> Message | None:
        return self.kept[-1] if self.kept else None
