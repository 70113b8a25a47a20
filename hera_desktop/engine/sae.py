"""Sparse-autoencoder features: which are active, and which way each one writes.

An activation here is the norm of what the feature contributes to the reconstruction, ``a_i = f_i ||W_dec[i]||``, and
its direction is the unit vector ``d_i = W_dec[i] / ||W_dec[i]||``: the same for every SAELens architecture, whether its
decoder is normalised or not.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from pathlib import Path

import torch
from sae_lens import SAE
from sae_lens.constants import SPARSITY_FILENAME
from sae_lens.loading.pretrained_saes_directory import get_pretrained_saes_directory
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from .catalogue import SaeReference, catalogue, find_entry
from .config import SaeConfig
from .errors import InputError, ModelError, nearest, one_line
from .hub import fetch_from_hub
from .model import LanguageModel
from .places import shipped

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SaeInfo:
    """What an SAE is, in plain values; ``hook_name`` is canonical, ``neuronpedia_id`` such as gpt2-small/8-res-jb."""

    name: str
    hook_name: str
    architecture: str
    d_in: int
    d_sae: int
    fingerprint: str
    neuronpedia_id: str | None = None


@dataclass(frozen=True)
class ReleasedSae:
    """What is known of a SAELens release's SAE before it is downloaded; None where only its own files would tell."""

    release: str
    id: str
    repo: str
    path: str
    hook_name: str | None
    d_in: int | None
    d_sae: int | None
    neuronpedia_id: str | None

    def __str__(self) -> str:
        widths = f"{self.d_in} to {self.d_sae} features" if self.d_in else ""
        known = " ".join(part for part in (widths, f"at {self.hook_name}" if self.hook_name else "") if part)
        return f"SAE '{self.release}' / '{self.id}'" + (f" ({known})" if known else "")


@dataclass(frozen=True)
class Feature:
    """A feature and how strongly it is active (norm of what it writes)."""

    id: int
    activation: float


class FeatureReader:
    """An SAE on a model. ``density (d_sae,)`` is the share of tokens on which each feature fires, where it is known;
    ``folder`` is where the SAE lies when it came from a folder of its own."""

    def __init__(
        self,
        sae: SAE,
        name: str,
        model: LanguageModel,
        density: Tensor | None = None,
        *,
        folder: Path | None = None,
    ) -> None:
        _check_width(name, sae.cfg.d_in, model)
        if sae.cfg.architecture() == "temporal":
            raise ModelError(f"SAE '{name}' is temporal: its features depend on earlier tokens, which is not supported")
        if not sae.cfg.metadata.hook_name:
            raise ModelError(f"SAE '{name}' does not say which hook it reads (metadata.hook_name is empty)")
        self.sae = sae.to(model.device)
        norms = sae.W_dec.detach().float().norm(dim=-1)  # (d_sae,)
        # SAELens' TopK activations already carry the decoder norm where the configuration says so
        rescaled = getattr(sae.cfg, "rescale_acts_by_decoder_norm", False)
        self._scale = torch.ones_like(norms) if rescaled else norms
        self._norms = norms.clamp_min(1e-12)
        self.density = density
        self.folder = folder
        digest = hashlib.sha256()
        for key, value in sorted(sae.state_dict().items()):
            digest.update(key.encode() + value.float().cpu().contiguous().numpy().tobytes())
        self.info = SaeInfo(
            name=name,
            hook_name=model.canonical(sae.cfg.metadata.hook_name),
            architecture=sae.cfg.architecture(),
            d_in=sae.cfg.d_in,
            d_sae=sae.cfg.d_sae,
            fingerprint=digest.hexdigest(),
            neuronpedia_id=sae.cfg.metadata.neuronpedia_id,
        )
        self.block = model.block_of(self.info.hook_name)

    @property
    def reads_before_block(self) -> bool:
        """True where the hook is a block's input, upstream of everything the block writes."""
        return self.info.hook_name.endswith(f"blocks.{self.block}.hook_in")

    def check(self, feature: int) -> None:
        """Raises InputError where there is no such feature."""
        if not 0 <= feature < self.info.d_sae:
            last = self.info.d_sae - 1
            raise InputError(f"feature {feature} is out of range: SAE {self.info.name} has features 0 to {last}")

    @torch.inference_mode()
    def activations(self, hidden: Tensor) -> Tensor:
        """``(..., d_in)`` -> ``(..., d_sae)`` float32."""
        return self.sae.encode(hidden.to(self.sae.W_dec.dtype)).float() * self._scale

    def directions(self, ids: list[int]) -> Tensor:
        """Unit decoder directions as columns, ``(d_model, len(ids))`` float32."""
        return (self.sae.W_dec.detach()[ids].float() / self._norms[ids, None]).T

    def active(self, activations: Tensor, threshold: float, count: int, max_density: float) -> tuple[Feature, ...]:
        """The strongest features above ``threshold`` of one token's ``(d_sae,)`` activations, strongest first.

        Features that fire on more than ``max_density`` of all tokens say little about this one and are left out.
        """
        if self.density is not None:
            activations = activations.masked_fill(self.density.to(activations.device) > max_density, 0)
        values, ids = activations.topk(min(count, len(activations)))
        found = zip(ids.tolist(), values.tolist(), strict=True)
        return tuple(Feature(i, value) for i, value in found if value > threshold)


def load_features(config: SaeConfig, model: LanguageModel) -> FeatureReader:
    """The configured SAE, or the catalogue's default for the model.

    Raises:
        InputError: unknown release or id, or no SAE is known for the model.
        ModelError: a folder that holds no SAE, or one of the wrong width.
        MachineError: the hub is unreachable.
    """
    if config.path is not None:
        return _from_folder(Path(config.path).expanduser(), model)
    if (config.release is None) != (config.id is None):
        raise InputError("sae.release and sae.id go together; one of them is missing")
    if config.release is not None:
        return _from_release(config.release, str(config.id), model)
    return _default(model)


