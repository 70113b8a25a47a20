"""``hera-desktop examples``: the examples of the welcome page, without a window."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from hera_desktop.engine.examples import Action, Example, examples, get_example, run_example

from . import output
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine

app = typer.Typer(help="Short examples: list them, run one.", invoke_without_command=True)


@app.callback()
def list_examples(context: typer.Context, as_json: JsonOption = False) -> None:
    """Every example, and about how long it takes. `examples run NAME` runs one."""
    if context.invoked_subcommand is not None:
        return
    if as_json:
        output.show_json([_plain(example) for example in examples().values()])
        return
    rows = [[e.name, f"{e.seconds} s", e.title, e.purpose] for e in examples().values()]
    output.show_table("", ["name", "about", "title", "what it shows"], rows, right=(1,))


def _plain(example: Example) -> dict[str, Any]:
    return example.model_dump(mode="json")


@app.command("run")
def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of `examples`.")],
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run one example and show what every action does."""
    example = get_example(name)
    done: list[dict[str, Any]] = []

    def on_begin(action: Action) -> None:
        if not as_json:
            output.show(action.say)

    def on_end(action: Action, result: Any) -> None:
        if as_json:
            done.append({"action": action.model_dump(mode="json"), "result": _result(result)})
        elif result is not None:
            _show(action, result)

    with opened_engine(session, config, overrides, writing=True) as engine:
        run_example(engine, example, on_begin, on_end, output.progress)
        state, active = engine.state_hash, engine.ledger.timeline.current.active
    if as_json:
        output.show_json({"example": example.name, "actions": done, "state_hash": state, "active": active})
    else:
        output.show(f"state {state[:12]} with {len(active)} patches")


def _result(result: Any) -> Any:
    if result is None:
        return None
    return result.as_dict() if hasattr(result, "as_dict") else asdict(result)


def _show(action: Action, result: Any) -> None:
    if action.do == "evolve":
        output.show_step(result)
    elif action.do == "move":
        what = f"{action.kind} {result.patch_id or ''}".strip()
        output.show(f"  {what}: state {result.state_hash[:12]}, {len(result.active)} patches")
    else:
        for side in ("base", "edited", "steered"):
            output.show(f"  {side:<8} {action.prompt}{getattr(result, side)}")
