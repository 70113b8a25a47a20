"""Plots saved as PNG, SVG and CSV."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from hera_desktop.engine.errors import InputError
from hera_desktop.gui.panels.immune import LAYERS, PROBES
from hera_desktop.gui.plot_bench import invented_rows
from hera_desktop.gui.plot_export import export_plot
from hera_desktop.gui.theme import DARK, SystemTheme, palette_of

from .test_plots import NOTHING, panel, show  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform


@pytest.fixture
def plots(panel):  # noqa: F811
    """Every plot of the panel by its file's stem; step 3 had nothing to measure, and a value is not finite."""
    rows = list(invented_rows(20))
    rows[0] = replace(rows[0], time="another session")
    rows[2] = replace(rows[2], **NOTHING)
    rows[4] = replace(rows[4], metrics={**rows[4].metrics, "ppl_ratio": {"step": None, "cumulative": None}})
    found = []
    for tab in (0, PROBES, LAYERS):
        panel.tabs.setCurrentIndex(tab)
        show(panel, rows)
        found += panel.shown_plots
    panel.show_standing(SimpleNamespace(state_hash="a" * 64, changes=((7, "mlp.out", 0.0123),)))
    return {plot.file_stem: plot for plot in found}


def saved_csv(plot, folder: Path) -> list[list[str]]:
    path = folder / "plot.csv"
    export_plot(plot, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_numbers_of_a_measure(plots, tmp_path):
    head, *rows = saved_csv(plots["ppl_ratio"], tmp_path)
    assert head[:5] == ["step", "patch", "state", "step value", "cumulative value"]
    assert head[5:] == ["step warning from", "step limit", "cumulative warning from", "cumulative limit"]
    assert len(rows) == 20
    metrics = next(invented_rows(1, 7)).metrics["ppl_ratio"]
    assert rows[6][:5] == ["7", "p7", "warning", repr(metrics["step"]), repr(metrics["cumulative"])]
    assert rows[6][5:] == ["1.35", "1.5", "1.7", "2.0"]
    assert rows[2][2:5] == ["rejected", "", ""]
    assert rows[4][3:5] == ["not finite", "not finite"]


def test_the_numbers_of_the_heat_map(plots, tmp_path):
    head, *rows = saved_csv(plots["probes_js_divergence"], tmp_path)
    assert head == ["step", "state", *(f"text {n + 1}" for n in range(16))]
    expected = next(invented_rows(1, 7)).details["probe_metrics"]["js_divergence"]
    assert [float(value) for value in rows[6][2:]] == expected
    assert rows[2] == ["3", "rejected", *[""] * 16]


def test_the_numbers_of_the_norms(plots, tmp_path):
    head, *rows = saved_csv(plots["step_norms"], tmp_path)
    assert head == ["step", "state", "norm", "blocks"]
    assert rows[3] == ["4", "committed", repr(next(invented_rows(1, 4)).details["norm"]), "8"]
    head, *rows = saved_csv(plots["weight_change"], tmp_path)
    assert head == ["block", "component", "relative norm"]
    assert rows == [["7", "mlp.out", "0.0123"]]


@pytest.mark.parametrize("name", ["js_divergence", "probes_js_divergence", "step_norms", "weight_change"])
def test_an_svg_is_a_drawing_with_letters_for_a_white_page(panel, plots, name, tmp_path):  # noqa: F811
    panel.setPalette(palette_of(DARK))
    plot = plots[name]
    export_plot(plot, tmp_path / "plot.svg")
    root = ET.parse(tmp_path / "plot.svg").getroot()
    assert root.tag.endswith("svg")
    assert any(element.tag.endswith("path") or element.tag.endswith("rect") for element in root.iter())
    said = "".join(root.itertext())
    assert plot.caption in said
    assert {"weight_change": "7 mlp.out"}.get(name, "20") in said
    assert DARK.base not in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_a_png_is_drawn_for_a_white_page_and_the_plot_stays_dark(panel, plots, tmp_path, qtbot):  # noqa: F811
    SystemTheme.current().choose("dark")
    plot = plots["js_divergence"]
    qtbot.waitUntil(lambda: plot.theme is DARK)
    size, steps_shown = plot.size(), plot.getAxis("bottom").style["showValues"]
    export_plot(plot, tmp_path / "plot.png")
    image = QImage(str(tmp_path / "plot.png"))
    assert image.width() >= 1400
    assert image.pixelColor(3, image.height() - 3) == QColor("#ffffff")
    assert plot.theme is DARK
    assert (plot.size(), plot.getAxis("bottom").style["showValues"]) == (size, steps_shown)


def test_saving_asks_for_a_file_and_tells_what_came_of_it(panel, tmp_path, monkeypatch):  # noqa: F811
    told = []
    panel.told.connect(told.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "mine"), args[-1]))
    menu = panel.menus[panel.views[0].plot]
    menu.actions_["csv"].trigger()
    assert (tmp_path / "mine.csv").exists()
    assert told == [(f"Plot saved as {tmp_path / 'mine.csv'}", "info")]


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(panel, tmp_path):  # noqa: F811
    told = []
    panel.told.connect(told.append)
    path = tmp_path / "missing" / "plot.svg"
    panel.menus[panel.views[0].plot].save(path)
    (text, level) = told[0]
    assert level == "error"
    assert text.startswith(f"file {path} cannot be written: ")


def test_another_ending_is_refused(panel, tmp_path):  # noqa: F811
    with pytest.raises(InputError, match=r"'plot\.jpg'.*\.png, \.svg or \.csv"):
        export_plot(panel.views[0].plot, tmp_path / "plot.jpg")


def test_the_button_offers_the_plots_that_are_seen(panel):  # noqa: F811
    names = [action.text() for action in panel.save_button.menu().actions()]
    assert names == ["JS divergence", "perplexity ratio", "cosine drift"]
    panel.tabs.setCurrentIndex(PROBES)
    assert "Save as SVG…" in [action.text() for action in panel.save_button.menu().actions()]
    panel.tabs.setCurrentIndex(LAYERS)
    assert [action.text() for action in panel.save_button.menu().actions()] == ["Present state", "Each step"]
