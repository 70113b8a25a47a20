"""``hera-desktop bench``: how fast the program is."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hera_desktop.engine.errors import MachineError, one_line

from . import bench_facts, output
from .options import ConfigOption, JsonOption, SetOption, read_config

app = typer.Typer(help="Measured: all, step, browser, ui; facts and detector of the chat.", no_args_is_help=True)
app.command("facts")(bench_facts.facts)

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@app.command("all")
def all_benches(
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="PART", help="step, bfloat16, verdicts, growth, memory or throughput; repeatable."
        ),
    ] = None,
    block: Annotated[list[int] | None, typer.Option(help="Edited block; may be repeated. Default: 7 and 20.")] = None,
    runs: Annotated[int, typer.Option(min=7, max=1000, help="Measured steps a block.")] = 9,
    most: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="N", help="Patches up to which a session grows.")
    ] = 10_000,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Everything that a step, many patches, the memory and a queue cost, each as a ratio in one run. Exit status 1
    where a limit is not kept."""
    settings = read_config(config, overrides)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.bench.all import PARTS, bench_all, rows
    from hera_desktop.engine.bench.growth import SIZES

    sizes = sorted({*(size for size in SIZES if size < most), most})
    with tempfile.TemporaryDirectory() as folder:
        parts, blocks = tuple(only or PARTS), tuple(block or (7, 20))
        found = bench_all(settings, Path(folder), parts, blocks, runs, sizes, output.progress)
    if as_json:
        output.show_json(found.as_dict())
    else:
        columns = ["figure", "median (lowest to highest)", "limit", ""]
        title = f"bfloat16 units of this processor: {found.units}"
        output.show_table(title, columns, [row.cells() for row in rows(found)], right=(1, 2))
    missed = [row.what for row in rows(found) if row.met is False]
    if missed:
        output.say(f"over the limit: {'; '.join(missed)}")
        raise typer.Exit(1)


@app.command("step")
def step(
    block: Annotated[list[int] | None, typer.Option(help="Edited block; may be repeated. Default: 7 and 20.")] = None,
    runs: Annotated[int, typer.Option(min=7, max=1000, help="Measured steps a block.")] = 9,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """A step's cost in plain forward passes over the same tokens, and that of the naive way. With
    --set immune.dtype=bfloat16 the step measures the probes with bfloat16 products."""
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
        [str(f.block), _text(f.ratio), _goal(f.goal), _text(f.naive_ratio), f"{f.downstream_share:.2f}", str(f.runs)]
        for f in figures
    ]
    columns = ["block", "step / forward", "goal", "naive / forward", "downstream share", "runs"]
    output.show_table("median (lowest to highest)", columns, rows, right=(0, 2, 4, 5))


@app.command("browser")
def browser(
    features: Annotated[int, typer.Option(min=64, max=2_000_000, help="Features of the invented atlas.")] = 131_072,
    as_json: JsonOption = False,
) -> None:
    """The feature browser on an invented atlas: each keystroke of a search, and scrolling. Exit status 1 where
    anything takes longer than the limit; no display and no model is needed."""
    try:
        from hera_desktop.gui.bench_browser import bench_browser
    except ImportError as error:
        raise MachineError(f"Qt cannot be loaded ({one_line(error)})") from None
    found = bench_browser(features, output.progress)
    if as_json:
        output.show_json(found.as_dict())
    else:
        rows = [
            [what, f"{times.median:.1f}", f"{times.worst:.1f}", f"{found.limit_ms:g}", str(times.count), times.worst_of]
            for what, times in (("keystroke to painted result", found.keystroke), ("event loop blocked", found.blocked))
        ]
        columns = ["ms", "median", "worst", "limit", "measured", "the worst"]
        output.show_table(f"{found.features:,} features, opened in {found.open_ms:.0f} ms", columns, rows, (1, 2, 3, 4))
    if not found.holds:
        output.say(f"slower than {found.limit_ms:g} ms")
        raise typer.Exit(1)


@app.command("ui")
def ui(
    steps: Annotated[int, typer.Option(min=1, max=1000, help="Steps evolved while the heart beats.")] = 30,
    entries: Annotated[int, typer.Option(min=100, max=200_000, help="Steps in timeline and plots.")] = 10_000,
    as_json: JsonOption = False,
) -> None:
    """How smoothly the window runs: its first frame, a 10 ms heartbeat in it while the default model is loaded and
    evolves, and scrolling and drawing a long session. Exit status 1 where anything is slower than its floor. Without
    a display it is drawn offscreen; takes some minutes."""
    try:
        from hera_desktop.gui.bench_ui import bench_ui
    except ImportError as error:
        raise MachineError(f"Qt cannot be loaded ({one_line(error)})") from None
    found = bench_ui(steps, entries, output.progress)
    if as_json:
        output.show_json(found.as_dict())
    else:
        columns = ["ms", "measured", "floor", "goal", "longest", "count", "during the longest"]
        output.show_table(f"{found.load_text}; all in milliseconds", columns, found.rows(), (1, 2, 3, 4, 5))
    if not found.holds:
        slow = ", ".join(figure.what for figure in found.figures if not figure.holds)
        output.say(f"slower than the floor: {slow}")
        raise typer.Exit(1)


def _medians(figures: object) -> dict[str, object]:
    """``ratio`` and ``naive_ratio`` as numbers, their spread beside them."""
    pairs: dict[str, object] = {}
    for name in ("ratio", "naive_ratio", "forward_seconds"):
        spread = getattr(figures, name)
        pairs[name], pairs[f"{name}_spread"] = spread.median, [spread.low, spread.high]
    return pairs


def _text(spread: object) -> str:
    return f"{spread.median:.2f} ({spread.low:.2f} to {spread.high:.2f})"  # type: ignore[attr-defined]


def _goal(goal: float | None) -> str:
    return "" if goal is None else f"{goal:.2f}"


@app.command("detector")
def detector(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the labelled sets are.")] = _DATA,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """How well questions are told from statements, and facts from chit-chat, on labelled sets written by others."""
    settings = read_config(config, overrides)
    from hera_desktop.engine.bench.detector import bench_detector

    files = ("trec_questions/dev_5452.jsonl", "dialog_acts/dev_switchboard.jsonl", "locomo/dev_turn_fact_labels.jsonl")
    found = bench_detector(settings.facts.detector, *(data / file for file in files))
    if as_json:
        output.show_json(asdict(found))
        return
    columns = ["set", "n", "precision", "recall", "F1", "AUC"]
    rows = [[row[0], str(row[1]), *("-" if x is None else f"{x:.3f}" for x in row[2:])] for row in found.rows()]
    output.show_table("questions and facts", columns, rows, right=(1, 2, 3, 4, 5))
