"""The bench of the facts as one JSON document, and the finished variants of one that was written before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..errors import InputError
from .facts import FactsBench
from .facts_data import (
    AskedQuestion,
    EndMeasures,
    OtherAnswer,
    ToldFact,
    UnrelatedAnswer,
    VariantResult,
)
from .facts_table import figures, judgement, keeps_forms_rule

_ANSWERS = {kind: TypeAdapter(tuple[kind, ...]) for kind in (AskedQuestion, UnrelatedAnswer, OtherAnswer)}
_TOLD = TypeAdapter(ToldFact)


def document(bench: FactsBench) -> dict[str, Any]:
    """Everything in plain values: the model, every variant with its figures and all that was asked, the judgement."""
    return {
        "model": asdict(bench.model),
        "threads": bench.threads,
        "variants": [_variant(result) for result in bench.variants],
        "judged": judgement(bench),
    }


def _variant(result: VariantResult) -> dict[str, Any]:
    end = result.end
    return {
        "name": result.name,
        "finished": end is not None,
        "planned": result.planned,
        "settings": dict(result.settings),
        "figures": figures(result),
        "forms_rule": keeps_forms_rule(result),
        "facts": [_fact(told) for told in result.facts],
        "unrelated": [asdict(answer) for answer in end.unrelated] if end else [],
        "others": [asdict(answer) for answer in end.others] if end else [],
    }


def _fact(told: ToldFact) -> dict[str, Any]:
    return {
        **asdict(told.fact),
        "tellings": told.tellings,
        "outcomes": list(told.outcomes),
        "seconds": told.seconds,
        "known_after": told.known_after,
        "known_end": told.known_end,
        "asked": [asdict(asked) for asked in told.asked],
    }


# --- read again -------------------------------------------------------------------------------------------------------


def finished_variants(written: Any, now: FactsBench) -> tuple[VariantResult, ...]:
    """The variants that a document holds to their end, if it was measured as ``now`` is: the same model and threads.

    Raises:
        InputError: it is no document of this bench, or one of another model or another number of threads.
    """
    try:
        measured = _how(written["model"], written["threads"])
        found = tuple(_read(row) for row in written["variants"] if row["finished"])
    except (KeyError, TypeError, ValidationError):
        raise InputError("it is no document of this bench") from None
    this = _how(asdict(now.model), now.threads)
    if measured != this:
        raise InputError(f"it was measured on {measured}, and this run is on {this}")
    return found


def _how(model: Mapping[str, Any], threads: int) -> str:
    """What must be the same for figures to stand in one table."""
    form = f"{model['fingerprint'][:12]}, {model['dtype']} on {model['device']}"
    return f"{model['name']} ({form}) with {threads} threads"


def _read(row: Mapping[str, Any]) -> VariantResult:
    measured = [row["figures"][name] for name in ("ppl_ratio", "js_divergence")]
    end = EndMeasures(
        *(math.inf if value is None else value for value in measured),
        _ANSWERS[UnrelatedAnswer].validate_python(row["unrelated"]),
        _ANSWERS[OtherAnswer].validate_python(row["others"]),
    )
    told = tuple(_read_fact(fact) for fact in row["facts"])
    return VariantResult(row["name"], row["planned"], row["settings"], told, end)


def _read_fact(row: Mapping[str, Any]) -> ToldFact:
    known = {key: row[key] for key in ("fact_id", "subject", "object", "statement", "questions")}
    told = {key: row[key] for key in ("tellings", "outcomes", "seconds", "asked")}
    return _TOLD.validate_python({"fact": known, **told})
