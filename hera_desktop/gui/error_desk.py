"""Shows the error dialog where a fault of ours was told, and from the list of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from .controller import Controller
from .diagnostics import Context, context_of
from .dialogs.error import ErrorDialog
from .messages import Message


class ErrorDesk(QObject):
    """``trace`` gives the lines of Python so far; ``window`` is what the dialog belongs to."""

    def __init__(self, controller: Controller, trace: Callable[[], Sequence[str]], window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._trace = trace
        self._window = window
        self.dialog: ErrorDialog | None = None
        controller.messages.told.connect(self._on_told)

    def show_message(self, message: Message) -> None:
        """The dialog for an error, whichever family it is of; only a fault of ours has a traceback."""
        details = "" if message.internal else "no traceback: the sentence above says all there is"
        self._made().show_error(message.text, details)

    def _on_told(self, message: Message) -> None:
        if message.internal:
            self.show_message(message)

    def _made(self) -> ErrorDialog:
        if self.dialog is None:
            self.dialog = ErrorDialog(self._context, self._window)
            self.dialog.told.connect(self._controller.messages.tell)
        return self.dialog

    def _context(self) -> Context:
        return context_of(self._controller.snapshot, self._trace())
