"""Read patches that this program or PEFT wrote, and put them before the immune system like any proposal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..catalogue import HubSource, find_entry
from ..errors import HeraError, InputError, one_line
from ..progress import Progress, unwatched
from ..records import EvolveResult
from ..steps import check_fits
from .adapter import CONFIG, read_adapter
from .own_format import read_own
from .plain_model import PlainModel
from .records import FileSummary, PatchFile

if TYPE_CHECKING:
    from ..hera import HeraEngine

OWN = (".safetensors", ".json")


def read_patches(engine: HeraEngine, path: str | Path) -> PatchFile:
    """The patches of our own file (.safetensors or .json), or of a PEFT adapter (its folder, or a file in it).

    Raises:
        InputError: there is nothing of the kind, or it cannot be used, in one sentence.
    """
    path = Path(path)
    try:
        return _read(engine, path)
    except OSError as error:  # a folder on the way that is not to be read, a name that is too long
        raise InputError(f"{path} cannot be read: {error.strerror or one_line(error)}") from None


def _read(engine: HeraEngine, path: Path) -> PatchFile:
    folder = path if path.is_dir() else path.parent
    if not path.exists() and path.suffix not in OWN:
        raise InputError(f"{path} does not exist; patches are a .safetensors or .json file, or a PEFT folder")
    if (folder / CONFIG).is_file() and (path.is_dir() or path.name.startswith("adapter_")):
        return read_adapter(PlainModel(engine.model), folder)
    if path.is_dir():
        raise InputError(f"folder {path} holds no PEFT adapter: {CONFIG} is missing")
    if path.suffix not in OWN:
        raise InputError(
            f"file {path} has the ending '{path.suffix}'; patches are .safetensors, .json or a PEFT folder"
        )
    return read_own(path)


def look_into(engine: HeraEngine, path: str | Path) -> FileSummary:
    """What a file holds and whether it fits the model, without changing anything."""
    found = read_patches(engine, path)
    misfit = ""
    try:
        for stored in found.patches:
            check_fits(engine.model, stored.patch)
    except HeraError as error:
        misfit = str(error)
    return FileSummary(
        path=found.path,
        format=found.format,
        base=found.origin.name,
        base_fingerprint=found.origin.fingerprint,
        patches=tuple((s.name, s.patch.layers, s.patch.rank, s.patch.frobenius) for s in found.patches),
        foreign=is_foreign(engine, found),
        misfit=misfit,
    )


def is_foreign(engine: HeraEngine, found: PatchFile) -> bool:
    """Whether the file was made on another base, or does not say on which: by fingerprint, else by the base's name."""
    info, origin = engine.model.info, found.origin
    if origin.fingerprint:
        return origin.fingerprint != info.fingerprint
    entry = find_entry(info.name)
    names = {info.name, engine.model.hf.config._name_or_path, *(entry.aliases if entry else ())}
    if entry is not None and isinstance(entry.source, HubSource):
        names.add(entry.source.id)
    return not origin.name or origin.name not in names


def import_patches(
    engine: HeraEngine, path: str | Path, foreign: bool = False, progress: Progress = unwatched
) -> tuple[EvolveResult, ...]:
    """Propose every patch of a file, in its order; each is judged and recorded like any other.

    ``foreign`` takes one that was made on another base, where the shapes fit. A prompt that this model cannot take
    (too long, a single token) is left out of the measuring and kept in the record's source, with the reason.

    Raises:
        InputError: it cannot be read, was made on another base, or does not fit; nothing has changed then.
        SessionError: the session can only be read.
        Cancelled: ``progress`` said so; the patches before that one stand.
    """
    engine.ledger.check_writable()
    found = read_patches(engine, path)
    other = is_foreign(engine, found)
    if other and not foreign:
        raise InputError(_refusal(engine, found))
    for stored in found.patches:
        check_fits(engine.model, stored.patch)
    origin = {"base_fingerprint": found.origin.fingerprint, "base_name": found.origin.name, "foreign": other}
    results = []
    for number, stored in enumerate(found.patches):
        file = {"kind": "import", "file": str(Path(found.path).resolve()), "format": found.format, "name": stored.name}
        prompt, left_out = _prompt(engine, stored.prompt)
        told = _part(progress, number, len(found.patches))
        results.append(engine.adopt(stored.patch, prompt, {**file, **origin, **left_out}, told))
    return tuple(results)


def _prompt(engine: HeraEngine, prompt: str) -> tuple[str, dict[str, str]]:
    """The prompt to measure on, and what the record says of one that this model cannot take."""
    if not prompt:
        return "", {}
    try:
        engine.model.check_prompt(prompt, engine.config.model.max_prompt_tokens)
    except InputError as error:
        return "", {"prompt": prompt, "prompt_left_out": str(error)}
    return prompt, {}


def _part(progress: Progress, number: int, count: int) -> Progress:
    """The progress of one patch as a share of all of them."""

    def tell(what: str, share: float | None) -> None:
        named = f"patch {number + 1} of {count}: {what}" if count > 1 else what
        progress(named, None if share is None else (number + share) / count)

    return tell


def _refusal(engine: HeraEngine, found: PatchFile) -> str:
    info, origin = engine.model.info, found.origin
    made = f"made on another base ({origin.name or 'unnamed'}, {origin.fingerprint[:12]}…)"
    if not origin.fingerprint:
        made = f"made on '{origin.name}'" if origin.name else "silent about the base it was made on"
    return (
        f"{found.path} is {made}, and the session's base is {info.name} {info.fingerprint[:12]}…; it can be taken all "
        "the same where the shapes fit (foreign=True, on the command line --foreign)"
    )
