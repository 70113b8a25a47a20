"""The table's model: a window onto a FeatureList. Text is made for the cells that are painted, and for no others."""

from __future__ import annotations

from typing import Any

import qtawesome
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon

from ..i18n import mark, tr
from ..theme import Theme, tabular
from .feature_list import FeatureList

NO_PARENT = QModelIndex()
PIN, TICK, ID, NAME, DENSITY, MAX, ACTIVATION = range(7)
COLUMN_NAMES = {ID: "id", NAME: "name", DENSITY: "density", MAX: "max", ACTIVATION: "activation"}
"""How the columns that can be sorted by are called in a FeatureList."""
TITLES = {ID: mark("id"), NAME: mark("name"), DENSITY: mark("density, %"), MAX: mark("max")}
Role = Qt.ItemDataRole
DISPLAY, DECORATION, TIP, FONT, ALIGN, COLOUR, CHECK = (
    int(role)
    for role in (
        Role.DisplayRole,
        Role.DecorationRole,
        Role.ToolTipRole,
        Role.FontRole,
        Role.TextAlignmentRole,
        Role.ForegroundRole,
        Role.CheckStateRole,
    )
)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TIPS = {
    PIN: mark("Pinned features; click to pin"),
    TICK: mark("Ticked features take part in the edit (tab Edit); Space ticks"),
    ID: mark("The feature's number in the SAE"),
    NAME: mark("Your name, else the imported one, else the automatic one in italics"),
    DENSITY: mark("Share of the atlas' tokens on which the feature fires, in %"),
    MAX: mark("Largest activation in the atlas (norm of what the feature writes)"),
    ACTIVATION: mark("Largest activation on the text, or that at the picked token (norm of what the feature writes)"),
}
SOURCES = {"user": mark("your name"), "import": mark("imported name"), "auto": mark("automatic name")}


class FeatureTableModel(QAbstractTableModel):
    """Signals: ``ticked_changed()``; ``pin_wanted((feature, pinned))``."""

    ticked_changed = Signal()
    pin_wanted = Signal(object)

    def __init__(self, features: FeatureList, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.features = features
        self.ticked: list[int] = []
        self._activation_title = tr("activation")
        self.set_theme(theme, QFont())

    def set_theme(self, theme: Theme, font: QFont) -> None:
        self.figures_font, self._plain, self._italic = tabular(font), QFont(font), QFont(font)
        self._italic.setItalic(True)
        self._dim = QColor(theme.dim)
        self.pin_icon: QIcon = qtawesome.icon("mdi6.pin", color=theme.accent)
        self.ticked_icon: QIcon = qtawesome.icon("mdi6.checkbox-marked", color=theme.accent)
        self.free_icon: QIcon = qtawesome.icon("mdi6.checkbox-blank-outline", color=theme.reverted)

    def name_font(self, automatic: bool) -> QFont:
        return self._italic if automatic else self._plain

    def name_colour(self, automatic: bool) -> QColor | None:
        """Automatic names are dim; None is the text's own colour."""
        return self._dim if automatic else None

    # --- what is shown ----------------------------------------------------------------------------------------------

    def set_features(self, features: FeatureList) -> None:
        self.beginResetModel()
        self.features = features
        self.endResetModel()

    def refresh(self) -> None:
        """The list shows other rows now."""
        self.beginResetModel()
        self.endResetModel()

    def title_activation(self, title: str) -> None:
        self._activation_title = title
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, ACTIVATION, ACTIVATION)

    def feature(self, row: int) -> int | None:
        rows = self.features.rows
        return int(rows[row]) if 0 <= row < len(rows) else None

    def tick(self, feature: int, ticked: bool) -> None:
        if ticked != (feature in self.ticked):
            self.ticked.append(feature) if ticked else self.ticked.remove(feature)
            self._row_changed(feature)
            self.ticked_changed.emit()

    def untick(self) -> None:
        """Tick none."""
        for feature in tuple(self.ticked):
            self.tick(feature, False)

    def _row_changed(self, feature: int) -> None:
        row = self.features.row_of(feature)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, ACTIVATION))

    # --- QAbstractTableModel ----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.features.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else ACTIVATION + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self._title(section)
        if role == TIP:
            return tr(TIPS[section])
        if role == ALIGN:
            return LEFT if section == NAME else RIGHT
        return None

    def _title(self, section: int) -> str:
        """The column's name, with an arrow where the table is sorted by it."""
        title = self._activation_title if section == ACTIVATION else tr(TITLES.get(section, ""))
        if COLUMN_NAMES.get(section) != self.features.sorted_by:
            return title
        arrow = "↓" if self.features.descending else "↑"
        return f"{title} {arrow}" if section == NAME else f"{arrow} {title}"

    def data(self, index: QModelIndex, role: int = DISPLAY) -> Any:
        column = index.column()
        if role == DISPLAY:
            return self.text(int(self.features.rows[index.row()]), column)
        if role == ALIGN:
            return LEFT if column == NAME else RIGHT
        if role == FONT:
            if column != NAME:
                return self.figures_font
            return self.name_font(self._is_automatic(index))
        if role == COLOUR:
            return self.name_colour(self._is_automatic(index)) if column == NAME else None
        if role == CHECK and column == TICK:
            ticked = int(self.features.rows[index.row()]) in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == DECORATION and column == PIN:
            return self.pin_icon if self.features.pinned[self.features.rows[index.row()]] else None
        if role == TIP:
            return self._tip(int(self.features.rows[index.row()]), column)
        return None

    def toggle_tick(self, row: int) -> None:
        feature = self.feature(row)
        if feature is not None:
            self.tick(feature, feature not in self.ticked)

    def toggle_pin(self, row: int) -> None:
        feature = self.feature(row)
        if feature is not None:
            self.pin_wanted.emit((feature, not self.features.pinned[feature]))

    def _is_automatic(self, index: QModelIndex) -> bool:
        return self.features.source(int(self.features.rows[index.row()])) == "auto"

    def text(self, feature: int, column: int) -> str | None:
        """What stands in a cell."""
        features = self.features
        if column == ID:
            return str(feature)
        if column == NAME:
            return features.name(feature)
        if column == ACTIVATION:
            value = features.activation[feature]
            return f"{value:.2f}" if value > 0 else ""
        if column == DENSITY:
            return "" if features.atlas is None else f"{100 * features.atlas.density[feature]:.3f}"
        if column == MAX:
            return "" if features.atlas is None else f"{features.atlas.max[feature]:.2f}"
        return None

    def _tip(self, feature: int, column: int) -> str:
        if column != NAME:
            return tr(TIPS[column])
        label = self.features.label(feature)
        name = self.features.name(feature)
        lines = [f"{name}\n{tr(SOURCES[self.features.source(feature)])}" if name else tr("no name yet"), label.note]
        return "\n".join(line for line in lines if line)
