"""The docks and their layouts, as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from hera_desktop.gui.desk import COMPARE, EVOLVE, INSPECT, LAYOUTS
from hera_desktop.gui.menus import Menus

SHOWN = {
    EVOLVE: {"prompt", "generation", "immune", "timeline"},
    INSPECT: {"features", "timeline"},
    COMPARE: {"compare", "timeline"},
}


def seen(window) -> set[str]:
    """The docks of which something is to be seen: of several tabs only the front one."""
    return {dock_id for dock_id, dock in window.desk.docks.items() if not dock.visibleRegion().isEmpty()}


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
    own = {fake_window.actions_[spec] for spec in ("evolve", "palette", "about", "preferences", "undo")}
    assert own <= listed


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
