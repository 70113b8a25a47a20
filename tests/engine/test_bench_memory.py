"""The memory bench: what its two processes do, on a tiny model on disk, and what is made of their figures."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from transformers import LlamaForCausalLM

from hera_desktop.engine.bench import memory
from hera_desktop.engine.bench.memory import (
    PROMPTS,
    Peak,
    bench_memory,
    engine_work,
    in_a_process,
    plain_work,
)
from hera_desktop.engine.bench.timing import Spread
from hera_desktop.engine.errors import MachineError
from tests import tiny

from .samples import expect_sentence, probe_file

MB = 10**6


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """A configuration whose model and SAE lie on disk."""
    folder = tmp_path_factory.mktemp("memory")
    tiny.hf_model().save_pretrained(folder / "model")
    tiny.byte_tokenizer().save_pretrained(folder / "model")
    tiny.random_sae().save_model(str(folder / "sae"))
    return tiny.config(
        model__name=folder / "model",
        sae__path=folder / "sae",
        immune__probes=probe_file(folder),
        experiment__device="cpu",
    )


PEAKS = """
import torch
from hera_desktop.engine.bench.memory import peak_bytes
before = peak_bytes()
block = torch.ones(100 * 2**20 // 4)
held = peak_bytes()
del block
print(before, held, peak_bytes())
"""


def test_the_peak_stays_when_the_memory_is_given_back():
    """In a process of its own: this one may have held more before."""
    done = subprocess.run([sys.executable, "-c", PEAKS], capture_output=True, text=True, check=True)
    before, held, after = map(int, done.stdout.split())
    assert 90 * MB < held - before < 200 * MB
    assert after > held - MB  # the system counts in portions


@pytest.mark.parametrize("work", [plain_work, engine_work])
def test_both_kinds_of_work_run_from_the_configuration_alone(config, work):
    found = work(json.loads(config.model_dump_json()), PROMPTS[:1])
    assert 0 < found.start <= found.peak


def test_the_script_reads_probes_and_prompt_before_and_after(config, monkeypatch):
    read = []
    forward = LlamaForCausalLM.forward

    def watched(self, **given):
        read.append(tuple(given["input_ids"].shape))
        return forward(self, **given)

    monkeypatch.setattr(LlamaForCausalLM, "forward", watched)
    plain_work(json.loads(config.model_dump_json()), PROMPTS[:2])
    assert len(read) == 8
    assert read[0] == read[2] and read[1] == read[3] == (1, len(PROMPTS[0]))
    assert read[5] == (1, len(PROMPTS[1]))


def test_the_figures_are_ratios_of_peaks_in_pairs(config):
    peaks = iter([Peak(1 * MB, 10 * MB), Peak(2 * MB, 12 * MB), Peak(1 * MB, 20 * MB), Peak(2 * MB, 22 * MB)])
    asked = []
    found = bench_memory(config, runs=2, measure=lambda which, given: (asked.append(which), next(peaks))[1])
    assert asked == ["plain", "engine", "plain", "engine"]
    assert found.ratio == Spread(pytest.approx(1.15), 1.1, 1.2)
    assert found.engine_mb == Spread(17.0, 12.0, 22.0)
    assert found.plain_start_mb == Spread(1.0, 1.0, 1.0)


def test_a_process_is_given_the_configuration_and_its_answer_is_read(config, monkeypatch):
    calls = []

    def run(command, **options):
        calls.append((command, json.loads(options["input"])))
        return SimpleNamespace(returncode=0, stdout='a line of a library\n{"start": 3, "peak": 5}\n', stderr="")

    monkeypatch.setattr(memory.subprocess, "run", run)
    assert in_a_process("engine", config) == Peak(3, 5)
    command, given = calls[0]
    assert command == [sys.executable, "-m", "hera_desktop.engine.bench.memory_child", "engine"]
    assert given["model"]["name"] == config.model.name
    assert given["experiment"]["device"] == "cpu"


def test_a_process_that_fails_is_one_sentence(config, monkeypatch):
    failed = SimpleNamespace(returncode=1, stdout="", stderr="Traceback\nModelError: there is no such model\n")
    monkeypatch.setattr(memory.subprocess, "run", lambda *_, **__: failed)
    with expect_sentence(MachineError, "plain", "there is no such model"):
        in_a_process("plain", config)


def test_the_script_s_process_imports_nothing_of_the_engine_that_is_heavy():
    loaded = "print([name for name in ('torch', 'sae_lens') if name in sys.modules])"
    code = f"import sys, hera_desktop.engine.bench.memory_child\n{loaded}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
