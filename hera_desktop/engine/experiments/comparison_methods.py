"""Ways to learn a record, for the comparison: full fine-tuning, LoRA, and the program's own strategies.

Each learns one record on top of those before it, with the same texts, the same loss and the same end: every token of
the target is given ``edits.stop``, or ``edits.steps`` steps are used up. What the program's strategies make is judged
by the immune system as in the window; fine-tuning and LoRA have nobody who judges them.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from ..adapter import AdapterSpec
from ..edits import EDIT_STRATEGIES, EditContext, EditRequest
from ..edits.fitting import Fitting
from ..edits.lab import EditLab, default_layer
from ..edits.request import Texts
from ..edits.statistics import PlainText
from ..hera import HeraEngine
from ..model import LanguageModel
from ..sae import FeatureReader
from .catalogue import ComparisonSettings
from .edit_sets import EditRecord

FULL, LORA = "full_finetuning", "lora_peft"
METHODS = (FULL, LORA, "rank_one", "null_space", "rank_one_sae", "three_factor", "gradient", "finetune")
"""What is compared unless the settings name something else."""
ALL_METHODS = (FULL, LORA, *EDIT_STRATEGIES)
NEED_SAE = ("rank_one_sae", "random_sae", "three_factor")
LORA_TARGETS = ("q_proj", "v_proj")
"""The matrices that Hu et al. 2021 (arXiv:2106.09685) adapt, in every block."""

MEASURING = "measuring the proposal"
"""What ``EditLab`` reports once the change is found."""


@dataclass(frozen=True)
class Found:
    """How a record was learned: forward passes and seconds until the change was found, seconds with all checks, and
    what became of it: committed, warning, softened or rejected."""

    passes: int
    learning: float
    seconds: float
    outcome: str


class Effort:
    """Counts a model's forward passes and the seconds within a ``with`` block, until ``found`` and until its end."""

    def __init__(self, model: LanguageModel) -> None:
        self._body, self._head = model.hf.base_model, model.head
        self._passes, self._until_found, self._found_at = 0, 0, 0.0

    def __enter__(self) -> Effort:
        self._handle = self._body.register_forward_pre_hook(self._count)
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = time.perf_counter()
        self._handle.remove()

    def _count(self, _: nn.Module, __: tuple[Any, ...]) -> None:
        self._passes += not self._head.reading

    def found(self) -> None:
        """The change is found; what follows is checks."""
        self._until_found, self._found_at = self._passes, time.perf_counter()

    def watch(self, what: str, share: float | None) -> None:
        """A ``Progress`` for ``EditLab``."""
        if what == MEASURING:
            self.found()

    def result(self, outcome: str) -> Found:
        learning = self._found_at - self._begun
        return Found(self._until_found, learning, self._ended - self._begun, outcome)


def without_sae(names: Iterable[str], model: LanguageModel, reader: FeatureReader | None) -> dict[str, str]:
    """Why methods cannot be used with this model, by name: those that need an SAE where there is none."""
    why = f"it needs an SAE, and none is known for {model.info.name}"
    return {name: why for name in names if name in NEED_SAE and reader is None}


class Learner(ABC):
    """Changes the model record by record; what it changed is taken back where it is closed."""

    @abstractmethod
    def learn(self, record: EditRecord) -> Found:
        """Have the record's prompt go on with its target, as far as this method can."""


class EditLearner(Learner):
    """A strategy of the program, through its immune system and dose repair."""

    def __init__(self, engine: HeraEngine) -> None:
        self._engine, self._lab = engine, EditLab(engine)
        self._lab.prepare()  # once for a model; no edit's time

    def learn(self, record: EditRecord) -> Found:
        with Effort(self._engine.model) as effort:
            result = self._lab.evolve(record.prompt, record.target, record.subject, progress=effort.watch)
        share = self._engine.ledger.entries()[-1].details["source"]["share"]
        softened = share < 1 and result.status != "rejected"
        return effort.result("softened" if softened else result.status)


class Masters:
    """What an optimiser steps on in place of a model's tensors: float32 copies of those in a narrower format, in which
    most of a small step would round away, and the others themselves."""

    def __init__(self, tensors: Iterable[Tensor]) -> None:
        self._own = list(tensors)
        self.tensors = [_master(tensor) for tensor in self._own]

    def _copied(self) -> Iterator[tuple[Tensor, Tensor]]:
        """The model's tensors in a narrower format, each with its copy."""
        return ((own, copy) for own, copy in zip(self._own, self.tensors, strict=True) if own is not copy)

    def take_gradients(self) -> None:
        for own, copy in self._copied():
            copy.grad, own.grad = None if own.grad is None else own.grad.to(copy.dtype), None

    @torch.no_grad()
    def write(self) -> None:
        """Put the copies into the model, rounded to its format."""
        for own, copy in self._copied():
            own.copy_(copy)

    def forget_gradients(self) -> None:
        for tensor in (*self._own, *self.tensors):
            tensor.grad = None


