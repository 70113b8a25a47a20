"""Runs over edits, on a model that is a list of the edits it was given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.experiments.edit_run import UNEDITED, AppliedEdit, Unedited, run_edits
from hera_desktop.engine.experiments.edit_scores import EditScores

from .records import record

RECORDS = tuple(record(number) for number in range(7))


class Fake:
    """Editor and scorer in one: a record is efficient while it is edited, and ``forgets`` all but the last so many."""

    def __init__(self, unknown=(), rejected=(), forgets=99, fails_at=None, too_long=(), refused=()) -> None:
        self.edited: list[str] = []
        self.asked: list[str] = []
        self.most = 0
        self.undone = 0
        self.unknown, self.rejected, self.forgets, self.fails_at = unknown, rejected, forgets, fails_at
        self.too_long, self.refused = too_long, refused

    def apply(self, one) -> AppliedEdit:
        if one.record_id in self.refused:
            raise InputError(f"the loss of {one.record_id} is not finite")
        rejected = one.record_id in self.rejected
        if not rejected:
            self.edited.append(one.record_id)
        self.most = max(self.most, len(self.edited))
        outcome = "rejected" if rejected else "committed"
        return AppliedEdit(f"p{one.record_id}", outcome, seconds=2.0, share=1.0, rank=1, norm=0.5)

    def undo(self, applied) -> None:
        assert applied.patch_id == f"p{self.edited[-1]}" and applied.outcome != "rejected"
        self.edited.pop()
        self.undone += 1

    def check(self, one, fluency=False) -> None:
        if one.record_id in self.too_long:
            raise InputError(f"record {one.record_id} is too long")

    def known(self, records):
        assert not self.edited
        self.asked += [one.record_id for one in records]
        return [one.record_id not in self.unknown for one in records]

    def scores(self, records, fluency=False):
        return [self._score(one, fluency) for one in records]

    def _score(self, one, fluency) -> EditScores:
        if one.record_id == self.fails_at:
            raise RuntimeError("broken")
        took = one.record_id in self.edited[-self.forgets :]
        return EditScores(took, float(took), float(took), 1.0, took, fluency=3.0 if fluency else None)

    def standing(self) -> dict[str, float]:
        return {"js_divergence": 0.001 * len(self.edited), "ppl_ratio": 1.0}


def run(fake: Fake, records=RECORDS, strategy="rome", **given):
    return run_edits(fake, fake, records, strategy, standing=fake.standing, **given)


def ids(edits) -> list[str]:
    return [edit.record.record_id for edit in edits]


# --- single edits -----------------------------------------------------------------------------------------------------


def test_a_single_run_scores_each_edit_by_itself_and_undoes_it():
    fake = Fake(unknown={"2"})
    result = run(fake, fluency=True)
    assert result.finished and ids(result.edits) == ["0", "1", "3", "4", "5", "6"]
    assert result.skipped == (RECORDS[2],)
    assert (fake.most, fake.undone, fake.edited) == (1, 6, [])
    assert all(edit.scores.efficacy and edit.scores.fluency == 3.0 for edit in result.edits)
    assert result.edits[0].standing == {"js_divergence": 0.001, "ppl_ratio": 1.0}


def test_a_rejected_edit_is_scored_as_it_is_and_not_undone():
    fake = Fake(rejected={"1"})
    result = run(fake)
    assert result.edits[1].applied.outcome == "rejected" and not result.edits[1].scores.efficacy
    assert fake.undone == 6


def test_an_edit_is_undone_where_scoring_it_fails():
    fake = Fake(fails_at="1")
    with pytest.raises(RuntimeError):
        run(fake)
    assert (fake.edited, fake.undone) == ([], 2)


def test_the_unedited_model_is_scored_on_the_records_that_would_be_edited():
    fake = Fake(unknown={"0"})
    result = run_edits(Unedited(), fake, RECORDS, UNEDITED)
    assert len(result.edits) == 6 and not any(edit.scores.efficacy for edit in result.edits)


def test_what_there_is_is_saved_after_every_fifth_record_and_at_the_end():
    saved = []
    result = run(Fake(unknown={"1"}), save=saved.append)
    assert [len(one.edits) + len(one.skipped) for one in saved] == [5, 7] and saved[-1] == result
    saved.clear()
    run(Fake(), RECORDS[:5], save=saved.append)
    assert [len(one.edits) for one in saved] == [5]


def test_a_stopped_run_ends_with_what_is_there():
    heard, fake = [], Fake()
    result = run(
        fake, progress=lambda what, share: heard.append((what, share)), cancelled=lambda: len(heard) == 3, save=print
    )
    assert ids(result.edits) == ["0", "1", "2"] and not result.finished and fake.edited == []
    assert heard[2] == ("rome: edit 3 of 7", 2 / 7)


@pytest.mark.parametrize("sequential", [False, True])
def test_an_edit_that_is_cancelled_leaves_the_ones_before(sequential):
    class Stopping(Fake):
        def apply(self, one):
            if one.record_id == "3":
                raise Cancelled("enough")
            return super().apply(one)

    result = run(Stopping(), sequential=sequential)
    assert ids(result.edits) == ["0", "1", "2"] and not result.finished


# --- taken up again ---------------------------------------------------------------------------------------------------


def test_records_of_an_earlier_run_are_not_edited_again():
    earlier = run(Fake(unknown={"1"}), RECORDS[:4], settings={"layers": (5,)})
    fake, saved = Fake(), []
    result = run(fake, settings={"layers": (5,)}, done=earlier, save=saved.append)
    assert fake.asked == ["4", "5", "6"] and result.finished and saved == [result]
    assert ids(result.edits) == ["0", "2", "3", "4", "5", "6"] and result.skipped == (RECORDS[1],)
    assert run(Fake(), done=replace(result, settings={})) == replace(result, settings={})


def test_a_record_that_reads_otherwise_now_is_edited_again():
    earlier = run(Fake())
    fake = Fake()
    run(fake, (record(0, target="Oslo"), *RECORDS[1:]), done=earlier)
    assert fake.asked == ["0"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"strategy": "memit"}, "the earlier run has strategy 'rome' and this one 'memit'"),
        ({"settings": {"layer": 6}}, "the earlier run has layer None and this one 6"),
        ({"fluency": True}, "the earlier run has fluency False and this one True"),
        ({"sequential": True}, "the earlier run has sequential False and this one True"),
    ],
)
def test_a_run_of_another_kind_cannot_be_taken_up(given, words):
    with pytest.raises(InputError) as caught:
        run(Fake(), done=run(Fake()), **given)
    assert words in str(caught.value)


def test_a_run_without_some_of_the_earlier_records_is_refused():
    with pytest.raises(InputError, match=r"the earlier run has record '2', which is not among the 2 of this one"):
        run(Fake(), RECORDS[:2], done=run(Fake(), RECORDS[:3]))


def test_what_an_earlier_run_measured_is_there_from_the_first_save_on():
    earlier, saved = run(Fake(), RECORDS[3:]), []
    stopped = run(Fake(), done=earlier, save=saved.append, cancelled=lambda: True)
    assert saved == [stopped] and set(ids(stopped.edits)) == {"3", "4", "5", "6"} and not stopped.finished


@pytest.mark.parametrize(
    ("stop", "edits", "scored"),
    [
        ("what the model knows", 0, []),
        ("edit 2 of 6", 1, [1]),
        ("edit 4 of 6", 3, [1]),
        ("scoring 4 edits", 4, [1]),
        ("edit 5 of 6", 4, [1, 4]),
        ("scoring 6 edits", 6, [1, 4]),
    ],
)
def test_a_sequential_run_goes_on_with_the_edits_that_the_model_holds(stop, edits, scored):
    given = {"sequential": True, "checkpoints": (1, 4)}
    whole = run(Fake(unknown={"2"}), **given)

    def told(what, share):
        if what == f"rome: {stop}":
            raise Cancelled("enough")

    part = run(Fake(unknown={"2"}), progress=told, **given)
    assert (len(part.edits), sorted(part.checked), part.finished) == (edits, scored, False)
    fake = Fake(unknown={"2"})
    fake.edited = ids(part.edits)
    assert run(fake, done=part, **given) == whole
    assert fake.asked == ([] if edits else list("0123456")) and fake.edited == list("013456")


@pytest.mark.parametrize("records", [RECORDS[:6], (record(0, target="Oslo"), *RECORDS[1:])])
def test_a_sequential_run_of_other_records_cannot_be_taken_up(records):
    done = run(Fake(), sequential=True)
    with pytest.raises(InputError, match=r"the earlier run was of 7 records, not of the [67] of this one"):
        run(Fake(), records, sequential=True, done=done)


def test_records_given_twice_and_checkpoints_before_the_first_edit_are_one_sentence():
    with pytest.raises(InputError, match="record '1' is given 2 times; every record is edited once"):
        run(Fake(), (*RECORDS, RECORDS[1]))
    with pytest.raises(InputError, match="checkpoint 0 comes before the first edit"):
        run(Fake(), sequential=True, checkpoints=(5, 0))
    assert run(Fake(), ()).finished


# --- records that cannot be used --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sequential", [False, True])
def test_a_record_that_cannot_be_used_is_skipped_with_its_reason(sequential):
    fake = Fake(unknown={"0"}, too_long={"1"}, refused={"4"})
    result = run(fake, sequential=sequential, checkpoints=(2,))
    assert result.finished and ids(result.edits) == ["2", "3", "5", "6"] and result.skipped == (RECORDS[0],)
    reasons = {one.record.record_id: one.reason for one in result.unusable}
    assert reasons == {"1": "record 1 is too long", "4": "the loss of 4 is not finite"}
    assert set(result.passed_over) == {RECORDS[0], RECORDS[1], RECORDS[4]} and "1" not in fake.asked
    assert sorted(result.checked) == ([2, 4] if sequential else [])


def test_an_edit_whose_scoring_cannot_be_done_is_undone_and_skipped():
    class Mute(Fake):
        def scores(self, records, fluency=False):
            if records[0].record_id == "1":
                raise InputError("it cannot be read")
            return super().scores(records, fluency)

    fake = Mute()
    result = run(fake)
    assert result.finished and [one.reason for one in result.unusable] == ["it cannot be read"]
    assert len(result.edits) == 6 and fake.undone == 7 and fake.edited == []


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("stop", [3, 5, 6])
def test_a_run_with_such_a_record_goes_on_where_it_was(sequential, stop):
    given = {"sequential": sequential, "checkpoints": (2,)}
    broken = {"too_long": {"1"}, "refused": {"3"}}
    whole, asked = run(Fake(**broken), **given), []
    part = run(Fake(**broken), cancelled=lambda: asked.append(1) or len(asked) > stop, **given)
    fake = Fake(**broken)
    fake.edited = ids(part.edits) if sequential else []
    assert not part.finished and run(fake, done=part, **given) == whole


@pytest.mark.parametrize("sequential", [False, True])
def test_what_was_measured_is_saved_where_the_run_ends_by_an_error(sequential):
    class Breaking(Fake):
        def apply(self, one):
            if one.record_id == "3":
                raise RuntimeError("out of power")
            return super().apply(one)

    saved = []
    with pytest.raises(RuntimeError, match="out of power"):
        run(Breaking(), sequential=sequential, save=saved.append)
    assert ids(saved[-1].edits) == ["0", "1", "2"]


# --- one on top of the other ------------------------------------------------------------------------------------------


def test_a_sequential_run_scores_all_edits_so_far_at_every_checkpoint_and_at_the_end():
    fake = Fake(unknown={"0"}, rejected={"3"}, forgets=3)
    result = run(fake, sequential=True, checkpoints=(1, 4, 50))
    assert result.finished and result.skipped == (RECORDS[0],) and fake.undone == 0
    assert [point.edits for point in result.checkpoints] == [1, 4, 6]
    took = [[score.efficacy for score in point.scores] for point in result.checkpoints]
    assert took == [[True], [True, True, False, True], [False, False, False, True, True, True]]
    assert [point.standing["js_divergence"] for point in result.checkpoints] == [0.001, 0.003, 0.005]
    assert all(edit.scores is None for edit in result.edits) and fake.edited == ["1", "2", "4", "5", "6"]


def test_a_sequential_run_is_saved_at_every_checkpoint_and_every_fifth_edit():
    saved = []
    records = tuple(record(number) for number in range(40))
    run(Fake(), records, sequential=True, checkpoints=(1, 12), save=saved.append)
    assert [len(one.edits) for one in saved] == [1, 5, 10, 12, 15, 20, 25, 30, 35, 40]


def test_a_sequential_run_of_which_nothing_is_known_is_finished_without_edits():
    result = run(Fake(unknown={one.record_id for one in RECORDS}), sequential=True)
    assert result.finished and not result.edits and not result.checkpoints and len(result.skipped) == 7


def test_a_run_stopped_while_it_is_scored_keeps_the_edits():
    heard = []
    result = run(
        Fake(),
        sequential=True,
        checkpoints=(3,),
        progress=lambda what, share: heard.append(what),
        cancelled=lambda: bool(heard) and heard[-1] == "rome: edit 3 of 7",
    )
    assert ids(result.edits) == ["0", "1", "2"] and result.checkpoints == () and not result.finished
