"""The words of the window in the user's language. Every text a person sees goes through ``tr``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "HERA"


def tr(text: str) -> str:
    """The text in the language that was installed at the start; the English text itself where there is none.

    Call it when a widget is made, never at import. Values are put in afterwards:
    ``tr("{count} steps").format(count=3)``.
    """
    return QCoreApplication.translate(CONTEXT, text)


def mark(text: str) -> str:
    """Name a text that is translated later by ``tr``: for constants, which are made at import."""
    return text
