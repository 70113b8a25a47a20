"""Colours in lines of Python, and in lines of the log."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextDocument

from .theme import LIGHT, Theme


class PythonHighlighter(QSyntaxHighlighter):
    """Words of the language, texts, numbers and comments; Pygments tells which is which, line by line."""

    def __init__(self, document: QTextDocument, theme: Theme = LIGHT) -> None:
        super().__init__(document)
        self._theme = theme
        self._lexer: Any = None

    def use(self, theme: Theme) -> None:
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if not text:
            return
        if self._lexer is None:
            from pygments.lexers.python import PythonLexer  # with the first line, not before the window is there

            self._lexer = PythonLexer()
        for place, kind, piece in self._lexer.get_tokens_unprocessed(text):
            colour = self._colour(str(kind))
            if colour:
                self.setFormat(place, len(piece), QColor(colour))

    def _colour(self, kind: str) -> str:
        theme = self._theme
        known = {
            "Token.Keyword": theme.accent,
            "Token.Operator.Word": theme.accent,
            "Token.Literal.String": theme.committed,
            "Token.Literal.Number": theme.warning,
            "Token.Comment": theme.dim,
        }
        return next((colour for start, colour in known.items() if kind.startswith(start)), "")


class LogHighlighter(QSyntaxHighlighter):
    """Warnings and errors, which say what they are, stand out from the rest."""

    def __init__(self, document: QTextDocument, theme: Theme = LIGHT) -> None:
        super().__init__(document)
        self._theme = theme

    def use(self, theme: Theme) -> None:
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        _, _, rest = text.partition(" ")
        if rest.startswith("WARNING"):
            self.setFormat(0, len(text), QColor(self._theme.warning))
        elif rest.startswith(("ERROR", "CRITICAL")):
            self.setFormat(0, len(text), QColor(self._theme.rejected))
        elif rest.startswith("DEBUG"):
            self.setFormat(0, len(text), QColor(self._theme.dim))
