"""Ctrl+C ends long work in good order, and the sentence says what is left."""

from __future__ import annotations

import os
import signal

import pytest

from hera_desktop.cli import output

from .conftest import run


def test_within_the_block_ctrl_c_is_only_a_question():
    before = signal.getsignal(signal.SIGINT)
    with output.interruptible() as stopped:
        assert not stopped()
        os.kill(os.getpid(), signal.SIGINT)
        assert stopped()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_cancelled_training_says_that_it_can_be_resumed(tiny_files, tmp_path, monkeypatch):
    from hera_desktop.engine import sae_training

    def pressed(*arguments, **options):
        os.kill(os.getpid(), signal.SIGINT)
        return real(*arguments, **options)

    text, out = tmp_path / "text.txt", tmp_path / "sae"
    text.write_text("the cat sat on the mat and looked at the moon " * 400, encoding="utf-8")
    real = sae_training.SAETrainer.step
    monkeypatch.setattr(sae_training.SAETrainer, "step", pressed)
    options = ("--hook", "blocks.1.hook_out", "--width", "16", "--k", "4", "--tokens", "20000")
    arguments = ("--text", str(text), "--out", str(out), *options, "--set", f"model.name={tiny_files.model}")
    result = run("sae", "train", *arguments)
    assert result.exit_code == 130, result.output
    assert result.stderr.rstrip().endswith("SAE training cancelled; it can be resumed")
    assert sae_training.checkpoint_of(out).width == 16


@pytest.fixture(autouse=True)
def keep_handler():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)
