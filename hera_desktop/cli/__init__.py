"""The command line. ``hera-desktop`` alone opens the window; with a verb it runs without one.

Exit status: 0 done, 1 refused by the immune system, 2 bad input or environment (one sentence on stderr), 130 cancelled,
3 a fault of this program (details in the log file).
"""

from __future__ import annotations

from .app import main

__all__ = ["main"]
