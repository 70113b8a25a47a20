"""The bench of the window: that it measures the real window and says what it found. Never how fast."""

from __future__ import annotations

import json
import linecache
import os
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidget
from typer.testing import CliRunner

from hera_desktop.cli.app import app
from hera_desktop.engine.errors import MachineError, ModelError
from hera_desktop.gui import bench_ui, bench_window, garbage, model_imports, theme
from hera_desktop.gui.bench_input import press_key, turn_wheel
from hera_desktop.gui.bench_ui import UiFigures
from hera_desktop.gui.bench_window import Task, Watch, prompts
from hera_desktop.gui.features.plain_table import PlainTable
from hera_desktop.gui.heartbeat import Beats, Heartbeat

from .conftest import WAIT_MS
from .fake import FakeEngine

TIMES = {"median": 10.0, "p99": 20.0, "worst": 90.0, "count": 400}
BEATS = {"times": TIMES, "longest": [[90.0, "Loading the model: torch"], [30.0, "Evolving"]]}
ANSWERS = {
    "window": {"first_ms": 1000.0},
    "model": {"first_ms": 1000.0, "loading": BEATS, "evolving": BEATS, "evolved": 30},
    "panels": {"timeline: scroll": TIMES, "plots: Measures: point": TIMES},
}


# --- the heart -------------------------------------------------------------------------------------------------------


def test_a_gap_is_named_after_what_went_on_in_it(qapp):
    seconds = iter((0.0, 0.01, 0.31, 0.33, 0.40))
    heart = Heartbeat(clock=lambda: next(seconds))
    heart.begin("loading")
    heart.beat()
    heart.say("importing")
    heart.beat()
    heart.beat()
    found = heart.end()
    assert [(round(gap), during) for gap, during in found.longest] == [
        (300, "loading, then importing"),
        (70, "importing"),
        (20, "importing"),
        (10, "loading"),
    ]
    assert round(found.times.worst) == 300
    assert found.times.count == 4


def test_the_heart_beats_by_itself_and_notices_a_stall(qtbot):
    heart = Heartbeat()
    heart.begin("nothing")
    qtbot.wait(100)
    heart.say("a stall")
    stalled = threading.Event()
    stalled.wait(0.15)
    qtbot.wait(30)
    found = heart.end()
    assert found.times.count >= 2
    assert found.longest[0][0] >= 140
    assert "a stall" in found.longest[0][1]


def test_of_many_gaps_only_the_longest_are_kept():
    found = Beats.of((float(number), str(number)) for number in range(1, 101))
    assert found.longest[0] == (100.0, "100")
    assert len(found.longest) == 8
    assert found.times.p99 == 99.0


# --- the window ------------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(bench_window, "SETTLE_S", 0.1)
    monkeypatch.setattr(bench_window, "LOOK_MS", 20)


def test_the_window_is_watched_from_its_first_frame_through_load_and_steps(open_window, qtbot, quick):
    found = []
    watch = Watch(Task("model", "", steps=3), found.append)
    window = open_window(lambda progress: FakeEngine(), load=False)
    window.controller.load()
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    watch.deleteLater()
    assert found[0]["evolved"] == 3
    assert len(window.controller.snapshot.timeline.proposals) == 3
    assert found[0]["first_ms"] > 0
    for stretch in ("loading", "evolving"):
        assert found[0][stretch]["times"]["count"] > 0
        assert found[0][stretch]["longest"]


def test_the_part_window_answers_with_the_first_frame_alone(open_window, qtbot):
    found = []
    watch = Watch(Task("window", ""), found.append)
    open_window(lambda progress: FakeEngine(), load=False)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    watch.deleteLater()
    assert list(found[0]) == ["first_ms"]


def test_a_model_that_cannot_be_loaded_is_the_answer(open_window, qtbot, quick):
    def fail(progress):
        raise ModelError("model 'x' is unknown")

    found = []
    watch = Watch(Task("model", ""), found.append)
    open_window(fail, load=False).controller.load()
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    watch.deleteLater()
    assert "model 'x' is unknown" in found[0]["failed"]


