"""Write one patch, several, or the whole state for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from ..catalogue import HubSource, find_entry
from ..errors import InputError, nearest
from ..patches import Factors, Patch, Site
from ..progress import Progress, unwatched
from .adapter import ABOUT, write_adapter
from .destination import write_files, write_folder
from .model_card import adapter_card, merged_card
from .own_format import write_own
from .plain_model import PlainModel, total_change
from .records import FORMATS, Exported, Format

if TYPE_CHECKING:
    from ..hera import HeraEngine

WRITING = "writing the files"
Written = tuple[tuple[str, ...], float | None]
"""The files, and what a merged checkpoint loses to rounding."""


def export_patches(
    engine: HeraEngine,
    path: str | Path,
    format: Format,
    patch_ids: Sequence[str] | None = None,
    progress: Progress = unwatched,
) -> Exported:
    """Write patches to ``path``; None: those that are active, in their order, so the whole state. Rejected and reverted
    ones can be named as well.

    ``hera`` writes NAME.safetensors and NAME.json, ``peft`` and ``merged`` a folder. What is written appears whole or
    not at all, and nothing is overwritten.

    Raises:
        InputError: an unknown format or patch, a patch named twice, nothing to write, or something that is there
            already.
        MachineError: the place cannot be written.
        Cancelled: ``progress`` said so; nothing was written.
    """
    if format not in FORMATS:
        known = f"it takes {', '.join(FORMATS)}"
        raise InputError(f"format '{format}' is unknown; {known}{nearest(str(format), FORMATS)}")
    ids = _chosen(engine, patch_ids)
    patches = [_as_patch(engine, patch_id) for patch_id in ids]
    writers = {"hera": _own, "peft": _adapter, "merged": _merged}
    files, lost = writers[format](engine, patches, ids, Path(path), progress)
    place = next((file for file in files if file.endswith(".safetensors")), "") if format == "hera" else str(path)
    return Exported(format, place, ids, engine.ledger.hash_of(ids), files, lost)


def _chosen(engine: HeraEngine, patch_ids: Sequence[str] | None) -> tuple[str, ...]:
    """The patches to write; raises InputError where there is none, or one stands twice."""
    ids = engine.ledger.in_force(engine.ledger.timeline.current.active if patch_ids is None else tuple(patch_ids))
    if not ids:
        why = "the state is the base" if patch_ids is None else "none was named"
        raise InputError(f"there is no patch to export: {why}")
    twice = next((patch_id for number, patch_id in enumerate(ids) if patch_id in ids[:number]), None)
    if twice is not None:
        raise InputError(f"patch '{twice}' is named twice; an export holds every patch once")
    return ids


def _as_patch(engine: HeraEngine, patch_id: str) -> Patch:
    """A patch of the session, also where it is the chat's adapter; raises InputError for one with DoRA."""
    change = engine.patch(patch_id)
    if isinstance(change, Patch):
        return change
    if not change.factors:
        raise InputError(
            f"patch '{patch_id}' is an adapter with DoRA, whose change has no factors; it cannot be added up"
        )
    return Patch(change.factors)


def _own(engine: HeraEngine, patches: Sequence[Patch], ids: tuple[str, ...], path: Path, progress: Progress) -> Written:
    progress(WRITING, None)
    name = path.with_suffix("") if path.suffix in (".safetensors", ".json") else path
    targets = [name.parent / f"{name.name}{suffix}" for suffix in (".safetensors", ".json") if name.name]
    about = {**_about(engine, ids), "patches": [_entry(engine, patch_id) for patch_id in ids]}
    return write_files(targets or [path], lambda folder: write_own(patches, about, folder / targets[0].name)), None


def _adapter(
    engine: HeraEngine, patches: Sequence[Patch], ids: tuple[str, ...], path: Path, progress: Progress
) -> Written:
    plain, about = PlainModel(engine.model), _about(engine, ids)
    base = about["base_hub_id"] or engine.model.hf.config._name_or_path or engine.model.info.name

    def write(folder: Path) -> None:
        progress("adding the patches up", None)
        change = total_change(patches)
        progress(WRITING, None)
        write_adapter(plain, change, base, folder)
        _write_about(folder, about, adapter_card(about))

    return write_folder(path, write), None


def _merged(
    engine: HeraEngine, patches: Sequence[Patch], ids: tuple[str, ...], path: Path, progress: Progress
) -> Written:
    plain, about = PlainModel(engine.model), _about(engine, ids)
    losses = [0.0]

    def write(folder: Path) -> None:
        weights: dict[str, Tensor] = {}
        change = total_change(patches)
        for number, (site, factors) in enumerate(change.items()):
            progress("adding the change to the weights", number / len(change))
            name, weight, share = _added(plain, site, factors)
            weights[name] = weight
            losses.append(share)
        progress(WRITING, None)
        plain.with_changes(weights).save_pretrained(folder)
        engine.model.tokenizer.save_pretrained(folder)
        _write_about(folder, about, merged_card(about, max(losses)))

    return write_folder(path, write), max(losses)


def _added(plain: PlainModel, site: Site, factors: Factors) -> tuple[str, Tensor, float]:
    """The name of a weight, its value with the change added, and the share of the change that rounding takes."""
    writer = plain.writer(site)
    stored = writer.module.weight
    change = factors.u.double() @ factors.v.double().T  # (d_out, d_in)
    exact = writer.weight().detach().cpu().double() + change
    rounded = exact.to(stored.dtype)
    share = ((rounded.double() - exact).norm() / change.norm().clamp_min(torch.finfo(torch.float64).tiny)).item()
    turned = rounded.T if plain.is_transposed(site) else rounded
    return f"{plain.names[site]}.weight", turned.contiguous().to(stored.device), share


# --- what is said about the files ------------------------------------------------------------------------------------


def _about(engine: HeraEngine, ids: tuple[str, ...]) -> dict[str, Any]:
    """No path of this machine is in it: the files are made to be handed on."""
    info, entry = engine.model.info, find_entry(engine.model.info.name)
    hub = entry.source.id if entry and isinstance(entry.source, HubSource) else ""
    if entry is None and info.name.count("/") == 1:
        hub = info.name  # loaded from the hub by its id
    return {
        "base_name": info.name,
        "base": info.fingerprint,
        "base_hub_id": hub,
        "base_in_catalogue": entry is not None,
        "architecture": info.architecture,
        "licence": entry.licence if entry else "",
        "state_hash": engine.ledger.hash_of(ids),
        "patch_ids": list(ids),
    }


def _entry(engine: HeraEngine, patch_id: str) -> dict[str, Any]:
    entry = engine.ledger.entry(patch_id)
    kept = ("settings", "source", "metrics", "reason", "strategy", "norm", "rank", "layers")
    return {
        "patch_id": patch_id,
        "prompt": entry.prompt,
        "status": entry.status,
        "name": entry.name,
        "tags": list(entry.tags),
        "note": entry.note,
        "time": entry.time,
        **{key: entry.details[key] for key in kept if key in entry.details},
    }


def _write_about(folder: Path, about: dict[str, Any], card: str) -> None:
    (folder / ABOUT).write_text(json.dumps(about, indent=1, ensure_ascii=False), encoding="utf-8")
    (folder / "README.md").write_text(card, encoding="utf-8")
