"""The plots of target edits: dose and damage of one, how earlier ones hold, and how many more fit."""

from __future__ import annotations

import csv
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from hera_desktop.engine.budget import EditRoom
from hera_desktop.gui.budget import BudgetUse, edit_growths, use_with_edits
from hera_desktop.gui.budget_gauge import BudgetGauge, EditGauge, about
from hera_desktop.gui.dose_plot import MOST, DosePlot
from hera_desktop.gui.dose_view import DoseView
from hera_desktop.gui.edit_doses import dose_points, factor_to, share_in_force
from hera_desktop.gui.panels.immune import EDITS, MEASURED, ImmunePanel
from hera_desktop.gui.plot_bench import LIMITS, invented_rows
from hera_desktop.gui.plot_export import export_plot
from hera_desktop.gui.records import Snapshot, Target, TimelineRow, TimelineView
from hera_desktop.gui.theme import DARK, palette_of

from .timeline_window import shown_timeline

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key
BASE = TimelineRow(0, "base", "base", "active", "", {}, "", "", "", {}, 0, 0)
DOSES = (
    (0.0, 0.001, "safe", {}),
    (0.5, 0.62, "warning", {"js_divergence": 0.09, "ppl_ratio": 1.1, "cosine_drift": 0.01}),
    (0.75, 0.8, "reject", {"js_divergence": 0.18, "ppl_ratio": 1.25, "cosine_drift": 0.02}),
    (1.0, 0.9, "reject", {"js_divergence": 0.9, "ppl_ratio": None, "cosine_drift": 0.04}),
)


def metrics(js, ppl=1.0, drift=0.0):
    values = {"js_divergence": js, "ppl_ratio": ppl, "cosine_drift": drift}
    return {name: {"step": value, "cumulative": value} for name, value in values.items()}


def edit_row(step, cumulative=None, retested=(), **more):
    doses = [{"share": s, "target": t, "level": level, "metrics": found} for s, t, level, found in DOSES]
    source = {"kind": "edit", "target": "Rome", "subject": "France", "share": 0.5, "doses": doses}
    source["retested"] = [{"patch_id": f"p{n + 1}", "target": t, "free": free} for n, (t, free) in enumerate(retested)]
    row = TimelineRow(
        step=step,
        patch_id=f"p{step}",
        status="committed",
        state="active",
        prompt=f"prompt {step}",
        metrics=metrics(0.01 * step) if cumulative is None else cumulative,
        reason="committed: invented",
        note="",
        time=f"2025-01-01T{step:09d}",
        details={"strategy": "rank_one", "layers": [4], "rank": 1, "norm": 0.2, "source": source},
        parent=step - 1,
        lane=0,
    )
    return replace(row, **more)


def reapplied(step, of, factor, **more):
    row = edit_row(step, **more)
    return replace(row, details={"strategy": "rank_one", "source": {"kind": "reapply", "of": of, "factor": factor}})


def snapshot(rows, tags=True):
    info = SimpleNamespace(limits=LIMITS, every_tag=tags, probes=("a probe",), state_hash="a" * 64, read_only=False)
    return Snapshot(info, TimelineView((BASE, *rows), (), 1, len(rows)))


def place_of(plot, x, y):
    """Where a point of a plot lies in the widget."""
    return plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))


# --- strengths ------------------------------------------------------------------------------------------------------


def test_measures_are_shares_of_their_step_limits():
    points = dose_points(edit_row(1).details, LIMITS)
    assert [point.share for point in points] == [0.0, 0.5, 0.75, 1.0]
    assert points[0].used == {"js_divergence": 0.0, "ppl_ratio": 0.0, "cosine_drift": 0.0}
    assert points[1].used == pytest.approx({"js_divergence": 0.6, "ppl_ratio": 0.2, "cosine_drift": 0.2})
    assert points[3].used["ppl_ratio"] == float("inf")
    assert dose_points({"source": {"kind": "evolve"}}, LIMITS) == ()