def test_thirty_prompts_differ():
    assert len(set(prompts(30))) == 30
    assert len(prompts(70)) == 70


# --- the processes ---------------------------------------------------------------------------------------------------


@pytest.fixture
def answers(monkeypatch):
    """The processes' answers, invented; gives the tasks that were set."""
    tasks = []

    def part(task):
        tasks.append(task)
        return ANSWERS[task.part]

    monkeypatch.setattr(bench_ui, "_part", part)
    return tasks


def test_each_figure_has_its_floor_and_its_goal(answers):
    found = bench_ui.bench_ui(30, 10_000, lambda what, share: None)
    assert [task.part for task in answers] == ["window"] * 4 + ["model", "panels"]
    limits = {figure.what: (figure.value, figure.floor, figure.goal) for figure in found.figures}
    assert limits == {
        "first frame of the window": (1000.0, 1500, None),
        "loading: p99": (20.0, 100, 50),
        "loading: longest": (90.0, 900, 250),
        "evolving: p99": (20.0, 50, 33),
        "evolving: longest": (90.0, 200, 100),
        "timeline: scroll, p99": (20.0, 33, None),
        "plots: Measures: point, p99": (20.0, 33, None),
    }
    assert found.holds


def test_the_first_start_warms_up_and_does_not_count(monkeypatch, answers):
    starts = iter((9000.0, 1200.0, 1400.0, 1300.0))
    warm = bench_ui._part
    monkeypatch.setattr(
        bench_ui, "_part", lambda task: {"first_ms": next(starts)} if task.part == "window" else warm(task)
    )
    first = bench_ui.bench_ui(30, 100, lambda what, share: None).figures[0]
    assert (first.value, first.longest, first.count) == (1300.0, 1400.0, 3)


def test_a_run_that_lost_steps_is_no_measurement(answers):
    with pytest.raises(MachineError, match="30 steps were evolved where 31 were to be"):
        bench_ui.bench_ui(31, 100, lambda what, share: None)


def test_a_process_writes_its_answer_and_leaves_the_users_settings_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "mine"))
    (tmp_path / "mine" / "models").mkdir(parents=True)
    said = []

    def run(command, env, **rest):
        task = Task(**json.loads(command[-1]))
        said.append((command[:3], env["HERA_DATA_HOME"], sorted(os.listdir(env["HERA_DATA_HOME"]))))
        with open(task.result, "w", encoding="utf-8") as file:
            json.dump({"first_ms": 5.0}, file)
        return SimpleNamespace(stderr="")

    monkeypatch.setattr(bench_ui.subprocess, "run", run)
    assert bench_ui._part(Task("window", "")) == {"first_ms": 5.0}
    command, home, linked = said[0]
    assert command == [sys.executable, "-m", "hera_desktop.gui.bench_window"]
    assert home != str(tmp_path / "mine")
    assert linked == ["models"]


def test_a_process_that_dies_is_told_with_its_last_words(monkeypatch, tmp_path):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(bench_ui.subprocess, "run", lambda *a, **k: SimpleNamespace(stderr="one\nno display\n"))
    with pytest.raises(MachineError, match="the part 'window' ended without an answer: no display"):
        bench_ui._part(Task("window", ""))


def test_the_panels_are_measured_in_a_process_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    found = bench_ui._part(Task("panels", "", entries=120))
    assert {"timeline: scroll", "timeline: redraw", "plots: Measures: pan and zoom"} <= set(found)
    assert all(times["count"] > 10 and times["worst"] >= times["p99"] > 0 for times in found.values())


# --- the verb --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("longest", "status"), [(900.0, 0), (901.0, 1)])
def test_the_verb_fails_where_a_floor_is_not_reached(monkeypatch, answers, longest, status):
    slow = {**BEATS, "times": {**TIMES, "worst": longest}}
    monkeypatch.setitem(ANSWERS, "model", {**ANSWERS["model"], "loading": slow})
    done = CliRunner().invoke(app, ["bench", "ui", "--json"])
    assert done.exit_code == status
    document = json.loads(done.stdout)
    assert document["holds"] is (status == 0)
    rows = {row["what"]: row for row in document["figures"]}
    assert rows["loading: longest"]["value"] == longest
    assert rows["loading: longest"]["reaches_goal"] is False
    assert document["gaps"]["loading"][0] == [90.0, "Loading the model: torch"]


