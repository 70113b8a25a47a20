"""What was recorded, as lines of Python that do it again, and a whole session as a script.

A line works on a variable ``engine`` (a HeraEngine) and on the names of ``REPLAY_NAMES``. What a user typed is written
with ``repr``, so that no text can end its quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .config import Config, EvolutionConfig, load_config
from .replay import outcomes, with_settings
from .timeline import Event

if TYPE_CHECKING:
    from .ledger import Entry, Ledger

ORIGINAL = "session.hera"
MOVES = {"roll_back_to": "roll_back_to", "roll_back_before": "rollback", "revert": "revert", "restore": "restore"}
REPLAY_NAMES = ("put_labels", "replay", "step", "stored_patch", "with_settings")
"""What the lines use from ``hera_desktop.engine.replay``."""

# --- one entry, one event ---------------------------------------------------------------------------------------------


def source_of(entry: Entry) -> Mapping[str, Any]:
    """Where a proposal came from; a session of an older schema says only whether its features were ticked."""
    recorded = entry.details.get("source")
    if recorded:
        return recorded
    if entry.details.get("ticked"):
        return {"kind": "features", "given": dict(entry.details.get("features", []))}
    return {"kind": "evolve"}


def settings_of(entry: Entry, evolution: EvolutionConfig | None = None) -> EvolutionConfig:
    """The settings a proposal was made with; where an older session does not have them all, ``evolution`` (or the
    defaults) with what it has."""
    if entry.details.get("settings"):
        return EvolutionConfig.model_validate(entry.details["settings"])
    known = {name: entry.details[name] for name in ("strategy", "learning_rate") if entry.details.get(name)}
    if entry.details.get("layers"):
        known["target_layers"] = tuple(entry.details["layers"])
    return (evolution or EvolutionConfig()).model_copy(update=known)


def changed_settings(settings: EvolutionConfig, evolution: EvolutionConfig) -> dict[str, Any]:
    """The settings that differ from ``evolution``, by name."""
    mine, theirs = settings.model_dump(), evolution.model_dump()
    return {name: value for name, value in mine.items() if value != theirs[name]}


def entry_line(entry: Entry, evolution: EvolutionConfig | None = None, session: str | None = None) -> str:
    """The line that makes a proposal again.

    Args:
        evolution: the ``evolution`` section the engine has; settings are then written only where they differ from it.
            None: all that differ from the program's defaults are written, whatever the engine has.
        session: the file that an imported patch is read from; None: the variable ``original``.
    """
    source = source_of(entry)
    kind = source["kind"]
    prompt = repr(entry.prompt)
    if kind == "reapply":
        return f"engine.reapply({source['of']!r}, {source['factor']!r})"
    if kind in ("import", "chat", "edit"):  # a lesson hangs on all that was said before, an edit on statistics of this
        # machine: the change is read, not made again
        factors = f"stored_patch({repr(session) if session else 'original'}, {entry.patch_id!r})"
        return f"engine.adopt({factors}, {prompt}, {dict(source)!r})"
    settings = _settings_argument(settings_of(entry, evolution), evolution)
    if kind == "features":
        given = {int(feature): value for feature, value in source["given"].items()}
        rest = f", {settings}" if settings else ""
        return f"engine.commit(engine.propose({prompt}{rest}, features={given!r}))"
    return f"engine.evolve({prompt}, {settings})" if settings else f"engine.evolve({prompt})"


def _settings_argument(settings: EvolutionConfig, evolution: EvolutionConfig | None) -> str:
    if evolution is None:
        return f"EvolutionConfig({keywords(changed_settings(settings, EvolutionConfig()))})"
    changed = changed_settings(settings, evolution)
    return f"step(engine, {keywords(changed)})" if changed else ""


def keywords(values: Mapping[str, Any]) -> str:
    """``a=1, b='x'``."""
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def own_settings(strategy: str | None, strength: float | None, blocks: tuple[int, ...] | None) -> str:
    """The last argument of a step with settings of its own, with the comma before it; empty where all are None."""
    given = {"strategy": strategy, "learning_rate": strength, "target_layers": blocks}
    changed = {name: value for name, value in given.items() if value is not None}
    return f", step(engine, {keywords(changed)})" if changed else ""


def event_line(event: Event) -> str:
    """The line that makes a move or an annotation again; empty for a commit, which its proposal's line makes."""
    kind, patch = event.kind, repr(event.patch_id)
    if kind in MOVES:
        return f"engine.{MOVES[kind]}({patch if event.patch_id else repr('base')})"
    if kind in ("undo", "redo"):
        return f"engine.{kind}()"
    if event.payload is None:
        return ""
    after = event.payload["after"]
    if kind == "configure":
        return f"engine.configure(with_settings(engine.config, {dict(after)!r}))"
    if kind == "label":
        return _label_line(event.payload, after)
    words = {"note": "note", "tag": "tag", "rename": "rename"}
    after = tuple(after) if kind == "tag" else after
    return f"engine.{words[kind]}({event.payload['patch_id']!r}, {after!r})" if kind in words else ""


def _label_line(payload: Mapping[str, Any], after: Any) -> str:
    """One label kept, or many imported at once."""
    features, kept = (payload["features"], after) if "features" in payload else ([payload["feature"]], [after])
    labels = [{**(label or {}), "feature": feature} for feature, label in zip(features, kept, strict=True)]
    return f"put_labels(engine, {payload['sae']!r}, {labels!r})"


# --- in order ---------------------------------------------------------------------------------------------------------