def test_what_is_in_force_counts_the_edit_and_what_was_re_applied_of_it():
    rows = [BASE, edit_row(1), reapplied(2, "p1", 0.5), reapplied(3, "p2", -1.0), edit_row(4), reapplied(5, "p4", 1.0)]
    assert share_in_force(rows, "p1") == pytest.approx(0.5 + 0.25 - 0.25)
    rows[3] = replace(rows[3], state="rejected")
    assert share_in_force(rows, "p1") == pytest.approx(0.75)
    rows[1] = replace(rows[1], state="reverted")
    assert share_in_force(rows, "p1") == pytest.approx(0.25)
    assert share_in_force(rows, "p4") == pytest.approx(1.0)


def test_the_factor_leads_from_what_is_in_force_to_what_is_wanted():
    assert factor_to(0.75, 0.5, 0.5) == 0.5
    assert factor_to(0.25, 0.5, 0.5) == -0.5
    assert factor_to(0.3, 0.0, 1.0) == 0.3
    assert factor_to(0.5, 0.5, 0.5) == 0.0


@pytest.fixture
def view(qtbot):
    view = DoseView()
    qtbot.addWidget(view)
    view.resize(420, 330)
    view.show()
    qtbot.waitExposed(view)
    view.set_ready(True)
    view.show_edit(edit_row(1), (BASE, edit_row(1)), LIMITS)
    return view


def test_the_plot_draws_target_and_measures_and_marks_what_was_taken(view):
    plot = view.plot
    shares, heights = plot.curves["target"].getData()
    assert shares.tolist() == [0.0, 0.5, 0.75, 1.0] and heights.tolist() == [0.001, 0.62, 0.8, 0.9]
    shares, heights = plot.curves["js_divergence"].getData()
    assert heights.tolist() == pytest.approx([0.0, 0.6, 1.2, MOST])  # six times the limit: at the upper edge
    assert plot.curves["ppl_ratio"].getData()[1][-1] == MOST
    assert [list(values) for values in plot.ring.getData()] == [[0.5], [0.62]]
    assert plot.limit.value() == 1.0 and plot.line.value() == 0.5
    low, high = plot.box.viewRange()[1]
    assert low < 0 and high > MOST
    assert "target" in view.key.text() and "JS" in view.key.text()


def test_a_measured_point_is_chosen_by_a_click_and_asked_for(view, qtbot):
    assert not view.button.isEnabled()
    assert view.said.text() == "50 % of the edit is in the model now: that is this share."
    with qtbot.waitSignal(view.plot.share_picked):
        qtbot.mouseClick(view.plot.viewport(), LEFT, pos=place_of(view.plot, 0.75, 0.5))
    assert view.share.value() == 75.0 and view.plot.line.value() == 0.75
    assert "proposes p1 again, times 0.5" in view.said.text()
    with qtbot.waitSignal(view.reapply_wanted) as wanted:
        qtbot.mouseClick(view.button, LEFT)
    assert wanted.args == [("p1", 0.5)]


def test_a_click_beside_the_points_chooses_nothing(view, qtbot):
    qtbot.mouseClick(view.plot.viewport(), LEFT, pos=place_of(view.plot, 0.25, 0.5))
    assert view.share.value() == 50.0


def drag(qtbot, widget, begin, end):
    """With the button held; pytest-qt's mouse moves without one."""
    places = [begin + (end - begin) * step / 5 for step in range(6)]
    for kind, place in [
        (QEvent.Type.MouseButtonPress, places[0]),
        *((QEvent.Type.MouseMove, place) for place in places),
        (QEvent.Type.MouseButtonRelease, places[-1]),
    ]:
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        on_screen = QPointF(widget.mapToGlobal(place.toPoint()))
        moved = QMouseEvent(kind, QPointF(place), on_screen, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, moved)
        qtbot.wait(15)  # pyqtgraph looks at no more than a hundred moves a second


