"""What a model reads and writes on plain text, measured once for a matrix and kept on disk; and its prefixes."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from ..facts.anchors import Anchors
from ..model import LanguageModel, Sampling
from ..passes import Row
from ..patch_stack import PatchStack
from ..patches import Site
from ..progress import Progress, unwatched
from ..text_statistics import TextStatistics, stored

BEGINNINGS = ("The", "In", "A", "It", "When", "He", "She", "They", "This", "At", "For", "My")
"""First words of the texts that the model writes itself."""
OWN_ROWS, OWN_TOKENS, TEXT_TOKENS = 12, 64, 96
SITES_AT_ONCE = 4
"""Matrices that are measured in one pass: what each reads of all texts is in memory then."""

Measured = dict[Site, tuple[Tensor, Tensor]]


class PlainText:
    """The statistics of one model's base on plain text."""

    def __init__(self, model: LanguageModel, stack: PatchStack) -> None:
        self._model, self._stack = model, stack
        self._statistics = TextStatistics(model)
        self._anchors = Anchors.load()
        self._measured: Measured = {}
        self._prefixes: dict[tuple[int, int], tuple[str, ...]] = {}

    def of(self, site: Site, progress: Progress = unwatched) -> tuple[Tensor, Tensor]:
        """The second moment of what the matrix reads, ``(d_in, d_in)``, and how much the predictions feel a change of
        what it writes, ``(d_out, d_out)``; float64 on the CPU."""
        self.measure([site], progress)
        return self._measured[site]

    def measure(self, sites: Sequence[Site], progress: Progress = unwatched) -> None:
        """Measure those of the matrices that are not known yet, several in a pass, and keep each on disk as ``of``
        does: the texts that the model writes for it are the same for all and are written once."""
        wanted = [site for site in dict.fromkeys(sites) if site not in self._measured]
        if not wanted:
            return
        texts = self._read_texts()
        files = {site: self._file(site, texts) for site in wanted}
        fresh = self._read([site for site in wanted if stored(files[site]) is None], texts, progress)
        for site in wanted:
            self._measured |= self._statistics.kept(files[site], [site], lambda: fresh)

    def _read_texts(self) -> list[Row]:
        texts = sorted((self._row(text) for text in self._anchors.texts), key=lambda row: len(row.ids))
        return [row for row in texts if len(row.ids) > 1]

    def _file(self, site: Site, texts: Sequence[Row]) -> str:
        return self._statistics.file("plain", [*(row.ids for row in texts), BEGINNINGS, OWN_ROWS, OWN_TOKENS, site])

    def _read(self, sites: Sequence[Site], texts: Sequence[Row], progress: Progress) -> Measured:
        found: Measured = {}
        if not sites:
            return found
        frames = [self._row(word).ids for word in BEGINNINGS]
        with self._stack.temporarily(()):
            own = self._statistics.drawn(frames, OWN_ROWS, OWN_TOKENS, "letting the model write texts", progress)
            for begin in range(0, len(sites), SITES_AT_ONCE):
                found |= self._statistics.measure(sites[begin : begin + SITES_AT_ONCE], texts, own, (), progress)
        return found

    def _row(self, text: str) -> Row:
        return Row(tuple(self._model.tokenizer(text)["input_ids"])[:TEXT_TOKENS], 1, held=True)

    def prefixes(self, count: int, tokens: int) -> tuple[str, ...]:
        """``count`` short texts that the base writes itself, each ended as a sentence; the same for the same model."""
        if (count, tokens) not in self._prefixes:
            found = []
            with self._stack.temporarily(()):
                for number in range(count):
                    frame = self._row(BEGINNINGS[number % len(BEGINNINGS)]).ids
                    (drawn,) = self._model.sample_rows(frame, 1, Sampling(tokens, 1.0, 0.9, number))
                    found.append(" ".join(self._model.decode(drawn).split()).rstrip(" .,;:") + ". ")
            self._prefixes[count, tokens] = tuple(found)
        return self._prefixes[count, tokens]
