"""The probe editor as a person uses it: the set, its files, the limits of tags."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from hera_desktop.engine.calibration import limits_of
from hera_desktop.engine.config import Config
from hera_desktop.engine.immune.probe_files import load_probes, save_probes, seal_probes
from hera_desktop.engine.immune.probes import Probe, ProbeSet, TagLimits
from hera_desktop.gui.probe_editor.editor import ProbeEditor
from hera_desktop.gui.probe_requests import ConfigureProbesRequest, ProbesInUse
from hera_desktop.gui.theme import SystemTheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
SET = ProbeSet(
    (Probe("The ferry left.", ("prose",)), Probe("2 + 2 = 4", ("arithmetic",)), Probe("def f(x):\n    pass", ("code",)))
)


def in_use(probes: ProbeSet = SET, path: str | None = None) -> ProbesInUse:
    return ProbesInUse(path, probes, limits_of(Config(), probes), Config().immune.cumulative.model_dump())


class Told(list):
    """What the user was told."""

    def __call__(self, said: tuple[str, str]) -> None:
        self.append(said[0])


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def editor(qtbot, qapp, told) -> ProbeEditor:
    SystemTheme.current().apply()
    made = ProbeEditor()
    qtbot.addWidget(made)
    made.told.connect(told)
    made.show()
    qtbot.waitExposed(made)
    made.show_used(in_use(), 0)
    made.set_state(True)
    return made


def texts(editor: ProbeEditor) -> list[str]:
    return [probe.text for probe in editor.draft.probes.probes]


def click(qtbot, button) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def pick(editor: ProbeEditor, *rows: int) -> None:
    table = editor.page.table
    table.clearSelection()
    for row in rows:
        flags = table.selectionModel().SelectionFlag
        table.selectionModel().select(table.model().index(row, 0), flags.Select | flags.Rows)


def test_before_a_model_is_loaded_it_says_what_it_is_for(qtbot, qapp):
    editor = ProbeEditor()
    qtbot.addWidget(editor)
    editor.show()
    assert editor.page.pages.currentIndex() == 0
    assert not editor.use_button.isEnabled() and not editor.save_as_button.isEnabled()


def test_the_session_s_probes_are_shown(editor):
    model = editor.page.model
    rows = [[model.data(model.index(n, c)) for c in range(3)] for n in range(model.rowCount())]
    assert rows[0] == ["The ferry left.", "prose", "1"]
    assert rows[2][0] == "def f(x):↵    pass"  # newlines can be seen
    assert editor.state.text() == "3 of 3 probes are measured · the session uses this set"
    assert not editor.use_button.isEnabled()


def test_a_click_on_the_box_leaves_a_probe_out(qtbot, editor):
    table = editor.page.table
    place = table.visualRect(table.model().index(1, 0))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 12, place.center().y()))
    assert [probe.enabled for probe in editor.draft.probes.probes] == [True, False, True]
    assert "2 of 3 probes are measured · the session uses another set" in editor.state.text()
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft.probes == SET


def test_a_text_is_added_with_its_tags(qtbot, editor):
    editor.page.tags.setText("law, short")
    qtbot.keyClicks(editor.page.text, "Contracts bind.")
    click(qtbot, editor.page.add_button)
    assert editor.draft.probes.probes[-1] == Probe("Contracts bind.", ("law", "short"))
    assert not editor.page.add_button.isEnabled()  # it is a probe now


def test_several_probes_are_tagged_weighed_and_removed_at_once(qtbot, editor):
    pick(editor, 0, 2)
    editor.page.tags.setText("mine")
    click(qtbot, editor.page.tag_button)
    editor.page.weight.setText("2.5")
    click(qtbot, editor.page.weight_button)
    click(qtbot, editor.page.disable_button)
    chosen = [editor.draft.probes.probes[n] for n in (0, 2)]
    assert [(p.tags, p.weight, p.enabled) for p in chosen] == [(("mine",), 2.5, False)] * 2
    click(qtbot, editor.page.remove_button)
    assert texts(editor) == ["2 + 2 = 4"]
    for _ in range(4):
        click(qtbot, editor.undo_button)
    assert editor.draft.probes == SET
    click(qtbot, editor.redo_button)
    assert editor.draft.probes.probes[0].tags == ("mine",)


def test_the_text_of_the_probe_picked_is_changed_exactly(qtbot, editor):
    pick(editor, 2)
    assert editor.page.text.toPlainText() == "def f(x):\n    pass"
    editor.page.text.setPlainText("def f(x):\n    return x\n")
    click(qtbot, editor.page.change_button)
    assert texts(editor)[2] == "def f(x):\n    return x\n"
    click(qtbot, editor.undo_button)
    assert editor.page.text.toPlainText() == "def f(x):\n    pass"


def test_a_text_being_typed_is_not_lost_when_something_else_changes(qtbot, editor):
    pick(editor, 0)
    editor.page.text.setPlainText("half a sentence")
    click(qtbot, editor.page.disable_button)
    assert editor.page.text.toPlainText() == "half a sentence"


@pytest.mark.parametrize(("typed", "part"), [("heavy", "'heavy'"), ("0", "weight 0"), ("-1", "weight -1")])
def test_a_weight_that_cannot_be_used_keeps_the_set_from_being_used(qtbot, editor, told, typed, part):
    pick(editor, 0)
    editor.page.weight.setText(typed)
    click(qtbot, editor.page.weight_button)
    assert part in " ".join([*told, editor.state.text()])
    assert not editor.use_button.isEnabled()


def test_without_an_enabled_probe_nothing_can_be_used(qtbot, editor):
    pick(editor, 0, 1, 2)
    click(qtbot, editor.page.disable_button)
    assert "No probe is enabled" in editor.state.text()
    assert not editor.use_button.isEnabled() and not editor.save_as_button.isEnabled()


# --- importing and files ----------------------------------------------------------------------------------------------


def test_texts_are_imported_with_a_tag(qtbot, editor, told, tmp_path, monkeypatch):
    file = tmp_path / "more.txt"
    file.write_text("one\ntwo\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    editor.page.tags.setText("numbers")
    click(qtbot, editor.page.import_button)
    assert editor.draft.probes.probes[3:] == (Probe("one", ("numbers",)), Probe("two", ("numbers",)))
    assert told == ["2 probes imported; save or use them to keep them"]
    click(qtbot, editor.page.import_button)
    assert "is a probe already" in told[-1] and len(texts(editor)) == 5


def test_saved_probes_come_back_and_changes_are_marked(qtbot, editor, told, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    pick(editor, 0)
    click(qtbot, editor.page.disable_button)
    assert editor.file.text().endswith("*")
    click(qtbot, editor.save_as_button)
    assert load_probes(tmp_path / "mine.yaml") == editor.draft.probes
    assert editor.file.text() == str(tmp_path / "mine.yaml")
    assert told[-1] == f"Probes saved to {tmp_path / 'mine.yaml'}"
    click(qtbot, editor.page.enable_button)
    click(qtbot, editor.revert_button)
    assert editor.draft.probes.probes[0].enabled is False
    assert not editor.file.text().endswith("*")


def test_a_file_is_opened_and_a_bad_one_is_explained(qtbot, editor, told, tmp_path, monkeypatch):
    file = save_probes(tmp_path / "other.yaml", ProbeSet((Probe("only one"),)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    click(qtbot, editor.open_button)
    assert texts(editor) == ["only one"]
    file.write_text("probes: []")
    click(qtbot, editor.open_button)
    assert "must hold a list" in told[-1] and texts(editor) == ["only one"]


def test_a_session_s_own_file_is_not_written_over(editor, tmp_path):
    path = seal_probes(SET, "mine", tmp_path)
    editor.show_used(in_use(SET.changed([1], weight=2.0), str(path)), 0)
    assert editor.draft.path is None and editor.draft.name == "mine"


# --- the session ------------------------------------------------------------------------------------------------------


def test_using_the_set_asks_for_just_that(qtbot, editor):
    pick(editor, 0)
    click(qtbot, editor.page.disable_button)
    with qtbot.waitSignal(editor.run_wanted) as asked:
        click(qtbot, editor.use_button)
    assert asked.args == [ConfigureProbesRequest(SET.changed([1], enabled=False), "probes")]


def test_what_is_being_edited_survives_a_change_of_the_session(qtbot, editor):
    pick(editor, 0)
    click(qtbot, editor.page.disable_button)
    editor.show_used(in_use(ProbeSet((Probe("another"),))), 1)
    assert texts(editor) == [probe.text for probe in SET.probes]
    click(qtbot, editor.revert_button)
    editor.show_used(in_use(ProbeSet((Probe("another"),))), 1)
    assert texts(editor) == ["another"]


# --- limits -----------------------------------------------------------------------------------------------------------


def shown_limits(editor: ProbeEditor) -> list[list[str]]:
    model = editor.limits
    return [[model.data(model.index(n, c)) for c in range(8)] for n in range(model.rowCount())]


def test_limits_are_shown_by_tag_with_the_settings_own(editor):
    assert shown_limits(editor) == [
        ["all probes (settings)", "3", "0.15", "1.5", "0.05", "0.3", "2", "0.1"],
        ["prose", "1", "0.15", "1.5", "0.05", "0.3", "2", "0.1"],
        ["arithmetic", "1", "0.15", "1.5", "0.05", "0.3", "2", "0.1"],
        ["code", "1", "0.15", "1.5", "0.05", "0.3", "2", "0.1"],
    ]
    assert editor.limits.data(editor.limits.index(1, 2), Qt.ItemDataRole.EditRole) == "", "of its own it has none"
    flags = editor.limits.flags
    assert not flags(editor.limits.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
    assert flags(editor.limits.index(1, 2)) & Qt.ItemFlag.ItemIsEditable


def test_tags_that_the_settings_limits_do_not_hold_for_show_none(editor):
    editor.show_used(replace(in_use(SET), every_tag=False), 0)
    assert shown_limits(editor)[1:] == [[tag, "1", *[""] * 6] for tag in ("prose", "arithmetic", "code")]


def test_a_limit_is_typed_into_its_cell_and_taken_away(editor, told):
    model = editor.limits
    assert model.setData(model.index(3, 2), "0.02")
    assert model.setData(model.index(3, 6), "1,2")
    assert editor.draft.probes.limits == {"code": TagLimits({"max_js_divergence": 0.02}, {"max_ppl_spike": 1.2})}
    assert model.setData(model.index(3, 2), " ")
    assert editor.draft.probes.limits["code"].step == {}
    assert not model.setData(model.index(3, 6), "0.5")
    assert not model.setData(model.index(3, 6), "wide")
    assert "greater than or equal to 1" in told[0] and "'wide'" in told[1]
    assert editor.draft.probes.limits["code"].cumulative == {"max_ppl_spike": 1.2}


def test_everything_that_can_be_used_has_a_name_and_is_reached_by_tab(editor):
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QTableView

    kinds = (QPushButton, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTableView)
    fields = [field for kind in kinds for field in editor.findChildren(kind)]
    fields += [line for line in editor.findChildren(QLineEdit) if not isinstance(line.parent(), QAbstractSpinBox)]
    assert len(fields) > 20
    for field in fields:
        assert field.accessibleName(), field
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus, field.accessibleName()


def test_the_limits_of_one_s_own_file_are_kept_in_it(qtbot, editor, tmp_path, monkeypatch):
    target = Path(tmp_path / "with-limits.yaml")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    editor.limits.setData(editor.limits.index(1, 4), "0.01")
    click(qtbot, editor.save_as_button)
    assert load_probes(target).limits == {"prose": TagLimits({"max_cosine_drift": 0.01})}
