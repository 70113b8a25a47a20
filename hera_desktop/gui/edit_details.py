"""What is said of a target edit in its details: what it was for, the strengths that were tried, earlier edits."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from .i18n import mark, tr

LEVELS = {"safe": mark("safe"), "warning": mark("warning"), "reject": mark("rejected")}
DIGITS = 4
"""Of a probability."""
Details = Mapping[str, Any]


def edit_of(details: Details) -> Mapping[str, Any]:
    """The record of a target edit; empty for any other step."""
    source = details.get("source") or {}
    return source if source.get("kind") == "edit" else {}


def edit_html(source: Mapping[str, Any]) -> str:
    """Target, subject and share in one sentence, as rich text."""
    words = tr("Edited: it should continue with <b>{target}</b>, about <b>{subject}</b>; {share} of the edit")
    target, subject = (html.escape(" ".join(str(source.get(key, "")).split())) for key in ("target", "subject"))
    share = _percent(source.get("share")).replace(" ", "\u00a0")
    return words.format(target=target, subject=subject, share=share)


def dose_rows(details: Details) -> list[list[str]]:
    """Share of the edit, what the target is given, level; from nothing to the whole."""
    doses: Sequence[Mapping[str, Any]] = edit_of(details).get("doses") or ()
    return [[_percent(dose["share"]), _probability(dose["target"]), _level(dose)] for dose in doses]


def retested_rows(details: Details) -> list[list[str]]:
    """Earlier edit, what its target is given in the state that this one makes, whether it is still said freely."""
    return [
        [str(one["patch_id"]), _probability(one["target"]), tr("yes") if one["free"] else tr("no")]
        for one in retested(details)
    ]


def retested(details: Details) -> Sequence[Mapping[str, Any]]:
    return edit_of(details).get("retested") or ()


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.3g} %"


def _probability(value: float | None) -> str:
    return "" if value is None else f"{value:.{DIGITS}f}"


def _level(dose: Mapping[str, Any]) -> str:
    if dose["share"] == 0:
        return tr("before the edit")
    return tr(LEVELS[dose["level"]])
