"""The features workspace in the window: from clicks through the model thread and back."""

from __future__ import annotations

import shutil
import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import InputError
from hera_desktop.gui.desk import EVOLVE, INSPECT
from hera_desktop.gui.edit_records import AtlasBuilt, SaeTrained, SteerPiece
from hera_desktop.gui.edit_requests import BuildAtlasRequest, SteerRequest
from hera_desktop.gui.feature_requests import ReadTextRequest
from hera_desktop.gui.features.feature_view import OWN_TEXT

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

TEXT = "The capital of France"


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def window(open_window, engine, installed_atlas, qtbot):
    window = open_window(lambda progress: engine)
    rest(qtbot, window)
    return window


@pytest.fixture
def browser(window):
    return window.features.panel.browser


def rest(qtbot, window):
    """Wait until nothing runs, looks included."""
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not window.controller._jobs, timeout=WAIT_MS)
    qtbot.wait(60)


def read(qtbot, window, text=TEXT):
    window.desk.show_layout(INSPECT)
    line = window.features.panel.browser.text.line
    line.clear()
    line.setText(text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    rest(qtbot, window)


# --- the workspaces ---------------------------------------------------------------------------------------------------


def test_the_workspaces_are_two_keys_away(window, qtbot):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.features.panel.isVisible()
    assert not window.prompt.isVisible()
    assert not window.immune.isVisible()
    assert window.timeline.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.prompt.isVisible()
    assert window.immune.isVisible()
    assert not window.features.panel.isVisible()


def test_each_layout_keeps_its_share_of_the_height(window, qtbot):
    timeline = window.desk.docks["timeline"]
    before = timeline.height()
    window.desk.show_layout(INSPECT)
    qtbot.waitUntil(lambda: timeline.height() < before)
    window.desk.show_layout(EVOLVE)
    qtbot.waitUntil(lambda: abs(timeline.height() - before) <= 2)


def test_ctrl_f_searches(window, qtbot):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.layout_id == INSPECT
    assert window.features.panel.browser.finder.search.hasFocus()


def test_loading_tells_nothing_of_the_features(window):
    assert messages(window)[-1].startswith("FakeLM-135M is loaded")
    assert window.features.panel.browsing


# --- reading a text ---------------------------------------------------------------------------------------------------


def test_reading_a_text_fills_strip_and_table_without_a_message(window, browser, engine, qtbot):
    said = len(messages(window))
    read(qtbot, window)
    assert browser.text.strip.tokens == ("The", " capital", " of", " France")
    assert browser.features.rows[0] in (3, 4, 5)
    assert len(messages(window)) == said


def test_a_text_that_cannot_be_read_is_told(window, browser, qtbot):
    read(qtbot, window, "bad text")
    assert messages(window)[-1] == "the text has 4096 tokens; at most 1024 are allowed"
    read(qtbot, window, "   ")
    assert messages(window)[-1] == "The text is empty; type or paste the text to read"


def test_the_last_prompt_is_read_when_the_workspace_opens(window, browser, engine, evolve, qtbot):
    evolve(window, TEXT)
    assert engine.lab.read_texts == []
    window.desk.show_layout(INSPECT)
    rest(qtbot, window)
    assert engine.lab.read_texts == [TEXT]
    assert browser.text.strip.tokens[1] == " capital"
    qtbot.mouseClick(browser.text.generated_button, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert engine.lab.read_texts[-1] == f"{TEXT} Paris, and 1 patches."


def test_after_an_edit_the_text_is_read_again_and_the_token_stays(window, browser, engine, qtbot):
    read(qtbot, window)
    browser.text.strip._toggle(1)
    before = browser.features.activation[3]
    window.controller.evolve("good")
    rest(qtbot, window)
    assert engine.lab.read_texts == [TEXT, TEXT]
    assert browser.features.activation[3] == before + 0.5
    assert browser._token == 1


def test_what_is_out_of_sight_is_read_again_when_it_is_seen(window, engine, qtbot):
    read(qtbot, window)
    window.desk.show_layout(EVOLVE)
    window.controller.evolve("good")
    rest(qtbot, window)
    assert engine.lab.read_texts == [TEXT]
    window.desk.show_layout(INSPECT)
    rest(qtbot, window)
    assert engine.lab.read_texts == [TEXT, TEXT]


def test_of_many_texts_only_the_first_and_the_last_are_read(open_window, qtbot):
    gate = threading.Event()
    engine = FakeEngine(gate)
    window = open_window(lambda progress: engine)
    rest(qtbot, window)
    window.controller.evolve("good")
    for number in range(5):
        window.features.controller.read(f"text {number}")
    gate.set()
    rest(qtbot, window)
    assert engine.lab.read_texts == ["text 0", "text 4"]


def test_a_look_does_not_keep_a_step_from_being_started(open_window, qtbot):
    gate = threading.Event()
    window = open_window(lambda progress: FakeEngine())
    rest(qtbot, window)
    window.controller.submit(Blocked("text", gate=gate))
    assert window.controller.ready
    assert window.controller.evolve("good")
    gate.set()
    rest(qtbot, window)


class Blocked(ReadTextRequest):
    """A look that takes its time."""

    def __init__(self, text, gate):
        super().__init__(text)
        object.__setattr__(self, "gate", gate)

    def run(self, bench, report):
        assert self.gate.wait(WAIT_MS / 1000)
        return super().run(bench, report)


# --- on my own text ---------------------------------------------------------------------------------------------------


def test_base_and_edited_are_equal_until_an_edit_and_after_its_rollback(window, browser, qtbot):
    read(qtbot, window)
    browser.choose(3)
    browser.view.tabs.setCurrentIndex(OWN_TEXT)
    rest(qtbot, window)
    own = browser.view.own_text
    assert own.verdict.text() == "Equal, bit for bit."
    assert own.no_patches.isVisible()
    window.controller.evolve("good")
    rest(qtbot, window)
    assert own.verdict.text() == (
        "Different: by up to 0.500, at token 1 '·capital' (9.000 in the base, 9.500 as edited)."
    )
    assert own.edited_title.text().startswith("As edited now, state ")
    assert own.table.texts() == [["p1", "7", "50.00"]]
    window.controller.move("undo")
    rest(qtbot, window)
    assert own.verdict.text() == "Equal, bit for bit."


def test_on_a_real_model_the_columns_differ_after_an_edit_and_are_equal_after_its_rollback(real_window, evolve, qtbot):
    window = real_window()
    rest(qtbot, window)
    browser = window.features.panel.browser
    assert browser.view.page_stack.currentWidget() is browser.view.building
    evolve(window, TEXT)
    window.desk.show_layout(INSPECT)
    rest(qtbot, window)
    feature = window.controller.snapshot.timeline.rows[1].details["features"][0][0]
    browser.choose(feature)
    browser.view.tabs.setCurrentIndex(OWN_TEXT)
    rest(qtbot, window)
    found = browser.on_text
    assert found.on_text.differs
    assert [along.patch_id for along in found.along] == ["p1"]
    assert found.along[0].share > 0
    assert browser.view.own_text.verdict.text().startswith("Different: by up to ")
    window.controller.move("undo")
    rest(qtbot, window)
    assert browser.on_text.on_text.base == browser.on_text.on_text.edited
    assert browser.on_text.on_text.base == found.on_text.base
    assert browser.view.own_text.verdict.text().startswith("Equal, bit for bit.")


def test_a_patch_on_the_page_selects_its_step(window, browser, qtbot):
    for prompt in ("one", "reject two", "three"):
        window.controller.evolve(prompt)
        rest(qtbot, window)
    read(qtbot, window)
    browser.choose(3)
    browser.view.tabs.setCurrentIndex(OWN_TEXT)
    rest(qtbot, window)
    table = browser.view.own_text.table
    assert [row[0] for row in table.texts()] == ["p1", "p3"]
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(table.item(0, 0)).center())
    assert window.timeline.selected.patch_id == "p1"


# --- labels -----------------------------------------------------------------------------------------------------------


def test_a_name_is_kept_in_the_session_without_a_message(window, browser, engine, qtbot):
    said = len(messages(window))
    browser.choose(5)
    browser.view.header.renamed.emit("my name")
    rest(qtbot, window)
    assert engine.lab.kept == {5: Label(5, "my name")}
    assert len(messages(window)) == said


def test_a_name_that_cannot_be_kept_is_told_and_taken_back(window, browser, atlas, qtbot):
    browser.choose(5)
    browser.view.header.renamed.emit("refuse this")
    rest(qtbot, window)
    assert messages(window)[-1] == "session /tmp/fake.hera cannot be written: the disk is full"
    assert browser.features.name(5) == atlas.names[5]
    assert browser.view.header.name.text() == atlas.names[5]


def test_names_are_imported(window, browser, qtbot):
    window.features.panel.import_wanted.emit("/tmp/names.json")
    rest(qtbot, window)
    assert messages(window)[-1] == "1 name imported; names you gave stand"
    assert (browser.features.name(5), browser.features.source(5)) == ("imported colours", "import")
    window.features.panel.import_wanted.emit("/tmp/bad.json")
    rest(qtbot, window)
    assert messages(window)[-1] == "file /tmp/bad.json holds no names"


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_page_is_saved_as_html_and_as_a_picture(window, browser, tmp_path, qtbot):
    panel = window.features.panel
    browser.features.set_label(Label(5, "my own name"))
    browser.choose(5)
    panel.write_html(tmp_path / "page.html")
    panel.write_png(tmp_path / "page.png")
    assert "my own name" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert QImage(str(tmp_path / "page.png")).height() > 300


def test_the_table_is_saved_as_csv(window, browser, tmp_path):
    browser.features.set_label(Label(5, "my own name"))
    window.features.panel.write_table(tmp_path / "features.csv")
    lines = (tmp_path / "features.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 97
    assert "my own name" in lines[6]


def test_a_file_that_cannot_be_written_is_told(window, browser, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(tmp_path / "no" / "page.png"), ""))
    browser.choose(5)
    window.features.panel._save_png()
    assert messages(window)[-1] == f"picture {tmp_path / 'no' / 'page.png'} cannot be written"


# --- jobs of the other tabs -------------------------------------------------------------------------------------------


def test_steering_streams_into_its_tab(window, browser, engine, qtbot, monkeypatch):
    record = SimpleNamespace(base="b", edited="e", steered="s", identity=0.0)

    def run(self, bench, report):
        report.partial(SteerPiece("base", " piece"))
        return record

    monkeypatch.setattr(SteerRequest, "run", run)
    browser.choose(5)
    said = len(messages(window))
    browser.view.steering.preview_wanted.emit(SteerRequest(TEXT, 5, 1.0))
    rest(qtbot, window)
    assert browser.view.steering.texts["steered"].said == "s"
    assert "identical" in browser.view.steering.identity.text()
    assert len(messages(window)) == said


def test_a_failed_job_is_told_where_it_was_started(window, browser, qtbot, monkeypatch):
    def run(self, bench, report):
        raise InputError("text file '/no/such/file' does not exist")

    monkeypatch.setattr(BuildAtlasRequest, "run", run)
    browser.view.building.build_wanted.emit(BuildAtlasRequest(("/no/such/file",), 10_000))
    rest(qtbot, window)
    assert messages(window)[-1] == browser.view.building.status.text() != ""
    assert browser.features.atlas is not None, "the atlas that was there is opened again"


def test_a_built_atlas_is_opened(open_window, atlas_file, tmp_path, qtbot, monkeypatch):
    def run(self, bench, report):
        target = tmp_path / "data" / "atlases" / f"{'0' * 16}.sqlite"
        target.parent.mkdir(parents=True)
        return AtlasBuilt(str(shutil.copy(atlas_file, target)))

    monkeypatch.setattr(BuildAtlasRequest, "run", run)
    window = open_window(lambda progress: FakeEngine())
    rest(qtbot, window)
    browser = window.features.panel.browser
    assert browser.view.page_stack.currentWidget() is browser.view.building
    browser.view.building.build_wanted.emit(BuildAtlasRequest(("/text",), 10_000))
    rest(qtbot, window)
    assert browser.features.atlas is not None
    assert browser.view.page_stack.currentWidget() is not browser.view.building


def test_two_jobs_do_not_run_at_once(open_window, qtbot):
    gate = threading.Event()
    window = open_window(lambda progress: FakeEngine(gate))
    rest(qtbot, window)
    window.controller.evolve("good")
    window.features.controller.run(SteerRequest(TEXT, 5, 1.0))
    assert messages(window)[-1] == "A job is running; wait for it or cancel it"
    gate.set()
    rest(qtbot, window)


# --- a model without an SAE -------------------------------------------------------------------------------------------


def test_without_an_sae_the_workspace_offers_to_train_one(open_window, qtbot):
    engine = FakeEngine()
    engine.sae = None
    window = open_window(lambda progress: engine)
    rest(qtbot, window)
    window.desk.show_layout(INSPECT)
    assert window.features.panel.training.isVisible()
    assert window.header.session.text().endswith("no SAE")


def test_training_is_reached_from_the_menu_and_left_again(window, qtbot):
    window.actions_["train_sae"].trigger()
    panel = window.features.panel
    assert window.desk.layout_id == INSPECT
    assert panel.training.isVisible()
    panel.training.back_wanted.emit()
    assert panel.browser.isVisible()


def test_a_trained_sae_is_used_in_the_same_session(window, qtbot, monkeypatch):
    submitted = []
    monkeypatch.setattr(window.controller, "submit", submitted.append)
    window.features.panel.training.show_trained(SaeTrained("/tmp/my sae: new"))
    window.features.panel.training.use_wanted.emit("/tmp/my sae: new")
    request = submitted[0]
    assert request.session == "/tmp/fake.hera"
    assert request.overrides[0] == 'sae.path="/tmp/my sae: new"'
