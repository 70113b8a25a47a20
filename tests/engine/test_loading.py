"""Weights begin where lines of the processor's cache do, and are the same."""

from __future__ import annotations

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from hera_desktop.engine.loading import LINE, fingerprint, hold_in_lines
from tests import tiny


def mapped(folder, model: nn.Module) -> nn.Module:
    """The model with its weights in a file that is mapped into memory, none at the beginning of a line."""
    file = folder / "weights.safetensors"
    save_file({name: p.detach().clone() for name, p in model.named_parameters()}, file, {"x": "y" * 3})
    for name, values in load_file(file).items():
        module, _, last = name.rpartition(".")
        getattr(model.get_submodule(module), last).data = values
    return model


def test_weights_of_a_mapped_file_are_copied_to_where_lines_begin(tmp_path):
    model = tiny.language_model("llama").hf
    before = fingerprint(model)
    mapped(tmp_path, model)
    assert any(p.data_ptr() % LINE for p in model.parameters())
    file = (tmp_path / "weights.safetensors").read_bytes()
    hold_in_lines(model)
    assert all(p.data_ptr() % LINE == 0 for p in model.parameters())
    assert fingerprint(model) == before
    assert (tmp_path / "weights.safetensors").read_bytes() == file


def test_what_still_looks_at_the_file_reads_the_same(tmp_path):
    weights = torch.arange(2**20, dtype=torch.float32)
    file = tmp_path / "more.safetensors"
    save_file({"small": torch.ones(3), "weight": weights}, file)
    view = load_file(file)["weight"]
    layer = nn.Linear(1, 1, bias=False)
    layer.weight.data = view[:, None]
    assert view.data_ptr() % LINE
    hold_in_lines(layer)
    assert layer.weight.data_ptr() % LINE == 0
    assert torch.equal(view, weights) and torch.equal(layer.weight.data[:, 0], weights)


def test_weights_that_begin_a_line_stay_where_they_are():
    layer = nn.Linear(64, 64)
    places = [p.data_ptr() for p in layer.parameters()]
    assert not any(place % LINE for place in places)
    hold_in_lines(layer)
    assert [p.data_ptr() for p in layer.parameters()] == places
