"""Rolling back, restoring and reverting by a single click on a row's icons."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from hera_desktop.gui.row_actions import GO, RESTORE, REVERT
from hera_desktop.gui.timeline_model import ACTIONS

from .conftest import WAIT_MS, messages, settle
from .fake import FakeEngine

LEFT = Qt.MouseButton.LeftButton


def viewport(window):
    return window.timeline.table.viewport()


def place(window, step, action):
    return window.timeline.row_actions.place(step, action)


def click(qtbot, window, step, action):
    qtbot.mouseClick(viewport(window), LEFT, pos=place(window, step, action))
    settle(qtbot, window)


def hover(qtbot, window, step, action):
    for spot in (QPoint(1, 1), place(window, step, action)):  # one from elsewhere, or Qt sees no movement
        qtbot.mouseMove(viewport(window), spot)


def offered(window):
    model = window.timeline.model
    column = [model.index(row, ACTIONS) for row in range(model.rowCount())]
    return [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in column]


def test_one_click_rolls_back_exactly_and_one_click_returns(real_window, evolve, qtbot):
    window = real_window()
    hashes = [window.status.state.text()]
    for prompt in ("The capital of France is", "def add(a, b):"):
        evolve(window, prompt)
        hashes.append(window.status.state.text())
    assert len(set(hashes)) == 3
    click(qtbot, window, 1, GO)
    assert window.status.state.text() == hashes[1]
    click(qtbot, window, 0, GO)
    assert window.status.state.text() == hashes[0]
    click(qtbot, window, 2, RESTORE)
    assert window.status.state.text() == hashes[2]


def test_one_click_reverts_one_patch_and_one_click_restores_it(real_window, evolve, qtbot):
    window = real_window()
    for prompt in ("The capital of France is", "def add(a, b):"):
        evolve(window, prompt)
    before = window.status.state.text()
    click(qtbot, window, 1, REVERT)
    assert window.header.count.text() == "(1 patch)"
    assert window.status.state.text() != before
    assert messages(window)[-1].startswith("Reverted p1: state ")
    click(qtbot, window, 1, RESTORE)
    assert window.status.state.text() == before


def test_every_row_offers_what_makes_sense_for_it(fake_window, evolve, qtbot):
    window = fake_window
    for prompt in ("a", "b", "reject this", "c"):
        evolve(window, prompt)
    both = "Roll back to here, Revert this one"
    assert offered(window) == ["Roll back to here", both, both, "", "Revert this one"]
    click(qtbot, window, 1, REVERT)
    assert offered(window) == ["Roll back to here", "Restore", both, "", "Revert this one"]
    click(qtbot, window, 2, GO)
    assert offered(window) == ["Roll back to here", both, "Revert this one", "", "Restore"]


@pytest.mark.qt_log_ignore("does not support raise")
def test_an_icon_has_a_hand_and_a_tooltip_with_its_name(fake_window, evolve, qtbot):
    window = fake_window
    for prompt in ("a", "b"):
        evolve(window, prompt)
    hover(qtbot, window, 1, REVERT)
    assert viewport(window).cursor().shape() == Qt.CursorShape.PointingHandCursor
    spot = place(window, 1, GO)
    QApplication.sendEvent(viewport(window), QHelpEvent(QEvent.Type.ToolTip, spot, viewport(window).mapToGlobal(spot)))
    assert QToolTip.text() == "Roll back to here (p1)"
    qtbot.mouseMove(viewport(window), spot - QPoint(200, 0))
    assert viewport(window).cursor().shape() == Qt.CursorShape.ArrowCursor
    QToolTip.hideText()


def test_a_double_click_on_an_icon_counts_once(fake_window, evolve, qtbot):
    window = fake_window
    for prompt in ("a", "b"):
        evolve(window, prompt)
    click(qtbot, window, 1, REVERT)
    spot = place(window, 1, RESTORE)
    qtbot.mouseClick(viewport(window), LEFT, pos=spot)
    settle(qtbot, window)
    assert place(window, 1, GO) == spot
    qtbot.mouseDClick(viewport(window), LEFT, pos=spot)
    qtbot.mouseRelease(viewport(window), LEFT, pos=spot)
    settle(qtbot, window)
    assert messages(window)[-1].startswith("Restored p1")
    assert window.header.count.text() == "(2 patches)"


def test_a_press_that_is_let_go_elsewhere_does_nothing(fake_window, evolve, qtbot):
    window = fake_window
    for prompt in ("a", "b"):
        evolve(window, prompt)
    before = window.status.state.text()
    qtbot.mousePress(viewport(window), LEFT, pos=place(window, 1, REVERT))
    qtbot.mouseRelease(viewport(window), LEFT, pos=place(window, 1, GO))
    settle(qtbot, window)
    assert window.status.state.text() == before


def test_icons_do_nothing_while_a_job_runs(open_window, evolve, qtbot):
    gate = threading.Event()
    gate.set()
    window = open_window(lambda progress: FakeEngine(gate))
    evolve(window, "a")
    evolve(window, "b")
    gate.clear()
    window.prompt.submit()
    qtbot.waitUntil(lambda: window.status.cancel_button.isVisible(), timeout=WAIT_MS)
    before = window.status.state.text()
    hover(qtbot, window, 1, REVERT)
    assert viewport(window).cursor().shape() == Qt.CursorShape.ArrowCursor
    qtbot.mouseClick(viewport(window), LEFT, pos=place(window, 1, REVERT))
    window.controller.cancel()
    settle(qtbot, window)
    assert window.status.state.text() == before


def test_a_rejected_row_has_no_icons(fake_window, evolve):
    evolve(fake_window, "reject this")
    for action in (GO, RESTORE, REVERT):
        with pytest.raises(ValueError, match="not in tuple"):
            place(fake_window, 1, action)
