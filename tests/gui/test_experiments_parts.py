"""The parts of the Experiments tab: commands, files of runs, the process, tables and plots."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from typer.main import get_command

from hera_desktop.cli.experiment import app
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.catalogue import EXPERIMENTS, find_experiment
from hera_desktop.engine.experiments.outcome import Curve, Outcome, Plot, Table
from hera_desktop.gui.experiments.command import PROGRESS, RunPlan, objection, plan, setting_options
from hera_desktop.gui.experiments.outcome_file import OutcomeFile
from hera_desktop.gui.experiments.outcome_pages import PlotsPage, TablesPage
from hera_desktop.gui.experiments.outcome_plot import OutcomePlot
from hera_desktop.gui.experiments.outcome_table import CellTable, number_in
from hera_desktop.gui.experiments.runner import ExperimentRunner
from hera_desktop.gui.experiments.runs import RunFolder, read_outcome
from hera_desktop.gui.experiments.words import PURPOSES, TITLES, options_text
from hera_desktop.gui.plot_export import export_plot

COMMAND = (sys.executable, str(Path(__file__).with_name("experiment_command.py")))
EDITS = find_experiment("edits")
WAIT_MS = 20_000


@pytest.fixture
def folder(tmp_path) -> RunFolder:
    return RunFolder(tmp_path / "experiments")


@pytest.fixture
def runner(qapp):
    made = ExperimentRunner(COMMAND)
    yield made
    made.close()


def outcome(finished: bool = True, **parts) -> Outcome:
    return Outcome("edits", "Target edits", {"limit": 3, "config": {"model": "tiny"}}, finished=finished, **parts)


def write(path: Path, found: Outcome) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found.document()), encoding="utf-8")
    return path


# --- the command -------------------------------------------------------------------------------------------------


def test_only_settings_that_are_not_at_their_default_are_options() -> None:
    assert setting_options(EDITS.settings, {"file": None, "strategy": [], "limit": None, "sequential": False}) == ()
    options = setting_options(EDITS.settings, {"limit": 5, "strategy": ["rank_one", "lora"], "sequential": True})
    assert options == ("--strategy", "rank_one", "--strategy", "lora", "--limit", "5", "--sequential")


def test_a_quick_look_leaves_its_own_sizes_to_the_experiment() -> None:
    made = plan(EDITS, {"limit": 50, "sequential": True}, ("experiment.seed=3",), quick=True)
    assert made.options == ("--quick", "--sequential", "--set", "experiment.seed=3")


def test_the_command_line_can_be_given_to_a_shell() -> None:
    line = RunPlan("edits", ("--file", "my records.json")).command_line(Path("out.json"))
    assert line == "hera-desktop experiment edits --file 'my records.json' --out out.json"


@pytest.mark.parametrize(("name", "value", "said"), [("limit", 0, "greater than"), ("limit", "x", "valid integer")])
def test_a_value_that_cannot_be_used_is_said_in_the_models_words(name, value, said) -> None:
    assert said in objection(EDITS.settings, name, value)
    assert objection(EDITS.settings, "limit", 7) == ""
    assert objection(EDITS.settings, "strategy", "rank_one, lora") == ""


def test_what_the_window_says_of_experiments_is_what_the_catalogue_says() -> None:
    every = EXPERIMENTS.values()
    assert {one.title for one in every} == set(TITLES)
    assert {one.purpose for one in every} == set(PURPOSES)


def changed(value: object) -> object:
    """Another value than a setting's default."""
    return (not value) if isinstance(value, bool) else ["one", "two"] if isinstance(value, tuple) else 17


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_option_is_one_that_the_command_has(name) -> None:
    settings = EXPERIMENTS[name].settings
    command = get_command(app).commands[name]
    known = {flag for option in command.params for flag in (*option.opts, *option.secondary_opts)}
    values = {key: changed(field.default) for key, field in settings.model_fields.items()}
    made = plan(EXPERIMENTS[name], values, ("experiment.seed=3",), quick=False).arguments(Path("out.json"))
    assert {word for word in (*made, "--quick", PROGRESS) if word.startswith("--")} <= known


def test_options_are_read_as_words() -> None:
    options = ("--quick", "--limit", "3", "--set", "experiment.seed=3", "--sequential")
    assert options_text(options) == "quick, limit 3, experiment.seed=3, sequential"


# --- files -------------------------------------------------------------------------------------------------------


def test_a_run_is_listed_from_its_beginning_to_its_end(folder) -> None:
    path = folder.begin(RunPlan("edits", ("--limit", "3")))
    assert [(run.state, run.plan.options) for run in folder.runs("edits")] == [("empty", ("--limit", "3"))]
    write(path, outcome(finished=False))
    assert [run.state for run in folder.runs("edits")] == ["stopped"]
    write(path, outcome(finished=True, remarks=("longer",)))
    assert [run.state for run in folder.runs("edits")] == ["finished"]
    assert folder.runs("immune") == ()


