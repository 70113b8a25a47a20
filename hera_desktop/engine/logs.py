"""The log file: what happened, for us; users are told in sentences."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from .config import LoggingConfig
from .places import log_file


def start_logging(config: LoggingConfig) -> Path | None:
    """Send this program's log to a file; returns its path, or None where it cannot be written."""
    path = Path(config.file) if config.file else log_file()
    root = logging.getLogger("hera_desktop")
    root.setLevel(config.level)
    root.propagate = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=2_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    return path
