"""What a lesson stands on: the model's answers to general questions, and its statistics in conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..model import LanguageModel
from ..passes import Passes, Row
from ..patch_stack import PatchStack
from ..patches import Site
from ..progress import Progress, unwatched
from ..text_statistics import Moments, TextStatistics, store, stored
from .anchors import Anchors
from .chat_format import ChatFormat

ANSWER_TOKENS = 12
"""Tokens of the base's own answers to the general questions."""

TEXT_TOKENS = 96
OWN_DRAWS, OWN_ROWS, OWN_TOKENS = 2, 48, 80
"""Conversations that the model writes itself, from the chat's frame on, and their length in tokens."""

Frame = tuple[int, ...]
"""The tokens of the shortest message as the model reads it: another system prompt makes another frame."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What a lesson stands on: the general questions with the base's answers, as texts on which the model is held to
    its base; the second moments of what the matrices read, ``(d_in, d_in)``; and how much the model's predictions feel
    a change of what they write, ``(d_out, d_out)``; all float64 on the CPU."""

    held: tuple[Row, ...]
    moments: Moments
    sensitivity: Moments


class GroundMaker:
    """Makes and keeps the ground of one model, for each frame of its conversations. It is that of the base, whatever
    is active, and is kept on disk."""

    def __init__(self, model: LanguageModel, stack: PatchStack, anchors: Anchors) -> None:
        self._model, self._stack, self._anchors = model, stack, anchors
        self._passes = Passes(model)
        self._statistics = TextStatistics(model)
        self._held: dict[Frame, tuple[Row, ...]] = {}
        self._measured: dict[tuple[Frame, Site], tuple[Tensor, Tensor]] = {}

    def ground(self, sites: Sequence[Site], chat: ChatFormat, progress: Progress = unwatched) -> Ground:
        """The ground for these matrices; ``sites`` may be empty where only the texts are wanted."""
        frame = chat.prompt_ids("a")
        missing = [site for site in sites if (frame, site) not in self._measured]
        if frame not in self._held or missing:
            with self._stack.temporarily(()):
                self._held[frame] = self._held.get(frame) or self._questions(chat, progress)
                found = self._measure(missing, self._held[frame], chat, progress) if missing else {}
                self._measured |= {(frame, site): measured for site, measured in found.items()}
        measured = {site: self._measured[frame, site] for site in sites}
        return Ground(
            self._held[frame],
            {site: m for site, (m, _) in measured.items()},
            {site: g for site, (_, g) in measured.items()},
        )

    def _questions(self, chat: ChatFormat, progress: Progress) -> tuple[Row, ...]:
        prompts = [chat.prompt_ids(question) for question in self._anchors.questions]
        file = self._statistics.file("answers", prompts)
        kept = stored(file)
        if kept is None:
            progress("reading the model's own answers to general questions", None)
            answers = self._passes.answers(prompts, ANSWER_TOKENS)
            kept = {str(n): torch.tensor(answer, dtype=torch.int64) for n, answer in enumerate(answers)}
            store(file, kept)
        answers = [tuple(kept[str(n)].tolist()) for n in range(len(prompts))]
        return tuple(Row((*p, *a), chat.lead + 1, held=True) for p, a in zip(prompts, answers, strict=True) if a)

    def _measure(
        self, sites: Sequence[Site], held: Sequence[Row], chat: ChatFormat, progress: Progress
    ) -> dict[Site, tuple[Tensor, Tensor]]:
        texts = tuple(chat.held_text(text, TEXT_TOKENS) for text in self._anchors.texts)
        rows = sorted((*held, *texts), key=lambda row: len(row.ids))
        how = (OWN_DRAWS, OWN_ROWS, OWN_TOKENS)
        file = self._statistics.file("moments", [*((row.ids, row.start) for row in rows), *how, *sites])

        def measure() -> dict[Site, tuple[Tensor, Tensor]]:
            frame = chat.prompt_ids("a")[: chat.lead]
            begun = [frame or chat.prompt_ids("a")[:1]] * OWN_DRAWS
            own = self._statistics.drawn(begun, OWN_ROWS, OWN_TOKENS, "letting the model write conversations", progress)
            return self._statistics.measure(sites, rows, own, frame, progress)

        return self._statistics.kept(file, sites, measure)
