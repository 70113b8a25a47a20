"""Colours: Fusion with a light and a dark palette. A widget asks ``theme_of(self.palette())`` when it paints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, get_args

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from .settings import settings

GRID = 8
MARGIN = 12
ThemeChoice = Literal["system", "light", "dark"]
CHOICES = get_args(ThemeChoice)
KEPT_AS = "theme"


@dataclass(frozen=True)
class Theme:
    """``line`` is for separators, ``dim`` for secondary text, ``heat`` lies behind the tokens where a feature fires
    most; the states have a colour each, and a shape (marks.py)."""

    name: str
    window: str
    base: str
    alternate: str
    button: str
    text: str
    dim: str
    line: str
    accent: str
    selected: str
    committed: str
    warning: str
    rejected: str
    reverted: str
    heat: str

    def state(self, mark: str) -> str:
        """The colour of a mark."""
        known = {"committed": self.committed, "warning": self.warning, "rejected": self.rejected}
        special = {"running": self.accent, "base": self.text, "failed": self.rejected}
        return {**known, **special}.get(mark, self.reverted)


LIGHT = Theme(
    name="light",
    window="#f4f5f6",
    base="#ffffff",
    alternate="#f8f9fa",
    button="#ebedef",
    text="#1b1f23",
    dim="#5b636b",
    line="#d3d7db",
    accent="#1f6feb",
    selected="#cfe0fb",
    committed="#0b7a75",
    warning="#a86400",
    rejected="#c0322b",
    reverted="#757d86",
    heat="#a98bf5",
)
DARK = Theme(
    name="dark",
    window="#1d2024",
    base="#15171a",
    alternate="#1a1d20",
    button="#2b2f35",
    text="#e4e7ea",
    dim="#9aa3ac",
    line="#383d43",
    accent="#5a9cf8",
    selected="#26415f",
    committed="#3cc4b8",
    warning="#e8a33d",
    rejected="#f2736b",
    reverted="#8b949e",
    heat="#6a3fd0",
)

STYLE = """
QHeaderView { background: palette(base); }
QHeaderView::section { background: palette(base); color: palette(placeholder-text); border: none;
    border-bottom: 1px solid palette(mid); padding: 3px 8px; }
QTableView::item { padding: 0 8px; }
QCheckBox::indicator:unchecked { border: 1px solid palette(placeholder-text); border-radius: 2px;
    background: palette(base); width: 12px; height: 12px; }
QProgressBar { background: palette(base); border: 1px solid palette(mid); border-radius: 2px; }
QProgressBar::chunk { background: palette(accent); }
"""
"""Flat headers, room between columns, boxes that can be seen on a dark ground, and progress in the accent colour, which
Fusion does not give by palette alone."""


def recoloured(event: QEvent) -> bool:
    """Whether a ``changeEvent`` may have brought other colours. The application's own event can come before a widget's
    palette has followed, the widget's before the application's: both count."""
    return event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange)


def theme_of(palette: QPalette) -> Theme:
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def palette_of(theme: Theme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.Button: theme.button,
        role.ButtonText: theme.text,
        role.BrightText: theme.rejected,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.dim,
        role.Highlight: theme.selected,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.Mid: theme.line,
    }
    palette = QPalette(QColor(theme.button), QColor(theme.window))
    for key, colour in colours.items():
        palette.setColor(key, QColor(colour))
    faded = QColor(theme.dim)
    faded.setAlpha(150)
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, key, faded)
    return palette


def heat_colour(theme: Theme, share: float) -> QColor:
    """From the background (0) to the theme's heat (1); a faint activation can still be told from none."""
    if share <= 0:
        return QColor(theme.base)
    cold, hot = QColor(theme.base), QColor(theme.heat)
    part = 0.12 + 0.88 * min(share, 1.0)
    mixed = (round(c + part * (h - c)) for c, h in zip(cold.getRgb()[:3], hot.getRgb()[:3], strict=True))
    return QColor(*mixed)


class SystemTheme(QObject):
    """The theme of the whole program: light, dark, or as the system's colour scheme is. The choice is remembered;
    ``HERA_THEME`` (light or dark) fixes it.

    Signal: ``chosen(str)`` when the user has chosen another one.
    """

    chosen = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self.apply)
        self.apply()

    @classmethod
    def current(cls) -> SystemTheme:
        """The program's theme, made where there is none yet."""
        app = QApplication.instance()
        made = app.findChildren(cls)
        return made[-1] if made else cls(app)

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose; it stands in the settings, so that every window agrees."""
        kept = settings().value(KEPT_AS)
        return kept if kept in CHOICES else "system"

    @property
    def fixed(self) -> bool:
        """Whether ``HERA_THEME`` decides, whatever is chosen."""
        return os.environ.get("HERA_THEME") in ("light", "dark")

    def choose(self, choice: ThemeChoice) -> None:
        """Change the theme of everything that is open; raises ValueError for a word that is no theme."""
        if choice not in CHOICES:
            raise ValueError(f"theme {choice!r} is unknown; known are {', '.join(CHOICES)}")
        settings().setValue(KEPT_AS, choice)
        self.apply()
        self.chosen.emit(choice)

    def apply(self) -> None:
        """Give the program the colours that are wanted. Qt looks at every widget anew, so only where they differ; the
        style sheet speaks of the palette, so it follows it."""
        theme = self._wanted()
        stands = self._app.palette().color(QPalette.ColorRole.Window).name() == theme.window
        if not stands or self._app.styleSheet() != STYLE:
            self._app.setPalette(palette_of(theme))
            self._app.setStyleSheet(STYLE)

    def _wanted(self) -> Theme:
        wanted = os.environ["HERA_THEME"] if self.fixed else self.choice
        if wanted == "system":
            wanted = "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
        return DARK if wanted == "dark" else LIGHT


@contextmanager
def unstyled(app: QApplication) -> Iterator[None]:
    """While a window's many widgets are made: without the style sheet, which is put on once at the end. With it Qt
    looks at all of a widget's children each time that it gets another parent, and the window takes twice as long."""
    kept = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(kept)


def monospace(size: QFont) -> QFont:
    """The system's fixed font, as large as ``size``."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(size.pointSizeF())
    return font


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy
