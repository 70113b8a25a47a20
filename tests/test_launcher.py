"""The launcher, loaded by path as it stands outside the package; pip, Qt and the program itself are stood in for."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

FILE = Path(__file__).resolve().parents[1] / "launcher.py"
INSTALL_MODEL = ["-m", "hera_desktop", "models", "install", "SmolLM2-135M-Instruct"]


@pytest.fixture
def launcher(monkeypatch, tmp_path):
    """A fresh copy of the module in an empty project folder, on Linux without display, GPU or special settings."""
    for name in ("CI", "HERA_LOCK", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HERA_LAUNCHER_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("launcher_under_test", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    monkeypatch.setattr(module, "_loads", lambda library: True)
    return module


@pytest.fixture
def machine(launcher, monkeypatch, tmp_path):
    """Records every command instead of running it; ``exits`` maps the end of a word in a command to its exit status."""
    seen = SimpleNamespace(commands=[], exits={}, pip_says=[], envs=[])

    def note(command):
        words = [str(part) for part in command]
        seen.commands.append(words)
        if words[1:3] == ["-m", "venv"]:
            python = launcher.python_of(Path(words[3]))
            python.parent.mkdir(parents=True)
            python.touch()
            (Path(words[3]) / "pyvenv.cfg").touch()
        return next((status for word, status in seen.exits.items() if any(part.endswith(word) for part in words)), 0)

    def run(command, **options):
        seen.envs.append(options.get("env"))
        return note(command)

    monkeypatch.setattr(launcher, "run", run)
    monkeypatch.setattr(launcher, "run_pip", lambda command, echo=True: (note(command), seen.pip_says))
    monkeypatch.setattr(launcher, "has_pip", lambda venv: (venv / "pyvenv.cfg").exists())
    seen.after_python = lambda: [words[1:] for words in seen.commands]
    seen.pip = lambda: [words for words in seen.commands if "pip" in words[1:3] and "-e" in words]
    return seen


def refusal(launcher, capsys, *args):
    """The one sentence with which ``args`` are refused."""
    assert launcher.main(list(args)) == 2
    out, err = capsys.readouterr()
    assert not out and "Traceback" not in err
    *stages, sentence = err.splitlines()
    assert all(line.startswith("[") for line in stages)
    return sentence


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 0), (3, 14, 0)])
def test_other_python_is_named_with_the_needed_ones(launcher, machine, monkeypatch, capsys, version):
    monkeypatch.setattr(launcher.sys, "version_info", version)
    sentence = refusal(launcher, capsys, "demo")
    assert ".".join(map(str, version)) in sentence and "3.11, 3.12 or 3.13" in sentence
    assert not machine.commands


def test_python_range_is_the_projects():
    assert 'requires-python = ">=3.11,<3.14"' in (FILE.parent / "pyproject.toml").read_text()


def test_missing_ensurepip_names_the_debian_package(launcher, machine, monkeypatch, capsys):
    monkeypatch.setattr(launcher.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    sentence = refusal(launcher, capsys, "demo")
    assert "no ensurepip" in sentence and "apt install python3-venv" in sentence


def test_full_disk_is_told_before_anything_is_installed(launcher, machine, monkeypatch, capsys):
    monkeypatch.setattr(launcher.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1.5e9))
    sentence = refusal(launcher, capsys, "demo")
    assert "4.0 GB" in sentence and "1.5 GB free" in sentence
    assert not machine.commands


def test_what_an_interrupted_installation_took_counts_as_there(launcher, machine, monkeypatch, tmp_path):
    monkeypatch.setattr(launcher, "SPACE_NEEDED", 1000)
    monkeypatch.setattr(launcher.shutil, "disk_usage", lambda folder: SimpleNamespace(free=400))
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "pyvenv.cfg").write_bytes(bytes(700))
    launcher.check_space(tmp_path / "venv")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ERROR: No matching distribution found for torch", "check the network"),
        ("WARNING: Retrying ... NewConnectionError(...)\nERROR: gave up", "check the network"),
        ("WARNING: [Errno -3] Temporary failure in name resolution", "check the network"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk became full"),
        ("ERROR: Cannot install a, b\nERROR: ResolutionImpossible: see\n[notice] new", "ResolutionImpossible: see)"),
        ("ERROR: No matching distribution found for x\nerror: subprocess-exited-with-error", "(ERROR: No matching"),
        ("", "no reason given"),
    ],
)
def test_pip_failure_becomes_a_sentence(launcher, machine, capsys, said, expected):
    machine.exits["-e"], machine.pip_says = 1, said.splitlines()
    assert expected in refusal(launcher, capsys, "demo")
    assert INSTALL_MODEL not in machine.after_python()


def test_no_display_names_demo_before_installing(launcher, machine, capsys):
    assert "python3 launcher.py demo" in refusal(launcher, capsys)
    assert not machine.commands


def test_window_opens_without_display_on_an_offscreen_platform(launcher, machine, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert launcher.main([]) == 0
    assert machine.after_python()[-2:] == [INSTALL_MODEL, ["-m", "hera_desktop"]]


def test_the_test_verb_installs_missing_qt_libraries_where_it_may(launcher, monkeypatch):
    commands = []
    monkeypatch.setattr(launcher, "_loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(launcher.os, "geteuid", lambda: 0)
    monkeypatch.setattr(launcher.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(launcher.sys, "platform", "linux")
    monkeypatch.setattr(launcher, "run", lambda command, **_: commands.append(command) or 0)
    launcher.install_qt_libraries()
    assert [command[1] for command in commands] == ["update", "install"]
    assert commands[1][-1] == "libegl1"
    monkeypatch.setattr(launcher.os, "geteuid", lambda: 1000)
    launcher.install_qt_libraries()
    assert len(commands) == 2, "only root installs"


def test_missing_qt_library_names_the_apt_command(launcher, machine, monkeypatch, capsys):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(launcher, "_loads", lambda library: library not in ("libxcb-icccm.so.4", "libGL.so.1"))
    sentence = refusal(launcher, capsys)
    assert "libxcb-icccm.so.4" in sentence and sentence.endswith("apt install libgl1 libxcb-icccm4")
    assert launcher.main(["demo"]) == 0, "verbs without a window need no Qt libraries"


def test_one_complete_display_plugin_is_enough(launcher, machine, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(launcher, "_loads", lambda library: "xcb" not in library)
    assert launcher.main([]) == 0


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ],
)
def test_debian_package_of_a_library(launcher, library, package):
    assert launcher.debian_package(library) == package


def test_setup_makes_venv_installs_and_gets_the_model(launcher, machine, tmp_path):
    assert launcher.main(["setup"]) == 0
    assert [words[2] for words in machine.commands] == ["venv", "pip", "pip", "hera_desktop"]
    assert machine.after_python()[-1] == INSTALL_MODEL
    assert machine.pip()[0][-4:] == ["-c", str(tmp_path / "constraints.txt"), "-e", str(tmp_path)]


def test_second_start_installs_nothing(launcher, machine):
    launcher.main(["demo"])
    machine.commands.clear()
    assert launcher.main(["demo"]) == 0
    assert machine.after_python() == [INSTALL_MODEL, ["-m", "hera_desktop", "demo"]]


def test_changed_project_is_installed_again(launcher, machine, tmp_path):
    launcher.main(["demo"])
    (tmp_path / "pyproject.toml").write_text("changed")
    launcher.main(["demo"])
    assert len(machine.pip()) == 2


def test_interrupted_installation_is_run_again(launcher, machine, monkeypatch):
    install = launcher.install_packages
    monkeypatch.setattr(launcher, "install_packages", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
    assert launcher.main(["demo"]) == 130
    monkeypatch.setattr(launcher, "install_packages", install)
    machine.commands.clear()
    assert launcher.main(["demo"]) == 0
    assert len(machine.pip()) == 1 and not any("venv" in words[1:3] for words in machine.commands)


def test_interrupted_venv_is_made_anew(launcher, machine, monkeypatch, tmp_path):
    leftover = tmp_path / ".venv" / "bin" / "leftover"
    leftover.parent.mkdir(parents=True)
    leftover.touch()
    monkeypatch.delenv("HERA_LAUNCHER_VENV")
    assert launcher.main(["demo"]) == 0
    assert not leftover.exists() and machine.commands[0][1:3] == ["-m", "venv"]


def test_a_folder_that_is_no_venv_is_left_alone(launcher, machine, capsys, tmp_path):
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "letter.txt").touch()
    assert "HERA_LAUNCHER_VENV" in refusal(launcher, capsys, "demo")
    assert (tmp_path / "venv" / "letter.txt").exists()


def test_half_unpacked_package_is_seen_as_not_installed(launcher, tmp_path):
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    for name, files in (("whole", ["METADATA", "RECORD"]), ("half", ["METADATA"])):
        (packages / f"{name}-1.dist-info").mkdir(parents=True)
        for file in files:
            (packages / f"{name}-1.dist-info" / file).touch()
    launcher.drop_half_installed(tmp_path / "venv")
    assert [info.name for info in packages.iterdir()] == ["whole-1.dist-info"]


def test_arguments_after_the_verb_are_handed_on_and_its_status_comes_back(launcher, machine):
    machine.exits["evolve"] = 1
    assert launcher.main(["evolve", "a prompt", "--set", "a.b=1", "--json"]) == 1
    assert machine.after_python()[-1] == ["-m", "hera_desktop", "evolve", "a prompt", "--set", "a.b=1", "--json"]


@pytest.mark.parametrize("args", [["models", "list"], ["timeline"], ["--version"], ["evolve", "--help"]])
def test_verbs_that_need_no_model_get_none(launcher, machine, args):
    assert launcher.main(args) == 0
    assert INSTALL_MODEL not in machine.after_python()


def test_failed_model_installation_ends_the_start(launcher, machine):
    machine.exits["SmolLM2-135M-Instruct"] = 2
    assert launcher.main(["demo"]) == 2
    assert machine.after_python()[-1] == INSTALL_MODEL


@pytest.mark.parametrize(
    ("gpu", "settings", "verb", "variant"),
    [
        (True, {}, "demo", "ranges"),
        (False, {}, "demo", "locked"),
        (True, {"CI": "true"}, "demo", "locked"),
        (True, {"HERA_LOCK": "1"}, "demo", "locked"),
        (True, {"HERA_LOCK": "0"}, "demo", "ranges"),
        (True, {}, "test", "dev"),
    ],
)
def test_versions_are_locked_without_a_gpu_and_in_ci(launcher, monkeypatch, gpu, settings, verb, variant):
    monkeypatch.setattr(launcher.shutil, "which", lambda name: "/usr/bin/nvidia-smi" if gpu else None)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert launcher.variant_for(verb) == variant


def test_test_verb_adds_the_dev_extra_to_an_ordinary_installation(launcher, machine):
    for verb in ("demo", "test", "demo"):
        launcher.main([verb])
    assert [words[-1].endswith("[dev]") for words in machine.pip()] == [False, True]


@pytest.mark.parametrize("failing", [None, "ruff", "lint-imports", "pytest"])
def test_test_verb_runs_every_check_and_fails_if_one_fails(launcher, machine, capsys, failing):
    if failing:
        machine.exits[failing] = 1
    assert launcher.main(["test", "-k", "word"]) == (1 if failing else 0)
    ruff, imports, tests = machine.after_python()[-3:]
    assert ruff == ["-m", "ruff", "check", "."] and "lint-imports" in imports[-1]
    assert tests == ["-m", "pytest", "-k", "word"]
    assert all(env["QT_QPA_PLATFORM"] == "offscreen" for env in machine.envs[-3:])
    headings = [line for line in capsys.readouterr().out.splitlines() if not line.endswith("FAILED")]
    assert headings == ["== ruff", "== lint-imports", "== pytest"]


def test_status_and_errors_of_a_real_child(launcher, capfd):
    command = [sys.executable, "-c", "import sys; sys.stderr.write('ERROR: no\\n'); sys.exit(3)"]
    assert launcher.run_pip(command) == (3, ["ERROR: no\n"])
    if sys.platform != "win32":
        assert launcher.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137
    assert "ERROR: no" in capfd.readouterr().err


@pytest.mark.parametrize("name", ["python3.8", "python3.9", "python3.10"])
def test_a_real_old_python_gets_the_sentence(name):
    old = [name, str(FILE), "demo"]
    try:
        ended = subprocess.run(old, capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.skip(f"{name} is not installed")
    if ended.returncode == 127:
        pytest.skip(f"{name} is a pyenv shim with nothing behind it")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1) and "needs Python 3.11" in ended.stderr
