"""Pictures of the window: the start, the three layouts, what the docks show, runs under way."""

from __future__ import annotations

from unittest.mock import patch

from picture_studio import Studio
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from hera_desktop.engine.ledger import Ledger
from hera_desktop.gui import document_requests
from hera_desktop.gui.main_window import MainWindow
from hera_desktop.gui.translation import CHINESE, install_translations

COURSE = (
    ("The capital of France is", 1.0),
    ("Water is made of hydrogen and", 1.0),
    ("The largest planet in the solar system is", 1.0),
    ("Monday, Tuesday, Wednesday, Thursday,", 2.0),
    ("The opposite of hot is", 20.0),
    ("def square(x):\n    return", 3.0),
)
BRANCH = (
    ("She opened the window because the room was", 1.0),
    ("My favourite animal is the", 2.4),
    ("Two plus two equals", 6.0),
    ("Bees make honey from the nectar of", 1.0),
)
QUEUE = (
    "The author of Romeo and Juliet is William",
    "In summer the days are long and the nights are",
    "The opposite of black is",
    "A triangle has three",
    "The first month of the year is",
    "Cats and dogs are popular",
    "Once upon a time there was a",
    "The speed of light is about",
)
SMALL_COMPUTER = 700_000_000


def small_computer(studio: Studio) -> None:
    """As on a computer with 0.7 GB free: asked before anything is loaded."""
    with (
        patch.object(document_requests, "free_memory", return_value=SMALL_COMPUTER),
        studio.open(session="small.hera", loaded=False) as window,
    ):
        studio.wait(lambda: window.loading.anyway_button.isVisible())
        studio.save("memory")


def start(studio: Studio) -> None:
    """The model loads behind the window; then it waits for the first prompt."""
    with studio.open(session="start.hera", loaded=False) as window:
        studio.wait(lambda: "model" in window.loading.detail.text().lower() or window.controller.ready)
        studio.save("loading")
        studio.settle()
        studio.save("evolve-empty")
        if studio.wants("tour"):
            window.actions_["tour"].trigger()
            window.welcome.tour.next()
            window.welcome.tour.next()
            studio.save("tour")
            window.welcome.tour.close()


def course(studio: Studio) -> None:
    """A session with steps of every kind: committed, warned of, rejected, reverted, left on a branch."""
    with studio.open(session="first-session.hera") as window:
        run_course(studio, window)
        _docks(studio, window)
        _comparisons(studio, window)
        _running(studio, window)
        _read_only(studio, window)
        if studio.wants("welcome"):
            window.actions_["welcome"].trigger()
            studio.save("welcome")


def run_course(studio: Studio, window: MainWindow) -> None:
    """Six steps, back to the third, four more; one of them taken out again; names, tags and notes."""
    desk, controller = window.timeline_desk, window.controller
    window.desk.show_dock("log")  # it keeps what is logged from when it is first seen
    window.log.show_log()
    studio.draw()
    window.desk.show_dock("timeline")
    for prompt, strength in COURSE:
        studio.evolve(prompt, strength)
    window.timeline.select_step(5)
    studio.save("evolve-rejected")
    controller.go_to(3)
    studio.settle()
    for prompt, strength in BRANCH:
        studio.evolve(prompt, strength)
    controller.move("revert", window.controller.snapshot.timeline.rows[9].patch_id)
    studio.settle()
    first = controller.snapshot.timeline.rows[1].patch_id
    desk._rename((first, "capitals"))
    desk._tag((first, ("fact", "keep")))
    desk._note((first, "The text afterwards names Paris twice."))
    desk._tag((controller.snapshot.timeline.rows[6].patch_id, ("code",)))
    studio.settle()


def _docks(studio: Studio, window: MainWindow) -> None:
    window.timeline.select_step(10)
    studio.save("evolve")
    for tab, name in ((1, "immune-probes"), (2, "immune-layers")):
        window.immune.tabs.setCurrentIndex(tab)
        studio.settle()
        studio.save(name)
    window.immune.tabs.setCurrentIndex(0)
    window.timeline.select_step(1)
    window.desk.show_dock("details")
    studio.save("details")
    window.desk.show_dock("immune")
    window.desk.show_dock("log")
    window.log.show_trace()
    studio.save("trace")
    window.log.show_log()
    studio.save("log")
    window.log.show_trace()
    window.desk.show_dock("notifications")
    studio.save("messages")
    window.desk.show_dock("timeline")
    _timeline(studio, window)
    window.resize(1280, 720)
    studio.save("evolve-1280x720")
    window.resize(1440, 900)
    studio.draw()


