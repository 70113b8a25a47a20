"""From feature to edit: the ticked features become a proposal, which is judged before anything is committed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from hera_desktop.engine.errors import InputError

from ..block_list import read_blocks
from ..edit_records import EditFeature, ProposedEdit
from ..edit_requests import CommitEditRequest, DropEditRequest, ProposeEditRequest
from ..edit_sentences import about, reason_sentence
from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState, separator, title_label
from ..mark_view import MarkView
from ..records import Snapshot, StepChoices
from ..sentences import short_hash
from ..step_settings import StepSettingsRow
from ..theme import GRID, MARGIN
from .edit_list import EditList
from .fields import PromptField, button, row
from .verdict_table import VerdictTable

PURPOSE = mark("Makes an edit out of features you chose. The immune system measures it before anything is committed.")
FIRST_ACTION = mark("Tick features in the table.")
WAITING = mark("The verdict appears here before anything is committed.")
CHANGED = mark("The model has changed since this was measured, from state {then} to {now}: propose it again.")
VERDICTS = {"safe": mark("Safe"), "warning": mark("Safe, with a warning"), "reject": mark("Rejected")}
MARKS = {"safe": "committed", "warning": "warning", "reject": "rejected"}
COMMIT_TIP = mark("Put the edit on the timeline")
RECORD_TIP = mark("Keep the refusal on the timeline; the model stays as it is")
WIDE = 92 * GRID
DROP_TIP = mark("Forget the proposal; the model stays as it is")


class ProposalView(QWidget):
    """Signals:
        ``propose_wanted(ProposeEditRequest)``, ``commit_wanted(CommitEditRequest)``, ``drop_wanted(DropEditRequest)``:
        submit them as they are.
        ``untick_wanted(int)``: a feature is to be unticked in the table.
        ``cancel_wanted()``.

    Wiring: ``show_choices(StepChoices)`` and ``show_snapshot(Snapshot)`` as for the other panels;
    ``show_features(tuple[EditFeature, ...])`` whenever the ticks or the text change; ``suggest_prompt(text)`` with the
    text on the strip (kept until the user types another); ``set_state(ready, busy)``. For a ProposeEditRequest:
    ``begin()`` when it began, ``show_proposal(ProposedEdit)`` when it finished. ``withdraw(sentence)`` when any of the
    three requests failed or was cancelled; ``clear(sentence)`` after a commit or a drop.
    """

    propose_wanted = Signal(object)
    commit_wanted = Signal(object)
    drop_wanted = Signal(object)
    untick_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._proposal: ProposedEdit | None = None
        self._moved_to = self._block_fault = ""
        self._ready = self._busy = self._committing = False
        self.list = EditList()
        self.prompt = PromptField(tr("Prompt of the edit"), "The capital of France is")
        self.step = StepSettingsRow()
        self.propose_button = button(tr("Propose"), tr("Compute and measure the edit; nothing is committed"))
        self.untick_button = button(tr("Leave out"), tr("Untick the selected features (Delete)"))
        self.cancel_button = button(tr("Cancel"), tr("Stop what is running (Esc)"))
        self.hint = DimLabel()
        self.mark = MarkView()
        self.verdict = QLabel()
        self.reason = QLabel()
        self.table = VerdictTable()
        self.about = DimLabel()
        self.stale = QLabel()
        self.commit_button = button(tr("Commit"), tr(COMMIT_TIP))
        self.drop_button = button(tr("Drop"), tr(DROP_TIP))
        self._line = separator()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr("From feature to edit"), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._page())
        self._connect()
        self.clear()

    def _page(self) -> QWidget:
        page = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom, page)
        self._body.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        self._body.setSpacing(MARGIN)
        self._body.addWidget(self._wish_part(), 1)
        self._body.addWidget(self._line)
        self._body.addWidget(self._result_part())
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(page)
        return area

    def _wish_part(self) -> QWidget:
        part, column = _part()
        column.addWidget(title_label(tr("From feature to edit")))
        self.list.setMinimumHeight(12 * GRID)
        column.addWidget(self.list, 1)
        column.addWidget(self.prompt)
        column.addWidget(self.step)
        column.addLayout(row(self.propose_button, self.cancel_button, self.untick_button))
        column.addWidget(self.hint)
        return part

    def _result_part(self) -> QWidget:
        part, column = _part()
        line = row(self.mark, stretch_last=False)
        line.addWidget(self.verdict, 1)
        column.addLayout(line)
        for label in (self.verdict, self.reason, self.stale):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.reason, self.table, self.about, self.stale):
            column.addWidget(widget)
        column.addLayout(row(self.commit_button, self.drop_button))
        column.addStretch(1)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The verdict stands beside the wish where there is room, else below it."""
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._body.setStretch(0, 6 if wide else 1)
        self._body.setStretch(2, 8 if wide else 0)
        self._line.setFrameShape(QFrame.Shape.VLine if wide else QFrame.Shape.HLine)

    def _connect(self) -> None:
        self.propose_button.clicked.connect(self.propose)
        self.prompt.submitted.connect(self.propose)
        self.prompt.textChanged.connect(self._refresh)
        self.step.blocks.textEdited.connect(self._on_blocks_edited)
        self.untick_button.clicked.connect(self.list.untick)
        self.list.untick_wanted.connect(self.untick_wanted)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.commit_button.clicked.connect(self._commit)
        self.drop_button.clicked.connect(self._drop)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_choices(self, choices: StepChoices) -> None:
        self.step.show_choices(choices)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The state that stands now; a proposal that was measured on another one can no longer be committed."""
        self._snapshot = snapshot
        if not self._committing:
            self._compare_states()
        self._refresh()

    def _compare_states(self) -> None:
        now = self._snapshot.info.state_hash if self._snapshot else ""
        if self._proposal is not None and now != self._proposal.state_hash:
            self._moved_to = now  # also where the state comes back later: propose again, it costs a second

    def show_features(self, features: tuple[EditFeature, ...]) -> None:
        """The ticked features; the proposal made of others stays until it is committed or dropped."""
        self.list.show_features(features)
        self._show_page()
        self._refresh()

    def suggest_prompt(self, text: str) -> None:
        """A prompt to start from; it does not replace what the user typed."""
        self.prompt.suggest(text)

    def set_state(self, ready: bool, busy: bool) -> None:
        """``ready``: a job can be started; ``busy``: one is running."""
        self._ready, self._busy = ready, busy
        if ready:
            self._committing = False
        self._refresh()

    def begin(self) -> None:
        """A proposal is being measured; the one before it is gone."""
        self.clear(tr("Measuring the proposal; nothing is committed."), "running")

    def show_proposal(self, proposal: ProposedEdit) -> None:
        """The verdict. Nothing is committed yet."""
        self._proposal, self._moved_to = proposal, ""
        reject = proposal.level == "reject"
        self._say(tr(VERDICTS[proposal.level]), MARKS[proposal.level], reason_sentence(proposal.reason))
        self.table.show_metrics(proposal.metrics, proposal.limits)
        self.about.setText(about(proposal))
        self.list.show_used(dict(proposal.features))
        self.commit_button.setText(tr("Record as rejected") if reject else tr("Commit"))
        self.commit_button.setAccessibleName(self.commit_button.text())
        self._show_page()
        self._refresh()

    def withdraw(self, sentence: str = "") -> None:
        """A request failed or was cancelled: what had been measured before stays as it was, where there is anything."""
        self._committing = False
        self._compare_states()
        self._refresh()
        if self._proposal is None:
            self.clear(sentence or tr("Stopped; nothing was proposed."), "failed" if sentence else "cancelled")
        elif sentence:
            self.reason.setText(sentence)

    def clear(self, sentence: str | None = None, mark: str = "") -> None:
        """No proposal waits; ``sentence`` says what became of the last one."""
        self._proposal, self._moved_to, self._committing = None, "", False
        self._say("", mark, tr(WAITING) if sentence is None else sentence)
        self.list.show_used({})
        self._show_page()
        self._refresh()

    def _say(self, verdict: str, mark: str, reason: str) -> None:
        self.verdict.setText(verdict or reason)
        font = self.verdict.font()
        font.setBold(bool(verdict))
        self.verdict.setFont(font)
        self.reason.setText(reason if verdict else "")
        self.mark.setVisible(bool(mark))
        if mark:
            self.mark.show_mark(mark)

    def _show_page(self) -> None:
        self._stack.setCurrentIndex(1 if self.list.features or self._proposal else 0)
        for part in (self.reason, self.table, self.about, self.commit_button, self.drop_button):
            part.setVisible(self._proposal is not None)

    # --- what the user does -----------------------------------------------------------------------------------------

    def propose(self) -> None:
        """Ask for a proposal of what is ticked and set; a setting that cannot be used is told in place."""
        if not self.propose_button.isEnabled() or self._snapshot is None:
            return
        settings, model = self.step.settings, self._snapshot.info.model
        try:
            blocks = read_blocks(settings.blocks, model.name, model.n_layers)
        except InputError as error:
            self._block_fault = str(error)
            self._refresh()
            return
        usual = tuple((f.id, f.usual) for f in self.list.features if f.usual is not None)
        ids = tuple(feature.id for feature in self.list.features)
        self.propose_wanted.emit(
            ProposeEditRequest(self.prompt.prompt, ids, usual, settings.strategy, settings.strength, blocks)
        )

    def _on_blocks_edited(self) -> None:
        self._block_fault = ""
        self._refresh()

    def _commit(self) -> None:
        self._committing = True  # the state that comes of it is not one that makes the proposal stale
        self.prompt.accepted()
        self.step.accepted()
        self.commit_wanted.emit(CommitEditRequest())

    def _drop(self) -> None:
        self.drop_wanted.emit(DropEditRequest())

    def _refresh(self) -> None:
        obstacle = self._obstacle()
        self.hint.setText(obstacle)
        self.hint.setVisible(bool(obstacle))
        self.propose_button.setEnabled(self._ready and not obstacle)
        self.cancel_button.setEnabled(self._busy)
        self.untick_button.setEnabled(bool(self.list.selectedIndexes()))
        stale = bool(self._moved_to)
        self.commit_button.setEnabled(self._ready and not stale)
        self.drop_button.setEnabled(self._ready)
        self.stale.setVisible(stale)
        if stale and self._proposal is not None:
            then, now = short_hash(self._proposal.state_hash), short_hash(self._moved_to)
            self.stale.setText(tr(CHANGED).format(then=then, now=now))
        rejected = self._proposal is not None and self._proposal.level == "reject"
        tip = tr(RECORD_TIP) if rejected else tr(COMMIT_TIP)
        self.commit_button.setToolTip(self.stale.text() if stale else tip)

    def _obstacle(self) -> str:
        """Why nothing can be proposed now, in words; empty where it can."""
        if not self.list.features:
            return tr("No feature is ticked; tick one in the table.")
        if not self.prompt.prompt.strip():
            return tr("The prompt is empty; the edit is keyed to its last token.")
        return self._block_fault


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    return part, column
