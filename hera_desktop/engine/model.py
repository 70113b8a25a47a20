"""The live language model: one copy of the weights, wrapped in place by TransformerLens' bridge.

Only this module and direct.py know the bridge. Hook names are canonical (``blocks.7.hook_out``). Everything here
reads; the base's tensors are never written (see patches.py for how a change is applied).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn
from transformer_lens.model_bridge import TransformerBridge
from transformers import StoppingCriteriaList

from .direct import attend_stepwise, go_directly
from .errors import InputError, ModelError, nearest
from .generation import CancelCriterion, Sampling, TextStream
from .head import Head
from .loading import LoadedModel, fingerprint, hold_in_lines
from .matrix_copies import MatrixCopies
from .one_pass import Ended, Pass, catch, end, return_input
from .patches import Site
from .tokens import TokenBatch, lay_out

PACK_WIDTH = 128
"""Width of a packed row, in tokens; wider rows waste attention on other texts, narrower ones leave gaps."""

WRITERS = {"mlp": "mlp.out", "ssm": "mixer.out_proj", "attn": "attn.o"}
"""Components of a block that write to the residual stream, and where the bridge keeps their matrix."""

TARGETS = {
    "q_proj": "attn.q",
    "k_proj": "attn.k",
    "v_proj": "attn.v",
    "o_proj": "attn.o",
    "gate_proj": "mlp.gate",
    "up_proj": "mlp.in",
    "down_proj": "mlp.out",
}
"""The matrices of a block that an adapter can change, by the name that Llama-type models give them, whatever the
architecture calls its own, and where the bridge keeps them."""


@dataclass(frozen=True)
class ModelInfo:
    """What a model is, in plain values. ``memory`` is the size of the parameters in bytes."""

    name: str
    architecture: str
    n_layers: int
    d_model: int
    vocab_size: int
    context: int
    device: str
    dtype: str
    memory: int
    fingerprint: str


@dataclass(frozen=True, eq=False)
class Writer:
    """A matrix that writes to the residual stream: ``y = W x``, x ``(d_in)``, y ``(d_out)``."""

    layer: int
    component: str
    module: nn.Module
    input_hook: str

    def weight(self) -> Tensor:
        """``(d_out, d_in)``, a view on the base's own tensor."""
        stored = self.module.weight
        return stored if isinstance(self.module, nn.Linear) else stored.T  # GPT-2's Conv1D keeps (d_in, d_out)


