"""The command lines that make a session again, quoted for a shell."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

import yaml

from ..ledger import Entry, Ledger
from ..timeline import Event
from ..trace import changed_settings, first_config, in_order, settings_of, source_of

TARGET = "new.hera"
MOVES = {"roll_back_to": "rollback", "revert": "revert", "restore": "restore", "undo": "undo", "redo": "redo"}


_WARNING = "# not everything below has a command, so these lines alone do not arrive at the same state: take the script"


def session_commands(ledger: Ledger, target: str = TARGET) -> list[str]:
    """``hera-desktop`` command lines that repeat a session's proposals and moves in session ``target``, in order. What
    has no verb stands as a comment that says so; the script can do it."""
    config = first_config(ledger)
    making = config.changed()
    lines = []
    for item in in_order(ledger.entries(), ledger.events()):
        if isinstance(item, Event):
            lines.append(_move(item, target))
            continue
        changed = changed_settings(settings_of(item, config.evolution), config.evolution)
        own = {f"evolution.{key}": value for key, value in changed.items()}
        if making and (own or source_of(item)["kind"] != "evolve"):  # the session is made first, with its own settings
            lines.append(_line("generate", "Hello", "--tokens", "1", "--session", target, *_set(making)))
            making = {}
        lines.append(_proposal(item, target, {**making, **own}))
        making = {}
    return [_WARNING, *lines] if any(line.startswith("#") for line in lines) else lines


def _move(event: Event, target: str) -> str:
    session = ["--session", target]
    if event.kind in MOVES:
        patch = [] if event.kind in ("undo", "redo") else [event.patch_id or "base"]
        return _line(MOVES[event.kind], *patch, *session)
    if event.kind == "roll_back_before":
        return _line("rollback", str(event.patch_id), "--before", *session)
    if event.payload and event.kind in ("note", "rename"):
        return _line(event.kind, str(event.payload["patch_id"]), *session, "--", str(event.payload["after"]))
    if event.payload and event.kind == "tag":
        return _line("tag", str(event.payload["patch_id"]), *session, "--", *event.payload["after"])
    return f"# {event.kind} has no command; the script does it"


def _proposal(entry: Entry, target: str, settings: Mapping[str, Any]) -> str:
    source = source_of(entry)
    options = ["--session", target, *_set(settings)]
    if source["kind"] == "evolve":
        return _line("evolve", *options, "--", entry.prompt)
    if source["kind"] == "reapply":
        return _line("reapply", str(source["of"]), "--factor", repr(source["factor"]), "--session", target)
    what = {"features": "features propose", "chat": "a lesson", "edit": "a target edit"}.get(
        source["kind"], "an import"
    )
    return f"# step {entry.step} ({what}) has no command that gives the same; the script does it"


def _set(settings: Mapping[str, Any]) -> list[str]:
    return [part for key, value in settings.items() for part in ("--set", f"{key}={_yaml(value)}")]


def _yaml(value: Any) -> str:
    """The value as ``--set`` reads it."""
    plain = list(value) if isinstance(value, tuple) else value
    return yaml.safe_dump(plain, default_flow_style=True, width=10**6).removesuffix("\n").removesuffix("\n...")


def _line(*words: str) -> str:
    return shlex.join(["hera-desktop", *words])