def _master(tensor: Tensor) -> Tensor:
    wide = torch.promote_types(tensor.dtype, torch.float32)
    return tensor if tensor.dtype == wide else tensor.detach().to(wide).requires_grad_()


class _Trained(Learner):
    """AdamW on some tensors, begun anew at every record, without weight decay."""

    def __init__(self, engine: HeraEngine, rate: float) -> None:
        self._engine, self._model, self._rate = engine, engine.model, rate
        settings = engine.config.edits
        plain = PlainText(engine.model, engine.stack)
        self._prefixes = plain.prefixes(settings.prefixes, settings.prefix_tokens)  # the base's own, before it changes

    def fit(self, record: EditRecord, masters: Masters) -> None:
        """Lower the loss that the program's strategies lower, over the tensors of ``masters``."""
        adam = torch.optim.AdamW(masters.tensors, lr=self._rate, weight_decay=0.0)

        def step(loss: Tensor, gap: float) -> None:
            masters.forget_gradients()
            loss.backward()
            masters.take_gradients()
            adam.step()
            masters.write()

        with torch.enable_grad():
            Fitting(self._context(record)).learn(_no_change, step)
        masters.forget_gradients()

    def _context(self, record: EditRecord) -> EditContext:
        texts, layer = Texts(self._model), default_layer(self._model.info.n_layers)
        request = EditRequest(record.prompt, record.target, record.subject)
        nothing = torch.empty(0, 0)  # statistics of one matrix, which a loss does not look at
        return EditContext(
            model=self._model,
            reader=lambda: self._engine.reader,
            settings=self._engine.config.edits,
            site=(layer, self._model.writer(layer).component),
            rows=tuple(texts.taught(request, prefix) for prefix in ("", *self._prefixes)),
            held=(texts.essence(record.subject),),
            moment=nothing,
            felt=nothing,
            earlier=nothing,
            seed=self._engine.config.experiment.seed,
        )


def _no_change(x: Tensor) -> Tensor:
    """What is added to the matrix that ``Fitting`` looks after: the tensors that learn are elsewhere."""
    return x.new_zeros(())


class FullFineTuning(_Trained):
    """All weights of the model, in place. ``lent`` gives them back."""

    def __init__(self, engine: HeraEngine, rate: float) -> None:
        super().__init__(engine, rate)
        self._masters = Masters(self._model.hf.parameters())

    def learn(self, record: EditRecord) -> Found:
        with Effort(self._model) as effort:
            self.fit(record, self._masters)
            effort.found()
        return effort.result("committed")


class LoraLearner(_Trained):
    """PEFT's LoRA on the attention of every block: rank ``edits.rank``, alpha twice that."""

    def __init__(self, engine: HeraEngine, rate: float) -> None:
        super().__init__(engine, rate)
        sites = self._model.target_sites(LORA_TARGETS, range(self._model.info.n_layers))
        rank = engine.config.edits.rank
        spec = AdapterSpec(rank, 2.0 * rank, dropout=0.0, dora=False, rslora=False, sites=sites)
        self._state = engine.stack.adapter.begun(spec, engine.config.experiment.seed)

    def learn(self, record: EditRecord) -> Found:
        with Effort(self._model) as effort:
            with self._engine.stack.lesson(self._state) as live:
                self.fit(record, Masters(live.parameters().values()))
                self._state = live.state()
            self._engine.stack.set((self._state,))
            effort.found()
        return effort.result("committed")


@contextmanager
def lent(model: LanguageModel) -> Iterator[None]:
    """All weights with gradients, for the length of a ``with`` block; bit for bit what they were afterwards."""
    parameters = list(model.hf.parameters())
    copies = [parameter.detach().clone() for parameter in parameters]
    try:
        for parameter in parameters:
            parameter.requires_grad_(True)
        yield
    finally:
        for parameter, copy in zip(parameters, copies, strict=True):
            parameter.requires_grad_(False)
            parameter.grad = None
            parameter.copy_(copy)


@contextmanager
def learner(name: str, engine: HeraEngine, settings: ComparisonSettings) -> Iterator[Learner]:
    """A method by its name, ready to learn; the model is without adapter and with its own weights afterwards. The
    engine's ``edits.strategy`` says which strategy it is, where it is one."""
    made: dict[str, Callable[[], Learner]] = {
        FULL: lambda: FullFineTuning(engine, settings.full_rate),
        LORA: lambda: LoraLearner(engine, settings.lora_rate),
    }
    with ExitStack() as stack:
        if name == FULL:
            stack.enter_context(lent(engine.model))
        stack.callback(_take_off, engine)
        yield made.get(name, lambda: EditLearner(engine))()


def _take_off(engine: HeraEngine) -> None:
    engine.stack.set(())
    engine.stack.adapter.remove()
