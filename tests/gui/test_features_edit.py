"""From feature to edit: a proposal is judged before anything is committed, and committed only on the state it was
measured on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from hera_desktop.engine.errors import InputError
from hera_desktop.gui.edit_records import AtlasBuilt, EditDropped, EditFeature, ProposedEdit, SaeTrained, SteerPiece
from hera_desktop.gui.edit_requests import CommitEditRequest, DropEditRequest, ProposeEditRequest
from hera_desktop.gui.edit_sentences import edit_sentence
from hera_desktop.gui.features.proposal import WAITING, ProposalView
from hera_desktop.gui.features.verdict_table import state_of
from hera_desktop.gui.measures import MEASURES
from hera_desktop.gui.records import Step, StepChoices, TextPiece
from hera_desktop.gui.requests import Bench

from .fake import LIMITS
from .test_features_steering import PROMPT, Recorder, bench, show, snapshot

STATE = "a" * 64
CHOICES = StepChoices((("hebbian", "Hebbian (outer product)"), ("oja", "Oja")), "hebbian", 1.0, (7,), 30)
FEATURES = (EditFeature(12, "capital", 7.1, 4.4), EditFeature(88, "digits", None, 3.3), EditFeature(45))
SAFE = ProposedEdit(
    prompt=PROMPT,
    level="safe",
    reason="safe: all measures are under their limits; nearest is JS divergence",
    worst_probe="a probe",
    metrics={
        "js_divergence": {"step": 0.03, "cumulative": 0.25},
        "ppl_ratio": {"step": 1.034, "cumulative": 2.5},
        "cosine_drift": {"step": 0.0021, "cumulative": None},
    },
    limits=LIMITS,
    features=((12, 7.1), (88, 3.3)),
    strategy="hebbian",
    strength=1.0,
    layers=(7, 8),
    rank=2,
    norm=0.1234,
    state_hash=STATE,
)
REJECTED = replace(SAFE, level="reject", reason="rejected: JS divergence is 0.2 bits, over the limit 0.15")


@pytest.fixture
def view(qtbot):
    view = ProposalView()
    area = show(qtbot, view)
    view.show_choices(CHOICES)
    view.show_snapshot(snapshot(STATE))
    view.set_state(True, False)
    view.show_features(FEATURES)
    view.suggest_prompt(PROMPT)
    yield view
    area.close()


def proposes(view, qtbot):
    with qtbot.waitSignal(view.propose_wanted) as wanted:
        qtbot.mouseClick(view.propose_button, Qt.MouseButton.LeftButton)
    return wanted.args[0]


# --- what is asked for ----------------------------------------------------------------------------------------------


def test_nothing_ticked_says_what_it_is_for(view):
    assert view.layout().currentIndex() == 1
    view.show_features(())
    assert view.layout().currentIndex() == 0


def test_propose_asks_for_what_is_ticked_and_set(view, qtbot):
    view.step.strategy.setCurrentIndex(1)
    view.step.strength.setValue(2.5)
    view.step.blocks.setText("7, 8")
    usual = ((12, 4.4), (88, 3.3))
    assert proposes(view, qtbot) == ProposeEditRequest(PROMPT, (12, 88, 45), usual, "oja", 2.5, (7, 8))


def test_the_list_shows_how_active_each_feature_is(view):
    assert view.list.texts() == [
        ["12", "capital", "7.10", "4.40", "–"],
        ["88", "digits", "–", "3.30", "–"],
        ["45", "not named", "–", "–", "–"],
    ]
    view.show_proposal(SAFE)
    assert [row[4] for row in view.list.texts()] == ["7.10", "3.30", "–"]


def test_an_empty_prompt_is_told_in_words(view, qtbot):
    view.prompt.setPlainText("  ")
    assert view.hint.text() == "The prompt is empty; the edit is keyed to its last token."
    assert not view.propose_button.isEnabled()


def test_a_bad_block_is_told_in_place_until_it_is_mended(view, qtbot):
    view.step.blocks.setText("99")
    with qtbot.assertNotEmitted(view.propose_wanted):
        view.propose()
    assert view.hint.text() == "Block 99 is out of range: FakeLM-135M has blocks 0 to 29"
    view.step.blocks.selectAll()
    qtbot.keyClicks(view.step.blocks, "9")
    assert not view.hint.isVisible()
    assert proposes(view, qtbot).blocks == (9,)


def test_features_are_left_out_from_the_list(view, qtbot):
    view.list.selectRow(1)
    with qtbot.waitSignal(view.untick_wanted) as unticked:
        qtbot.mouseClick(view.untick_button, Qt.MouseButton.LeftButton)
    assert unticked.args == [88]
    view.list.selectRow(0)
    with qtbot.waitSignal(view.untick_wanted) as unticked:
        qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert unticked.args == [12]


# --- what is shown --------------------------------------------------------------------------------------------------


def test_before_a_proposal_nothing_can_be_committed(view):
    assert view.verdict.text() == WAITING
    assert not view.commit_button.isVisible()
    assert not view.table.isVisible()


def test_the_verdict_appears_with_its_measures_and_limits(view):
    view.show_proposal(SAFE)
    assert (view.mark.mark, view.verdict.text()) == ("committed", "Safe")
    assert view.reason.text() == "All measures are under their limits; nearest is JS divergence."
    assert view.table.texts() == [
        ["JS divergence, bits", "0.0300 of 0.15", "0.2500 of 0.3"],
        ["perplexity ratio, x", "1.034 of 1.5", "2.500 of 2"],
        ["cosine drift, 1 - cos", "0.0021 of 0.05", "not finite, limit 0.1"],
    ]
    marks = [view.table.item(row, 2).data(Qt.ItemDataRole.UserRole) for row in range(3)]
    assert marks == ["warning", "rejected", "rejected"]
    assert "block 7, 8, rank 2, norm 0.123 · worst probe: a probe" in view.about.text()


def test_a_safe_proposal_is_committed_and_a_rejected_one_recorded(view, qtbot):
    view.show_proposal(SAFE)
    assert view.commit_button.text() == "Commit"
    with qtbot.waitSignal(view.commit_wanted) as wanted:
        qtbot.mouseClick(view.commit_button, Qt.MouseButton.LeftButton)
    assert wanted.args[0] == CommitEditRequest()
    view.show_proposal(REJECTED)
    assert (view.mark.mark, view.commit_button.text()) == ("rejected", "Record as rejected")
    assert view.commit_button.isEnabled()
    with qtbot.waitSignal(view.drop_wanted) as wanted:
        qtbot.mouseClick(view.drop_button, Qt.MouseButton.LeftButton)
    assert wanted.args[0] == DropEditRequest()


def test_after_a_commit_undo_is_about_the_model(view, qtbot):
    qtbot.keyClicks(view.prompt, "x")
    assert view.prompt.document().isUndoAvailable()
    view.show_proposal(SAFE)
    qtbot.mouseClick(view.commit_button, Qt.MouseButton.LeftButton)
    assert not view.prompt.document().isUndoAvailable()
    view.suggest_prompt("another text")
    assert view.prompt.prompt == "x" + PROMPT


def test_a_stale_proposal_cannot_be_committed_and_says_why(view, qtbot):
    view.show_proposal(SAFE)
    view.show_snapshot(snapshot(STATE))
    assert view.commit_button.isEnabled()
    view.show_snapshot(snapshot("b" * 64, ("p1",)))
    assert not view.commit_button.isEnabled()
    assert view.stale.text() == (
        "The model has changed since this was measured, from state aaaaaaaaaaaa to bbbbbbbbbbbb: propose it again."
    )
    view.show_snapshot(snapshot(STATE))
    assert not view.commit_button.isEnabled()
    view.show_proposal(SAFE)
    assert view.commit_button.isEnabled()
    assert not view.stale.isVisible()


def test_the_state_that_comes_of_its_own_commit_is_not_called_a_change(view, qtbot):
    view.show_proposal(SAFE)
    qtbot.mouseClick(view.commit_button, Qt.MouseButton.LeftButton)
    view.set_state(False, True)
    view.show_snapshot(snapshot("b" * 64, ("p1",)))
    assert not view.stale.isVisible()
    view.withdraw("the model has changed since this was proposed; propose it again")
    assert view.stale.isVisible()
    view.set_state(True, False)
    assert not view.commit_button.isEnabled()


def test_a_new_proposal_takes_the_place_of_the_old_one(view):
    view.show_proposal(SAFE)
    view.begin()
    assert (view.mark.mark, view.verdict.text()) == ("running", "Measuring the proposal; nothing is committed.")
    assert not view.commit_button.isVisible()


def test_what_went_wrong_is_told_in_place(view):
    view.begin()
    view.withdraw("feature 45 is not active")
    assert (view.mark.mark, view.verdict.text()) == ("failed", "feature 45 is not active")
    view.begin()
    view.withdraw()
    assert (view.mark.mark, view.verdict.text()) == ("cancelled", "Stopped; nothing was proposed.")
    view.show_proposal(SAFE)
    view.withdraw("disk full")
    assert view.reason.text() == "disk full"
    assert view.commit_button.isVisible()


def test_after_a_commit_the_page_is_free_for_the_next(view):
    view.show_proposal(SAFE)
    view.clear("Step 3 is committed as p3.", "committed")
    assert view.verdict.text() == "Step 3 is committed as p3."
    assert not view.commit_button.isVisible()
    assert view.propose_button.isEnabled()
    assert [row[4] for row in view.list.texts()] == ["–"] * 3


def test_unticking_all_keeps_a_proposal_that_waits(view):
    view.show_proposal(SAFE)
    view.show_features(())
    assert view.layout().currentIndex() == 1
    assert view.commit_button.isEnabled()
    assert not view.propose_button.isEnabled()


def test_while_a_job_runs_only_cancel_can_be_pressed(view):
    view.show_proposal(SAFE)
    view.set_state(False, True)
    enabled = (view.propose_button, view.commit_button, view.drop_button, view.cancel_button)
    assert [button.isEnabled() for button in enabled] == [False, False, False, True]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
@pytest.mark.parametrize("used", [0.0, 0.5, 0.69, 0.71, 1.0, 1.01])
def test_a_value_is_marked_as_the_immune_system_judges_it(measure, used):
    from hera_desktop.engine.config import ImmuneConfig
    from hera_desktop.engine.immune.verdict import Limits

    limits = Limits.from_config(ImmuneConfig())
    bounds = (limits.warn("step", measure.name), limits.reject["step", measure.name])
    value = measure.neutral + used * (bounds[1] - measure.neutral)
    assert state_of(measure, value, bounds) == ("rejected" if used > 1 else "warning" if used > 0.7 else "committed")


def test_an_unchanged_measure_is_safe_under_a_limit_of_nothing():
    assert state_of(MEASURES[0], 0.0, (0.0, 0.0)) == "committed"
    assert state_of(MEASURES[0], 1e-9, (0.0, 0.0)) == "rejected"


# --- the requests ---------------------------------------------------------------------------------------------------


@pytest.fixture
def engine(tmp_path):
    from tests import tiny

    engine = tiny.engine(tmp_path / "session.hera")
    yield engine
    engine.close()


def active_features(engine, count=2):
    return tuple(feature.id for feature in engine.features(PROMPT, count)[-1].features)


def test_a_proposal_is_measured_and_not_committed(engine):
    made, digest = bench(engine), engine.probe_digest()
    ids = active_features(engine)
    found = ProposeEditRequest(PROMPT, ids, (), "hebbian", 0.5, (1,)).run(made, Recorder())
    assert {feature for feature, _ in found.features} == set(ids)
    assert (found.strategy, found.strength, found.layers) == ("hebbian", 0.5, (1,))
    assert found.metrics.keys() == found.limits.keys() == {m.name for m in MEASURES}
    assert found.state_hash == engine.state_hash
    assert made.judged is not None
    assert engine.info().active == ()
    assert engine.probe_digest() == digest


def test_a_fallback_stands_in_for_a_feature_that_is_not_active(engine):
    from hera_desktop.engine.feature_lab import FeatureLab

    made = bench(engine)
    active = FeatureLab(engine).read(PROMPT, keep=96).ids[-1]
    idle = next(feature for feature in range(96) if feature not in active)
    with pytest.raises(InputError, match=f"feature {idle} is not active"):
        ProposeEditRequest(PROMPT, (idle,)).run(made, Recorder())
    assert made.judged is None
    found = ProposeEditRequest(PROMPT, (idle,), ((idle, 4.5),)).run(made, Recorder())
    assert found.features == ((idle, 4.5),)


def test_a_commit_is_told_like_a_step(engine):
    made, report = bench(engine), Recorder()
    ProposeEditRequest(PROMPT, active_features(engine)).run(made, Recorder())
    evolved = CommitEditRequest(3).run(made, report)
    step = report.records[0]
    assert isinstance(step, Step)
    assert (step.result.patch_id, step.result.prompt, step.before_label) == ("p1", PROMPT, "Before, the base")
    assert step.snapshot.info.active == engine.info().active == ("p1",)
    assert {piece.side for piece in report.records[1:] if isinstance(piece, TextPiece)} == {"before", "after"}
    assert evolved.complete
    assert made.judged is None


def test_a_rejected_proposal_is_recorded_and_not_applied(tmp_path):
    from tests import tiny

    engine = tiny.engine(tmp_path / "session.hera", immune__max_js_divergence=0.0)
    made, digest = bench(engine), engine.probe_digest()
    assert ProposeEditRequest(PROMPT, active_features(engine)).run(made, Recorder()).level == "reject"
    evolved = CommitEditRequest(0).run(made, Recorder())
    assert evolved.result.status == "rejected"
    assert [entry.status for entry in engine.registry.history] == ["rejected"]
    assert engine.probe_digest() == digest
    engine.close()


def test_a_proposal_of_another_state_is_not_committed(engine):
    made, ids = bench(engine), active_features(engine)
    ProposeEditRequest(PROMPT, ids).run(made, Recorder())
    engine.evolve("def add(a, b):")
    with pytest.raises(InputError, match="the model has changed since this was proposed"):
        CommitEditRequest(0).run(made, Recorder())
    assert len(engine.registry.history) == 1


def test_a_dropped_proposal_cannot_be_committed(engine):
    made = bench(engine)
    ProposeEditRequest(PROMPT, active_features(engine)).run(made, Recorder())
    assert DropEditRequest().run(made, Recorder()) == EditDropped()
    assert made.judged is None
    with pytest.raises(InputError, match="no proposal is waiting"):
        CommitEditRequest().run(made, Recorder())
    assert engine.registry.history == []


def test_a_setting_out_of_range_is_refused(engine):
    with pytest.raises(InputError, match=r"evolution\.learning_rate"):
        ProposeEditRequest(PROMPT, (1,), (), "hebbian", 5000.0).run(bench(engine), Recorder())


def test_another_model_drops_the_proposal(engine):
    made = bench(engine)
    made.judged = object()
    made.engine = None
    made.replace(engine)
    assert made.judged is None


def test_requests_without_a_model_fail_with_a_sentence():
    for request in (ProposeEditRequest(PROMPT, (1,)), CommitEditRequest()):
        with pytest.raises(InputError, match="no model is loaded"):
            request.run(Bench(), Recorder())


# --- sentences ------------------------------------------------------------------------------------------------------


def test_outcomes_in_words():
    assert edit_sentence(SAFE)[1] == "info"
    assert edit_sentence(REJECTED) == (
        "Proposed, rejected: JS divergence is 0.2 bits, over the limit 0.15; nothing is committed yet",
        "warning",
    )
    assert edit_sentence(EditDropped()) == ("The proposal is dropped; the last committed state stands", "info")
    assert edit_sentence(AtlasBuilt("/a")) == ("The atlas is built: /a", "info")
    assert edit_sentence(SaeTrained("/s")) == ("The SAE is trained and lies in /s", "info")
    assert edit_sentence(SteerPiece("base", "x")) is None
