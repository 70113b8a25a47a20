"""Any two states side by side: chosen, compared, and shown, on the fake engine and on a tiny real one."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from hera_desktop.gui import compare_requests
from hera_desktop.gui.compare_desk import CompareDesk
from hera_desktop.gui.compare_requests import BASE, NOW, CompareRequest
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.panels.compare import ComparePanel
from hera_desktop.gui.requests import LoadRequest

from .comparisons import CONTINUATIONS, TOKENS, fake_comparison
from .fake import FakeEngine

WAIT_MS = 60_000
PROMPT = "The capital of France is"
SUMMARY, TEXTS, PROBES, FEATURES = range(4)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def make(qtbot, qapp) -> Iterator[Callable[..., CompareDesk]]:
    made: list[Controller] = []

    def build(factory: Callable[[object], object]) -> CompareDesk:
        controller = Controller(LoadRequest(factory=factory), tokens=0)
        made.append(controller)
        desk = CompareDesk(controller)
        qtbot.addWidget(desk.panel)
        desk.panel.resize(1280, 440)
        desk.panel.show()
        controller.load()
        settle(qtbot, desk)
        return desk

    yield build
    for controller in made:
        assert controller.close(), "the model thread did not end"


@pytest.fixture
def desk(qtbot, make, engine, monkeypatch) -> CompareDesk:
    """After three prompts: p1 and p2 with a warning were committed, the third was rejected."""
    monkeypatch.setattr(compare_requests, "compared", fake_comparison)
    desk = make(lambda progress: engine)
    for prompt in (PROMPT, "warn me", "reject this"):
        desk._controller.evolve(prompt)
        settle(qtbot, desk)
    return desk


def settle(qtbot, desk: CompareDesk) -> None:
    qtbot.waitUntil(lambda: not desk._controller.busy, timeout=WAIT_MS)


def click(qtbot, button) -> None:
    assert button.isEnabled() and button.isVisible(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def last_message(desk: CompareDesk) -> str:
    return desk._controller.messages.last.text


def headers(panel: ComparePanel) -> list[str]:
    return [header.text for header in panel.headers]


def hash_of(engine: FakeEngine, *patches: str) -> str:
    from hera_desktop.engine.timeline import state_hash

    return state_hash("fake", patches)


# --- the empty panel, and what it offers ------------------------------------------------------------------------------


def test_the_empty_panel_says_what_it_is_for_and_compares_with_the_base(qtbot, desk):
    panel = desk.panel
    assert panel.pages.currentIndex() == 0
    click(qtbot, panel.base_button)
    settle(qtbot, desk)
    assert panel.pages.currentIndex() == 1
    assert headers(panel)[0].startswith("base ") and headers(panel)[1].startswith("now ")


def test_before_a_model_is_loaded_it_says_so(qtbot, qapp):
    controller = Controller(LoadRequest(factory=lambda progress: FakeEngine()), tokens=0)
    desk = CompareDesk(controller)
    qtbot.addWidget(desk.panel)
    desk.compare_with_base()
    assert last_message(desk) == "No model is loaded yet"
    assert not desk.panel.form.compare_button.isEnabled()
    assert desk.panel.form.compare_button.toolTip() == "No model is loaded yet"
    assert controller.close()


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_each_side_carries_its_hash_and_number_of_patches(qtbot, desk, engine):
    desk.compare(1, 2)
    settle(qtbot, desk)
    first, second = desk.panel.headers
    assert first.hash.text() == hash_of(engine, "p1")[:12] and first.hash.toolTip() == hash_of(engine, "p1")
    assert second.hash.toolTip() == hash_of(engine, "p1", "p2")
    assert (first.count.text(), second.count.text()) == ("1 patch", "2 patches")
    assert [header.hash.toolTip() for header in desk.panel.texts.headers] == [
        first.hash.toolTip(),
        second.hash.toolTip(),
    ]


def test_the_summary_names_patches_settings_and_weights(qtbot, desk):
    desk.compare_with_base()
    settle(qtbot, desk)
    summary = desk.panel.summary
    assert summary.measures.texts()[0] == ["JS divergence, bits", "0.0731", "0.3"]
    assert summary.patches.texts() == [["only in B", "2", "p1, p2"]]
    assert summary.settings.texts()[0] == ["learning_rate", "–", "0.03, 0.1"]
    assert summary.weights.texts()[1] == ["7", "mlp.out", "0.00e+00", "2.00e-03", "2.00e-03", ""]
    assert desk.panel.figures.text() == "JS 0.0731 bits   PPL 1.024 x   drift 0.0073"


def test_limits_are_named_only_against_the_base(qtbot, desk):
    desk.compare(1)
    settle(qtbot, desk)
    assert [row[2] for row in desk.panel.summary.measures.texts()] == ["–"] * 3


def test_texts_are_marked_where_they_differ_by_more_than_colour(qtbot, desk):
    desk.compare_with_base()
    settle(qtbot, desk)
    left, right = desk.panel.texts.texts
    assert left.toPlainText() == desk.panel.request.prompt + CONTINUATIONS[0]
    assert left.marked == ("Paris", "Seine", "north") and right.marked == ("Rome", "Tiber", "middle")
    cursor = right.document().find("Tiber")
    assert cursor.charFormat().fontUnderline()
    assert not right.document().find("largest").charFormat().fontUnderline()
    assert desk.panel.texts.said.text() == "The texts differ in 3 places; what only one of them says is underlined."


def test_next_tokens_have_both_probabilities_and_their_difference(qtbot, desk):
    desk.compare_with_base()
    settle(qtbot, desk)
    rows = desk.panel.texts.tokens.texts()
    assert len(rows) == len(TOKENS) and rows[0][0] == "·Paris"
    assert rows[0][1:4] == ["0.4213", "0.2107", "-0.2107"]


def test_probes_stand_with_the_furthest_first(qtbot, desk):
    desk.compare_with_base()
    settle(qtbot, desk)
    rows = desk.panel.probes.table.texts()
    assert rows[0][:3] == ["The ferry left the harbour at dawn.", "", "0.1200"]
    assert rows[1][0] == "def add(a, b):↵    return a + b" and rows[1][1] == "code"


def test_a_double_click_on_a_feature_asks_for_its_page(qtbot, desk):
    desk.compare_with_base()
    settle(qtbot, desk)
    panel, table = desk.panel, desk.panel.features.table
    panel.tabs.setCurrentIndex(FEATURES)
    assert table.texts()[1][:5] == ["34", "names of rivers in Europe, mostly after a comma", "8.50", "4.40", "-4.10"]
    table.selectRow(1)
    with qtbot.waitSignal(desk.feature_picked) as picked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert picked.args == [34]


def test_the_same_state_twice_is_said_to_be_the_same(qtbot, desk):
    desk.compare(2, 2)
    settle(qtbot, desk)
    panel = desk.panel
    assert panel.figures.text() == "A and B are the same state"
    assert "are the same state" in last_message(desk)
    assert panel.texts.said.text() == "The texts are the same." and panel.texts.texts[0].marked == ()
    assert panel.texts.tokens.texts()[0][3] == "0.0000"
    assert panel.features.table.rowCount() == 0 and panel.features._section.nothing.isVisibleTo(panel.features)
    assert panel.summary.settings.rowCount() == 0


def test_without_a_prompt_texts_and_features_say_what_to_do(qtbot, desk):
    desk.panel.form.prompt.clear()
    click(qtbot, desk.panel.form.compare_button)
    settle(qtbot, desk)
    assert desk.panel.texts._stack.currentIndex() == 0
    assert desk.panel.features.currentWidget() is desk.panel.features._empty


def test_without_an_sae_the_features_say_why(qtbot, make, engine, monkeypatch):
    monkeypatch.setattr(compare_requests, "compared", fake_comparison)
    engine.sae = None
    desk = make(lambda progress: engine)
    desk.compare_with_base()
    settle(qtbot, desk)
    assert desk.panel.features.currentWidget() is desk.panel.features._no_sae


# --- from the timeline, and afterwards --------------------------------------------------------------------------------


def test_from_the_timeline_the_step_is_compared_with_the_present_state(qtbot, desk):
    with qtbot.waitSignal(desk.shown):
        desk.compare_pair((1, None))
    settle(qtbot, desk)
    assert desk.panel.form.choice == ("p1", NOW)
    assert desk.panel.request.prompt == PROMPT
    assert headers(desk.panel)[0].startswith("p1 ")
    desk.compare_pair((0, 2))
    settle(qtbot, desk)
    assert desk.panel.form.choice == (BASE, "p2")


def test_a_rejected_step_has_no_state_to_compare(desk):
    desk.compare(3)
    assert last_message(desk) == "Step 3 was rejected; there is no state to compare"
    assert desk.panel.pages.currentIndex() == 0


def test_the_hashes_stay_true_when_the_timeline_moves_on(qtbot, desk, engine):
    desk.compare_with_base()
    settle(qtbot, desk)
    desk._controller.move("undo")
    settle(qtbot, desk)
    short = hash_of(engine, "p1", "p2")[:12]
    assert headers(desk.panel)[1] == f"measured on {short} 2 patches, not the present state any more"
    assert desk.panel.texts.headers[1].text == headers(desk.panel)[1]
    assert headers(desk.panel)[0].startswith("base ")
    desk._controller.move("redo")
    settle(qtbot, desk)
    assert headers(desk.panel)[1] == f"now {short} 2 patches"


def test_swapping_the_states_compares_the_other_way(qtbot, desk):
    desk.panel.show_choice("p1", "p2")
    click(qtbot, desk.panel.form.swap_button)
    click(qtbot, desk.panel.form.compare_button)
    settle(qtbot, desk)
    assert [text.split()[0] for text in headers(desk.panel)] == ["p2", "p1"]
    assert desk.panel.summary.patches.texts()[0] == ["only in A", "1", "p2"]


def test_another_session_clears_what_was_compared(qtbot, desk):
    desk.compare_with_base()
    settle(qtbot, desk)
    snapshot = desk._controller.snapshot
    info = type(snapshot.info)(**{**vars(snapshot.info), "session": "/tmp/other.hera"})
    desk.panel.show_snapshot(type(snapshot)(info, snapshot.timeline))
    assert desk.panel.pages.currentIndex() == 0


def test_what_the_user_typed_is_not_replaced(qtbot, desk):
    prompt = desk.panel.form.prompt
    prompt.selectAll()
    qtbot.keyClicks(prompt, "My own words")
    desk._controller.evolve("a further step")
    settle(qtbot, desk)
    desk.compare(1)
    settle(qtbot, desk)
    assert desk.panel.request.prompt == "My own words"
    assert desk.panel.texts.texts[0].toPlainText().startswith("My own words")


# --- running, cancelled, failed ---------------------------------------------------------------------------------------


def test_progress_shows_in_place_and_cancelling_keeps_the_last_comparison(qtbot, desk, engine):
    desk.compare(1, 2)
    settle(qtbot, desk)
    before = headers(desk.panel)
    engine.gate = threading.Event()
    desk.compare_with_base()
    panel = desk.panel
    qtbot.waitUntil(lambda: panel.progress.text() == "reading the next tokens")
    assert panel.bar.isVisible() and panel.bar.value() == 350
    assert not panel.form.compare_button.isEnabled() and headers(panel) == before
    click(qtbot, panel.form.cancel_button)
    settle(qtbot, desk)
    assert panel.progress.text() == "Comparing was cancelled."
    assert not panel.bar.isVisible() and not panel.form.cancel_button.isVisible()
    assert headers(panel) == before and panel.form.compare_button.isEnabled()


def test_a_failure_is_one_sentence_in_place(qtbot, desk):
    desk._controller.submit(CompareRequest(BASE, "p9"))
    settle(qtbot, desk)
    assert desk.panel.warning.sentence.startswith("patch 'p9' is not on the timeline")
    assert desk.panel.warning.isVisible() and last_message(desk) == desk.panel.warning.sentence
    desk.compare_with_base()
    settle(qtbot, desk)
    assert not desk.panel.warning.isVisible()


def test_while_another_job_runs_nothing_is_compared(qtbot, desk, engine):
    engine.gate = threading.Event()
    desk._controller.evolve("slow")
    desk.compare_with_base()
    assert last_message(desk) == "A job is running; wait for it or cancel it"
    engine.gate.set()
    settle(qtbot, desk)
    assert desk.panel.pages.currentIndex() == 0


# --- Python, and a real engine ----------------------------------------------------------------------------------------


def test_the_names_of_states_are_the_engine_s():
    from hera_desktop.engine import state_comparison, timeline

    assert (BASE, NOW) == (timeline.BASE, state_comparison.NOW)


def test_python_does_the_same_with_its_import():
    line = CompareRequest("p3", "now", 'It\'s "Paris"\n').python(None)
    assert line.startswith("from hera_desktop.engine.state_comparison import compare_states; ")
    call = ast.parse(line).body[1].value
    assert [ast.literal_eval(part) for part in call.args[1:]] == ["p3", "now"]
    assert {word.arg: ast.literal_eval(word.value) for word in call.keywords} == {"prompt": 'It\'s "Paris"\n'}


def tiny_engine(path: Path):
    import torch

    from tests import tiny

    torch.set_num_threads(1)
    return tiny.engine(path)


def test_a_real_engine_is_compared_and_its_line_of_python_finds_the_same(qtbot, make, tmp_path):
    session = tmp_path / "session.hera"
    desk = make(lambda progress: tiny_engine(session))
    desk._controller.evolve("Once upon a time")
    settle(qtbot, desk)
    with qtbot.waitSignal(desk._controller.ended, timeout=WAIT_MS) as ended:
        desk.compare_with_base()
    outcome, panel = ended.args[0], desk.panel
    assert outcome.status == "finished" and outcome.snapshot is None
    assert panel.headers[1].hash.toolTip() == desk._controller.snapshot.info.state_hash
    assert panel.summary.weights.rowCount() >= 1 and panel.features.table.rowCount() > 0
    assert panel.texts.texts[1].toPlainText().startswith("Once upon a time")
    assert desk._controller.close()
    assert _run(outcome.request.python(outcome.record), tiny_engine(session)) == outcome.record


def _run(line: str, engine: object) -> object:
    """What a line of Python, of an import and a call, comes to."""
    imports, call = line.split("; ")
    scope = {"engine": engine}
    exec(f"{imports}\nfound = {call}", scope)
    engine.close()
    return scope["found"]
