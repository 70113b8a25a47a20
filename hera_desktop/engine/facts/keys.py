"""Where a fact's adapter begins: the directions in which what a matrix reads about this fact differs most from what it
reads otherwise.

For inputs x of the fact (the tokens of its subject, and of the answer up to the object) and the second moment
C = E[x x^T] of everything else, the rows of A are the directions a that maximise ``a^T E[x x^T] a / a^T C a``: the
leading generalised eigenvectors; with one input that is ROME's ``C^-1 k`` (Meng et al. 2022, arXiv:2202.05262). C has
general questions with the base's own answers, prose, the same questions about other subjects, and the earlier facts. A
row is scaled to a^T C a = 1, so that a step of B does the same to everything else whichever row it is in, and most to
the fact in the first; it stays as it is, and a lesson learns B alone.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from ..adapter import AdapterSpec, AdapterState
from ..model import LanguageModel, Sampling
from ..patch_stack import PatchStack
from ..patches import Factors, Patch, Site
from ..places import statistics_folder
from ..progress import Progress, unwatched
from .anchors import Anchors
from .chat_format import ChatFormat, Row
from .passes import Passes

ANSWER_TOKENS = 12
"""Tokens of the base's own answers to the general questions."""

TEXT_TOKENS = 96
WORD_ROWS, WORDS_IN_ROW, WORDS_SHARE = 256, 24, 0.5
"""Rows of drawn tokens, their length, and how much they count beside the texts."""
OWN_ROWS, OWN_TOKENS, OWN_AT_ONCE = 96, 80, 48
"""Conversations that the model writes itself, from the chat's frame on, and their length in tokens."""
RIDGE = 0.01
"""Added to the second moment's diagonal, in its mean."""
DAMPING = 0.01
"""Added to the sensitivity's diagonal, in its mean."""

Moments = Mapping[Site, Tensor]


@dataclass(frozen=True, eq=False)
class Ground:
    """What a lesson stands on: the general questions with the base's answers, as texts on which the model is held to
    its base; the second moments of what the matrices read, ``(d_in, d_in)``; and how much the model's predictions feel
    a change of what they write, ``(d_out, d_out)``; all float64 on the CPU."""

    held: tuple[Row, ...]
    moments: Moments
    sensitivity: Moments


