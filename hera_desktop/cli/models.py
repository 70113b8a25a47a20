"""``hera-desktop models``: the catalogue."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hera_desktop.engine.catalogue import catalogue, get_entry, verify_installed
from hera_desktop.engine.errors import InputError

from . import output
from .options import JsonOption

app = typer.Typer(help="The catalogue: list, install, verify.", no_args_is_help=True)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A name of `models list`.")]


@app.command("list")
def list_models(as_json: JsonOption = False) -> None:
    """Every catalogued model, and which are on this machine."""
    entries = catalogue().values()
    if as_json:
        output.show_json([{**e.model_dump(), "installed": e.installed, "folder": str(e.folder)} for e in entries])
        return
    rows = [
        [e.name, "installed" if e.installed else e.source.kind, str(e.disk_mb), str(e.memory_mb), e.licence, _sae(e)]
        for e in entries
    ]
    columns = ["name", "where", "disk MB", "memory MB", "licence", "default SAE"]
    output.show_table("", columns, rows, right=(2, 3))


def _sae(entry: object) -> str:
    reference = getattr(entry, "sae", None)
    if reference is None:
        return "-"
    return reference.path or f"{reference.release} {reference.id}"


@app.command("install")
def install_model(
    name: NameArgument,
    accept_terms: Annotated[
        bool, typer.Option("--accept-terms", help="Accept the terms that the model comes with; they are shown.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch a model and make it ready; an interrupted installation goes on where it stopped."""
    entry = get_entry(name)
    from hera_desktop.engine.install import install

    def accepts(terms: str) -> bool:
        output.say(terms)
        if accept_terms:
            return True
        if not sys.stdin.isatty():
            raise InputError(f"{entry.name} comes with terms, shown above; accept them with --accept-terms")
        return typer.confirm("Do you accept these terms?", err=True)

    folder = install(entry, output.progress, accepts=accepts)
    if as_json:
        output.show_json({"name": entry.name, "folder": str(folder)})
    else:
        output.show(f"{entry.name} is installed in {folder}")


@app.command("verify")
def verify_model(name: NameArgument, as_json: JsonOption = False) -> None:
    """Check an installed model's files against their recorded SHA-256."""
    entry = get_entry(name)
    faults = verify_installed(entry)
    if as_json:
        output.show_json({"name": entry.name, "faults": faults})
    else:
        for fault in faults:
            output.show(fault)
        output.show(f"{entry.name} is whole" if not faults else f"{entry.name} is damaged; install it again")
    if faults:
        raise typer.Exit(2)
