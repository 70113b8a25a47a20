"""The small popup that asks how strongly a patch is to be re-applied."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from .i18n import tr
from .theme import GRID, MARGIN, tabular

LEAST, MOST, USUAL = 0.01, 10.0, 0.5


class StrengthPopup(QFrame):
    """Signal: ``wanted((patch_id, factor))``. It goes away when it is left, and by Esc."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._patch_id = ""
        self.question = QLabel()
        self.factor = QDoubleSpinBox()
        self.factor.setLocale(QLocale.c())
        self.factor.setRange(LEAST, MOST)
        self.factor.setDecimals(2)
        self.factor.setSingleStep(0.1)
        self.factor.setSuffix(" x")
        self.factor.setFont(tabular(self.factor.font()))
        self.factor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.factor.setAccessibleName(tr("Factor"))
        self.factor.setToolTip(tr("The patch is multiplied by this: 1 is the same patch, 0.5 is half of it"))
        self.button = QPushButton(tr("Re-apply"))
        self.button.setAccessibleName(tr("Re-apply"))
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        line.setSpacing(GRID)
        for part in (self.question, self.factor, self.button):
            line.addWidget(part)
        self.button.clicked.connect(self._submit)

    def ask(self, patch_id: str, place: QPoint) -> None:
        """Show it at a place of the screen; it begins with a half."""
        self._patch_id = patch_id
        self.question.setText(tr("Propose {patch} again, times").format(patch=patch_id))
        self.factor.setValue(USUAL)
        self.adjustSize()
        self.move(place)
        self.show()
        self.factor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.factor.selectAll()

    def _submit(self) -> None:
        self.factor.interpretText()
        self.hide()
        self.wanted.emit((self._patch_id, round(self.factor.value(), 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
