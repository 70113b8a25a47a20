"""The heat map of the probes, and the norms of the weight change."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hera_desktop.gui.heat_map import OVER, colours, merged, shares
from hera_desktop.gui.panels.immune import LAYERS, PROBES
from hera_desktop.gui.plot_bench import LIMITS, invented_rows
from hera_desktop.gui.plot_marks import REJECTED
from hera_desktop.gui.theme import DARK, LIGHT

from .test_plots import NOTHING, panel, place_of, show, snapshot  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform


@pytest.fixture
def heat(panel):  # noqa: F811
    """The heat map's part of the panel, with 20 steps of which the third had nothing to measure."""
    panel.tabs.setCurrentIndex(PROBES)
    show(panel, with_nothing_in_step_3(20))
    return panel.heat


def with_nothing_in_step_3(count):
    rows = list(invented_rows(count))
    rows[0] = replace(rows[0], time="another session")
    rows[2] = replace(rows[2], **NOTHING)
    return rows


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_the_heat_is_the_root_of_the_way_to_the_limit():
    found = shares(np.array([1.0, 1.125, 1.5, 2.0, 0.5, np.inf, np.nan]), 1.0, 1.5)
    assert found[:6].tolist() == [0.0, 0.5, 1.0, pytest.approx(math.sqrt(2)), 0.0, math.inf]
    assert np.isnan(found[6])


def test_without_a_limit_the_largest_value_is_the_darkest():
    assert shares(np.array([0.0, 4.0, np.inf]), 0.0, None).tolist() == [0.0, 1.0, math.inf]


def test_columns_that_share_a_pixel_show_their_largest():
    columns = np.array([[1.0], [5.0], [np.nan], [2.0], [np.nan], [np.nan], [7.0]])
    assert merged(columns, 0, 2).tolist()[:2] == [[5.0], [2.0]]
    assert np.isnan(merged(columns, 0, 2)[2, 0])
    assert merged(columns, 0, 2)[3, 0] == 7.0
    assert merged(columns, 0, 1) is columns


def test_columns_are_grouped_alike_wherever_the_view_begins():
    values = np.random.default_rng(0).random((40, 3))
    assert np.array_equal(merged(values, 0, 4)[2:], merged(values[6:], 6, 4)[1:])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_hue_grows_steadily_and_over_the_limit_is_told_apart(theme):
    table = colours(theme)[:, :3].astype(int)
    away = np.abs(table - table[0]).sum(1)
    assert (np.diff(away[:OVER]) >= 0).all()
    assert np.abs(table[OVER] - table[OVER - 1]).sum() > 120


# --- the heat map ----------------------------------------------------------------------------------------------------


def test_every_probe_is_a_row_and_every_step_a_column(heat):
    assert heat.plot.values.shape == (20, 16)
    assert heat.plot.image.image.shape == (16, 20, 4)


def test_a_step_that_proposed_nothing_is_an_empty_column(heat):
    assert np.isnan(heat.plot.values[2]).all()
    assert (heat.plot.image.image[:, 2, 3] == 0).all()
    assert (heat.plot.image.image[:, 3, 3] == 255).all()


def test_columns_of_rejected_steps_are_marked(heat):
    crosses = heat.plot.marks.data[heat.plot.marks.data["symbol"] == "x"]["x"]
    rejected = heat.plot.table.steps[heat.plot.table.codes == REJECTED]
    assert crosses.tolist() == rejected.tolist() == [3, 13]


def test_a_value_over_the_limit_has_the_colour_of_the_legends_box(heat, panel):  # noqa: F811
    rows = list(invented_rows(20))
    details = {"probe_metrics": {"js_divergence": [0.151, 0.149, None]}}
    rows[4] = replace(rows[4], details=details)
    rows[0] = replace(rows[0], time="a third session")
    show(panel, rows, probes=3)
    column = heat.plot.image.image[:, 4]
    over = colours(heat.plot.theme)[OVER]
    assert column[0].tolist() == over.tolist() == column[2].tolist()
    assert column[1].tolist() != over.tolist()
    assert heat.plot.text_of(5, 3) == "step 5, probe 3 'text 3': not finite bits"


def test_thousands_of_steps_are_at_most_a_column_a_pixel(heat, panel):  # noqa: F811
    rows = list(invented_rows(3000))
    show(panel, rows)
    assert 100 < heat.plot.columns <= heat.plot.pixels + 1
    heat.plot.box.setXRange(100.5, 140.5, padding=0)
    assert heat.plot.columns <= 42
    assert heat.plot.image.image.shape[1] == heat.plot.columns


