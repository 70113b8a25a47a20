"""What the desk of the chat asks of the model thread beside talking: what the panels draw, and the way to a state."""

from __future__ import annotations

from dataclasses import dataclass

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.timeline import BASE

from ..chat_records import ChatState
from ..chat_requests import chat_state
from ..i18n import mark, tr
from ..requests import Bench, Report, Request
from ..sentences import short_hash

NO_STEP = mark("state {hash} is not that of a step on the timeline, so there is nothing to roll back to")


@dataclass(frozen=True)
class PanelsState:
    """What the chat's panels draw. ``needed``: the share of right answers with which a fact is known;
    ``ask_after_move``: all facts are asked again after the state was changed by something else than the chat."""

    chat: ChatState
    needed: float
    ask_after_move: bool


@dataclass(frozen=True)
class ReadPanelsRequest(Request):
    """The conversations, the facts and the lessons."""

    name = mark("Reading the chat")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> PanelsState:
        engine = bench.need()
        recall = engine.config.facts.recall
        return PanelsState(chat_state(engine), recall.needed, recall.after_move)


@dataclass(frozen=True)
class FindStateRequest(Request):
    """The patch whose commit led to a state, "base" for the state without any; InputError where there is none."""

    state_hash: str

    name = mark("Looking for the state")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> str:
        ledger = bench.need().ledger
        found = ledger.committed_as(self.state_hash)
        if found is not None:
            return found
        if ledger.hash_of(()) == self.state_hash:
            return BASE
        raise InputError(tr(NO_STEP).format(hash=short_hash(self.state_hash)))
