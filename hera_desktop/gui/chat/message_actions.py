"""What can be done with a message, and the bar of buttons that offers it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import qtawesome
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from ..i18n import mark, tr
from ..theme import recoloured, theme_of
from .entries import Entry

ActKind = Literal["copy", "edit", "regenerate", "compare", "learn", "roll_back"]


@dataclass(frozen=True)
class Act:
    """``text`` and ``tip`` are to be translated where they are shown. ``key`` is for a conversation that has the
    focus; ``on_bar``: it is one of the buttons, not in the menu alone."""

    kind: ActKind
    text: str
    tip: str
    icon: str
    key: str
    roles: tuple[str, ...]
    on_bar: bool = True


ACTS = (
    Act("copy", mark("Copy"), mark("Copy the message's text"), "mdi6.content-copy", "C", ("user", "assistant")),
    Act("edit", mark("Edit"), mark("Say it otherwise; both versions stay"), "mdi6.pencil-outline", "E", ("user",)),
    Act("regenerate", mark("Answer again"), mark("Another answer; both stay"), "mdi6.refresh", "R", ("assistant",)),
    Act(
        *("compare", mark("Base against learned"), mark("Answer with the adapter off and as it is now, side by side")),
        *("mdi6.compare-horizontal", "B", ("user", "assistant")),
    ),
    Act("learn", mark("Learn from it"), mark("Learn this message, or learn it again"), "mdi6.school", "L", ("user",)),
    Act(
        *("roll_back", mark("Roll back to this state"), mark("To the state in which this was written")),
        *("mdi6.history", "", ("user", "assistant"), False),
    ),
)
ALWAYS = ("copy", "edit")
"""What needs no model."""
LOOKS = ("compare",)
"""What changes nothing, and so is possible in a session that can only be read."""


@dataclass(frozen=True)
class Acted:
    """Something is wanted of a message; ``by`` is for a branch."""

    kind: ActKind | Literal["copy_hash", "branch", "close"]
    message_id: int
    by: int = 0


def acts_for(entry: Entry | None) -> tuple[Act, ...]:
    """Nothing where a message is not recorded yet."""
    if entry is None or entry.message_id is None:
        return ()
    return tuple(act for act in ACTS if entry.role in act.roles)


class _Button(QToolButton):
    """Signal: ``left()`` when the focus went elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ActionBar(QFrame):
    """Buttons over a corner of the message it belongs to. Signals: ``picked(kind)``; ``left()`` when the focus went
    from one of them."""

    picked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self.buttons: dict[str, QToolButton] = {act.kind: self._button(act) for act in ACTS if act.on_bar}
        line = QHBoxLayout(self)
        line.setContentsMargins(1, 1, 1, 1)
        line.setSpacing(0)
        for made in self.buttons.values():
            line.addWidget(made)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._colour()
        self.hide()

    def _button(self, act: Act) -> QToolButton:
        made = _Button()
        made.setAutoRaise(True)
        made.setIconSize(QSize(16, 16))
        made.setAccessibleName(tr(act.text))
        made.setToolTip(f"{tr(act.text)} ({act.key})\n{tr(act.tip)}")
        made.clicked.connect(self._on_clicked)
        made.left.connect(self.left)
        made.setProperty("kind", act.kind)
        return made

    def show_for(self, entry: Entry | None, possible: Collection[str]) -> None:
        """Offer what can be done with a message; nothing is hidden away that is only not possible now."""
        self.entry = entry
        acts = {act.kind for act in acts_for(entry)}
        for kind, made in self.buttons.items():
            made.setVisible(kind in acts)
            made.setEnabled(kind in possible)
        self.adjustSize()
        self.setVisible(bool(acts))

    def _on_clicked(self) -> None:
        self.picked.emit(self.sender().property("kind"))

    def _colour(self) -> None:
        theme = theme_of(self.palette())
        icons = {act.kind: act.icon for act in ACTS}
        for kind, made in self.buttons.items():
            made.setIcon(qtawesome.icon(icons[kind], color=theme.text, color_disabled=theme.reverted))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()


def message_menu(parent: QWidget, entry: Entry | None, possible: Collection[str]) -> QMenu:
    """The same as a menu; each action's ``data`` is what is wanted, as ``Acted``."""
    menu = QMenu(parent)
    for act in acts_for(entry):
        item = menu.addAction(tr(act.text))
        item.setData(Acted(act.kind, entry.message_id))
        item.setToolTip(tr(act.tip))
        item.setEnabled(act.kind in possible)
        if act.key:
            item.setText(f"{tr(act.text)}\t{act.key}")
    return menu