def test_the_cell_under_the_mouse_is_read_out_and_a_click_picks_its_step(heat, panel, qtbot):  # noqa: F811
    place = place_of(heat.plot, 7, 3)
    QTest.mouseMove(heat.plot.viewport(), place)
    value = next(invented_rows(1, 7)).details["probe_metrics"]["js_divergence"][2]
    assert heat.said.text() == f"step 7, probe 3 'text 3': {value:.4f} bits"
    with qtbot.waitSignal(panel.step_picked) as picked:
        qtbot.mouseClick(heat.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == [7]


def test_the_keys_read_out_one_probe_after_another(heat, panel, qtbot):  # noqa: F811
    panel.show_step(7)
    for probe in (2, 3):
        qtbot.keyClick(heat.plot, Qt.Key.Key_Down)
        assert heat.said.text().startswith(f"step 7, probe {probe} ")


def test_another_measure_brings_its_values_and_its_limit(heat):
    heat.choice.setCurrentIndex(1)
    expected = next(invented_rows(1, 1)).details["probe_metrics"]["ppl_ratio"]
    assert heat.plot.values[0].tolist() == expected
    assert heat.legend.accessibleName() == "Legend: from 1 to the limit 1.5"
    assert "PPL after / PPL before" in heat.choice.toolTip()


def test_probes_that_were_added_later_leave_the_old_steps_empty(heat, panel):  # noqa: F811
    rows = with_nothing_in_step_3(21)
    more = {"probe_metrics": {"js_divergence": [0.1] * 18}}
    rows[20] = replace(rows[20], details=more)
    panel.show_snapshot(snapshot(rows, probes=18))
    panel.redraw()
    assert heat.plot.values.shape == (21, 18)
    assert np.isnan(heat.plot.values[0, 16:]).all()
    assert heat.plot.text_of(1, 17).endswith("not measured")


# --- norms -----------------------------------------------------------------------------------------------------------


def test_the_blocks_are_told_apart_by_shape_and_colour(panel):  # noqa: F811
    panel.tabs.setCurrentIndex(LAYERS)
    groups = panel.layers.plot.groups
    assert [name for name, _, _ in groups] == ["8", "9", "7"]
    assert len({symbol for _, symbol, _ in groups}) == len({hue for _, _, hue in groups}) == 3
    assert panel.layers.key.accessibleName() == "Blocks: ● 8, ■ 9, ▼ 7"


def test_the_norm_of_the_picked_step_is_said(panel):  # noqa: F811
    panel.tabs.setCurrentIndex(LAYERS)
    panel.show_step(4)
    norm = next(invented_rows(1, 4)).details["norm"]
    assert panel.layers.said.text() == f"step 4: {norm:.4f}, block 8"


def test_the_present_state_is_measured_known_and_unknown_again(panel):  # noqa: F811
    bars = panel.layers.bars
    assert bars.text == "The present state is being measured"
    standing = SimpleNamespace(state_hash="a" * 64, changes=((12, "attn.out", 0.0009), (7, "mlp.out", 0.0123)))
    panel.show_standing(standing)
    assert bars.accessibleDescription() == "7 mlp.out 1.23e-02; 12 attn.out 9.00e-04"
    panel.show_snapshot(snapshot(list(invented_rows(20))))
    assert bars.changes is not None
    changed = snapshot(list(invented_rows(20)))
    changed.info.state_hash = "b" * 64
    panel.show_snapshot(changed)
    assert bars.text == "The present state is being measured"
    panel.show_standing(SimpleNamespace(state_hash="b" * 64, changes=()))
    assert bars.text == "This is the base: no matrix is changed"


def test_the_longest_bar_is_the_largest_change(panel):  # noqa: F811
    panel.tabs.setCurrentIndex(LAYERS)
    panel.show_standing(SimpleNamespace(state_hash="a" * 64, changes=((7, "mlp.out", 0.01), (8, "mlp.out", 0.005))))
    picture = panel.layers.bars.grab().toImage()
    teal = LIGHT.committed
    widths = [sum(picture.pixelColor(x, row).name() == teal for x in range(picture.width())) for row in (10, 30)]
    assert widths[0] == pytest.approx(2 * widths[1], abs=2)
    assert widths[0] > 100


def test_limits_are_those_of_the_session(panel):  # noqa: F811
    limits = {**LIMITS, "js_divergence": {"step": (0.35, 0.5), "cumulative": (0.21, 0.30)}}
    show(panel, list(invented_rows(20)), limits=limits)
    assert "of 0.5 " in panel.views[0].values.toolTip()
    texts = [item.label.format for item in panel.views[0].plot._limit_items if hasattr(item, "label")]
    assert texts == ["step limit 0.5", "cumulative limit 0.3"]
