"""Starts the window: on screen first, then the model."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from types import TracebackType

from PySide6.QtWidgets import QApplication

from .controller import Controller
from .main_window import MainWindow
from .requests import ConfigSource, EngineFactory, LoadRequest
from .screenshot import ScreenshotRun
from .theme import SystemTheme

log = logging.getLogger(__name__)


def run(
    config_source: ConfigSource = None,
    overrides: Sequence[str] = (),
    session: str | None = None,
    screenshot: str | None = None,
    prompts: Sequence[str] = (),
    factory: EngineFactory | None = None,
) -> int:
    """Show the window and load the model; returns the program's exit status.

    With ``screenshot`` it waits for the model, evolves ``prompts``, saves a picture of the window there and quits: 0,
    or 2 with one sentence on stderr where something failed.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("HERA Desktop")
    app.setApplicationDisplayName("HERA Desktop")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop would not let Python see Ctrl+C
    SystemTheme(app)
    controller = Controller(LoadRequest(config_source, tuple(overrides), session, factory))
    window = MainWindow(controller)
    sys.excepthook = _Hook(controller)
    window.show()
    app.processEvents()  # on screen before anything heavy begins
    controller.load()
    picture = ScreenshotRun(window, screenshot, prompts) if screenshot else None
    status = app.exec()
    sys.excepthook = sys.__excepthook__
    if picture is not None and picture.sentence:
        sys.stderr.write(picture.sentence + "\n")
    _end(controller, status)
    return status


def _end(controller: Controller, status: int) -> None:
    """End the model thread; where it hangs, leave without it: the ledger is on disk after every step."""
    if not controller.close():
        log.error("the model thread did not end; leaving without it")
        logging.shutdown()
        os._exit(status)


class _Hook:
    """An exception nobody caught: told in one sentence, with the details in the log."""

    def __init__(self, controller: Controller) -> None:
        self._messages = controller.messages

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("not caught", exc_info=(kind, error, trace))
        self._messages.tell(f"internal error: {kind.__name__}; details are in the log", "error")
