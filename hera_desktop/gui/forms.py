"""A form made of the configuration's models: a page for every section, a row for every setting."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from hera_desktop.engine.config import Config

from .configure_requests import as_overrides
from .forms_editors import editor_for, value_text
from .forms_fields import FieldSpec, field_specs, objection, value_of
from .forms_words import group_name, page_name, words
from .i18n import tr
from .labels import dim_label, title_label
from .theme import GRID, MARGIN, theme_of
from .warning_label import WarningLabel

LABEL_WIDTH = 22 * GRID
Check = Callable[[str, str], str]


class ChangeMark(QWidget):
    """A filled dot for what is changed and not applied yet, a hollow one for what differs from the default."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edited = self.differs = False
        self.setFixedSize(2 * GRID, 2 * GRID)

    def show_state(self, edited: bool, differs: bool) -> None:
        self.edited, self.differs = edited, differs
        words = tr("changed, not applied yet") if edited else tr("differs from the default") if differs else ""
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if not (self.edited or self.differs):
            return
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(theme.accent if self.edited else theme.dim)
        painter.setPen(colour)
        painter.setBrush(colour if self.edited else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().toRectF().center(), 3.5, 3.5)
        painter.end()


class FieldRow(QWidget):
    """One setting: its name, its editor, what it means, its default, and the model's sentence about a value that
    cannot be used. ``check(key, override)`` gives that sentence. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, spec: FieldSpec, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._check = check
        self._base: Any = spec.default
        self.mark = ChangeMark()
        self.label = QLabel(words(spec.key))
        self.editor = editor_for(spec)
        self.reset_button = QToolButton()
        self.sentence = WarningLabel()
        self._lay_out()
        self.take_base()
        self.refresh()
        self.editor.changed.connect(self._on_changed)
        self.reset_button.clicked.connect(self.reset)

    def _lay_out(self) -> None:
        name = words(self.spec.key)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setWordWrap(True)
        self.label.setBuddy(self.editor)
        self.label.setToolTip(self.spec.key)
        self.editor.setAccessibleName(name)
        self.editor.setToolTip(self.spec.key)
        self.reset_button.setText(tr("Reset"))
        self.reset_button.setAccessibleName(tr("Reset {setting}").format(setting=name))
        self.reset_button.setToolTip(tr("Back to the default, {value}").format(value=self.default_text))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.mark, 0, 0)
        grid.addWidget(self.label, 0, 1)
        grid.addWidget(self.editor, 0, 2, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.reset_button, 0, 3)
        grid.addWidget(dim_label(self._help()), 1, 2, 1, 2)
        grid.addWidget(self.sentence, 2, 2, 1, 2)
        grid.setColumnStretch(2, 1)

    @property
    def default_text(self) -> str:
        text = value_text(self.spec.default, self.spec.kind)
        return text or tr("none given")

    def _help(self) -> str:
        """What the setting means, with its range and default."""
        parts = [tr(self.spec.description), self.spec.bounds.text()]
        parts.append(tr("default: {value}").format(value=self.default_text))
        return " · ".join(part for part in parts if part)

    # --- its value --------------------------------------------------------------------------------------------------

    @property
    def value(self) -> Any:
        return self.editor.value()

    @property
    def override(self) -> str:
        return as_overrides({self.spec.key: self.value})[0]

    @property
    def edited(self) -> bool:
        """Whether it is another than the session's (or, without one, than the user's default)."""
        return _plain(self.value) != _plain(self._base)

    @property
    def valid(self) -> bool:
        return not self.sentence.sentence

    def show_base(self, value: Any) -> None:
        """The value that holds now. What the user has typed meanwhile stays."""
        kept = self.edited
        self._base = value
        if not kept:
            self.editor.show_value(value)
        self.refresh()

    def take_base(self) -> None:
        """Give up what was typed."""
        self.editor.show_value(self._base)

    def reset(self) -> None:
        self.editor.show_value(self.spec.default)

    def _on_changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Judge the value anew; the other settings may have changed."""
        edited, differs = self.edited, _plain(self.value) != _plain(self.spec.default)
        self.sentence.say(self._said() if edited else "")
        self.mark.show_state(edited, differs)
        self.reset_button.setVisible(differs)

    def _said(self) -> str:
        said = self._check(self.spec.key, self.override)
        return tr("It is {value_and_reason}").format(value_and_reason=said) if said else ""

    def fits(self, letters: str) -> bool:
        """Whether the search finds it: by name, key or description."""
        spec = self.spec
        around = f"{page_name(spec.page)} {group_name(spec.group)}"
        text = f"{words(spec.key)} {spec.key} {tr(spec.description)} {spec.description} {around}"
        return all(part in text.lower() for part in letters.lower().split())


class SettingsForm:
    """The pages of all sections that have settings. It holds no widget of its own: a dialog lays the pages out."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.config = Config()
        self.rows: dict[str, FieldRow] = {}
        self.pages: dict[str, QScrollArea] = {}
        self._groups: dict[tuple[str, str], QLabel] = {}
        for spec in field_specs():
            row = FieldRow(spec, self._objection)
            row.changed.connect(changed)
            self.rows[spec.key] = row
        for page in dict.fromkeys(row.spec.page for row in self.rows.values()):
            self.pages[page] = self._page(page)

    def _objection(self, key: str, override: str) -> str:
        return objection(self.config, key, override)

    def _page(self, page: str) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        group = ""
        for row in sorted(self.of(page), key=lambda row: row.spec.group):  # those of no group first
            if row.spec.group != group:
                group = row.spec.group
                self._groups[page, group] = title_label(group_name(group))
                column.addWidget(self._groups[page, group])
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(page_name(page))
        area.setWidget(inside)
        return area

    def of(self, page: str) -> list[FieldRow]:
        return [row for row in self.rows.values() if row.spec.page == page]

    def show_config(self, config: Config) -> None:
        """The configuration that holds now; what the user has typed meanwhile stays."""
        self.config = config
        for key, row in self.rows.items():
            row.show_base(value_of(config, key))

    @property
    def edited(self) -> dict[str, Any]:
        """The values that are typed and not applied yet, by dotted key."""
        return {key: row.value for key, row in self.rows.items() if row.edited}

    @property
    def faults(self) -> list[FieldRow]:
        """The rows whose value cannot be used."""
        return [row for row in self.rows.values() if not row.valid]

    def search(self, letters: str) -> list[str]:
        """Show the rows that fit; returns the pages that have any."""
        found = []
        for page in self.pages:
            rows = self.of(page)
            fitting = [row for row in rows if row.fits(letters)]
            for row in rows:
                row.setVisible(row in fitting)
            for (where, group), title in self._groups.items():
                if where == page:
                    title.setVisible(any(row.spec.group == group for row in fitting))
            found += [page] if fitting else []
        return found


def _plain(value: Any) -> Any:
    """A value as JSON has it: lists and tuples are the same, 1 and 1.0 too."""
    return json.loads(json.dumps(value, default=str))
