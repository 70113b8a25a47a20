"""Starts the window: on screen first, then the model."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtWidgets import QApplication

from .controller import Controller
from .i18n import tr
from .main_window import MainWindow
from .recovery import Recovery, Start, plan_start
from .requests import ConfigSource, EngineFactory, LoadRequest
from .screenshot import ScreenshotRun
from .theme import SystemTheme, unstyled
from .translation import install_translations

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for. With ``screenshot`` the window waits for the model, evolves ``prompts``, saves a
    picture there and quits; ``factory`` makes another engine than the configured one."""

    config: ConfigSource = None
    overrides: tuple[str, ...] = ()
    session: str | None = None
    screenshot: str | None = None
    prompts: tuple[str, ...] = ()
    factory: EngineFactory | None = None

    @property
    def lived_in(self) -> bool:
        """Whether a person sits before the window: then it takes up what a crash left, and greets."""
        return self.screenshot is None and self.factory is None


def run(
    config_source: ConfigSource = None,
    overrides: Sequence[str] = (),
    session: str | None = None,
    screenshot: str | None = None,
    prompts: Sequence[str] = (),
    factory: EngineFactory | None = None,
) -> int:
    """Show the window and load the model; returns the program's exit status: 0, or 2 with one sentence on stderr where
    a picture was wanted (see ``Wanted``) and something failed."""
    wanted = Wanted(config_source, tuple(overrides), session, screenshot, tuple(prompts), factory)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("HERA Desktop")
    app.setApplicationDisplayName("HERA Desktop")
    app.setDesktopFileName("hera-desktop")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop would not let Python see Ctrl+C
    translators = install_translations(app)
    log.debug("%d translators", len(translators))
    SystemTheme(app)
    sitting = Sitting(wanted)
    status = app.exec()
    return sitting.end(status)


class Sitting:
    """One window from its start to its end."""

    def __init__(self, wanted: Wanted) -> None:
        self.plan = plan_start(wanted.session) if wanted.lived_in else Start(wanted.session or "")
        load = LoadRequest(wanted.config, wanted.overrides, self.plan.session or None, wanted.factory)
        self.controller = Controller(load)
        with unstyled(QApplication.instance()):
            self.window = MainWindow(self.controller)
        self.recovery: Recovery | None = None
        sys.excepthook = _Hook(self.controller)
        if wanted.lived_in:
            self._take_up(wanted)
        self.window.show()
        QApplication.processEvents()  # on screen before anything heavy begins
        self.window.guard.load()
        self.picture = ScreenshotRun(self.window, wanted.screenshot, wanted.prompts) if wanted.screenshot else None

    def _take_up(self, wanted: Wanted) -> None:
        window = self.window
        self.recovery = recovery = Recovery(self.controller, window)
        recovery.judge(self.plan)
        window.prompt.box.textChanged.connect(self._note_prompt)
        window.desk.layout_changed.connect(recovery.note_layout)
        if self.plan.crashed is not None:
            window.prompt.box.setPlainText(self.plan.crashed.prompt)
            window.desk.show_layout(self.plan.crashed.layout or window.desk.layout_id)
        elif wanted.session is None:
            window.welcome.show_at_start()

    def _note_prompt(self) -> None:
        if self.recovery is not None:
            self.recovery.note_prompt(self.window.prompt.box.toPlainText())

    def end(self, status: int) -> int:
        """End the model thread; where it hangs, leave without it: the ledger is on disk after every step."""
        sys.excepthook = sys.__excepthook__
        if self.picture is not None and self.picture.sentence:
            sys.stderr.write(self.picture.sentence + "\n")
        if not self.controller.close():
            log.error("the model thread did not end; leaving without it")
            logging.shutdown()
            os._exit(status)
        if self.recovery is not None:
            self.recovery.end()
            self.window.documents.end()
        return status


class _Hook:
    """An exception nobody caught: told in one sentence, with the details in the log."""

    def __init__(self, controller: Controller) -> None:
        self._messages = controller.messages

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("not caught", exc_info=(kind, error, trace))
        text = tr("internal error: {kind}; details are in the log").format(kind=kind.__name__)
        self._messages.tell(text, "error")
