"""What the window opens beside its panels: palette, dialogs, probes. Most are made when they are first wanted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow

from hera_desktop.engine.errors import HeraError

from .actions import Actions
from .controller import Controller
from .dialogs.about import AboutDialog
from .dialogs.report import ReportDialog
from .dialogs.shortcuts import ShortcutsDialog
from .documents import Documents
from .error_desk import ErrorDesk
from .i18n import mark, tr
from .interchange_desk import InterchangeDesk
from .palette import CommandPalette
from .panels.log import LogPanel
from .preferences_desk import PreferencesDesk
from .probe_desk import ProbeDesk
from .session_files import shown_name
from .shortcuts import Shortcuts, apply_shortcuts
from .theme import SystemTheme
from .trace_lines import trace_script

RECENT = mark("Recent sessions")
SCRIPTS = mark("Python scripts (*.py)")
THEMES = ("system", "light", "dark")


class WindowTools(QObject):
    """Belongs to ``window``; ``log`` has the trace."""

    def __init__(
        self, window: QMainWindow, controller: Controller, actions: Actions, documents: Documents, log: LogPanel
    ) -> None:
        super().__init__(window)
        self._window, self._controller, self._actions = window, controller, actions
        self._documents, self._log = documents, log
        self.theme = SystemTheme.current()
        self.errors = ErrorDesk(controller, self._trace, window)
        self.interchange = InterchangeDesk(controller, window)
        self._connect()

    def _connect(self) -> None:
        self._actions.connect(
            {
                "palette": self._open_palette,
                "preferences": self._open_preferences,
                "shortcuts": self._open_shortcuts,
                "about": self._open_about,
                "export_report": self._open_report,
                "export_patches": self._export,
                "import_patch": self._import,
                "save_trace": self.save_trace,
                "probes": self._open_probes,
                "theme_system": self._theme_system,
                "theme_light": self._theme_light,
                "theme_dark": self._theme_dark,
            }
        )
        self.theme.chosen.connect(self._tick_theme)
        self._tick_theme(self.theme.choice)

    def ready(self) -> None:
        """All actions are there: give them the keys that the user chose."""
        apply_shortcuts(self._actions.all())
        self._actions.refresh_tips()

    # --- dialogs ----------------------------------------------------------------------------------------------------

    @cached_property
    def palette(self) -> CommandPalette:
        return CommandPalette(self._window, self._actions.all(), [self._recent_sessions])

    @cached_property
    def probes(self) -> ProbeDesk:
        return ProbeDesk(self._controller, self._window)

    @cached_property
    def preferences(self) -> PreferencesDesk:
        return PreferencesDesk(self._controller, self.theme, self._window, self._documents.reload)

    @cached_property
    def shortcuts(self) -> ShortcutsDialog:
        dialog = ShortcutsDialog(Shortcuts(self._actions.all()), self._window)
        dialog.finished.connect(self._actions.refresh_tips)
        return dialog

    @cached_property
    def about(self) -> AboutDialog:
        return AboutDialog(self._window)

    @cached_property
    def report(self) -> ReportDialog:
        return ReportDialog(self._controller, self._window)

    def _recent_sessions(self) -> Iterator[tuple[str, str, object]]:
        for session in self._documents.recent.sessions():
            yield shown_name(Path(session.path)), tr(RECENT), _Opening(self._documents, session.path)

    def _open_palette(self) -> None:
        self.palette.open()

    def _open_probes(self) -> None:
        self.probes.show()

    def _open_preferences(self) -> None:
        self.preferences.show()

    def _open_shortcuts(self) -> None:
        _bring(self.shortcuts)

    def _open_about(self) -> None:
        snapshot = self._controller.snapshot
        self.about.show_info(snapshot.info if snapshot else None)
        _bring(self.about)

    def _open_report(self) -> None:
        _bring(self.report)

    def _export(self) -> None:
        self.interchange.show_export()

    def _import(self) -> None:
        self.interchange.show_import()

    # --- theme ------------------------------------------------------------------------------------------------------

    def _theme_system(self) -> None:
        self.theme.choose("system")

    def _theme_light(self) -> None:
        self.theme.choose("light")

    def _theme_dark(self) -> None:
        self.theme.choose("dark")

    def _tick_theme(self, chosen: str) -> None:
        for name in THEMES:
            self._actions[f"theme_{name}"].setChecked(name == chosen)

    # --- the trace --------------------------------------------------------------------------------------------------

    def _trace(self) -> tuple[str, ...]:
        return tuple(self._log.lines)

    def save_trace(self) -> None:
        """Ask for a file, and write what was done in this window as a script."""
        snapshot = self._controller.snapshot
        if snapshot is None or not self._log.lines:
            self._controller.messages.tell(tr("There is nothing in the trace yet"), "warning")
            return
        start = str(Path(snapshot.info.session).with_suffix(".py"))
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Save trace as script"), start, tr(SCRIPTS))
        if path:
            self._write_trace(Path(path))

    def _write_trace(self, path: Path) -> None:
        snapshot = self._controller.snapshot
        try:
            path.write_text(trace_script(self._log.lines, snapshot.info), encoding="utf-8")
        except (OSError, HeraError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._controller.messages.tell(
                tr("{file} cannot be written: {reason}").format(file=path, reason=reason), "error"
            )
            return
        self._controller.messages.tell(tr("The trace is saved as {file}").format(file=path))


class _Opening:
    """Opens one session: what a line of the palette does."""

    def __init__(self, documents: Documents, path: str) -> None:
        self._documents, self._path = documents, path

    def __call__(self) -> None:
        self._documents.open_recent(self._path)


def _bring(dialog: object) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
