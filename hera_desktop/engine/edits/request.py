"""What an edit is asked to do, and where its texts are in tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..model import LanguageModel
from ..passes import Row


@dataclass(frozen=True)
class EditRequest:
    """``prompt`` should continue with ``target``; ``subject`` is what the prompt is about, as it stands in it."""

    prompt: str
    target: str
    subject: str

    def __post_init__(self) -> None:
        if not self.prompt.strip():
            raise InputError("the prompt is empty; it takes some text")
        if not self.target.strip():
            raise InputError("the target is empty; say what the prompt should continue with")
        if not self.subject.strip() or self.subject not in self.prompt:
            raise InputError(f"the subject {self.subject!r} does not stand in the prompt {self.prompt!r}")


def continuation(prompt: str, target: str) -> str:
    """The target as it follows the prompt: after a blank, unless one of the two has it or the target is punctuation."""
    target = target.strip("\n")
    joined = prompt[-1:].isspace() or target[:1].isspace() or target[:1] in ".,;:!?)]}"
    return target if joined else f" {target}"


class Texts:
    """Writes an edit's texts in tokens for one model. Raises InputError where the tokenizer cannot tell where a token
    stands in its text."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        if not getattr(model.tokenizer, "is_fast", False):
            raise InputError(
                f"the tokenizer of {model.info.name} does not say where its tokens stand; no edit is possible"
            )

    def spans(self, text: str) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
        """Token ids and where each stands in the text."""
        found = self._model.tokenizer(text, return_offsets_mapping=True)
        return tuple(found["input_ids"]), [tuple(span) for span in found["offset_mapping"]]

    def taught(self, request: EditRequest, prefix: str = "") -> Row:
        """The prompt and its target after a prefix; the target is learned, the key is the subject's last token.

        Raises:
            InputError: the text is longer than the model reads.
        """
        begun = prefix + request.prompt
        text = begun + continuation(request.prompt, request.target)
        ids, spans = self.spans(text)
        if len(ids) > self._model.info.context:
            raise InputError(
                f"prompt and target have {len(ids)} tokens; {self._model.info.name} reads {self._model.info.context}"
            )
        start = next(at for at, (_, end) in enumerate(spans) if end > len(begun))
        start = max(start, 1)
        key = self._last(spans, len(prefix) + request.prompt.rfind(request.subject) + len(request.subject))
        target = tuple(range(start, len(ids)))
        return Row(ids, start, (1.0,) * len(target), target, (key,))

    def essence(self, subject: str) -> Row:
        """What the model should go on to know of the subject: the next token after "SUBJECT is a"."""
        ids, _ = self.spans(f"{subject} is a")
        return Row((*ids, ids[-1]), len(ids), held=True)

    @staticmethod
    def _last(spans: Sequence[tuple[int, int]], end: int) -> int:
        """The token in which the character before ``end`` stands."""
        return max(at for at, (begin, stop) in enumerate(spans) if begin < end and stop > begin)
