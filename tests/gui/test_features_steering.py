"""Steering: the dial's units, what is asked for, what is shown while it runs and when it has ended."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from hera_desktop.engine.atlas.records import Steering
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.gui.edit_records import SteerPiece
from hera_desktop.gui.edit_requests import SIDES, SteerRequest
from hera_desktop.gui.features.steering import STALE, SteeringView
from hera_desktop.gui.features.strength_dial import BARE_UNIT, FAR, StrengthDial
from hera_desktop.gui.records import Snapshot
from hera_desktop.gui.requests import Bench

PROMPT = "The capital of France is"
STEERING = Steering(PROMPT, 12, -5.0, " Paris.", " Rome.", " the king", 0.0)


class Recorder:
    """A report that keeps what it is told; ``stop_after`` cancels at that many partial records."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.said: list[tuple[str, float | None]] = []
        self.records: list[object] = []
        self._stop_after = stop_after

    def progress(self, what, share=None):
        if self.cancelled():
            raise Cancelled("cancelled")
        self.say(what, share)

    def say(self, what, share=None):
        self.said.append((what, share))

    def partial(self, record):
        self.records.append(record)

    def cancelled(self):
        return self._stop_after is not None and len(self.records) >= self._stop_after


def snapshot(state="a" * 64, active=()):
    model = SimpleNamespace(name="FakeLM-135M", n_layers=30)
    return Snapshot(SimpleNamespace(model=model, state_hash=state, active=active, limits={}), None)


def bench(engine):
    made = Bench()
    made.engine = engine
    return made