def test_the_table_shows_measured_floor_and_goal(answers):
    done = CliRunner().invoke(app, ["bench", "ui"])
    assert done.exit_code == 0
    row = next(line for line in done.stdout.splitlines() if line.strip().startswith("evolving: p99"))
    assert row.split()[2:7] == ["20.0", "50", "33", "90.0", "400"]


def test_figures_without_a_known_load_say_so(answers):
    found = bench_ui.bench_ui(30, 100, lambda what, share: None)
    assert replace(found, load=(1.0, 2.5)).load_text == "load average of the machine: 1.0 before, 2.5 after"
    assert UiFigures((), 30, 100, (None, None), {}).load_text == "load average not known"


# --- what makes it quick ---------------------------------------------------------------------------------------------


def test_what_is_imported_is_left_out_of_collections_and_none_runs_meanwhile(monkeypatch):
    done, frozen = [], []
    monkeypatch.setattr(garbage.gc, "collect", done.append)
    monkeypatch.setattr(garbage.gc, "freeze", lambda: frozen.append(True))
    monkeypatch.setattr(garbage.gc, "get_count", lambda: (9999, 0, 0))
    collector = garbage.GarbageCollector()
    try:
        monkeypatch.setattr(model_imports, "MODULES", ("json",))
        monkeypatch.setattr(model_imports, "_preload", lambda folder: None)
        model_imports.import_engine(lambda what, share: collector.collect_due())
        assert done == []
        assert frozen == [True]
        collector.collect_due()
        assert done == [0]
    finally:
        collector.stop()


def test_a_window_made_without_the_style_sheet_gets_it_at_the_end(qapp: QApplication):
    qapp.setStyleSheet("QLabel { padding: 3px; }")
    try:
        with pytest.raises(RuntimeError), theme.unstyled(qapp):
            assert qapp.styleSheet() == ""
            raise RuntimeError
        assert qapp.styleSheet() == "QLabel { padding: 3px; }"
    finally:
        qapp.setStyleSheet("")


def test_a_filled_table_has_its_columns_as_wide_as_the_texts(qtbot):
    table = PlainTable("figures", ("name", "value"), figures=(1,), wide=0)
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    table.fill([["a", "1"], ["b", "2"]])
    narrow = table.columnWidth(1)
    changed = []
    table.model().dataChanged.connect(lambda *found: changed.append(found))
    table.fill([["a", "1234567890123456"], ["b", "2"]])
    assert table.texts() == [["a", "1234567890123456"], ["b", "2"]]
    assert table.columnWidth(1) > narrow
    assert len(changed) == 1


def test_posted_wheel_and_keys_reach_the_table(qtbot):
    table = QTableWidget(200, 1)
    qtbot.addWidget(table)
    table.resize(200, 200)
    table.show()
    qtbot.waitExposed(table)
    turn_wheel(table, -120)
    qtbot.waitUntil(lambda: table.verticalScrollBar().value() > 0)
    table.setCurrentCell(0, 0)
    press_key(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: table.currentRow() != 0)
    assert table.currentRow() == 1


def test_a_task_travels_as_json():
    task = Task("model", "r.json", 1.5, "s.hera", 7, 100)
    assert Task(**json.loads(json.dumps(asdict(task)))) == task


def test_importing_after_the_window_reads_no_sources(tmp_path, monkeypatch):
    (tmp_path / "read_by_nobody.py").write_text("VALUE = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert __import__("read_by_nobody").VALUE == 1
    assert not [name for name in linecache.cache if "read_by_nobody" in name]


def test_all_of_a_qt_module_can_still_be_imported():
    code = "import hera_desktop.gui\nfrom PySide6.QtPrintSupport import *\nprint(QPrinter.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "QPrinter"
