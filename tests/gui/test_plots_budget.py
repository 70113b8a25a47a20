"""The budget gauge, and who keeps it up to date."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QColor

from hera_desktop.gui.budget import BudgetUse
from hera_desktop.gui.budget_gauge import BudgetGauge
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.requests import LoadRequest
from hera_desktop.gui.standing_desk import StandingDesk
from hera_desktop.gui.theme import LIGHT

from .conftest import WAIT_MS
from .fake import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform


@pytest.fixture
def gauge(qtbot):
    gauge = BudgetGauge()
    qtbot.addWidget(gauge)
    gauge.resize(gauge.sizeHint())
    return gauge


# --- the gauge -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "figure", "level"),
    [
        (0.0, "0 %", "safe"),
        (0.61, "61 %", "safe"),
        (0.7, "70 %", "warning"),
        (0.999, "99 %", "warning"),
        (1.0, "100 %", "warning"),
        (1.001, "101 %", "reject"),
        (2.5, "250 %", "reject"),
        (float("inf"), "over", "reject"),
    ],
)
def test_the_share_is_written_and_never_rounded_over_the_limit(gauge, share, figure, level):
    gauge.show_use(BudgetUse(share, "ppl_ratio"))
    assert (gauge.figure, gauge.level) == (figure, level)


def test_the_tooltip_names_the_measure_and_the_formula(gauge):
    gauge.show_use(BudgetUse(0.61, "ppl_ratio"))
    sentence, formula, _ = gauge.toolTip().split("\n")
    assert sentence == "61 % of the budget is used; nearest to its limit is perplexity ratio."
    assert formula.startswith("(cumulative value - neutral) / (cumulative limit - neutral)")
    assert gauge.accessibleDescription() == sentence


def test_what_is_not_known_yet_is_being_measured(gauge):
    gauge.show_use(BudgetUse(0.61, "ppl_ratio"))
    gauge.show_use(None)
    assert gauge.figure == "measuring"
    assert "measured" in gauge.accessibleDescription()


def test_a_measure_that_is_not_finite_is_over_the_limit(gauge):
    gauge.show_use(BudgetUse(float("inf"), "js_divergence"))
    assert gauge.sentence == "Over the limit: JS divergence against the base is not finite."


def test_the_warning_starts_where_the_configuration_says(gauge):
    gauge.show_warn_share(0.5)
    gauge.show_use(BudgetUse(0.6, "ppl_ratio"))
    assert gauge.level == "warning"


def patterns(gauge):
    """The colours inside the filled part of the bar."""
    image = gauge.grab().toImage()
    middle = image.height() // 2
    left = gauge.fontMetrics().horizontalAdvance("budget") + 14
    return {image.pixelColor(x, y).name() for x in range(left, left + 30) for y in range(middle - 2, middle + 3)}


def test_the_levels_differ_by_pattern_and_not_by_colour_alone(gauge):
    seen = {}
    for share in (0.65, 0.8, 1.3):
        gauge.show_use(BudgetUse(share, "ppl_ratio"))
        seen[gauge.level] = patterns(gauge)
    assert seen["safe"] == {LIGHT.committed}
    assert LIGHT.warning in seen["warning"]
    assert LIGHT.rejected in seen["reject"]
    assert len(seen["warning"]) > 1
    assert len(seen["reject"]) > 1


def test_the_bar_is_as_long_as_the_share(gauge):
    def filled():
        image = gauge.grab().toImage()
        return sum(image.pixelColor(x, image.height() // 2) == QColor(LIGHT.committed) for x in range(image.width()))

    gauge.show_use(BudgetUse(0.25, "ppl_ratio"))
    quarter = filled()
    gauge.show_use(BudgetUse(0.5, "ppl_ratio"))
    assert filled() == pytest.approx(2 * quarter, abs=3)
    assert quarter > 10


# --- the desk --------------------------------------------------------------------------------------------------------


class Told:
    """What the desk said, and the controller it works for."""

    def __init__(self, qtbot, engine):
        self.qtbot, self.engine = qtbot, engine
        self.controller = Controller(LoadRequest(factory=lambda progress: engine))
        self.desk = StandingDesk(self.controller)
        self.found, self.uses, self.shares = [], [], []
        self.desk.found.connect(self.found.append)
        self.desk.use_changed.connect(self.uses.append)
        self.desk.warn_share_changed.connect(self.shares.append)

    def settle(self):
        """Until the standing of the present state is known."""
        self.qtbot.waitUntil(lambda: not self.controller.busy and self.desk.standing is not None, timeout=WAIT_MS)

    def do(self, action, *args):
        action(*args)
        self.settle()


@pytest.fixture
def desk(qtbot):
    told = Told(qtbot, FakeEngine())
    told.do(told.controller.load)
    yield told
    assert told.controller.close()


def test_the_base_uses_nothing(desk):
    assert desk.found[-1].changes == ()
    assert desk.uses[-1].share == 0.0
    assert desk.uses[0] is None
    assert desk.shares == [pytest.approx(0.7)]


def test_after_a_step_the_budget_is_known_at_once(desk, qtbot):
    asked = desk.engine.standings
    with qtbot.waitSignal(desk.controller.arrived, check_params_cb=lambda record: hasattr(record, "snapshot")):
        desk.controller.evolve("The capital of France is")
    assert desk.uses[-1].measure in ("js_divergence", "ppl_ratio", "cosine_drift")
    assert desk.uses[-1].share > 0
    assert desk.engine.standings == asked
    desk.settle()
    assert desk.found[-1].changes == ((7, "mlp.out", 0.001),)


def test_a_state_is_asked_for_once(desk):
    desk.do(desk.controller.evolve, "one")
    desk.do(desk.controller.evolve, "two")
    asked = desk.engine.standings
    desk.do(desk.controller.move, "undo")
    desk.do(desk.controller.move, "redo")
    assert desk.engine.standings == asked
    assert desk.found[-1].changes == ((7, "mlp.out", 0.002),)


def test_a_rejected_step_leaves_the_standing(desk):
    asked, said = desk.engine.standings, len(desk.found)
    desk.do(desk.controller.evolve, "reject this")
    assert desk.engine.standings == asked
    assert len(desk.found) == said


def test_nothing_is_measured_while_a_step_runs(qtbot):
    gate = threading.Event()
    told = Told(qtbot, FakeEngine(gate))
    told.controller.load()
    qtbot.waitUntil(lambda: told.controller.ready, timeout=WAIT_MS)
    told.controller.evolve("The capital of France is")
    qtbot.wait(400)
    assert told.engine.standings == 0
    gate.set()
    told.settle()
    assert told.engine.standings == 1
    assert told.controller.close()


def test_other_probes_make_it_forget(desk, qtbot):
    asked = desk.engine.standings
    desk.desk.forget()
    assert desk.uses[-1] is None
    desk.settle()
    assert desk.engine.standings == asked + 1


def test_a_failure_is_told_once_and_not_tried_again_and_again(desk, qtbot):
    def broken():
        from hera_desktop.engine.errors import InputError

        desk.engine.standings += 1
        raise InputError("the probes cannot be read")

    desk.engine.standing = broken
    asked = desk.engine.standings
    desk.desk.forget()
    qtbot.waitUntil(lambda: desk.engine.standings == asked + 1, timeout=WAIT_MS)
    qtbot.wait(700)
    assert desk.engine.standings == asked + 1
    assert [m.text for m in desk.controller.messages.kept].count("the probes cannot be read") == 1