def test_the_line_can_be_dragged(view, qtbot):
    begin, end = (QPointF(place_of(view.plot, x, 0.3)) for x in (0.5, 0.3))
    drag(qtbot, view.plot.viewport(), begin, end)
    assert view.share.value() == pytest.approx(30.0, abs=2)
    assert view.plot.line.value() == pytest.approx(view.share.value() / 100)
    assert view.factor == pytest.approx(view.share.value() / 50 - 1)


def test_a_share_can_be_typed_and_the_arrows_go_from_point_to_point(view, qtbot):
    view.share.setFocus()
    view.share.selectAll()
    qtbot.keyClicks(view.share, "120")
    qtbot.keyClick(view.share, Key.Key_Return)
    assert view.factor == pytest.approx(1.4) and view.plot.line.value() == pytest.approx(1.2)
    assert view.plot.box.viewRange()[0][1] > 1.2
    view.plot.setFocus()
    qtbot.keyClick(view.plot, Key.Key_Left)
    assert view.share.value() == 100.0
    qtbot.keyClick(view.plot, Key.Key_Left)
    assert view.share.value() == 75.0
    qtbot.keyClick(view.plot, Key.Key_Right)
    assert view.share.value() == 100.0


def test_a_share_between_two_tenths_of_a_per_cent_is_kept_exactly(view):
    row = edit_row(1)
    source = {**row.details["source"], "share": 0.28125}
    row = replace(row, details={**row.details, "source": source}, time="another")
    view.show_edit(row, (BASE, row), LIMITS)
    assert view.factor == 0.0 and not view.button.isEnabled()


def test_what_was_chosen_stays_while_the_timeline_moves_on(view):
    view.share.setValue(80)
    view.show_edit(edit_row(1), (BASE, edit_row(1), reapplied(2, "p1", 0.6)), LIMITS)
    assert view.share.value() == 80.0 and view.factor == 0.0
    view.show_edit(edit_row(2), (BASE, edit_row(1), edit_row(2)), LIMITS)
    assert view.share.value() == 50.0


@pytest.mark.parametrize("read_only", [False, True])
def test_nothing_is_asked_for_while_the_model_is_busy_or_the_session_is_only_read(view, read_only):
    view.share.setValue(80)
    assert view.button.isEnabled()
    if read_only:
        view.show_edit(edit_row(1), (BASE, edit_row(1)), LIMITS, read_only=True)
    else:
        view.set_ready(False)
    assert not view.button.isEnabled()


