#!/usr/bin/env python3
"""Set HERA Desktop up beside this file and start it; needs nothing but Python 3.11, 3.12 or 3.13.

    python3 launcher.py                 open the window
    python3 launcher.py demo            the same job without a window
    python3 launcher.py VERB ARGS...    any verb of ``hera-desktop``; ``models list``, ``evolve --help``, ...
    python3 launcher.py test [ARGS...]  every check: ruff, the import rules, pytest (which gets ARGS); as root on
                                        Debian it installs the system libraries that Qt needs for them
    python3 launcher.py setup           set up and stop

Setting up means: ``.venv``, the packages, the default model. It is done once, goes on where it stopped when it was
interrupted, and is done again when ``pyproject.toml`` or ``constraints.txt`` changes. Everything said about it goes to
stderr, so stdout belongs to the verb. The exit status is the verb's, 2 when setting up failed, 130 after Ctrl-C.

Packages: with an NVIDIA GPU (``nvidia-smi`` on PATH) pip picks the newest that ``pyproject.toml`` allows. Without one,
for ``test``, in CI and with ``HERA_LOCK=1``, it takes the versions in ``constraints.txt``. The pinned torch lets pip
take a CPU build of that version where its configuration offers one (settings ``find-links``, ``extra-index-url``); on
Linux the package index itself only has the CUDA build, which works without a GPU but is several GB larger.

``HERA_LAUNCHER_VENV`` moves ``.venv``.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Nothing here may be newer than Python 3.8: an old Python has to get as far as check_python() and say its sentence.

ROOT = Path(__file__).resolve().parent
PYTHONS = ((3, 11), (3, 14))  # from, below; the same as requires-python in pyproject.toml
DEFAULT_MODEL = "SmolLM2-135M-Instruct"
VERBS_WITHOUT_MODEL = {"models", "timeline", "report", "--help", "-h", "--version"}
VARIANTS = ["ranges", "locked", "dev"]  # what was installed; each one also serves those before it
GB = 1e9
SPACE_NEEDED = 4 * GB  # measured with the CPU build of torch: packages 2.3, model 0.55, pip's temporary files
SPACE_NEEDED_CUDA = 10 * GB  # an estimate
STOP_SECONDS = 10  # what an interrupted child gets for writing its state before it is ended

NO_NETWORK = (
    "No matching distribution",
    "Could not find a version",
    "ConnectionError",
    "NewConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "Temporary failure in name resolution",
    "Max retries",
    "ProxyError",
)

# What PySide6-Essentials 6.10 to 6.12 ask of the system (objdump -p): every window, and Qt's display plugins.
QT_BASE = [
    *("libEGL.so.1", "libGL.so.1", "libX11.so.6", "libdbus-1.so.3", "libfontconfig.so.1", "libfreetype.so.6"),
    *("libglib-2.0.so.0", "libgthread-2.0.so.0", "libxkbcommon.so.0"),
]
QT_PLUGINS = {
    "wayland": ["libwayland-client.so.0", "libwayland-cursor.so.0"],
    "xcb": [
        *("libX11-xcb.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1"),
        *("libxcb-randr.so.0", "libxcb-render-util.so.0", "libxcb-render.so.0", "libxcb-shape.so.0", "libxcb-shm.so.0"),
        *("libxcb-sync.so.1", "libxcb-util.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1", "libxkbcommon-x11.so.0"),
    ],
}
DISPLAYS = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}


class Refused(Exception):
    """The machine lacks something; the message is the one sentence to say."""


def main(args: list[str]) -> int:
    """Do what ``args`` ask and return the exit status; never a traceback for what the machine lacks."""
    try:
        check_python()
        return start(args)
    except Refused as refusal:
        say(f"launcher: {refusal}")
    except OSError as error:
        say(f"launcher: {error.strerror or error}: {error.filename or ROOT}")
    except KeyboardInterrupt:
        say("launcher: stopped")
        return 130
    return 2


def start(args: list[str]) -> int:
    verb = args[0] if args else "window"
    if verb == "window":
        check_display()
    if verb == "test":
        install_qt_libraries()
    if verb in ("window", "test"):
        check_qt_libraries(["offscreen"] if verb == "test" else qt_plugins())
    venv = Path(os.environ.get("HERA_LAUNCHER_VENV") or ROOT / ".venv").absolute()
    set_up(venv, variant_for(verb))
    if verb not in VERBS_WITHOUT_MODEL and "--help" not in args:
        stage(3, f"default model {DEFAULT_MODEL}")
        status = run([python_of(venv), "-m", "hera_desktop", "models", "install", DEFAULT_MODEL], stdout=2)
        if status:
            return status
    if verb == "setup":
        stage(4, "set up; start with: python3 launcher.py")
        return 0
    stage(4, "opening the window" if verb == "window" else verb)
    if verb == "test":
        return run_checks(venv, args[1:])
    return run([python_of(venv), "-m", "hera_desktop", *args])


ALL_TESTS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # in the order of tests/conftest.py


def run_checks(venv: Path, pytest_args: list[str]) -> int:
    """Run every check, also after a failed one; pytest is last, so its closing line ends the output. All tests run in
    two processes, a chosen part (``pytest_args``) in one."""
    python, env = python_of(venv), dict(os.environ, QT_QPA_PLATFORM="offscreen")
    checks = {
        "ruff": [python, "-m", "ruff", "check", "."],
        "lint-imports": lint_imports_of(venv),
        "pytest": [python, "-m", "pytest", *(pytest_args or ALL_TESTS)],
    }
    failed = False
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if run(command, cwd=ROOT, env=env):
            failed = True
            if name != "pytest":
                print(f"== {name} FAILED", flush=True)
    return int(failed)


# --- what the machine must have


def check_python() -> None:
    if not PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        have = ".".join(str(part) for part in sys.version_info[:3])
        raise Refused(
            f"HERA Desktop needs Python 3.11, 3.12 or 3.13, and this is Python {have} ({sys.executable}); "
            "start it with one of those, for example: python3.13 launcher.py"
        )


def check_venv_modules() -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        own = f"python3.{sys.version_info[1]}-venv"
        raise Refused(
            f"this Python ({sys.executable}) has no {' and no '.join(missing)}, which making .venv needs; on Debian or "
            f"Ubuntu: {_sudo()}apt install python3-venv (or {own}, when this is not the system's own Python)"
        )


def check_space(venv: Path) -> None:
    """Raises: Refused, when what is free and what an interrupted installation already took is less than the need."""
    need = SPACE_NEEDED_CUDA if sys.platform == "linux" and shutil.which("nvidia-smi") else SPACE_NEEDED
    there = next(folder for folder in (venv, *venv.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    begun = (venv / "pyvenv.cfg").exists()
    taken = sum(file.lstat().st_size for file in venv.rglob("*")) if begun else 0
    if free + taken < need:
        raise Refused(
            f"the packages and the default model need about {(need - taken) / GB:.1f} GB of disk space, and {there} "
            f"has {free / GB:.1f} GB free"
        )


def check_display() -> None:
    windowed = all(plugin in DISPLAYS for plugin in _asked_plugins())
    if sys.platform == "linux" and windowed and not any(os.environ.get(name) for name in DISPLAYS.values()):
        raise Refused(
            "there is no display to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set); "
            "the same job runs without one: python3 launcher.py demo"
        )


def check_qt_libraries(plugins: list[str]) -> None:
    """``plugins``: Qt takes the first of them that loads, so one whose libraries are all there is enough."""
    missing = min((missing_libraries(plugin) for plugin in plugins), key=len) if sys.platform == "linux" else []
    if missing:
        packages = sorted({debian_package(library) for library in missing})
        raise Refused(
            f"Qt needs system libraries that are missing here ({', '.join(missing)}); on Debian or Ubuntu: "
            f"{_sudo()}apt install {' '.join(packages)}"
        )


def install_qt_libraries() -> None:
    """For ``test`` as root on Debian or Ubuntu, the only ones who may and can; what is still missing is said later."""
    missing = missing_libraries("offscreen") if sys.platform == "linux" else []
    if missing and shutil.which("apt-get") and getattr(os, "geteuid", int)() == 0:
        packages = sorted({debian_package(library) for library in missing})
        say(f"installing the system libraries that the window's tests need: {' '.join(packages)}")
        env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        if not run(["apt-get", "update", "-qq"], env=env, stdout=2):
            run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=env, stdout=2)


def qt_plugins() -> list[str]:
    return _asked_plugins() or [plugin for plugin, name in DISPLAYS.items() if os.environ.get(name)] or ["xcb"]


def _asked_plugins() -> list[str]:
    asked = os.environ.get("QT_QPA_PLATFORM", "").split(";")
    return [plugin.split(":")[0] for plugin in asked if plugin]


def missing_libraries(plugin: str) -> list[str]:
    return [library for library in QT_BASE + QT_PLUGINS.get(plugin, []) if not _loads(library)]


def debian_package(library: str) -> str:
    """Debian's rule: the library's name and version, with a hyphen between two digits. GLib is the exception."""
    stem, version = library.split(".so.")
    if stem in ("libglib-2.0", "libgthread-2.0"):
        return "libglib2.0-0"
    return stem.lower() + ("-" if stem[-1].isdigit() else "") + version


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _sudo() -> str:
    return "" if getattr(os, "geteuid", int)() == 0 else "sudo "


# --- .venv and the packages


def variant_for(verb: str) -> str:
    if verb == "test":
        return "dev"
    asked = any(os.environ.get(name, "0").lower() not in ("", "0", "false") for name in ("HERA_LOCK", "CI"))
    return "locked" if asked or not shutil.which("nvidia-smi") else "ranges"


def set_up(venv: Path, variant: str) -> None:
    """Make ``venv`` and install the packages, unless the stamp, which is written last, says that this was done."""
    stamp, digest = venv / ".hera-installed", installation_digest()
    if python_of(venv).exists() and _stamped(stamp, digest, variant):
        return
    check_venv_modules()
    if not stamp.exists():
        check_space(venv)
    if not has_pip(venv):
        stage(1, f"making {venv}")
        make_venv(venv)
    elif stamp.exists():
        stamp.unlink()
    stage(2, "installing the packages; this takes some minutes")
    install_packages(venv, variant)
    stamp.write_text(f"{digest} {variant}\n", encoding="utf-8")


def installation_digest() -> str:
    """What the installation depends on; the folder too, because ``pip install -e`` writes its name down."""
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _stamped(stamp: Path, digest: str, variant: str) -> bool:
    words = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    return len(words) == 2 and words[0] == digest and words[1] in VARIANTS[VARIANTS.index(variant) :]


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python" if os.name == "posix" else venv / "Scripts" / "python.exe"


def lint_imports_of(venv: Path) -> list[Path]:
    if os.name != "posix":
        return [venv / "Scripts" / "lint-imports.exe"]
    return [python_of(venv), venv / "bin" / "lint-imports"]  # its first line is wrong after the folder was moved


def has_pip(venv: Path) -> bool:
    """Whether ``venv`` was made to the end; pip comes into it last."""
    python = python_of(venv)
    command = [str(python), "-c", "import pip._internal.commands.install"]
    return python.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def make_venv(venv: Path) -> None:
    if venv.exists():
        ours = venv == ROOT / ".venv" or (venv / "pyvenv.cfg").exists() or not any(venv.iterdir())
        if not ours:
            raise Refused(f"HERA_LAUNCHER_VENV names {venv}, which holds something else than a virtual environment")
        shutil.rmtree(venv)
    if run([sys.executable, "-m", "venv", venv], stdout=2):
        raise Refused(f"{sys.executable} could not make {venv}; the reason stands above")


def install_packages(venv: Path, variant: str) -> None:
    """Raises: Refused, with a sentence made from what pip said."""
    drop_half_installed(venv)
    pip = [python_of(venv), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    pip += [] if sys.stderr.isatty() else ["-qq"]
    run_pip([*pip, "--retries", "1", "--upgrade", "pip"], echo=False)  # newer pips show progress; failing does no harm
    locked = [] if variant == "ranges" else ["-c", ROOT / "constraints.txt"]
    project = f"{ROOT}[dev]" if variant == "dev" else ROOT
    status, errors = run_pip([*pip, *locked, "-e", project])
    if status:
        raise Refused(pip_sentence(errors))


def drop_half_installed(venv: Path) -> None:
    """Make pip see a package whose unpacking was cut off as not installed: pip writes RECORD last."""
    for packages in ("lib/python*/site-packages", "Lib/site-packages"):
        for info in venv.glob(f"{packages}/*.dist-info"):
            if not (info / "RECORD").exists():
                shutil.rmtree(info)


def pip_sentence(errors: list[str]) -> str:
    """One sentence for the user from the lines pip wrote to stderr."""
    lines = [line.strip() for line in errors if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error:")]
    telling = [line for line in errors if "subprocess-exited-with-error" not in line]
    said = telling or errors or lines or ["no reason given"]
    if any("No space left" in line for line in lines):
        return f"the disk became full while the packages were installed ({said[-1]}); make room and start again"
    if any(sign in line for line in lines for sign in NO_NETWORK):
        return f"pip could not fetch the packages ({said[-1]}); check the network connection and start again"
    return f"pip could not install the packages ({said[-1]})"


# --- running things


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def stage(number: int, what: str) -> None:
    say(f"[{number}/4] {what}")


def run(command: list, **options: object) -> int:
    """Run ``command`` to its end and return its exit status; 128 + the number for one that a signal ended."""
    return _follow(subprocess.Popen([str(part) for part in command], **options), lambda line: None)


def run_pip(command: list, echo: bool = True) -> tuple[int, list[str]]:
    """Run pip with its stderr both shown and kept; its progress bar goes to the terminal as it is."""
    lines = []

    def keep(line: str) -> None:
        lines.append(line)
        if echo:
            say(line.rstrip())

    options = {"stdout": 2, "stderr": subprocess.PIPE, "encoding": "utf-8", "errors": "replace"}
    return _follow(subprocess.Popen([str(part) for part in command], **options), keep), lines


def _follow(child: subprocess.Popen, keep: Callable[[str], None]) -> int:
    try:
        for line in child.stderr or ():
            keep(line)
        status = child.wait()
    except KeyboardInterrupt:
        _stop(child)  # the terminal sent the child the same Ctrl-C
        raise
    except SystemExit:
        child.terminate()
        child.wait()
        raise
    return status if status >= 0 else 128 - status


def _stop(child: subprocess.Popen) -> None:
    try:
        child.wait(STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        child.terminate()
        child.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
