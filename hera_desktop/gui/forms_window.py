"""The preferences that are the window's own: theme, language, welcome page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from .i18n import mark, tr
from .labels import dim_label
from .settings import settings
from .theme import GRID, MARGIN, SystemTheme
from .translation import LANGUAGES, choose_language, chosen_language
from .welcome import SHOW_KEY, shown_at_start

THEMES = {"system": mark("as the system"), "light": mark("light"), "dark": mark("dark")}
LABEL_WIDTH = 24 * GRID


class WindowPage(QWidget):
    """Each choice holds and is kept at once; the language from the next start on."""

    def __init__(self, theme: SystemTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.theme = QComboBox()
        self.language = QComboBox()
        self.welcome = QCheckBox(tr("Show the welcome page at the start"))
        for name, words in THEMES.items():
            self.theme.addItem(tr(words), name)
        for name, words in LANGUAGES.items():
            self.language.addItem(words, name)
        self._lay_out()
        self.show_choices()
        self.theme.activated.connect(self._on_theme)
        self.language.activated.connect(self._on_language)
        self.welcome.clicked.connect(self._on_welcome)
        theme.chosen.connect(self.show_choices)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN + 3 * GRID, MARGIN, MARGIN, MARGIN)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        fixed = tr("HERA_THEME decides in this run") if self._theme.fixed else tr("holds at once, plots included")
        rows = (
            (tr("Theme"), self.theme, fixed),
            (tr("Language"), self.language, tr("after the next start")),
        )
        for row, (name, box, help_) in enumerate(rows):
            label = QLabel(name)
            label.setFixedWidth(LABEL_WIDTH)
            label.setBuddy(box)
            box.setAccessibleName(name)
            box.setFixedWidth(LABEL_WIDTH)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(dim_label(help_), row, 2)
        self.theme.setEnabled(not self._theme.fixed)
        grid.addWidget(self.welcome, len(rows), 1, 1, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        grid.setAlignment(self.welcome, Qt.AlignmentFlag.AlignLeft)

    def show_choices(self, _: object = None) -> None:
        """What is chosen now, also where it was chosen elsewhere."""
        self.theme.setCurrentIndex(self.theme.findData(self._theme.choice))
        self.language.setCurrentIndex(self.language.findData(chosen_language()))
        self.welcome.setChecked(shown_at_start())

    def _on_theme(self) -> None:
        self._theme.choose(self.theme.currentData())

    def _on_language(self) -> None:
        choose_language(self.language.currentData())

    def _on_welcome(self, wanted: bool) -> None:
        settings().setValue(SHOW_KEY, wanted)
