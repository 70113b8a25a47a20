"""Things the engine's tests need more than once."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from torch import Tensor

from hera_desktop.engine.errors import HeraError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.patches import Factors, Patch
from hera_desktop.engine.tokens import TokenBatch, single

SESSION_META = {"base_fingerprint": "f" * 64, "model_name": "tiny"}
SHORT_PROBES = ("The ferry left.", "2 + 2 = 4", "Plants take in light.", "def f(x):")


def factors(
    d_out: int = 32, d_in: int = 56, rank: int = 2, seed: int = 0, layer: int = 1, size: float = 0.1
) -> Factors:
    generator = torch.Generator().manual_seed(seed)
    u = torch.randn(d_out, rank, generator=generator) * size
    v = torch.randn(d_in, rank, generator=generator)
    return Factors(layer, "mlp.out", u, v)


def patch_for(model: LanguageModel, layer: int = 1, seed: int = 0, size: float = 0.02, rank: int = 2) -> Patch:
    """A random patch that fits the matrix which block ``layer`` writes with."""
    writer = model.writer(layer)
    plain = factors(*writer.weight().shape, rank=rank, seed=seed, size=size)
    return Patch((Factors(layer, writer.component, plain.u, plain.v),))


def ids(model: LanguageModel, text: str) -> TokenBatch:
    return single(model.tokenize(text))


def logits(model: LanguageModel, text: str = "The capital of France is") -> Tensor:
    return model.forward(ids(model, text)).logits.clone()


def footprint(model: LanguageModel) -> tuple[int, int]:
    """How many hooks, and how many replaced ``forward``, there are on the model."""
    modules = {id(m): m for root in (model._bridge, model._hf) for m in root.modules()}.values()
    hooks = sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in modules)
    return hooks, sum("forward" in vars(m) for m in modules)


def probe_file(folder: Path, texts: tuple[str, ...] = SHORT_PROBES) -> Path:
    """A small probe set, so that measuring takes no time."""
    file = folder / "probes.yaml"
    file.write_text("probes:\n" + "".join(f"  - {{text: '{text}', tags: [prose]}}\n" for text in texts))
    return file


@contextmanager
def expect_sentence(kind: type[HeraError], *parts: str) -> Iterator[None]:
    """Expects an error of this kind, in one line that names all ``parts``."""
    with pytest.raises(kind) as caught:
        yield
    text = str(caught.value)
    assert type(caught.value) is kind
    assert text and "\n" not in text
    for part in parts:
        assert part in text, f"{part!r} is not in {text!r}"


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A real file system of this size; the test is skipped where it cannot be mounted."""
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def small_patch(seed: int = 0, width: int = 56) -> Patch:
    return Patch((factors(d_in=width, seed=seed),))


def commit(ledger: Ledger, seed: int = 0, width: int = 56) -> str:
    """Record one committed patch; returns its id."""
    return str(
        ledger.record_proposal(small_patch(seed, width), "committed", f"prompt {seed}", {"metrics": {}}).patch_id
    )


def session(path: Path, commits: int = 3) -> Path:
    """A closed session file with some commits."""
    ledger = Ledger.create(path, SESSION_META)
    for seed in range(commits):
        commit(ledger, seed)
    ledger.close()
    return path
