"""The options every verb shares, and how they become an engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.logs import start_logging
from hera_desktop.engine.memory import shortage
from hera_desktop.engine.preferences import load_preferences

from . import output

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.ledger import Ledger

SessionOption = Annotated[
    Path | None, typer.Option("--session", metavar="FILE", help="The session file (.hera); made when it is not there.")
]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="A configuration file (YAML).")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="SECTION.KEY=VALUE", help="One setting; may be repeated.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]


def read_config(config: Path | None, overrides: list[str] | None, stored: dict[str, Any] | None = None) -> Config:
    """The configuration of all sources, and the log started as it says."""
    loaded = load_config(config, overrides or (), stored=stored, preferences=load_preferences())
    start_logging(loaded.logging)
    return loaded


def stored_config(session: Path | None, writing: bool = False) -> dict[str, Any] | None:
    """What an existing session was made with; raises SessionError where it is to be written and cannot be."""
    if session is None or not session.exists():
        return None
    with opened_ledger(session, writing) as ledger:
        return json.loads(ledger.meta["config"])


@contextmanager
def opened_engine(
    session: Path | None, config: Path | None, overrides: list[str] | None, writing: bool = False
) -> Iterator[HeraEngine]:
    """An engine on the session (a temporary one is named on stderr), closed afterwards. A verb that is ``writing`` is
    refused before the model is loaded where the session can only be read."""
    settings = read_config(config, overrides, stored_config(session, writing))
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.hera import HeraEngine

    if short := shortage(settings):
        output.say(f"warning: {short}")
    engine = HeraEngine(settings, session, output.progress)
    try:
        for notice in engine.notices:
            output.say(f"warning: {notice}")
        if session is None:
            output.say(f"session: {engine.session} (temporary; name one with --session)")
        yield engine
    finally:
        engine.close()


@contextmanager
def opened_ledger(session: Path | None, writing: bool = False) -> Iterator[Ledger]:
    """A session without its model, for what needs none; to be read only, unless a verb is ``writing``."""
    if session is None:
        raise InputError("this needs a session; name one with --session FILE")
    from hera_desktop.engine.ledger import Ledger

    ledger = Ledger.open(session, read_only=not writing)
    try:
        if writing:
            ledger.check_writable()
        yield ledger
    finally:
        ledger.close()
