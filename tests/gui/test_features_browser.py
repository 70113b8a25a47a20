"""Strip, table and page of the feature browser, on an invented atlas and without a model thread."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QToolTip

from hera_desktop.engine.atlas.records import Label, TextFeatures
from hera_desktop.gui.features.browser import FeatureBrowser
from hera_desktop.gui.features.feature_view import EDIT, OWN_TEXT
from hera_desktop.gui.features.strip import TokenStrip
from hera_desktop.gui.features.table_model import ACTIVATION, DENSITY, ID, NAME, PIN, TICK
from hera_desktop.gui.features.tokens import TokenRuns
from hera_desktop.gui.theme import DARK, LIGHT, monospace, palette_of

from .fake import FakeEngine, FakeLab

TEXT = "The capital of France"
LABELS = (Label(3, "capital cities", "Paris, Rome", pinned=True), Label(7, "cafés", source="import"))


@pytest.fixture
def browser(qtbot, atlas):
    browser = FeatureBrowser()
    qtbot.addWidget(browser)
    browser.setMinimumSize(640, 480)
    browser.resize(1280, 560)
    browser.show()
    qtbot.waitExposed(browser)
    browser.open("sae", 96, atlas, LABELS)
    yield browser
    browser.open("", 0, None)


@pytest.fixture
def read(browser) -> TextFeatures:
    found = FakeLab(FakeEngine()).read(TEXT)
    browser.show_text(found)
    return found


def column(browser, number):
    model = browser.finder.table.features_model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def click_token(qtbot, strip, position):
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._runs.rects[position].center().toPoint())


def click_cell(qtbot, browser, row, number):
    table = browser.finder.table
    place = table.visualRect(table.features_model.index(row, number)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


# --- token runs -------------------------------------------------------------------------------------------------------


def runs(*tokens):
    return TokenRuns(tokens, monospace(QFont()))


def test_tokens_wrap_at_the_width_and_after_a_newline(qapp):
    text = runs("one", " two", "\n", " three")
    text.place(10_000)
    tops = [rect.top() for rect in text.rects]
    assert tops[0] == tops[1] == tops[2] < tops[3]
    narrow = runs("one", " two")
    narrow.place(40)
    assert narrow.rects[1].left() == 0
    assert narrow.rects[1].top() > narrow.rects[0].top()


def test_a_point_finds_its_token(qapp):
    text = runs("one", " 北京", "🙂", " end")
    text.place(10_000)
    assert [text.at(rect.center()) for rect in text.rects] == [0, 1, 2, 3]
    assert text.at(QPointF(-1, 0)) is None


def test_tokens_do_not_overlap(qapp):
    text = runs(" a", "b", " 北京", " d", "🙂", " e")
    text.place(10_000)
    rights, lefts = [r.right() for r in text.rects[:-1]], [r.left() for r in text.rects[1:]]
    assert np.allclose(rights, lefts)


# --- the strip --------------------------------------------------------------------------------------------------------


def test_the_strip_colours_the_strongest_feature_until_one_is_chosen(browser, read):
    strip = browser.text.strip
    assert strip.shares == pytest.approx((0.0, 1.0, 1.0, 1.0))
    assert browser.text.legend.text == "strongest feature, 0 to 9.00"
    browser.choose(3)
    assert strip.shares == pytest.approx((0.0, 1.0, 0.0, 0.0))
    assert browser.text.legend.text == "feature 3, 0 to 9.00"
    browser.choose(50)
    assert strip.shares == (0.0, 0.0, 0.0, 0.0)
    assert browser.text.legend.text.startswith("feature 50 does not fire here")


def test_a_token_tells_its_strongest_features(browser, read):
    tip = browser._describe(1).splitlines()
    assert tip[0] == "token 1  '·capital'"
    assert tip[1] == "9.00   3   capital cities"
    assert len(tip) == 4
    assert "attention sink" in browser._describe(0)


def test_picking_a_token_sorts_by_its_activations_and_again_by_the_text(browser, read, qtbot):
    strip, model = browser.text.strip, browser.finder.table.features_model
    click_token(qtbot, strip, 2)
    assert model.headerData(ACTIVATION, Qt.Orientation.Horizontal) == "↓ at ·of"
    assert column(browser, ID)[:3] == ["4", "2", "1"]
    assert column(browser, ACTIVATION)[:3] == ["9.00", "4.20", "1.00"]
    click_token(qtbot, strip, 2)
    assert model.headerData(ACTIVATION, Qt.Orientation.Horizontal) == "↓ activation"
    assert column(browser, ACTIVATION)[:5] == ["9.00", "9.00", "9.00", "4.30", "1.00"]


def test_arrows_move_and_enter_picks(browser, read, qtbot, monkeypatch):
    strip, picked, tips = browser.text.strip, [], []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: tips.append(text.splitlines()[0]))
    strip.picked.connect(picked.append)
    strip.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_End):
        qtbot.keyClick(strip, key)
    assert picked == [1]
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert picked == [1, 3, None]
    assert tips == [
        f"token {n}  '{token}'" for n, token in ((1, "·capital"), (2, "·of"), (1, "·capital"), (3, "·France"))
    ]


def test_a_strip_that_only_shows_takes_no_clicks(qtbot):
    strip, picked = TokenStrip(), []
    qtbot.addWidget(strip)
    strip.picked.connect(picked.append)
    strip.show_tokens(("a", " b"))
    strip.resize(200, 40)
    click_token(qtbot, strip, 1)
    assert picked == []
    assert strip.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_pasted_newlines_reach_the_model(browser, qtbot):
    texts = []
    browser.text.read_wanted.connect(texts.append)
    QApplication.clipboard().setText("first line\nsecond")
    browser.text.line.setFocus()
    browser.text.line.paste()
    qtbot.keyClick(browser.text.line, Qt.Key.Key_Return)
    assert texts == ["first line\nsecond"]


def test_the_density_limit_leaves_features_out_of_strip_and_table(browser, read, atlas):
    limit = 100 * float(np.sort(atlas.density)[48])
    browser.text.density.setValue(limit)
    hidden = int((atlas.density > browser.features.max_density).sum())
    assert hidden > 0
    assert browser.finder.count.text() == f"{96 - hidden} of 96 features, {hidden} too dense"
    shown = {int(i) for i in column(browser, ID)}
    told = [int(line.split()[1]) for line in browser._describe(1).splitlines()[1:] if line[0].isdigit()]
    assert set(told) <= shown


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_shows_figures_with_fixed_digits(browser, atlas):
    model = browser.finder.table.features_model
    assert model.index(5, DENSITY).data() == f"{100 * atlas.density[5]:.3f}"
    assert model.index(5, ID).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(5, ACTIVATION).data() == ""


def test_names_say_where_they_come_from(browser, atlas):
    model = browser.finder.table.features_model
    assert model.index(3, NAME).data() == "capital cities"
    assert not model.index(3, NAME).data(Qt.ItemDataRole.FontRole).italic()
    assert model.index(3, NAME).data(Qt.ItemDataRole.ToolTipRole) == "capital cities\nyour name\nParis, Rome"
    assert model.index(7, NAME).data(Qt.ItemDataRole.ToolTipRole) == "cafés\nimported name"
    assert model.index(5, NAME).data() == atlas.names[5]
    assert model.index(5, NAME).data(Qt.ItemDataRole.FontRole).italic()


def test_typing_narrows_the_table_at_once(browser, qtbot):
    qtbot.keyClicks(browser.finder.search, "capital ci")
    assert "3" in column(browser, ID)
    assert browser.finder.count.text() == f"{len(column(browser, ID))} of 96 features"
    qtbot.keyClicks(browser.finder.search, " qqqq")
    assert browser.finder.count.text() == "0 of 96 features"
    assert not browser.finder.table.isVisible()
    browser.finder.search.clear()
    assert len(column(browser, ID)) == 96
    assert browser.finder.table.isVisible()


def test_down_in_the_search_box_goes_to_the_table(browser, qtbot):
    browser.activateWindow()
    browser.finder.search.setFocus()
    qtbot.keyClick(browser.finder.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: browser.feature == 0)
    assert browser.finder.table.hasFocus()


def test_a_header_sorts_figures_from_the_largest(browser, atlas, qtbot):
    header = browser.finder.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(DENSITY) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert column(browser, ID)[0] == str(int(np.argmax(atlas.density)))
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert column(browser, DENSITY)[0] == "0.000"
    model = browser.finder.table.features_model
    assert model.headerData(DENSITY, Qt.Orientation.Horizontal) == "↑ density, %"


def test_a_pin_is_kept_by_a_click(browser, qtbot):
    labels = []
    browser.label_wanted.connect(labels.append)
    click_cell(qtbot, browser, 5, PIN)
    assert labels == [Label(5, pinned=True)]
    browser.finder.pinned_only.setChecked(True)
    assert column(browser, ID) == ["3", "5"]


def test_ticked_features_reach_the_edit(browser, read, atlas, qtbot):
    table = browser.finder.table
    browser.finder.table.sort_by(ID, descending=False)
    click_cell(qtbot, browser, 2, TICK)
    table.selectRow(5)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    found = {feature.id: feature for feature in browser.view.proposal.list.features}
    assert found.keys() == {2, 5}
    assert found[2].activation == pytest.approx(4.3)
    assert found[5].activation == pytest.approx(9.0)
    usual = float(atlas.mean[5]) if atlas.density[5] else None
    assert found[5].usual == usual
    browser.view.tabs.setCurrentIndex(EDIT)
    browser.view.proposal.untick_wanted.emit(2)
    assert [feature.id for feature in browser.view.proposal.list.features] == [5]


def test_letters_typed_in_the_table_search_nothing(browser, qtbot):
    table = browser.finder.table
    table.selectRow(5)
    qtbot.keyClicks(table, "3")
    assert table.currentIndex().row() == 5


# --- the page ---------------------------------------------------------------------------------------------------------


def living(atlas):
    return int(np.argmax(atlas.density))


def test_a_row_opens_its_page(browser, atlas, qtbot):
    feature = living(atlas)
    browser.finder.table.selectRow(feature)
    qtbot.waitUntil(lambda: browser.feature == feature)
    header, page = browser.view.header, atlas.page(feature)
    assert header.isVisible()
    assert header.id.text() == f"Feature {feature}"
    assert header.figures.text() == (f"density {100 * page.density:.3f} %   mean {page.mean:.2f}   max {page.max:.2f}")
    assert browser.view.page.positive.texts()[0][1] == f"{page.positive[0].logit:+.2f}"
    tabs = browser.view.page.contexts.tabs
    assert [tabs.tabText(n) for n in range(tabs.count())] == [found.label for found in page.ranges]


def test_the_range_stays_when_the_feature_changes(browser, atlas, qtbot):
    rows = [f for f in range(96) if len(atlas.page(f).ranges) > 2][:2]
    browser.choose(rows[0])
    tabs = browser.view.page.contexts.tabs
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    chosen = tabs.tabText(1)
    browser.choose(rows[1])
    assert tabs.tabText(tabs.currentIndex()) == chosen


def test_a_neighbour_opens_and_back_returns(browser, atlas, qtbot):
    feature = living(atlas)
    browser.choose(feature)
    table = browser.view.page.near
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(table.item(0, 1)).center())
    neighbour = atlas.page(feature).neighbours[0].id
    assert browser.feature == neighbour
    header = browser.view.header
    assert header.back_button.isEnabled()
    qtbot.mouseClick(header.back_button, Qt.MouseButton.LeftButton)
    assert browser.feature == feature
    assert not header.back_button.isEnabled()
    qtbot.mouseClick(header.forward_button, Qt.MouseButton.LeftButton)
    assert browser.feature == neighbour


def test_a_dead_feature_says_so(browser, atlas):
    dead = int(np.flatnonzero(atlas.density == 0)[0])
    browser.choose(dead)
    assert browser.view.header.figures.text() == "never fired on the atlas' text"
    assert browser.view.page.contexts.dead.isVisible()


def test_a_name_typed_on_the_page_is_kept_and_shown_in_the_table(browser, qtbot):
    labels = []
    browser.label_wanted.connect(labels.append)
    browser.choose(5)
    name = browser.view.header.name
    name.selectAll()
    qtbot.keyClicks(name, "my name")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert labels == [Label(5, "my name")]
    assert browser.view.header.source.text() == "yours"
    assert browser.finder.table.features_model.index(5, NAME).data() == "my name"
    name.clear()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert browser.view.header.source.text() == "automatic"


def test_a_note_and_a_pin_stay_together(browser, qtbot):
    labels = []
    browser.label_wanted.connect(labels.append)
    browser.choose(5)
    qtbot.keyClicks(browser.view.header.note, "look again")
    qtbot.keyClick(browser.view.header.note, Qt.Key.Key_Return)
    qtbot.mouseClick(browser.view.header.pin_button, Qt.MouseButton.LeftButton)
    assert labels[-1] == Label(5, note="look again", pinned=True)


def test_leaving_a_name_as_it_is_keeps_nothing(browser, qtbot):
    labels = []
    browser.label_wanted.connect(labels.append)
    browser.choose(5)
    browser.view.header.name.setFocus()
    qtbot.keyClick(browser.view.header.name, Qt.Key.Key_Return)
    browser.choose(6)
    assert labels == []


def test_the_picture_is_the_whole_page(browser, atlas):
    browser.choose(living(atlas))
    picture = browser.picture()
    assert picture.height() > browser.view.page.viewport().height()
    assert picture.width() == browser.view.page.content.width()


# --- without an atlas, and another SAE --------------------------------------------------------------------------------


def test_without_an_atlas_the_features_are_listed_and_the_page_offers_to_build_one(browser, read):
    browser.open("sae", 96, None, LABELS)
    assert len(column(browser, ID)) == 96
    assert column(browser, ACTIVATION)[0] == "9.00"
    assert browser.view.page_stack.currentWidget() is browser.view.building
    assert not browser.text.density.isEnabled()
    browser.choose(3)
    assert browser.view.header.figures.text() == "no figures without an atlas"


def test_another_sae_forgets_what_was_looked_at(browser, read):
    browser.choose(3)
    browser.finder.table.features_model.tick(3, True)
    browser.open("another", 50, None)
    assert browser.feature is None
    assert browser.view.proposal.list.features == ()
    assert not browser.view.header.isVisible()
    assert browser.text.hint.isVisible()
    assert len(column(browser, ID)) == 50


# --- on my own text ---------------------------------------------------------------------------------------------------


def test_the_feature_is_looked_at_on_the_text_only_while_that_is_seen(browser, read):
    wanted = []
    browser.on_text_wanted.connect(wanted.append)
    browser.choose(3)
    assert wanted == []
    browser.view.tabs.setCurrentIndex(OWN_TEXT)
    assert wanted == [(3, TEXT)]
    browser.choose(2)
    assert wanted[-1] == (2, TEXT)
    browser.choose(2)
    assert len(wanted) == 2


def test_the_theme_can_change(browser, read, qapp):
    browser.choose(3)
    light = qapp.palette()
    try:
        backgrounds = []
        for theme in (LIGHT, DARK):
            qapp.setPalette(palette_of(theme))
            for widget in (browser, browser.finder.table, browser.view.page.histogram, browser.view.header):
                QApplication.sendEvent(widget, QEvent(QEvent.Type.ApplicationPaletteChange))
            picture = browser.view.page.histogram.grab().toImage()
            backgrounds.append(picture.pixelColor(2, picture.height() // 3).lightness())
        assert backgrounds[0] > 200 > 60 > backgrounds[1]
    finally:
        qapp.setPalette(light)
