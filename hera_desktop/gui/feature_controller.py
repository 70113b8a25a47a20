"""Joins the features workspace to the model thread: what the user can do with features, and what came of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import HeraError

from .controller import Controller
from .edit_requests import BuildAtlasRequest
from .feature_records import FeaturesOpened
from .feature_requests import (
    FeatureOnTextRequest,
    ImportLabelsRequest,
    LabelRequest,
    OpenFeaturesRequest,
    ReadTextRequest,
)
from .features.feature_list import AtlasView
from .i18n import tr
from .records import Outcome, Snapshot
from .requests import LoadRequest, Request


class FeatureController(QObject):
    """Shares the model thread with the window's controller.

    Of several texts or features asked for while the thread is busy only the last is looked at. While ``watching``, what
    was read is read again whenever the model's state has changed.

    Signals: ``opened((FeaturesOpened, AtlasView | None))``; ``text_read(TextFeatures)``; ``on_text(FeaturePageText)``;
    ``labels_imported(ImportedLabels)``.
    """

    opened = Signal(object)
    text_read = Signal(object)
    on_text = Signal(object)
    labels_imported = Signal(object)

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._atlas: AtlasView | None = None
        self._opened: FeaturesOpened | None = None
        self._running: set[type] = set()
        self._waiting: dict[type, Request] = {}
        self._text = ""
        self._state_hash = ""
        self._read_hash = ""
        self._watching = False
        controller.ended.connect(self._on_ended)
        controller.snapshot_changed.connect(self._on_snapshot)

    # --- what the user can do ---------------------------------------------------------------------------------------

    def watch(self, watching: bool) -> None:
        """Whether somebody looks: a text that was read in another state is read again."""
        self._watching = watching
        stale = bool(self._text) and self._read_hash != self._state_hash
        if watching and stale and ReadTextRequest not in self._running:
            self._look(ReadTextRequest(self._text))

    def read(self, text: str) -> None:
        if not text.strip():
            self._controller.messages.tell(tr("The text is empty; type or paste the text to read"), "warning")
        elif self._controller.snapshot is None:
            self._controller.messages.tell(tr("No model is loaded yet"), "warning")
        else:
            self._look(ReadTextRequest(text))

    def look_on_text(self, wanted: tuple[int, str]) -> None:
        """One feature on a text, in the base and as edited."""
        self._look(FeatureOnTextRequest(*wanted))

    def keep_label(self, label: Label) -> None:
        self._controller.submit(LabelRequest(label))

    def import_labels(self, path: str) -> None:
        self._controller.submit(ImportLabelsRequest(path))

    def run(self, request: Request) -> None:
        """Steer, propose, commit, drop, build, train: one at a time."""
        if not self._controller.ready:
            self._controller.messages.tell(tr("A job is running; wait for it or cancel it"), "warning")
            return
        if isinstance(request, BuildAtlasRequest):
            self._let_go()
        self._controller.submit(request)

    def use_sae(self, folder: str) -> None:
        """Load the model anew with the SAE in this folder, and go on with the same session."""
        self._controller.load_with(f"sae.path={json.dumps(folder)}", "sae.release=null", "sae.id=null")

    def open(self) -> None:
        """Ask for the SAE, its atlas and the labels; answered by ``opened``."""
        self._look(OpenFeaturesRequest())

    def tell(self, said: tuple[str, Any]) -> None:
        """A sentence and its level, from a panel."""
        self._controller.messages.tell(*said)

    def close(self) -> None:
        if self._atlas is not None:
            self._atlas.close()
            self._atlas = None

    @property
    def looking(self) -> bool:
        """A text, feature or label is being read or written on the model thread."""
        return bool(self._running)

    # --- what comes back --------------------------------------------------------------------------------------------

    def _look(self, request: Request) -> None:
        """Start a look now, or once the one that runs has ended."""
        kind = type(request)
        if kind in self._running:
            self._waiting[kind] = request
            return
        self._running.add(kind)
        self._controller.submit(request)

    def _on_ended(self, outcome: Outcome) -> None:
        kind = type(outcome.request)
        self._running.discard(kind)
        if kind in self._waiting:
            self._look(self._waiting.pop(kind))
        elif outcome.status == "finished":
            self._answer(outcome)
        elif kind in (LabelRequest, BuildAtlasRequest):
            self.open()  # what is shown is not what is kept

    def _answer(self, outcome: Outcome) -> None:
        record, request = outcome.record, outcome.request
        if isinstance(request, (LoadRequest, BuildAtlasRequest)):
            self.open()
        elif isinstance(request, OpenFeaturesRequest):
            self._open(record)
        elif isinstance(request, ReadTextRequest):
            # jobs run in order, so this was read in the state that is known here
            self._text, self._read_hash = record.text, self._state_hash
            self.text_read.emit(record)
        elif isinstance(request, FeatureOnTextRequest):
            self.on_text.emit(record)
        elif isinstance(request, ImportLabelsRequest):
            self.labels_imported.emit(record)

    def _let_go(self) -> None:
        """Close the atlas: a new one cannot take the place of an open file everywhere."""
        if self._atlas is not None and self._opened is not None:
            self.opened.emit((replace(self._opened, atlas=None), None))
            self.close()

    def _open(self, opened: FeaturesOpened) -> None:
        if self._opened is None or self._opened.sae != opened.sae:
            self._text = ""
        self._opened = opened
        old, self._atlas = self._atlas, self._open_atlas(opened)
        self.opened.emit((opened, self._atlas))
        if old is not None:
            old.close()

    def _open_atlas(self, opened: FeaturesOpened) -> AtlasView | None:
        """The atlas, read on this thread; None, with the reason told, where it cannot be used."""
        if opened.atlas is None or opened.sae is None:
            return None
        from hera_desktop.engine.atlas.store import Atlas

        try:
            return Atlas.open(Path(opened.atlas))
        except HeraError as error:
            self._controller.messages.tell(str(error), "error")
            return None

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._state_hash = snapshot.info.state_hash
        if self._watching:
            self.watch(True)
