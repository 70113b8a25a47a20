"""The parts that compute what is drawn: the graph's lanes, the value scale, the figures."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from hera_desktop.gui.measures import MEASURES, visible
from hera_desktop.gui.records import Edge
from hera_desktop.gui.scales import CLIP, RootScale
from hera_desktop.gui.snapshots import timeline_view

from .fake import LIMITS, FakeEngine


def quiet(what, share):
    pass


def evolved(*prompts):
    engine = FakeEngine()
    for prompt in prompts:
        engine.evolve(prompt, None, quiet)
    return engine


def test_measures_are_those_of_the_engine():
    from hera_desktop.engine.immune.metrics import METRICS

    judged = {name: metric for name, metric in METRICS.items() if metric.limit}
    assert {m.name for m in MEASURES} == set(judged)
    for measure in MEASURES:
        metric = judged[measure.name]
        own = (measure.title, measure.unit, measure.digits, measure.neutral, measure.counts)
        assert own == (metric.title, metric.unit, metric.digits, metric.neutral, metric.counts)


def test_a_straight_history_is_one_lane():
    view = timeline_view(evolved("a", "b", "c"))
    assert view.lanes == 1
    assert view.current == 3
    assert [row.parent for row in view.proposals] == [0, 1, 2]
    assert view.edges == ((Edge(0, 0, False),), (Edge(0, 0, False),), (Edge(0, 0, False),), ())


def test_evolving_after_a_rollback_starts_a_branch():
    engine = evolved("a", "b", "c")
    engine.roll_back_to("p1")
    engine.evolve("d", None, quiet)
    view = timeline_view(engine)
    assert [row.lane for row in view.rows] == [0, 0, 0, 0, 1]
    assert [row.state for row in view.proposals] == ["active", "left", "left", "active"]
    assert view.rows[4].parent == 1
    assert view.edges[1] == (Edge(0, 0, True), Edge(0, 1, False))
    assert view.edges[3] == (Edge(1, 1, False),)


def test_a_rejected_step_hangs_on_the_state_it_was_tried_on():
    engine = evolved("a", "b")
    engine.roll_back_to("p1")
    engine.evolve("reject this", None, quiet)
    view = timeline_view(engine)
    assert view.rows[3].parent == 1
    assert view.rows[3].state == "rejected"
    assert view.current == 1


def test_a_reverted_patch_is_marked_and_the_rest_stays():
    engine = evolved("a", "b")
    engine.revert("p1")
    view = timeline_view(engine)
    assert [row.mark for row in view.rows] == ["base", "reverted", "committed"]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_the_scale_holds_small_values_and_limits(measure):
    limits = LIMITS[measure.name]
    scale = RootScale.of(measure.neutral, limits)
    top = limits["cumulative"][1]
    assert scale.height(measure.neutral) == 0
    assert scale.height(top) == pytest.approx(1)
    small = measure.neutral + 0.01 * (top - measure.neutral)
    assert scale.height(small) == pytest.approx(0.1)
    assert scale.value(scale.height(small)) == pytest.approx(small)
    assert scale.height(None) == scale.height(math.inf) == CLIP


def test_ticks_do_not_crowd():
    heights = sorted(height for height, _ in RootScale(0.0, 0.3).ticks(-0.1, 1.2, 0.2))
    assert len(heights) >= 3
    assert all(b - a >= 0.2 for a, b in pairwise(heights))


def test_a_limit_of_zero_can_be_drawn():
    assert RootScale.of(0.0, {"step": (0.0, 0.0)}).height(0.0) == 0


def test_figures_have_fixed_digits():
    js, ppl, _ = MEASURES
    assert js.text(0.012345) == "0.0123"
    assert ppl.text(1.0) == "1.000"
    assert js.text(None) == "not finite"
    assert visible(" a\n") == "·a↵"