class GroundMaker:
    """Makes and keeps the ground of one model. It is that of the base, whatever is active, and is kept on disk."""

    def __init__(self, model: LanguageModel, stack: PatchStack, anchors: Anchors) -> None:
        self._model, self._stack, self._anchors = model, stack, anchors
        self._passes = Passes(model)
        self._held: tuple[Row, ...] = ()
        self._measured: dict[Site, tuple[Tensor, Tensor]] = {}

    def ground(self, sites: Sequence[Site], chat: ChatFormat, progress: Progress = unwatched) -> Ground:
        """The ground for these matrices; ``sites`` may be empty where only the texts are wanted."""
        missing = [site for site in sites if site not in self._measured]
        if not self._held or missing:
            with self._stack.temporarily(()):
                self._held = self._held or self._questions(chat, progress)
                self._measured |= self._measure(missing, chat, progress) if missing else {}
        measured = {site: self._measured[site] for site in sites}
        return Ground(
            self._held, {site: m for site, (m, _) in measured.items()}, {site: g for site, (_, g) in measured.items()}
        )

    def _questions(self, chat: ChatFormat, progress: Progress) -> tuple[Row, ...]:
        prompts = [chat.prompt_ids(question) for question in self._anchors.questions]
        file = self._file("answers", prompts)
        stored = _stored(file)
        if stored is None:
            progress("reading the model's own answers to general questions", None)
            answers = self._passes.answers(prompts, ANSWER_TOKENS)
            stored = {str(n): torch.tensor(answer, dtype=torch.int64) for n, answer in enumerate(answers)}
            _store(file, stored)
        answers = [tuple(stored[str(n)].tolist()) for n in range(len(prompts))]
        return tuple(Row((*p, *a), chat.lead + 1, held=True) for p, a in zip(prompts, answers, strict=True) if a)

    def _measure(
        self, sites: Sequence[Site], chat: ChatFormat, progress: Progress
    ) -> dict[Site, tuple[Tensor, Tensor]]:
        texts = tuple(chat.held_text(text, TEXT_TOKENS) for text in self._anchors.texts)
        rows = sorted((*self._held, *texts), key=lambda row: len(row.ids))
        how = (WORD_ROWS, WORDS_IN_ROW, WORDS_SHARE, OWN_ROWS, OWN_TOKENS, RIDGE, DAMPING)
        file = self._file("moments", [*((row.ids, row.start) for row in rows), *how, *sites])
        stored = _stored(file)
        if stored is None:
            stored = self._measured_anew(sites, rows, chat, progress)
            _store(file, stored)
        return {site: (stored[_name(site, "in")].double(), stored[_name(site, "out")].double()) for site in sites}

    def _measured_anew(
        self, sites: Sequence[Site], rows: Sequence[Row], chat: ChatFormat, progress: Progress
    ) -> dict[str, Tensor]:
        own = self._own_talk(chat, progress)
        progress("measuring what the matrices read", None)
        modules = {site: self._model.writer_at(*site).module for site in sites}
        read, words = self._sums(modules, (*rows, *own)), self._sums(modules, self._words(chat))
        frame = self._frame(modules, chat)
        felt = self._passes.felt_by(modules, own, lambda share: progress("measuring what the predictions feel", share))
        found = {}
        for site in sites:
            found[_name(site, "in")] = _ridged(read[site] + WORDS_SHARE * words[site], RIDGE) + frame[site]
            found[_name(site, "out")] = _ridged(felt[site], DAMPING)
        return found

    def _frame(self, modules: Mapping[Site, nn.Module], chat: ChatFormat) -> dict[Site, Tensor]:
        """Of the tokens that every conversation begins with: what is done to them is done to every answer."""
        ids = chat.prompt_ids("a")[: chat.lead]
        if not ids:
            return {site: torch.zeros(()) for site in modules}
        found = self._passes.read_by(modules, [Row(ids, len(ids), held=True)], [range(len(ids))])
        return {site: x.T @ x / len(x) for site, x in found.items()}

    def _own_talk(self, chat: ChatFormat, progress: Progress) -> tuple[Row, ...]:
        """What the model writes when it writes both sides of a conversation: nothing is nearer to what it will read."""
        frame = chat.prompt_ids("a")[: chat.lead] or chat.prompt_ids("a")[:1]
        tokens = min(OWN_TOKENS, self._model.info.context - len(frame))
        sampling = Sampling(tokens, 1.0, 0.98, 0)
        found: list[Row] = []
        for number in range(0, OWN_ROWS, OWN_AT_ONCE):
            progress("letting the model write conversations", number / OWN_ROWS)
            drawn = self._model.sample_rows(frame, OWN_AT_ONCE, replace(sampling, seed=number))
            found += [Row(ids, max(len(frame), 1), held=True) for ids in drawn]
        return tuple(found)

    def _words(self, chat: ChatFormat) -> tuple[Row, ...]:
        """Rows of tokens drawn from the whole vocabulary, after the chat's frame: in the early blocks what a matrix
        reads is mostly the word itself, and no sample of texts has them all."""
        tokenizer = self._model.tokenizer
        special = set(tokenizer.all_special_ids)
        ordinary = [n for n in range(min(len(tokenizer), self._model.info.vocab_size)) if n not in special]
        rng, frame = random.Random(0), chat.prompt_ids("a")[: chat.lead]
        return tuple(
            Row((*frame, *rng.choices(ordinary, k=WORDS_IN_ROW)), len(frame) + 1, held=True) for _ in range(WORD_ROWS)
        )

    def _sums(self, modules: Mapping[Site, nn.Module], rows: Sequence[Row]) -> dict[Site, Tensor]:
        found = self._passes.read_by(modules, rows, [range(row.start, len(row.ids)) for row in rows])
        return {site: (x.T @ x) / len(x) for site, x in found.items()}

    def _file(self, kind: str, about: Iterable[object]) -> str:
        digest = hashlib.sha256(f"{self._model.info.fingerprint}|{self._model.info.dtype}|".encode())
        digest.update(repr(list(about)).encode())
        return f"{kind}-{digest.hexdigest()[:24]}.safetensors"


