"""The script interface's view of the ledger: ``engine.registry.history``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from .errors import MachineError
from .ledger import Entry, Ledger


class Registry:
    """Every proposal of the session, committed or not."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @property
    def history(self) -> list[Entry]:
        """Oldest first; ``entry["status"]`` and ``entry.status`` are the same."""
        return self._ledger.entries()

    def save_history(self, path: str | Path) -> Path:
        """Write the history as JSON; raises MachineError where the file cannot be written."""
        rows = [{**asdict(entry), "metrics": entry.metrics} for entry in self.history]
        try:
            Path(path).write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
        except OSError as error:
            raise MachineError(f"{path} cannot be written: {error.strerror}") from None
        return Path(path)
