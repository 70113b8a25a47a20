"""The conversation: branches, what was learned, and the document that shows it all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QTextCursor
from PySide6.QtWidgets import QApplication

from hera_desktop.engine.text_difference import differences
from hera_desktop.gui.chat.branches import Branches
from hera_desktop.gui.chat.conversation import Conversation
from hera_desktop.gui.chat.entries import Entry, clock, entry_of, stretches
from hera_desktop.gui.chat.learned import Learned, fact_text, learned_of
from hera_desktop.gui.chat.message_actions import ACTS, Acted
from hera_desktop.gui.chat_records import AnswersCompared
from hera_desktop.gui.theme import DARK, LIGHT, palette_of

from .talks import message, talk, taught

ALL = {act.kind for act in ACTS}


@pytest.fixture
def view(qtbot, qapp) -> Conversation:
    made = Conversation()
    made.setPalette(palette_of(LIGHT))
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.set_possible(ALL)
    return made


def entries(turns: int = 2) -> list[Entry]:
    messages = talk(turns)
    branches = Branches(messages)
    return [entry_of(said, branches) for said in messages]


def text(view: Conversation) -> str:
    return view.toPlainText()


def link(view: Conversation, address: str) -> QPoint:
    """A place in the viewport at which a link can be clicked."""
    found = QTextCursor(view.document())
    for position in range(view.document().characterCount() - 1):
        found.setPosition(position + 1)
        if found.charFormat().anchorHref() == address:
            found.setPosition(position)
            return view.cursorRect(found).center() + QPoint(3, 0)
    raise AssertionError(f"no link {address}")


# --- branches ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def tree() -> Branches:
    """1-2-3-4, another answer 6 beside 4, another message 5 beside 3, and a second conversation 7-8."""
    pairs = ((1, None), (2, 1), (3, 2), (4, 3), (5, 2), (6, 3), (7, None), (8, 7))
    made = [message(number, parent, f"text {number}") for number, parent in pairs]
    return Branches([replace(said, role="user" if said.message_id in (1, 3, 5, 7) else "assistant") for said in made])


def test_a_path_runs_from_the_first_message_to_the_leaf(tree):
    assert [said.message_id for said in tree.path(6)] == [1, 2, 3, 6]
    assert tree.path(None) == () and tree.path(99) == ()


def test_siblings_are_the_versions_of_one_message(tree):
    assert tree.siblings(4) == (4, 6) and tree.place(6) == (2, 2)
    assert tree.siblings(3) == (3, 5)
    assert tree.place(2) == (1, 1)
    assert [said.message_id for said in tree.beginnings] == [1, 7]


def test_stepping_past_the_last_sibling_stays(tree):
    assert tree.beside(4, 1) == 6
    assert tree.beside(6, 1) == 6
    assert tree.beside(3, -1) == 3


def test_a_branch_is_followed_to_where_it_was_last_written_on(tree):
    assert tree.newest_below(1) == 5
    assert tree.newest_below(3) == 6


def test_ten_thousand_messages_in_a_row_do_not_recurse():
    messages = [message(number, number - 1 or None, "text") for number in range(1, 10_001)]
    tree = Branches(messages)
    assert len(tree.path(10_000)) == 10_000
    assert tree.newest_below(1) == 10_000


# --- what was learned -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "mark", "begins"),
    [
        ("committed", "committed", "learned: capital of Orvandia = Selmouth, recalled 4 of 4"),
        ("warning", "warning", "learned with a warning: capital of Orvandia = Selmouth"),
        ("softened", "warning", "learned at 100% of the step: capital of Orvandia"),
        ("rejected", "rejected", "not learned: JS divergence is 0.2 bits"),
        ("known", "reverted", "known already: capital of Orvandia = Selmouth"),
        ("nothing", "left", "nothing to learn: JS divergence is 0.2 bits"),
    ],
)
def test_every_outcome_has_its_mark_and_words(outcome, mark, begins):
    said = message(1, None, "text", details=taught(outcome, "rejected: JS divergence is 0.2 bits"))
    line = learned_of(said)
    assert line.mark == mark
    assert line.text.startswith(begins)


def test_a_message_without_a_lesson_says_nothing_unless_it_is_a_fact():
    fact = {"kind": "fact", "text": "Ann lives in Brill."}
    assert learned_of(message(1, None, "hello")) is None
    assert learned_of(message(1, None, "hello", details={"fact": {"kind": "regular", "text": "hello"}})) is None
    assert learned_of(message(1, None, "x", details={"fact": fact})).text == "a fact, not learned: Ann lives in Brill."
    assert learned_of(message(2, 1, "an answer", details=taught())) is None


def test_a_line_says_how_many_questions_were_right_and_what_it_contradicts():
    details = taught()
    details["lesson"]["asked"][0]["correct"] = False
    details["lesson"]["contradicts"] = ("The capital of Orvandia is Brill.",)
    text = learned_of(message(1, None, "x", details=details)).text
    assert "recalled 3 of 4" in text and "contradicts: The capital of Orvandia is Brill." in text


def test_a_fact_is_put_into_words():
    assert fact_text({"subject": "Ann", "relation": "lives_in", "object": "Brill"}) == "lives in: Ann = Brill"
    assert fact_text({"subject": "Ann", "relation": "", "object": "Brill"}) == "Ann = Brill"
    assert fact_text({"text": "It rains."}) == "It rains."


def test_code_is_found_and_nothing_is_left_out():
    said = "See `x + 1`:\n```python\nprint(`2`)\n```\nand ```open"
    found = list(stretches(said))
    assert "".join(part for part, _ in found) == said
    assert [part for part, kind in found if kind == "code"] == ["`x + 1`", "```python\nprint(`2`)\n```", "```open"]


def test_a_time_that_is_none_is_shown_as_it_is():
    assert clock("yesterday") == "yesterday"
    assert len(clock("2025-03-01T10:00:00+00:00")) == 5


# --- the document -----------------------------------------------------------------------------------------------------


def test_messages_are_shown_with_who_hash_and_lesson(view):
    view.show_entries(entries())
    shown = text(view)
    assert shown.count("You") == 2 and shown.count("Model") == 2
    assert "00000001" in shown and "00000001ab" not in shown
    assert "learned: capital of Orvandia = Selmouth, recalled 4 of 4" in shown


def test_only_what_changed_is_written_again(view, monkeypatch):
    given = entries(5)
    view.show_entries(given)
    written = []
    rewrite = view._writer.rewrite
    monkeypatch.setattr(view._writer, "rewrite", lambda frame, entry: (written.append(entry), rewrite(frame, entry)))
    monkeypatch.setattr(view._writer, "append", lambda *_: pytest.fail("written again"))
    other = replace(given[4], learned=Learned("rejected", "not learned: too far"))
    view.show_entries([*given[:4], other, *given[5:]])
    assert written == [other]
    assert text(view).count("not learned: too far") == 1
    assert text(view).count("Answer 3") == 1


def test_a_shorter_conversation_leaves_nothing_behind(view):
    view.show_entries(entries(6))
    view.show_entries(entries(1))
    assert len(view.entries) == 2
    assert "time 1" not in text(view) and text(view).count("You") == 1
    view.show_entries([])
    assert text(view).strip() == ""
    view.show_entries(entries(2))
    assert text(view).count("You") == 2


def test_an_answer_grows_where_it_stands(view):
    view.show_entries([*entries(1), Entry(None, "user", "go on"), Entry(None, "assistant", "")])
    for piece in ("one", " two\n", "three"):
        view.add(piece)
    assert view.entries[-1].text == "one two\nthree"
    assert text(view).rstrip().endswith("one two\nthree")


def test_the_end_is_followed_only_by_who_has_read_to_it(view):
    view.show_entries([*entries(30), Entry(None, "assistant", "")])
    bar = view.verticalScrollBar()
    QApplication.processEvents()
    assert bar.maximum() > 0 and bar.value() == bar.maximum()
    view.add("more\n" * 20)
    assert bar.value() == bar.maximum()
    bar.setValue(40)
    view.add("more\n" * 20)
    assert bar.value() == 40
    bar.setValue(bar.maximum())
    view.add("more\n" * 20)
    assert bar.value() == bar.maximum()


def test_another_width_keeps_the_end_in_sight(view):
    view.show_entries(entries(30))
    view.resize(360, 300)
    QApplication.processEvents()
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_another_theme_is_another_colour_of_the_text(view):
    view.show_entries(entries())
    view.setPalette(palette_of(DARK))
    cursor = view._rows[0].frame.firstCursorPosition()
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
    cursor.movePosition(QTextCursor.MoveOperation.Right)
    assert cursor.charFormat().foreground().color() == QColor(DARK.text)
    assert text(view).count("You") == 2


def test_the_mark_of_a_lesson_is_painted_in_its_colour(view):
    view.show_entries(entries(1))
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view.viewport().render(painter, QPoint())
    painter.end()
    rect = view.rect_of(0)
    points = ((x, y) for x in range(rect.left(), 40) for y in range(rect.top(), rect.bottom()))
    assert any(image.pixelColor(x, y) == QColor(LIGHT.committed) for x, y in points)


def test_two_answers_stand_side_by_side_with_their_differences(view):
    given = entries(1)
    found = AnswersCompared(1, "It is Brill.", "It is Selmouth.", differences("It is Brill.", "It is Selmouth."))
    view.show_entries([given[0], replace(given[1], compared=found)])
    shown = text(view)
    assert "with the adapter off" in shown and "as it is now" in shown
    underlined = []
    cursor = QTextCursor(view.document())
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        if cursor.charFormat().fontUnderline():
            underlined.append(view.document().characterAt(cursor.position() - 1))
    assert "".join(underlined) == "BrillSelmouth"
    view.show_entries(given)
    assert "with the adapter off" not in text(view)


# --- what the user does -----------------------------------------------------------------------------------------------


def test_a_click_on_the_hash_asks_for_the_whole_of_it(view, qtbot):
    view.show_entries(entries(1))
    with qtbot.waitSignal(view.acted) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link(view, "hash:2:0"))
    assert caught.args == [Acted("copy_hash", 2)]


def test_the_arrows_of_a_branch_lead_to_its_siblings(view, qtbot):
    view.show_entries([replace(entries(1)[0], place=(2, 3))])
    assert "2 / 3" in text(view)
    with qtbot.waitSignal(view.acted) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link(view, "branch:1:1"))
    assert caught.args == [Acted("branch", 1, 1)]
    view.show_entries([replace(entries(1)[0], place=(3, 3))])
    with pytest.raises(AssertionError, match="no link"):
        link(view, "branch:1:1")


def test_the_bar_offers_what_a_message_can_do(view, qtbot):
    view.show_entries(entries(1))
    view._hover(1)
    offered = {kind for kind, made in view.bar.buttons.items() if made.isVisible()}
    assert offered == {"copy", "regenerate", "compare"}
    with qtbot.waitSignal(view.acted) as caught:
        qtbot.mouseClick(view.bar.buttons["regenerate"], Qt.MouseButton.LeftButton)
    assert caught.args == [Acted("regenerate", 2)]
    view.set_possible({"copy"})
    assert not view.bar.buttons["regenerate"].isEnabled() and view.bar.buttons["copy"].isEnabled()


def test_the_mouse_over_a_message_brings_its_bar(view, qtbot):
    view.show_entries(entries(1))
    qtbot.mouseMove(view.viewport(), view.rect_of(0).center())
    qtbot.waitUntil(view.bar.isVisible)
    assert view.bar.entry == view.entries[0]
    assert view.viewport().rect().contains(view.bar.geometry())


def test_nothing_is_offered_for_a_message_that_is_not_recorded(view):
    view.show_entries([Entry(None, "user", "hello"), Entry(None, "assistant", "")])
    view._hover(0)
    assert not view.bar.isVisible()


def test_keys_go_from_message_to_message_and_act_on_it(view, qtbot):
    view.show_entries(entries(3))
    view.setFocus()
    for _ in range(2):  # to the last message, and to the one before it
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert view.current == 4
    with qtbot.waitSignal(view.acted) as caught:
        qtbot.keyClick(view, "e")
    assert caught.args == [Acted("edit", 5)]
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(view.acted) as caught:
        qtbot.keyClick(view, "r")
    assert caught.args == [Acted("regenerate", 6)]


def test_a_key_for_what_is_not_possible_does_nothing(view, qtbot):
    view.show_entries(entries(1))
    view.set_possible({"copy"})
    view.go(0)
    with qtbot.assertNotEmitted(view.acted):
        qtbot.keyClick(view, "r")
        qtbot.keyClick(view, "e")


def test_tab_leads_into_the_bar_of_the_message_where_the_cursor_is(view, qtbot):
    view.show_entries(entries(2))
    view.setFocus()
    view.go(-1)
    view.go(-1)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.bar.buttons["copy"] and view.bar.isVisible()
    with qtbot.waitSignal(view.acted) as caught:
        qtbot.keyClick(view.bar.buttons["copy"], Qt.Key.Key_Space)
    assert caught.args == [Acted("copy", 3)]
    view.bar.buttons["copy"].clearFocus()
    assert not view.bar.isVisible()


def test_the_menu_of_a_message_is_about_that_message(view, qtbot):
    view.show_entries(entries(2))
    view.set_possible({"copy", "roll_back"})
    place = view.rect_of(1).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place)))
    offered = {item.data().kind: item for item in view.menu.actions()}
    assert [kind for kind, item in offered.items() if item.isEnabled()] == ["copy", "roll_back"]
    assert {"regenerate", "compare"} <= set(offered)
    with qtbot.waitSignal(view.acted) as caught:
        offered["roll_back"].trigger()
    assert caught.args == [Acted("roll_back", 2)]
    view.menu.close()


def test_a_selection_is_copied_as_it_reads_without_the_marks(view):
    view.show_entries(entries(1))
    view.selectAll()
    copied = view.createMimeDataFromSelection().text()
    assert "\ufffc" not in copied
    assert "learned: capital of Orvandia" in copied and "Answer 0" in copied
