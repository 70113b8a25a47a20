"""``hera-desktop compare``: any two states of a session side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import ComparedState, StateComparison

STATE = "base, now, or a patch such as p3: the state right after it was committed."
NOTHING = "-"
PROBES_SHOWN = 10
PATCHES_SHOWN = 12
CUT = 56


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help=STATE)],
    b: Annotated[str, typer.Argument(metavar="B", help="The state that is compared with A.")],
    prompt: Annotated[
        str,
        typer.Option("--prompt", metavar="TEXT", help="What both states continue, greedily; also their next tokens."),
    ] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="What the features are read on. Default: the prompt.")
    ] = "",
    tokens: Annotated[int, typer.Option(min=1, max=4096, metavar="N", help="Length of the continuations.")] = 40,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two states: patches, settings, weights, probes, and on a prompt tokens, features and texts."""
    with opened_engine(session, config, overrides) as engine:
        from hera_desktop.engine.state_comparison import compare_states

        found = compare_states(engine, a, b, prompt, text, tokens, output.progress)
    if as_json:
        output.show_json(found.as_dict())
    else:
        _show(found)


def _show(found: StateComparison) -> None:
    for letter, state in (("A", found.a), ("B", found.b)):
        output.show(f"{letter}  {state.name}  state {state.state_hash[:12]}  {_patches(state)}")
    if found.equal:
        output.show("A and B are the same state")
    scoped = {name: {"step": value} for name, value in found.metrics.items()}
    output.show(f"B against A over the probes: {output.figures(scoped, 'step')}")
    _show_patches(found)
    _show_settings(found)
    _show_matrices(found)
    _show_probes(found)
    _show_tokens(found)
    _show_features(found)
    if found.prompt:
        for letter, text in zip("AB", found.texts, strict=True):
            output.show(f"{letter} continues: {text}")
        _show_stretches(found)


def _patches(state: ComparedState) -> str:
    count = len(state.active)
    return {0: "no patch", 1: "1 patch"}.get(count, f"{count} patches")


def _show_patches(found: StateComparison) -> None:
    for what, patches in (("only in A", found.only_a), ("only in B", found.only_b), ("in both", found.common)):
        if patches:
            output.show(f"{what}: {_listed(patches)}")
    if found.reordered:
        output.show("those in both are in another order")


def _listed(patches: tuple[str, ...]) -> str:
    more = len(patches) - PATCHES_SHOWN
    return ", ".join(patches[:PATCHES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _show_settings(found: StateComparison) -> None:
    if found.settings:
        rows = [[row.key, _values(row.a), _values(row.b)] for row in found.settings]
        output.show_table("settings the patches were made with, where they differ", ["setting", "A", "B"], rows)


def _values(values: Iterable[Any]) -> str:
    return ", ".join("not set" if value is None else str(value) for value in values) or NOTHING


def _show_matrices(found: StateComparison) -> None:
    rows = [[f"{m.layer}", m.component, *(f"{v:.2e}" for v in (m.a, m.b, m.difference))] for m in found.matrices]
    if rows:
        columns = ["block", "component", "A", "B", "B - A"]
        output.show_table("weight change ||dW|| / ||W|| of each matrix", columns, rows, right=(0, 2, 3, 4))


def _show_probes(found: StateComparison) -> None:
    shown = found.probes[:PROBES_SHOWN]
    digits = {"js_divergence": 4, "ppl_ratio": 3, "cosine_drift": 4}
    rows = [[*(_figure(p.metrics.get(n), d) for n, d in digits.items()), _cut(p.text)] for p in shown]
    title = f"probes, the furthest first ({len(shown)} of {len(found.probes)})"
    if rows:
        output.show_table(title, ["JS, bits", "PPL, x", "drift", "probe"], rows, right=(0, 1, 2))


def _figure(value: float | None, digits: int) -> str:
    return "not finite" if value is None else f"{value:.{digits}f}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CUT else f"{line[: CUT - 3]}..."


def _show_tokens(found: StateComparison) -> None:
    rows = [[repr(t.token), f"{t.a:.4f}", f"{t.b:.4f}", f"{t.b - t.a:+.4f}"] for t in found.next_tokens]
    if rows:
        output.show_table("next token, probability", ["token", "A", "B", "B - A"], rows, right=(1, 2, 3))


def _show_features(found: StateComparison) -> None:
    rows = [
        [str(f.feature), f"{f.a:.2f}", f"{f.b:.2f}", f"{f.b - f.a:+.2f}", f.name or NOTHING] for f in found.features
    ]
    if rows:
        columns = ["feature", "A", "B", "B - A", "name"]
        output.show_table("largest activation of each feature on the text", columns, rows, right=(0, 1, 2, 3))
    elif found.text and not found.features_note:
        output.show("no feature's largest activation on the text differs")
    if found.features_note:
        output.show(found.features_note)


def _show_stretches(found: StateComparison) -> None:
    rows = [[repr(part.a), repr(part.b)] for part in found.differences if not part.same]
    if rows:
        output.show_table("where the texts differ", ["A", "B"], rows)
    else:
        output.show("the texts are the same")
