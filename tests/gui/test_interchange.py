"""Exporting and importing patches as a person does it, in the window's own controller and with files on the disk."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from hera_desktop.gui.controller import Controller
from hera_desktop.gui.interchange_desk import InterchangeDesk
from hera_desktop.gui.requests import EngineFactory, EvolveRequest, LoadRequest, MoveRequest, Request
from hera_desktop.gui.theme import SystemTheme
from hera_desktop.gui.trace_lines import trace_line, trace_script

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

LEFT = Qt.MouseButton.LeftButton


class Window(QWidget):
    """As much of a window as the dialogs need."""

    def __init__(self, factory: EngineFactory) -> None:
        super().__init__()
        self.controller = Controller(LoadRequest(factory=factory))
        self.desk = InterchangeDesk(self.controller, self)

    def run(self, qtbot, request: Request) -> None:
        self.controller.submit(request)
        settle(qtbot, self)


@pytest.fixture
def open_desk(qtbot, qapp):
    """``open_desk(factory)``: a window with the desk alone; ``load=False`` leaves it without a model."""
    SystemTheme.current().apply()
    windows: list[Window] = []

    def make(factory: EngineFactory, load: bool = True) -> Window:
        window = Window(factory)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        if load:
            window.controller.load()
            settle(qtbot, window)
        return window

    yield make
    for window in windows:
        assert window.controller.close(), "the model thread did not end"


@pytest.fixture
def window(open_desk, qtbot, tmp_path):
    """On a tiny real engine after two steps."""

    def build(progress: object):
        import torch

        from tests import tiny

        torch.set_num_threads(1)
        return tiny.engine(tmp_path / "session.hera", evolution__learning_rate=20)

    made = open_desk(build)
    for prompt in ("Once upon a time", "The capital of France is"):
        made.run(qtbot, EvolveRequest(prompt, tokens=0))
    return made


@pytest.fixture
def desk(window) -> InterchangeDesk:
    return window.desk


def done(qtbot, window, desk: InterchangeDesk) -> None:
    qtbot.waitUntil(lambda: not desk.looking, timeout=WAIT_MS)
    settle(qtbot, window)


def export(qtbot, window, desk: InterchangeDesk, format: str, path: Path | None = None) -> str:
    dialog = desk.export_dialog
    dialog.format.setCurrentIndex(dialog.format.findText(format))
    if path is not None:
        dialog.path.setText(str(path))
    qtbot.mouseClick(dialog.export_button, LEFT)
    done(qtbot, window, desk)
    return dialog.outcome.text.text()


def go_to_base(qtbot, window) -> None:
    window.run(qtbot, MoveRequest("roll_back_to", "base"))


# --- export -----------------------------------------------------------------------------------------------------------


def test_the_whole_state_is_offered_beside_the_session(window, desk):
    desk.show_export()
    dialog = desk.export_dialog
    session = Path(window.controller.snapshot.info.session)
    assert "2 patches" in dialog.what.currentText()
    assert window.controller.snapshot.info.state_hash[:12] in dialog.what.currentText()
    assert dialog.path.text() == str(session.with_name("session-patches.safetensors"))
    dialog.format.setCurrentIndex(1)
    assert dialog.path.text() == str(session.with_name("session-adapter"))
    assert "peft load without this program" in dialog.about.text()
    dialog.format.setCurrentIndex(2)
    assert dialog.path.text() == str(session.with_name("session-merged"))
    assert "MB" in dialog.about.text()
    assert not dialog.isModal()


@pytest.mark.parametrize(
    ("format", "made"),
    [
        ("Patch file of HERA Desktop", "session-patches.json"),
        ("PEFT LoRA adapter", "session-adapter/adapter_config.json"),
        ("Merged checkpoint", "session-merged/config.json"),
    ],
)
def test_files_are_written_where_it_says(qtbot, window, desk, tmp_path, monkeypatch, format, made):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.show_export()
    dialog = desk.export_dialog
    assert not dialog.folder_button.isVisible()
    said = export(qtbot, window, desk, format)
    assert (tmp_path / made).is_file()
    assert said.startswith(f"2 patches written to {dialog.path.text()}")
    assert messages(window)[-1] == said
    assert dialog.outcome.mark.mark == "committed"
    qtbot.mouseClick(dialog.folder_button, LEFT)
    folder = tmp_path if "/" not in made else tmp_path / made.split("/")[0]
    assert [url.toLocalFile() for url in opened] == [str(folder)]


def test_selected_patches_alone_are_written(qtbot, window, desk, tmp_path):
    go_to_base(qtbot, window)
    desk.show_export(("p2",))
    dialog = desk.export_dialog
    assert dialog.what.currentText() == "Patch p2"
    assert dialog.hint.text().endswith("p2") and dialog.hint.isVisible()
    assert dialog.path.text() == str(tmp_path / "session-p2-patches.safetensors")
    assert export(qtbot, window, desk, "Patch file of HERA Desktop").startswith("1 patch written to")
    written = json.loads((tmp_path / "session-p2-patches.json").read_text(encoding="utf-8"))
    assert written["patch_ids"] == ["p2"]
    desk.show_export()
    assert dialog.what.count() == 1


def test_the_base_alone_cannot_be_exported_and_the_button_says_so(qtbot, window, desk):
    desk.show_export()
    assert desk.export_dialog.export_button.isEnabled()
    go_to_base(qtbot, window)
    assert not desk.export_dialog.export_button.isEnabled()
    assert "the state is the base" in desk.export_dialog.export_button.toolTip()


def test_a_name_that_is_taken_is_refused_and_another_one_offered(qtbot, window, desk, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter").write_text("dear", encoding="utf-8")
    desk.show_export()
    said = export(qtbot, window, desk, "PEFT LoRA adapter", tmp_path / "taken")
    assert "exists already" in said and desk.export_dialog.outcome.mark.mark == "failed"
    assert [file.name for file in (tmp_path / "taken").iterdir()] == ["letter"]
    (tmp_path / "session-adapter").mkdir()
    desk.export_dialog.path.clear()
    desk.show_export()
    assert desk.export_dialog.path.text() == str(tmp_path / "session-adapter-2")


def test_a_typed_name_takes_the_ending_of_the_format(desk, tmp_path):
    desk.show_export()
    dialog = desk.export_dialog
    dialog.path.setText(str(tmp_path / "mine.safetensors"))
    dialog.format.setCurrentIndex(1)
    assert dialog.path.text() == str(tmp_path / "mine")
    dialog.format.setCurrentIndex(0)
    assert dialog.path.text() == str(tmp_path / "mine.safetensors")


def test_a_folder_that_is_chosen_gets_a_new_one_in_it(qtbot, desk, tmp_path):
    desk.show_export()
    dialog = desk.export_dialog
    dialog.format.setCurrentIndex(1)
    qtbot.mouseClick(dialog.choose_button, LEFT)
    (asking,) = dialog.findChildren(QFileDialog)
    assert asking.windowModality() != Qt.WindowModality.ApplicationModal
    asking.fileSelected.emit(str(tmp_path))
    asking.close()
    assert dialog.path.text() == str(tmp_path / "session-adapter")
    (tmp_path / "empty").mkdir()
    dialog._on_chosen(str(tmp_path / "empty"))
    assert dialog.path.text() == str(tmp_path / "empty")


# --- import -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def patch_file(qtbot, window, desk, tmp_path) -> Path:
    """Both patches in a file; the session is back on the base."""
    desk.show_export()
    export(qtbot, window, desk, "Patch file of HERA Desktop", tmp_path / "both.safetensors")
    desk.export_dialog.close()
    go_to_base(qtbot, window)
    return tmp_path / "both.safetensors"


def look(qtbot, window, desk: InterchangeDesk, path: Path) -> None:
    """Type the path and leave the line."""
    dialog = desk.import_dialog
    dialog.path.setFocus()
    dialog.path.clear()
    qtbot.keyClicks(dialog.path, str(path))
    qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
    done(qtbot, window, desk)


def test_what_is_in_a_file_is_shown_before_anything_is_done(qtbot, window, desk, patch_file):
    desk.show_import()
    dialog = desk.import_dialog
    assert dialog.empty.isVisible() and not dialog.table.isVisible() and not dialog.import_button.isEnabled()
    look(qtbot, window, desk, patch_file)
    names = [row[:3] for row in dialog.table.texts()]
    assert names == [["p1", "1", "1"], ["p2", "1", "1"]]
    assert float(dialog.table.texts()[0][3]) > 0
    assert dialog.kind.text() == "Patch file of HERA Desktop"
    info = window.controller.snapshot.info
    assert dialog.base.text() == f"{info.model.name} {info.model.fingerprint[:12]}"
    assert dialog.fit.text.text() == f"It fits {info.model.name}"
    assert not dialog.foreign.isVisible()
    assert dialog.import_button.isEnabled()
    assert len(window.controller.snapshot.timeline.proposals) == 2


def test_imported_patches_are_judged_and_said(qtbot, window, desk, patch_file):
    desk.show_import(patch_file)
    done(qtbot, window, desk)
    dialog = desk.import_dialog
    qtbot.mouseClick(dialog.import_button, LEFT)
    assert not dialog.import_button.isEnabled()
    done(qtbot, window, desk)
    assert messages(window)[-1] == "2 patches imported: 2 committed"
    assert dialog.fit.text.text() == "2 patches imported: 2 committed"
    assert [row[4] for row in dialog.table.texts()] == ["committed as p3", "committed as p4"]
    assert window.controller.snapshot.info.active == ("p3", "p4")
    assert "safe" not in dialog.table.item(0, 4).toolTip() and "limit" in dialog.table.item(0, 4).toolTip()


def test_a_rejected_patch_is_said_in_words_and_by_its_mark(qtbot, open_desk, tmp_path, patch_file):
    def strict(progress: object):
        from tests import tiny

        return tiny.engine(tmp_path / "strict.hera", immune__max_js_divergence=1e-6)

    other = open_desk(strict)
    theirs = other.desk
    theirs.show_import(patch_file)
    done(qtbot, other, theirs)
    qtbot.mouseClick(theirs.import_dialog.import_button, LEFT)
    done(qtbot, other, theirs)
    assert messages(other)[-1] == "2 patches imported: 2 rejected"
    assert other.controller.messages.last.level == "warning"
    assert theirs.import_dialog.fit.mark.mark == "rejected"
    assert [row[4] for row in theirs.import_dialog.table.texts()] == ["rejected", "rejected"]
    assert other.controller.snapshot.info.active == ()


def test_a_patch_of_another_base_needs_a_tick(qtbot, window, desk, patch_file):
    about = patch_file.with_suffix(".json")
    changed = {**json.loads(about.read_text()), "base": "0" * 64, "base_name": "another-model"}
    about.write_text(json.dumps(changed), encoding="utf-8")
    desk.show_import(patch_file)
    done(qtbot, window, desk)
    dialog = desk.import_dialog
    assert dialog.foreign.isVisible() and not dialog.foreign.isChecked()
    assert dialog.base.text() == "another-model 000000000000"
    assert dialog.fit.mark.mark == "warning"
    assert not dialog.import_button.isEnabled() and "another base" in dialog.import_button.toolTip()
    qtbot.keyClick(dialog.foreign, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.import_button, LEFT)
    done(qtbot, window, desk)
    assert messages(window)[-1] == "2 patches imported: 2 committed"
    assert window.controller.snapshot.timeline.proposals[-1].details["source"]["foreign"] is True


def test_what_cannot_be_imported_says_why(qtbot, window, desk, tmp_path):
    desk.show_import()
    dialog = desk.import_dialog
    look(qtbot, window, desk, tmp_path / "nowhere.safetensors")
    assert dialog.fit.text.text() == f"There is nothing at {tmp_path / 'nowhere.safetensors'}"
    (tmp_path / "holiday.txt").write_text("sun", encoding="utf-8")
    look(qtbot, window, desk, tmp_path / "holiday.txt")
    assert "'.txt'" in dialog.fit.text.text() and dialog.fit.mark.mark == "failed"
    assert not dialog.import_button.isEnabled()
    qtbot.keyClicks(dialog.path, "x")
    assert not dialog.fit.isVisible()  # what was said was about another path


def test_an_adapter_is_read_from_its_folder(qtbot, window, desk, tmp_path):
    desk.show_export()
    export(qtbot, window, desk, "PEFT LoRA adapter", tmp_path / "adapter")
    desk.show_import()
    dialog = desk.import_dialog
    qtbot.mouseClick(dialog.folder_button, LEFT)
    (asking,) = dialog.findChildren(QFileDialog)
    asking.fileSelected.emit(str(tmp_path / "adapter"))
    asking.close()
    done(qtbot, window, desk)
    assert dialog.kind.text() == "PEFT LoRA adapter"
    assert [row[:3] for row in dialog.table.texts()] == [["adapter", "1", "2"]]


def test_both_work_by_keyboard_alone(qtbot, window, desk, patch_file):
    desk.show_import(patch_file)
    done(qtbot, window, desk)
    qtbot.keyClick(desk.import_dialog, Qt.Key.Key_Return)
    done(qtbot, window, desk)
    assert window.controller.snapshot.info.active == ("p3", "p4")
    qtbot.keyClick(desk.import_dialog, Qt.Key.Key_Escape)
    assert not desk.import_dialog.isVisible()


def test_nothing_is_offered_before_a_model_is_loaded(open_desk):
    desk = open_desk(lambda progress: FakeEngine(), load=False).desk
    desk.show_export()
    desk.show_import()
    for button in (desk.export_dialog.export_button, desk.import_dialog.import_button):
        assert not button.isEnabled() and button.toolTip() == "No model is loaded yet"


def test_a_session_that_can_only_be_read_says_why_nothing_is_imported(open_desk):
    engine = FakeEngine()
    engine.read_only = True
    desk = open_desk(lambda progress: engine).desk
    desk.show_import()
    assert not desk.import_dialog.import_button.isEnabled()
    assert "can only be read" in desk.import_dialog.import_button.toolTip()


def test_the_trace_has_both_as_python(qtbot, window, desk, patch_file):
    lines: list[str] = []
    window.controller.ended.connect(lambda outcome: lines.append(trace_line(outcome)))
    desk.show_export(("p1",))
    export(qtbot, window, desk, "PEFT LoRA adapter")
    desk.show_import(patch_file)
    done(qtbot, window, desk)
    qtbot.mouseClick(desk.import_dialog.import_button, LEFT)
    done(qtbot, window, desk)
    said = [line for line in lines if line]
    assert said[0].startswith("export_patches(engine, ") and said[0].endswith("'peft', ('p1',))")
    assert said[-1] == f"import_patches(engine, {str(patch_file)!r}, foreign=False)"
    script = trace_script(said, window.controller.snapshot.info)
    assert "from hera_desktop.engine.interchange.export import export_patches" in script
    assert "from hera_desktop.engine.interchange.importing import import_patches" in script


@pytest.fixture(params=["light", "dark"])
def theme(request, monkeypatch) -> str:
    monkeypatch.setenv("HERA_THEME", request.param)
    return request.param


def test_pictures(theme, qtbot, window, desk, patch_file, tmp_path):
    folder = Path(os.environ.get("SHOTS_FOLDER", tmp_path))
    desk.show_export(("p1", "p2"))
    export(qtbot, window, desk, "Merged checkpoint", tmp_path / "checkpoint")
    desk.show_import()
    assert desk.import_dialog.grab().save(str(folder / f"import-empty-dialog-{theme}.png"))
    desk.show_import(patch_file)
    done(qtbot, window, desk)
    shots = {"export": desk.export_dialog, "import": desk.import_dialog}
    for name, dialog in shots.items():
        assert dialog.grab().save(str(folder / f"{name}-dialog-{theme}.png"))
    qtbot.mouseClick(desk.import_dialog.import_button, LEFT)
    done(qtbot, window, desk)
    assert desk.import_dialog.grab().save(str(folder / f"imported-dialog-{theme}.png"))
    assert (folder / f"imported-dialog-{theme}.png").stat().st_size > 2000
