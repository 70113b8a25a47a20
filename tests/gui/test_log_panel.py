from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hera_desktop.gui.code_view import MOST_LINES, CodeView
from hera_desktop.gui.panels.log import LogPanel
from hera_desktop.gui.theme import DARK, LIGHT, SystemTheme, theme_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
log = logging.getLogger("hera_desktop.test")


@pytest.fixture
def panel(qtbot, monkeypatch):
    program = logging.getLogger("hera_desktop")
    monkeypatch.setattr(program, "propagate", False)  # pytest reports nothing of these records as unexpected
    monkeypatch.setattr(program, "level", logging.DEBUG)
    made = LogPanel()
    qtbot.addWidget(made)
    made.resize(800, 200)
    made.show()
    return made


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def colours(view, line):
    formats = view.document().findBlockByNumber(line).layout().formats()
    return [found.format.foreground().color().name() for found in formats]


# --- Python -----------------------------------------------------------------------------------------------------------


def test_the_empty_trace_says_what_it_is_for(panel):
    assert panel.trace.pages.currentWidget() is panel.trace.empty
    assert not panel.trace.save_button.isEnabled()


def test_lines_are_shown_numbered_and_copied(panel, qtbot):
    for line in ('engine.evolve("a")', "", "engine.undo()"):
        panel.add_line(line)
    assert panel.lines == ('engine.evolve("a")', "engine.undo()")
    assert panel.trace.view.toPlainText() == 'engine.evolve("a")\nengine.undo()'
    assert panel.trace.view.gutter_width() > 0
    click(qtbot, panel.trace.copy_button)
    assert QGuiApplication.clipboard().text() == 'engine.evolve("a")\nengine.undo()'


def test_only_the_selection_is_copied_where_there_is_one(panel, qtbot):
    panel.add_line("engine.undo()")
    panel.add_line("engine.redo()")
    panel.trace.view.setFocus()
    qtbot.keyClick(panel.trace.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.trace.view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    click(qtbot, panel.trace.copy_button)
    assert QGuiApplication.clipboard().text() == "engine.undo()"


def test_a_cleared_view_still_saves_every_line(panel, qtbot):
    panel.add_line("engine.undo()")
    click(qtbot, panel.trace.clear_button)
    assert panel.trace.pages.currentWidget() is panel.trace.empty
    assert panel.lines == ("engine.undo()",)
    with qtbot.waitSignal(panel.save_wanted):
        click(qtbot, panel.trace.save_button)


def test_python_is_coloured_in_both_themes(panel, qapp, qtbot):
    panel.add_line("for x in y: f('text', 3)  # why")
    system = SystemTheme(qapp)
    for theme in (DARK, LIGHT):
        system.choose(theme.name)
        qtbot.wait(20)
        assert set(colours(panel.trace.view, 0)) == {theme.accent, theme.committed, theme.warning, theme.dim}


def test_a_number_stands_for_its_line_also_when_earlier_ones_are_gone(qtbot):
    view = CodeView("lines", numbered=True)
    qtbot.addWidget(view)
    view.add("\n".join(map(str, range(1, MOST_LINES + 11))))
    assert view.blockCount() == MOST_LINES
    assert view.first_number == 11
    assert view.document().firstBlock().text() == "11"
    view.clear()
    view.add("again")
    assert view.first_number == 1


def test_the_view_follows_the_end_unless_one_reads_further_up(qtbot):
    view = CodeView("lines")
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show()
    view.add("\n".join(["line"] * 50))
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(3)
    view.add("one more")
    assert bar.value() == 3


# --- the log ----------------------------------------------------------------------------------------------------------


def test_records_of_any_thread_appear(panel, qtbot):
    panel.show_log()
    other = threading.Thread(target=log.warning, args=("from elsewhere",))
    other.start()
    other.join()
    log.info("from here")
    qtbot.waitUntil(lambda: "from here" in panel.log.view.toPlainText())
    assert "WARNING hera_desktop.test: from elsewhere" in panel.log.view.toPlainText()
    assert colours(panel.log.view, 0) == [theme_of(panel.palette()).warning]


def test_a_burst_is_handed_over_at_once(panel, qtbot):
    bursts = []
    panel.log.tail.came.connect(bursts.append)
    for number in range(500):
        log.info("record %d", number)
    qtbot.waitUntil(lambda: "record 499" in panel.log.view.toPlainText())
    assert len(bursts) == 1
    log.info("later")
    qtbot.waitUntil(lambda: "later" in panel.log.view.toPlainText())


def test_the_level_chooses_what_is_shown(panel, qtbot):
    panel.show_log()
    for tell, text in ((log.debug, "small"), (log.info, "usual"), (log.error, "bad")):
        tell(text)
    qtbot.waitUntil(lambda: "bad" in panel.log.view.toPlainText())
    panel.log.level.setFocus()
    qtbot.keyClick(panel.log.level, Qt.Key.Key_End)
    assert panel.log.view.toPlainText().endswith("ERROR hera_desktop.test: bad")
    assert "usual" not in panel.log.view.toPlainText()
    qtbot.keyClick(panel.log.level, Qt.Key.Key_Home)
    assert "small" in panel.log.view.toPlainText()


def test_it_listens_again_where_the_log_was_started_anew(panel, qtbot):
    program = logging.getLogger("hera_desktop")
    for handler in program.handlers[:]:
        program.removeHandler(handler)
    panel.show_log()
    log.info("heard")
    qtbot.waitUntil(lambda: "heard" in panel.log.view.toPlainText())


def test_a_closed_window_leaves_no_handler(qtbot, qapp):
    made = LogPanel()
    program = logging.getLogger("hera_desktop")
    handler = program.handlers[-1]
    made.deleteLater()
    qtbot.waitUntil(lambda: handler not in program.handlers)
    log.info("nobody listens")
