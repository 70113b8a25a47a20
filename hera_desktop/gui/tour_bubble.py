"""What the tour draws over the window: a frame around the part it speaks of, and the bubble with the words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from .i18n import tr
from .labels import dim_label, title_label
from .theme import GRID, MARGIN, tabular, theme_of

WIDTH = 42 * GRID


class TourFrame(QWidget):
    """A line in the accent colour around what is spoken of; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme_of(self.palette()).accent), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class TourBubble(QFrame):
    """Signals: ``next_wanted()``, ``back_wanted()``, ``close_wanted()``. Enter goes on, the arrows go both ways, Esc
    closes."""

    next_wanted = Signal()
    back_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title_label("")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.place = dim_label()
        self.place.setFont(tabular(self.place.font()))
        self.close_button = _button(tr("Close"), tr("End the tour (Esc)"))
        self.back_button = _button(tr("Back"), tr("The step before (Left)"))
        self.next_button = _button(tr("Next"), tr("The next step (Right)"))
        self.close_button.clicked.connect(self._close)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        for button in (self.close_button, self.back_button, self.next_button):
            button.installEventFilter(self)
        self.setFixedWidth(WIDTH)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.text)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.place, 1)
        for button in (self.close_button, self.back_button, self.next_button):
            line.addWidget(button)
        column.addLayout(line)

    def show_step(self, title: str, text: str, number: int, count: int) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.text.setFixedHeight(self.text.heightForWidth(WIDTH - 2 * MARGIN - 2))
        self.place.setText(tr("{number} of {count}").format(number=number, count=count))
        self.back_button.setEnabled(number > 1)
        self.next_button.setText(tr("Done") if number == count else tr("Next"))
        self.next_button.setAccessibleName(self.next_button.text())
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tour's own keys, before a button takes an arrow to move the focus or the window takes Esc to cancel."""
        keys = {Qt.Key.Key_Right: self._next, Qt.Key.Key_Left: self._back, Qt.Key.Key_Escape: self._close}
        if isinstance(event, QKeyEvent) and event.key() in keys:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                keys[Qt.Key(event.key())]()
                return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within the bubble while the tour runs."""
        buttons = [b for b in (self.close_button, self.back_button, self.next_button) if b.isEnabled()]
        at = next((n for n, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _next(self) -> None:
        self.next_wanted.emit()

    def _back(self) -> None:
        self.back_wanted.emit()

    def _close(self) -> None:
        self.close_wanted.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Drawn, because a style sheet's background would stay as it is when the theme changes."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.accent))
        painter.setBrush(QColor(theme.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAutoDefault(True)
    return button
