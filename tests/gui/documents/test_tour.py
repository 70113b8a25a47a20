"""The tour points at the real parts of the window and is worked with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from hera_desktop.gui.tour import STEPS, GuidedTour, place_beside


@pytest.fixture
def window(qtbot) -> QMainWindow:
    """A window with three parts side by side."""
    found = QMainWindow()
    qtbot.addWidget(found)
    centre = QWidget()
    line = QHBoxLayout(centre)
    for name in ("prompt", "generation", "immune"):
        part = QWidget()
        part.setObjectName(name)
        line.addWidget(part)
    found.setCentralWidget(centre)
    found.setMinimumSize(960, 600)
    found.resize(1280, 720)
    found.show()
    qtbot.waitExposed(found)
    return found


@pytest.fixture
def tour(window) -> GuidedTour:
    names = ("prompt", "generation", "immune")
    return GuidedTour(window, {name: window.findChild(QWidget, name) for name in names})


def around(tour: GuidedTour, name: str) -> bool:
    """Whether the frame lies around this part, and the bubble beside it, inside the window."""
    window = tour.frame.parent()
    part = window.findChild(QWidget, name)
    place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    inside = window.rect().contains(tour.bubble.geometry())
    return tour.frame.geometry() == place and inside and not tour.bubble.geometry().intersects(place)


def test_there_are_six_to_eight_steps_about_the_docks():
    assert 6 <= len(STEPS) <= 8
    docks = {"prompt", "generation", "immune", "timeline", "details", "features", "compare", "log"}
    assert {step.dock for step in STEPS} <= docks


def test_the_keyboard_goes_through_it(tour, qtbot):
    wanted, ended = [], []
    tour.dock_wanted.connect(wanted.append)
    tour.ended.connect(lambda: ended.append(True))
    tour.start()
    bubble = tour.bubble
    assert bubble.title.text() == "Type what a step is about"
    assert bubble.place.text() == "1 of 3"
    assert around(tour, "prompt")
    qtbot.waitUntil(bubble.next_button.hasFocus)
    qtbot.keyClick(bubble.next_button, Qt.Key.Key_Right)
    assert bubble.title.text() == "Before and after"
    assert around(tour, "generation")
    qtbot.keyClick(bubble.next_button, Qt.Key.Key_Left)
    assert bubble.place.text() == "1 of 3"
    assert not bubble.back_button.isEnabled()
    qtbot.keyClick(bubble.next_button, Qt.Key.Key_Return)
    qtbot.keyClick(bubble.next_button, Qt.Key.Key_Return)
    assert around(tour, "immune")
    assert bubble.next_button.text() == "Done"
    qtbot.keyClick(bubble.next_button, Qt.Key.Key_Return)
    assert (tour.running, bubble.isVisible(), tour.frame.isVisible(), ended) == (False, False, False, [True])
    assert wanted == ["prompt", "generation", "prompt", "generation", "immune"]


def test_escape_ends_the_tour_and_not_a_job(tour, window, qtbot):
    cancelled = []
    action = QAction("Cancel", window)
    action.setShortcut(QKeySequence("Esc"))
    action.triggered.connect(lambda: cancelled.append(True))
    window.addAction(action)
    tour.start()
    qtbot.waitUntil(tour.bubble.next_button.hasFocus)
    qtbot.keyClick(tour.bubble.next_button, Qt.Key.Key_Escape)
    assert not tour.running
    assert cancelled == []


def test_tab_stays_in_the_bubble(tour, qtbot):
    tour.start()
    tour.next()
    bubble = tour.bubble
    qtbot.waitUntil(bubble.next_button.hasFocus)
    seen = []
    for _ in range(3):
        qtbot.keyClick(bubble.focusWidget(), Qt.Key.Key_Tab)
        seen.append(bubble.focusWidget())
    assert seen == [bubble.close_button, bubble.back_button, bubble.next_button]


def test_the_mouse_works_too(tour, qtbot):
    tour.start()
    qtbot.mouseClick(tour.bubble.next_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tour.bubble.back_button, Qt.MouseButton.LeftButton)
    assert tour.bubble.place.text() == "1 of 3"
    qtbot.mouseClick(tour.bubble.close_button, Qt.MouseButton.LeftButton)
    assert not tour.running


def test_it_follows_when_the_window_changes_its_size(tour, window, qtbot):
    tour.start()
    window.resize(960, 600)
    qtbot.waitUntil(lambda: around(tour, "prompt"))


def test_a_part_that_is_not_seen_is_spoken_of_in_the_middle(tour, window):
    window.findChild(QWidget, "prompt").hide()
    tour.start()
    assert not tour.frame.isVisible()
    middle = tour.bubble.geometry().center() - window.rect().center()
    assert middle.manhattanLength() < 10


def test_it_can_be_taken_again(tour):
    tour.start()
    tour.next()
    tour.close()
    tour.start()
    assert tour.bubble.place.text() == "1 of 3"


@pytest.mark.parametrize(
    ("target", "side"),
    [
        (QRect(0, 0, 300, 500), "right"),
        (QRect(900, 0, 380, 500), "left"),
        (QRect(0, 0, 1280, 300), "below"),
        (QRect(0, 500, 1280, 220), "above"),
    ],
)
def test_the_bubble_stands_beside_what_it_speaks_of(target, side):
    bubble, room = QRect(0, 0, 336, 150), QRect(8, 8, 1264, 704)
    place = QRect(place_beside(bubble, target, room), bubble.size())
    assert room.contains(place)
    assert not place.intersects(target)
    beside = {"right": place.left() > target.right(), "left": place.right() < target.left()}
    beside |= {"below": place.top() > target.bottom(), "above": place.bottom() < target.top()}
    assert beside[side]
