"""A search as tables, a plot and remarks, and a trial of it as settings that can be used. Without torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InputError
from .outcome import Curve, Outcome, Plot, Table
from .search_space import key_of, overrides_of

NOTHING = "-"
EFFECT = {"steps": "effect: JS on the prompts, bits", "edits": "effect: log odds, nats a token"}
DAMAGE = {"steps": "damage: JS on the probes, bits", "edits": "damage: JS on the probes, bits + neighbours lost"}
_ERRORS_SHOWN = 3

Trial = Mapping[str, Any]
"""A measured trial in plain values: ``number``, ``settings``, ``effect``, ``damage``, ``figures``, ``error``."""


def pareto_front(trials: Sequence[Trial]) -> set[int]:
    """The numbers of the trials that no other one beats: with at least their effect at no more damage, and one of both
    better. Trials of the same figures stand together on it."""
    front: set[int] = set()
    best, at = float("-inf"), float("-inf")
    measured = [trial for trial in trials if trial["error"] is None]
    for trial in sorted(measured, key=lambda trial: (trial["damage"], -trial["effect"])):
        effect, damage = trial["effect"], trial["damage"]
        if effect > best or (effect, damage) == (best, at):
            front.add(trial["number"])
            best, at = effect, damage
    return front


def tables(trials: Sequence[Trial], measure: str) -> tuple[Table, ...]:
    front = pareto_front(trials)
    keys = list(trials[0]["settings"]) if trials else []
    columns = ("trial", *keys, "effect", "damage", "let through", "on the front")
    rows = tuple(_row(trial, keys, trial["number"] in front) for trial in trials)
    note = f"{EFFECT[measure]}; {DAMAGE[measure]}; let through: share that the immune system would accept"
    return (Table("trials of the search", columns, rows, note),)


def _row(trial: Trial, keys: Sequence[str], front: bool) -> tuple[str, ...]:
    settings = (_written(trial["settings"][key]) for key in keys)
    if trial["error"] is not None:
        return (str(trial["number"]), *settings, NOTHING, NOTHING, NOTHING, "failed")
    figures = (f"{trial['effect']:.4f}", f"{trial['damage']:.4f}", f"{100 * trial['figures']['let_through']:.0f} %")
    return (str(trial["number"]), *settings, *figures, "yes" if front else "")


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "null" if value is None else str(value)


def plots(trials: Sequence[Trial], measure: str) -> tuple[Plot, ...]:
    """Effect against damage: the front as a line, the other trials as points, each with its number."""
    numbers = pareto_front(trials)
    measured = [trial for trial in trials if trial["error"] is None]
    front = sorted(
        (one for one in measured if one["number"] in numbers), key=lambda one: (one["damage"], one["effect"])
    )
    others = [one for one in measured if one["number"] not in numbers]
    curves = (_curve("other trials", others, line=False), _curve("Pareto front", front, line=True))
    log_x = bool(measured) and all(one["damage"] > 0 for one in measured)
    return (Plot("Effect and damage", DAMAGE[measure], EFFECT[measure], curves, log_x=log_x),)


def _curve(name: str, trials: Sequence[Trial], line: bool) -> Curve:
    x, y = (tuple(trial[objective] for trial in trials) for objective in ("damage", "effect"))
    return Curve(name, x, y, line, tuple(str(trial["number"]) for trial in trials))


def remarks(trials: Sequence[Trial], planned: int) -> tuple[str, ...]:
    """What became of the trials."""
    failed = [trial for trial in trials if trial["error"] is not None]
    found = [f"{len(trials)} of {planned} trials, {len(pareto_front(trials))} of them on the Pareto front"]
    repeated = len(trials) - len({key_of(trial["settings"]) for trial in trials})
    if repeated:
        found.append(f"trials with the settings of an earlier one, whose figures they took over: {repeated}")
    if failed:
        reasons = list(dict.fromkeys(trial["error"] for trial in failed))[:_ERRORS_SHOWN]
        found.append(f"trials that could not be measured: {len(failed)} ({'; '.join(reasons)})")
    return tuple(found)


# --- a trial to be used -----------------------------------------------------------------------------------------------


def settings_of(outcome: Outcome, number: int) -> dict[str, Any]:
    """What a trial was measured with, by key; raises InputError where there is no such trial."""
    if outcome.experiment != "search":
        raise InputError(f"this is an outcome of the experiment '{outcome.experiment}'; a trial is picked of a search")
    found = {trial["number"]: trial["settings"] for trial in outcome.data["trials"]}
    if number not in found:
        there = f"there are {min(found)} to {max(found)}" if found else "there is none yet"
        raise InputError(f"trial {number} is not in this search; {there}")
    return dict(found[number])


def apply(outcome: Outcome, number: int) -> list[str]:
    """A trial's settings as ``section.key=value``, for ``--set`` and ``load_config``; raises InputError where there is
    no such trial."""
    return overrides_of(settings_of(outcome, number))


def overlay(outcome: Outcome, number: int) -> dict[str, Any]:
    """A trial's settings as a tree, for a configuration file; raises InputError where there is no such trial."""
    tree: dict[str, Any] = {}
    for key, value in settings_of(outcome, number).items():
        *sections, name = key.split(".")
        node = tree
        for section in sections:
            node = node.setdefault(section, {})
        node[name] = value
    return tree
