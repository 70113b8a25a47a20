"""The line over the timeline that says which steps are shown: words, states, a tag, and how many are left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from .i18n import mark, tr
from .labels import DimLabel
from .marks import draw_mark
from .theme import GRID, recoloured, tabular, theme_of
from .timeline_filter import MARKS, FilterChoices, TimelineFilter
from .timeline_model import STATES
from .undo_keys import leaves_to_timeline

SEARCH = mark("Search the steps")
SEARCH_TIP = mark(
    "Words in prompts, notes, names and tags, the id of a feature, or a patch such as p12; every word must be found (/)"
)
MARK_TIPS = {
    "committed": mark("Only steps that were committed and are active"),
    "warning": mark("Only steps that were committed with a warning and are active"),
    "rejected": mark("Only steps that were rejected"),
    "reverted": mark("Only patches that were reverted on their own"),
    "left": mark("Only patches on a line that was left by rolling back"),
}
ANY_TAG = mark("any tag")


class StepSearch(QLineEdit):
    """Down and Enter lead to the table; Esc takes the words back. Signal: ``left()``."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr(SEARCH))
        self.setAccessibleName(tr(SEARCH))
        self.setToolTip(tr(SEARCH_TIP))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(12 * GRID)
        self.setMaximumWidth(32 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if leaves_to_timeline(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        if self.text() and _escapes(event):
            event.accept()  # else it would cancel what is running
            return True
        return super().event(event)


class TimelineFilterLine(QWidget):
    """Signals: ``changed(TimelineFilter)``; ``left()`` when the keys lead on to the table."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = StepSearch()
        self.marks = {name: _mark_button(name) for name in MARKS}
        self.tag = QComboBox()
        self.tag.setAccessibleName(tr("Tag"))
        self.tag.setToolTip(tr("Only steps with this tag"))
        self.tag.addItem(tr(ANY_TAG), "")
        self.tag.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.tag.setMinimumContentsLength(8)
        self.tag.hide()
        self.count = DimLabel()
        self.count.setWordWrap(False)
        self.count.setFont(tabular(self.font()))
        self._lay_out()
        self._colour()
        self.search.textChanged.connect(self._tell)
        self.search.left.connect(self.left)
        self.tag.currentIndexChanged.connect(self._tell)
        for button in self.marks.values():
            button.toggled.connect(self._tell)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID // 2)
        line.addWidget(self.search, 100)
        for part in (*self.marks.values(), self.tag):
            line.addWidget(part)
        line.addSpacing(GRID // 2)
        line.addWidget(self.count)
        line.addStretch(1)

    @property
    def filter(self) -> TimelineFilter:
        pressed = frozenset(name for name, button in self.marks.items() if button.isChecked())
        return TimelineFilter(self.search.text(), pressed, self.tag.currentData() or "")

    def clear(self) -> None:
        """Show every step again."""
        self.search.clear()
        self.tag.setCurrentIndex(0)
        for button in self.marks.values():
            button.setChecked(False)

    def show_choices(self, choices: FilterChoices) -> None:
        """How many steps are in each state and have each tag."""
        for name, button in self.marks.items():
            button.setText(str(choices.marks[name]))
            button.setAccessibleName(f"{tr(STATES[name])}, {choices.marks[name]}")
        tags = [(tr(ANY_TAG), ""), *((f"{tag} ({count})", tag) for tag, count in choices.tags.items())]
        if tags != [(self.tag.itemText(n), self.tag.itemData(n)) for n in range(self.tag.count())]:
            self._fill_tags(tags)

    def _fill_tags(self, tags: list[tuple[str, str]]) -> None:
        chosen = self.tag.currentData()
        self.tag.blockSignals(True)
        self.tag.clear()
        for text, tag in tags:
            self.tag.addItem(text, tag)
        self.tag.setCurrentIndex(max(self.tag.findData(chosen), 0))
        self.tag.blockSignals(False)
        self.tag.setVisible(len(tags) > 1)
        if chosen and self.tag.currentData() != chosen:
            self._tell()  # nothing has that tag any more

    def show_count(self, shown: int, total: int) -> None:
        self.count.setText(tr("{shown} of {total}").format(shown=f"{shown:,}", total=f"{total:,}"))

    def _tell(self) -> None:
        self.changed.emit(self.filter)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def _colour(self) -> None:
        theme, ratio = theme_of(self.palette()), self.devicePixelRatioF()
        for name, button in self.marks.items():
            pixmap = QPixmap(QSize(2 * GRID, 2 * GRID) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_mark(painter, QPointF(GRID, GRID), name, theme)
            painter.end()
            button.setIcon(QIcon(pixmap))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()


def _escapes(event: QEvent) -> bool:
    kind = QEvent.Type.ShortcutOverride
    return event.type() == kind and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _mark_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setText("0")
    button.setFont(tabular(button.font()))
    button.setIconSize(QSize(2 * GRID, 2 * GRID))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(tr(STATES[name]))
    button.setToolTip(tr(MARK_TIPS[name]))
    return button
