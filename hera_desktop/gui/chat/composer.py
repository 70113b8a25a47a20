"""Where a message is written: the text, whether it is learned, and how it is answered."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ..features.fields import button
from ..i18n import mark, tr
from ..labels import DimLabel
from ..theme import GRID, recoloured, theme_of
from ..undo_keys import leaves_to_timeline
from .learning_switch import LearningSwitch
from .settings_row import ReplyForm

LINES = 8
PLACEHOLDER = mark("Say something, or tell a fact")
SEND_TIP = mark("Send the message (Enter or Ctrl+Enter; Shift+Enter is a new line)")
STOP_TIP = mark("Stop what is running (Esc)")
EDITING = mark("Another version of the message above; the old one stays.")


class MessageField(QPlainTextEdit):
    """As high as its text, up to eight lines. Enter and Ctrl+Enter send, Shift+Enter is a new line, Tab leaves.

    Signals: ``submitted()``, ``escaped()``."""

    submitted = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Message"))
        self.setPlaceholderText(tr(PLACEHOLDER))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def lines(self) -> int:
        """How many lines are shown."""
        return max(1, min(LINES, round(self.document().size().height())))

    def _fit(self, _: object = None) -> None:
        margins = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        height = self.lines * self.fontMetrics().lineSpacing() + margins
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        fits = self.document().size().height() <= LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.submitted.emit()
                return
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if _is_send(event):
            event.accept()  # Ctrl+Enter sends here; elsewhere it is the window's
            return True
        document = self.document()
        if leaves_to_timeline(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


def _is_send(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.ControlModifier


class Composer(QWidget):
    """Signals: ``submitted()`` when the text is to be sent, ``stop_wanted()``, ``edit_dropped()``,
    ``learning_changed(Learning)``."""

    submitted = Signal()
    stop_wanted = Signal()
    edit_dropped = Signal()
    learning_changed = Signal(object)

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = ""
        self._menu = menu
        self.field = MessageField()
        self.reply = ReplyForm()
        self.learning = LearningSwitch()
        self.send_button = button(tr("Send"), tr(SEND_TIP))
        self.stop_button = button(tr("Stop"), tr(STOP_TIP))
        self.settings_button = self._tool(tr("How the model answers"))
        self.menu_button = self._tool(tr("Conversation"))
        self.settings_button.setCheckable(True)
        self.editing = self._editing()
        self._lay_out()
        self._connect()
        self._colour()
        self.show_running(False)
        self.set_reason("", locked=False)

    @staticmethod
    def _tool(name: str) -> QToolButton:
        made = QToolButton()
        made.setAutoRaise(True)
        made.setIconSize(QSize(18, 18))
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _editing(self) -> QWidget:
        """The line that says that the text is another version of a message."""
        self.keep_button = button(tr("Leave it as it was"), tr("Do not send another version (Esc)"))
        self.keep_button.clicked.connect(self.edit_dropped)
        said = DimLabel(tr(EDITING))
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(said, 1)
        line.addWidget(self.keep_button)
        place.hide()
        return place

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.editing)
        column.addWidget(self.reply)
        column.addWidget(self.field)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.learning)
        line.addStretch(1)
        for part in (self.settings_button, self.menu_button, self.send_button, self.stop_button):
            line.addWidget(part)
        column.addLayout(line)
        self.reply.hide()
        width = max(made.sizeHint().width() for made in (self.send_button, self.stop_button))
        for made in (self.send_button, self.stop_button):
            made.setFixedWidth(width)

    def _connect(self) -> None:
        self.field.submitted.connect(self.submit)
        self.field.escaped.connect(self._on_escape)
        self.field.textChanged.connect(self._refresh)
        self.send_button.clicked.connect(self.submit)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.settings_button.toggled.connect(self.reply.setVisible)
        self.menu_button.clicked.connect(self._open_menu)
        self.learning.changed.connect(self.learning_changed)

    # --- what the user does -----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.field.toPlainText()

    def submit(self) -> None:
        """Send what is written, where that is possible."""
        if self.text.strip() and not self._reason and not self.running:
            self.submitted.emit()

    def write(self, text: str) -> None:
        """Put a text there, ready to be changed; the old one can be had back by Undo."""
        self.field.selectAll()
        self.field.insertPlainText(text)
        self.field.setFocus()

    def accepted(self) -> None:
        """The text was taken."""
        self.field.clear()
        self.field.document().clearUndoRedoStacks()
        self.show_editing(False)

    def _open_menu(self) -> None:
        self._menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _on_escape(self) -> None:
        if self.running:
            self.stop_wanted.emit()
        elif not self.editing.isHidden():
            self.edit_dropped.emit()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        return not self.stop_button.isHidden()

    def show_running(self, running: bool) -> None:
        """An answer is being written, or learned from: Stop stands in the place of Send."""
        self.stop_button.setVisible(running)
        self.send_button.setHidden(running)

    def show_editing(self, editing: bool) -> None:
        self.editing.setVisible(editing)

    def set_reason(self, reason: str, locked: bool) -> None:
        """``reason``: why nothing can be sent, empty where it can; ``locked``: nothing can be written either."""
        self._reason = reason
        self.field.setEnabled(not locked)
        self.field.setPlaceholderText(reason if locked else tr(PLACEHOLDER))
        self.learning.setEnabled(not locked)
        self.reply.setEnabled(not locked)
        self._refresh()

    def _refresh(self) -> None:
        self.send_button.setEnabled(bool(self.text.strip()) and not self._reason)
        self.send_button.setToolTip(self._reason or tr(SEND_TIP))

    def _colour(self) -> None:
        colour = theme_of(self.palette()).text
        self.settings_button.setIcon(qtawesome.icon("mdi6.tune-variant", color=colour))
        self.menu_button.setIcon(qtawesome.icon("mdi6.dots-vertical", color=colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()
