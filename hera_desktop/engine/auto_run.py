"""When a run of many steps ends. Without torch and without the engine: the window and the command line both use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .errors import InputError

MOST_STEPS = 10_000
"""What a person can ask for, in the window as on the command line."""
Reason = Literal["budget", "rejection", "steps"]


@dataclass(frozen=True)
class StopConditions:
    """Whichever comes first: ``steps`` steps were made (at least 1), a step was rejected (``at_rejection``), or the
    state has used the share ``budget`` (above 0, at most 1) of what its cumulative limits allow; None: not looked at.

    Raises InputError where a value is out of its range.
    """

    steps: int
    at_rejection: bool = False
    budget: float | None = None

    def __post_init__(self) -> None:
        if self.steps < 1:
            raise InputError(f"a run of {self.steps} steps is not possible; 1 and more are allowed")
        if self.budget is not None and not 0 < self.budget <= 1:
            raise InputError(
                f"a run cannot stop at {100 * self.budget:g} % of the budget; more than 0 up to 100 % are allowed"
            )

    def reached(self, done: int, rejected: bool, used: float | None) -> Reason | None:
        """Why the run ends after ``done`` steps; None where it goes on. ``rejected`` is about the last step; ``used``
        is the share of the cumulative limits that the present state has used, None where nothing was measured."""
        if self.budget is not None and used is not None and used >= self.budget:
            return "budget"
        if self.at_rejection and rejected:
            return "rejection"
        return "steps" if done >= self.steps else None
