"""How much memory a model will need, told before it is loaded. Nothing heavy is imported and no weight is read."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from .catalogue import ResolvedModel, resolve_model
from .config import Config
from .errors import HeraError

MB = 10**6
LIBRARIES = 800 * MB
PER_WORD = 5_500
WEIGHTS_SHARE = 0.05
"""The working space, fitted to what the catalogue's models were measured to take (float32, CPU): the imported
libraries, the probes' probabilities (so many bytes for each word of the vocabulary), and a share of the weights while
they are brought into place. The fit is within 5 % of the catalogue's figures."""
LARGEST_HEADER = 100 * MB
BYTES = {"float32": 4, "bfloat16": 2, "float16": 2}
WITHOUT_A_LOOK = ("cpu", "mps")
"""Devices whose memory is the computer's own."""
TIGHT = 0.9
"""A need above this share of what is free is asked about."""


@dataclass(frozen=True)
class MemoryNeed:
    """Bytes. ``model_bytes`` is the weights alone, ``total_bytes`` all that the program needs with this model; ``how``
    says in words where the figure comes from."""

    model: str
    model_bytes: int
    total_bytes: int
    how: str

    def is_tight(self, free: int) -> bool:
        """Whether ``free`` bytes leave too little room."""
        return self.total_bytes > TIGHT * free

    def sentence(self, free: int, where: str = "") -> str:
        """What is needed and what is there, for a person; ``where`` names the device if it is not the computer."""
        place = f" on {where}" if where else ""
        return f"{self.model} needs about {gigabytes(self.total_bytes)}; {gigabytes(free)} are free{place}."


def gigabytes(count: int) -> str:
    """Bytes for a person: GB with one digit, MB below a tenth of one."""
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.0f} MB"


def memory_need(config: Config, device: str = "cpu", libraries: bool = True) -> MemoryNeed | None:
    """What loading the configured model takes on ``device``; None where it cannot be known before it is fetched.
    ``libraries``: they are still to be imported (see ``libraries_to_come``).

    A model that cannot be found needs nothing: that it is missing is said when it is loaded.
    """
    need = _whole_need(config, device)
    if need is None or libraries:
        return need
    return replace(need, total_bytes=max(need.total_bytes - LIBRARIES, need.model_bytes))


def libraries_to_come() -> bool:
    """Whether the memory of the libraries is still to be taken."""
    return "torch" not in sys.modules


def _whole_need(config: Config, device: str) -> MemoryNeed | None:
    try:
        resolved = resolve_model(config.model.name)
        found = _parameters(Path(resolved.location)) if resolved.is_local else None
    except (HeraError, OSError):
        return None
    dtype = config.model.dtype
    size = BYTES["float32" if dtype == "auto" and device == "cpu" else "bfloat16" if dtype == "auto" else dtype]
    if found is not None:
        return _from_parameters(resolved.name, *found, size)
    return _from_catalogue(resolved, size)


def _from_parameters(name: str, parameters: int, words: int, size: int) -> MemoryNeed:
    weights = parameters * size
    total = weights + LIBRARIES + PER_WORD * words + round(WEIGHTS_SHARE * weights)
    return MemoryNeed(name, weights, total, f"{parameters / 1e6:.0f} million weights of {size} bytes and working space")


def _from_catalogue(resolved: ResolvedModel, size: int) -> MemoryNeed | None:
    """The catalogue's figure is for float32; the files on disk give the weights, roughly."""
    if resolved.entry is None:
        return None
    full = resolved.entry.memory_mb * MB
    weights = max(full - LIBRARIES, 0)
    smaller = round(weights * size / 4)
    return MemoryNeed(resolved.name, smaller, full - weights + smaller, "the catalogue's figure")


def device_of(config: Config) -> str:
    """Where the model will lie. Only where a graphics card may be used has torch to be imported to tell."""
    if config.experiment.device in WITHOUT_A_LOOK:
        return config.experiment.device
    from .loading import choose_device

    return str(choose_device(config.experiment.device)[0])


def free_memory(device: str = "cpu") -> int:
    """Bytes that can be taken now: on the computer without the system swapping, or on a graphics card."""
    if device.startswith("cuda"):
        import torch

        return torch.cuda.mem_get_info(torch.device(device))[0]
    import psutil

    return psutil.virtual_memory().available


def shortage(config: Config) -> str:
    """One sentence where loading the configured model may take more than there is; empty where it fits or nothing is
    known. May import torch."""
    device = device_of(config)  # first: it may import the libraries
    libraries = libraries_to_come()
    need = memory_need(config, device.partition(":")[0], libraries)
    if need is None or not need.is_tight(free := free_memory(device)):
        return ""
    return need.sentence(free, device if device.startswith("cuda") else "")


# --- what a folder holds --------------------------------------------------------------------------------------------


def _parameters(folder: Path) -> tuple[int, int] | None:
    """How many weights the safetensors files of a folder hold, and how many words the vocabulary has; None where the
    folder has no such file, or one that cannot be read."""
    shapes: list[list[int]] = []
    for file in sorted(folder.glob("*.safetensors")):
        header = read_header(file)
        if header is None:
            return None
        shapes += _shapes(header)
    if not shapes:
        return None
    return sum(math.prod(shape) for shape in shapes), _words(folder)


def _shapes(header: dict[str, object]) -> Iterable[list[int]]:
    return (entry["shape"] for name, entry in header.items() if name != "__metadata__" and isinstance(entry, dict))


def read_header(file: Path) -> dict[str, dict[str, object]] | None:
    """The header of a safetensors file: its length in 8 little-endian bytes, then JSON; None where there is none."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 2 <= length <= LARGEST_HEADER:
            return None
        try:
            header = json.loads(stream.read(length))
        except ValueError:
            return None
    return header if isinstance(header, dict) else None


def _words(folder: Path) -> int:
    try:
        found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
    words = found.get("vocab_size") if isinstance(found, dict) else None
    return words if isinstance(words, int) else 0
