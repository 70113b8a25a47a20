"""Pictures of the dialogs and of the probe editor."""

from __future__ import annotations

from picture_layouts import COURSE
from picture_studio import Studio
from PySide6.QtGui import QKeySequence

from hera_desktop.gui.main_window import MainWindow
from hera_desktop.gui.requests import Bench, Report, Request

PAGES = ("experiment", "model", "sae", "evolution", "immune", "logging", "window")
PREFERENCES = tuple(f"preferences-{page}" for page in PAGES)
PROBES = ("probes", "probes-limits", "probes-calibration")
EDITS = 40


class Fault(Request):
    """A job with a fault of ours in it, so that there is one to be shown."""

    name = "Showing a fault"

    def run(self, bench: Bench, report: Report) -> None:
        raise RuntimeError("this fault was made for the picture")


def dialogs(studio: Studio) -> None:
    with studio.open(session="dialogs.hera") as window:
        for prompt, strength in COURSE[:2]:
            studio.evolve(prompt, strength)
        for scene, names in SCENES:
            if studio.wants(*names):
                scene(studio, window)


def preferences(studio: Studio, window: MainWindow) -> None:
    window.actions_["preferences"].trigger()
    dialog = window.tools.preferences.dialog
    studio.settle()
    dialog.form.rows["evolution.top_k_features"].editor.lineEdit().setText("5")
    for page, name in zip(PAGES, PREFERENCES, strict=True):
        dialog.open_page(page)
        studio.save(name, dialog)
    dialog.undo_button.click()
    dialog.close()


def shortcuts(studio: Studio, window: MainWindow) -> None:
    """A key that is taken is refused."""
    window.actions_["shortcuts"].trigger()
    dialog = window.tools.shortcuts
    dialog.choose("copy_hash")
    dialog.keys.setKeySequence(QKeySequence("Ctrl+E"))
    studio.draw()
    studio.save("shortcuts", dialog)
    dialog._show_chosen()
    dialog.close()


def about(studio: Studio, window: MainWindow) -> None:
    window.actions_["about"].trigger()
    dialog = window.tools.about
    studio.draw()
    studio.save("about", dialog)
    dialog.tabs.setCurrentIndex(2)
    studio.save("about-notices", dialog)
    dialog.close()


def report(studio: Studio, window: MainWindow) -> None:
    window.actions_["export_report"].trigger()
    dialog = window.tools.report
    dialog.texts.setChecked(False)
    dialog.export()
    studio.settle()
    studio.save("report", dialog)
    dialog.close()


def patches(studio: Studio, window: MainWindow) -> None:
    """A patch is written, and read again."""
    window.tools.interchange.show_export(("p1",))
    dialog = window.tools.interchange.export_dialog
    studio.draw()
    dialog.export()
    studio.settle()
    studio.save("export-patches", dialog)
    written = dialog.path.text()
    dialog.close()
    if studio.wants("import-patch"):
        window.tools.interchange.show_import(written)
        studio.settle()
        studio.save("import-patch", window.tools.interchange.import_dialog)
        window.tools.interchange.import_dialog.close()


def probes(studio: Studio, window: MainWindow) -> None:
    window.actions_["probes"].trigger()
    editor = window.tools.probes.editor
    studio.settle()
    editor.page.table.selectRow(10)
    studio.save("probes", editor)
    editor.tabs.setCurrentIndex(1)
    limit = editor.limits.index(2, 2)
    editor.limits.setData(limit, "0.1")
    studio.save("probes-limits", editor)
    editor.draft.undo()
    editor.tabs.setCurrentIndex(2)
    if studio.wants("probes-calibration"):
        editor.calibration.form.count.setValue(EDITS)
        editor.calibration.form.rate.setValue(10)
        editor.calibration.measure_button.click()
        studio.settle()
        studio.save("probes-calibration", editor)
    editor.close()


def error(studio: Studio, window: MainWindow) -> None:
    window.controller.submit(Fault())
    studio.settle()
    studio.save("error", window.tools.errors.dialog)
    window.tools.errors.dialog.close()


SCENES = (
    (preferences, PREFERENCES),
    (shortcuts, ("shortcuts",)),
    (about, ("about", "about-notices")),
    (report, ("report",)),
    (patches, ("export-patches", "import-patch")),
    (probes, PROBES),
    (error, ("error",)),
)
STAGES = ((dialogs, tuple(name for _, names in SCENES for name in names)),)
