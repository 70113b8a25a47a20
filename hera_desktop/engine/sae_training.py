"""Train a sparse autoencoder on a model's activations, with SAELens' trainer and our own activation iterator.

A training writes a checkpoint every few minutes and when it is cancelled, and goes on from there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import torch
from sae_lens import (
    SAE,
    BatchTopKTrainingSAE,
    BatchTopKTrainingSAEConfig,
    JumpReLUTrainingSAE,
    JumpReLUTrainingSAEConfig,
    LoggingConfig,
    SAETrainer,
    TopKTrainingSAE,
    TopKTrainingSAEConfig,
)
from sae_lens.config import SAETrainerConfig
from sae_lens.training.mixing_buffer import mixing_buffer
from safetensors.torch import load_file, save_file
from torch import Tensor

from .activations import activation_batches
from .errors import Cancelled, InputError
from .model import LanguageModel
from .progress import Progress, unwatched
from .sae_checkpoint import PROGRESS, checkpoint_in, drop_checkpoints, keep_checkpoint, new_checkpoint
from .sae_evaluation import store_density

Architecture = Literal["topk", "batchtopk", "jumprelu"]
ARCHITECTURES: tuple[Architecture, ...] = get_args(Architecture)
CHECKPOINT_SECONDS = 180
BUFFER = 65_536
ROWS = 16


@dataclass(frozen=True)
class SaeTraining:
    """What to train: ``width`` features, about ``k`` of them active at a token, on ``tokens`` activations.

    ``max_norm``: activations whose norm is more than this many times the median are scaled down to that, so that
    attention sinks in the middle of a text, whose norms are tens of times larger, are learnt and do not rule the loss.
    ``l0_coefficient`` is JumpReLU's price of an active feature; the others have ``k`` instead. With ``autocast`` the
    SAE's products are computed in bfloat16.
    """

    hook_name: str
    text: tuple[Path, ...]
    architecture: Architecture = "topk"
    width: int = 4608
    k: int = 40
    l0_coefficient: float = 1.0
    tokens: int = 1_800_000
    batch_tokens: int = 1024
    learning_rate: float = 8e-4
    context: int = 128
    skip_positions: int = 1
    max_norm: float = 3.0
    autocast: bool = False
    seed: int = 0

    def check(self) -> None:
        """Raises InputError naming the first value that cannot be used."""
        limits = {"width": (8, 1_000_000), "k": (1, self.width - 1), "tokens": (2 * self.batch_tokens, 10**12)}
        limits |= {"context": (self.skip_positions + 1, 1_000_000), "skip_positions": (0, 1000)}
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise InputError(f"{name} {getattr(self, name)} is out of range; {low} to {high} is allowed")
        if self.architecture not in ARCHITECTURES:
            raise InputError(f"architecture '{self.architecture}' is unknown; it takes {', '.join(ARCHITECTURES)}")
        if not 0 < self.learning_rate <= 1 or self.max_norm < 1:
            raise InputError("learning_rate must lie between 0 and 1, and max_norm be 1 or more")


@dataclass(frozen=True)
class TrainingFigures:
    """How a training stands: ``tokens`` seen, and on the last batch its loss, mean active features, explained variance
    and share of features that have not fired for a while."""

    tokens: int
    loss: float
    l0: float
    explained_variance: float
    dead: float
    tokens_per_second: float


def train_sae(
    model: LanguageModel,
    spec: SaeTraining,
    out: Path,
    progress: Progress = unwatched,
    figures: Callable[[TrainingFigures], None] = lambda figures: None,
    cancelled: Callable[[], bool] = lambda: False,
    resume: bool = False,
) -> Path:
    """Train, and save in SAELens' format in folder ``out`` (weights as float16).

    With ``resume`` it goes on from the checkpoint in ``out`` (``spec`` must be the one it was made with, see
    ``checkpoint_of``): the same weights and optimiser, and the text that follows what was read.

    Raises:
        InputError: an unusable hook, text or folder, or a checkpoint of another training.
        Cancelled: ``cancelled`` said so; a checkpoint was written.
    """
    spec.check()
    hook_name = model.canonical(spec.hook_name)
    _check_folder(out, spec, resume)
    out.mkdir(parents=True, exist_ok=True)
    try:
        run = _Run(model, spec, hook_name, out, resume)
        sae = run.fit(progress, figures, cancelled)
    except BaseException:
        with suppress(OSError):
            out.rmdir()  # only where nothing was written
        raise
    sae.cfg.metadata.hook_name = hook_name
    sae.cfg.metadata.model_name = model.info.name
    sae.cfg.metadata.context_size = spec.context
    sae.cfg.metadata.prepend_bos = False
    weights, _ = sae.save_inference_model(str(out))
    _store_as_half(Path(weights))
    progress("counting how often each feature fires", 0.99)
    trained = SAE.load_from_disk(str(out), device=str(model.device), dtype="float32")
    store_density(model, trained, spec.text, out)
    record = {**_plain(spec), "text": [path.name for path in spec.text], "model": model.info.name}
    record |= {"base": model.info.fingerprint, "dtype": model.info.dtype}
    (out / "training.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    drop_checkpoints(out)
    return out


def checkpoint_of(out: Path) -> SaeTraining:
    """What the unfinished training in folder ``out`` trains; InputError where there is none."""
    place = checkpoint_in(out)
    if place is None:
        raise InputError(f"folder '{out}' holds no unfinished training")
    try:
        stored = json.loads((place / PROGRESS).read_text(encoding="utf-8"))["spec"]
        known = {field.name for field in fields(SaeTraining)}
        stored = {key: value for key, value in stored.items() if key in known}
        return SaeTraining(**{**stored, "text": tuple(Path(path) for path in stored["text"])})
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"the unfinished training in '{out}' cannot be read") from None


def _plain(spec: SaeTraining) -> dict[str, Any]:
    return {**asdict(spec), "text": [str(path.resolve()) for path in spec.text]}


def _check_folder(out: Path, spec: SaeTraining, resume: bool) -> None:
    if resume:
        stored = _plain(checkpoint_of(out))
        changed = [key for key, value in _plain(spec).items() if stored[key] != value]
        if changed:
            raise InputError(f"the training in '{out}' was started with another {changed[0]}: {stored[changed[0]]}")
    elif checkpoint_in(out):
        raise InputError(f"folder '{out}' holds an unfinished training; resume it, or choose a new folder")
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"folder '{out}' is not empty; the SAE needs a new one")


class _Run:
    """One training from its start or checkpoint to its end."""

    def __init__(self, model: LanguageModel, spec: SaeTraining, hook_name: str, out: Path, resume: bool) -> None:
        self._model, self._spec, self._hook = model, spec, hook_name
        self._out, place = out, checkpoint_in(out)
        self._device = str(model.device)
        torch.manual_seed(spec.seed)
        stored = {"contexts": 0}
        if resume and place:
            stored = json.loads((place / PROGRESS).read_text(encoding="utf-8"))
        self._contexts: int = stored["contexts"]
        stream = activation_batches(
            model,
            hook_name,
            spec.text,
            length=spec.context,
            rows=ROWS,
            skip_positions=spec.skip_positions,
            endless=True,
            skip_contexts=self._contexts,
        )
        first = next(stream)
        self._limit: float = stored.get("norm_limit") or spec.max_norm * first.norm(dim=-1).median().item()
        batches = mixing_buffer(BUFFER, spec.batch_tokens, self._clipped(first, stream))
        self._mean = first.mean(0).clone()  # (d_in,)
        self._data = (batch.clone() for batch in batches)  # made in inference mode; the graph needs ordinary tensors
        self._trainer = SAETrainer(
            cfg=self._trainer_config(), sae=self._new_sae(first.shape[1]), data_provider=self._data
        )
        for group in self._trainer.optimizer.param_groups:
            group["fused"] = True  # the same arithmetic, in one pass over the weights
        if resume and place:
            self._trainer.sae.load_state_dict(load_file(place / "sae_weights.safetensors"))
            self._trainer.load_trainer_state(place)

    def _clipped(self, first: Tensor, stream: Iterator[Tensor]) -> Iterator[Tensor]:
        """The activations with overlong ones scaled down, counting the contexts that were read."""
        acts: Tensor | None = first
        while acts is not None:
            self._contexts += ROWS
            norms = acts.norm(dim=-1, keepdim=True)  # (tokens, 1)
            yield acts * (self._limit / norms).clamp(max=1)
            acts = next(stream, None)

    def _new_sae(self, d_in: int) -> Any:
        spec = self._spec
        common = {"d_in": d_in, "d_sae": spec.width, "device": self._device}
        common["normalize_activations"] = "expected_average_only_in"
        if spec.architecture == "topk":
            return TopKTrainingSAE(TopKTrainingSAEConfig(**common, k=spec.k))
        if spec.architecture == "batchtopk":
            return BatchTopKTrainingSAE(BatchTopKTrainingSAEConfig(**common, k=spec.k))
        warm_up = spec.tokens // spec.batch_tokens // 4
        return JumpReLUTrainingSAE(
            JumpReLUTrainingSAEConfig(
                **common,
                l0_coefficient=spec.l0_coefficient,
                l0_warm_up_steps=warm_up,
                jumprelu_sparsity_loss_mode="tanh",
                jumprelu_ste_to_input=True,
                jumprelu_init_threshold=0.1,
                jumprelu_bandwidth=2.0,
                pre_act_loss_coefficient=3e-6,
            )
        )

    def _trainer_config(self) -> SAETrainerConfig:
        spec = self._spec
        return SAETrainerConfig(
            total_training_samples=spec.tokens,
            train_batch_size_samples=spec.batch_tokens,
            lr=spec.learning_rate,
            lr_end=spec.learning_rate / 10,
            lr_warm_up_steps=50,
            lr_decay_steps=spec.tokens // spec.batch_tokens // 5,
            device=self._device,
            autocast=spec.autocast,
            dead_feature_window=200,
            n_batches_for_norm_estimate=10,
            logger=LoggingConfig(log_to_wandb=False),
        )

    def fit(
        self,
        progress: Progress,
        figures: Callable[[TrainingFigures], None],
        cancelled: Callable[[], bool],
    ) -> Any:
        """The trainer's own loop by its public parts, with figures, checkpoints and a way to stop."""
        trainer, spec = self._trainer, self._spec
        if trainer.activation_scaler.scaling_factor is None:
            progress("reading the first texts", 0.0)
            trainer.activation_scaler.estimate_scaling_factor(
                d_in=trainer.sae.cfg.d_in,
                data_provider=self._data,
                n_batches_for_norm_estimate=trainer.cfg.n_batches_for_norm_estimate,
            )
            with torch.no_grad():  # start from the mean, which most of the first steps would go into otherwise
                trainer.sae.b_dec.copy_(self._mean * trainer.activation_scaler.scaling_factor)
        saved = told = time.monotonic()
        told_at = trainer.n_training_samples
        while trainer.n_training_samples < spec.tokens:
            if cancelled():
                if trainer.n_training_samples == 0:
                    raise Cancelled("SAE training cancelled")
                self._save()
                raise Cancelled("SAE training cancelled; it can be resumed")
            trainer.maybe_reset_sparsity()
            output = trainer.step(next(self._data))
            trainer.n_training_steps += 1
            if trainer.n_training_steps % 10 == 0:
                now = time.monotonic()
                speed = (trainer.n_training_samples - told_at) / max(now - told, 1e-9)
                told, told_at = now, trainer.n_training_samples
                figures(self._figures(output, speed))
                progress("training the SAE", min(1.0, trainer.n_training_samples / spec.tokens))
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                self._save()
                saved = time.monotonic()
        trainer.sae.fold_activation_norm_scaling_factor(trainer.activation_scaler.scaling_factor)
        trainer.set_final_sae_metadata()
        return trainer.sae

    @torch.no_grad()
    def _figures(self, output: Any, speed: float) -> TrainingFigures:
        centred = output.sae_in - output.sae_in.mean(0)
        error = (output.sae_in - output.sae_out).square().sum() / centred.square().sum()
        return TrainingFigures(
            tokens=self._trainer.n_training_samples,
            loss=output.loss.item(),
            l0=(output.feature_acts > 0).sum().item() / len(output.sae_in),
            explained_variance=1 - error.item(),
            dead=self._trainer.dead_neurons.float().mean().item(),
            tokens_per_second=speed,
        )

    def _save(self) -> None:
        """Beside the last checkpoint first, so that there is always a whole one."""
        new = new_checkpoint(self._out)
        self._trainer.sae.save_model(str(new))
        self._trainer.save_trainer_state(new)
        state = {"spec": _plain(self._spec), "contexts": self._contexts, "norm_limit": self._limit}
        (new / PROGRESS).write_text(json.dumps(state, indent=1), encoding="utf-8")
        keep_checkpoint(self._out)


def _store_as_half(weights: Path) -> None:
    """Half the size at a relative error of 2^-11; SAELens loads it back as float32."""
    save_file({name: value.half().contiguous() for name, value in load_file(weights).items()}, weights)
