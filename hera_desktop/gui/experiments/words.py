"""The experiments' names, purposes and settings in the user's language; the catalogue speaks English, as files do."""

from __future__ import annotations

from collections.abc import Iterable

from ..forms_words import words
from ..i18n import mark, tr
from ..progress_words import progress_sentence
from .runs import Run

TITLES = (
    mark("Target edits"),
    mark("The immune system as a classifier"),
    mark("Stability over many steps"),
    mark("Features and effects"),
    mark("Comparison with fine-tuning and LoRA"),
    mark("Scaling"),
    mark("Search for settings"),
)
PURPOSES = (
    mark("Make prompts continue with a new object: does it take, what does it spoil, strategy by strategy."),
    mark("Good and destructive edits: which are let through and which are refused, with the ROC curve."),
    mark("Evolve on diverse prompts step after step, with interventions: do the measures stay within limits?"),
    mark(
        "Which features fired, which weights changed, what changed in meaning; which features belong to which domain."
    ),
    mark("The same facts learned by every strategy: speed, accuracy, stability, cost and memory."),
    mark("What a step costs and does as the model, the SAE, the learning rate and the limits grow."),
    mark("Try settings within ranges: which have much effect and do little damage, with the Pareto front."),
)
"""As the catalogue has them; one that is not here stands in English."""
STATES = {
    "finished": mark("finished"),
    "stopped": mark("stopped"),
    "empty": mark("nothing yet"),
    "running": mark("running"),
    "failed": mark("failed"),
}
MARKS = {"finished": "committed", "stopped": "reverted", "empty": "left", "running": "running", "failed": "failed"}
"""Each state with the mark that the rest of the window has for it."""
DEFAULTS = mark("as by default")


def state_word(state: str) -> str:
    return tr(STATES[state])


def time_text(run: Run) -> str:
    return f"{run.when:%Y-%m-%d %H:%M}"


def settings_text(run: Run) -> str:
    """What a run's settings are, where they are not the defaults; as its command has them."""
    return options_text(run.plan.options) or tr(DEFAULTS)


def options_text(options: Iterable[str]) -> str:
    """``--limit 3 --sequential --set a.b=1`` as ``limit 3, sequential, a.b=1``."""
    parts: list[str] = []
    for option in options:
        if option == "--set":
            parts.append("")
        elif option.startswith("--"):
            parts.append(words(option[2:].replace("-", "_")))
        else:
            parts[-1:] = [f"{parts[-1]} {option}".strip()] if parts else [option]
    return ", ".join(parts)


def run_line(run: Run, state: str) -> str:
    """``2026-11-22 19:40, stopped: limit 3``."""
    return tr("{time}, {state}: {settings}").format(
        time=time_text(run), state=state_word(state), settings=settings_text(run)
    )


def progress_words(what: str) -> str:
    return progress_sentence(what) if what else ""
