"""The examples of the welcome page: short courses of actions, declared in data/examples.yaml.

The window runs them one action after another through its controller; ``run_example`` does the same on an engine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from .errors import InputError, nearest
from .places import shipped
from .progress import Progress, unwatched
from .timeline import BASE

if TYPE_CHECKING:
    from .hera import HeraEngine

Layout = Literal["evolve", "inspect", "compare"]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Action(_Declared):
    """``say`` is told before the action begins."""

    say: str


class Evolve(_Action):
    """A step; ``label`` is what later actions call its patch."""

    do: Literal["evolve"]
    prompt: str
    strength: float = 1.0
    label: str = ""


class Move(_Action):
    """A move along the timeline; ``to`` is a label, or ``base`` with roll_back_to, and empty with undo and redo."""

    do: Literal["move"]
    kind: Literal["roll_back_to", "rollback", "revert", "restore", "undo", "redo"]
    to: str = ""


class Steer(_Action):
    """A preview with a feature of the SAE turned up; nothing of it stays."""

    do: Literal["steer"]
    prompt: str
    feature: int = Field(ge=0)
    strength: float
    tokens: int = 20


class Show(_Action):
    """Arrange the window; without one only the words count."""

    do: Literal["show"]
    layout: Layout


Action = Annotated[Evolve | Move | Steer | Show, Field(discriminator="do")]


class Example(_Declared):
    """``seconds`` is about how long it takes on the default model and two CPU cores."""

    name: str = Field(pattern=r"[a-z][a-z-]*")
    title: str
    purpose: str
    seconds: int
    steps: tuple[Action, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _labels_are_known(self) -> Example:
        known = {BASE}
        for step in self.steps:
            if isinstance(step, Move) and step.kind not in ("undo", "redo") and step.to not in known:
                raise ValueError(f"example {self.name} moves to '{step.to}', which no step before is called")
            if isinstance(step, Evolve):
                known.add(step.label)
        return self


@lru_cache(maxsize=1)
def examples() -> dict[str, Example]:
    """All examples by name, in the order in which they are shown."""
    tree = yaml.safe_load(shipped("data", "examples.yaml").read_text(encoding="utf-8"))
    found = [Example.model_validate(item) for item in tree["examples"]]
    return {example.name: example for example in found}


def get_example(name: str) -> Example:
    """Raises InputError with the nearest name where there is none."""
    found = examples().get(name)
    if found is None:
        hint = nearest(name, examples()) or f"; there are {', '.join(examples())}"
        raise InputError(f"example '{name}' is unknown{hint}")
    return found


def target(move: Move, labels: dict[str, str]) -> str | None:
    """The patch a move is about, None for undo and redo; ``labels`` gives the patches of the steps that were made.

    Raises:
        InputError: that step was rejected here, so there is no state to move to.
    """
    if move.kind in ("undo", "redo"):
        return None
    if move.to == BASE:
        return BASE
    if move.to not in labels:
        raise InputError(f"step '{move.to}' was rejected on this model; the example needs it and ends here")
    return labels[move.to]


def run_example(
    engine: HeraEngine,
    example: Example,
    on_begin: Callable[[Action], None],
    on_end: Callable[[Action, Any], None],
    progress: Progress = unwatched,
) -> None:
    """Do an example's actions on an engine; ``on_begin`` and ``on_end`` are told of each, with what came of it: an
    EvolveResult, a StateChange, a Steering, or None.

    Raises:
        InputError: the example does not fit the model.
        Cancelled: ``progress`` said so.
    """
    labels: dict[str, str] = {}
    for action in example.steps:
        on_begin(action)
        on_end(action, _do(engine, action, labels, progress))


def _do(engine: HeraEngine, action: Action, labels: dict[str, str], progress: Progress) -> Any:
    if isinstance(action, Evolve):
        settings = engine.config.evolution.model_copy(update={"learning_rate": action.strength})
        result = engine.evolve(action.prompt, settings, progress)
        if result and result.patch_id:
            labels[action.label] = result.patch_id
        return result
    if isinstance(action, Move):
        patch_id = target(action, labels)
        method = getattr(engine, action.kind)
        return method() if patch_id is None else method(patch_id)
    if isinstance(action, Steer):
        from .feature_lab import FeatureLab

        return FeatureLab(engine).steer(action.prompt, action.feature, action.strength, action.tokens)
    return None