def test_a_run_of_the_command_line_can_be_taken_up_too(folder, tmp_path) -> None:
    taken = folder.import_file(write(tmp_path / "mine.json", outcome(finished=False)))
    assert taken.name == "edits-mine.json"
    assert folder.run(taken).plan == RunPlan("edits", ("--limit", "3"))


def test_two_imports_of_one_file_are_two_runs(folder, tmp_path) -> None:
    source = write(tmp_path / "mine.json", outcome())
    assert folder.import_file(source) != folder.import_file(source)
    assert len(folder.all()) == 2


def test_a_file_that_holds_no_outcome_is_refused_and_not_listed(folder, tmp_path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"kind": "something else"}')
    with pytest.raises(InputError, match="no document of an experiment"):
        folder.import_file(other)
    folder.path.mkdir()
    (folder.path / "edits-broken.json").write_text("{")
    assert folder.all() == ()


def test_a_removed_run_can_be_brought_back(folder) -> None:
    path = write(folder.begin(RunPlan("edits")), outcome())
    moved = folder.remove(path)
    assert folder.all() == ()
    assert not path.exists()
    assert folder.import_file(moved).exists()


def test_a_file_is_read_again_when_it_changes(qtbot, tmp_path) -> None:
    path = write(tmp_path / "edits-1.json", outcome(finished=False))
    found: list[Outcome] = []
    file = OutcomeFile()
    file.found.connect(found.append)
    file.watch(path)
    assert [one.finished for one in found] == [False]
    path.write_text("{")  # being written
    part = write(tmp_path / "part", outcome(finished=True))
    part.replace(path)
    qtbot.waitUntil(lambda: found[-1].finished, timeout=WAIT_MS)


# --- the process -------------------------------------------------------------------------------------------------


def test_a_run_tells_how_far_it_is_and_writes_its_outcome(qtbot, runner, folder) -> None:
    told = []
    runner.progressed.connect(told.append)
    plan_ = RunPlan("edits", ("--limit", "3"))
    path = folder.begin(plan_)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS) as ended:
        runner.start(plan_, path)
    assert ended.args[0].status == "finished"
    assert [progress.what for progress in told] == ["record 1", "record 2", "record 3"]
    assert told[-1].share == 1.0
    assert read_outcome(path).finished


def test_a_stopped_run_keeps_what_was_measured_and_goes_on_from_there(qtbot, runner, folder) -> None:
    plan_ = RunPlan("edits", ("--limit", "500"))
    path = folder.begin(plan_)
    with qtbot.waitSignal(runner.progressed, timeout=WAIT_MS):
        runner.start(plan_, path)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS) as ended:
        runner.stop()
    assert ended.args[0].status == "stopped"
    kept = len(read_outcome(path).data["rows"])
    assert 0 < kept < 500
    with qtbot.waitSignal(runner.progressed, timeout=WAIT_MS) as first:
        runner.start(plan_, path)
    assert first.args[0].what == f"record {kept + 1}"


def test_a_run_that_does_not_listen_is_ended_at_the_second_stop(qtbot, runner, folder) -> None:
    plan_ = RunPlan("edits", ("--strategy", "stubborn"))
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS) as ended:
        runner.start(plan_, folder.begin(plan_))
        runner.stop()
        runner.stop()
    assert ended.args[0].status == "stopped"
    assert not runner.running


def test_what_goes_wrong_is_said_in_the_commands_sentence(qtbot, runner, folder) -> None:
    plan_ = RunPlan("edits", ("--strategy", "broken"))
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS) as ended:
        runner.start(plan_, folder.begin(plan_))
    assert (ended.args[0].status, ended.args[0].sentence) == ("failed", "strategy 'broken' is unknown")


def test_a_program_that_is_not_there_is_a_failure(qtbot, qapp, folder) -> None:
    runner = ExperimentRunner(("/nowhere/hera",))
    plan_ = RunPlan("edits")
    ends = []
    runner.ended.connect(ends.append)
    runner.start(plan_, folder.begin(plan_))
    qtbot.waitUntil(lambda: bool(ends), timeout=WAIT_MS)
    assert ends[0].status == "failed"
    assert ends[0].sentence


# --- tables ------------------------------------------------------------------------------------------------------

ROWS = (("b", "10.5 ± 1", "-"), ("a", "9", "2"), ("c", "-1e-3", "1"))


def first_column(table: CellTable) -> str:
    return "".join(row[0] for row in table.texts())


def test_a_table_sorts_by_figures_and_back(qtbot) -> None:
    table = CellTable("Records", ("name", "mean", "count"))
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    orders = []
    for _ in range(3):
        table.sort_by(1)
        orders.append(first_column(table))
    assert orders == ["cab", "bac", "bac"]
    table.sort_by(0)
    assert first_column(table) == "abc"
    table.sort_by(2)
    assert first_column(table) == "cab"  # what is no figure comes last


