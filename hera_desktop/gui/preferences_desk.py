"""Joins the preferences to the controller: reads the session's settings, applies what was changed, keeps defaults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hera_desktop.engine.catalogue import catalogue
from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import HeraError
from hera_desktop.engine.preferences import load_preferences, preferences_file, save_preferences

from .configure_requests import Configured, ConfigureRequest, ReadConfigRequest, reloads
from .controller import Controller
from .dialogs.preferences import PreferencesDialog
from .forms_words import words
from .i18n import mark, tr
from .records import Outcome, StepChoices
from .theme import SystemTheme

Reload = Callable[..., None]
CHANGED = mark("Settings changed: {names}; undo takes it back")


class PreferencesDesk(QObject):
    """``reload(*overrides)`` loads the model again with other settings; the controller's ``load_with`` where it is not
    given. Signal: ``configured(Configured)`` when the session has got other settings."""

    configured = Signal(object)

    def __init__(
        self, controller: Controller, theme: SystemTheme, window: QWidget, reload: Reload | None = None
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._theme = theme
        self._window = window
        self._reload = reload or controller.load_with
        self._choices: StepChoices | None = None
        self.dialog: PreferencesDialog | None = None
        controller.arrived.connect(self._on_arrived)
        controller.ended.connect(self._on_ended)
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.busy_changed.connect(self._on_busy)

    def show(self, page: str = "") -> None:
        """Open the preferences, on a page such as ``immune`` if one is named."""
        dialog = self._made()
        if page:
            dialog.open_page(page)
        self._read()
        self._on_busy()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _made(self) -> PreferencesDialog:
        if self.dialog is None:
            self.dialog = PreferencesDialog(self._theme, self._window)
            self.dialog.apply_wanted.connect(self._apply)
            self.dialog.keep_wanted.connect(self._keep)
            self.dialog.show_config(self._defaults())
            self.dialog.suggest("model.name", tuple(catalogue()))
            self._suggest_strategies()
        return self.dialog

    def _defaults(self) -> Config:
        """The user's defaults; the built-in ones, with the reason told, where the file cannot be used."""
        try:
            return load_config(preferences=load_preferences(), environment={})
        except HeraError as error:
            self._controller.messages.tell(str(error), "error")
            return Config()

    def _read(self) -> None:
        """Ask for the session's settings; they have changed where a step settings event was undone."""
        if self._controller.snapshot is not None:
            self._controller.submit(ReadConfigRequest())

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _apply(self, overrides: tuple[str, ...]) -> None:
        if reloads(override.partition("=")[0] for override in overrides):
            self._reload(*overrides)
        else:
            self._controller.submit(ConfigureRequest(overrides))

    def _keep(self, config: Config) -> None:
        messages = self._controller.messages
        try:
            keys = save_preferences(config)
        except HeraError as error:
            messages.tell(str(error), "error")
            return
        if not keys:
            messages.tell(tr("Your defaults are the built-in ones"))
            return
        count = tr("1 setting") if len(keys) == 1 else tr("{count} settings").format(count=len(keys))
        text = tr("{settings} kept as your defaults in {file}")
        messages.tell(text.format(settings=count, file=preferences_file()))

    # --- what has changed -------------------------------------------------------------------------------------------

    def _on_arrived(self, record: object) -> None:
        if isinstance(record, StepChoices):
            self._choices = record
            self._suggest_strategies()

    def _suggest_strategies(self) -> None:
        if self.dialog is not None and self._choices is not None:
            self.dialog.suggest("evolution.strategy", tuple(name for name, _ in self._choices.strategies))
            self.dialog.suggest("edits.strategy", tuple(name for name, _ in self._choices.edit_strategies))

    def _on_ended(self, outcome: Outcome) -> None:
        if self.dialog is not None and isinstance(outcome.record, Config):
            self.dialog.show_config(outcome.record)
        if isinstance(outcome.request, ConfigureRequest):
            self._on_configured(outcome)

    def _on_configured(self, outcome: Outcome) -> None:
        if isinstance(outcome.record, Configured):
            names = ", ".join(words(key) for key in outcome.record.values)
            if names:
                self._controller.messages.tell(tr(CHANGED).format(names=names))
            self.configured.emit(outcome.record)
        elif self.dialog is not None:
            self.dialog.say(outcome.message)

    def _on_snapshot(self, _: object) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self._read()

    def _on_busy(self) -> None:
        if self.dialog is not None:
            self.dialog.set_obstacle(self._obstacle())

    def _obstacle(self) -> str:
        snapshot = self._controller.snapshot
        if snapshot is None:
            return tr("No model is loaded yet")
        if snapshot.info.read_only:
            text = tr("Session {name} can only be read here; Save As makes a copy that can be changed")
            return text.format(name=Path(snapshot.info.session).name)
        return tr("A job is running; wait for it or cancel it") if self._controller.busy else ""
