"""A timeline and its details on a fake engine, without the rest of the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hera_desktop.gui.controller import Controller
from hera_desktop.gui.panels.details import DetailsPanel
from hera_desktop.gui.panels.timeline import TimelinePanel
from hera_desktop.gui.requests import LoadRequest
from hera_desktop.gui.theme import SystemTheme
from hera_desktop.gui.timeline_desk import TimelineDesk
from hera_desktop.gui.timeline_model import PROMPT, STEP

from .conftest import WAIT_MS
from .fake import FakeEngine

LEFT = Qt.MouseButton.LeftButton


def shown_timeline(qtbot) -> Iterator[TimelineWindow]:
    """A loaded window on the screen; what a fixture yields from."""
    SystemTheme.current().apply()
    made = TimelineWindow(qtbot, FakeEngine())
    qtbot.addWidget(made)
    made.show()
    made.controller.load()
    made.settle()
    yield made
    assert made.controller.close(), "the model thread did not end"


class TimelineWindow(QWidget):
    """``engine`` evolves on the model thread of ``controller``; ``heard`` gathers what the desk lets out."""

    def __init__(self, qtbot, engine: FakeEngine) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.engine = engine
        self.controller = Controller(LoadRequest(factory=lambda progress: engine))
        self.timeline, self.details = TimelinePanel(), DetailsPanel()
        self.desk = TimelineDesk(self.controller, self.timeline, self.details, self)
        self.heard: list[tuple[str, object]] = []
        line = QHBoxLayout(self)
        line.addWidget(self.timeline, 3)
        line.addWidget(self.details, 1)
        self.setMinimumSize(960, 600)
        self.resize(1600, 700)
        for name in ("compare_wanted", "export_wanted", "python_wanted", "feature_picked", "branch_wanted"):
            getattr(self.desk, name).connect(lambda what, name=name: self.heard.append((name, what)))
        for name in ("details_wanted", "step_picked", "step_hovered"):
            getattr(self.desk, name).connect(lambda what, name=name: self.heard.append((name, what)))

    def settle(self) -> None:
        """Until nothing runs; what was typed into a cell becomes a job only when Qt comes to it, after the key."""
        for _ in range(2):
            self._qtbot.waitUntil(lambda: not self.controller.busy, timeout=WAIT_MS)
            self._qtbot.wait(10)

    def evolve(self, *prompts: str) -> None:
        for prompt in prompts:
            assert self.controller.evolve(prompt)
            self.settle()

    def shown(self) -> list[str]:
        """The numbers of the steps in the table; the base is empty."""
        model = self.timeline.model
        return [model.index(row, STEP).data() for row in range(model.rowCount())]

    def place(self, step: int, column: int = PROMPT) -> QPoint:
        model = self.timeline.model
        return self.timeline.table.visualRect(model.index(model.row_of(step), column)).center()

    def click(self, step: int, modifier=Qt.KeyboardModifier.NoModifier, column: int = PROMPT) -> None:
        self._qtbot.mouseClick(self.timeline.table.viewport(), LEFT, modifier, self.place(step, column))

    def double_click(self, step: int, column: int = PROMPT) -> None:
        self.click(step, column=column)
        self._qtbot.mouseDClick(self.timeline.table.viewport(), LEFT, pos=self.place(step, column))
        self.settle()

    def press(self, name: str) -> None:
        """Carry out an action as its menu entry does."""
        action = getattr(self.timeline.actions_, name)
        assert action.isEnabled(), action.toolTip()
        action.trigger()
        self.settle()

    def type_into_cell(self, text: str, key=Qt.Key.Key_Return) -> None:
        """Type into the editor that is open in the table, and end with ``key``."""
        editor = self.timeline.table.viewport().focusWidget() or self.focusWidget()
        editor.selectAll()
        self._qtbot.keyClicks(editor, text)
        self._qtbot.keyClick(editor, key)
        self.settle()

    def said(self) -> str:
        return self.controller.messages.kept[-1].text
