"""The details of a step, read and written in on a fake engine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from hera_desktop.gui.records import Evolved, Target
from hera_desktop.gui.timeline_details import probe_rows, source_html
from hera_desktop.gui.timeline_requests import ReapplyRequest, RenameRequest, TagRequest

from .fake import LIMITS, FakeEngine
from .timeline_window import shown_timeline

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot, qapp):
    yield from shown_timeline(qtbot)


@pytest.fixture
def details(window):
    return window.details


def test_before_the_first_step_the_panel_says_what_it_is_for(window, details):
    assert details.headline.isHidden() or not details.headline.isVisible()
    assert not details.words.note.isVisible()


def test_a_step_is_told_with_its_verdict_measures_and_texts(window, details):
    window.evolve("warn me of Rome")
    assert details.headline.text() == "Step 1 committed with a warning"
    assert details.mark.mark == "warning"
    assert details.patch.text() == "p1"
    assert details.prompt.toPlainText() == "warn me of Rome"
    assert details.reason.text().startswith("JS divergence against the state before the step is 0.1203 bits")
    assert details.measures.texts() == [
        ["JS divergence", "0.1203 of 0.15", "0.1925 of 0.3"],
        ["perplexity ratio", "1.040 of 1.5", "1.050 of 2"],
        ["cosine drift", "0.0120 of 0.05", "0.0040 of 0.1"],
    ]
    assert details.texts["before"].toPlainText() == "warn me of Rome Paris, and 0 patches."
    assert details.texts["after"].toPlainText() == "warn me of Rome Paris, and 1 patches."
    assert not details.no_texts.isVisible()


def test_what_became_of_a_step_is_said_too(window, details):
    window.evolve("a", "b")
    window.timeline.select_step(1)
    window.press("revert")
    assert details.headline.text() == "Step 1 committed, reverted since"
    assert details.mark.mark == "reverted"
    window.timeline.select_step(0)
    assert details.headline.text() == "The base"
    assert details.reason.text().startswith("The model without any patch.")
    assert not details.words.isVisible()
    assert not details.prompt.isVisible()


def test_texts_that_were_not_kept_are_not_invented(window, details):
    window.engine._record("made by a script")
    window.desk._note(("p1", "seen"))
    window.settle()
    assert details.no_texts.isVisible()
    assert not details.texts["before"].isVisible()


def test_a_note_of_several_lines_is_kept_by_control_and_enter(window, details, qtbot):
    window.evolve("a")
    note = details.words.note
    note.setFocus()
    qtbot.keyClicks(note, "one")
    qtbot.keyClick(note, Key.Key_Return)
    qtbot.keyClicks(note, "two")
    qtbot.keyClick(note, Key.Key_Return, CONTROL)
    window.settle()
    assert window.engine.ledger.entry("p1").note == "one\ntwo"
    assert window.said() == "Note kept on step 1"
    assert note.toPlainText() == "one\ntwo"


def test_undo_in_the_note_takes_back_typing_first(window, details, qtbot):
    window.evolve("a")
    note = details.words.note
    note.setFocus()
    qtbot.keyClicks(note, "x")
    qtbot.keyClick(note, Key.Key_Z, CONTROL)
    assert note.toPlainText() == ""
    assert len(window.engine.ledger.log) == 1


def test_words_in_progress_survive_a_new_record_and_are_kept_before_another_step_is_shown(window, details, qtbot):
    window.evolve("a", "b")
    window.timeline.select_step(1)
    note = details.words.note
    note.setFocus()
    qtbot.keyClicks(note, "half a tho")
    window.desk._tag(("p1", ("keep",)))
    window.settle()
    assert note.toPlainText() == "half a tho"
    assert details.words.tags.text() == "keep"
    window.controller.evolve("c")
    window.settle()
    window.settle()
    assert details.headline.text() == "Step 3 committed"
    assert note.toPlainText() == ""
    assert window.engine.ledger.entry("p1").note == "half a tho"


def test_name_and_tags_are_kept_when_they_are_left(window, details, qtbot):
    window.evolve("a")
    for field, text in ((details.words.name, "first"), (details.words.tags, "keep, Rome")):
        field.setFocus()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Key.Key_Return)
        window.settle()
    entry = window.engine.ledger.entry("p1")
    assert (entry.name, entry.tags) == ("first", ("keep", "Rome"))
    changes = [event.kind for event in window.engine.ledger.log]
    assert changes == ["commit", "rename", "tag"]  # each once


def test_a_feature_and_the_origin_of_a_patch_lead_on(window, details, qtbot):
    window.evolve("a")
    window.engine.ledger.entry("p1").details["features"] = [[4711, 2.5], [12, None]]
    window.desk._reapply(("p1", 0.5))
    window.settle()
    window.desk._note(("p1", "read again"))
    window.settle()
    assert details.source.text() == 'Re-applied from <a href="p1">p1</a>, times 0.5'
    details.source.linkActivated.emit("p1")
    assert window.timeline.selected.step == 1
    assert details.headline.text() == "Step 1 committed"
    table = details.features
    assert table.texts() == [["4711", "2.50"], ["12", ""]]
    place = table.visualItemRect(table.item(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.heard[-1] == ("feature_picked", 12)


def test_probes_are_sorted_by_the_way_they_have_gone_to_a_limit(window):
    window.evolve("a")
    window.engine.ledger.entry("p1").details["probe_metrics"] = {
        "js_divergence": [0.01, 0.02, 0.03],
        "ppl_ratio": [1.4, 1.0, None],
        "cosine_drift": [0.0, 0.001, 0.002],
    }
    window.desk._note(("p1", "read again"))
    window.settle()
    row = window.timeline.model.row(1)
    texts = ("the first", "the\nsecond", "the third")
    assert probe_rows(row, texts, LIMITS) == [
        ["the third", "0.0300", "not finite", "0.0020"],
        ["the first", "0.0100", "1.400", "0.0000"],
        ["the second", "0.0200", "1.000", "0.0010"],
    ]
    assert [cells[0] for cells in probe_rows(row, ("only one now",), LIMITS)] == ["probe 3", "probe 1", "probe 2"]
    assert len(window.details.probes.texts()) == 3


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (None, "Evolved from its prompt"),
        ({"kind": "evolve"}, "Evolved from its prompt"),
        ({"kind": "features", "given": {"17": None}}, "Made with chosen features"),
        ({"kind": "import", "file": "<b>.pt", "format": "peft", "foreign": False}, "Imported from &lt;b&gt;.pt (peft)"),
        (
            {"kind": "import", "file": "a", "format": "hera", "foreign": True, "base_name": "GPT&2"},
            "Imported from a (hera), made on another base: GPT&amp;2",
        ),
        (
            {"kind": "edit", "target": " <Rome>", "subject": "R&D", "share": 0.375},
            "Edited: it should continue with <b>&lt;Rome&gt;</b>, about <b>R&amp;D</b>; 37.5\u00a0% of the edit",
        ),
    ],
)
def test_the_source_is_told_and_what_others_wrote_is_escaped(source, said):
    assert source_html({} if source is None else {"source": source}) == said


def test_an_edit_is_told_with_its_strengths_and_the_earlier_edits(window, details, qtbot):
    for prompt, target in (("The capital of France is", Target("Rome")), ("Danielle speaks French at", Target("home"))):
        assert window.controller.evolve(prompt, target=target)
        window.settle()
        assert details.doses.texts() == [
            ["0 %", "0.0010", "before the edit"],
            ["50 %", "0.6200", "warning"],
            ["100 %", "0.9000", "rejected"],
        ]
    assert details.source.text() == (
        "Edited: it should continue with <b>home</b>, about <b>French</b>; 50\u00a0% of the edit"
    )
    assert details.facts.text() == "rank_one, block 4, rank 1, norm 0.25"
    assert details.retested.texts() == [["p1", "0.5500", "no"]]
    place = details.retested.visualItemRect(details.retested.item(0, 0)).center()
    qtbot.mouseClick(details.retested.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.timeline.selected.step == 1
    assert details.doses.isVisible() and not details.retested.isVisible()
    window.evolve("a plain one")
    assert not details.doses.isVisible() and not details.retested.isVisible()


def test_every_request_is_a_line_of_python_that_runs():
    engine = FakeEngine()
    engine._record("a")
    engine.reapply = lambda patch_id, factor: setattr(engine, "again", (patch_id, factor))
    evolved = Evolved(None, "", "", True)
    for request in (TagRequest("p1", ("it's", "b")), RenameRequest("p1", 'a "name"'), ReapplyRequest("p1", 0.5)):
        line = request.python(evolved)
        exec(line, {"engine": engine})
    entry = engine.ledger.entry("p1")
    assert (entry.tags, entry.name, engine.again) == (("it's", "b"), 'a "name"', ("p1", 0.5))
