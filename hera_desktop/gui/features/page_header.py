"""The head of a feature's page: its name, edited in place, and what can be done with the page."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from hera_desktop.engine.atlas.records import Label

from ..i18n import mark, tr
from ..labels import DimLabel, title_label
from ..text_line import TextLine
from ..theme import GRID, recoloured, theme_of

MARKS = {"user": mark("yours"), "import": mark("imported"), "auto": mark("automatic")}
MARK_TIPS = {
    "user": mark("You gave this name; it is kept in the session"),
    "import": mark("The name comes from a file you imported"),
    "auto": mark("Made from the tokens on which the feature peaks and those it writes; type a better one"),
}


class PageHeader(QWidget):
    """Signals: ``renamed(text)``, ``noted(text)``, ``pin_toggled(bool)``, ``back_wanted()``, ``forward_wanted()``,
    ``html_wanted()``, ``png_wanted()``."""

    renamed = Signal(object)
    noted = Signal(object)
    pin_toggled = Signal(object)
    back_wanted = Signal()
    forward_wanted = Signal()
    html_wanted = Signal()
    png_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url: str | None = None
        self._shown_name = self._shown_note = ""
        self.back_button = _tool(tr("Back"), tr("The feature looked at before (Alt+Left)"))
        self.forward_button = _tool(tr("Forward"), tr("The feature looked at after (Alt+Right)"))
        self.id = title_label("")
        self.name = TextLine(tr("Name of the feature"), tr("No name yet; type one"))
        self.source = QLabel()
        self.pin_button = _tool(tr("Pin"), tr("Keep this feature among the pinned ones"))
        self.pin_button.setCheckable(True)
        self.link_button = _tool("Neuronpedia", tr("Open this feature's page on neuronpedia.org in the browser"))
        self.export_button = _tool(tr("Export"), tr("Save this page"))
        self.note = TextLine(tr("Note on the feature"), tr("Add a note"))
        self.figures = DimLabel()
        self.figures.setWordWrap(False)
        self._menu()
        self._lay_out()
        self._connect()
        self._draw_icons()

    def _menu(self) -> None:
        menu = QMenu(self)
        self.html_action = QAction(tr("Page as HTML..."), self)
        self.png_action = QAction(tr("Page as PNG..."), self)
        menu.addActions([self.html_action, self.png_action])
        self.export_button.setMenu(menu)
        self.export_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        first = QHBoxLayout()
        first.setSpacing(GRID)
        for part in (self.back_button, self.forward_button, self.id):
            first.addWidget(part)
        first.addWidget(self.name, 1)
        for part in (self.source, self.pin_button, self.link_button, self.export_button):
            first.addWidget(part)
        second = QHBoxLayout()
        second.setSpacing(2 * GRID)
        second.addWidget(self.figures)
        second.addWidget(self.note, 1)
        grid.addLayout(first, 0, 0)
        grid.addLayout(second, 1, 0)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_renamed)
        self.note.editingFinished.connect(self._on_noted)
        self.pin_button.clicked.connect(self._on_pinned)
        self.back_button.clicked.connect(self.back_wanted)
        self.forward_button.clicked.connect(self.forward_wanted)
        self.link_button.clicked.connect(self._open_link)
        self.html_action.triggered.connect(self.html_wanted)
        self.png_action.triggered.connect(self.png_wanted)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_feature(self, feature: int, name: str, source: str, label: Label, url: str | None) -> None:
        self._url = url
        self.id.setText(tr("Feature {feature}").format(feature=feature))
        self._shown_name, self._shown_note = name, label.note
        self.name.setText(name)
        self.name.setCursorPosition(0)
        font = self.name.font()
        font.setItalic(source == "auto")
        self.name.setFont(font)
        self.source.setText(tr(MARKS[source]) if name else "")
        self.source.setForegroundRole(self.figures.foregroundRole())
        self.source.setToolTip(tr(MARK_TIPS[source]))
        self.note.setText(label.note)
        self.pin_button.setChecked(label.pinned)
        self.link_button.setVisible(url is not None)
        self.link_button.setToolTip(tr("Open {url} in the browser").format(url=url))
        self._draw_icons()

    def show_figures(self, text: str, tip: str) -> None:
        self.figures.setText(text)
        self.figures.setToolTip(tip)

    def show_ways(self, back: bool, forward: bool) -> None:
        self.back_button.setEnabled(back)
        self.forward_button.setEnabled(forward)

    def allow_export(self, possible: bool) -> None:
        """There is a page where there is an atlas."""
        self.export_button.setEnabled(possible)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_renamed(self) -> None:
        if self.name.text().strip() != self._shown_name:
            self._shown_name = self.name.text().strip()
            self.renamed.emit(self._shown_name)

    def _on_noted(self) -> None:
        if self.note.text().strip() != self._shown_note:
            self._shown_note = self.note.text().strip()
            self.noted.emit(self._shown_note)

    def _on_pinned(self) -> None:
        self._draw_icons()
        self.pin_toggled.emit(self.pin_button.isChecked())

    def _open_link(self) -> None:
        if self._url is not None:
            QDesktopServices.openUrl(QUrl(self._url))

    def _draw_icons(self) -> None:
        theme = theme_of(self.palette())
        pinned = self.pin_button.isChecked()
        icons = {
            self.back_button: ("mdi6.arrow-left", theme.text),
            self.forward_button: ("mdi6.arrow-right", theme.text),
            self.pin_button: ("mdi6.pin" if pinned else "mdi6.pin-outline", theme.accent if pinned else theme.text),
        }
        for button, (name, colour) in icons.items():
            button.setIcon(qtawesome.icon(name, color=colour, color_disabled=theme.reverted))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._draw_icons()


def _tool(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
