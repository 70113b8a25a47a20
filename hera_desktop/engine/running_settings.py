"""What follows from the configuration on a loaded model, and which settings can change while it stays loaded."""

from __future__ import annotations

from dataclasses import dataclass

from .catalogue import find_entry
from .changes import flat, plain
from .config import Config
from .edits import get_edit_strategy
from .errors import InputError
from .immune.system import ImmuneSystem
from .model import LanguageModel
from .patch_stack import PatchStack
from .sae import FeatureReader
from .strategies import get_strategy

NEED_RELOAD = ("model.name", "model.dtype", "sae.release", "sae.id", "sae.path", "experiment.device")
"""Settings that decide what is loaded."""


@dataclass(frozen=True, eq=False)
class Running:
    """A configuration and what was made of it; ``layers`` are the blocks a step edits unless its settings name
    others."""

    config: Config
    layers: tuple[int, ...]
    immune: ImmuneSystem


def running(
    config: Config, model: LanguageModel, stack: PatchStack, reader: FeatureReader | None, now: Running | None = None
) -> Running:
    """A configuration made ready, and nothing changed yet; the immune system of ``now`` goes on where it can.

    Raises:
        InputError: the strategy, a target layer or the probes cannot be used, or something else would have to be loaded
            than what ``now`` has.
    """
    if now is not None:
        old, new = flat(plain(now.config)), flat(plain(config))
        for key in NEED_RELOAD:
            if old[key] != new[key]:
                raise InputError(
                    f"{key} cannot change from {old[key]!r} to {new[key]!r} while the model is loaded; load it anew"
                )
    check_strategies(config)
    layers = target_layers(config, model, reader)
    same = now is not None and now.config.immune == config.immune
    return Running(config, layers, now.immune if same and now else ImmuneSystem(model, stack, config.immune))


def check_strategies(config: Config) -> None:
    """Raises InputError for a strategy that is unknown."""
    get_strategy(config.evolution.strategy)
    get_edit_strategy(config.edits.strategy)


def target_layers(config: Config, model: LanguageModel, reader: FeatureReader | None) -> tuple[int, ...]:
    """The configured blocks, else the catalogue's or the SAE's; raises InputError for one the model does not have."""
    layers = config.evolution.target_layers
    if layers is None:
        entry = find_entry(model.info.name)
        block = reader.block if reader else model.info.n_layers // 3
        layers = (entry.layer,) if entry else (block,)
    for layer in layers:
        model.check_layer(layer)
    return layers


def upstream_notice(reader: FeatureReader | None, layers: tuple[int, ...]) -> tuple[str, ...]:
    """An SAE that reads before the edited matrix cannot see what the edit writes."""
    if reader is None:
        return ()
    last_seen = reader.block - 1 if reader.reads_before_block else reader.block
    blind = [layer for layer in layers if layer > last_seen]
    if not blind:
        return ()
    advice = f"block {last_seen} is the coherent choice for evolution.target_layers"
    if last_seen < 0:
        advice = "an SAE that reads behind the edited block is the coherent choice"
    return (f"the SAE reads {reader.info.hook_name}, upstream of the edited block {blind[0]}; {advice}",)
