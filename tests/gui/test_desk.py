"""The docks and their layouts, as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTabBar

from hera_desktop.gui.actions import SPECS
from hera_desktop.gui.desk import CHAT, COMPARE, EVOLVE, EXPERIMENTS, INSPECT, LAYOUTS
from hera_desktop.gui.menus import Menus

SHOWN = {
    EVOLVE: {"prompt", "generation", "immune", "timeline"},
    INSPECT: {"features", "timeline"},
    COMPARE: {"compare", "timeline"},
    CHAT: {"chat", "facts", "timeline"},
    EXPERIMENTS: {"experiments", "timeline"},
}


def seen(window) -> set[str]:
    return {dock_id for dock_id in window.desk.docks if window.desk.is_seen(dock_id)}


def rows_of_tabs(window) -> set[tuple[str, ...]]:
    """The rows of tabs that are on the screen."""
    desk = window.desk
    bars = desk.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    there = [bar for bar in bars if bar.isVisible() and desk.rect().intersects(bar.geometry())]
    return {tuple(bar.tabText(n) for n in range(bar.count())) for bar in there if bar.count()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_shows_its_docks(fake_window, qtbot, layout):
    fake_window.desk.show_layout(layout)
    qtbot.waitUntil(lambda: seen(fake_window) == SHOWN[layout])


def test_a_layout_keeps_what_the_user_made_of_it_and_can_be_reset(fake_window, qtbot):
    desk = fake_window.desk
    qtbot.mouseClick(desk.docks["prompt"].titleBarWidget().close_button, Qt.MouseButton.LeftButton)
    desk.show_layout(INSPECT)
    desk.show_layout(EVOLVE)
    qtbot.wait(20)
    assert not desk.docks["prompt"].isVisible()
    fake_window.actions_["reset_layout"].trigger()
    qtbot.waitUntil(lambda: desk.docks["prompt"].isVisible())
    assert seen(fake_window) == SHOWN[EVOLVE]


def test_the_next_window_finds_the_layout_as_it_was_left(open_window, qtbot):
    from .fake import FakeEngine

    first = open_window(lambda progress: FakeEngine())
    first.desk.docks["immune"].close()
    qtbot.wait(20)
    first.close()
    second = open_window(lambda progress: FakeEngine())
    qtbot.waitUntil(lambda: second.desk.docks["prompt"].isVisible())
    assert not second.desk.docks["immune"].isVisible()


def test_a_dock_among_tabs_is_named_once(fake_window, qtbot):
    titles = {dock_id: dock.titleBarWidget() for dock_id, dock in fake_window.desk.docks.items()}
    qtbot.waitUntil(lambda: titles["timeline"].height() == 0)
    assert titles["prompt"].height() > 0


def test_a_closed_dock_comes_back_by_the_menu(fake_window, qtbot):
    dock = fake_window.desk.docks["generation"]
    dock.close()
    dock.toggleViewAction().trigger()
    qtbot.waitUntil(dock.isVisible)


def test_every_action_is_in_a_menu_and_has_its_own_keys(fake_window):
    menus: Menus = fake_window.menus
    listed = {action for menu in menus.menus.values() for action in menu.actions()}
    keys: dict[str, str] = {}
    for action_id, action in fake_window.actions_.all().items():
        assert action.text()
        assert action.property("category")
        for key in action.shortcuts():
            assert keys.setdefault(key.toString(), action_id) == action_id
    assert {fake_window.actions_[spec.id] for spec in SPECS} <= listed


def test_nothing_is_cut_off_at_the_smallest_size_that_is_promised(fake_window, qtbot):
    fake_window.resize(1280, 720)
    qtbot.wait(50)
    assert fake_window.minimumSizeHint().width() <= 1280
    assert fake_window.minimumSizeHint().height() <= 720
    for layout in LAYOUTS:
        fake_window.desk.show_layout(layout)
        qtbot.wait(50)
        assert fake_window.size().width() == 1280
        assert fake_window.size().height() == 720


def test_the_tabs_stand_where_their_docks_are_after_every_change_of_layout(fake_window, qtbot):
    below = ("Timeline", "Log and trace", "Messages")
    shown = {EVOLVE: {("Immune system", "Step and notes"), below}, COMPARE: {(*below, "Step and notes")}}
    fake_window.resize(1440, 900)
    for layout in (COMPARE, EVOLVE, COMPARE):
        fake_window.desk.show_layout(layout)
        qtbot.waitUntil(lambda layout=layout: rows_of_tabs(fake_window) == shown[layout])
    fake_window.desk.reset_layout()
    qtbot.waitUntil(lambda: rows_of_tabs(fake_window) == shown[COMPARE])


def test_a_larger_window_gives_every_panel_its_share(fake_window, qtbot):
    prompt, timeline = (fake_window.desk.docks[name] for name in ("prompt", "timeline"))
    qtbot.wait(20)
    before = (prompt.width(), timeline.height())
    fake_window.resize(1920, 1200)
    qtbot.waitUntil(lambda: prompt.width() > 1.3 * before[0] and timeline.height() > 1.3 * before[1])
    fake_window.resize(1280, 720)
    qtbot.waitUntil(lambda: abs(prompt.width() - before[0]) <= 4 and abs(timeline.height() - before[1]) <= 4)


def test_a_border_that_was_moved_stays_where_it_is(fake_window, qtbot):
    desk, prompt = fake_window.desk, fake_window.desk.docks["prompt"]
    fake_window.resize(1600, 900)
    qtbot.wait(50)
    before = prompt.width()
    border = prompt.geometry().topRight() + QPoint(3, 100)
    qtbot.mousePress(desk, Qt.MouseButton.LeftButton, pos=border)
    qtbot.mouseMove(desk, border + QPoint(80, 0))
    qtbot.waitUntil(lambda: prompt.width() > before + 40)
    qtbot.mouseRelease(desk, Qt.MouseButton.LeftButton, pos=border + QPoint(80, 0))
    fake_window.resize(1640, 900)
    qtbot.wait(50)
    assert prompt.width() > before + 40
    desk.reset_layout()
    qtbot.waitUntil(lambda: abs(prompt.width() - before) < 20)


def test_a_docks_title_follows_its_name(fake_window):
    dock = fake_window.desk.docks["notifications"]
    dock.setWindowTitle("Messages (3)")
    assert dock.titleBarWidget().title.text() == "Messages (3)"
