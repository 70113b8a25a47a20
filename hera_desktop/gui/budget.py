"""The budget, with the measures as the window knows them."""

from __future__ import annotations

from collections.abc import Mapping

from hera_desktop.engine import budget
from hera_desktop.engine.budget import BudgetUse

from .measures import MEASURES

__all__ = ["BudgetUse", "budget_use"]


def budget_use(
    cumulative: Mapping[str, float | None], limits: Mapping[str, Mapping[str, tuple[float, float]]]
) -> BudgetUse | None:
    """See ``hera_desktop.engine.budget.budget_use``."""
    return budget.budget_use(cumulative, limits, {measure.name: measure.neutral for measure in MEASURES})
