"""The catalogue's verbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import assert_one_sentence, run


@pytest.fixture
def under_terms(monkeypatch) -> None:
    """A model whose installation asks about terms."""

    def install(entry, progress, accepts):
        assert accepts("Be kind.")
        return Path("/models") / entry.name

    monkeypatch.setattr("hera_desktop.engine.install.install", install)


def test_terms_that_were_accepted_are_shown_and_the_model_is_installed(under_terms):
    result = run("models", "install", "gemma3-270m", "--accept-terms")
    assert result.exit_code == 0 and "Be kind." in result.stderr
    assert result.stdout.strip() == "gemma3-270m is installed in /models/gemma3-270m"


def test_where_nobody_can_be_asked_the_option_is_named(under_terms):
    result = run("models", "install", "gemma3-270m")
    assert "Be kind.\n" in result.stderr
    result.stderr_bytes = result.stderr_bytes.replace(b"Be kind.\n", b"")
    assert_one_sentence(result, "gemma3-270m comes with terms", "--accept-terms")
