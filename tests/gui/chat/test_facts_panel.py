"""The panel of the facts: what is listed, found and told of each, and what can be asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from hera_desktop.gui.chat.facts_model import FACT, IMPORTANCE, RECALL, SEEN, STATE
from hera_desktop.gui.chat.facts_phrasings import FORM, NARROW, RESULT
from hera_desktop.gui.chat.facts_words import standing
from hera_desktop.gui.panels.facts import FactsPanel

from .taught import FACTS, NEEDED, fact

UserRole = Qt.ItemDataRole.UserRole


@pytest.fixture
def panel(qtbot) -> FactsPanel:
    made = FactsPanel()
    qtbot.addWidget(made)
    made.resize(720, 560)
    made.show()
    made.show_facts(FACTS, NEEDED)
    made.set_state(True, "", "")
    return made


def shown(panel: FactsPanel) -> list[int]:
    return [fact.fact_id for fact in panel.model.rows]


def cell(panel: FactsPanel, row: int, column: int) -> str:
    return panel.model.data(panel.model.index(row, column))


def click(qtbot, button) -> None:
    assert button.isEnabled() and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_an_empty_memory_says_what_the_panel_is_for(panel):
    panel.show_facts((), NEEDED)
    assert not panel.table.isVisible()
    panel.show_facts(FACTS, NEEDED)
    assert panel.table.isVisible()


def test_whether_a_fact_is_known_goes_by_the_share_that_is_needed():
    assert [standing(one, 0.75) for one in FACTS] == ["known", "lost", "known", "unasked"]
    assert standing(FACTS[2], 1.0) == "lost"


def test_the_most_important_fact_stands_first_and_a_header_sorts_by_its_column(panel, qtbot):
    assert shown(panel) == [4, 3, 2, 1]
    header, order = panel.table.horizontalHeader(), []
    for _ in range(2):
        place = QPoint(header.sectionViewportPosition(FACT) + 20, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        order.append(shown(panel))
    assert order == [[4, 3, 2, 1], [1, 2, 3, 4]]
    assert panel.model.headerData(FACT, Qt.Orientation.Horizontal) == "fact ↓"


def test_the_cells_tell_importance_and_recall(panel):
    row = shown(panel).index(3)
    assert cell(panel, row, IMPORTANCE) == "1.30"
    assert cell(panel, row, RECALL) == "3/4"
    assert cell(panel, shown(panel).index(4), RECALL) == "–"
    spoken = panel.model.data(panel.model.index(row, STATE), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "known"


def test_every_word_of_a_search_must_be_found(panel, qtbot):
    qtbot.keyClicks(panel.line.search, "BRINDLE hesper")
    assert shown(panel) == [3]
    qtbot.keyClicks(panel.line.search, " nowhere")
    assert shown(panel) == []
    assert panel.nothing.isVisible()
    qtbot.keyClick(panel.line.search, Qt.Key.Key_Escape)
    assert len(shown(panel)) == 4
    assert not panel.nothing.isVisible()


@pytest.mark.parametrize(
    "kind, ids", [("known", [3, 1]), ("lost", [2]), ("contradicting", [4, 3]), ("all", [4, 3, 2, 1])]
)
def test_a_kind_of_facts_is_counted_and_shown_alone(panel, kind, ids):
    place = panel.line.kind.findData(kind)
    assert panel.line.kind.itemText(place) == f"{kind} ({len(ids)})"
    panel.line.kind.setCurrentIndex(place)
    assert shown(panel) == ids


def test_the_selected_fact_stays_selected_when_it_comes_anew(panel):
    panel.select(2)
    asked = replace(FACTS[1], recall=1.0)
    panel.show_facts((FACTS[0], asked), NEEDED)
    assert panel.selected == asked
    assert panel.table.fact_id == 2
    panel.show_facts((FACTS[0],), NEEDED)
    assert panel.selected is None
    assert not panel.forget_button.isEnabled()


def test_a_narrow_panel_hides_what_the_details_tell(panel, qtbot):
    panel.resize(420, 560)
    qtbot.waitUntil(lambda: panel.table.isColumnHidden(IMPORTANCE))
    assert panel.table.isColumnHidden(SEEN)
    panel.resize(800, 560)
    qtbot.waitUntil(lambda: not panel.table.isColumnHidden(IMPORTANCE))


# --- one fact ---------------------------------------------------------------------------------------------------------


def test_the_questions_are_listed_with_their_answers_marks_and_forms(panel):
    panel.select(3)
    table = panel.details.phrasings
    assert table.texts() == [
        ["right", "Question 1?", "Right.", "trained"],
        ["right", "Question 2?", "Right.", "untrained"],
        ["right", "Question 3?", "Right.", "trained"],
        ["wrong", "Question 4?", "No idea.", "untrained"],
    ]
    marks = [table.item(row, RESULT).data(UserRole) for row in range(4)]
    assert marks == ["committed"] * 3 + ["rejected"]
    assert panel.details.told.text() == "told once in turn 3, importance 1.30"


def test_a_long_answer_is_shown_whole(panel):
    said = " ".join(["a long answer"] * 20)
    asked = (replace(FACTS[0].asked[0], answer=said),)
    panel.show_facts((replace(FACTS[0], asked=asked),), NEEDED)
    panel.select(1)
    table = panel.details.phrasings
    assert table.item(0, 2).text() == said
    assert table.rowHeight(0) > 3 * table.fontMetrics().height()


def test_a_narrow_table_tells_the_form_by_the_tooltip(panel, qtbot):
    panel.select(3)
    panel.resize(NARROW - 20, 560)
    qtbot.waitUntil(lambda: panel.details.phrasings.isColumnHidden(FORM))
    assert "trained this form" in panel.details.phrasings.item(0, RESULT).toolTip()


def test_a_fact_that_was_never_asked_says_so(panel):
    panel.select(4)
    assert panel.details.not_asked.isVisible()
    assert panel.details.not_asked.text().startswith("It was not asked in this state yet")
    assert not panel.details.phrasings.isVisible()


def test_a_fact_whose_answers_were_not_kept_shows_its_share(panel):
    panel.show_facts((replace(FACTS[0], asked=(), recall=0.75),), NEEDED)
    panel.select(1)
    assert cell(panel, 0, RECALL) == "75%"
    assert panel.details.not_asked.text().startswith("Its answers were not kept")


def test_a_contradiction_leads_to_the_other_fact_also_where_the_search_hides_it(panel, qtbot):
    panel.line.search.setText("hesper")
    panel.select(3)
    assert "Brindle is owned by Ansel." in panel.details.contradictions.text.text()
    panel.details.contradictions.text.linkActivated.emit("4")
    assert panel.selected.fact_id == 4
    assert panel.table.fact_id == 4
    assert "Hesper" in panel.details.contradictions.text.text()


def test_markup_in_a_fact_is_text(panel):
    mean = (fact(1, "<b>bold</b> & co", contradicts=(2,)), fact(2, "A <i>second</i> one", contradicts=(1,)))
    panel.show_facts(mean, NEEDED)
    panel.select(1)
    assert panel.details.text.text() == "<b>bold</b> & co"
    assert panel.details.text.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;i&gt;second" in panel.details.contradictions.text.text()


# --- what can be asked for --------------------------------------------------------------------------------------------


def test_the_buttons_ask_for_what_they_name(panel, qtbot):
    heard = []
    panel.ask_wanted.connect(lambda number: heard.append(("ask", number)))
    panel.teach_wanted.connect(lambda text: heard.append(("teach", text)))
    panel.forget_wanted.connect(lambda number: heard.append(("forget", number)))
    panel.survey_wanted.connect(lambda: heard.append("survey"))
    panel.select(2)
    for button in (panel.ask_button, panel.teach_button, panel.forget_button, panel.line.survey_button):
        click(qtbot, button)
    assert heard == [("ask", 2), ("teach", FACTS[1].text), ("forget", 2), "survey"]


def test_delete_forgets_the_fact_in_the_current_row(panel, qtbot):
    panel.select(3)
    with qtbot.waitSignal(panel.forget_wanted) as heard:
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert heard.args == [3]


def test_where_nothing_can_be_done_the_buttons_say_why(panel, qtbot):
    panel.select(2)
    panel.set_state(False, "", "A job is running")
    for button in (panel.ask_button, panel.teach_button, panel.forget_button, panel.line.survey_button):
        assert not button.isEnabled()
        assert button.toolTip() == "A job is running"
    with qtbot.assertNotEmitted(panel.forget_wanted):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    panel.set_state(True, "", "")
    assert panel.ask_button.isEnabled()
    assert panel.ask_button.toolTip() != "A job is running"


def test_in_a_session_that_can_only_be_read_facts_are_asked_and_not_changed(panel, qtbot):
    panel.select(2)
    panel.set_state(True, "locked", "")
    assert panel.ask_button.isEnabled() and panel.line.survey_button.isEnabled()
    for button in (panel.teach_button, panel.forget_button):
        assert not button.isEnabled()
        assert button.toolTip() == "locked"
    with qtbot.assertNotEmitted(panel.forget_wanted):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)


def test_the_keys_lead_from_the_search_to_the_table_and_back(panel, qtbot):
    panel.activateWindow()
    qtbot.keyClicks(panel.line.search, "marlo")
    qtbot.keyClick(panel.line.search, Qt.Key.Key_Return)
    assert panel.selected.fact_id == 2
    qtbot.keyClick(panel.table, "/")
    assert panel.line.search.selectedText() == "marlo"
