"""What a running job says of itself, in the user's language. Jobs speak English, which is kept in the records; the
texts below are those that engine and window know."""

from __future__ import annotations

import re

from .i18n import mark, tr
from .records import JobProgress

FIXED = (
    mark("preparing"),
    mark("importing the libraries"),
    mark("looking at the free memory"),
    mark("loading the model"),
    mark("loading the SAE"),
    mark("reading the probes"),
    mark("taking the patches off"),
    mark("reading the prompt"),
    mark("measuring the proposal"),
    mark("measured"),
    mark("writing it to the session"),
    mark("generating the text before the step"),
    mark("generating the text after the step"),
    mark("generating the base text"),
    mark("generating the edited text"),
    mark("generating the steered text"),
    mark("checking that strength 0 changes nothing"),
    mark("measuring the probes"),
    mark("reading the next tokens"),
    mark("reading the features"),
    mark("writing the continuations"),
    mark("finding the size of a step"),
    mark("measuring nothing yet"),
    mark("writing them to the session"),
    mark("reading text"),
    mark("comparing directions"),
    mark("writing pages"),
    mark("the model writes text"),
    mark("reading the first texts"),
    mark("training the SAE"),
    mark("counting how often each feature fires"),
    mark("reading the file"),
    mark("writing the files"),
    mark("reading the session"),
    mark("writing the report"),
)
"""Texts that are always the same; named here so that they are translated."""
MADE = (
    mark("importing the libraries: {name}"),
    mark("measuring null edit {done} of {count}"),
    mark("copying to {file}"),
    mark("reading {file}"),
)
"""Texts with something put in."""


def progress_text(what: str) -> str:
    """The text in the user's language; as it is where it is not known."""
    if what in FIXED:
        return tr(what)
    for text in MADE:
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(text)), what, re.DOTALL)
        if found:
            return tr(text).format(**found.groupdict())
    return tr(what)


def progress_sentence(what: str) -> str:
    """The text as it begins a line."""
    text = progress_text(what)
    return text[:1].upper() + text[1:]


def progress_line(progress: JobProgress) -> str:
    """Which job runs, and what it is doing."""
    return f"{tr(progress.name)}: {progress_text(progress.what)}"
