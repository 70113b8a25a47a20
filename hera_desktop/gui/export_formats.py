"""The formats that patches are exported in, in words, and the places that are offered for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .i18n import mark, tr
from .session_files import is_untitled

WEIGHTS = ".safetensors"
NAMED = 6
"""So many patches are named; of more, the first ones and their number."""


@dataclass(frozen=True)
class ExportFormat:
    """``ending`` follows the session's name in what is offered as a path."""

    id: str
    title: str
    about: str
    ending: str

    @property
    def is_folder(self) -> bool:
        return self.id != "hera"


FORMATS = (
    ExportFormat(
        "hera",
        mark("Patch file of HERA Desktop"),
        mark(
            "Factors as .safetensors, and beside them .json: every patch by itself, with its prompt, note, settings "
            "and measures. Import patch reads it back, bit for bit."
        ),
        f"-patches{WEIGHTS}",
    ),
    ExportFormat(
        "peft",
        mark("PEFT LoRA adapter"),
        mark(
            "A folder that transformers and peft load without this program: the patches added up. Import patch reads "
            "it back as one patch."
        ),
        "-adapter",
    ),
    ExportFormat(
        "merged",
        mark("Merged checkpoint"),
        mark(
            "A folder with the whole model and its tokenizer, the change added to the weights; transformers loads "
            "it. It takes as much room as the model, {size}, and cannot be read back as patches."
        ),
        "-merged",
    ),
)


def named(patch_ids: tuple[str, ...], bare: bool = False) -> str:
    names = ", ".join(patch_ids[:NAMED])
    if len(patch_ids) > NAMED:
        names = tr("{names} and {count} more").format(names=names, count=len(patch_ids) - NAMED)
    if bare:
        return names
    return tr("Patch {names}").format(names=names) if len(patch_ids) == 1 else tr("Patches {names}").format(names=names)


def beside(session: Path) -> Path:
    """The folder of a named session; one without a name lies where nobody looks."""
    return Path.home() if is_untitled(session) else session.absolute().parent


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """A path that nothing has taken."""
    plain, suffix = (ending.removesuffix(WEIGHTS), WEIGHTS) if ending.endswith(WEIGHTS) else (ending, "")
    path, number = folder / f"{stem}{plain}{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}{plain}-{number}{suffix}"
    return path
