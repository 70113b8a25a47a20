"""The immune system: each judged measure over the steps against its limits, and the verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import qtawesome
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..budget import use_with_edits
from ..collapse_view import CollapseView, has_edits
from ..heat_view import HeatView
from ..i18n import mark, tr
from ..labels import EmptyState, separator, title_label
from ..layer_view import LayerView
from ..mark_view import MarkView
from ..measure_view import MeasureView
from ..measures import MEASURES
from ..plot_export import ExportableWidget
from ..plot_group import PlotGroup
from ..plot_menu import PlotMenu
from ..records import Snapshot, TimelineRow
from ..theme import GRID, MARGIN, recoloured, theme_of

if TYPE_CHECKING:
    from hera_desktop.engine.standing import Standing

MERGE_MS = 30
PURPOSE = mark("Every step is measured on the probe texts, and refused where a measure is over its limit.")
FIRST_ACTION = mark("Evolve a prompt to see its measures here.")
VERDICTS = {
    "committed": mark("Step {step} committed"),
    "warning": mark("Step {step} committed with a warning"),
    "rejected": mark("Step {step} rejected"),
}
MEASURED, PROBES, LAYERS, EDITS = range(4)
TABS = (
    (mark("Measures"), mark("Each judged measure over the steps; thin: step, thick: cumulative")),
    (mark("Probes"), mark("The step's value on every single probe")),
    (mark("Layers"), mark("How much the weights were changed, and where")),
    (mark("Edits"), mark("How earlier edits hold after each new one, and how many more fit")),
)


class ImmunePanel(QWidget):
    """Redraws from snapshots; bursts are merged.

    Signals: ``step_picked(int)`` when a point in a plot is clicked or reached by the keys; ``step_hovered(int | None)``
    while the mouse is over a plot; ``told((text, level))`` after a plot was saved.
    """

    step_picked = Signal(object)
    step_hovered = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._step = 0
        self._count = 0
        self._hovered: int | None = None
        self._standing: Standing | None = None
        self.group = PlotGroup(self)
        last = len(MEASURES) - 1
        self.views = [MeasureView(measure, number == last) for number, measure in enumerate(MEASURES)]
        self.heat = HeatView()
        self.layers = LayerView()
        self.edits = CollapseView()
        self.mark = MarkView()
        self.verdict = title_label("")
        self.reason = QLabel()
        self._timer = QTimer(self, singleShot=True, interval=MERGE_MS)
        self._timer.timeout.connect(self.redraw)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr("Nothing measured yet"), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._page())
        self._join()

    # --- layout -----------------------------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(self._head())
        self._pages = QStackedWidget()  # a layout without a widget would show each page as a window of its own
        for part in (self._measures(), self.heat, self.layers, self.edits):
            self._pages.addWidget(part)
        column.addWidget(self._pages, 1)
        column.addWidget(separator())
        column.addLayout(self._verdict_line())
        column.addWidget(self.reason)
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return page

    def _head(self) -> QHBoxLayout:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("What is plotted"))
        for number, (name, tip) in enumerate(TABS):
            self.tabs.addTab(tr(name))
            self.tabs.setTabToolTip(number, tr(tip))
        self.tabs.setTabVisible(EDITS, False)  # until there are edits to tell of
        self.save_button = QToolButton()
        self.save_button.setAutoRaise(True)
        self.save_button.setIconSize(QSize(2 * GRID, 2 * GRID))
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.save_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.save_button.setAccessibleName(tr("Save a plot"))
        self.save_button.setToolTip(tr("Save a plot as PNG, SVG or CSV"))
        line = QHBoxLayout()
        line.addWidget(self.tabs)
        line.addStretch(1)
        line.addWidget(self.save_button)
        return line

    def _measures(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for view in self.views:
            column.addWidget(view, 116 if view is self.views[-1] else 100)  # the last one also has the steps
        return page

    def _verdict_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.mark)
        line.addWidget(self.verdict, 1)
        return line

    def _join(self) -> None:
        for plot in (*(view.plot for view in self.views), self.heat.plot, self.layers.plot, self.edits.plot):
            self.group.add(plot)
        self.group.step_picked.connect(self.step_picked)
        self.group.step_hovered.connect(self._on_hovered)
        self.tabs.currentChanged.connect(self._on_tab)
        self.menus = {plot: PlotMenu(plot, self) for plot in (*self.group.plots, self.layers.bars)}
        for menu in self.menus.values():
            menu.told.connect(self.told)
        self._save_menu = QMenu(self)
        self.save_button.setMenu(self._save_menu)
        self._colour()
        self._offer_menus()

    # --- records ----------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the proposals; a new one is shown in words."""
        count = len(snapshot.timeline.proposals)
        if count != self._count:
            self._step = self._count = count
        self._snapshot = snapshot
        if self._standing is not None and self._standing.state_hash != snapshot.info.state_hash:
            self.show_standing(None)
        self._timer.start()

    def show_step(self, step: int) -> None:
        """Say and highlight one step."""
        if step != self._step:
            self._step = step
            self._say()

    def show_standing(self, standing: Standing | None) -> None:
        """Where the present state stands against the base; None: not known yet."""
        self._standing = standing
        self.layers.show_changes(None if standing is None else standing.changes)
        if self.tabs.currentIndex() == EDITS:
            self._draw_edits()

    def hover_step(self, step: int | None) -> None:
        """Put the cross-hair at a step that the mouse is over elsewhere, such as in the timeline; None takes it off."""
        known = step is not None and 0 < step <= len(self.group.table)
        self._hovered = step if known else None
        self.group.hover(self._hovered)
        self._say_values()

    def redraw(self) -> None:
        """Draw the latest snapshot now."""
        self._timer.stop()
        if self._snapshot is None:
            return
        rows = self._snapshot.timeline.proposals
        self._offer_edits()
        self._stack.setCurrentIndex(1 if rows else 0)
        self.group.table.update(rows)
        self.group.grow(rows[-1].step if rows else 0)
        if self._hovered is not None and self._hovered > len(rows):
            self.hover_step(None)
        self._draw_tab()
        self._say()

    def _draw_tab(self) -> None:
        """Only what is seen is drawn."""
        if self._snapshot is None:
            return
        info, tab = self._snapshot.info, self.tabs.currentIndex()
        if tab == MEASURED:
            for view in self.views:
                view.plot.draw(info.limits.get(view.measure.name, {}))
        elif tab == PROBES:
            self.heat.draw(info.probes, info.limits)
        elif tab == LAYERS:
            self.layers.draw()
        else:
            self._draw_edits()
        self.group.settle()

    def _offer_edits(self) -> None:
        """The tab of the edits is there while there are edits to tell of."""
        wanted = self._snapshot is not None and has_edits(self._snapshot.timeline.proposals)
        if not wanted and self.tabs.currentIndex() == EDITS:
            self.tabs.setCurrentIndex(MEASURED)
        self.tabs.setTabVisible(EDITS, wanted)

    def _draw_edits(self) -> None:
        self.edits.draw()
        use = None
        if self._standing is not None and self._snapshot is not None:
            use = use_with_edits(self._standing.cumulative, self._snapshot)
        self.edits.show_use(use)

    def _say(self) -> None:
        if self._snapshot is None or not self._count:
            return
        row = self._snapshot.timeline.rows[min(self._step, self._count)]
        if row.step == 0:
            self.mark.show_mark("base")
            self.verdict.setText(tr("The base"))
            self.reason.setText(tr("The model without any patch; every cumulative measure is against it."))
        else:
            self.mark.show_mark(row.status)
            self.verdict.setText(tr(VERDICTS[row.status]).format(step=row.step))
            self.reason.setText(_sentence(row.reason))
        self.reason.setToolTip(row.reason)
        self.group.pick(row.step)
        self._say_values()

    def _say_values(self) -> None:
        """The values of the step under the mouse, else of the one that is picked."""
        if self._snapshot is None:
            return
        hovered, rows = self._hovered, self._snapshot.timeline.rows
        row: TimelineRow = rows[min(self._step if hovered is None else hovered, len(rows) - 1)]
        for view in self.views:
            limits = self._snapshot.info.limits.get(view.measure.name, {})
            view.show_values(row, limits, hovered is not None)
        self.layers.say(row.step)
        self.edits.say(row.step)

    def _on_hovered(self, step: int | None) -> None:
        self._hovered = step
        self._say_values()
        self.step_hovered.emit(step)

    # --- tabs, saving, themes ---------------------------------------------------------------------------------------

    def _on_tab(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self._offer_menus()
        self._draw_tab()

    @property
    def shown_plots(self) -> Sequence[ExportableWidget]:
        """What the present tab shows, and can be saved."""
        tab = self.tabs.currentIndex()
        if tab == MEASURED:
            return [view.plot for view in self.views]
        if tab == LAYERS:
            return [self.layers.bars, self.layers.plot]
        return [self.heat.plot if tab == PROBES else self.edits.plot]

    def _offer_menus(self) -> None:
        """The menus of the plots that are seen, each under its plot's name where there are several."""
        self._save_menu.clear()
        names = [tr(view.measure.title) for view in self.views]
        if self.tabs.currentIndex() == LAYERS:
            names = [tr("Present state"), tr("Each step")]
        shown = self.shown_plots
        for name, plot in zip(names, shown, strict=False):
            target = self._save_menu.addMenu(name) if len(shown) > 1 else self._save_menu
            target.addActions(self.menus[plot].menu.actions())

    def _colour(self) -> None:
        theme = theme_of(self.palette())
        for plot in self.group.plots:
            plot.colour(theme)
        self.save_button.setIcon(qtawesome.icon("mdi6.tray-arrow-down", color=theme.dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and hasattr(self, "menus"):  # Qt asks before the constructor is done
            self._colour()
            self._timer.start()


def _sentence(reason: str) -> str:
    """The reason without the verdict's word, which stands above it."""
    _, _, rest = reason.partition(": ")
    rest = rest or reason
    return rest[:1].upper() + rest[1:]
