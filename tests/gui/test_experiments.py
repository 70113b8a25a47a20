"""The Experiments tab, as a person uses it: settings, a run in a process of its own, its outcome, earlier runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hera_desktop.gui.controller import Controller
from hera_desktop.gui.desk import EVOLVE, EXPERIMENTS
from hera_desktop.gui.experiment_desk import ExperimentDesk, session_overrides
from hera_desktop.gui.experiments.runner import ExperimentRunner
from hera_desktop.gui.experiments.runs import RunFolder
from hera_desktop.gui.panels.experiments import PLOTS, SETTINGS, TABLES, ExperimentsPanel
from hera_desktop.gui.requests import LoadRequest

from .conftest import messages
from .fake import FakeEngine
from .test_experiments_parts import COMMAND, WAIT_MS, outcome, write

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot, tmp_path):
    """The panel with a stand-in for the command, without a window around it."""
    controller = Controller(LoadRequest(factory=lambda progress: FakeEngine()))
    made = ExperimentDesk(controller, ExperimentRunner(COMMAND), RunFolder(tmp_path / "experiments"))
    qtbot.addWidget(made.panel)
    made.panel.resize(1240, 440)
    made.panel.show()
    made.watch(True)
    yield made
    made.close()
    assert controller.close()


@pytest.fixture
def panel(desk) -> ExperimentsPanel:
    return desk.panel


def told(desk: ExperimentDesk) -> list[str]:
    return [message.text for message in desk._controller.messages.kept]


def editor(panel: ExperimentsPanel, key: str):
    return panel.form.rows[key].editor


def rows_shown(panel: ExperimentsPanel) -> int:
    return panel.tables.tables[0].cells.rowCount() if panel.tables.tables else 0


def run(qtbot, desk: ExperimentDesk, limit: int | None = None, quick: bool = False) -> None:
    if limit is not None:
        editor(desk.panel, "limit").show_value(limit)
    button = desk.panel.bar.quick_button if quick else desk.panel.bar.run_button
    qtbot.mouseClick(button, LEFT)


def go_on(desk: ExperimentDesk) -> None:
    """For a run with the strategy ``waiting``."""
    for one in desk.folder.all():
        one.path.with_suffix(".go").touch()


def ended(qtbot, desk: ExperimentDesk) -> None:
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=WAIT_MS)


def state_shown(panel: ExperimentsPanel, row: int = 0) -> str:
    return panel.chooser.runs.item(row, 0).text()


# --- settings ----------------------------------------------------------------------------------------------------


def test_every_setting_has_a_row_and_the_command_follows_what_is_typed(panel) -> None:
    assert set(panel.form.rows) == set(panel.experiment.settings.model_fields)
    assert panel.bar.command.text() == "hera-desktop experiment edits --out FILE.json"
    editor(panel, "limit").show_value(5)
    editor(panel, "strategy").show_value("rank_one, lora")
    panel.form.more.setText("experiment.seed=3")
    assert panel.bar.command.text() == (
        "hera-desktop experiment edits --strategy rank_one --strategy lora --limit 5 "
        "--set experiment.seed=3 --out FILE.json"
    )


def test_the_command_is_copied(qtbot, desk, panel) -> None:
    qtbot.mouseClick(panel.bar.copy_button, LEFT)
    assert QGuiApplication.clipboard().text() == panel.bar.command.text()
    assert told(desk) == ["The command is on the clipboard"]


@pytest.mark.parametrize("fault", ["setting", "configuration"])
def test_what_cannot_be_used_cannot_be_run_and_says_why(panel, fault) -> None:
    if fault == "setting":
        editor(panel, "limit").show_value(0)
        assert "greater than" in panel.form.rows["limit"].sentence.sentence
    else:
        panel.form.more.setText("experiment.sead=3")
        assert "sead" in panel.form.more_fault.sentence
    assert not panel.bar.run_button.isEnabled()
    assert panel.bar.run_button.toolTip() == panel.form.faults
    editor(panel, "limit").show_value(None)
    panel.form.more.clear()
    assert panel.bar.run_button.isEnabled()


def test_what_was_typed_for_one_experiment_stays_while_another_is_looked_at(panel) -> None:
    editor(panel, "limit").show_value(7)
    panel.chooser.pick_experiment("stability")
    assert "steps" in panel.form.rows
    panel.chooser.pick_experiment("edits")
    assert editor(panel, "limit").value() == 7


# --- a run -------------------------------------------------------------------------------------------------------


def test_a_run_is_shown_while_it_goes_and_when_it_has_finished(qtbot, desk, panel) -> None:
    editor(panel, "strategy").show_value("waiting")
    run(qtbot, desk, limit=40)
    assert not panel.bar.run_button.isEnabled()
    assert panel.tabs.currentIndex() == TABLES
    qtbot.waitUntil(lambda: 0 < rows_shown(panel) < 40, timeout=WAIT_MS)
    assert state_shown(panel) == "running"
    assert panel.bar.bar.isVisible()
    go_on(desk)
    ended(qtbot, desk)
    assert rows_shown(panel) == 40
    assert state_shown(panel) == "finished"
    assert panel.tabs.tabText(PLOTS) == "Plots (1)"
    assert panel.remarks.remarks[0].text() == "a stand-in wrote this"
    assert not panel.bar.resume_button.isEnabled()
    assert told(desk) == ["Experiment Target edits has finished"]


def test_a_run_is_stopped_and_resumed(qtbot, desk, panel) -> None:
    editor(panel, "strategy").show_value("waiting")
    run(qtbot, desk, limit=60)
    qtbot.waitUntil(lambda: rows_shown(panel) > 2, timeout=WAIT_MS)
    qtbot.mouseClick(panel.bar.stop_button, LEFT)
    assert panel.bar.stop_button.text() == "Stop at once"
    ended(qtbot, desk)
    assert state_shown(panel) == "stopped"
    kept = rows_shown(panel)
    assert 2 < kept < 60
    go_on(desk)
    qtbot.mouseClick(panel.bar.resume_button, LEFT)
    ended(qtbot, desk)
    assert rows_shown(panel) == 60
    assert [run_.state for run_ in desk.folder.all()] == ["finished"]


def test_a_quick_look_asks_for_the_experiments_own_sizes(qtbot, desk) -> None:
    run(qtbot, desk, limit=500, quick=True)
    ended(qtbot, desk)
    words = json.loads(desk.folder.all()[0].path.read_text())["settings"]["words"]
    assert "--quick" in words
    assert "--limit" not in words


def test_a_run_that_fails_says_the_commands_sentence_in_place(qtbot, desk, panel) -> None:
    editor(panel, "strategy").show_value("broken")
    run(qtbot, desk)
    ended(qtbot, desk)
    assert panel.bar.fault.sentence == "strategy 'broken' is unknown"
    assert state_shown(panel) == "failed"
    assert told(desk) == ["Experiment Target edits has failed: strategy 'broken' is unknown"]
    panel.chooser.pick_experiment("immune")
    panel.chooser.pick_experiment("edits")
    panel.chooser.pick_run(desk.folder.all()[0].path)
    assert panel.bar.fault.sentence == "strategy 'broken' is unknown"


def test_closing_ends_a_run_with_what_it_has(qtbot, desk, panel) -> None:
    run(qtbot, desk, limit=500)
    qtbot.waitUntil(lambda: rows_shown(panel) > 0, timeout=WAIT_MS)
    desk.close()
    assert not desk.runner.running
    assert desk.folder.all()[0].state == "stopped"


# --- earlier runs ------------------------------------------------------------------------------------------------


def test_an_earlier_run_is_opened_with_its_tables_and_plots(desk, panel) -> None:
    desk.folder.path.mkdir()
    path = write(desk.folder.path / "edits-1.json", outcome(remarks=("said then",)))
    desk.refresh()
    panel.chooser.pick_run(path)
    assert panel.remarks.remarks[0].text() == "said then"
    assert "finished: limit 3" in panel.run_label.text()
    assert panel.bar.export_button.isEnabled()
    panel.chooser.pick_experiment("immune")
    assert panel.outcome is None
    assert panel.tabs.currentIndex() == SETTINGS
    assert not panel.chooser.nothing.isHidden()


def test_an_outcome_is_imported_removed_and_imported_again(qtbot, desk, panel, tmp_path) -> None:
    desk.import_file(str(write(tmp_path / "edits-mine.json", outcome())))
    assert panel.outcome is not None
    qtbot.mouseClick(panel.chooser.remove_button, LEFT)
    assert desk.folder.all() == ()
    assert panel.outcome is None
    moved = desk.folder.path / "removed" / "edits-mine.json"
    assert moved.exists()
    desk.import_file(str(moved))
    assert panel.outcome is not None


def test_a_file_that_is_no_outcome_is_told_of(desk, tmp_path) -> None:
    other = tmp_path / "other.json"
    other.write_text("[]")
    desk.import_file(str(other))
    assert told(desk) == ["this is no document of an experiment; it takes what an experiment wrote with --out"]


def test_an_outcome_is_exported_beside_the_window(qtbot, desk, panel, tmp_path) -> None:
    desk.import_file(str(write(tmp_path / "edits-mine.json", outcome(remarks=("said then",)))))
    for name, words in (("report.md", "Report written to"), ("report.docx", "docx")):
        with qtbot.waitSignal(desk.export.told, timeout=WAIT_MS):
            desk.export.write(panel.outcome, tmp_path / name)
        assert words in told(desk)[-1]
    assert "said then" in (tmp_path / "report.md").read_text()


# --- in the window -----------------------------------------------------------------------------------------------


def test_the_tab_has_a_key_a_menu_entry_and_palette_entries(fake_window, qtbot) -> None:
    fake_window.actions_["layout_experiments"].trigger()
    qtbot.waitUntil(lambda: fake_window.desk.is_seen("experiments"))
    assert fake_window.desk.layout_id == EXPERIMENTS
    fake_window.desk.show_layout(EVOLVE)
    fake_window.actions_["experiment_stability"].trigger()
    assert fake_window.desk.layout_id == EXPERIMENTS
    assert fake_window.experiments.panel.experiment.name == "stability"
    assert fake_window.actions_["experiment_stability"].text() == "Experiment: Stability over many steps"


def test_a_run_measures_with_the_sessions_settings_unless_the_user_says_otherwise(fake_window, qtbot) -> None:
    panel = fake_window.experiments.panel
    fake_window.show_experiments()
    qtbot.waitUntil(lambda: panel.form.like_session.isEnabled(), timeout=WAIT_MS)
    assert panel.form.like_session.isChecked()
    panel.show_session(("edits.strategy=null_space",))
    assert "--set edits.strategy=null_space" in panel.bar.command.text()
    panel.form.like_session.setChecked(False)
    assert "--set" not in panel.bar.command.text()


def test_only_what_measures_differently_is_handed_to_a_run() -> None:
    from hera_desktop.engine.config import load_config

    config = load_config(None, ("experiment.seed=7", "experiment.name=mine", "logging.level=DEBUG"), environment={})
    assert session_overrides(config) == ("experiment.seed=7",)


def test_the_window_closes_with_a_run_under_way(fake_window, qtbot, tmp_path) -> None:
    desk = fake_window.experiments
    desk.runner._program = COMMAND
    fake_window.show_experiments()
    editor(desk.panel, "limit").show_value(500)
    qtbot.mouseClick(desk.panel.bar.run_button, LEFT)
    qtbot.waitUntil(lambda: rows_shown(desk.panel) > 0, timeout=WAIT_MS)
    fake_window.close()
    assert not desk.runner.running
    assert messages(fake_window)[-1] == "Experiment Target edits was stopped; what was measured stays"
    assert Path(desk.folder.path).parent == tmp_path / "data"
