"""Strategies: how a proposal is computed. Importing this package registers the shipped ones."""

from . import feature_gain, hebbian, null_control
from .base import STRATEGIES, Context, NothingToPropose, Proposal, Strategy, get_strategy, register

__all__ = [
    "STRATEGIES",
    "Context",
    "NothingToPropose",
    "Proposal",
    "Strategy",
    "feature_gain",
    "get_strategy",
    "hebbian",
    "null_control",
    "register",
]
