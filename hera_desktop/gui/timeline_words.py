"""What the user writes about a step: its name, its tags and a note. Each is kept when it is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QWidget

from .i18n import mark, tr
from .labels import DimLabel
from .records import TimelineRow
from .text_line import TextLine
from .theme import GRID
from .timeline_actions import READ_ONLY
from .timeline_model import read_tags
from .undo_keys import leaves_to_timeline

NOTE_LINES = 4
NO_PATCH = mark("Nothing was proposed in this step, so there is no patch to write about")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteField(QPlainTextEdit):
    """Several lines; Ctrl+Enter keeps them, Tab leaves. Signal: ``finished()``."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Note"))
        self.setPlaceholderText(tr("What is worth remembering about this step"))
        self.setTabChangesFocus(True)
        margins = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setFixedHeight(NOTE_LINES * self.fontMetrics().lineSpacing() + margins)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leaves_to_timeline(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.accept()  # Ctrl+Enter keeps the note here, and evolves elsewhere
            return True
        return super().event(event)


class StepWords(QWidget):
    """Signals: ``note_edited((patch_id, text))``, ``tags_edited((patch_id, tags))``, ``renamed((patch_id, name))``.

    What is being typed stays as it is when a newer record of the same step comes, and is kept before another step is
    shown.
    """

    note_edited = Signal(object)
    tags_edited = Signal(object)
    renamed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: TimelineRow | None = None
        self.name = TextLine(tr("Name"), tr("A name for this step"))
        self.tags = TextLine(tr("Tags"), tr("Words with commas between them"))
        self.note = NoteField()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GRID)
        form.setVerticalSpacing(GRID // 2)
        for text, field in ((tr("Name"), self.name), (tr("Tags"), self.tags), (tr("Note"), self.note)):
            label = DimLabel(text)
            label.setBuddy(field)
            form.addRow(label, field)
        self.name.editingFinished.connect(self.keep)
        self.tags.editingFinished.connect(self.keep)
        self.note.finished.connect(self.keep)

    def show_row(self, row: TimelineRow, read_only: bool) -> None:
        old = self._row
        if old is not None and old.step != row.step:
            self.keep()
        same = old is not None and old.step == row.step
        self._row = row
        for field, before, now in self._fields(old if same else None, row):
            if not same or _text(field) == before:
                _set_text(field, now)
        writable = row.step > 0 and row.patch_id is not None and not read_only
        reason = tr(READ_ONLY) if read_only else tr(NO_PATCH)
        for field in (self.name, self.tags, self.note):
            field.setReadOnly(not writable)
            field.setToolTip("" if writable else reason)
        self.setVisible(row.step > 0)

    def _fields(self, old: TimelineRow | None, row: TimelineRow) -> list[tuple[TextLine | NoteField, str, str]]:
        """Each field with what it showed of the older record and what it is to show."""
        before = ("", "", "") if old is None else (old.name, ", ".join(old.tags), old.note)
        now = (row.name, ", ".join(row.tags), row.note)
        return list(zip((self.name, self.tags, self.note), before, now, strict=True))

    def keep(self) -> None:
        """Hand over what was typed, where it differs from what is recorded."""
        row = self._row
        if row is None or row.patch_id is None or self.note.isReadOnly():
            return
        note, name, tags = self.note.toPlainText().strip(), self.name.text().strip(), read_tags(self.tags.text())
        if note != row.note:
            self.note.document().clearUndoRedoStacks()  # from now on Ctrl+Z is about the note that was kept
            self.note_edited.emit((row.patch_id, note))
        if name != row.name:
            self.renamed.emit((row.patch_id, name))
        if tags != row.tags:
            self.tags_edited.emit((row.patch_id, tags))


def _text(field: TextLine | NoteField) -> str:
    return field.toPlainText() if isinstance(field, NoteField) else field.text()


def _set_text(field: TextLine | NoteField, text: str) -> None:
    if _text(field) == text:
        return
    if isinstance(field, NoteField):
        field.setPlainText(text)
    else:
        field.setText(text)
