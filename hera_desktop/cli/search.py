"""``hera-desktop search``: settings with much effect and little damage, and one of its trials as settings to use."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import yaml

from hera_desktop.engine.errors import InputError, one_line
from hera_desktop.engine.experiments.catalogue import find_experiment

from . import experiment, output
from .experiment import OutOption, QuickOption, ReportOption
from .options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from hera_desktop.engine.experiments.outcome import Outcome


RangesOption = Annotated[
    list[str] | None,
    typer.Option("--range", metavar="KEY=LOW..HIGH[:log]", help="A number to search; may be repeated."),
]
ChoicesOption = Annotated[
    list[str] | None, typer.Option("--choice", metavar="KEY=VALUE,VALUE", help="A choice to search; may be repeated.")
]
PickOption = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="Only print the settings of trial N of the search in --out.")
]
WriteOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="With --pick: write them as a configuration file (YAML).")
]


def search(
    ranges: RangesOption = None,
    choices: ChoicesOption = None,
    trials: Annotated[int | None, typer.Option(metavar="N", help="Trials in all. Default: 24.")] = None,
    measure: Annotated[
        str | None, typer.Option(metavar="WHAT", help="steps or edits: what a trial measures. Default: steps.")
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", help="Prompts or records of a trial. Default: 4.")] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Records for edits (JSON). Default: ../shared/data.")
    ] = None,
    sampler: Annotated[str | None, typer.Option(metavar="NAME", help="nsga2 or tpe. Default: nsga2.")] = None,
    batch: Annotated[int | None, typer.Option(metavar="N", help="Trials asked for at once. Default: 8.")] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="WHERE", help="local, or a Ray address. Default: in this process.")
    ] = None,
    workers: Annotated[int | None, typer.Option(metavar="N", help="Processes on the cluster. Default: 2.")] = None,
    threads: Annotated[int | None, typer.Option(metavar="N", help="Threads of a trial. Default: 1.")] = None,
    quick: QuickOption = False,
    out: OutOption = None,
    report: ReportOption = None,
    pick: PickOption = None,
    write: WriteOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search configuration keys for much effect and little damage; every trial's figures, and which are on the Pareto
    front.

    Each key of a range or choice is one of the configuration's. The same search with the same --out goes on where it
    was stopped; Ctrl+C ends it with what is there. With --cluster the trials run on Ray and give the same table."""
    if pick is not None:
        _pick(out, pick, write, as_json)
        return
    if write is not None:
        raise InputError("--write takes the settings of a trial; name it with --pick N")
    given = {
        "ranges": ranges,
        "choices": choices,
        "trials": trials,
        "measure": measure,
        "limit": limit,
        "file": None if file is None else str(file.resolve()),
        "sampler": sampler,
        "batch": batch,
        "cluster": cluster,
        "workers": workers,
        "threads": threads,
    }
    given = {name: value for name, value in given.items() if value not in (None, [])}
    experiment.run_experiment(
        find_experiment("search"), given, quick, out, report, config, overrides, as_json, lines=False
    )


def _pick(out: Path | None, number: int, write: Path | None, as_json: bool) -> None:
    from hera_desktop.engine.experiments.search_table import apply, overlay

    outcome = _made(out)
    tree = overlay(outcome, number)
    if write is not None:
        try:
            write.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True), encoding="utf-8")
        except OSError as error:
            raise InputError(f"--write {write} cannot be written: {one_line(error)}") from None
    if as_json:
        output.show_json(tree)
        return
    for override in apply(outcome, number):
        output.show(f"--set {shlex.quote(override)}")


def _made(out: Path | None) -> Outcome:
    from hera_desktop.engine.experiments.outcome import outcome_of

    if out is None or not out.exists():
        raise InputError("--pick takes a trial of a search that was made; name its document with --out FILE")
    try:
        return outcome_of(json.loads(out.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        raise InputError(f"--out {out} cannot be read as the document of a search; name another file") from None
