"""Our own format: ``NAME.safetensors`` with every patch's factors, and ``NAME.json`` that says what they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from hera_desktop import __version__

from ..errors import InputError, SessionError
from ..patches import Factors, Patch
from .records import Origin, PatchFile, StoredPatch

FORMAT = "hera-patches"
VERSION = 1


def write_own(patches: Sequence[Patch], about: dict[str, Any], path: Path) -> None:
    """Write ``path`` (.safetensors) and the JSON beside it. ``about`` names the base, and a list ``patches`` with one
    entry per patch, in order."""
    tensors = {}
    for number, (patch, entry) in enumerate(zip(patches, about["patches"], strict=True)):
        entry["sites"] = [list(f.site) for f in patch.factors]
        entry["content_hash"] = patch.content_hash
        for place, f in enumerate(patch.factors):
            tensors[f"{number}.{place}.u"], tensors[f"{number}.{place}.v"] = f.u.contiguous(), f.v.contiguous()
    document = {"format": FORMAT, "version": VERSION, "program": __version__, **about}
    text = json.dumps(document, indent=1, ensure_ascii=False)
    save_file(tensors, path, {"format": FORMAT})
    path.with_suffix(".json").write_text(text, encoding="utf-8")


def read_own(path: Path) -> PatchFile:
    """The patches of a ``.safetensors`` or ``.json`` file of ``write_own``; raises InputError in one sentence."""
    weights, about = path.with_suffix(".safetensors"), _about(path.with_suffix(".json"))
    try:
        tensors = load_file(weights)
    except FileNotFoundError:
        raise InputError(f"patch file {weights} does not exist") from None
    except (SafetensorError, OSError):
        raise InputError(f"patch file {weights} is damaged or not a safetensors file") from None
    try:
        stored = tuple(_stored(number, entry, tensors) for number, entry in enumerate(about["patches"]))
        origin = Origin(str(about["base_name"]), str(about["base"]))
    except (KeyError, TypeError, ValueError, SessionError):
        raise InputError(f"patch file {weights} is damaged: its factors do not fit its description") from None
    if not stored:
        raise InputError(f"patch file {weights} holds no patch")
    return PatchFile(str(weights), "hera", origin, stored)


def _about(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"patch file {path} does not exist; it belongs beside the .safetensors file") from None
    except OSError as error:
        raise InputError(f"patch file {path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise InputError(f"patch file {path} is not valid JSON") from None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise InputError(f"{path} is not a patch file of HERA Desktop")
    if about.get("version") != VERSION:
        raise InputError(f"patch file {path} has version {about.get('version')}; this program reads version {VERSION}")
    return about


def _stored(number: int, entry: dict[str, Any], tensors: dict[str, Any]) -> StoredPatch:
    pairs = ((tensors[f"{number}.{place}.u"], tensors[f"{number}.{place}.v"]) for place in range(len(entry["sites"])))
    factors = tuple(
        Factors(int(layer), str(part), u.float(), v.float())
        for (layer, part), (u, v) in zip(entry["sites"], pairs, strict=True)
    )
    patch = Patch(factors)
    whole = all(f.u.ndim == f.v.ndim == 2 and f.u.shape[1] == f.v.shape[1] > 0 for f in factors)
    if not factors or not whole or patch.content_hash != entry["content_hash"]:
        raise ValueError("the factors are not those that were written")
    return StoredPatch(str(entry["patch_id"]), str(entry.get("prompt", "")), patch)
