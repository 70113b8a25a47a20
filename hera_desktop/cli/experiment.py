"""``hera-desktop experiment``: every experiment of the catalogue as a verb; its settings are the options."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

import typer
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.catalogue import EXPERIMENTS, Experiment

from . import output
from .bench_facts import check_out, write_document
from .options import ConfigOption, JsonOption, SetOption, read_config
from .report import check_report

if TYPE_CHECKING:
    from hera_desktop.engine.config_section import Section
    from hera_desktop.engine.experiments.outcome import Outcome

app = typer.Typer(help="Experiments with tables and plots.", no_args_is_help=True)

OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="The JSON document; a run that was stopped goes on from it."),
]
ReportOption = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="A report: .html, .pdf, .md, .csv or .json."),
]
QuickOption = Annotated[bool, typer.Option("--quick", help="Little of everything, for a look.")]
LinesOption = Annotated[
    bool, typer.Option("--progress-json", help="Progress as JSON lines on standard error, for another program.")
]

SHARED: Mapping[str, Any] = {
    "quick": QuickOption,
    "out": OutOption,
    "report": ReportOption,
    "config": ConfigOption,
    "overrides": SetOption,
    "as_json": JsonOption,
    "lines": LinesOption,
}


def _command(experiment: Experiment) -> Callable[..., None]:
    """The verb of an experiment: an option for every setting, and those that all have."""

    def verb(**given: Any) -> None:
        shared = {name: given.pop(name) for name in SHARED}
        run_experiment(
            experiment, {name: value for name, value in given.items() if value not in (None, [], ())}, **shared
        )

    annotations = {name: _option(name, field) for name, field in experiment.settings.model_fields.items()}
    annotations |= SHARED
    flags = ("quick", "as_json", "lines")
    verb.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=False if name in flags else None, annotation=annotation
            )
            for name, annotation in annotations.items()
        ]
    )
    verb.__annotations__ = dict(annotations)
    verb.__doc__ = f"{experiment.purpose}\n\nCtrl+C ends the run with what is there."
    return verb


def _option(name: str, field: FieldInfo) -> Any:
    """The option of a setting; where it is not given the setting has its default."""
    kind, many = _kind(field.annotation)
    default = field.get_default(call_default_factory=True)
    shown = ", ".join(default) if many else default
    text = f"{(field.description or name).capitalize()}."
    text += f" Default: {shown}." if shown not in (None, "", False) else ""
    bounds = {"ge": "min", "le": "max"}
    found = {bounds[b]: getattr(m, b) for m in field.metadata for b in bounds if hasattr(m, b)} if kind is int else {}
    flag = f"--{name.replace('_', '-')}"
    wanted = list[kind] | None if many else kind | None  # type: ignore[valid-type]
    return Annotated[wanted, typer.Option(flag, help=text + (" May be repeated." if many else ""), **found)]


def _kind(annotation: Any) -> tuple[type, bool]:
    """The type of one value, and whether there may be many."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0], True
    if get_origin(annotation) is UnionType or NoneType in get_args(annotation):
        return next(kind for kind in get_args(annotation) if kind is not NoneType), False
    return annotation, False


def _settings(experiment: Experiment, given: Mapping[str, Any], quick: bool) -> Section:
    values = {**(experiment.quick if quick else {}), **given}
    try:
        return experiment.settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][:1]).replace("_", "-")
        raise InputError(f"--{name} {first['input']!r} cannot be used: {first['msg']}") from None


def run_experiment(
    experiment: Experiment,
    given: Mapping[str, Any],
    quick: bool,
    out: Path | None,
    report: Path | None,
    config: Path | None,
    overrides: list[str] | None,
    as_json: bool,
    lines: bool,
) -> None:
    settings = _settings(experiment, given, quick)
    configured = read_config(config, overrides)
    if out is not None:
        check_out(out)
    progress = _progress_line if lines else output.progress
    progress("importing the model libraries", None)
    if report is not None:
        check_report(report, "--report")
    from hera_desktop.engine.experiments.job import Job

    saved: list[Outcome] = []

    def save(outcome: Outcome) -> None:
        saved[:] = [outcome]
        if out is not None:
            write_document(out, outcome.document())

    with output.interruptible() as cancelled:
        job = Job(
            configured,
            tuple(overrides or ()),
            _earlier(experiment, out),
            out and out.with_suffix(".sessions"),
            save,
            progress,
            cancelled,
        )
        try:
            outcome = experiment.run(settings, job)
        except Exception:
            for so_far in saved:
                _show(so_far, as_json)
            raise
    _show(outcome, as_json)
    if not outcome.finished and not as_json:
        output.say("stopped before all was measured")
    if report is not None:
        from hera_desktop.engine.reports.experiment_report import write_experiment_report

        write_experiment_report(outcome, report)


def _progress_line(what: str, share: float | None) -> None:
    sys.stderr.write(json.dumps({"what": what, "share": share}) + "\n")
    sys.stderr.flush()


def _earlier(experiment: Experiment, out: Path | None) -> Outcome | None:
    """What an earlier run wrote there; None where there was none."""
    from hera_desktop.engine.experiments.outcome import outcome_of

    if out is None or not out.exists():
        return None
    try:
        earlier = outcome_of(json.loads(out.read_text(encoding="utf-8")))
    except (OSError, ValueError, InputError):
        raise InputError(f"--out {out} is there and is no document of an experiment; name another file") from None
    if earlier.experiment != experiment.name:
        raise InputError(f"--out {out} is of the experiment '{earlier.experiment}'; name another file for this one")
    return earlier


def _show(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        output.show_json(outcome.document())
        return
    for table in outcome.tables:
        columns = list(table.columns)
        output.show_table(table.title, columns, [list(row) for row in table.rows], right=tuple(range(1, len(columns))))
        for line in table.note.splitlines():
            output.show(line)
    for remark in outcome.remarks:
        output.show(remark)


for _experiment in EXPERIMENTS.values():
    app.command(_experiment.name)(_command(_experiment))
