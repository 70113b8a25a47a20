"""Target edits: "from now on this prompt should continue with that", as a low-rank change of one matrix. Importing this
package registers the shipped strategies."""

from . import baselines, rank_one
from .base import EDIT_STRATEGIES, EditContext, EditStrategy, get_edit_strategy
from .request import EditRequest

__all__ = [
    "EDIT_STRATEGIES",
    "EditContext",
    "EditRequest",
    "EditStrategy",
    "baselines",
    "get_edit_strategy",
    "rank_one",
]
