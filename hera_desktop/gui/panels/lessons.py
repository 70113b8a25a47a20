"""The lessons: the last one step by step, all of them one after another, what is still known, and running measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import qtawesome
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..chat.curves import CurvePlot
from ..chat.curves_lessons import LessonCurves
from ..chat.curves_survey import SurveyView
from ..chat.lesson_data import LessonData, read_lessons
from ..chat.lesson_measures import MeasuresTable
from ..chat.lesson_view import LessonView
from ..i18n import mark, tr
from ..labels import EmptyState
from ..plot_menu import PlotMenu
from ..records import Snapshot
from ..theme import GRID, MARGIN, recoloured, theme_of

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Survey

TITLE = mark("No lessons yet")
PURPOSE = mark("Here is what the model's lessons in the chat cost: losses, divergence from the base, and forgetting.")
FIRST_ACTION = mark("Tell the model a fact in the chat.")
ONE, ALL, SURVEYS, MEASURES = range(4)
TABS = (
    (mark("Lesson"), mark("One lesson step by step, and the weights of its tokens")),
    (mark("Lessons"), mark("Loss, divergence and perplexity after each lesson")),
    (mark("Still known"), mark("How many facts were known when all of them were asked")),
    (mark("Measures"), mark("Stability, plasticity and forgetting over the latest lessons")),
)


class LessonsPanel(QWidget):
    """Redraws from plain lessons, surveys and snapshots.

    Signals: ``told((text, level))`` after a plot was saved; ``patch_picked(patch_id)`` when a lesson is chosen that is
    a step on the timeline.
    """

    told = Signal(object)
    patch_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain: tuple[Mapping[str, Any], ...] = ()
        self._surveys: tuple[Survey, ...] = ()
        self._measures: Mapping[str, float | None] = {}
        self._snapshot: Snapshot | None = None
        self.lessons: tuple[LessonData, ...] = ()
        self.one, self.all = LessonView(), LessonCurves()
        self.surveys, self.measures = SurveyView(), MeasuresTable()
        self.tabs, self.save_button = QTabBar(), QToolButton()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr(TITLE), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._page())
        self._connect()

    # --- layout -----------------------------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(self._head())
        self._pages = QStackedWidget()
        for part in (self.one, self.all, self.surveys, _scrolling(self.measures)):
            self._pages.addWidget(part)
        column.addWidget(self._pages, 1)
        return page

    def _head(self) -> QHBoxLayout:
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("What is plotted"))
        for number, (name, tip) in enumerate(TABS):
            self.tabs.addTab(tr(name))
            self.tabs.setTabToolTip(number, tr(tip))
        self.save_button.setAutoRaise(True)
        self.save_button.setIconSize(QSize(2 * GRID, 2 * GRID))
        self.save_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.save_button.setAccessibleName(tr("Save a plot"))
        self.save_button.setToolTip(tr("Save a plot as PNG, SVG or CSV"))
        line = QHBoxLayout()
        line.addWidget(self.tabs, 1)
        line.addWidget(self.save_button)
        return line

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.one.lesson_picked.connect(self._on_lesson)
        self.all.lesson_picked.connect(self._on_point)
        self.menus = {plot: PlotMenu(plot, self) for plot in self._plots()}
        for menu in self.menus.values():
            menu.told.connect(self.told)
        self._save_menu = QMenu(self)
        self.save_button.setMenu(self._save_menu)
        self._colour()
        self._offer_menus()

    # --- records ----------------------------------------------------------------------------------------------------

    def show_lessons(
        self,
        lessons: Sequence[Mapping[str, Any]],
        surveys: Sequence[Survey],
        measures: Mapping[str, float | None] | None = None,
    ) -> None:
        """Lessons in plain values and surveys, both oldest first; ``measures`` as of now, where they are None those of
        the last lesson."""
        self._plain, self._surveys = tuple(lessons), tuple(surveys)
        self._measures = measures if measures is not None else (lessons[-1].get("measures") or {} if lessons else {})
        self._redraw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """What the lessons' steps were measured as, and the limits."""
        self._snapshot = snapshot
        self._redraw()

    def show_lesson(self, patch_id: str) -> bool:
        """Show the lesson of a step on the timeline; false where it is none."""
        found = next((lesson.number for lesson in self.lessons if lesson.patch_id == patch_id), None)
        if found is not None:
            self._pick(found)
        return found is not None

    def _redraw(self) -> None:
        rows = self._snapshot.timeline.proposals if self._snapshot else ()
        metrics = {str(row.patch_id): row.metrics for row in rows if row.metrics}
        self.lessons = read_lessons(self._plain, metrics)
        limits = self._snapshot.info.limits.get("ppl_ratio", {}).get("cumulative") if self._snapshot else None
        self._stack.setCurrentIndex(1 if self.lessons or self._surveys else 0)
        self.one.show_lessons(self.lessons)
        self.all.show_lessons(self.lessons, limits)
        self.all.show_lesson(self.one.number)
        self.surveys.show_surveys(self._surveys)
        self.measures.show_measures(self._measures)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _pick(self, number: int) -> None:
        self.one.show_lesson(number)
        self.all.show_lesson(number)

    def _on_lesson(self, number: int) -> None:
        self.all.show_lesson(number)
        patch_id = self.lessons[number - 1].patch_id
        if patch_id:
            self.patch_picked.emit(patch_id)

    def _on_point(self, number: int) -> None:
        self.one.show_lesson(number)
        self._on_lesson(number)

    def _on_tab(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self._offer_menus()

    # --- saving, themes ---------------------------------------------------------------------------------------------

    def _plots(self) -> tuple[CurvePlot, ...]:
        return (self.one.view.plot, *(view.plot for view in self.all.views.values()), self.surveys.view.plot)

    @property
    def shown_plots(self) -> tuple[CurvePlot, ...]:
        """What the present tab shows, and can be saved."""
        plots = self._plots()
        return {ONE: plots[:1], ALL: plots[1:-1], SURVEYS: plots[-1:]}.get(self.tabs.currentIndex(), ())

    def _offer_menus(self) -> None:
        self._save_menu.clear()
        shown = self.shown_plots
        for plot in shown:
            target = self._save_menu.addMenu(tr(plot.curves[0].title)) if len(shown) > 1 else self._save_menu
            target.addActions(self.menus[plot].menu.actions())
        self.save_button.setEnabled(bool(shown))

    def _colour(self) -> None:
        self.save_button.setIcon(qtawesome.icon("mdi6.tray-arrow-down", color=theme_of(self.palette()).dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and hasattr(self, "menus"):  # Qt asks before the constructor is done
            self._colour()


def _scrolling(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(part)
    return area
