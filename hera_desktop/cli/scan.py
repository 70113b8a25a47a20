"""``hera-desktop scan``: the same edit at one block after the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine
from .report import check_report

if TYPE_CHECKING:
    from hera_desktop.engine.experiments.layer_scan import LayerScan


def scan(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What is to be continued.")],
    target: Annotated[str, typer.Option("--target", metavar="TEXT", help="What it should continue with.")],
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="TEXT", help="What it is about; found if it is not given.")
    ] = None,
    layer: Annotated[
        list[int] | None,
        typer.Option("--layer", min=0, metavar="N", help="A block to try; may be repeated. Default: every few blocks."),
    ] = None,
    paraphrase: Annotated[
        list[str] | None,
        typer.Option("--paraphrase", metavar="TEXT", help="A prompt that should continue so as well; may be repeated."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A report with plots: .html, .pdf, .md, .csv or .json.")
    ] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose an edit at several blocks, and compare what the target gains and what it costs. Nothing is changed.

    The first time a block is tried its matrix is measured on plain text, which takes a minute or two for every four
    blocks. Ctrl+C ends the scan with the blocks that are done."""
    if out is not None:
        output.progress("importing the model libraries", None)
        check_report(out, "--out")
    with opened_engine(session, config, overrides) as engine, output.interruptible() as cancelled:
        from hera_desktop.engine.experiments.layer_scan import scan_layers

        found = scan_layers(
            engine, prompt, target, subject, layer or None, paraphrase or (), None, output.progress, cancelled
        )
    if as_json:
        output.show_json(found.as_dict())
    else:
        _show(found)
    if out is not None:
        from hera_desktop.engine.reports.experiment_report import write_experiment_report

        write_experiment_report(found.outcome(), out)


def _show(found: LayerScan) -> None:
    from hera_desktop.engine.experiments.layer_scan import RULE, WORDS, table_of

    table = table_of(found)
    columns = list(table.columns)
    output.show_table(table.title, columns, [list(row) for row in table.rows], right=tuple(range(1, len(columns) - 1)))
    output.show(table.note)
    for line in WORDS:
        output.show(line.format(before=found.before))
    output.show(RULE)
    output.show(found.sentence)
    if not found.finished:
        output.say("the scan was ended before all blocks were tried")