def test_the_plot_is_saved_with_its_numbers(view, tmp_path):
    for kind in ("csv", "svg", "png"):
        export_plot(view.plot, tmp_path / f"dose.{kind}")
    with (tmp_path / "dose.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[0] == "share" and head[-1] == "taken" and len(rows) == 4
    assert rows[1][:3] == ["0.5", "0.62", "warning"] and rows[1][-1] == "1" and rows[2][-1] == "0"
    assert (tmp_path / "dose.svg").read_text().count("<path") > 4
    assert view.plot.width() == view.width() - 2 * view.layout().contentsMargins().left()


def test_another_share_goes_the_way_of_re_applying(qtbot, qapp):
    for window in shown_timeline(qtbot):
        assert window.controller.evolve("The capital of France is", target=Target("Rome"))
        window.settle()
        details = window.details
        assert details.dose_view.isVisible()
        details.dose_view.share.setValue(100)
        qtbot.mouseClick(details.dose_view.button, LEFT)
        window.settle()
        source = window.engine.ledger.entry("p2").details["source"]
        assert source == {"kind": "reapply", "of": "p1", "factor": 1.0}
        assert not details.dose_view.isVisible()  # the new step is no edit with strengths of its own
        window.timeline.select_step(1)
        assert details.dose_view.said.text().startswith("100 % of the edit is in the model now")


# --- earlier edits --------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(800, 500)
    panel = ImmunePanel(window)
    panel.resize(460, 440)
    window.show()
    qtbot.waitExposed(window)
    yield panel


def show(panel, rows):
    panel.show_snapshot(snapshot(rows))
    panel.redraw()


EDITED = (
    edit_row(1),
    *invented_rows(1, 2),
    edit_row(3, retested=[(0.9, True)]),
    edit_row(4, retested=[(0.8, True), (0.2, False)]),
    edit_row(5, retested=[(0.7, True), (0.1, False), (0.1, False), (0.5, False)]),
)


def test_the_edits_have_a_tab_once_there_are_two(panel):
    show(panel, list(invented_rows(3)))
    assert not panel.tabs.isTabVisible(EDITS)
    show(panel, [edit_row(1), edit_row(2, status="rejected", state="rejected")])
    assert not panel.tabs.isTabVisible(EDITS)
    show(panel, list(EDITED))
    assert panel.tabs.isTabVisible(EDITS)
    panel.tabs.setCurrentIndex(EDITS)
    show(panel, list(EDITED[:1]))
    assert panel.tabs.currentIndex() == MEASURED and not panel.tabs.isTabVisible(EDITS)


def test_the_curve_has_a_point_for_every_edit_after_which_others_were_tested(panel):
    show(panel, list(EDITED))
    panel.tabs.setCurrentIndex(EDITS)
    lines = {name: line.getData() for name, line in panel.edits.plot._lines.items()}
    assert lines["free"][0].tolist() == [3.0, 4.0, 5.0]
    assert lines["free"][1].tolist() == [1.0, 0.5, 0.25]
    assert lines["target"][1].tolist() == pytest.approx([0.9, 0.5, 0.35])
    panel.show_step(4)
    assert panel.edits.said.text() == ("step 4: 1 of 2 earlier edits still said, mean target probability 0.5000")
    panel.show_step(2)
    assert panel.edits.said.text() == "step 2: no earlier edit was tested"


def test_an_edit_that_was_taken_back_is_off_the_line_and_hollow(panel):
    rows = [*EDITED[:3], replace(EDITED[3], state="reverted"), EDITED[4]]
    show(panel, rows)
    panel.tabs.setCurrentIndex(EDITS)
    assert panel.edits.plot._lines["free"].getData()[0].tolist() == [3.0, 5.0]
    filled = [point.brush().style() != Qt.BrushStyle.NoBrush for point in panel.edits.plot._points["free"].points()]
    assert filled == [True, False, True]


def test_a_click_on_the_curve_picks_the_step_and_its_numbers_are_saved(panel, qtbot, tmp_path):
    show(panel, list(EDITED))
    panel.tabs.setCurrentIndex(EDITS)
    qtbot.wait(60)
    plot = panel.edits.plot
    with qtbot.waitSignal(panel.step_picked) as picked:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=place_of(plot, 4, 0.5))
    assert picked.args == [4]
    assert panel.shown_plots == [plot]
    export_plot(plot, tmp_path / "collapse.csv")
    with (tmp_path / "collapse.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[2] == ["4", "p4", "committed", "2", "1", "0.5", "0.5"]


# --- how many more fit ----------------------------------------------------------------------------------------------


def test_an_edit_costs_what_it_added_to_the_step_before_it():
    rows = [edit_row(1, metrics(0.02, 1.01)), edit_row(2, metrics(0.03, 1.0)), edit_row(3, state="reverted")]
    growths = edit_growths(snapshot(rows))
    assert [growth["js_divergence"] for growth in growths] == pytest.approx([0.02, 0.01])
    assert [growth["ppl_ratio"] for growth in growths] == pytest.approx([0.01, -0.01])


def test_an_edit_costs_what_it_added_for_the_worst_tag_where_limits_hold_for_every_tag():
    tagged = {"tag_metrics": {"code": {"js_divergence": {"cumulative": 0.2}, "ppl_ratio": {"cumulative": 1.0}}}}
    first, second = edit_row(1, metrics(0.02, 1.01)), edit_row(2, metrics(0.03, 1.05))
    second = replace(second, details={**second.details, **tagged})
    means = edit_growths(snapshot([first, second], tags=False))
    assert [growth["js_divergence"] for growth in means] == pytest.approx([0.02, 0.01])
    growths = edit_growths(snapshot([first, second]))
    assert [growth["js_divergence"] for growth in growths] == pytest.approx([0.02, 0.18])
    assert [growth["ppl_ratio"] for growth in growths] == pytest.approx([0.01, 0.04])


def test_the_measure_that_is_used_up_first_says_how_many_more_fit():
    rows = [edit_row(1, metrics(0.015, 1.1)), edit_row(2, metrics(0.03, 1.2))]
    cumulative = {"js_divergence": 0.03, "ppl_ratio": 1.2, "cosine_drift": 0.0}
    use = use_with_edits(cumulative, snapshot(rows))
    assert (use.measure, use.share) == ("ppl_ratio", pytest.approx(0.2))
    assert use.edits.measure == "ppl_ratio"
    assert (use.edits.left, use.edits.each) == (pytest.approx(8), pytest.approx(0.1))
    over = use_with_edits({**cumulative, "ppl_ratio": 3.0}, snapshot(rows))
    assert over.edits.left == 0.0 and over.share > 1


def test_without_an_edit_or_a_cost_there_is_no_estimate():
    cumulative = {"js_divergence": 0.03, "ppl_ratio": 1.0, "cosine_drift": 0.0}
    assert use_with_edits(cumulative, snapshot(list(invented_rows(3)))).edits is None
    free = [edit_row(1, metrics(0.0, 0.99)), edit_row(2, metrics(0.0, 0.98))]
    assert use_with_edits(cumulative, snapshot(free)).edits is None


@pytest.mark.parametrize(
    ("count", "text"), [(0.4, "0"), (8.0, "8"), (99.5, "99"), (123.0, "120"), (4567.0, "4,600"), (1e9, "10,000+")]
)
def test_a_number_of_edits_is_no_more_exact_than_it_can_be(count, text):
    assert about(count) == text


def test_the_gauges_say_how_many_more_fit(qtbot):
    use = BudgetUse(0.2, "ppl_ratio", EditRoom(80.0, 0.01, "ppl_ratio"))
    gauges = BudgetGauge(), EditGauge()
    for gauge in gauges:
        qtbot.addWidget(gauge)
        gauge.show_use(use)
        assert "about 80 more fit" in gauge.toolTip() and "about 80 more fit" in gauge.accessibleDescription()
    assert [gauge.figure for gauge in gauges] == ["20 %", "about 80 more"]
    gauges[1].show_use(BudgetUse(0.2, "ppl_ratio"))
    assert gauges[1].figure == "no estimate"
    gauges[1].show_use(BudgetUse(1.2, "ppl_ratio", EditRoom(0.0, 0.01, "ppl_ratio")))
    assert gauges[1].figure == "none left" and "no more edits fit" in gauges[1].toolTip()
    gauges[1].show_use(None)
    assert gauges[1].figure == "measuring"


def test_the_tab_shows_the_gauge_once_the_state_is_measured(panel):
    rows = [edit_row(1, metrics(0.015, 1.1)), edit_row(2, metrics(0.03, 1.2), retested=[(0.9, True)])]
    show(panel, rows)
    panel.tabs.setCurrentIndex(EDITS)
    assert panel.edits.gauge.figure == "measuring" and not panel.edits.room.isVisible()
    cumulative = {"js_divergence": 0.03, "ppl_ratio": 1.2, "cosine_drift": 0.0}
    panel.show_standing(SimpleNamespace(state_hash="a" * 64, cumulative=cumulative, changes=()))
    assert panel.edits.gauge.figure == "about 8 more"
    assert panel.edits.room.text() == (
        "An edit has taken 10 % of the room for perplexity ratio: at that, about 8 more fit."
    )


def test_a_plot_takes_on_the_theme_of_its_window(qtbot):
    plot = DosePlot()
    qtbot.addWidget(plot)
    plot.setPalette(palette_of(DARK))
    assert plot.theme == DARK
