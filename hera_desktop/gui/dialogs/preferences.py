"""All settings, generated from the configuration's models; and what is the window's own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hera_desktop.engine.config import Config
from hera_desktop.engine.errors import InputError

from ..configure_requests import as_overrides, reloads
from ..forms import SettingsForm
from ..forms_editors import LineBox
from ..forms_fields import with_values
from ..forms_window import WindowPage
from ..forms_words import page_name
from ..i18n import mark, tr
from ..labels import dim_label, separator
from ..theme import GRID, MARGIN, SystemTheme
from ..warning_label import WarningLabel

WINDOW = "window"
LEGEND = mark("● changed, not applied yet    ○ differs from the default")
ALL_APPLIED = mark("Nothing to apply: the session is set as shown")


class PreferencesDialog(QDialog):
    """Not modal; the settings shown are the session's, with what the user has changed and not applied yet.

    Signals: ``apply_wanted(tuple of overrides)`` for what was changed; ``keep_wanted(Config)`` when everything that
    is shown should be the user's default.
    """

    apply_wanted = Signal(object)
    keep_wanted = Signal(object)

    def __init__(self, theme: SystemTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._obstacle = tr("No model is loaded yet")
        self.form = SettingsForm(self._refresh)
        self.window_page = WindowPage(theme)
        self.search = QLineEdit()
        self.list = QListWidget()
        self.stack = QStackedWidget()
        self.count = QLabel()
        self.sentence = WarningLabel()
        self.undo_button = QPushButton(tr("Discard changes"))
        self.reset_button = QPushButton(tr("Reset page"))
        self.keep_button = QPushButton(tr("Keep as my defaults"))
        self.apply_button = QPushButton()
        self.close_button = QPushButton(tr("Close"))
        self.setWindowTitle(tr("Preferences"))
        self.setModal(False)
        self.resize(112 * GRID, 80 * GRID)
        self._dress()
        self._lay_out()
        self._connect()
        self.list.setCurrentRow(0)
        self._refresh()

    def _dress(self) -> None:
        self.search.setPlaceholderText(tr("Search settings"))
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(tr("Pages"))
        self.list.setFixedWidth(20 * GRID)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        for page, area in self.form.pages.items():
            self._add_page(page, page_name(page), area)
        self._add_page(WINDOW, tr("Window"), self.window_page)
        self.undo_button.setToolTip(tr("Show the session's settings again"))
        self.reset_button.setToolTip(tr("Set everything on this page to its default"))
        self.keep_button.setToolTip(tr("New sessions begin with what is shown here; a session keeps its own settings"))
        for button in (self.undo_button, self.reset_button, self.keep_button, self.apply_button, self.close_button):
            button.setAutoDefault(False)

    def _add_page(self, page: str, name: str, widget: QWidget) -> None:
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, page)
        item.setSizeHint(QSize(0, 3 * GRID + 4))
        self.list.addItem(item)
        self.stack.addWidget(widget)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        middle = QHBoxLayout()
        middle.setSpacing(GRID)
        middle.addWidget(self.list)
        middle.addWidget(separator(True))
        middle.addWidget(self.stack, 1)
        column.addLayout(middle, 1)
        column.addWidget(separator())
        column.addWidget(self.sentence)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        legend = dim_label(tr(LEGEND))
        legend.setWordWrap(False)
        head.addWidget(legend)
        column.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (self.reset_button, self.undo_button):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.keep_button, self.apply_button, self.close_button):
            line.addWidget(button)
        column.addLayout(line)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_page)
        self.search.textChanged.connect(self._search)
        self.undo_button.clicked.connect(self._discard)
        self.reset_button.clicked.connect(self._reset_page)
        self.keep_button.clicked.connect(self._keep)
        self.apply_button.clicked.connect(self._apply)
        self.close_button.clicked.connect(self.close)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_config(self, config: Config) -> None:
        """The session's settings, or the user's defaults while there is no session."""
        self.form.show_config(config)
        self._refresh()

    def set_obstacle(self, sentence: str) -> None:
        """Why nothing can be applied now; empty where it can."""
        self._obstacle = sentence
        self._refresh()

    def suggest(self, key: str, words: tuple[str, ...]) -> None:
        """Words to choose from while a setting is typed."""
        editor = self.form.rows[key].editor
        if isinstance(editor, LineBox):
            editor.suggest(words)

    def say(self, sentence: str) -> None:
        """A sentence about settings that could not be used."""
        self.sentence.say(sentence)

    @property
    def page(self) -> str:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else WINDOW

    def open_page(self, page: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == page:
                self.list.setCurrentRow(row)

    def _on_page(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        self.reset_button.setEnabled(self.page != WINDOW)

    def _search(self, letters: str) -> None:
        found = self.form.search(letters)
        if not letters.strip():
            found.append(WINDOW)
        rows = range(self.list.count())
        for row in rows:
            self.list.item(row).setHidden(self.list.item(row).data(Qt.ItemDataRole.UserRole) not in found)
        seen = [row for row in rows if not self.list.item(row).isHidden()]
        if seen and self.list.currentRow() not in seen:
            self.list.setCurrentRow(seen[0])
        self.stack.setVisible(bool(seen))
        self.say("" if seen else tr("No setting has these words in its name or description"))

    def _refresh(self) -> None:
        edited, faults = self.form.edited, self.form.faults
        again = reloads(edited)
        self.apply_button.setText(tr("Apply and reload the model") if again else tr("Apply to this session"))
        why = self._obstacle or ("" if edited else tr(ALL_APPLIED))
        if faults:
            why = tr("{setting} cannot be used as it is").format(setting=faults[0].label.text())
        self.apply_button.setEnabled(not why)
        self.apply_button.setToolTip(why or tr("Recorded in the session; undo takes it back"))
        self.keep_button.setEnabled(not faults)
        self.undo_button.setEnabled(bool(edited))
        text = tr("1 setting changed") if len(edited) == 1 else tr("{count} settings changed").format(count=len(edited))
        if edited and self._obstacle:
            text = f"{text} · {self._obstacle}"
        self.count.setText(text if edited else "")
        for row in range(self.list.count()):
            self._mark_page(self.list.item(row), edited)

    def _mark_page(self, item: QListWidgetItem, edited: dict[str, object]) -> None:
        page = item.data(Qt.ItemDataRole.UserRole)
        font = self.font()
        font.setBold(any(key.startswith(f"{page}.") for key in edited))
        item.setFont(font)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _discard(self) -> None:
        for row in self.form.rows.values():
            row.take_base()
        self.say("")

    def _reset_page(self) -> None:
        for row in self.form.of(self.page):
            row.reset()

    def _apply(self) -> None:
        self.say("")
        self.apply_wanted.emit(as_overrides(self.form.edited))

    def _keep(self) -> None:
        try:
            shown = with_values(self.form.config, as_overrides(self.form.edited))
        except InputError as error:
            self.say(str(error))
            return
        self.keep_wanted.emit(shown)
