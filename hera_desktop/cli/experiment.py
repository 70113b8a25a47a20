"""``hera-desktop experiment``: experiments with tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hera_desktop.engine.errors import InputError

from . import output
from .bench_facts import check_out, write_document
from .options import ConfigOption, JsonOption, SetOption, read_config

if TYPE_CHECKING:
    from hera_desktop.engine.experiments.edit_run import EditsResult

app = typer.Typer(help="Experiments on a model: edits.", no_args_is_help=True)


@app.command("edits")
def edits(
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Records (CounterFact or zsRE, JSON). Default: ../shared/data.")
    ] = None,
    strategy: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A strategy or variant; may be repeated. Default: all.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=100_000, metavar="N", help="Only the first N records.")
    ] = None,
    sequential: Annotated[bool, typer.Option("--sequential", help="One edit on top of the other.")] = False,
    fluency: Annotated[bool, typer.Option("--fluency", help="Also 100 tokens a record: n-gram entropy.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The JSON document; a run that was stopped goes on from it.")
    ] = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make each record's prompt continue with its new object, and measure efficacy, paraphrases, neighbours, free
    generation and harm, in one table, strategy by strategy.

    Records whose old object the model does not prefer to the new one are left out and counted. Ctrl+C ends the run with
    what is there."""
    settings = read_config(config, overrides)
    if out is not None:
        check_out(out)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.experiments.edit_sets import load_edits
    from hera_desktop.engine.experiments.edit_table import document
    from hera_desktop.engine.experiments.edits import VARIANTS, measure_edits, overrides_of

    names = tuple(dict.fromkeys(strategy or VARIANTS))
    for name in names:
        overrides_of(name)  # says which there are
    records = load_edits(file, limit)

    def save(results: tuple[EditsResult, ...]) -> None:
        if out is not None:
            write_document(out, document(results))

    with output.interruptible() as cancelled:
        found = measure_edits(
            settings,
            names,
            records,
            sequential=sequential,
            fluency=fluency,
            overrides=overrides or (),
            done=_earlier(out),
            save=save,
            progress=output.progress,
            cancelled=cancelled,
        )
    if as_json:
        output.show_json(document(found))
    else:
        _show(found, len(records))


def _earlier(out: Path | None) -> tuple[EditsResult, ...]:
    """What an earlier run wrote there; nothing where there was none."""
    from hera_desktop.engine.experiments.edit_table import results_of

    if out is None or not out.exists():
        return ()
    try:
        return results_of(json.loads(out.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(f"--out {out} is there and is no document of this experiment; name another file") from error


def _show(found: tuple[EditsResult, ...], records: int) -> None:
    from hera_desktop.engine.experiments.edit_table import EXPLANATION, rows, titles

    columns = titles(found)
    output.show_table(f"edits of {records} records", columns, rows(found), right=tuple(range(1, len(columns))))
    for line in EXPLANATION:
        output.show(line)
