"""Labelled edits as tables and plots: who was refused, how well the scores tell the labels apart, and the ROC curve."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from statistics import median

from .labelled_edits import KINDS, LabelledEdit
from .outcome import Curve, Plot, Table
from .roc import auc, roc, share_from

NOTHING = "-"
BY_PERPLEXITY, BY_ANSWERS = (1.1, 1.25, 1.5, 2.0, 4.0), (0.1, 0.2, 0.25, 0.3, 0.4)
"""Rises of the held-out perplexity, and shares of the answers' tokens, from which an edit may be called destructive."""
NEAR = 1.2
"""How far from the rise that makes an edit destructive a perplexity may be to be called about as large."""
JUST_OVER = math.nextafter(1.0, 2.0)
"""The score from which an edit is refused."""


def tables(edits: Sequence[LabelledEdit], quotas: Mapping[str, int]) -> tuple[Table, ...]:
    return (_kinds(edits, quotas), _classifier(edits), _strictness(edits))


def answers_at(rise: float, edits: Collection[LabelledEdit]) -> list[float]:
    """What share of the answers' tokens the edits of the destructive kinds change that raise the perplexity about
    ``rise`` times, the least first."""
    near = [e for e in edits if e.label == "destructive" and rise / NEAR <= _rise(e) <= rise * NEAR]
    return sorted(e.answers for e in near)


def scores(edits: Collection[LabelledEdit], label: str) -> list[float]:
    """Of the edits with a confirmed label; infinite where a measure is not finite."""
    return [_score(edit) for edit in edits if edit.borne_out and edit.label == label]


def _score(edit: LabelledEdit) -> float:
    return math.inf if edit.score is None else edit.score


# --- tables -----------------------------------------------------------------------------------------------------------


def _kinds(edits: Sequence[LabelledEdit], quotas: Mapping[str, int]) -> Table:
    rows = [_kind(kind, [edit for edit in edits if edit.kind == kind]) for kind in quotas]
    rows += [_sum(f"all {label}", label, edits) for label in dict.fromkeys(KINDS.values())]
    return Table(
        "What was refused",
        ("kind", "label", "n", "left out", "refused", "share refused", "limit used", "PPL, x", "answers"),
        tuple(rows),
        "left out: label not borne out; refused: at the configured limits; limit used: the nearest measure's share of "
        "the way to its limit, median; PPL: rise of the held-out texts' perplexity, answers: share of the answers' "
        "tokens that change, medians",
    )


def _kind(kind: str, edits: Sequence[LabelledEdit]) -> tuple[str, ...]:
    return _row(kind, KINDS[kind], edits)


def _sum(name: str, label: str, edits: Sequence[LabelledEdit]) -> tuple[str, ...]:
    return _row(name, label, [edit for edit in edits if edit.label == label])


def _row(name: str, label: str, edits: Sequence[LabelledEdit]) -> tuple[str, ...]:
    kept = [edit for edit in edits if edit.borne_out]
    refused = sum(edit.refused for edit in kept)
    used = _median([_score(edit) for edit in kept], "{:.3f}")
    rise = _median([_rise(edit) for edit in kept], "{:.3f}")
    counts = (len(kept), len(edits) - len(kept), refused)
    answers = _median([edit.answers for edit in kept], "{:.0%}")
    return (name, label, *map(str, counts), _share(refused, len(kept)), used, rise, answers)


def _classifier(edits: Sequence[LabelledEdit]) -> Table:
    """Against what was asked of the immune system (issue 6): a floor and a goal."""
    good, bad = scores(edits, "good"), scores(edits, "destructive")
    accepts = 1 - share_from(bad, JUST_OVER) if bad else None
    rejects = share_from(good, JUST_OVER) if good else None
    return Table(
        "What is asked of it",
        ("figure", "found", "floor", "goal", "reached"),
        (
            _against("AUC", auc(good, bad), 0.95, 0.99, least=True),
            _against("false accepts", accepts, 0.05, 0.01, least=False),
            _against("false rejects", rejects, 0.10, 0.05, least=False),
        ),
        f"{len(good)} good and {len(bad)} destructive edits; false accepts: destructive ones that were not refused; "
        "false rejects: good ones that were",
    )


