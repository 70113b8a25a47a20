"""A window's parts without the window, on a tiny real model; every model thread is ended with its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hera_desktop.gui.requests import LoadRequest

from .parts import Desk, tiny_factory, write_session


@pytest.fixture
def make_desk(qtbot, qapp) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(load: LoadRequest) -> Desk:
        desks.append(Desk(qtbot, load))
        return desks[-1]

    yield make
    for desk in desks:
        assert desk.controller.close(), "the model thread did not end"


@pytest.fixture
def desk(make_desk, tmp_path) -> Desk:
    """A tiny model on the named session a.hera."""
    return make_desk(LoadRequest(factory=tiny_factory(tmp_path / "a.hera"))).load()


@pytest.fixture
def other_session(tmp_path) -> Path:
    """b.hera, made with the same tiny model, with one committed patch."""
    return write_session(tmp_path / "b.hera")