def test_figures_stand_to_the_right_and_words_to_the_left(qtbot) -> None:
    table = CellTable("Records", ("name", "mean", "count"))
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    assert not table.item(0, 0).textAlignment() & Qt.AlignmentFlag.AlignRight
    assert table.item(0, 1).textAlignment() & Qt.AlignmentFlag.AlignRight


def test_selected_rows_are_copied_with_the_names_of_the_columns(qtbot) -> None:
    table = CellTable("Records", ("name", "mean", "count"))
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "name\tmean\tcount\na\t9\t2"


@pytest.mark.parametrize(("text", "number"), [("1,024 MB", 1024), ("-0.5", -0.5), ("3e-4", 3e-4), ("inf", None)])
def test_the_figure_of_a_cell(text, number) -> None:
    assert number_in(text) == number


def test_a_table_that_grows_keeps_its_order_and_its_widget(qtbot) -> None:
    page = TablesPage()
    qtbot.addWidget(page)
    page.show_tables((Table("Records", ("name", "mean"), (("a", "1"),)),))
    made = page.tables[0]
    made.cells.sort_by(1)
    made.cells.sort_by(1)
    page.show_tables((Table("Records", ("name", "mean"), (("a", "1"), ("b", "2")), "note"),))
    assert page.tables[0] is made
    assert first_column(made.cells) == "ba"
    page.show_tables((Table("Others", ("name",), ()),))
    assert page.tables[0] is not made


# --- plots -------------------------------------------------------------------------------------------------------

CURVES = (
    Curve(
        "measured", (1.0, 10.0, 100.0), (0.1, 1.0, float("nan")), line=False, labels=("trial 1", "trial 2", "trial 3")
    ),
    Curve("fitted", (1.0, 10.0, 100.0), (0.1, 0.5, 2.5)),
)
PLOT = Plot("Cost against size", "size", "cost", CURVES, (("limit", 2.0),), log_x=True, log_y=True)


@pytest.fixture
def drawn(qtbot) -> OutcomePlot:
    made = OutcomePlot(PLOT)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def place_of(plot: OutcomePlot, x: float, y: float) -> QPointF:
    on_scene = plot.box.mapViewToScene(QPointF(np.log10(x), np.log10(y)))
    return QPointF(plot.mapFromScene(on_scene))


def test_a_point_is_read_where_it_is_drawn(drawn) -> None:
    assert drawn.point_at(place_of(drawn, 10.0, 1.0)) == (0, 1)
    assert drawn.point_at(place_of(drawn, 10.0, 0.5)) == (1, 1)
    assert drawn.point_at(place_of(drawn, 3.0, 2.0)) is None
    assert drawn.point_text(0, 1) == "measured trial 2: size 10, cost 1"


def test_the_arrow_keys_go_along_a_curve_and_to_the_next_one(qtbot, drawn) -> None:
    said: list[str] = []
    drawn.pointed.connect(said.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(drawn, key)
    assert said == [
        "measured trial 1: size 1, cost 0.1",
        "measured trial 2: size 10, cost 1",  # the third has no value
        "fitted: size 10, cost 0.5",
        "fitted: size 100, cost 2.5",
    ]


def test_all_points_and_limits_are_in_sight(drawn) -> None:
    (left, right), (low, high) = drawn.box.viewRange()
    assert left < 0
    assert right > 2
    assert low < -1
    assert high > np.log10(2.5)


def test_a_live_plot_keeps_what_the_user_zoomed_into(drawn) -> None:
    drawn.box.setXRange(0.5, 1.0, padding=0)
    drawn.box.sigRangeChangedManually.emit([True, True])
    drawn.show_plot(PLOT)
    assert drawn.box.viewRange()[0] == pytest.approx([0.5, 1.0])
    drawn.show_all()
    assert drawn.box.viewRange()[0][0] < 0


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_a_plot_is_saved_as_picture_and_as_numbers(drawn, tmp_path, kind) -> None:
    path = tmp_path / f"plot.{kind}"
    size = drawn.size()
    export_plot(drawn, path)
    assert path.stat().st_size > 100
    assert drawn.size() == size
    if kind == "csv":
        lines = path.read_text("utf-8-sig").splitlines()
        assert lines[:2] == ["curve,size,cost,label", "measured,1.0,0.1,trial 1"]
        assert lines[-1] == "limit,,2.0,limit"


def test_plots_stand_side_by_side_where_there_is_room(qtbot) -> None:
    page = PlotsPage()
    qtbot.addWidget(page)
    page.show()
    page.show_plots((PLOT, Plot("Second", "x", "y", CURVES)))
    page.resize(1300, 500)
    qtbot.waitUntil(lambda: page.plots[0].y() == page.plots[1].y())
    page.resize(700, 500)
    qtbot.waitUntil(lambda: page.plots[0].y() < page.plots[1].y())
