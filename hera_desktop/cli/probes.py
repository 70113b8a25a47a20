"""``hera-desktop probes``: probe files, the limits of tags, and limits from random edits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.immune.probe_files import import_probes, load_probes, save_probes
from hera_desktop.engine.immune.probes import LIMIT_KEYS, Probe, ProbeSet, TagLimits, read_tags, short

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine

if TYPE_CHECKING:
    from hera_desktop.engine.calibration import Calibration

app = typer.Typer(help="The texts on which every change is measured, and its limits.", no_args_is_help=True)
FileOption = Annotated[Path | None, typer.Option("--file", metavar="F", help="A probe file (YAML).")]
Numbers = Annotated[list[int], typer.Argument(metavar="NUMBER...", help="Probes by number, as `list` shows them.")]
TagOption = Annotated[str, typer.Option("--tag", metavar="TAG", help="Their tags, with commas between several.")]


@app.command("list")
def list_probes(file: FileOption = None, as_json: JsonOption = False) -> None:
    """The probes of a file, without --file the shipped ones."""
    _show(load_probes(file), as_json)


@app.command("copy")
def copy(file: FileOption = None, as_json: JsonOption = False) -> None:
    """Write the shipped probes to a new file of your own, to start from."""
    path = _needed(file)
    if path.exists():
        raise InputError(f"probe file {path} exists already; choose another name")
    _keep(path, load_probes(None), as_json)


@app.command("add")
def add(text: str, tag: TagOption = "", file: FileOption = None, as_json: JsonOption = False) -> None:
    """Put a text at the end of the file; the file is made when it is not there."""
    probes = _read_or_new(file)
    _keep(_needed(file), probes.with_probes((*probes.probes, Probe(text, read_tags(tag)))), as_json)


@app.command("import")
def import_texts(
    source: Annotated[Path, typer.Argument(metavar="TEXTS", help="One text a row: .txt, .csv or .jsonl.")],
    tag: TagOption = "",
    file: FileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the texts of a file as probes; the probe file is made when it is not there."""
    probes, _ = import_probes(_read_or_new(file), source, read_tags(tag))
    _keep(_needed(file), probes, as_json)


