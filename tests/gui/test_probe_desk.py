"""Probes and limits of a session, calibrated and changed in the window, on a tiny real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from hera_desktop.engine.calibration import CalibrationPlan, calibration_of
from hera_desktop.engine.null_statistics import NullSamples
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.probe_desk import ProbeDesk
from hera_desktop.gui.probe_requests import ApplyLimitsRequest, CalibrateRequest, ConfigureProbesRequest
from hera_desktop.gui.requests import LoadRequest

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
WAIT_MS = 60_000


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[ProbeDesk]:
    def build(progress: object):
        import torch

        from tests import tiny
        from tests.engine.samples import probe_file

        torch.set_num_threads(1)
        return tiny.engine(tmp_path / "session.hera", immune__probes=probe_file(tmp_path))

    controller = Controller(LoadRequest(factory=build), tokens=0)
    made = ProbeDesk(controller)
    qtbot.addWidget(made.editor)
    controller.load()
    settle(qtbot, made)
    yield made
    assert controller.close(), "the model thread did not end"


def settle(qtbot, desk: ProbeDesk) -> None:
    controller = desk._controller
    qtbot.waitUntil(lambda: controller.ready and not desk.looking, timeout=WAIT_MS)


def shown(qtbot, desk: ProbeDesk) -> ProbeDesk:
    desk.show()
    settle(qtbot, desk)
    return desk


def click(qtbot, button) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def last_message(desk: ProbeDesk) -> str:
    return desk._controller.messages.last.text


def calibrated(qtbot, desk: ProbeDesk, count: int = 24, norm: float = 0.5) -> None:
    form = desk.editor.calibration.form
    form.source.setCurrentIndex(form.source.findData("given"))
    form.norm.setValue(norm)
    form.count.setValue(count)
    form.rate.setValue(20.0)
    desk.editor.tabs.setCurrentIndex(2)
    click(qtbot, desk.editor.calibration.measure_button)
    settle(qtbot, desk)


def test_the_session_s_probes_are_read_when_the_editor_is_opened(qtbot, desk):
    assert desk.editor.draft.probes.probes == ()
    shown(qtbot, desk)
    assert desk.editor.draft.probes.probes[0].text == "The ferry left."
    assert desk.editor.draft.is_used
    assert desk.editor.isWindow() and not desk.editor.isModal()


def test_probes_taken_into_the_session_measure_the_next_step_and_undo_takes_them_back(qtbot, desk):
    editor = shown(qtbot, desk).editor
    before = editor.draft.probes
    editor.page.table.selectRow(0)
    click(qtbot, editor.page.disable_button)
    click(qtbot, editor.use_button)
    settle(qtbot, desk)
    assert last_message(desk) == "The session is measured on 3 probes from now on; undo takes it back"
    assert desk._controller.snapshot.info.probes == ("2 + 2 = 4", "Plants take in light.", "def f(x):")
    assert editor.draft.is_used
    desk._controller.move("undo")
    settle(qtbot, desk)
    assert len(desk._controller.snapshot.info.probes) == 4
    assert editor.draft.probes == before


def test_a_calibration_proposes_limits_and_they_are_applied_and_undone(qtbot, desk):
    pane = shown(qtbot, desk).editor.calibration
    assert pane.pages.currentIndex() == 0
    assert "no committed step" in pane.status.text() and not pane.measure_button.isEnabled()
    calibrated(qtbot, desk)
    assert pane.status.text().startswith("24 null edits of norm 0.5 (given), rank 1, on 1 mlp.out: ")
    rows = pane.table.texts()
    assert [row[0] for row in rows] == ["JS divergence", "perplexity ratio", "cosine drift"]
    assert [row[1] for row in rows] == ["all"] * 3 and rows[0][3:] == ["1", "0.0%"]
    assert "proposed limit" in pane.plots[0].legend.text()
    click(qtbot, pane.apply_button)
    settle(qtbot, desk)
    assert "undo takes them back" in last_message(desk)
    limits = desk._controller.snapshot.info.limits
    assert f"{limits['js_divergence']['step'][1]:.6g}" == rows[0][2]
    assert pane.table.texts()[0][3] == f"{limits['js_divergence']['step'][1]:g}"
    desk._controller.move("undo")
    settle(qtbot, desk)
    assert desk._controller.snapshot.info.limits["js_divergence"]["step"][1] == 1.0


def test_another_rate_proposes_anew_without_measuring(qtbot, desk):
    pane = shown(qtbot, desk).editor.calibration
    calibrated(qtbot, desk)
    before = pane.table.texts()[0][2]
    pane.form.rate.setValue(40.0)
    assert float(pane.table.texts()[0][2]) < float(before)
    assert "the chosen rate is 40.0%" in pane.status.text()
    pane.form.rate.setValue(1.0)
    assert "too few" in pane.status.text() and not pane.apply_button.isEnabled()


def test_a_cancelled_calibration_keeps_what_it_has_and_is_resumed(qtbot, desk):
    pane = shown(qtbot, desk).editor.calibration
    calibrated_count = 3000
    form = pane.form
    form.source.setCurrentIndex(form.source.findData("given"))
    form.count.setValue(calibrated_count)
    desk.editor.tabs.setCurrentIndex(2)
    click(qtbot, pane.measure_button)
    qtbot.waitUntil(lambda: pane._samples is not None and pane._samples.count > 5, timeout=WAIT_MS)
    assert pane.pages.currentIndex() == 1 or pane._timer.isActive()
    assert pane.bar.isVisible() and not form.isEnabled()
    qtbot.keyClick(desk.editor, Qt.Key.Key_Escape)
    settle(qtbot, desk)
    count = pane._samples.count
    assert pane.status.text() == f"Cancelled after {count} null edits; they are kept."
    assert pane.resume_button.isVisible() and not pane.cancel_button.isVisible()
    known: NullSamples = pane._samples
    pane._resumable = CalibrateRequest(CalibrationPlan(count + 40, 0.2, 1.0), known)
    click(qtbot, pane.resume_button)
    settle(qtbot, desk)
    assert pane._samples.count == count + 40
    assert pane._samples.row(0) == known.row(0)
    assert not pane.resume_button.isVisible() and pane.apply_button.isEnabled()


def test_the_trace_s_lines_of_python_do_the_same(qtbot, desk, tmp_path):
    from hera_desktop.engine.replay import with_settings
    from tests import tiny
    from tests.engine.samples import probe_file

    engine = tiny.engine(tmp_path / "script.hera", immune__probes=probe_file(tmp_path))
    try:
        names = {"engine": engine, "with_settings": with_settings}
        plan = CalibrationPlan(24, 0.2, 0.5)
        exec(CalibrateRequest(plan).python(None), names)  # the user's own script
        found = names["calibration"]
        assert found == calibration_of(found.samples, 0.2, {("", p.metric): p.present for p in found.limits})
        from hera_desktop.gui.probe_requests import LimitsApplied

        values = {f"immune.{p.key}": p.limit for p in found.limits}
        exec(ApplyLimitsRequest(found).python(LimitsApplied(values, ())), names)
        assert engine.config.immune.max_js_divergence == found.limit("js_divergence").limit
    finally:
        engine.close()
    shown(qtbot, desk)
    request = ConfigureProbesRequest(desk.editor.draft.probes)
    from hera_desktop.gui.probe_requests import ProbesInUse

    line = request.python(ProbesInUse("/a/probes-1.yaml", desk.editor.draft.probes, {}, {}))
    assert line == "engine.configure(with_settings(engine.config, {'immune.probes': '/a/probes-1.yaml'}))"
