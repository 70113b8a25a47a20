"""Export report: as a person does it, in the window's own controller."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from hera_desktop.gui.dialogs.report import ReportDialog

from .conftest import WAIT_MS, messages, settle


@pytest.fixture
def window(real_window, qtbot, evolve):
    """A window on a tiny real engine after one step."""
    made = real_window(evolution__learning_rate=20)
    evolve(made, "Once upon a time")
    return made


@pytest.fixture
def dialog(window, qtbot):
    made = ReportDialog(window.controller, window)
    qtbot.addWidget(made)
    made.show()
    return made


def export(qtbot, window, dialog: ReportDialog) -> None:
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=WAIT_MS)
    settle(qtbot, window)


def test_it_offers_a_file_beside_the_session_and_follows_the_format(window, dialog):
    session = Path(window.controller.snapshot.info.session)
    assert dialog.path.text() == str(session.with_suffix(".html"))
    dialog.format.setCurrentIndex(dialog.format.findText("PDF"))
    assert dialog.path.text() == str(session.with_suffix(".pdf"))
    assert "page numbers" in dialog.about.text()
    assert not dialog.isModal()


def test_a_report_is_written_and_said_with_its_path(qtbot, window, dialog, tmp_path, monkeypatch):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    target = tmp_path / "my report.html"
    dialog.path.setText(str(target))
    assert not dialog.folder_button.isVisible()
    export(qtbot, window, dialog)
    assert "Once upon a time" in target.read_text(encoding="utf-8")
    assert dialog.result.text() == f"Report written to {target}"
    assert dialog.mark.mark == "committed"
    assert messages(window)[-1] == f"Report written to {target}"
    qtbot.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path), str(target)]


def test_with_texts_the_report_has_continuations(qtbot, window, dialog, tmp_path):
    target = tmp_path / "r.html"
    dialog.path.setText(str(target))
    dialog.texts.setChecked(True)
    export(qtbot, window, dialog)
    assert "the present state</div>" in target.read_text(encoding="utf-8")


def test_what_cannot_be_written_is_shown_in_one_sentence(qtbot, window, dialog, tmp_path):
    dialog.path.setText(str(tmp_path / "no" / "r.html"))
    export(qtbot, window, dialog)
    assert "cannot be written" in dialog.result.text() and dialog.mark.mark == "failed"
    assert not dialog.folder_button.isVisible()
    assert dialog.export_button.isEnabled()
    dialog.path.setText(str(tmp_path / "r.docx"))
    export(qtbot, window, dialog)
    assert ".docx" in dialog.result.text() and ".html, .pdf" in dialog.result.text()


def test_a_file_without_an_ending_takes_the_formats(qtbot, window, dialog, tmp_path):
    dialog.format.setCurrentIndex(dialog.format.findText("JSON"))
    dialog.path.setText(str(tmp_path / "r"))
    export(qtbot, window, dialog)
    assert sorted(file.name for file in tmp_path.glob("r.*")) == ["r.csv", "r.json"]


def test_nothing_can_be_exported_before_a_model_is_loaded(open_window, qtbot):
    window = open_window(lambda progress: None, load=False)
    dialog = ReportDialog(window.controller, window)
    qtbot.addWidget(dialog)
    assert not dialog.export_button.isEnabled()
    assert "model" in dialog.export_button.toolTip()


def test_choosing_a_file_does_not_stop_the_window(qtbot, dialog, tmp_path):
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    (asking,) = dialog.findChildren(QFileDialog)
    asking.fileSelected.emit(str(tmp_path / "chosen.html"))
    asking.close()
    assert dialog.path.text() == str(tmp_path / "chosen.html")


@pytest.fixture(params=["light", "dark"])
def theme(request, monkeypatch) -> str:
    monkeypatch.setenv("HERA_THEME", request.param)
    return request.param


def test_picture(theme, qtbot, window, dialog, tmp_path):
    dialog.path.setText(str(tmp_path / "report.html"))
    export(qtbot, window, dialog)
    picture = Path(os.environ.get("SHOTS_FOLDER", tmp_path)) / f"report-dialog-{theme}.png"
    assert dialog.grab().save(str(picture))
    assert picture.stat().st_size > 2000