def show(qtbot, view):
    """The view on the screen, in a window whose size does not depend on it; keep what is returned."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(view)
    area.resize(900, 600)
    qtbot.addWidget(area)
    area.show()
    return area


@pytest.fixture
def view(qtbot):
    view = SteeringView()
    area = show(qtbot, view)
    view.show_snapshot(snapshot())
    view.show_feature(12, "capital", 5.0)
    view.set_state(True, False)
    yield view
    area.close()


@pytest.fixture
def dial(qtbot):
    dial = StrengthDial()
    qtbot.addWidget(dial)
    return dial


# --- the dial -------------------------------------------------------------------------------------------------------


def test_the_dial_stands_at_the_features_maximum(dial):
    dial.show_scale(12.5)
    assert (dial.number.text(), dial.strength) == ("1.00 x max", 12.5)
    assert dial.absolute.text() == "= 12.50"


def test_slider_and_number_follow_one_another(dial):
    dial.show_scale(10.0)
    dial.slider.setValue(-dial.slider.maximum())
    assert dial.strength == pytest.approx(-30)
    dial.number.setValue(0.5)
    assert dial.slider.value() == 10
    assert dial.strength == pytest.approx(5)


def test_the_number_is_finer_than_the_slider_and_goes_further(dial):
    dial.show_scale(10.0)
    dial.number.setValue(1.33)
    assert dial.strength == pytest.approx(13.3)
    dial.number.setValue(FAR)
    assert dial.slider.value() == dial.slider.maximum()
    assert dial.strength == pytest.approx(10 * FAR)


@pytest.mark.parametrize("maximum", [None, 0.0])
def test_without_a_maximum_the_strength_is_absolute(dial, maximum):
    dial.show_scale(maximum)
    assert dial.strength == BARE_UNIT
    assert dial.absolute.text() == "no atlas, no scale"
    assert dial.words(-20.0) == "strength -20.0"


def test_figures_have_a_point_in_every_locale(dial):
    dial.show_scale(12345.5)
    assert dial.number.text() == "1.00 x max"
    assert dial.absolute.text() == "= 12345.50"


# --- the view -------------------------------------------------------------------------------------------------------


def test_without_a_feature_it_says_what_it_is_for(qtbot):
    view = SteeringView()
    qtbot.addWidget(view)
    assert view.layout().currentIndex() == 0
    view.show_feature(3)
    assert view.layout().currentIndex() == 1
    view.show_feature(None)
    assert view.layout().currentIndex() == 0


def test_a_preview_asks_for_what_is_set(view, qtbot):
    view.suggest_prompt(PROMPT + "\n")
    view.dial.number.setValue(-1.0)
    view.tokens.setValue(7)
    with qtbot.waitSignal(view.preview_wanted) as wanted:
        qtbot.mouseClick(view.preview_button, Qt.MouseButton.LeftButton)
    assert wanted.args[0] == SteerRequest(PROMPT + "\n", 12, -5.0, 7)


def test_enter_in_the_prompt_previews_and_shift_enter_is_a_newline(view, qtbot):
    qtbot.keyClicks(view.prompt, "a")
    qtbot.keyClick(view.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(view.prompt, "b")
    with qtbot.waitSignal(view.preview_wanted) as wanted:
        qtbot.keyClick(view.prompt, Qt.Key.Key_Return)
    assert wanted.args[0].prompt == "a\nb"


def test_nothing_is_asked_for_without_a_prompt_or_while_a_job_runs(view, qtbot):
    with qtbot.assertNotEmitted(view.preview_wanted):
        view.preview()
        view.suggest_prompt(PROMPT)
        view.set_state(False, True)
        view.preview()
    assert not view.preview_button.isEnabled()
    assert view.cancel_button.isEnabled()


def test_a_suggested_prompt_does_not_replace_what_was_typed(view, qtbot):
    view.suggest_prompt(PROMPT)
    qtbot.keyClicks(view.prompt, "!")
    view.suggest_prompt("another text")
    assert view.prompt.prompt == "!" + PROMPT
    view.prompt.clear()
    view.suggest_prompt("another text")
    assert view.prompt.prompt == "another text"


def test_the_three_texts_stream_and_settle(view):
    view.begin(SteerRequest(PROMPT, 12, -5.0))
    assert view.labels["steered"].text() == "Steered, -1.00 x max"
    for side in SIDES:
        view.add_piece(SteerPiece(side, " x"))
        assert view.texts[side].toPlainText() == PROMPT + " x"
    view.show_steering(STEERING)
    assert [view.texts[side].toPlainText() for side in SIDES] == [
        PROMPT + " Paris.",
        PROMPT + " Rome.",
        PROMPT + " the king",
    ]
    assert view.identity.text() == "At strength 0 the logits are identical: largest difference 0."
    assert (view.mark.isVisible(), view.mark.mark) == (True, "committed")


def test_logits_that_differ_at_strength_0_are_a_warning(view):
    view.begin(SteerRequest(PROMPT, 12, -5.0))
    view.show_steering(Steering(PROMPT, 12, -5.0, "", "", "", 3.1e-5))
    assert view.identity.text().startswith(
        "At strength 0 the logits differ by up to 3.10e-05; they should be identical"
    )
    assert view.mark.mark == "warning"


def test_the_edited_column_says_how_it_is_edited(view):
    assert view.labels["edited"].text() == "Edited, equal to the base now"
    view.show_snapshot(snapshot("b" * 64, ("p1", "p2")))
    assert view.labels["edited"].text() == "Edited, 2 patches"


def test_a_preview_of_another_state_says_so(view):
    view.begin(SteerRequest(PROMPT, 12, -5.0))
    view.show_steering(STEERING)
    view.show_snapshot(snapshot("a" * 64))
    assert view.identity.text() != STALE
    view.show_snapshot(snapshot("b" * 64, ("p1",)))
    assert (view.identity.text(), view.mark.mark) == (STALE, "warning")


def test_another_feature_clears_the_texts_and_the_same_one_only_its_name(view):
    view.begin(SteerRequest(PROMPT, 12, -5.0))
    view.show_steering(STEERING)
    view.show_feature(12, "renamed", 5.0)
    assert view.texts["base"].said == " Paris."
    assert view.title.text() == "Feature 12, renamed"
    view.show_feature(13, "", None)
    assert view.texts["base"].toPlainText() == ""
    assert view.title.text() == "Feature 13"


def test_a_preview_that_was_stopped_keeps_its_pieces(view):
    view.begin(SteerRequest(PROMPT, 12, -5.0))
    view.add_piece(SteerPiece("base", " Par"))
    view.withdraw()
    assert view.texts["base"].said == " Par"
    assert view.identity.text() == "Stopped; the texts are incomplete."
    view.withdraw("feature 9999 is out of range")
    assert (view.identity.text(), view.mark.mark) == ("feature 9999 is out of range", "failed")


def test_everything_has_an_accessible_name(view):
    fields = (view.prompt, view.tokens, view.dial.slider, view.dial.number, *view.texts.values(), view.preview_button)
    assert all(field.accessibleName() for field in fields)


# --- the request ----------------------------------------------------------------------------------------------------


def test_the_request_streams_pieces_of_each_side(monkeypatch):
    class Lab:
        def __init__(self, engine):
            assert engine == "the engine"

        def steer(self, prompt, feature, strength, tokens, on_text, cancelled):
            for side in SIDES:
                on_text(side, side)
            assert not cancelled()
            return Steering(prompt, feature, strength, *SIDES, 0.0)

    monkeypatch.setitem(sys.modules, "hera_desktop.engine.feature_lab", SimpleNamespace(FeatureLab=Lab))
    report = Recorder()
    steering = SteerRequest(PROMPT, 12, -5.0, 1).run(bench("the engine"), report)
    assert steering == Steering(PROMPT, 12, -5.0, *SIDES, 0.0)
    assert report.records == [SteerPiece(side, side) for side in SIDES]
    assert [share for _, share in report.said] == [0.0, 1 / 3, 2 / 3, 1.0]


def test_a_real_preview_is_identical_at_strength_0_and_keeps_nothing(tmp_path):
    from tests import tiny

    engine = tiny.engine(tmp_path / "session.hera")
    before, report = engine.probe_digest(), Recorder()
    steering = SteerRequest(PROMPT, 3, 40.0, 5).run(bench(engine), report)
    assert steering.identity == 0
    assert steering.base == steering.edited != steering.steered
    said = {side: "".join(piece.text for piece in report.records if piece.side == side) for side in SIDES}
    assert said == {"base": steering.base, "edited": steering.edited, "steered": steering.steered}
    assert engine.probe_digest() == before
    engine.close()


def test_a_real_preview_can_be_stopped_and_refuses_what_does_not_exist(tmp_path):
    from tests import tiny

    engine = tiny.engine(tmp_path / "session.hera")
    with pytest.raises(Cancelled):
        SteerRequest(PROMPT, 3, 40.0, 50).run(bench(engine), Recorder(stop_after=2))
    with pytest.raises(InputError, match="out of range"):
        SteerRequest(PROMPT, 9999, 1.0).run(bench(engine), Recorder())
    with pytest.raises(InputError, match="no model is loaded"):
        SteerRequest(PROMPT, 3, 1.0).run(Bench(), Recorder())
    engine.close()
