"""Which earlier runs may be gone on from."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.earlier_run import check_same

from ..samples import expect_sentence

EARLIER = {"trials": 8, "ranges": ["a"], "config": {"experiment": {"seed": 1}, "logging": {"level": "INFO"}}}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ranges": ["b"]}, "the earlier run has ranges ['a'] and this one ['b']"),
        ({"config": {"experiment": {"seed": 2}}}, "the earlier run has experiment.seed 1 and this one 2"),
        ({"trials": 9, "ranges": ["b"]}, "the earlier run has trials 8 and this one 9"),
        ({"steps": 3}, "the earlier run has steps None and this one 3"),
    ],
)
def test_the_first_setting_that_differs_is_named(changed, words):
    with expect_sentence(InputError, words, "another one takes another file"):
        check_same({**EARLIER, **changed}, EARLIER)


def test_what_may_change_and_what_is_logged_may_differ():
    check_same({**EARLIER, "trials": 9}, EARLIER, ("trials",))
    check_same({**EARLIER, "config": {**EARLIER["config"], "logging": {"level": "DEBUG"}}}, EARLIER)