def _name(site: Site, side: str) -> str:
    return f"{site[0]}.{site[1]}.{side}"


def _ridged(moment: Tensor, share: float) -> Tensor:
    """With ``share`` of its mean diagonal added to the diagonal, so that it can be inverted."""
    return moment + share * moment.diagonal().mean() * torch.eye(len(moment), dtype=moment.dtype)


def _stored(name: str) -> dict[str, Tensor] | None:
    file = statistics_folder() / name
    with suppress(OSError, SafetensorError):
        return load_file(file)
    return None


def _store(name: str, tensors: Mapping[str, Tensor]) -> None:
    """Keep them for the next time; where the folder cannot be written they are computed again then."""
    folder = statistics_folder()
    with suppress(OSError, SafetensorError):
        folder.mkdir(parents=True, exist_ok=True)
        save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, folder / f".{name}.part")
        (folder / f".{name}.part").replace(folder / name)


def second_moments(ground: Ground, others: Mapping[Site, Tensor], earlier: Sequence[Patch]) -> dict[Site, Tensor]:
    """C for every matrix: the ground's, plus that of ``others`` (inputs ``(tokens, d_in)`` about other subjects), plus
    the earlier facts', whose inputs are known by what their patches respond to: C a / a^T C a (Haufe et al. 2014,
    NeuroImage 87, 96-110)."""
    found = {}
    for site, c in ground.moments.items():
        whole = c.clone()
        if len(others.get(site, ())):
            x = others[site].double()
            whole += x.T @ x / len(x)
        columns = [f.v for patch in earlier for f in patch.factors if f.site == site]
        if columns:
            v = torch.cat(columns, dim=1).double()  # (d_in, ranks of all)
            read = c @ v
            read = read / (v * read).sum(0)
            whole += read @ read.T * (len(columns) / v.shape[1])
        found[site] = whole
    return found


def keyed(spec: AdapterSpec, inputs: Mapping[Site, Tensor], moments: Moments) -> dict[Site, Tensor]:
    """A of every matrix, ``(rank, d_in)`` float32, a^T C a = 1; rows beyond the number of inputs are 0."""
    return {site: _directions(inputs[site].double(), moments[site], spec.rank) for site in spec.sites}


def _directions(x: Tensor, c: Tensor, rank: int) -> Tensor:
    lower = torch.linalg.cholesky(c)
    whitened = torch.linalg.solve_triangular(lower, x.T, upper=False)  # (d_in, tokens)
    leading = torch.linalg.svd(whitened, full_matrices=False).U[:, :rank]
    rows = torch.linalg.solve_triangular(lower.T, leading, upper=True).T  # (rank, d_in)
    missing = rank - len(rows)
    return torch.cat([rows, rows.new_zeros(missing, rows.shape[1])]).float() if missing else rows.float()


def metric(spec: AdapterSpec, start: AdapterState, ground: Ground) -> dict[str, tuple[Tensor, Tensor]]:
    """For every B, by its key: how much a change of it is felt, ``(d_out, d_out)``, and the second moment of what it
    reads, ``(rank, rank)``; a change D of B makes a divergence of about ``tr(D^T G D S) / 2`` nats a token."""
    found = {}
    for site in spec.sites:
        a = start.tensors[spec.key(site, "A")].double()
        reads = a @ ground.moments[site] @ a.T
        used = torch.diag((reads.diagonal() == 0).double())  # a row of zeros reads nothing
        found[spec.key(site, "B")] = (spec.scaling**2 * ground.sensitivity[site], reads + used)
    return found


def as_patch(factors: Iterable[Factors]) -> Patch:
    """The change without the ranks that nothing was learned in."""
    kept = []
    for f in factors:
        used = (f.u.norm(dim=0) * f.v.norm(dim=0)) > 0
        u, v = (f.u[:, used], f.v[:, used]) if bool(used.any()) else (f.u[:, :1], f.v[:, :1])
        kept.append(Factors(*f.site, u.contiguous(), v.contiguous()))
    return Patch(tuple(kept))
