"""What an experiment is given to run, and what it may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config, load_config
from ..progress import Progress, unwatched
from .outcome import Outcome

if TYPE_CHECKING:
    from ..model import LanguageModel
    from ..sae import FeatureReader


def _nobody(outcome: Outcome) -> None:
    """Keeps nothing."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Job:
    """One run of an experiment.

    Args:
        config: the configuration, ``overrides`` laid over it already.
        overrides: the ``section.key=value`` strings themselves, which an outcome is said to be of.
        done: the outcome of an earlier run that was stopped; what it measured is taken over, and one with other
            settings is refused.
        sessions: a folder for the sessions of edits that are made one on top of the other; None: they are not kept.
        save: given the outcome so far, from time to time and at the end.
        progress: told what is being done; it may raise Cancelled.
        cancelled: asked between steps; the run then ends with what is there, ``finished`` False.
    """

    config: Config
    overrides: tuple[str, ...] = ()
    done: Outcome | None = None
    sessions: Path | None = None
    save: Callable[[Outcome], None] = _nobody
    progress: Progress = unwatched
    cancelled: Callable[[], bool] = _never

    def model(self) -> tuple[LanguageModel, FeatureReader | None]:
        """The configured model with the configured SAE, or None where there is none for it."""
        from ..hera import load_model
        from ..sae import load_features_if_any

        self.progress("loading the model", None)
        model, _ = load_model(self.config)
        return model, load_features_if_any(self.config.sae, model)

    def variant(self, changes: Iterable[str]) -> Config:
        """The configuration with ``section.key=value`` strings laid over it: they win over the job's own overrides."""
        return load_config(self.config.model_dump(mode="json"), changes, environment={})
