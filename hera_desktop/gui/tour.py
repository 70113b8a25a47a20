"""A short tour of the window: a bubble that points at one part after another and says what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from .i18n import mark, tr
from .theme import GRID
from .tour_bubble import TourBubble, TourFrame

BESIDE = GRID


@dataclass(frozen=True)
class TourStep:
    """``dock`` is what the step points at; empty points at nothing, in the middle of the window."""

    dock: str
    title: str
    text: str


STEPS = (
    TourStep(
        "prompt",
        mark("Type what a step is about"),
        mark("Write a prompt and press Evolve (Ctrl+Enter). The change strengthens what the model's own features "
             "write for this text. Files of prompts can be dropped here and run one after another."),
    ),
    TourStep(
        "generation",
        mark("Before and after"),
        mark("The same prompt, continued by the model as it was and as it is after the step."),
    ),
    TourStep(
        "immune",
        mark("Every step is measured and judged"),
        mark("Fixed probes are read before and after each step. The lines show how far the model has moved; a step "
             "over a limit is rejected, and the model stays as it was."),
    ),
    TourStep(
        "timeline",
        mark("The way back"),
        mark("Every proposal is a row. Double-click one to roll back to it, right-click for more; Ctrl+Z and "
             "Ctrl+Shift+Z undo and redo. The state's hash proves that it is the same, bit for bit."),
    ),
    TourStep(
        "details",
        mark("What a step did"),
        mark("The chosen row in full: its verdict, measures, features and texts, and room for a note and tags."),
    ),
    TourStep(
        "features",
        mark("Look inside"),
        mark("Search the model's features, read a text token by token, steer with a feature, and make an edit of it."),
    ),
    TourStep(
        "compare",
        mark("Two states side by side"),
        mark("Any two rows of the timeline, the base included: what differs in settings, weights, measures and texts."),
    ),
    TourStep(
        "log",
        mark("Everything is a line of Python"),
        mark("What you do here appears as the line that does the same in a script. The palette (Ctrl+Shift+P) reaches "
             "every action of the window by its name."),
    ),
)  # fmt: skip


class GuidedTour(QObject):
    """Walks through ``STEPS``. ``widgets`` gives the widget of every dock id; a step whose widget is not there is left
    out.

    Signals: ``dock_wanted(dock id)`` before a step, so that the window brings that dock to the front; ``ended()``.
    """

    dock_wanted = Signal(object)
    ended = Signal()

    def __init__(self, window: QWidget, widgets: Mapping[str, QWidget], parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._window = window
        self._widgets = dict(widgets)
        self._steps = tuple(step for step in STEPS if not step.dock or step.dock in self._widgets)
        self._number = 0
        self._running = False
        self.frame = TourFrame(window)
        self.bubble = TourBubble(window)
        self.bubble.next_wanted.connect(self.next)
        self.bubble.back_wanted.connect(self.back)
        self.bubble.close_wanted.connect(self.close)
        self._place_soon = QTimer(self, singleShot=True, interval=0)
        self._place_soon.timeout.connect(self._place)

    @property
    def running(self) -> bool:
        return self._running

    @property
    def step(self) -> TourStep:
        return self._steps[self._number]

    def start(self) -> None:
        """Begin at the first step; the keyboard goes to the bubble."""
        if not self._steps:
            return
        self._running = True
        self._window.installEventFilter(self)
        self._show(0)

    def next(self) -> None:
        """The next step; after the last one the tour ends."""
        if self._number + 1 < len(self._steps):
            self._show(self._number + 1)
        else:
            self.close()

    def back(self) -> None:
        if self._number:
            self._show(self._number - 1)

    def close(self) -> None:
        if self._running:
            self._running = False
            self._place_soon.stop()
            self._window.removeEventFilter(self)
            self.bubble.hide()
            self.frame.hide()
            self.ended.emit()

    def _show(self, number: int) -> None:
        self._number = number
        self.dock_wanted.emit(self.step.dock)
        self.bubble.show_step(tr(self.step.title), tr(self.step.text), number + 1, len(self._steps))
        self._place()
        self._place_soon.start()  # once more when the layout has settled
        self.bubble.show()
        self.bubble.raise_()
        self.bubble.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    # --- where the bubble stands ------------------------------------------------------------------------------------

    def _place(self) -> None:
        target = self._target()
        self.frame.setVisible(target is not None)
        if target is not None:
            self.frame.setGeometry(target)
            self.frame.raise_()
        self.bubble.adjustSize()
        room = self._window.rect().adjusted(GRID, GRID, -GRID, -GRID)
        self.bubble.move(place_beside(self.bubble.rect(), target, room))
        self.bubble.raise_()

    def _target(self) -> QRect | None:
        """The part that is pointed at, in the window's coordinates; None where it is not seen."""
        widget = self._widgets.get(self.step.dock)
        if widget is None or not widget.isVisible():
            return None
        corner = widget.mapTo(self._window, QPoint(0, 0))
        return QRect(corner, widget.size()).intersected(self._window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place_soon.start()
        return super().eventFilter(watched, event)


def place_beside(bubble: QRect, target: QRect | None, room: QRect) -> QPoint:
    """Where a bubble goes: right of the target, else left, below or above it, else over its middle; always in
    ``room``."""
    if target is None:
        middle = room.center() - QPoint(bubble.width() // 2, bubble.height() // 2)
        return _kept_in(QRect(middle, bubble.size()), room)
    across = target.center().x() - bubble.width() // 2
    down = target.top() + 2 * GRID
    spots = (
        QPoint(target.right() + BESIDE, down),
        QPoint(target.left() - BESIDE - bubble.width(), down),
        QPoint(across, target.bottom() + BESIDE),
        QPoint(across, target.top() - BESIDE - bubble.height()),
    )
    for spot in spots:
        place = QRect(_kept_in(QRect(spot, bubble.size()), room), bubble.size())
        if not place.intersects(target):
            return place.topLeft()
    return _kept_in(QRect(target.center() - bubble.center(), bubble.size()), room)


def _kept_in(bubble: QRect, room: QRect) -> QPoint:
    left = max(room.left(), min(bubble.left(), room.right() - bubble.width()))
    top = max(room.top(), min(bubble.top(), room.bottom() - bubble.height()))
    return QPoint(left, top)
