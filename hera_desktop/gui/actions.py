"""Everything that can be done from the menus, the keyboard and the palette: one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import qtawesome
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from .i18n import mark, tr
from .theme import Theme


@dataclass(frozen=True)
class ActionSpec:
    """``keys`` are the default shortcuts; ``checkable`` ones show a state. A ``category`` is a menu."""

    id: str
    text: str
    category: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False


FILE, EDIT, RUN, VIEW, TOOLS, HELP = CATEGORIES = (
    mark("File"),
    mark("Edit"),
    mark("Run"),
    mark("View"),
    mark("Tools"),
    mark("Help"),
)
SPECS = (
    ActionSpec("new_session", mark("New session"), FILE, "mdi6.file-plus-outline", ("Ctrl+N",)),
    ActionSpec("open_session", mark("Open session..."), FILE, "mdi6.folder-open-outline", ("Ctrl+O",)),
    ActionSpec("save_as", mark("Save session as..."), FILE, "mdi6.content-save-outline", ("Ctrl+Shift+S",)),
    ActionSpec("open_prompts", mark("Open prompts file..."), FILE, "mdi6.text-box-plus-outline", ("Ctrl+Shift+O",)),
    ActionSpec("export_report", mark("Export report..."), FILE, "mdi6.file-chart-outline", ("Ctrl+E",)),
    ActionSpec("export_patches", mark("Export patches or model..."), FILE, "mdi6.export-variant"),
    ActionSpec("import_patch", mark("Import patch..."), FILE, "mdi6.import"),
    ActionSpec("save_trace", mark("Save trace as script..."), FILE, "mdi6.language-python"),
    ActionSpec("preferences", mark("Preferences..."), FILE, "mdi6.cog-outline", ("Ctrl+,",)),
    ActionSpec("quit", mark("Quit"), FILE, "mdi6.close", ("Ctrl+Q",)),
    ActionSpec("undo", mark("Undo"), EDIT, "mdi6.undo", ("Ctrl+Z",)),
    ActionSpec("redo", mark("Redo"), EDIT, "mdi6.redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("copy_hash", mark("Copy the state hash"), EDIT, "mdi6.content-copy"),
    ActionSpec("search_timeline", mark("Search the timeline"), EDIT, "mdi6.timeline-clock-outline"),
    ActionSpec("search_features", mark("Search features"), EDIT, "mdi6.magnify", ("Ctrl+F",)),
    ActionSpec("evolve", mark("Evolve"), RUN, "mdi6.play", ("Ctrl+Return", "Ctrl+Enter")),
    ActionSpec("queue_prompt", mark("Queue the prompt"), RUN, "mdi6.playlist-plus", ("Ctrl+Shift+Return",)),
    ActionSpec("run_queue", mark("Run the queue"), RUN, "mdi6.playlist-play", ("F5",)),
    ActionSpec("pause_queue", mark("Pause the queue"), RUN, "mdi6.pause", ("F6",)),
    ActionSpec("auto_run", mark("Start auto-run"), RUN, "mdi6.repeat", ("F7",)),
    ActionSpec("cancel", mark("Cancel"), RUN, "mdi6.stop", ("Esc",)),
    ActionSpec("layout_evolve", mark("Evolve layout"), VIEW, "mdi6.dna", ("Ctrl+1",)),
    ActionSpec("layout_inspect", mark("Inspect layout"), VIEW, "mdi6.grid", ("Ctrl+2",)),
    ActionSpec("layout_compare", mark("Compare layout"), VIEW, "mdi6.compare", ("Ctrl+3",)),
    ActionSpec("layout_chat", mark("Chat layout"), VIEW, "mdi6.chat-outline", ("Ctrl+4",)),
    ActionSpec("layout_experiments", mark("Experiments layout"), VIEW, "mdi6.flask-outline", ("Ctrl+5",)),
    ActionSpec("reset_layout", mark("Reset this layout"), VIEW, "mdi6.restore"),
    ActionSpec("back", mark("Back"), VIEW, "mdi6.arrow-left", ("Alt+Left",)),
    ActionSpec("forward", mark("Forward"), VIEW, "mdi6.arrow-right", ("Alt+Right",)),
    ActionSpec("theme_system", mark("System theme"), VIEW, "mdi6.theme-light-dark", checkable=True),
    ActionSpec("theme_light", mark("Light theme"), VIEW, "mdi6.white-balance-sunny", checkable=True),
    ActionSpec("theme_dark", mark("Dark theme"), VIEW, "mdi6.weather-night", checkable=True),
    ActionSpec("palette", mark("Command palette"), VIEW, "mdi6.console-line", ("Ctrl+Shift+P",)),
    ActionSpec("probes", mark("Probes and limits..."), TOOLS, "mdi6.ruler"),
    ActionSpec("train_sae", mark("Train an SAE..."), TOOLS, "mdi6.chart-line"),
    ActionSpec("compare_with_base", mark("Compare with the base"), TOOLS, "mdi6.compare-horizontal"),
    ActionSpec("welcome", mark("Welcome page"), HELP, "mdi6.home-outline"),
    ActionSpec("tour", mark("Guided tour"), HELP, "mdi6.map-marker-path"),
    ActionSpec("shortcuts", mark("Keyboard shortcuts..."), HELP, "mdi6.keyboard-outline"),
    ActionSpec("open_log", mark("Show the log"), HELP, "mdi6.text-long"),
    ActionSpec("about", mark("About HERA Desktop"), HELP, "mdi6.information-outline"),
)


class Actions:
    """The window's actions by id; they belong to ``window``. Properties: ``category``, ``default_shortcuts``."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._icons: dict[str, str] = {}
        self._actions: dict[str, QAction] = {}
        for spec in SPECS:
            self._make(spec)

    def _make(self, spec: ActionSpec) -> None:
        action = QAction(tr(spec.text), self._window)
        action.setCheckable(spec.checkable)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setProperty("default_shortcuts", list(spec.keys))
        self._icons[spec.id] = spec.icon
        self._window.addAction(action)
        self._keep(spec.id, tr(spec.category), action)

    def _keep(self, action_id: str, category: str, action: QAction) -> None:
        action.setObjectName(action_id)
        action.setProperty("category", category)
        self._actions[action_id] = action

    def add(self, prefix: str, category: str, actions: Mapping[str, QAction]) -> None:
        """Actions that belong to a panel, so that palette and shortcut editor reach them too."""
        for name, action in actions.items():
            if action.property("default_shortcuts") is None:
                action.setProperty("default_shortcuts", [key.toString() for key in action.shortcuts()])
            action.setProperty("category", category)
            self._actions[f"{prefix}_{name}"] = action

    def refresh_tips(self) -> None:
        """The shortcuts have changed: the window's own actions say so."""
        for spec in SPECS:
            action = self._actions[spec.id]
            if action.isEnabled():
                action.setToolTip(self.tip(action))

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def all(self) -> dict[str, QAction]:
        return dict(self._actions)

    def of(self, category: str) -> list[QAction]:
        """The window's own actions of a category, in the order of the table."""
        return [self._actions[spec.id] for spec in SPECS if spec.category == category]

    def connect(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Connect actions by id."""
        for action_id, slot in slots.items():
            self._actions[action_id].triggered.connect(slot)

    def enable(self, ids: Iterable[str], possible: bool, why: str = "") -> None:
        """Enable actions, or disable them and say in the tooltip why."""
        for action_id in ids:
            action = self._actions[action_id]
            action.setEnabled(possible)
            action.setToolTip(why if why and not possible else self.tip(action))

    @staticmethod
    def tip(action: QAction) -> str:
        """The action's name with its shortcut."""
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = action.text().removesuffix("...")
        return f"{text} ({keys})" if keys else text

    def colour(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for action_id, icon in self._icons.items():
            if icon:
                drawn = qtawesome.icon(icon, color=theme.text, color_disabled=theme.reverted)
                self._actions[action_id].setIcon(drawn)
