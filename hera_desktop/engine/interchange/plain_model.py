"""The names and tensors of the plain Hugging Face model behind the bridge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import torch
from torch import Tensor, nn

from ..errors import ModelError
from ..model import TARGETS, WRITERS, LanguageModel, Writer
from ..patches import Factors, Patch, Site

_WRAPPER = "._original_component"
_ADAPTED = ".base_layer"


class PlainModel:
    """Finds an edited matrix under the name that plain ``transformers`` gives it."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model

    @cached_property
    def names(self) -> dict[Site, str]:
        """Every matrix that a patch can name: its path in the plain model, such as ``model.layers.7.mlp.down_proj``."""
        paths = {id(module): _plain(path) for path, module in self.model.hf.named_modules()}
        found = {}
        for layer in range(self.model.info.n_layers):
            for component in dict.fromkeys((*WRITERS.values(), *TARGETS.values())):
                try:
                    writer = self.model.writer_at(layer, component)
                except ModelError:  # this architecture has none of that kind
                    continue
                if id(writer.module) in paths:
                    found[layer, component] = paths[id(writer.module)]
        return found

    @cached_property
    def sites(self) -> dict[str, Site]:
        """The same, the other way round."""
        return {path: site for site, path in self.names.items()}

    def writer(self, site: Site) -> Writer:
        return self.model.writer_at(*site)

    def is_transposed(self, site: Site) -> bool:
        """Whether the weight is kept as (d_in, d_out), as GPT-2's Conv1D keeps it."""
        return not isinstance(self.writer(site).module, nn.Linear)

    def with_changes(self, weights: Mapping[str, Tensor]) -> nn.Module:
        """The plain model with other tensors in the place of those named; all others are shared, none is written."""
        hf = self.model.hf
        state = {_plain(name): t.detach() for name, t in hf.state_dict().items() if ".lora_" not in name}
        dropped = {"quantization_config", "_name_or_path", "transformers_version"}
        config = type(hf.config)(**{key: value for key, value in hf.config.to_dict().items() if key not in dropped})
        with torch.device("meta"):
            plain = type(hf)(config)
        wanted = plain.state_dict().keys()
        plain.load_state_dict({key: weights.get(key, state[key]) for key in wanted if key in state}, assign=True)
        plain.tie_weights()
        plain.generation_config = hf.generation_config
        return plain


def _plain(path: str) -> str:
    """A name without the bridge's and the adapter's layers around it."""
    return path.replace(_WRAPPER, "").replace(_ADAPTED, "")


def total_change(patches: Sequence[Patch]) -> dict[Site, Factors]:
    """The sum of the patches, matrix by matrix: their columns side by side, never more than the matrix has room for
    (more are brought down to that by SVD, which loses nothing but rounding)."""
    columns: dict[Site, list[Factors]] = {}
    for patch in patches:
        for factors in patch.factors:
            columns.setdefault(factors.site, []).append(factors)
    found = {}
    for site, parts in sorted(columns.items()):
        whole = Factors(*site, torch.cat([f.u for f in parts], 1), torch.cat([f.v for f in parts], 1))
        found[site] = whole.truncated(min(whole.u.shape[0], whole.v.shape[0]))
    return found
