"""What would be learned from a message, shown before anything is: the fact, its tokens' weights, contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ..features.fields import button
from ..i18n import mark, tr
from ..labels import DimLabel, separator, title_label
from ..mark_view import MarkView
from ..theme import GRID, tabular
from .facts_words import NOTHING, contradiction_text, relation_text
from .token_heat import TokenHeat

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import FactInfo, KnownFact, Parsed

LEARN = mark("Learn this?")
KINDS = {"fact": mark("a fact"), "question": mark("a question"), "regular": mark("neither a fact nor a question")}
LEARN_TIP = mark("Send the message and learn from it: a step on the timeline, which Undo takes back (Enter)")
DECLINE_TIP = mark("Send the message without learning from it (Esc)")


class AskView(QWidget):
    """Signals: ``learn_wanted()`` and ``declined()``; Enter learns, Esc declines. It is hidden while there is nothing
    to ask. Only what would be learned is asked about."""

    learn_wanted = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parsed: Parsed | None = None
        self.title = title_label(tr(LEARN))
        self.note = DimLabel()
        self.fields = {name: _value(title) for name, title in _titles().items()}
        self.heat = TokenHeat()
        self.warning = MarkView()
        self.warning.show_mark("warning")
        self.contradictions = QLabel()
        self.contradictions.setWordWrap(True)
        self.contradictions.setTextFormat(Qt.TextFormat.PlainText)
        self.learn_button: QPushButton = button(tr("Learn"), tr(LEARN_TIP))
        self.decline_button: QPushButton = button(tr("Don't learn"), tr(DECLINE_TIP))
        self.setAccessibleName(tr("What would be learned"))
        self._lay_out()
        self.learn_button.clicked.connect(self._learn)
        self.decline_button.clicked.connect(self._decline)
        self.clear()

    def _lay_out(self) -> None:
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(2)
        for name, title in _titles().items():
            label = DimLabel(title)
            label.setWordWrap(False)
            form.addRow(label, self.fields[name])
        self._clash = QWidget()
        clash = QHBoxLayout(self._clash)
        clash.setContentsMargins(0, 0, 0, 0)
        clash.setSpacing(GRID)
        clash.addWidget(self.warning, 0, Qt.AlignmentFlag.AlignTop)
        clash.addWidget(self.contradictions, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        for part in (separator(), self.title, self.note, self._form, self.heat, self._clash):
            column.addWidget(part)
        column.addLayout(self._buttons())
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.learn_button)
        line.addWidget(self.decline_button)
        line.addStretch(1)
        return line

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_parsed(self, parsed: Parsed) -> None:
        """Ask, and take the keyboard."""
        self.parsed = parsed
        fact = parsed.fact
        self.note.setText(parsed.note[:1].upper() + parsed.note[1:])
        self.note.setVisible(bool(parsed.note))
        self._show_fact(fact)
        self.heat.show_tokens(parsed.tokens)
        self._show_contradictions(parsed.contradicts)
        self.show()
        self.learn_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """There is nothing to ask (any more)."""
        self.parsed = None
        self.hide()

    def _show_fact(self, fact: FactInfo) -> None:
        texts = {
            "kind": tr(KINDS[fact.kind]),
            "subject": fact.subject,
            "relation": relation_text(fact.relation),
            "object": fact.object,
            "confidence": f"{fact.confidence:.2f}" if fact.confidence else "",
            "pattern": fact.pattern,
        }
        for name, text in texts.items():
            self.fields[name].setText(text or NOTHING)
        found = fact.is_fact or bool(fact.pattern)
        layout = self._form.layout()
        if isinstance(layout, QFormLayout):
            for name, field in self.fields.items():
                layout.setRowVisible(field, found or name == "kind")

    def _show_contradictions(self, facts: Sequence[KnownFact]) -> None:
        self.contradictions.setText("\n".join(map(contradiction_text, facts)))
        self._clash.setVisible(bool(facts))

    # --- what the user does -----------------------------------------------------------------------------------------

    def _learn(self) -> None:
        if self.parsed is not None:
            self.learn_wanted.emit()

    def _decline(self) -> None:
        if self.parsed is not None:
            self.declined.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._decline() if self.decline_button.hasFocus() else self._learn()
        elif event.key() == Qt.Key.Key_Escape:
            self._decline()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if self.parsed is not None and _escapes(event):
            event.accept()  # else it would cancel what is running
            return True
        return super().event(event)


def _escapes(event: QEvent) -> bool:
    kind = QEvent.Type.ShortcutOverride
    return event.type() == kind and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _titles() -> dict[str, str]:
    return {
        "kind": tr("message"),
        "subject": tr("subject"),
        "relation": tr("relation"),
        "object": tr("object"),
        "confidence": tr("confidence"),
        "pattern": tr("pattern"),
    }


def _value(title: str) -> QLabel:
    label = QLabel()
    label.setFont(tabular(label.font()))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAccessibleName(title)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
