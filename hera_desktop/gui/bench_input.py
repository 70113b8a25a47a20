"""What a person's hand does, posted to a widget as the window system would: the wheel and the keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def turn_wheel(area: QAbstractScrollArea, delta: int) -> None:
    """Turn the wheel over the middle of what the area shows, by ``delta`` eighths of a degree; below zero is down."""
    middle = QPointF(area.viewport().rect().center())
    where = QPointF(area.viewport().mapToGlobal(middle.toPoint()))
    buttons, keys, phase = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(middle, where, QPoint(), QPoint(0, delta), buttons, keys, phase, False)
    QCoreApplication.postEvent(area.viewport(), event)


def press_key(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """Press a key and let it go; ``text`` is what it types."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