@app.command("tag")
def tag(
    numbers: Numbers,
    tags: Annotated[str, typer.Option("--tag", metavar="TAG", help="Their tags from now on; '' takes them away.")],
    file: FileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give probes other tags."""
    _change(file, numbers, as_json, tags=read_tags(tags))


@app.command("weight")
def weight(
    numbers: Numbers,
    weight: Annotated[float, typer.Option("--weight", metavar="W", help="How much they count; above 0.")],
    file: FileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how much probes count in every mean."""
    _change(file, numbers, as_json, weight=weight)


@app.command("enable")
def enable(numbers: Numbers, file: FileOption = None, as_json: JsonOption = False) -> None:
    """Measure on these probes again."""
    _change(file, numbers, as_json, enabled=True)


@app.command("disable")
def disable(numbers: Numbers, file: FileOption = None, as_json: JsonOption = False) -> None:
    """Keep these probes and do not measure on them."""
    _change(file, numbers, as_json, enabled=False)


@app.command("remove")
def remove(numbers: Numbers, file: FileOption = None, as_json: JsonOption = False) -> None:
    """Take probes out of the file."""
    path = _needed(file)
    _keep(path, load_probes(path).without(numbers), as_json)


@app.command("limit")
def limit(
    tag: Annotated[str, typer.Argument(metavar="TAG", help="The tag that gets limits of its own.")],
    pairs: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE...", help=", ".join(LIMIT_KEYS))] = None,
    base: Annotated[bool, typer.Option("--base", help="Against the base, not against the state before.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Take away all limits of the tag.")] = False,
    file: FileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give the probes of one tag limits of their own; KEY= takes one away."""
    path = _needed(file)
    probes = load_probes(path)
    if not pairs and not clear:
        raise InputError(f"there is no limit; give {LIMIT_KEYS[0]}=0.1 or the like, or --clear")
    if tag not in probes.tags:
        raise InputError(f"no probe of {path} has the tag '{tag}'; there are {', '.join(probes.tags) or 'none'}")
    limits = TagLimits() if clear else probes.limits.get(tag, TagLimits())
    for pair in pairs or []:
        limits = limits.with_limit("cumulative" if base else "step", *_read_limit(pair))
    _keep(path, probes.with_limits(tag, limits), as_json)


def _read_limit(pair: str) -> tuple[str, float | None]:
    key, equals, text = pair.partition("=")
    if key not in LIMIT_KEYS or not equals:
        raise InputError(f"'{pair}' is no limit; it takes KEY=VALUE with {', '.join(LIMIT_KEYS)}")
    try:
        return key, float(text) if text else None
    except ValueError:
        raise InputError(f"the limit {key} is '{text}'; it must be a number") from None


def _needed(file: Path | None) -> Path:
    if file is None:
        raise InputError("this changes a probe file; name it with --file F (`probes copy --file F` makes one)")
    return file


def _read_or_new(file: Path | None) -> ProbeSet:
    path = _needed(file)
    return load_probes(path) if path.exists() else ProbeSet(())


def _change(file: Path | None, numbers: list[int], as_json: bool, **values: Any) -> None:
    path = _needed(file)
    _keep(path, load_probes(path).changed(numbers, **values), as_json)


def _keep(path: Path, probes: ProbeSet, as_json: bool) -> None:
    save_probes(path, probes)
    _show(probes, as_json)


def _show(probes: ProbeSet, as_json: bool) -> None:
    if as_json:
        rows = [{"number": number, **asdict(probe)} for number, probe in enumerate(probes.probes, 1)]
        output.show_json({"probes": rows, "limits": {tag: asdict(given) for tag, given in probes.limits.items()}})
        return
    rows = [
        [
            str(number),
            "on" if probe.enabled else "off",
            f"{probe.weight:g}",
            ", ".join(probe.tags),
            short(probe.text, 100),
        ]
        for number, probe in enumerate(probes.probes, 1)
    ]
    output.show_table("", ["number", "measured", "weight", "tags", "text"], rows, right=(0, 2))
    for tag, given in probes.limits.items():
        figures = [f"{key} {value:g}" for key, value in given.step.items()]
        figures += [f"{key} {value:g} against the base" for key, value in given.cumulative.items()]
        output.show(f"limits of {tag}: {', '.join(figures)}")
    output.show(f"{len(probes.enabled)} of {len(probes.probes)} probes are measured")


@app.command("calibrate")
def calibrate(
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many null edits.")] = 200,
    rate: Annotated[float, typer.Option("--rate", metavar="R", help="False-alarm rate, 0 to 1.")] = 0.05,
    norm: Annotated[float | None, typer.Option("--norm", metavar="X", help="Their Frobenius norm.")] = None,
    prompts: Annotated[
        list[str] | None, typer.Option("--prompt", metavar="TEXT", help="Take the norm of this one's proposal.")
    ] = None,
    median: Annotated[bool, typer.Option("--median", help="Take the median norm of the session's proposals.")] = False,
    base: Annotated[bool, typer.Option("--base", help="Try them on the base, not on the present state.")] = False,
    tags: Annotated[bool, typer.Option("--tags", help="Limits for every tag too.")] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Use the limits in the session (`undo` takes it back).")
    ] = False,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure random edits as large as a step, and propose limits that at most a share R of them goes over.

    Without --norm, --prompt or --median their norm is that of the session's last committed step.
    """
    if apply and session is None:
        raise InputError("--apply changes a session; name it with --session FILE")
    from hera_desktop.engine.calibration import CalibrationPlan, apply_limits
    from hera_desktop.engine.calibration import calibrate as measure

    source = "prompt" if prompts else "median" if median else "last"
    plan = CalibrationPlan(count, rate, norm, source, tuple(prompts or ()), base, tags)
    plan.check()
    with opened_engine(session, config, overrides) as engine:
        found = measure(engine, plan, output.progress)
        if apply:
            apply_limits(engine, found)
    if as_json:
        output.show_json({**found.as_dict(), "applied": apply})
    else:
        _show_calibration(found, apply)


def _show_calibration(found: Calibration, applied: bool) -> None:
    basis = found.samples.basis
    rows = [
        [
            p.metric,
            p.tag or "all",
            f"{p.limit:.6g}",
            "-" if p.present is None else f"{p.present:g}",
            "-" if p.refused_now is None else f"{p.refused_now:.1%}",
        ]
        for p in found.limits
    ]
    where = "the base" if basis.on_base else "the present state"
    output.show(
        f"{found.samples.count} null edits of norm {basis.norm:.4g} ({basis.origin}), rank {basis.rank}, on "
        f"{', '.join(basis.sites)} of {where}, seed {basis.seed}"
    )
    columns = ["measure", "probes", "proposed limit", "present limit", "null edits over it"]
    output.show_table("", columns, rows, right=(2, 3, 4))
    output.show(
        f"{found.joint_rate:.1%} of them go over one of the proposed limits; the chosen rate is {found.rate:.1%}"
    )
    chosen = " ".join(f"--set {key}={_setting(value)}" for key, value in found.settings().items())
    output.show("the session uses these limits now" if applied else f"to use them: --apply, or {chosen}")


def _setting(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:.10g}"
