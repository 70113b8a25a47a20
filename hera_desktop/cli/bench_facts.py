"""``hera-desktop bench facts``: how well told facts take, and what they spoil."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hera_desktop.engine.errors import InputError, one_line

from . import output
from .options import ConfigOption, JsonOption, SetOption, read_config

if TYPE_CHECKING:
    from hera_desktop.engine.bench.facts import FactsBench
    from hera_desktop.engine.bench.facts_data import VariantResult


def facts(
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The facts (JSON). Default: ../shared/data/facts_dev.")
    ] = None,
    unrelated: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Other questions (JSON lines), 50 are drawn. Default: dev_nq_open_500."),
    ] = None,
    preset: Annotated[list[str] | None, typer.Option(metavar="NAME", help="working or seed; may be repeated.")] = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A preset, plain, no-kl and so on, or configured; may be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, max=100_000, metavar="N", help="Only the first N facts.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The JSON document; a run goes on from the finished variants in it."),
    ] = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell facts in the chat one after another, and measure what is known and what is spoiled, in one table.

    Without --preset and --variant every variant but `configured` is measured, which takes hours. A variant is laid over
    the configuration; --set holds in all of them. Ctrl+C ends the run with what is there."""
    settings = read_config(config, overrides)
    written = _written(out)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.bench.facts import DEFAULT_VARIANTS, bench_facts
    from hera_desktop.engine.bench.facts_data import load_material
    from hera_desktop.engine.bench.facts_document import document, finished_variants

    names = _chosen(preset or (), variant or ()) or DEFAULT_VARIANTS
    material = load_material(file, unrelated, limit)

    def earlier(now: FactsBench) -> Sequence[VariantResult]:
        try:
            return () if written is None else finished_variants(written, now)
        except InputError as error:
            raise InputError(f"--out {out} cannot be gone on with: {error}") from None

    def save(bench: FactsBench) -> None:
        if out is not None:
            write_document(out, document(bench))

    with output.interruptible() as cancelled:
        found = bench_facts(settings, names, material, overrides or (), save, output.progress, cancelled, earlier)
    if as_json:
        output.show_json(document(found))
    else:
        _show(found)


def _written(out: Path | None) -> Any:
    """The document that an earlier run wrote there; None where there is none."""
    if out is None:
        return None
    check_out(out)
    try:
        return json.loads(out.read_text(encoding="utf-8")) if out.exists() else None
    except (OSError, ValueError):
        raise InputError(f"--out {out} is there and is no document of this bench; name another file") from None


def _chosen(presets: Sequence[str], variants: Sequence[str]) -> tuple[str, ...]:
    from hera_desktop.engine.facts.presets import PRESETS, preset_overlay

    for name in presets:
        if name not in PRESETS:
            preset_overlay(name)  # says which there are
    return tuple(dict.fromkeys((*presets, *variants)))


def check_out(path: Path, option: str = "--out") -> None:
    """Raises InputError where no file can be written there; before a long run."""
    if path.is_dir() or not path.parent.is_dir():
        what = "is a folder" if path.is_dir() else f"lies in {path.parent}, which is no folder"
        raise InputError(f"{option} {path} {what}; it takes a file to write")


def write_document(path: Path, document: dict) -> None:
    """Write beside and move into place, so that whoever looks at a long run reads a whole document."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as part:
                json.dump(document, part, indent=1, ensure_ascii=False)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"--out {path} cannot be written: {one_line(error)}") from None


def _show(found: FactsBench) -> None:
    from hera_desktop.engine.bench.facts_table import EXPLANATION, keeps_forms_rule, rows, titles

    columns = titles()
    title = f"facts told to {found.model.name}, {found.threads} threads"
    output.show_table(title, columns, rows(found), right=tuple(range(1, len(columns))))
    for line in EXPLANATION:
        output.show(line)
    for result in found.variants:
        if not keeps_forms_rule(result):
            output.say(f"warning: {result.name} was asked in more than two forms of a fact that were trained")
