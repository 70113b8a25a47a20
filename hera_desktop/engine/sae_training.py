"""Train a sparse autoencoder on a model's activations, with SAELens' trainer and our own activation iterator."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from sae_lens import SAE, LoggingConfig, SAETrainer, TopKTrainingSAE, TopKTrainingSAEConfig
from sae_lens.config import SAETrainerConfig
from sae_lens.constants import SPARSITY_FILENAME
from sae_lens.training.mixing_buffer import mixing_buffer
from safetensors.torch import load_file, save_file
from torch import Tensor

from .activations import activation_batches, take_tokens
from .errors import Cancelled, InputError
from .model import LanguageModel


@dataclass(frozen=True)
class SaeTraining:
    """What to train: a TopK SAE with ``width`` features, ``k`` of them active, on ``tokens`` activations."""

    hook_name: str
    text: Path
    width: int = 4608
    k: int = 32
    tokens: int = 1_800_000
    batch_tokens: int = 1024
    learning_rate: float = 8e-4
    context: int = 128
    skip_positions: int = 1
    seed: int = 0


@dataclass(frozen=True)
class SaeQuality:
    """Figures on held-out text, the first position of each context left out.

    ``explained_variance`` = 1 - sum ||x - x_hat||^2 / sum ||x - mean x||^2; ``l0`` = mean number of active features;
    ``dead`` = share of features that never fired on these ``tokens``.
    """

    hook_name: str
    tokens: int
    explained_variance: float
    l0: float
    dead: float


def train_sae(
    model: LanguageModel,
    spec: SaeTraining,
    out: Path,
    progress: Callable[[str, float | None], None],
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Train, and save in SAELens' format in folder ``out`` (weights as float16).

    Raises:
        InputError: an unusable hook, text or folder.
        Cancelled: ``cancelled`` said so.
    """
    hook_name = model.canonical(spec.hook_name)
    if out.exists() and any(out.iterdir()):
        raise InputError(f"folder '{out}' is not empty; the SAE needs a new one")
    torch.manual_seed(spec.seed)
    device = str(model.device)
    stream = activation_batches(
        model, hook_name, spec.text, length=spec.context, rows=16, skip_positions=spec.skip_positions, endless=True
    )
    first = next(stream)
    config = TopKTrainingSAEConfig(
        d_in=first.shape[1],
        d_sae=spec.width,
        k=spec.k,
        device=device,
        normalize_activations="expected_average_only_in",
    )
    trainer_config = SAETrainerConfig(
        total_training_samples=spec.tokens,
        train_batch_size_samples=spec.batch_tokens,
        lr=spec.learning_rate,
        lr_end=spec.learning_rate / 10,
        lr_warm_up_steps=50,
        lr_decay_steps=spec.tokens // spec.batch_tokens // 5,
        device=device,
        dead_feature_window=200,
        n_batches_for_norm_estimate=10,
        logger=LoggingConfig(log_to_wandb=False),
    )
    watched = _watch(mixing_buffer(100_000, spec.batch_tokens, stream), spec, progress, cancelled)
    sae = SAETrainer(cfg=trainer_config, sae=TopKTrainingSAE(config), data_provider=watched).fit()
    sae.cfg.metadata.hook_name = hook_name
    sae.cfg.metadata.model_name = model.info.name
    sae.cfg.metadata.context_size = spec.context
    sae.cfg.metadata.prepend_bos = False
    out.mkdir(parents=True, exist_ok=True)
    weights, _ = sae.save_inference_model(str(out))
    _store_as_half(Path(weights))
    progress("counting how often each feature fires", 0.99)
    store_density(model, SAE.load_from_disk(str(out), device=device, dtype="float32"), spec.text, out)
    record = {**asdict(spec), "text": spec.text.name, "model": model.info.name, "base": model.info.fingerprint}
    (out / "training.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    return out


def _watch(
    batches: Iterator[Tensor],
    spec: SaeTraining,
    progress: Callable[[str, float | None], None],
    cancelled: Callable[[], bool],
) -> Iterator[Tensor]:
    for number, batch in enumerate(batches):
        if cancelled():
            raise Cancelled("SAE training cancelled")
        if number % 10 == 0:
            progress("training the SAE", min(1.0, number * spec.batch_tokens / spec.tokens))
        yield batch.clone()  # made in inference mode; the trainer's graph needs an ordinary tensor


def _store_as_half(weights: Path) -> None:
    """Half the size at a relative error of 2^-11; SAELens loads it back as float32."""
    save_file({name: value.half().contiguous() for name, value in load_file(weights).items()}, weights)


@torch.no_grad()
def store_density(model: LanguageModel, sae: SAE, text: Path, folder: Path, tokens: int = 50_000) -> None:
    """Write how often each feature fires on ``text`` beside its weights, as SAELens does: log10 of the share."""
    hook_name = model.canonical(sae.cfg.metadata.hook_name)
    stream = activation_batches(model, hook_name, text, length=128, rows=16, skip_positions=1, endless=False)
    acts = take_tokens(stream, tokens)
    fired = torch.zeros(sae.cfg.d_sae, dtype=torch.float64, device=acts.device)
    for chunk in acts.split(4096):
        fired += (sae.encode(chunk) > 0).sum(0)
    density = (fired / len(acts)).float().cpu()
    save_file({"sparsity": (density + 1e-10).log10()}, folder / SPARSITY_FILENAME)


@torch.no_grad()
def measure_sae(
    model: LanguageModel, sae: SAE, text: Path, tokens: int = 50_000, context: int = 128, skip_positions: int = 1
) -> SaeQuality:
    """Explained variance, L0 and dead features on held-out ``text``, summed in float64."""
    hook_name = model.canonical(sae.cfg.metadata.hook_name)
    stream = activation_batches(
        model, hook_name, text, length=context, rows=16, skip_positions=skip_positions, endless=False
    )
    acts = take_tokens(stream, tokens)  # (tokens, d_in)
    mean = acts.double().mean(0)
    error = total = active = 0.0
    fired = torch.zeros(sae.cfg.d_sae, dtype=torch.bool, device=acts.device)
    for chunk in acts.split(4096):
        features = sae.encode(chunk)
        error += (chunk - sae.decode(features)).double().square().sum().item()
        total += (chunk.double() - mean).square().sum().item()
        active += (features > 0).sum().item()
        fired |= (features > 0).any(0)
    return SaeQuality(hook_name, len(acts), 1 - error / total, active / len(acts), 1 - fired.double().mean().item())
