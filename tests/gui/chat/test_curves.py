"""The plots of the lessons: what is drawn, read out, picked and saved."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from hera_desktop.engine.facts.measures import RunningMeasures
from hera_desktop.gui.chat.curves import Curve, CurvePlot, Points, column
from hera_desktop.gui.chat.lesson_data import read_lessons
from hera_desktop.gui.chat.lesson_measures import RUNNING
from hera_desktop.gui.panels.lessons import ALL, MEASURES, ONE, SURVEYS, LessonsPanel
from hera_desktop.gui.plot_bench import LIMITS

from .taught import plain_lesson, snapshot, survey

OUTCOMES = ("committed", "warning", "rejected", "known", "softened")


@pytest.fixture
def panel(qtbot) -> LessonsPanel:
    made = LessonsPanel()
    qtbot.addWidget(made)
    made.resize(640, 460)
    made.show()
    qtbot.waitExposed(made)
    lessons = [plain_lesson(n, name, 0 if name == "known" else 4) for n, name in enumerate(OUTCOMES, 1)]
    made.show_snapshot(snapshot(len(lessons)))
    made.show_lessons(lessons, (survey(2, 1, 2), survey(4, 3, 4), survey(5, 0, 0)))
    return made


def table(panel: LessonsPanel) -> dict[str, str]:
    return {row[1]: row[2] for row in panel.measures.table.texts()}


# --- lessons as they are read -----------------------------------------------------------------------------------------


def test_a_lesson_is_read_however_little_is_recorded():
    (lesson,) = read_lessons([{"outcome": "nothing", "fact": "just a text"}])
    assert (lesson.text, lesson.mark, lesson.steps, lesson.tokens) == ("just a text", "left", (), ())
    assert (lesson.loss, lesson.anchor_kl, lesson.perplexity) == (None, None, None)


def test_the_perplexity_ratio_is_that_of_the_step_unless_the_lesson_brings_its_own():
    metrics = {"p1": {"ppl_ratio": {"cumulative": 1.5}}, "p2": {"ppl_ratio": {"cumulative": 1.5}}}
    own = plain_lesson(2, metrics={"ppl_ratio": {"cumulative": 1.25}})
    first, second = read_lessons([plain_lesson(1), own], metrics)
    assert (first.perplexity, second.perplexity) == (1.5, 1.25)
    assert first.loss == 3.0 / 4


# --- one plot ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def plot(qtbot) -> CurvePlot:
    curves = (Curve("loss", "loss", ".3f", "#2f7ed8"), Curve("p", "p", ".2f", "#0b8f6a", "dot", share=True))
    made = CurvePlot(curves, "steps", "Steps of a lesson", "step")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    made.draw(Points([1, 2, 4]), {"loss": column([4.0, None, 1.0]), "p": column([0.0, 0.5, 1.0])})
    made.bound(4)
    made.show_range(0.5, 8.5)
    return made


def test_shares_fill_the_height_whatever_the_other_values_are(plot):
    losses, shares = plot.heights_at(np.arange(3))
    assert losses.tolist()[::2] == [4.0, 1.0] and np.isnan(losses[1])
    assert shares.tolist() == [0.0, 2.0, 4.0]
    axis = plot.getAxis("right")
    assert axis.tickStrings([0.0, 2.0, 4.0], 1.0, 2.0) == ["0", "0.5", "1"]


def test_values_that_are_not_there_leave_no_point(plot):
    assert plot._lines["loss"].xData.tolist() == [1.0, 4.0]


def test_what_is_not_finite_lies_at_the_upper_edge_and_is_called_so(plot):
    plot.draw(Points([1, 2]), {"loss": column([1.0, float("inf")]), "p": column([0.0, None])})
    assert plot.heights_at(np.arange(2))[0].tolist() == [1.0, 1.0]
    assert plot.curves[0].text(float("inf")) == "not finite"
    assert plot.curves[0].text(float("nan")) == "–"


def test_the_arrows_go_to_the_next_place_there_is(plot, qtbot):
    heard = []
    plot.step_picked.connect(heard.append)
    plot.step_picked.connect(plot.pick)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert heard == [1, 2, 4, 4, 2]


def test_the_numbers_can_be_saved(plot):
    assert plot.csv_rows() == [["step", "loss", "p"], [1, 4.0, 0.0], [2, "", 0.5], [4, 1.0, 1.0]]


# --- the panel --------------------------------------------------------------------------------------------------------


def test_without_lessons_it_says_what_it_is_for(qtbot):
    panel = LessonsPanel()
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.tabs.isVisible()
    panel.show_lessons([], [survey(1, 1, 1)])
    assert panel.tabs.isVisible()


def test_the_last_lesson_is_shown_step_by_step_with_its_tokens(panel):
    one = panel.one
    assert one.number == 5
    assert one.choice.currentText() == "5: F 5"
    assert one.mark.mark == "warning"
    assert one.view.plot.values["task"].tolist() == pytest.approx([3.0, 1.5, 1.0, 0.75])
    assert one.view.key.text == "loss 0.7500, KL 0.0400, p 0.800"
    assert [token.text for token in one.heat.tokens] == ["The", " capital", "\n"]


def test_a_lesson_without_steps_says_so(panel):
    panel.one.choice.setCurrentIndex(1)
    assert panel.one.number == 4
    assert panel.one.no_steps.isVisible()
    assert not panel.one.stack.isVisible()


def test_a_new_lesson_is_shown_at_once_and_an_old_one_stays_until_then(panel):
    lessons = list(panel._plain)
    panel.one.choice.setCurrentIndex(3)
    panel.show_snapshot(snapshot(5))
    assert panel.one.number == 2
    panel.show_lessons([*lessons, plain_lesson(6)], ())
    assert panel.one.number == 6


def test_the_lessons_are_drawn_with_their_marks_and_the_limit(panel):
    panel.tabs.setCurrentIndex(ALL)
    plot = panel.all.views["perplexity"].plot
    assert plot.values["perplexity"].tolist() == pytest.approx([1.01, 1.02, 1.03, 1.04, 1.05])
    assert plot.limits == LIMITS["ppl_ratio"]["cumulative"]
    assert plot.table.marks == ("committed", "warning", "rejected", "reverted", "warning")
    assert np.isnan(panel.all.views["loss"].plot.values["loss"][3])
    low, high = plot.box.viewRange()[1]
    assert low < 1.0 and high > 2.0


def test_a_point_that_is_clicked_is_the_lesson_that_is_shown(panel, qtbot):
    panel.tabs.setCurrentIndex(ALL)
    plot = panel.all.views["anchor_kl"].plot
    qtbot.waitUntil(lambda: plot.isVisible() and plot.box.viewRange()[0][1] > 5)
    place = plot.mapFromScene(plot.box.mapViewToScene(QPointF(2, 0.004)))
    with qtbot.waitSignal(panel.patch_picked) as heard:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == ["p2"]
    assert panel.one.number == 2
    assert panel.all.views["loss"].key.text == "lesson 2:, loss 0.7500"


def test_a_step_of_the_timeline_is_found_as_its_lesson(panel):
    assert panel.show_lesson("p3")
    assert panel.one.number == 3
    assert not panel.show_lesson("p99")


def test_the_surveys_are_a_curve_over_the_turns_and_a_table(panel):
    panel.tabs.setCurrentIndex(SURVEYS)
    plot = panel.surveys.view.plot
    assert plot.table.steps.tolist() == [2, 4, 5]
    assert plot.values["known_share"].tolist()[:2] == [0.5, 0.75] and np.isnan(plot.values["known_share"][2])
    rows = panel.surveys.table.texts()
    assert [row[:3] for row in rows] == [["5", "0 of 0", "–"], ["4", "3 of 4", "75%"], ["2", "1 of 2", "50%"]]
    assert plot.box.viewRange()[1][1] > 1.0


def test_of_two_surveys_in_a_turn_the_curve_has_the_last(panel):
    panel.show_lessons(panel._plain, [survey(3, 1, 2), survey(3, 2, 2)])
    assert panel.surveys.view.plot.values["known_share"].tolist() == [1.0]
    assert panel.surveys.table.rowCount() == 2


def test_the_running_measures_are_those_of_the_engine():
    assert [measure.name for measure in RUNNING] == list(RunningMeasures(2).now())


def test_what_was_not_measured_is_a_dash(panel):
    panel.tabs.setCurrentIndex(MEASURES)
    found = table(panel)
    assert found["KL on anchors"] == "0.0100"
    assert found["recent loss"] == "0.500"
    assert found["improvement"] == "–" and found["forgetting rate"] == "–"
    assert "standard deviation" in panel.measures.table.item(1, 1).toolTip().lower()


def test_the_measures_of_now_stand_before_those_of_the_last_lesson(panel):
    lessons = list(panel._plain)
    assert table(panel)["accuracy"] == table(panel)["backward transfer"] == "–"
    panel.show_lessons(lessons, (), {"accuracy": 0.625, "backward_transfer": -0.125, "recent_loss": 0.25})
    found = table(panel)
    assert (found["accuracy"], found["backward transfer"], found["recent loss"]) == ("62%", "-12.5%", "0.250")
    panel.show_snapshot(snapshot(len(lessons)))
    assert table(panel)["accuracy"] == "62%"


def test_what_a_lesson_did_beside_its_fact_is_said(panel):
    assert not panel.one.beside.isVisible()
    survival = {"p3": 0.984, "p4": 1.2}
    lesson = plain_lesson(6, survival=survival, replayed=["Velm is a town.", "Brindle is owned by Hesper."])
    panel.show_lessons([*panel._plain, lesson], ())
    beside = panel.one.beside
    assert beside.isVisible()
    assert beside.text() == "survival of earlier patches: p3 0.98, p4 1.20\nreplayed: 2 facts"
    tip = beside.toolTip()
    assert "JS divergence now / then" in tip and "p4 1.20" in tip and "Brindle is owned by Hesper." in tip
    panel.one.choice.setCurrentIndex(1)
    assert panel.one.number == 5 and not beside.isVisible()


def test_of_many_patches_the_newest_are_named_and_the_tooltip_has_all(panel):
    survival = {f"p{number}": number / 10 for number in range(1, 9)}
    panel.show_lessons([plain_lesson(1, survival=survival, replayed=["Velm is a town."])], ())
    beside = panel.one.beside
    line, replayed = beside.text().split("\n")
    assert line == "survival of earlier patches: …, p4 0.40, p5 0.50, p6 0.60, p7 0.70, p8 0.80"
    assert replayed == "replayed: 1 fact"
    assert "p1 0.10" in beside.toolTip()


@pytest.mark.parametrize("value, text", [(0.125, "+12.5%"), (-0.5, "-50.0%"), (0.0001, "0.0%"), (-0.0001, "0.0%")])
def test_a_change_has_its_sign_unless_it_rounds_to_nothing(value, text):
    improvement = next(measure for measure in RUNNING if measure.name == "improvement")
    assert improvement.text(value) == text


def test_what_the_tab_shows_can_be_saved(panel, tmp_path):
    assert panel.shown_plots == (panel.one.view.plot,)
    panel.tabs.setCurrentIndex(ALL)
    assert len(panel.shown_plots) == 3
    panel.tabs.setCurrentIndex(MEASURES)
    assert panel.shown_plots == () and not panel.save_button.isEnabled()
    panel.tabs.setCurrentIndex(ONE)
    told = []
    panel.told.connect(told.append)
    for kind in ("csv", "png", "svg"):
        panel.menus[panel.one.view.plot].save(tmp_path / f"steps.{kind}")
    assert [level for _, level in told] == ["info"] * 3
    with (tmp_path / "steps.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.reader(file)) == ["step", "task", "kl", "probability"]
    assert (tmp_path / "steps.png").stat().st_size > 2000