def load_features_if_any(config: SaeConfig, model: LanguageModel) -> FeatureReader | None:
    """Like ``load_features``, and None where no SAE is configured and none is known for the model."""
    configured = (config.path, config.release, config.id) != (None, None, None)
    return load_features(config, model) if configured or _known(model) else None


def _known(model: LanguageModel) -> SaeReference | None:
    """The catalogue's default SAE for a model."""
    entry = find_entry(model.info.name)
    return entry.sae if entry else None


def _default(model: LanguageModel) -> FeatureReader:
    reference = _known(model)
    if reference is None:
        raise InputError(f"no SAE is known for '{model.info.name}'; set sae.path, or sae.release and sae.id")
    if reference.path:
        return _from_folder(_shipped(reference.path), model)
    return _from_release(str(reference.release), str(reference.id), model)


def shipped_saes(model: LanguageModel) -> tuple[Path, ...]:
    """The folders of all SAEs that come with the program for a model, the default one first."""
    entry = find_entry(model.info.name)
    references = (entry.sae, *entry.more_saes) if entry else ()
    return tuple(_shipped(reference.path) for reference in references if reference and reference.path)


def _shipped(path: str) -> Path:
    return shipped("resources", *path.split("/"))


def _from_folder(folder: Path, model: LanguageModel) -> FeatureReader:
    if not folder.exists() and folder.name == str(folder):
        folder = _shipped(f"sae/{folder}")  # one that comes with the program, by its name
    if not (folder / "cfg.json").is_file():
        raise ModelError(f"folder '{folder}' holds no SAE: cfg.json is missing")
    try:
        sae = SAE.load_from_disk(str(folder), device=str(model.device), dtype="float32")
    except Exception as error:  # whatever SAELens raises is about this folder
        log.info("loading the SAE in %s failed", folder, exc_info=True)
        raise ModelError(f"the SAE in '{folder}' cannot be loaded: {one_line(error)}") from None
    density = _density(folder / SPARSITY_FILENAME, sae.cfg.d_sae)
    return FeatureReader(sae, folder.name, model, density, folder=folder)


def _density(file: Path, d_sae: int) -> Tensor | None:
    """SAELens' record of how often features fire (log10 of the share), where it lies beside the weights."""
    if not file.is_file():
        return None
    try:
        recorded = load_file(file)["sparsity"].float()
    except (SafetensorError, OSError, KeyError) as error:
        raise ModelError(f"{file} cannot be read: {one_line(error)}") from None
    return 10**recorded if recorded.shape == (d_sae,) else None


_HOOK = re.compile(r"blocks\.\d+\.(?:\w+\.)?hook_(?:resid_pre|resid_mid|resid_post|attn_out|mlp_out|z)")


def resolve_release(release: str, sae_id: str) -> ReleasedSae:
    """Look an SAE up in SAELens' directory, offline.

    The hook point is the one the id names. The directory keeps no widths; the catalogue does for the releases it names.

    Raises:
        InputError: the release or the id is unknown; the sentence names the nearest.
    """
    directory = get_pretrained_saes_directory()
    if release not in directory:
        raise InputError(f"SAE release '{release}' is unknown to SAELens{nearest(release, directory)}")
    entry = directory[release]
    if sae_id not in entry.saes_map:
        hint = nearest(sae_id, entry.saes_map) or f"; it has {len(entry.saes_map)} SAEs"
        raise InputError(f"SAE '{sae_id}' is not in release '{release}'{hint}")
    hook = _HOOK.match(sae_id)
    known = next((e.sae for e in catalogue().values() if e.sae and e.sae.release == release), SaeReference())
    return ReleasedSae(
        release=release,
        id=sae_id,
        repo=entry.repo_id,
        path=entry.saes_map[sae_id],
        hook_name=hook[0] if hook else None,
        d_in=known.d_in,
        d_sae=known.d_sae,
        neuronpedia_id=entry.neuronpedia_id.get(sae_id),
    )


def _from_release(release: str, sae_id: str, model: LanguageModel) -> FeatureReader:
    found = resolve_release(release, sae_id)
    _check_fits(found, model)  # before anything is downloaded
    fetch_from_hub(found.repo, [f"{found.path}*"], str(found), "sae.path")
    try:
        sae, _, sparsity = SAE.from_pretrained_with_cfg_and_sparsity(
            release, sae_id, device=str(model.device), dtype="float32"
        )
    except Exception as error:  # whatever SAELens raises is about this SAE
        log.info("loading %s %s failed", release, sae_id, exc_info=True)
        raise ModelError(f"SAE '{release}' / '{sae_id}' cannot be loaded: {one_line(error)}") from None
    density = None if sparsity is None else 10 ** sparsity.float().cpu()
    return FeatureReader(sae, f"{release}/{sae_id}", model, density)


def _check_fits(found: ReleasedSae, model: LanguageModel) -> None:
    if found.d_in is not None:
        _check_width(f"{found.release}/{found.id}", found.d_in, model)
    if found.hook_name is not None:
        model.canonical(found.hook_name)


def _check_width(name: str, d_in: int, model: LanguageModel) -> None:
    if d_in != model.info.d_model:
        raise ModelError(
            f"SAE '{name}' is {d_in} wide, and {model.info.name} has d_model {model.info.d_model}; "
            "it takes an SAE on this model's residual stream"
        )
