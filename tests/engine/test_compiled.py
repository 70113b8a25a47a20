"""C functions are compiled once for a machine; where they cannot be, there are none and the log says why."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

import pytest

from hera_desktop.engine import compiled
from hera_desktop.engine.places import compiled_folder

needs_compiler = pytest.mark.skipif(not any(map(shutil.which, compiled.COMPILERS)), reason="there is no C compiler")


@pytest.fixture(autouse=True)
def anew(tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_CACHE_HOME", str(tmp_path / "cache"))
    compiled.library.cache_clear()
    yield
    compiled.library.cache_clear()


def source(folder: Path, text: str) -> Path:
    file = folder / "answer.c"
    file.write_text(text, encoding="utf-8")
    return file


@needs_compiler
def test_what_is_compiled_can_be_called_and_is_kept(tmp_path):
    file = source(tmp_path, "int answer(int x) { return 2 * x; }")
    assert compiled.library(file).answer(21) == 42
    (kept,) = compiled_folder().iterdir()
    written = kept.stat().st_mtime_ns
    compiled.library.cache_clear()
    assert compiled.library(file).answer(4) == 8
    assert kept.stat().st_mtime_ns == written


@needs_compiler
def test_another_text_is_compiled_anew(tmp_path):
    assert compiled.library(source(tmp_path, "int answer(void) { return 1; }")).answer() == 1
    compiled.library.cache_clear()
    assert compiled.library(source(tmp_path, "int answer(void) { return 2; }")).answer() == 2
    assert len(list(compiled_folder().iterdir())) == 2


@needs_compiler
def test_for_another_processor_it_is_compiled_anew(tmp_path, monkeypatch):
    file = source(tmp_path, "int answer(void) { return 1; }")
    assert compiled._processor()
    assert compiled.library(file).answer() == 1
    compiled.library.cache_clear()
    monkeypatch.setattr(compiled, "_processor", lambda: "another one")
    assert compiled.library(file).answer() == 1
    assert len(list(compiled_folder().iterdir())) == 2


@needs_compiler
def test_what_cannot_be_compiled_is_none_and_leaves_nothing_behind(tmp_path, caplog):
    with caplog.at_level(logging.INFO):
        assert compiled.library(source(tmp_path, "no C at all")) is None
    assert "answer.c cannot be compiled:" in caplog.text
    assert list(compiled_folder().iterdir()) == []


@needs_compiler
@pytest.mark.skipif(os.name == "nt", reason="folders are protected otherwise there")
def test_a_folder_that_cannot_be_made_is_said(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").touch()
    monkeypatch.setenv("HERA_CACHE_HOME", str(tmp_path / "file"))
    with caplog.at_level(logging.INFO):
        assert compiled.library(source(tmp_path, "int answer(void) { return 1; }")) is None
    assert "answer.c is not compiled:" in caplog.text


def test_without_a_compiler_there_is_no_library(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(compiled.shutil, "which", lambda name: None)
    with caplog.at_level(logging.INFO):
        assert compiled.library(source(tmp_path, "int answer(void) { return 1; }")) is None
    assert "there is no C compiler" in caplog.text