class LanguageModel:
    """A causal language model with named hook points, resumable forward passes and streaming generation."""

    def __init__(self, loaded: LoadedModel) -> None:
        self.tokenizer = loaded.tokenizer
        model = loaded.model
        hold_in_lines(model)
        base = fingerprint(model)
        model.requires_grad_(False)  # the base is never written
        model.config.architectures = [type(model).__name__]
        self._hf = model
        attention = attend_stepwise(model)
        device = next(model.parameters()).device
        try:
            self._bridge = TransformerBridge.boot_transformers(
                loaded.tokenizer.name_or_path, hf_model=model, tokenizer=loaded.tokenizer, device=str(device)
            )
        except ValueError as error:
            raise ModelError(f"models of type {type(model).__name__} are not supported: {error}") from None
        self._bridge.eval()
        go_directly(model, attention)
        self._copies = MatrixCopies(model)
        self.head = Head(model)
        self._hooks = dict(self._bridge.hook_dict)  # the property gathers thousands of names anew at every use
        self._positions = torch.zeros(1, 1, dtype=torch.long)  # of the tokens in the pass that runs, (rows, width)
        self.info = self._describe(loaded.name, base)

    def _describe(self, name: str, base: str) -> ModelInfo:
        config, first = self._hf.config, next(self._hf.parameters())
        context = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", None) or 2**20
        return ModelInfo(
            name=name,
            architecture=type(self._hf).__name__,
            n_layers=len(self._bridge.blocks),
            d_model=config.hidden_size,
            vocab_size=self._hf.get_output_embeddings().weight.shape[0],
            context=context,
            device=str(first.device),
            dtype=str(first.dtype).removeprefix("torch."),
            memory=sum(p.numel() * p.element_size() for p in self._hf.parameters()),
            fingerprint=base,
        )

    @property
    def device(self) -> torch.device:
        return next(self._hf.parameters()).device

    @property
    def hf(self) -> nn.Module:
        """The Hugging Face model that is wrapped; its tensors are never written."""
        return self._hf

    @property
    def dtype(self) -> torch.dtype:
        return next(self._hf.parameters()).dtype

    @property
    def attends(self) -> bool:
        """Whether every block is made of attention, so that what was read is kept as keys and values."""
        return all("attn" in block.submodules for block in self._bridge.blocks)

    # --- text -------------------------------------------------------------------------------------------------------

    def tokenize(self, text: str) -> tuple[int, ...]:
        """Token ids as the tokenizer makes them; nothing is prepended that it does not prepend itself."""
        return tuple(self.tokenizer(text)["input_ids"])

    def decode(self, ids: Sequence[int]) -> str:
        return self.tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False)

    def token_strings(self, ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.tokenizer.decode([i], clean_up_tokenization_spaces=False) for i in ids)

    def check_prompt(self, text: str, longest: int) -> tuple[int, ...]:
        """Token ids of a prompt; raises InputError when it is empty, too short or longer than ``longest`` tokens."""
        if not text.strip():
            raise InputError("the prompt is empty; it takes at least two tokens of text")
        longest = min(longest, self.info.context)
        if len(text) > 50 * longest:  # no tokenizer makes tokens of 50 characters on average: do not even try
            raise InputError(f"the prompt has {len(text)} characters; at most {longest} tokens are allowed")
        ids = self.tokenize(text)
        if len(ids) > longest:
            raise InputError(f"the prompt has {len(ids)} tokens; at most {longest} are allowed")
        if len(ids) < 2:
            raise InputError(f"the prompt {text!r} is one token; at least two are needed (the first is not measured)")
        return ids

    def batch(self, texts: Sequence[Sequence[int]]) -> TokenBatch:
        """Lay texts out for one forward pass on the model's device, packed where the architecture allows it."""
        longest = max(map(len, texts))
        return lay_out(texts, PACK_WIDTH, pack=self.can_pack(longest)).to(self.device)

    def can_pack(self, longest: int) -> bool:
        """Whether texts of that length can stand in one row: positions have to be taken as given, and attention to take
        a mask, in every block."""
        config = self._hf.config
        window = getattr(config, "sliding_window", None)
        has_positions = getattr(config, "rope_parameters", None) or config.model_type == "gpt2"
        return bool(has_positions) and self.attends and (not window or longest <= window)

    # --- hook points and matrices -----------------------------------------------------------------------------------

    def canonical(self, hook_name: str) -> str:
        """The canonical name of a hook point; raises InputError where there is none of that name."""
        if hook_name not in self._hooks:
            raise InputError(f"hook '{hook_name}' does not exist in {self.info.name}{nearest(hook_name, self._hooks)}")
        return self._hooks[hook_name].name

    def check_layer(self, layer: int) -> None:
        if not 0 <= layer < self.info.n_layers:
            last = self.info.n_layers - 1
            raise InputError(f"target layer {layer} is out of range: {self.info.name} has blocks 0 to {last}")

    def writer(self, layer: int, kind: str | None = None) -> Writer:
        """The matrix of block ``layer`` through which ``kind`` (mlp, ssm or attn; default: mlp, else ssm) writes."""
        self.check_layer(layer)
        block = self._bridge.blocks[layer]
        for name in [kind] if kind else ["mlp", "ssm"]:
            outer, inner = WRITERS[name].split(".")
            if outer in block.submodules:
                module = getattr(getattr(block, outer), inner)
                path = f"blocks.{layer}.{WRITERS[name]}"
                return Writer(layer, WRITERS[name], base_of(module), f"{path}.hook_in")
        raise ModelError(f"block {layer} of {self.info.name} has no {kind or 'MLP or SSM'} matrix that can be edited")

    def writer_at(self, layer: int, component: str) -> Writer:
        """The matrix a stored change names, such as layer 7, ``mlp.out``."""
        kinds = {path: kind for kind, path in WRITERS.items()}
        if component in kinds:
            return self.writer(layer, kinds[component])
        if component not in TARGETS.values():
            raise ModelError(f"component '{component}' is unknown; changes go to {', '.join((*kinds, *TARGETS))}")
        self.check_layer(layer)
        holder = self.holder((layer, component))
        if holder is None:
            raise ModelError(f"block {layer} of {self.info.name} has no {component} matrix")
        return Writer(layer, component, base_of(holder), f"blocks.{layer}.{component}.hook_in")

    def holder(self, site: Site) -> nn.Module | None:
        """The bridge's wrapper around a matrix (its ``original_component``); None where the block has none of that
        name."""
        layer, component = site
        outer, inner = component.split(".")
        block = self._bridge.blocks[layer]
        if outer not in block.submodules or inner not in block.submodules[outer].submodules:
            return None
        return getattr(getattr(block, outer), inner)

    # --- the chat's adapter -----------------------------------------------------------------------------------------

    def target_sites(self, targets: Sequence[str], layers: Sequence[int] | None) -> tuple[Site, ...]:
        """The matrices that an adapter's settings name; without blocks those of ``usual_blocks``.

        Raises:
            InputError: a block that the model does not have, or a matrix that its blocks do not have.
        """
        chosen = tuple(layers) if layers is not None else self.usual_blocks(targets)
        for layer in chosen:
            self.check_layer(layer)
        for target in targets:
            if target not in TARGETS or self.holder((chosen[0], TARGETS[target])) is None:
                known = [name for name, part in TARGETS.items() if self.holder((chosen[0], part)) is not None]
                there = f"there are {', '.join(known)}" if known else "it has none that an adapter can change"
                raise InputError(f"facts.lora.targets: {self.info.name} has no matrix '{target}'; {there}")
        return tuple((layer, TARGETS[target]) for layer in sorted(chosen) for target in dict.fromkeys(targets))

    def usual_blocks(self, targets: Sequence[str]) -> tuple[int, ...]:
        """The blocks that are adapted where none are named: all of them for attention, else those from an eighth to
        a quarter of the depth (see docs/facts.md)."""
        n = self.info.n_layers
        if any(TARGETS.get(target, "").startswith("attn.") for target in targets):
            return tuple(range(n))
        return tuple(range(n // 8, n // 4 + 1))

    def block_of(self, hook_name: str) -> int:
        """The block a hook point belongs to."""
        match = re.match(r"blocks\.(\d+)\.", hook_name)
        if match is None:
            raise InputError(f"hook '{hook_name}' belongs to no block; it takes blocks.N.…")
        return int(match[1])

    def last_block_of(self, hook_names: Iterable[str]) -> int:
        """The last block that any of these belongs to; the first one where there are none."""
        return max(map(self.block_of, hook_names), default=0)

    def block_size(self, layer: int) -> int:
        """Number of entries in a block's matrices: its multiply-adds for one token."""
        return sum(
            p.numel()
            for name, p in self._bridge.blocks[layer].named_parameters()
            if p.ndim == 2 and "lora_" not in name
        )

    @torch.inference_mode()
    def direct_logits(self, directions: Tensor) -> Tensor:
        """What a step along each of ``directions (k, d_model)`` adds to the logits directly: ``(k, d_vocab)`` float32.

        ``W_U (gamma * d)``: the direct path through the final norm's weight gamma and the unembedding, with d centred
        first where the norm centres its input (LayerNorm). Left out: the norm's division by the size of the residual
        stream, which depends on the text, and a soft cap on the logits. What later blocks make of d is not seen.
        """
        gamma, centres = self._final_norm()
        d = directions.to(self.device, torch.float32)  # (k, d_model)
        if centres:
            d = d - d.mean(-1, keepdim=True)
        return (d * gamma) @ self._hf.get_output_embeddings().weight.float().T  # (k, d_vocab)

    def _final_norm(self) -> tuple[Tensor, bool]:
        """The weight ``(d_model,)`` float32 that the final norm multiplies with, and whether it centres its input.

        Read off what the norm does, because modules keep their weight in more than one way (Gemma's is ``1 + w``): on
        x with mean 0 and mean square 1 every norm gives ``gamma x + beta``, and a norm that centres makes all-ones 0.
        """
        norm = self._bridge.ln_final.original_component
        ones = torch.ones(1, self.info.d_model, device=self.device, dtype=self.dtype)
        x = ones.clone()
        x[:, 1::2] = -1
        x = x - x.float().mean()  # not 0 where d_model is odd
        x = (x / x.float().square().mean().sqrt()).to(self.dtype)
        gamma = (norm(x) - norm(-x)).float() / (2 * x.float())
        return gamma[0], torch.equal(norm(ones), norm(-ones))

    def multiplying(self, products: torch.dtype | None) -> AbstractContextManager[None]:
        """Matrices are multiplied in that format (None: the model's own) for the length of a ``with`` block."""
        return self._copies.multiplying(products, self.device)

    # --- forward passes ---------------------------------------------------------------------------------------------

    @torch.inference_mode()
    def forward(
        self, batch: TokenBatch, capture: Iterable[str] = (), last_block: int | None = None, head: bool = True
    ) -> Pass:
        """A forward pass; with ``last_block`` it stops after that block, without ``head`` before the head, and then has
        no logits."""
        return self._run(batch, capture, 0, None, last_block, head)

    @torch.inference_mode()
    def resume(
        self, batch: TokenBatch, layer: int, hidden: Tensor, capture: Iterable[str] = (), head: bool = True
    ) -> Pass:
        """A forward pass that starts at block ``layer`` from its cached input ``hidden (rows, width, d_model)``.

        The earlier blocks are skipped; masks, positions, final norm and head are the model's own, so the logits are
        those of a full pass, bit for bit.
        """
        self.check_layer(layer)
        return self._run(batch, capture, layer, hidden, None, head)

    def _run(
        self,
        batch: TokenBatch,
        capture: Iterable[str],
        first_block: int,
        hidden: Tensor | None,
        last_block: int | None,
        head: bool,
    ) -> Pass:
        found: dict[str, Tensor] = {}
        logits, normed = None, []
        self._positions = batch.positions
        with ExitStack() as stack:
            stack.enter_context(self._skipping(first_block, hidden))
            if last_block is not None and last_block + 1 < self.info.n_layers:
                handle = self._bridge.blocks[last_block + 1].register_forward_pre_hook(end)
                stack.callback(handle.remove)
            for name in dict.fromkeys(capture):
                handle = self._hooks[name].register_forward_hook(catch(found, name))
                stack.callback(handle.remove)
            if not head:
                stack.enter_context(self.head.left_out(normed))
            with suppress(Ended):
                logits = self._hf(input_ids=batch.ids, use_cache=False, **self._layout(batch)).logits
        missing = set(capture) - set(found)
        if missing:
            raise RuntimeError(f"hook points did not fire: {', '.join(sorted(missing))}")
        return Pass(None if last_block is not None else logits, found, normed[0] if normed else None)

    def _layout(self, batch: TokenBatch) -> dict[str, Tensor]:
        mask = batch.mask(self.dtype)
        return {} if mask is None else {"attention_mask": mask, "position_ids": batch.positions}

    @contextmanager
    def _skipping(self, first_block: int, hidden: Tensor | None) -> Iterator[None]:
        """Let the blocks before ``first_block`` return their input, and give block ``first_block`` ``hidden``."""
        if hidden is None:
            yield
            return

        def give(_: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple, dict]:
            if args:
                return (hidden, *args[1:]), kwargs
            return args, {**kwargs, "hidden_states": hidden}

        skipped = list(self._bridge.blocks[:first_block])
        handle = self._bridge.blocks[first_block].register_forward_pre_hook(give, with_kwargs=True)
        try:
            for block in skipped:
                object.__setattr__(block, "forward", return_input)  # BlockBridge hands setattr on to the original
            yield
        finally:
            for block in skipped:
                block.__dict__.pop("forward", None)
            handle.remove()

    @contextmanager
    def adding(self, hook_name: str, vector: Tensor, skip_first: int = 1) -> Iterator[None]:
        """Add ``vector (d,)`` to the activations at a hook point for the length of a ``with`` block: in every pass, at
        every token but the first ``skip_first`` of a text, and so also at every token that is generated."""
        added = vector.to(self.device, self.dtype)

        def add(activations: Tensor) -> Tensor:
            where = self._positions.to(activations.device) >= skip_first  # (rows, width)
            return activations + added * where[..., None]

        with self.replacing(hook_name, add):
            yield

    @contextmanager
    def replacing(self, hook_name: str, change: Callable[[Tensor], Tensor]) -> Iterator[None]:
        """Put ``change(activations)``, ``(rows, width, d)``, in place of the activations at a hook point for the length
        of a ``with`` block."""
        hook = self._hooks[self.canonical(hook_name)]
        handle = hook.register_forward_hook(lambda _, __, activations: change(activations))
        try:
            yield
        finally:
            handle.remove()

    # --- generation -------------------------------------------------------------------------------------------------

    @torch.inference_mode()
    def generate(
        self,
        ids: Sequence[int],
        sampling: Sampling,
        on_text: Callable[[str], None] = lambda text: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> str:
        """Continue ``ids``; ``on_text`` receives each new piece, and ``cancelled`` is asked after every token.

        Returns what was generated, without the prompt; a cancelled generation returns what there is, and one that
        comes to the end of the model's context ends there.

        Raises:
            InputError: the prompt fills the context already.
        """
        room = self.info.context - len(ids)
        if room < 1:
            raise InputError(
                f"the prompt has {len(ids)} tokens, all that {self.info.name} can read; nothing can follow"
            )
        sampling = replace(sampling, max_new_tokens=min(sampling.max_new_tokens, room))
        stream = TextStream(self.decode, on_text)
        self._continue(torch.tensor([list(ids)]), sampling, cancelled, streamer=stream)
        return stream.text

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end an answer: the tokenizer's, and those that generation stops at."""
        also = self.hf.generation_config.eos_token_id
        found = (self.tokenizer.eos_token_id, *(also if isinstance(also, (list, tuple)) else (also,)))
        return frozenset(token for token in found if token is not None)

    @torch.inference_mode()
    def sample_rows(
        self, ids: Sequence[int], rows: int, sampling: Sampling, cancelled: Callable[[], bool] = lambda: False
    ) -> list[tuple[int, ...]]:
        """``rows`` continuations of ``ids`` drawn side by side, each with ``ids`` before it and never ended early."""
        prompt = torch.tensor([list(ids)]).expand(rows, -1)
        return [tuple(row) for row in self._continue(prompt, sampling, cancelled, eos_token_id=None).tolist()]

    def _continue(self, prompt: Tensor, sampling: Sampling, cancelled: Callable[[], bool], **options: Any) -> Tensor:
        """Prompts ``(rows, width)`` and what is generated after them, ``(rows, longer)``."""
        prompt = prompt.to(self.device)
        with self._seeded(sampling.seed), self._counting():
            return self._hf.generate(
                prompt,
                attention_mask=torch.ones_like(prompt),
                max_new_tokens=sampling.max_new_tokens,
                pad_token_id=self._pad_token,
                stopping_criteria=StoppingCriteriaList([CancelCriterion(cancelled)]),
                **sampling.options(),
                **options,
            )

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """Keep the positions of the tokens in each pass of a generation: the prompt's, then one after another."""
        seen = 0

        def count(_: nn.Module, __: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            nonlocal seen
            width = kwargs["input_ids"].shape[1]
            self._positions = torch.arange(seen, seen + width, device=self.device)[None]
            seen += width

        handle = self._hf.register_forward_pre_hook(count, with_kwargs=True)
        try:
            yield
        finally:
            handle.remove()

    @property
    def _pad_token(self) -> int:
        pad = self.tokenizer.pad_token_id
        return pad if pad is not None else self.tokenizer.eos_token_id

    @contextmanager
    def _seeded(self, seed: int) -> Iterator[None]:
        """Random numbers from ``seed``, and the generators' states as they were afterwards."""
        with torch.random.fork_rng(devices=[self.device] if self.device.type == "cuda" else []):
            torch.manual_seed(seed)
            yield


def base_of(holder: nn.Module) -> nn.Module:
    """A matrix's own module, without an adapter's layer around it."""
    module = holder.original_component
    return getattr(module, "base_layer", module)
