"""The bench of the browser: that it drives the real panel and says what it measured. Never how fast."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from hera_desktop.cli.app import app
from hera_desktop.gui import bench_browser
from hera_desktop.gui.bench_browser import BrowserFigures, Times

FAST, SLOW = Times(2.0, 9.0, 10, "'a'"), Times(2.0, 51.0, 10, "'ab'")


def test_every_key_and_every_way_of_scrolling_is_measured(monkeypatch, qapp):
    monkeypatch.setattr(bench_browser, "QUERIES", ("ba", "zzzzqq"))
    monkeypatch.setattr(bench_browser, "SETTLE_S", 0.0)
    told = []
    figures = bench_browser.bench_browser(128, lambda what, share: told.append(what))
    assert told == ["writing an atlas of 128 features", "typing", "scrolling"]
    assert figures.features == 128
    assert figures.keystroke.count == 16
    assert figures.blocked.count > 50
    assert figures.keystroke.worst >= figures.keystroke.median > 0


@pytest.mark.parametrize(("blocked", "status"), [(FAST, 0), (SLOW, 1)])
def test_the_verb_fails_above_the_limit(monkeypatch, blocked, status):
    figures = BrowserFigures(128, FAST, blocked, 30.0)
    monkeypatch.setattr(bench_browser, "bench_browser", lambda features, progress: figures)
    done = CliRunner().invoke(app, ["bench", "browser", "--json"])
    assert done.exit_code == status
    document = json.loads(done.stdout)
    assert document["holds"] is (status == 0)
    assert document["blocked"]["worst"] == blocked.worst
    assert document["limit_ms"] == 50.0


def test_the_table_names_the_worst(monkeypatch):
    monkeypatch.setattr(bench_browser, "bench_browser", lambda features, progress: BrowserFigures(9, FAST, SLOW, 30.0))
    done = CliRunner().invoke(app, ["bench", "browser"])
    assert done.exit_code == 1
    assert "'ab'" in done.stdout