def _against(name: str, found: float | None, floor: float, goal: float, least: bool) -> tuple[str, ...]:
    words, write = ("at least", "{:.3f}".format) if least else ("at most", "{:.1%}".format)
    bounds = [f"{words} {write(bound)}" for bound in (floor, goal)]
    if found is None:
        return (name, NOTHING, *bounds, NOTHING)
    met = [found >= bound if least else found <= bound for bound in (floor, goal)]
    return (name, write(found), *bounds, "goal" if met[1] else "floor" if met[0] else "neither")


def _strictness(edits: Sequence[LabelledEdit]) -> Table:
    """The same with other borders between destructive and harmless, each drawn by one thing alone."""
    made = [edit for edit in edits if edit.label == "destructive"]
    by_rise = [(f"PPL {rise:g} x", [e for e in made if _rise(e) >= rise]) for rise in BY_PERPLEXITY]
    by_share = [(f"answers {share:.0%}", [e for e in made if e.answers >= share]) for share in BY_ANSWERS]
    return Table(
        "What the label decides",
        ("destructive from", "n", "AUC", "false accepts"),
        tuple(_from(name, bad, edits) for name, bad in (*by_rise, *by_share)),
        "edits of the destructive kinds, whatever their label, that raise the held-out perplexity so many times or "
        "change so many of the answers' tokens, against the good ones",
    )


def _from(name: str, bad: Sequence[LabelledEdit], edits: Sequence[LabelledEdit]) -> tuple[str, ...]:
    used = [_score(edit) for edit in bad]
    area = auc(scores(edits, "good"), used)
    accepted = sum(score < JUST_OVER for score in used)
    return (name, str(len(bad)), NOTHING if area is None else f"{area:.3f}", _share(accepted, len(bad)))


def _rise(edit: LabelledEdit) -> float:
    return math.inf if edit.perplexity is None else edit.perplexity


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else NOTHING


def _median(values: Sequence[float], form: str) -> str:
    if not values:
        return NOTHING
    middle = median(values)
    return form.format(middle) if math.isfinite(middle) else "not finite"


# --- plots ------------------------------------------------------------------------------------------------------------


def plots(edits: Sequence[LabelledEdit]) -> tuple[Plot, ...]:
    """None before there are edits of both labels."""
    good, bad = scores(edits, "good"), scores(edits, "destructive")
    return (_roc(good, bad), _damage(edits)) if good and bad else ()


def _roc(good: Sequence[float], bad: Sequence[float]) -> Plot:
    x, y = roc(good, bad)
    here = (share_from(good, JUST_OVER),), (share_from(bad, JUST_OVER),)
    return Plot(
        "ROC curve: every threshold on the share of the limit that is used",
        "good edits refused (false rejects), share",
        "destructive edits refused (true rejects), share",
        (
            Curve(f"immune system, AUC {auc(good, bad):.3f}", x, y),
            Curve("chance", (0.0, 1.0), (0.0, 1.0)),
            Curve("at the configured limits", *here, line=False, labels=("limits",)),
        ),
    )


def _damage(edits: Sequence[LabelledEdit]) -> Plot:
    """What was seen without the immune system against what it measured."""
    curves = []
    for kind in KINDS:
        kept = [(_rise(e), _score(e), f"record {e.record}") for e in edits if e.kind == kind and e.borne_out]
        drawn = [point for point in kept if math.isfinite(point[0]) and math.isfinite(point[1])]
        if drawn:
            x, y, labels = zip(*drawn, strict=True)
            curves.append(Curve(kind, x, y, line=False, labels=labels))
    return Plot(
        "What an edit does to held-out texts, and how much of the limit it uses",
        "perplexity of held-out texts, times",
        "share of the nearest limit used",
        tuple(curves),
        limits=(("refused above", 1.0),),
        log_x=True,
        log_y=True,
    )
