"""The lessons one after another: loss, divergence from the base on the anchors, perplexity ratio against its limits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..norm_plot import HUES
from .curves import Curve, CurvePlot, Points, column
from .curves_view import CurveStack, CurveView
from .lesson_data import LessonData

Limits = tuple[float, float] | None
UNCHANGED = {"loss": 0.0, "anchor_kl": 0.0, "perplexity": 1.0}
TITLES = {
    "loss": mark("Loss, nats"),
    "anchor_kl": mark("KL on anchors, nats"),
    "perplexity": mark("Perplexity ratio, x"),
}
CAPTIONS = {
    "loss": mark("Task loss at the last step of each lesson, in nats"),
    "anchor_kl": mark("Divergence from the base on general questions after each lesson, in nats"),
    "perplexity": mark("Perplexity of the neutral texts over the base's, after each lesson; 1 is as before"),
}
CURVES = {
    "loss": Curve("loss", mark("loss"), ".4f", HUES[0]),
    "anchor_kl": Curve("anchor_kl", mark("KL"), ".4f", HUES[4], "dash"),
    "perplexity": Curve("perplexity", mark("PPL"), ".3f", HUES[2]),
}
PLACE = mark("lesson {place}:")


class LessonCurves(QWidget):
    """Signal: ``lesson_picked(number)`` when a point is clicked or reached by the keys."""

    lesson_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plots = {name: CurvePlot([CURVES[name]], f"lessons_{name}", tr(CAPTIONS[name]), "lesson") for name in CURVES}
        self.views = {name: CurveView(tr(TITLES[name]), plot, PLACE) for name, plot in plots.items()}
        self.stack = CurveStack(list(self.views.values()))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.stack)
        self.stack.group.step_picked.connect(self._on_picked)

    def show_lessons(self, lessons: Sequence[LessonData], limits: Limits) -> None:
        """``limits`` are the cumulative ones of the perplexity ratio."""
        points = Points([lesson.number for lesson in lessons], [_symbol(lesson.mark) for lesson in lessons])
        for name, view in self.views.items():
            values = column([getattr(lesson, name) for lesson in lessons])
            bands = limits if name == "perplexity" else None
            view.plot.draw(points, {name: values}, bands, UNCHANGED[name])
        self.stack.settle()

    def show_lesson(self, number: int | None) -> None:
        """Show which lesson is picked."""
        self.stack.pick(number)

    def _on_picked(self, number: int) -> None:
        self.stack.pick(number)
        self.lesson_picked.emit(number)


def _symbol(name: str) -> str:
    """The plots have a mark for every outcome but those that changed nothing."""
    return name if name in ("committed", "warning", "rejected", "reverted") else "left"
