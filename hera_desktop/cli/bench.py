"""``hera-desktop bench``: speed figures as ratios."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from . import output
from .options import ConfigOption, JsonOption, SetOption, read_config

app = typer.Typer(help="Speed figures, as ratios of two things measured in one run.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Speed figures, as ratios of two things measured in one run."""


@app.command("step")
def step(
    block: Annotated[list[int] | None, typer.Option(help="Edited block; may be repeated. Default: 7 and 20.")] = None,
    runs: Annotated[int, typer.Option(min=7, max=1000, help="Measured steps a block.")] = 9,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """A step's cost in plain forward passes over the same tokens, and that of the naive way."""
    settings = read_config(config, overrides)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.bench.step import bench_step

    output.progress("timing steps", None)
    with tempfile.TemporaryDirectory() as folder:
        figures = bench_step(settings, Path(folder), tuple(block or (7, 20)), runs)
    if as_json:
        output.show_json([{**asdict(f), **_medians(f)} for f in figures])
        return
    rows = [
        [str(f.block), _text(f.ratio), f"{f.goal:.2f}", _text(f.naive_ratio), f"{f.downstream_share:.2f}", str(f.runs)]
        for f in figures
    ]
    columns = ["block", "step / forward", "goal", "naive / forward", "downstream share", "runs"]
    output.show_table("median (lowest to highest)", columns, rows, right=(0, 2, 4, 5))


def _medians(figures: object) -> dict[str, object]:
    """``ratio`` and ``naive_ratio`` as numbers, their spread beside them."""
    pairs: dict[str, object] = {}
    for name in ("ratio", "naive_ratio", "forward_seconds"):
        spread = getattr(figures, name)
        pairs[name], pairs[f"{name}_spread"] = spread.median, [spread.low, spread.high]
    return pairs


def _text(spread: object) -> str:
    return f"{spread.median:.2f} ({spread.low:.2f} to {spread.high:.2f})"  # type: ignore[attr-defined]
