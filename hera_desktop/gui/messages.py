"""One channel for what the user is told. Messages are kept, so that nothing is lost before a view exists."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

Level = Literal["info", "warning", "error"]
KEPT = 1000


@dataclass(frozen=True)
class Message:
    level: Level
    text: str
    time: datetime


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
