"""The plots over the steps: what is drawn of many steps, the mouse, the keys, and the range of steps in sight."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hera_desktop.gui.panels.immune import LAYERS, PROBES, ImmunePanel
from hera_desktop.gui.plot_bench import LIMITS, invented_rows, plot_figures
from hera_desktop.gui.plot_data import MARKS, StepTable
from hera_desktop.gui.plot_marks import MOST, WARNING, peaks, to_mark
from hera_desktop.gui.records import Snapshot, TimelineRow, TimelineView
from hera_desktop.gui.scales import RootScale

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
NOTHING = {"metrics": {}, "details": {}, "status": "rejected", "state": "rejected"}
BASE = TimelineRow(0, "base", "base", "active", "", {}, "", "", "", {}, 0, 0)


def snapshot(rows, probes=16, limits=LIMITS):
    info = SimpleNamespace(
        limits=limits, every_tag=True, probes=tuple(f"text {n + 1}" for n in range(probes)), state_hash="a" * 64
    )
    return Snapshot(info, TimelineView((BASE, *rows), (), 1, len(rows)))


def show(panel, rows, **more):
    panel.show_snapshot(snapshot(rows, **more))
    panel.redraw()


@pytest.fixture
def panel(qtbot):
    """The panel with 20 steps, in a window, as wide as in the program."""
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(800, 500)
    panel = ImmunePanel(window)
    panel.resize(460, 440)
    window.show()
    qtbot.waitExposed(window)
    show(panel, list(invented_rows(20)))
    yield panel


def place_of(plot, step, height):
    """Where a point of a plot lies in the widget."""
    return plot.mapFromScene(plot.box.mapViewToScene(QPointF(step, height)))


# --- columns ---------------------------------------------------------------------------------------------------------


def test_appending_keeps_the_columns_and_takes_over_what_became_of_old_steps():
    rows, table = list(invented_rows(5)), StepTable()
    table.update(rows)
    generation = table.generation
    rows[1] = replace(rows[1], state="reverted")
    table.update([*rows, *invented_rows(1, 6)])
    assert table.generation == generation
    assert table.steps.tolist() == [1, 2, 3, 4, 5, 6]
    assert MARKS[table.codes[1]] == "reverted"
    assert not table.active[1]
    assert table.values("ppl_ratio", "step")[5] == next(invented_rows(1, 6)).metrics["ppl_ratio"]["step"]


def test_the_rows_of_another_session_replace_all():
    table = StepTable()
    table.update(list(invented_rows(5)))
    other = [replace(row, time=f"2026 {row.step}") for row in invented_rows(7)]
    table.update(other)
    assert len(table.steps) == 7
    assert table.generation == 2


def test_what_was_not_measured_and_what_is_not_finite_are_told_apart():
    first, second = invented_rows(2)
    broken = {**second.metrics, "js_divergence": {"step": None, "cumulative": None}}
    table = StepTable()
    table.update([replace(first, **NOTHING), replace(second, metrics=broken)])
    values = table.values("js_divergence", "step")
    assert np.isnan(values[0])
    assert np.isinf(values[1])
    assert table.measured("js_divergence").tolist() == [False, True]


def test_many_heights_are_as_single_ones():
    scale = RootScale(1.0, 2.0)
    values = [0.5, 1.0, 1.25, 2.0, 99.0, np.inf, np.nan]
    assert scale.heights(np.array(values)).tolist() == [scale.height(value) for value in values]


# --- what is drawn of many steps -------------------------------------------------------------------------------------


def test_a_line_of_many_steps_keeps_every_peak_and_the_newest_step():
    xs, ys = np.arange(1.0, 10_001), np.zeros(10_000)
    ys[4321], ys[-1] = 7.0, 3.0
    drawn_x, drawn_y = peaks(xs, ys, slice(0, 10_001), 300)
    assert len(drawn_x) <= 2 * 300 + 1
    assert drawn_y[drawn_x == 4322].tolist() == [7.0]
    assert (drawn_x[-1], drawn_y[-1]) == (10_000, 3.0)
    assert (np.diff(drawn_x) >= 0).all()


def test_a_short_line_is_drawn_point_by_point():
    xs, ys = np.arange(1.0, 51), np.random.default_rng(0).random(50)
    drawn = peaks(xs, ys, slice(0, 50), 300)
    assert np.array_equal(drawn, (xs, ys))


def test_where_steps_lie_close_only_the_exceptional_ones_are_marked():
    xs, ys = np.arange(10_000), np.ones(10_000)
    codes = np.zeros(10_000, np.uint8)
    codes[[5, 5000]] = WARNING
    assert to_mark(xs, ys, codes, slice(0, 10_000), 300).tolist() == [5, 5000]
    assert len(to_mark(xs, ys, codes, slice(0, 50), 300)) == 50


def test_of_thousands_of_warnings_the_highest_stay():
    codes = np.full(10_000, WARNING, np.uint8)
    ys = np.zeros(10_000)
    ys[7777] = 1.0
    marked = to_mark(np.arange(10_000), ys, codes, slice(0, 10_000), 5000)
    assert 7777 in marked
    assert len(marked) <= MOST


def test_at_ten_thousand_steps_few_points_are_drawn_and_zooming_in_marks_every_step(panel):
    show(panel, list(invented_rows(10_000)))
    plot = panel.views[0].plot
    assert len(plot._curves["cumulative"].xData) <= 2 * plot.pixels + 1
    assert len(plot.marks.data) <= MOST
    plot.box.setXRange(5000.5, 5040.5, padding=0)
    marked = set(plot.marks.data["x"].astype(int))
    assert marked >= set(range(5001, 5041))
    assert len(marked) <= 42


# --- mouse and keys --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("beside", [(0, 0), (3, 30), (-3, -25)])
def test_a_click_anywhere_near_a_point_picks_its_step(panel, qtbot, beside):
    plot = panel.views[1].plot
    place = place_of(plot, 7, 0.5) + QPoint(*beside)
    with qtbot.waitSignal(panel.step_picked) as picked:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == [7]


def test_a_drag_moves_the_plot_and_picks_nothing(panel, qtbot):
    plot, picked = panel.views[0].plot, []
    panel.step_picked.connect(picked.append)
    start = place_of(plot, 7, 0.5)
    QTest.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for by in (10, 30, 60):
        QTest.mouseMove(plot.viewport(), start + QPoint(by, 0))
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert picked == []


def test_the_cross_hair_stands_in_all_plots_and_the_values_are_read_out(panel, qtbot):
    hovered = []
    panel.step_hovered.connect(hovered.append)
    QTest.mouseMove(panel.views[0].plot.viewport(), place_of(panel.views[0].plot, 4, 0.6))
    assert hovered == [4]
    assert all(plot.hovered == 4 for plot in panel.group.plots)
    value = next(invented_rows(1, 4)).metrics["ppl_ratio"]["step"]
    assert panel.views[1].values.text().startswith(f"4:  step {value:.3f}")
    assert panel.verdict.text() == "Step 20 committed"
    leave(panel.views[0].plot)
    assert hovered == [4, None]
    newest = next(invented_rows(1, 20)).metrics["ppl_ratio"]["step"]
    assert panel.views[1].values.text().startswith(f"step {newest:.3f}")


def leave(plot):
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))


def test_a_step_hovered_elsewhere_is_shown_here_and_not_reported_back(panel):
    hovered = []
    panel.step_hovered.connect(hovered.append)
    panel.hover_step(6)
    assert {plot.hovered for plot in panel.group.plots} == {6}
    assert panel.views[0].values.text().startswith("6:  ")
    panel.hover_step(0)
    assert {plot.hovered for plot in panel.group.plots} == {None}
    assert hovered == []


def test_the_arrows_move_along_the_steps(panel, qtbot):
    panel.step_picked.connect(panel.show_step)
    plot = panel.views[2].plot
    plot.setFocus()
    for key, verdict in (
        (Qt.Key.Key_Left, "Step 19 committed"),
        (Qt.Key.Key_Home, "Step 1 committed"),
        (Qt.Key.Key_Left, "Step 1 committed"),
        (Qt.Key.Key_Right, "Step 2 committed"),
        (Qt.Key.Key_End, "Step 20 committed"),
    ):
        qtbot.keyClick(plot, key)
        assert panel.verdict.text() == verdict
    assert {plot.picked for plot in panel.group.plots} == {20}


def test_other_keys_are_left_to_the_window(panel, qtbot):
    plot = panel.views[0].plot
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    plot.keyPressEvent(event)
    assert not event.isAccepted()


# --- the range of steps ----------------------------------------------------------------------------------------------


def ranges(panel):
    return [plot.box.viewRange()[0] for plot in panel.group.plots]


def test_all_plots_show_the_same_steps(panel):
    panel.views[0].plot.box.setXRange(4, 9, padding=0)
    assert ranges(panel) == [[4, 9]] * len(panel.group.plots)


def test_who_looks_at_old_steps_is_not_disturbed_by_new_ones(panel, qtbot):
    panel.views[0].plot.box.setXRange(4, 9, padding=0)
    show(panel, list(invented_rows(25)))
    assert ranges(panel) == [[4, 9]] * len(panel.group.plots)
    qtbot.keyClick(panel.views[0].plot, Qt.Key.Key_0)
    assert ranges(panel) == [[0.5, 25.5]] * len(panel.group.plots)


def test_who_looks_at_the_newest_steps_keeps_seeing_them(panel):
    panel.views[0].plot.box.setXRange(10.5, 20.5, padding=0)
    show(panel, list(invented_rows(22)))
    assert ranges(panel) == [[12.5, 22.5]] * len(panel.group.plots)


def test_who_looks_at_everything_goes_on_doing_so(panel):
    show(panel, list(invented_rows(40)))
    assert ranges(panel) == [[0.5, 40.5]] * len(panel.group.plots)


def test_a_shorter_session_is_shown_whole(panel):
    panel.views[0].plot.box.setXRange(10.5, 15.5, padding=0)
    show(panel, [replace(row, time=f"x{row.step}") for row in invented_rows(9)])
    assert ranges(panel) == [[0.5, 9.5]] * len(panel.group.plots)


# --- words -----------------------------------------------------------------------------------------------------------


def test_names_and_values_are_shortened_where_the_dock_is_narrow(panel, qtbot):
    view = panel.views[0]
    panel.resize(700, 440)
    qtbot.waitUntil(lambda: "of 0.15   cumulative 0.1220 of 0.3" in view.values.text())
    assert view.title.text() == "JS divergence, bits"
    panel.resize(320, 440)
    qtbot.waitUntil(lambda: "cum. " in view.values.text())
    needed = view.title.sizeHint().width() + view.values.fontMetrics().horizontalAdvance(view.values.text())
    assert needed <= view.width()


def test_a_step_without_measures_says_so(panel):
    rows = list(invented_rows(20))
    rows[-1] = replace(rows[-1], reason="rejected: no feature is above the threshold 0.1", **NOTHING)
    show(panel, rows)
    assert panel.verdict.text() == "Step 20 rejected"
    assert panel.reason.text() == "No feature is above the threshold 0.1"
    assert {view.values.text() for view in panel.views} == {"not measured"}


def test_every_measure_is_explained_by_its_formula_and_its_meaning(panel):
    for view in panel.views:
        formula, meaning = view.title.toolTip().split("\n")
        assert formula == view.measure.formula
        assert meaning.endswith(".")
        assert formula in view.plot.toolTip()


def test_everything_can_be_reached_by_tab_and_has_a_name(panel):
    for tab, widgets in (
        (0, [view.plot for view in panel.views]),
        (PROBES, [panel.heat.choice, panel.heat.plot]),
        (LAYERS, [panel.layers.bars, panel.layers.plot]),
    ):
        panel.tabs.setCurrentIndex(tab)
        for widget in (panel.tabs, panel.save_button, *widgets):
            assert widget.isVisible()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert widget.accessibleName()


def test_nothing_measured_says_what_to_do(qtbot):
    panel = ImmunePanel()
    qtbot.addWidget(panel)
    show(panel, [])
    panel.show()
    assert "Evolve a prompt to see its measures here." in [
        label.text() for label in panel.findChildren(QLabel) if label.isVisible()
    ]


def test_a_change_of_theme_reaches_every_plot(panel, qapp, monkeypatch, qtbot):
    from hera_desktop.gui.theme import DARK, SystemTheme

    monkeypatch.setenv("HERA_THEME", "dark")
    SystemTheme(qapp)
    assert {plot.theme.name for plot in panel.group.plots} == {"dark"}
    assert panel.views[0].plot.backgroundBrush().color().name() == DARK.base
    monkeypatch.setenv("HERA_THEME", "light")
    SystemTheme(qapp)
    assert {plot.theme.name for plot in panel.group.plots} == {"light"}


def test_the_figures_of_the_bench_cover_every_tab(qapp, qtbot):
    figures = plot_figures(qapp, 300)
    assert len(figures.times) == 9
    assert all(times.count and 0 < times.median <= times.p99 <= times.worst for times in figures.times.values())
    assert figures.as_dict()["rows"] == 300
