"""A table of rows that are chosen one at a time: no grid, no editing, one column that takes what room is left."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHeaderView, QTableView

from .theme import GRID

NARROWEST = 24


def make_plain(view: QTableView, widths: Mapping[int, int], stretched: int) -> None:
    """Set up a view that has its model; ``widths`` in pixels by column, of those that the user can change."""
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    rows, columns = view.verticalHeader(), view.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(3 * GRID)
    columns.setHighlightSections(False)
    columns.setSectionsClickable(True)
    columns.setMinimumSectionSize(NARROWEST)
    for column, width in widths.items():
        columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        columns.resizeSection(column, width)
    columns.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
