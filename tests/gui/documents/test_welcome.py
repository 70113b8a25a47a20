"""The welcome page: what it offers, and what it says while the model loads."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from hera_desktop.engine.examples import examples
from hera_desktop.gui.recent import KEY, RecentSessions
from hera_desktop.gui.records import JobProgress
from hera_desktop.gui.session_files import untitled_path
from hera_desktop.gui.settings import settings
from hera_desktop.gui.theme import DARK, LIGHT, palette_of
from hera_desktop.gui.welcome import WelcomePage, shown_at_start
from hera_desktop.gui.welcome_recent import OPENED, PATCHES, STEPS, when

from .parts import write_session


@pytest.fixture
def page_of(qtbot):
    def make() -> WelcomePage:
        page = WelcomePage(RecentSessions())
        qtbot.addWidget(page)
        page.resize(1280, 680)
        return page

    return make


def test_without_sessions_it_says_what_will_be_there(page_of):
    page = page_of()
    assert page.no_recent.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)


def test_recent_sessions_are_listed_with_their_counts_and_open_on_a_click(page_of, qtbot, tmp_path):
    session = write_session(tmp_path / "work.hera")
    RecentSessions().add(session)
    page = page_of()
    item = page.table.topLevelItem(0)
    assert item.text(0).startswith("work.hera")
    assert (item.text(STEPS), item.text(PATCHES)) == ("1", "1")
    wanted = []
    page.recent_wanted.connect(wanted.append)
    page.table.setCurrentItem(item)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    place = page.table.visualItemRect(item).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [str(session)] * 2


def test_a_missing_session_is_told_apart_and_an_empty_unnamed_one_left_out(page_of, tmp_path):
    from tests import tiny

    empty = untitled_path()
    tiny.engine(empty).close()
    recent = RecentSessions()
    recent.add(tmp_path / "gone.hera")
    recent.add(empty)
    page = page_of()
    assert page.table.topLevelItemCount() == 1
    item = page.table.topLevelItem(0)
    assert item.text(OPENED) == "missing"
    assert "is no longer there" in item.toolTip(0)


def test_the_buttons_say_what_is_wanted(page_of, qtbot):
    page = page_of()
    page.set_ready(True)
    for button, signal in (
        (page.new_button, page.new_wanted),
        (page.open_button, page.open_wanted),
        (page.tour_button, page.tour_wanted),
        (page.go_on_button, page.close_wanted),
    ):
        with qtbot.waitSignal(signal, timeout=1000):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_examples_wait_for_the_model(page_of, qtbot):
    page = page_of()
    wanted = []
    page.example_wanted.connect(wanted.append)
    assert [card.example.name for card in page.cards] == list(examples())
    qtbot.mouseClick(page.cards[0].button, Qt.MouseButton.LeftButton)
    assert wanted == []
    page.set_ready(True)
    qtbot.mouseClick(page.cards[0].button, Qt.MouseButton.LeftButton)
    assert wanted == [page.cards[0].example]
    assert page.cards[0].button.accessibleName() == "Run the example Evolve and roll back"


def test_it_says_what_is_loading_behind_it(page_of, desk):
    page = page_of()
    line = page.loading
    assert line.text.text() == "No model is loaded yet"
    line.show_progress(JobProgress(1, "Loading the model", "reading the probes", 0.5))
    assert line.text.text() == "Loading the model: reading the probes"
    assert (line.bar.value(), line.bar.isVisibleTo(page)) == (500, True)
    line.show_snapshot(desk.controller.snapshot)
    assert line.text.text() == "tiny-llama is loaded on cpu, float32"
    assert not line.bar.isVisibleTo(page)
    line.show_failure("model 'x' is unknown")
    assert (line.text.text(), line.mark.mark) == ("model 'x' is unknown", "failed")


def test_the_box_is_remembered(page_of, qtbot):
    assert shown_at_start()
    first = page_of()
    first.at_start.click()
    assert not shown_at_start()
    second = page_of()
    assert not second.at_start.isChecked()


def test_every_control_has_a_name_and_can_be_reached(page_of):
    page = page_of()
    page.set_ready(True)
    controls = [page.new_button, page.open_button, page.tour_button, page.go_on_button, page.table]
    for control in (*controls, *(card.button for card in page.cards)):
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert page.at_start.text()


def test_a_list_that_was_edited_by_hand_is_empty():
    for text in ("{", '["x"]', '[{"path": 1}]', "3"):
        settings().setValue(KEY, text)
        assert RecentSessions().sessions() == ()
    settings().setValue(KEY, json.dumps([{"path": "/x.hera", "opened": "yesterday"}]))
    assert RecentSessions().sessions()[0].missing


def test_when_a_session_was_open():
    now = datetime.now()
    assert ":" in when(now)
    assert when(now - timedelta(days=400)) != when(now - timedelta(days=2))
    assert ":" not in when(now - timedelta(days=2))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_has_room_at_the_smallest_window(page_of, qapp, theme, tmp_path):
    qapp.setPalette(palette_of(theme))
    page = page_of()
    path = tmp_path / "welcome.png"
    assert page.grab().save(str(path))
    image = QImage(str(path))
    assert image.pixelColor(2, 2).lightness() == page.palette().window().color().lightness()
    assert page.cards[-1].mapTo(page, page.cards[-1].rect().bottomRight()).y() < page.height()
