"""The comparison as a table (the seeds' Table 2), plots and remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from statistics import fmean, median
from typing import Any

from .comparison_figures import Comparison, MethodFigures
from .comparison_methods import FULL, LORA, LORA_TARGETS
from .cost import MB
from .edit_run import UNEDITED
from .edit_scores import Summary, summary
from .edit_table import HELD_BACK, NOTHING
from .outcome import Curve, Outcome, Plot, Table

TITLE = "Comparison with fine-tuning and LoRA"
NAMES = {UNEDITED: "unedited model", FULL: "full fine-tuning", LORA: "LoRA (PEFT)", "finetune": "finetune (one matrix)"}

COLUMNS = (
    *("method", "passes", "reached", "s to learn", "s a record"),
    *("ES", "PS", "NS", "S", "free"),
    *("JS, bits", "PPL, x", "forgotten", "held back"),
    *("s in all", "forwards a record", "peak MB", "peak, x model"),
)
NOTE = (
    "passes: forward passes until a record's change was found, median; reached: records of which every token of the "
    "target was given at least {stop:g} right after; s to learn: until the change was found, s a record: with all "
    "checks, medians; ES, PS, NS, S, free: as in the experiment 'edits', of all records at the end; JS, PPL: probes "
    "against the base at the end; forgotten: share with the new object preferred right after, minus at the end; held "
    "back: softened or refused; forwards a record: its seconds over those of a plain forward pass over the probes, "
    "median and range; peak: most memory beyond what there was before, and over the size of the model's weights"
)


def outcome(comparison: Comparison | None, hangs_on: Mapping[str, Any], finished: bool) -> Outcome:
    """What is there so far; without figures where the run was stopped before there were any."""
    if comparison is None:
        return Outcome("comparison", TITLE, hangs_on)
    return Outcome(
        "comparison",
        TITLE,
        hangs_on,
        tables=(_table(comparison),),
        plots=_plots(comparison),
        remarks=_remarks(comparison, hangs_on),
        data=comparison.document(),
        finished=finished,
    )


# --- the table --------------------------------------------------------------------------------------------------------


def _table(comparison: Comparison) -> Table:
    rows = tuple(_row(one, comparison) for one in comparison.methods)
    title = f"Table 2: {len(comparison.records)} records learned one after another"
    return Table(title, COLUMNS, rows, NOTE.format(stop=comparison.stop))


def _row(figures: MethodFigures, comparison: Comparison) -> tuple[str, ...]:
    nothing = (NOTHING,) * 4
    learned = _learned(figures, comparison.stop) if figures.records else nothing
    cost = _cost(figures, comparison.model_bytes) if figures.records else nothing
    return (_name(figures), *learned, *_accuracy(summary(figures.scores)), *_stability(figures), *cost)


def _name(figures: MethodFigures) -> str:
    return NAMES.get(figures.name, figures.name)


def _learned(figures: MethodFigures, stop: float) -> tuple[str, ...]:
    found = [one.found for one in figures.records]
    return (
        f"{median(one.passes for one in found):g}",
        _per_cent(fmean(one.given >= stop for one in figures.records)),
        f"{median(one.learning for one in found):.2f}",
        f"{median(one.seconds for one in found):.2f}",
    )


def _accuracy(scores: Summary) -> tuple[str, ...]:
    means = (scores.means[name] for name in ("efficacy", "paraphrase", "neighbourhood"))
    return (*map(_per_cent, means), _per_cent(scores.score), _per_cent(scores.means["free"]))


def _stability(figures: MethodFigures) -> tuple[str, ...]:
    standing = (f"{figures.standing['js_divergence']:.4f}", f"{figures.standing['ppl_ratio']:.3f}")
    if not figures.records:
        return (*standing, NOTHING, NOTHING)
    held_back = fmean(one.found.outcome in HELD_BACK for one in figures.records)
    return (*standing, _per_cent(figures.forgotten), _per_cent(held_back))


def _cost(figures: MethodFigures, model_bytes: int) -> tuple[str, ...]:
    seconds, peak = sum(one.found.seconds for one in figures.records), figures.peak
    return (f"{seconds:.1f}", str(figures.forwards_a_record), f"{peak / MB:.0f}", f"{peak / model_bytes:.2f}")


def _per_cent(value: float | None) -> str:
    return NOTHING if value is None else f"{100 * value:.1f} %"


# --- plots ------------------------------------------------------------------------------------------------------------

Point = Callable[[MethodFigures], tuple[float, float]]


def _plots(comparison: Comparison) -> tuple[Plot, ...]:
    learned = [one for one in comparison.methods if one.records]
    if not learned:
        return ()
    forwards, score = "forward passes a record", "score S, %"
    return (
        Plot("Cost and result", forwards, score, _points(learned, _cost_point), log_x=True),
        Plot("Damage and result", "JS on the probes at the end, bits", score, _points(learned, _damage_point)),
        Plot("Memory and cost", forwards, "peak memory, MB", _points(learned, _memory_point), log_x=True),
        Plot("Seconds", "records learned", "seconds in all", tuple(map(_seconds, learned))),
    )


def _points(learned: Sequence[MethodFigures], point: Point) -> tuple[Curve, ...]:
    found = [(_name(one), point(one)) for one in learned]
    return tuple(Curve(name, (x,), (y,), line=False, labels=(name,)) for name, (x, y) in found)


def _score(figures: MethodFigures) -> float:
    """S in per cent; of records without neighbours or paraphrases, efficacy."""
    found = summary(figures.scores)
    score = found.means["efficacy"] if found.score is None else found.score
    return 100 * (score or 0.0)


def _cost_point(figures: MethodFigures) -> tuple[float, float]:
    return figures.forwards_a_record.median, _score(figures)


def _damage_point(figures: MethodFigures) -> tuple[float, float]:
    return figures.standing["js_divergence"], _score(figures)


def _memory_point(figures: MethodFigures) -> tuple[float, float]:
    return figures.forwards_a_record.median, figures.peak / MB


def _seconds(figures: MethodFigures) -> Curve:
    seconds = tuple(accumulate(one.found.seconds for one in figures.records))
    return Curve(_name(figures), tuple(map(float, range(1, len(seconds) + 1))), seconds)


# --- remarks ----------------------------------------------------------------------------------------------------------


def _remarks(comparison: Comparison, hangs_on: Mapping[str, Any]) -> tuple[str, ...]:
    edits = hangs_on["config"]["edits"]
    found = [
        f"{comparison.skipped} records were passed over because the model did not prefer their old object.",
        f"Full fine-tuning: AdamW on all weights at {hangs_on['full_rate']:g}; LoRA: PEFT on "
        f"{' and '.join(LORA_TARGETS)} of every block, rank {edits['rank']}, AdamW at {hangs_on['lora_rate']:g}. The "
        "rates were not tuned.",
        f"All methods are given the same texts and the same end, at most {edits['steps']} steps a record where they "
        "take steps. The program's own strategies are judged and repaired by the immune system, and their seconds hold "
        "that; nobody judges the other two.",
    ]
    if len(comparison.methods) > 1:
        found.append("After every method the weights were the base's again, bit for bit (SHA-256 over all of them).")
    return (*found, *(f"{name} is left out: {why}." for name, why in comparison.left_out.items()))