def in_order(entries: Iterable[Entry], events: Iterable[Event]) -> Iterator[Entry | Event]:
    """Proposals and moves in the order in which they were made, each proposal once (its commit is left out).

    A rejected proposal has no event: it goes before the next proposal's commit, by its time among the moves there.
    """
    waiting = sorted(entries, key=lambda entry: entry.step, reverse=True)
    for event in events:
        if event.kind == "commit":
            while waiting:
                entry = waiting.pop()
                yield entry
                if entry.patch_id == event.patch_id:
                    break
            continue
        while waiting and waiting[-1].status == "rejected" and waiting[-1].time < event.time:
            yield waiting.pop()
        yield event
    yield from reversed(waiting)


def session_lines(ledger: Ledger) -> list[str]:
    """Every proposal and move of a session as lines of Python, in order. They work on ``engine``, one on a new session
    with ``first_config``, and ``original``, the file of this session."""
    evolution: EvolutionConfig | None = first_config(ledger).evolution
    lines = []
    for item in in_order(ledger.entries(), ledger.events()):
        if isinstance(item, Event):
            lines.append(event_line(item))
            if item.kind == "configure":  # from here on undo may change it back: every step names its settings in full
                evolution = None
        else:
            became = item.status if item.patch_id is None else f"{item.patch_id}, {item.status}"
            lines.append(f"{entry_line(item, evolution)}  # {became}")
    return [line for line in lines if line]


def first_config(ledger: Ledger) -> Config:
    """The configuration that the session was made with, before any change recorded in it."""
    config = load_config(json.loads(ledger.meta["config"]), environment={})
    first: dict[str, Any] = {}
    for event in ledger.events():
        if event.kind == "configure":
            first = {**event.payload["before"], **first}
    return with_settings(config, first)


# --- the script -------------------------------------------------------------------------------------------------------


def session_script(ledger: Ledger, check: bool = True) -> str:
    """A script that makes the session's present state again from nothing: ``python script.py [--session new.hera]``.

    It repeats every proposal (rejected ones too: the step's number seeds the next) and every move. With ``check`` it
    ends by comparing the state's hash with the recorded one: it prints "state HASH reproduced" and exits with status
    0, or says what differs and exits with 1. On the same machine the hash is the same; the script counts with as many
    threads as the session did.
    """
    config, lines = first_config(ledger), session_lines(ledger)
    imported = any("stored_patch(original" in line for line in lines)
    body = "".join(f"    {line}\n" for line in lines) or "    pass  # nothing was proposed\n"
    recorded = outcomes(ledger) if check else []
    return _SCRIPT.format(
        title=_comment(f"Rebuilds the present state of session {ledger.path.name} from nothing."),
        facts="".join(_comment(f"{name:<8} {value}") for name, value in _facts(ledger, config)),
        imported=_IMPORTED if imported else "",
        names=", ".join(name for name in REPLAY_NAMES if name == "replay" or f"{name}(" in body),
        configs="from hera_desktop.engine.config import EvolutionConfig\n" if "EvolutionConfig(" in body else "",
        config=_lines("{}", (f"{key!r}: {value!r}" for key, value in config.changed().items())),
        original=repr(str(ledger.path.absolute())),
        base=repr(ledger.meta["base_fingerprint"]),
        sae=repr(ledger.meta.get("sae_fingerprint", "")),
        state=repr(ledger.state_hash) if check else None,
        recorded=_lines("[]", map(repr, recorded)),
        threads=_threads(ledger),
        body=body,
    )


def _threads(ledger: Ledger) -> int | None:
    """How many threads the last step that says so was counted with."""
    counts = [entry.details.get("threads") for entry in ledger.entries()]
    return next((count for count in reversed(counts) if count), None)


def _lines(brackets: str, items: Iterable[str]) -> str:
    """A list or mapping, an item a line."""
    inside = "".join(f"    {item},\n" for item in items)
    return f"{brackets[0]}\n{inside}{brackets[1]}" if inside else brackets


def _facts(ledger: Ledger, config: Config) -> list[tuple[str, str]]:
    meta = ledger.meta
    return [
        ("program", f"HERA Desktop {meta.get('program', '')}"),
        ("model", f"{meta.get('model_name', '')}, base {meta['base_fingerprint']}"),
        ("SAE", f"{meta.get('sae_name', '')} {meta.get('sae_fingerprint', '')}".strip() or "none"),
        ("seed", str(config.experiment.seed)),
        ("state", ledger.state_hash),
    ]


def _comment(text: str) -> str:
    """A comment of one line, whatever the text holds."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"# {plain}\n"


_IMPORTED = """# Patches that were imported are read from the original session: --original names it where it has moved.
"""

_SCRIPT = '''{title}#
{facts}#
# python this_script.py                      in a temporary session
# python this_script.py --session new.hera   in a session that is kept
# The same machine, counting with as many threads (THREADS), gives the same bytes.
{imported}import sys

{configs}from hera_desktop.engine.replay import {names}

CONFIG = {config}
"""Settings that differ from the program's defaults."""

ORIGINAL = {original}
BASE = {base}
SAE = {sae}
STATE = {state}
THREADS = {threads}
OUTCOMES = {recorded}
"""What became of each proposal, and the first letters of the hash of the state that it led to."""


def rebuild(engine, original):
{body}

if __name__ == "__main__":
    facts = {{"base": BASE, "sae": SAE, "state": STATE, "threads": THREADS, "outcomes": OUTCOMES}}
    sys.exit(replay(rebuild, CONFIG, ORIGINAL, facts))
'''
