"""What a model reads and writes on plain text, measured once for a matrix and kept on disk; and its prefixes."""

from __future__ import annotations

from torch import Tensor

from ..facts.anchors import Anchors
from ..model import LanguageModel, Sampling
from ..passes import Row
from ..patch_stack import PatchStack
from ..patches import Site
from ..progress import Progress, unwatched
from ..text_statistics import TextStatistics

BEGINNINGS = ("The", "In", "A", "It", "When", "He", "She", "They", "This", "At", "For", "My")
"""First words of the texts that the model writes itself."""
OWN_ROWS, OWN_TOKENS, TEXT_TOKENS = 12, 64, 96


class PlainText:
    """The statistics of one model's base on plain text."""

    def __init__(self, model: LanguageModel, stack: PatchStack) -> None:
        self._model, self._stack = model, stack
        self._statistics = TextStatistics(model)
        self._anchors = Anchors.load()
        self._measured: dict[Site, tuple[Tensor, Tensor]] = {}
        self._prefixes: dict[tuple[int, int], tuple[str, ...]] = {}

    def of(self, site: Site, progress: Progress = unwatched) -> tuple[Tensor, Tensor]:
        """The second moment of what the matrix reads, ``(d_in, d_in)``, and how much the predictions feel a change of
        what it writes, ``(d_out, d_out)``; float64 on the CPU."""
        if site not in self._measured:
            self._measured[site] = self._read(site, progress)
        return self._measured[site]

    def _read(self, site: Site, progress: Progress) -> tuple[Tensor, Tensor]:
        texts = sorted((self._row(text) for text in self._anchors.texts), key=lambda row: len(row.ids))
        texts = [row for row in texts if len(row.ids) > 1]
        how = (BEGINNINGS, OWN_ROWS, OWN_TOKENS)
        file = self._statistics.file("plain", [*(row.ids for row in texts), *how, site])

        def measure() -> dict[Site, tuple[Tensor, Tensor]]:
            frames = [self._row(word).ids for word in BEGINNINGS]
            with self._stack.temporarily(()):
                own = self._statistics.drawn(frames, OWN_ROWS, OWN_TOKENS, "letting the model write texts", progress)
                return self._statistics.measure([site], texts, own, (), progress)

        return self._statistics.kept(file, [site], measure)[site]

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