def _timeline(studio: Studio, window: MainWindow) -> None:
    """The menu of a step, the palette over the window, and the steps that a search finds."""
    timeline = window.timeline
    timeline.select_step(8)
    if studio.wants("timeline-menu"):
        row = timeline.model.row_of(8)
        timeline._open_menu(timeline.table.visualRect(timeline.model.index(row, 1)).center())
        studio.draw()
        menu = next(menu for menu in timeline.findChildren(QMenu) if menu.isVisible())
        studio.save("timeline-menu", over=[menu])
        menu.close()
    timeline.filter_line.search.setText("capital")
    studio.draw(40)
    studio.save("timeline-search")
    timeline.filter_line.clear()
    timeline.select_step(9)
    if studio.wants("palette"):
        window.actions_["palette"].trigger()
        palette = window.tools.palette
        palette.line.setText("re")
        studio.save("palette", over=[palette])
        palette.hide()


def _comparisons(studio: Studio, window: MainWindow) -> None:
    tabs = ("compare", "compare-texts", "compare-probes", "compare-features")
    if not studio.wants(*tabs):
        return
    window.actions_["compare_with_base"].trigger()
    studio.settle()
    for number, name in enumerate(tabs):
        window.compare.panel.tabs.setCurrentIndex(number)
        studio.save(name)
    window.show_evolve()


def _running(studio: Studio, window: MainWindow) -> None:
    """A queue in the middle of its run, and an auto-run."""
    controller = window.controller
    window.prompt.step.strength.setValue(1.0)
    if studio.wants("queue-running"):
        controller.queue.add(QUEUE)
        window.prompt.run_queue()
        rows = controller.queue.rows
        studio.wait(lambda: rows[2].status == "running" and rows[2].step is None)
        studio.save("queue-running")
        controller.cancel()
        studio.settle()
        studio.save("queue-cancelled")
        controller.queue.clear()
    if studio.wants("auto-run"):
        window.prompt.box.setPlainText("The days of the week are Monday, Tuesday,")
        window.prompt.auto.toggle()
        steps = len(controller.snapshot.timeline.rows)
        studio.wait(lambda: len(controller.snapshot.timeline.rows) > steps + 1 or controller.ready)
        studio.save("auto-run")
        controller.cancel()
        studio.settle()


def _read_only(studio: Studio, window: MainWindow) -> None:
    """A session that another program holds."""
    if not studio.wants("read-only"):
        return
    copy = studio.place / "held-elsewhere.hera"
    held = Ledger.open(studio.place / "first-session.hera", read_only=True)
    held.copy_to(copy)
    held.close()
    holder = Ledger.open(copy)
    window.documents.open(copy)
    studio.settle()
    studio.save("read-only")
    holder.close()
    window.documents.open(studio.place / "first-session.hera")
    studio.settle()


def chinese(studio: Studio) -> None:
    """The window in Simplified Chinese."""
    translators = install_translations(studio.app, CHINESE)
    try:
        with studio.open(session="chinese.hera") as window:
            if len(window.controller.snapshot.timeline.rows) == 1:
                for prompt, strength in COURSE[:3]:
                    studio.evolve(prompt, strength)
            window.timeline.select_step(1)
            studio.settle()
            studio.save("evolve-chinese")
    finally:
        for translator in translators:
            QCoreApplication.removeTranslator(translator)


STAGES = (
    (start, ("loading", "evolve-empty", "tour")),
    (small_computer, ("memory",)),
    (
        course,
        (
            *("evolve-rejected", "evolve", "evolve-1280x720", "immune-probes", "immune-layers", "details"),
            *("trace", "log", "messages", "timeline-menu", "timeline-search", "palette"),
            *("compare", "compare-texts", "compare-probes", "compare-features"),
            *("queue-running", "queue-cancelled", "auto-run", "read-only", "welcome"),
        ),
    ),
    (chinese, ("evolve-chinese",)),
)
