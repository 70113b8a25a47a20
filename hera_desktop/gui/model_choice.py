"""A row to choose another model with: those of the catalogue, the installed ones first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hera_desktop.engine.catalogue import MANIFEST, catalogue
from hera_desktop.engine.memory import MB, gigabytes
from hera_desktop.engine.places import data_folder

from .i18n import tr
from .theme import GRID


@dataclass(frozen=True)
class ModelChoice:
    """``name`` is what model.name takes; ``needs`` is in bytes, None where nothing is known."""

    name: str
    installed: bool
    needs: int | None


def model_choices() -> tuple[ModelChoice, ...]:
    """The models that can be named without typing, installed ones first, then by what they need."""
    known = [ModelChoice(entry.name, entry.installed, entry.memory_mb * MB) for entry in catalogue().values()]
    names = {choice.name for choice in known}
    folders = (path.parent for path in sorted((data_folder() / "models").glob(f"*/{MANIFEST}")))
    known += [ModelChoice(str(folder), True, None) for folder in folders if folder.name not in names]
    return tuple(sorted(known, key=lambda choice: (not choice.installed, choice.needs or 0)))


class ModelChooser(QWidget):
    """Signal: ``chosen(name)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Another model"))
        self.box.setToolTip(tr("With what each needs in memory; one that is not installed must be fetched first"))
        self.button = QPushButton(tr("Load this model"))
        self.button.setToolTip(tr("Begin a new session on the chosen model"))
        self.button.setAccessibleName(tr("Load the chosen model"))
        self.button.clicked.connect(self._choose)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(24)
        label = QLabel(tr("Another model"))
        label.setBuddy(self.box)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.box, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(label)
        column.addLayout(line)

    def refresh(self) -> None:
        """List the models as they are installed now; the one that was chosen stays chosen."""
        before = self.box.currentData()
        self.box.clear()
        for choice in model_choices():
            self.box.addItem(_row(choice), choice.name)
        self.box.setCurrentIndex(max(self.box.findData(before), 0))

    def _choose(self) -> None:
        if self.box.currentData():
            self.chosen.emit(self.box.currentData())


def _row(choice: ModelChoice) -> str:
    place = tr("installed") if choice.installed else tr("not installed")
    if choice.needs is None:
        return f"{choice.name}  ({place})"
    return tr("{name}  ({place}, {memory})").format(name=choice.name, place=place, memory=gigabytes(choice.needs))
