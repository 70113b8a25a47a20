"""Peak memory of the program's engine against that of a plain `transformers` script with the same model.

Both run in processes of their own and read the same tokens in forward passes. The script does what one would write by
hand: it loads the model and, for each prompt, reads the probes and the prompt before and after; it keeps nothing, and
compares nothing. The engine evolves the same prompts, with its SAE, its session and its comparisons. The computer's own
memory is meant: both run on the CPU.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..config import Config
from ..errors import MachineError
from ..progress import Progress, unwatched
from .timing import Spread, ratios, spread

Which = Literal["plain", "engine"]
LIMIT = 1.3
PROMPTS = ("The capital of France is", "The opposite of hot is", "Once upon a time there was a")
"""What each of the two processes works on."""
MB = 10**6


@dataclass(frozen=True)
class MemoryFigures:
    """``ratio``: peak of the engine's process / peak of the script's; ``engine_mb``, ``plain_mb``: those peaks, and
    ``engine_start_mb``, ``plain_start_mb``: after the imports alone."""

    ratio: Spread
    engine_mb: Spread
    plain_mb: Spread
    engine_start_mb: Spread
    plain_start_mb: Spread
    runs: int


@dataclass(frozen=True)
class Peak:
    """Bytes of a process: the most that it had in memory, after its imports and in all."""

    start: int
    peak: int


def bench_memory(
    config: Config,
    runs: int = 3,
    progress: Progress = unwatched,
    measure: Callable[[Which, Config], Peak] | None = None,
) -> MemoryFigures:
    """Both processes, one after the other, ``runs`` times.

    Raises:
        MachineError: one of them failed, with its last line.
    """
    measure = measure or in_a_process
    found: dict[Which, list[Peak]] = {"plain": [], "engine": []}
    for number in range(runs):
        for which in found:
            progress(f"memory of the {which} process, {number + 1} of {runs}", None)
            found[which].append(measure(which, config))
    engine, plain = found["engine"], found["plain"]
    return MemoryFigures(
        ratio=ratios([one.peak for one in engine], [one.peak for one in plain]),
        engine_mb=spread([one.peak / MB for one in engine]),
        plain_mb=spread([one.peak / MB for one in plain]),
        engine_start_mb=spread([one.start / MB for one in engine]),
        plain_start_mb=spread([one.start / MB for one in plain]),
        runs=runs,
    )


def in_a_process(which: Which, config: Config) -> Peak:
    """The peak of a fresh process that does the work of ``which``; raises MachineError where it fails."""
    command = [sys.executable, "-m", f"{__package__}.memory_child", which]
    on_cpu = config.experiment.model_copy(update={"device": "cpu"})
    given = config.model_copy(update={"experiment": on_cpu}).model_dump_json()
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise MachineError(f"the {which} process of the memory bench ended with status {done.returncode}: {last}")
    return Peak(**json.loads(done.stdout.splitlines()[-1]))


def peak_bytes() -> int:
    """The most memory this process has had (resident set), in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage's figure is not set back when a process starts another program
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
        if "VmHWM" in lines:
            return int(lines["VmHWM"].split()[0]) * 1024
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


# --- what the two processes do ----------------------------------------------------------------------------------------


def plain_work(config: Mapping[str, Any], prompts: Sequence[str]) -> Peak:
    """The script: nothing of the engine is imported but what finds the model's folder, the probes and their layout."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from ..catalogue import resolve_model
    from ..immune.probe_files import load_probes
    from ..tokens import lay_out, single

    start, chosen = peak_bytes(), Config.model_validate(config)
    folder = resolve_model(chosen.model.name).location
    dtype = torch.float32 if chosen.model.dtype == "auto" else getattr(torch, chosen.model.dtype)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).eval()
    probes = [tokenizer(probe.text)["input_ids"] for probe in load_probes(chosen.immune.probes).enabled]
    batch = lay_out(probes, 128, pack=True)
    with torch.inference_mode():
        for prompt in prompts:
            for text in (batch, single(tokenizer(prompt)["input_ids"])) * 2:
                mask = text.mask(dtype)
                layout = {} if mask is None else {"attention_mask": mask, "position_ids": text.positions}
                model(input_ids=text.ids, use_cache=False, **layout)
    return Peak(start, peak_bytes())


def engine_work(config: Mapping[str, Any], prompts: Sequence[str]) -> Peak:
    """The program: the same prompts evolved in a session that is thrown away."""
    from ..hera import HeraEngine

    start, chosen = peak_bytes(), Config.model_validate(config)
    with tempfile.TemporaryDirectory(prefix="hera-bench-") as folder:
        engine = HeraEngine(chosen, Path(folder) / "memory.hera")
        try:
            for prompt in prompts:
                engine.evolve(prompt)
        finally:
            engine.close()
    return Peak(start, peak_bytes())


WORK: Mapping[Which, Callable[[Mapping[str, Any], Sequence[str]], Peak]] = {"plain": plain_work, "engine": engine_work}
