"""Verbs that write patches for other programs and read them back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine, opened_ledger


def export(
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="A file for hera, a new folder for the others.")],
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="hera, peft (a LoRA adapter) or merged (a checkpoint).")
    ] = "hera",
    patch: Annotated[
        list[str] | None,
        typer.Option("--patch", metavar="PATCH", help="Only this one; may be repeated. Default: the whole state."),
    ] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write patches as safetensors and JSON, as a PEFT LoRA adapter, or merged into a Hugging Face checkpoint."""
    with opened_ledger(session):
        pass  # a session that is not there has nothing to export: said before the model is loaded
    with opened_engine(session, config, overrides) as engine:
        from hera_desktop.engine.interchange.export import export_patches

        found = export_patches(engine, out, format, patch, output.progress)  # type: ignore[arg-type]
    if as_json:
        output.show_json(found.as_dict())
        return
    count = "1 patch" if len(found.patches) == 1 else f"{len(found.patches)} patches"
    output.show(f"{count} of state {found.state_hash[:12]} written to {found.path} ({found.format})")
    if found.loss_matters:
        output.show(f"at most {found.lost:.2g} of a matrix's change is rounded away by the number format")


def import_(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A .safetensors file of ours, or a PEFT LoRA folder.")],
    foreign: Annotated[
        bool, typer.Option("--foreign", help="Take patches made on another base, where the shapes fit.")
    ] = False,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose the patches of a file: each is measured, judged and recorded like any other."""
    with opened_engine(session, config, overrides, writing=True) as engine:
        from hera_desktop.engine.interchange.importing import import_patches

        results = import_patches(engine, path, foreign, output.progress)
    if as_json:
        output.show_json([result.as_dict() for result in results])
    else:
        for result in results:
            output.show_step(result)
    if not all(results):
        raise typer.Exit(1)


def add_verbs(app: typer.Typer) -> None:
    app.command("export")(export)
    app.command("import")(import_)
