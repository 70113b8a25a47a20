"""The model's own way through norms, attention and head, wherever nobody listens to what lies inside.

TransformerLens computes both anew, step by step, so that every intermediate value passes a hook point; that costs a
tenth of a forward pass. Where none of a module's inner hook points has a hook, the wrapped module of ``transformers``
computes instead, attention by ``scaled_dot_product_attention`` where that is what the model came with. Hooks on what
goes in and comes out, and on the projections, are called either way. A head without bias is given one of zeros by
TransformerLens, which is copied for every token before the product is added to it; it is taken away again.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from torch import Tensor, nn
from transformer_lens.hook_points import HookPoint
from transformer_lens.model_bridge.generalized_components.normalization import NormalizationBridge
from transformer_lens.model_bridge.generalized_components.position_embeddings_attention import (
    PositionEmbeddingsAttentionBridge,
)
from transformer_lens.model_bridge.generalized_components.unembedding import UnembeddingBridge
from transformers import PreTrainedModel

SDPA = "sdpa"
OUTER = ("hook_in", "hook_out")


def attend_stepwise(model: PreTrainedModel) -> str | None:
    """Let a model give its attentions what the wrapped ones take, masks as numbers; how it attended before."""
    attention = getattr(model.config, "_attn_implementation", None)
    if attention == SDPA:
        model.set_attn_implementation("eager")
    return attention


def go_directly(model: nn.Module, attention: str | None) -> None:
    """Let the wrapped norms, attentions and head of ``model`` compute themselves; ``attention``: how it attended before
    it was wrapped."""
    for module in model.modules():
        if isinstance(module, NormalizationBridge):
            _redirect(module, _norm(module))
        elif isinstance(module, UnembeddingBridge):
            _without_zeros(module.original_component)
        elif type(module) is PositionEmbeddingsAttentionBridge:
            _redirect(module, _attention(module))
            if attention == SDPA and _can_use_sdpa(module.original_component):
                _use_sdpa(module.original_component)


def _without_zeros(head: nn.Module) -> None:
    if getattr(head, "bias", None) is not None and not head.bias.any():
        head.bias = None


def _redirect(module: nn.Module, direct: Callable[..., Any]) -> None:
    stepwise = module.forward
    inner = [hook for name, hook in module.named_children() if isinstance(hook, HookPoint) and name not in OUTER]

    def forward(*args: Any, **kwargs: Any) -> Any:
        listened = any(hook._forward_hooks or hook._backward_hooks or hook._forward_pre_hooks for hook in inner)
        return (stepwise if listened else direct)(*args, **kwargs)

    object.__setattr__(module, "forward", forward)  # a plain assignment goes to the wrapped module


def _norm(module: NormalizationBridge) -> Callable[..., Tensor]:
    def direct(hidden_states: Tensor, **_: Any) -> Tensor:
        read = module.hook_in(hidden_states)
        return module.hook_out(module.original_component(read).to(read.dtype))

    return direct


def _attention(module: PositionEmbeddingsAttentionBridge) -> Callable[..., tuple[Any, ...]]:
    def direct(hidden_states: Tensor, *args: Any, **kwargs: Any) -> tuple[Any, ...]:
        written, *rest = module.original_component(module.hook_in(hidden_states), *args, **kwargs)
        return module.hook_out(written), *rest

    return direct


def _can_use_sdpa(attention: nn.Module) -> bool:
    """Not where the scores are capped, or share their sum with a learned sink: it would leave both out."""
    return not getattr(attention, "attn_logit_softcapping", None) and getattr(attention, "sinks", None) is None


def _use_sdpa(attention: nn.Module) -> None:
    attention.config = copy.copy(attention.config)
    attention.config._attn_implementation = SDPA
