"""The features ticked for an edit, and how active each is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ..edit_records import EditFeature
from ..i18n import mark, tr
from .plain_table import PlainTable

HEADERS = (mark("feature"), mark("name"), mark("last token"), mark("usual"), mark("used"))
TIPS = (
    mark("The feature's number in its SAE"),
    mark("Your name for it, an imported one, or the automatic one"),
    mark("Activation at the last token of the prompt (norm of what the feature writes)"),
    mark("Mean activation above zero in the atlas; stands in where the feature is not active on the prompt"),
    mark("What the proposal was computed with"),
)
NONE = "–"


class EditList(PlainTable):
    """Signal: ``untick_wanted(int)`` for each selected feature when Delete is pressed (or ``untick`` is called)."""

    untick_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Features of the edit"), [tr(text) for text in HEADERS], figures=(0, 2, 3, 4), wide=1, parent=parent
        )
        for column, tip in enumerate(TIPS):
            self.horizontalHeaderItem(column).setToolTip(tr(tip))
        self._features: tuple[EditFeature, ...] = ()
        self._used: dict[int, float] = {}

    @property
    def features(self) -> tuple[EditFeature, ...]:
        return self._features

    def show_features(self, features: tuple[EditFeature, ...]) -> None:
        self._features = features
        self._redraw()

    def show_used(self, used: dict[int, float]) -> None:
        """The activations a proposal was computed with; empty when there is none."""
        self._used = used
        self._redraw()

    def _redraw(self) -> None:
        self.fill([self._row(feature) for feature in self._features])

    def _row(self, feature: EditFeature) -> tuple[str, ...]:
        used = self._used.get(feature.id)
        figures = (_figure(value) for value in (feature.activation, feature.usual, used))
        return (str(feature.id), feature.name or tr("not named"), *figures)

    def untick(self) -> None:
        """Ask for the selected features to be left out."""
        for row in sorted({index.row() for index in self.selectedIndexes()}, reverse=True):
            self.untick_wanted.emit(self._features[row].id)

    def sizeHint(self) -> QSize:
        """It takes what room is left; what stands below it must be seen first."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.untick()
            return
        super().keyPressEvent(event)


def _figure(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"
