"""What the scripts made by trace.py call: a step's settings, stored patches, labels, and the run with its check."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .config import Config, EvolutionConfig, load_config
from .errors import HeraError, InputError, SessionError

if TYPE_CHECKING:
    from .hera import HeraEngine
    from .ledger import Ledger
    from .patches import Patch

SHOWN = 12
"""Letters of a hash that are enough to tell states apart."""

Rebuild = Callable[["HeraEngine", str], None]


def step(engine: HeraEngine, **changes: Any) -> EvolutionConfig:
    """The engine's settings of a step with ``changes``, such as ``step(engine, learning_rate=2.0)``.

    Raises:
        InputError: a setting is unknown or its value is not allowed.
    """
    return with_settings(engine.config, {f"evolution.{name}": value for name, value in changes.items()}).evolution


def with_settings(config: Config, changes: Mapping[str, Any]) -> Config:
    """The configuration with other values at dotted keys; raises InputError like ``load_config``."""
    tree = config.model_dump()
    for dotted, value in changes.items():
        *sections, key = dotted.split(".")
        place = tree
        for section in sections:
            place = place.setdefault(section, {})
        place[key] = value
    return load_config(tree, environment={})


def session_config(session: str | Path) -> Config:
    """The configuration that a session has; raises SessionError where it cannot be read."""
    from .ledger import Ledger

    ledger = Ledger.open(Path(session), read_only=True)
    try:
        return load_config(json.loads(ledger.meta["config"]), environment={})
    finally:
        ledger.close()


def stored_patch(session: str | Path, patch_id: str) -> Patch:
    """The factors of a proposal, read from a session's file; raises SessionError or InputError where it has none."""
    from .ledger import Ledger

    path = Path(session)
    if not path.is_file():
        raise SessionError(
            f"patch '{patch_id}' was imported, and its factors are in session {path}, which does not exist; name the "
            "session's file with --original"
        )
    ledger = Ledger.open(path, read_only=True)
    try:
        return ledger.patch(patch_id)
    finally:
        ledger.close()


def put_labels(engine: HeraEngine, sae: str, labels: Sequence[Mapping[str, Any]]) -> None:
    """Keep names, notes and pins of the features of the SAE with fingerprint ``sae``: one as the user gives it, several
    at once as an import brings them. A label with nothing but its feature is deleted."""
    from .atlas.records import Label

    made = [Label(**label) for label in labels]
    if len(made) == 1:
        engine.ledger.labels.put(sae, made[0])
    else:
        engine.ledger.labels.put_many(sae, made)


def outcomes(ledger: Ledger) -> list[str]:
    """For every proposal its step, what became of it and, where it was committed, the beginning of the hash of the
    state it led to."""
    led_to = {event.patch_id: event.state_hash[:SHOWN] for event in ledger.events() if event.kind == "commit"}
    return [f"{e.step} {e.status} {led_to.get(e.patch_id, '')}".rstrip() for e in ledger.entries()]


# --- the run ----------------------------------------------------------------------------------------------------------


def replay(
    rebuild: Rebuild,
    config: Mapping[str, Any],
    original: str,
    recorded: Mapping[str, Any],
    arguments: Sequence[str] | None = None,
) -> int:
    """Make an engine on a new session, rebuild, and compare; returns the exit status.

    Args:
        config: settings that differ from the defaults, by dotted key.
        original: the session that imported patches are read from, unless ``--original`` names another.
        recorded: ``base`` and ``sae``, the fingerprints to work on; ``state``, the hash to arrive at, or None; and
            ``outcomes``, what ``outcomes`` gave for the session; ``threads``, how many torch counted with, or None.
        arguments: of the command line; ``sys.argv`` where they are None.
    """
    options = _options(original, arguments)
    try:
        engine = _new_engine(config, options.session, recorded.get("threads"))
        try:
            return _rebuilt(engine, rebuild, options.original, recorded)
        finally:
            engine.close()
    except HeraError as error:
        _say(f"not reproduced: {error}")
        return 1


def _options(original: str, arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Rebuild the state of a HERA session and check its hash.")
    parser.add_argument("--session", metavar="FILE", help="a new session file; without it a temporary one")
    parser.add_argument("--original", metavar="FILE", default=original, help="where imported patches are read from")
    return parser.parse_args(arguments)


def _new_engine(config: Mapping[str, Any], session: str | None, threads: int | None) -> HeraEngine:
    if session is not None and Path(session).exists():
        raise InputError(f"session {session} exists already; name a new file with --session")
    settings = with_settings(Config(), config)
    import torch

    from .hera import HeraEngine

    if threads is not None:
        torch.set_num_threads(threads)
    return HeraEngine(settings, session)


def _rebuilt(engine: HeraEngine, rebuild: Rebuild, original: str, recorded: Mapping[str, Any]) -> int:
    found, failure = engine.ledger.meta, ""
    for name, what in (("base", "base_fingerprint"), ("sae", "sae_fingerprint")):
        if found.get(what, "") != recorded[name]:
            title = "the base" if name == "base" else "the SAE"
            raise InputError(f"{title} here is {found.get(what) or 'none'}, and the session has {recorded[name]}")
    try:
        rebuild(engine, original)
    except HeraError as error:
        failure = str(error)
    wanted = recorded["state"]
    if not failure and wanted in (None, engine.state_hash):
        _say(f"state {engine.state_hash} " + ("reproduced" if wanted else "reached"))
        return 0
    _say(f"not reproduced: {failure or f'the state is {engine.state_hash}, recorded is {wanted}'}")
    difference = _first_difference(outcomes(engine.ledger), recorded["outcomes"])
    if difference:
        _say(difference)
    return 1


def _first_difference(found: Sequence[str], recorded: Sequence[str]) -> str:
    for here, there in zip(found, recorded, strict=False):
        if here != there:
            return f"the first difference: step {here} here, step {there} in the session"
    if len(found) != len(recorded):
        return f"{len(found)} proposals were made here, {len(recorded)} in the session"
    return "every proposal was the same; the moves after them differ" if recorded else ""


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
