"""The command line on a tiny model in a folder, as a user would configure it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hera_desktop.cli.app import app
from tests import tiny


@dataclass(frozen=True)
class TinyFiles:
    model: Path
    sae: Path

    def options(self, session: Path | None, *extra: str) -> list[str]:
        pairs = [
            f"model.name={self.model}",
            f"sae.path={self.sae}",
            *(f"{key}={value}" for key, value in tiny.GENEROUS.items()),
            *extra,
        ]
        session_option = [] if session is None else ["--session", str(session)]
        return [*session_option, *(part for pair in pairs for part in ("--set", pair))]


@pytest.fixture(scope="session")
def tiny_files(tmp_path_factory: pytest.TempPathFactory) -> TinyFiles:
    folder = tmp_path_factory.mktemp("tiny")
    model = tiny.hf_model("llama")
    model.save_pretrained(folder / "tiny-llama")
    tiny.byte_tokenizer().save_pretrained(folder / "tiny-llama")
    tiny.random_sae().save_model(str(folder / "sae"))
    return TinyFiles(folder / "tiny-llama", folder / "sae")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def assert_one_sentence(result: Result, *words: str) -> None:
    """Exit status 2, one line on stderr after the progress lines, no traceback, and the words in it."""
    assert result.exit_code == 2, result.output
    lines = [line for line in result.stderr.splitlines() if line and not line.endswith("...")]
    sentences = [line for line in lines if not line.startswith(("warning: ", "session: "))]
    assert len(sentences) == 1, result.stderr
    assert "Traceback" not in result.output
    for word in words:
        assert word in sentences[0], sentences[0]
