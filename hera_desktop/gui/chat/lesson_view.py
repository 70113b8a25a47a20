"""One lesson: what became of it and of what was there before, its losses step by step, the weights of its tokens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel
from ..mark_view import MarkView
from ..norm_plot import HUES
from ..theme import GRID
from .curves import Curve, CurvePlot, Points, column
from .curves_view import CurveStack, CurveView
from .lesson_beside import beside_text, beside_tip
from .lesson_data import WORDS, LessonData
from .token_heat import TokenHeat

STEP_CURVES = (
    Curve("task", mark("loss"), ".4f", HUES[0]),
    Curve("kl", mark("KL"), ".4f", HUES[4], "dash"),
    Curve("probability", mark("p"), ".3f", HUES[3], "dot", share=True),
)
STEPS_CAPTION = mark(
    "Each step of the lesson: task loss and KL from the base, in nats (left); probability of the object, in the worst "
    "form (right)"
)
NO_STEPS = mark("This lesson took no step.")
TITLE_LETTERS = 60


class LessonView(QWidget):
    """Signal: ``lesson_picked(number)`` when the user chooses another one."""

    lesson_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lessons: tuple[LessonData, ...] = ()
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Lesson that is shown"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self.mark = MarkView()
        self.reason = DimLabel()
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.beside = DimLabel()
        self.beside.setTextFormat(Qt.TextFormat.PlainText)
        self.no_steps = DimLabel(tr(NO_STEPS))
        plot = CurvePlot(STEP_CURVES, "lesson_steps", tr(STEPS_CAPTION), "step")
        self.view = CurveView(tr("Loss, nats"), plot, mark("step {place}:"))
        self.stack = CurveStack([self.view])
        self.stack.group.step_picked.connect(self.stack.pick)
        self.heat = TokenHeat()
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._on_choice)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.mark)
        head.addWidget(self.choice, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, GRID // 2, 0, 0)
        page.setSpacing(GRID)
        page.addLayout(head)
        page.addWidget(self.reason)
        page.addWidget(self.beside)
        page.addWidget(self.no_steps)
        page.addWidget(self.stack, 1)
        page.addWidget(self.heat)
        page.addStretch(0)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def number(self) -> int | None:
        """The lesson that is shown, counted from 1."""
        lesson = self._shown
        return lesson.number if lesson else None

    @property
    def _shown(self) -> LessonData | None:
        place = self.choice.currentIndex()
        return self._lessons[len(self._lessons) - 1 - place] if 0 <= place < len(self._lessons) else None

    def show_lessons(self, lessons: Sequence[LessonData]) -> None:
        """The newest first; a new one is shown at once, else the one that was shown stays."""
        kept = self.number if len(lessons) == len(self._lessons) else None
        self._lessons = tuple(lessons)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([_title(lesson) for lesson in reversed(self._lessons)])
        for place, lesson in enumerate(reversed(self._lessons)):
            self.choice.setItemData(place, lesson.text, Qt.ItemDataRole.ToolTipRole)
        self.choice.blockSignals(False)
        self.show_lesson(kept or len(self._lessons))

    def show_lesson(self, number: int) -> None:
        """Show a lesson without telling anybody."""
        self.choice.blockSignals(True)
        self.choice.setCurrentIndex(len(self._lessons) - number)
        self.choice.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        lesson = self._shown
        if lesson is None:
            return
        self.mark.show_mark(lesson.mark)
        self.mark.setToolTip(tr(WORDS[lesson.outcome]) if lesson.outcome in WORDS else lesson.outcome)
        self.choice.setToolTip(lesson.text)
        self.reason.setText(lesson.reason[:1].upper() + lesson.reason[1:])
        self.reason.setVisible(bool(lesson.reason))
        self._draw_beside(lesson)
        steps = lesson.steps
        self.no_steps.setVisible(not steps)
        self.stack.setVisible(bool(steps))
        self.heat.show_tokens(lesson.tokens)
        points = Points([int(step.get("step") or place) for place, step in enumerate(steps, 1)])
        values = {curve.name: column([step.get(curve.name) for step in steps]) for curve in STEP_CURVES}
        self.view.plot.draw(points, values)
        self.stack.pick(None)
        self.stack.settle()

    def _draw_beside(self, lesson: LessonData) -> None:
        text = beside_text(lesson)
        self.beside.setText(text)
        self.beside.setToolTip(beside_tip(lesson))
        self.beside.setVisible(bool(text))

    def _on_choice(self) -> None:
        self._draw()
        if self.number is not None:
            self.lesson_picked.emit(self.number)


def _title(lesson: LessonData) -> str:
    text = lesson.text if len(lesson.text) <= TITLE_LETTERS else lesson.text[: TITLE_LETTERS - 1] + "…"
    return tr("{number}: {text}").format(number=lesson.number, text=text)
