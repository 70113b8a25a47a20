"""The configuration: one declaration per setting, with unit, range and default.

The file, the environment, the command line, the preferences and the report all read these models. Later sources win:
defaults, then the user's preferences, then the file, then ``HERA_SECTION__KEY`` variables (and the short names of
``SHORT_NAMES``), then ``--set``.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Field, ValidationError, field_validator

from .config_section import Section
from .edits_config import EditsConfig
from .errors import InputError, nearest
from .facts_config import FactsConfig

SHORT_NAMES = {
    "HERA_DEVICE": "experiment.device",
    "HERA_MODEL_NAME": "model.name",
    "HERA_LEARNING_RATE": "evolution.learning_rate",
}


class ExperimentConfig(Section):
    name: str = Field("hera", min_length=1, max_length=200, description="shown in reports")
    device: str = Field("auto", description="auto, cpu, mps, cuda or cuda:N")
    seed: int = Field(42, ge=0, lt=2**63, description="seed of everything drawn at random")

    @field_validator("device")
    @classmethod
    def _known(cls, device: str) -> str:
        if not re.fullmatch(r"auto|cpu|mps|cuda(:\d+)?", device):
            raise ValueError("must be auto, cpu, mps, cuda or cuda:N")
        return device


class ModelConfig(Section):
    name: str = Field("SmolLM2-135M-Instruct", min_length=1, description="a catalogue name, hub id or local folder")
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = Field("auto", description="auto: float32 on a CPU")
    max_prompt_tokens: int = Field(1024, ge=2, le=1_000_000, description="longest prompt, in tokens")


class SaeConfig(Section):
    release: str | None = Field(None, description="SAELens release, or null for the catalogue's default SAE")
    id: str | None = Field(None, description="SAE id within the release, or null")
    path: str | None = Field(None, description="a folder in SAELens' own format; wins over release and id")
    threshold: float = Field(2.0, ge=0, le=1e6, description="smallest activation that counts as active")
    max_density: float = Field(0.5, gt=0, le=1, description="features firing on a larger share of tokens are left out")


class EvolutionConfig(Section):
    strategy: str = Field("hebbian", min_length=1, description="how a proposal is computed")
    target_layers: tuple[int, ...] | None = Field(None, min_length=1, description="blocks to edit; null: the SAE's")
    learning_rate: float = Field(1.0, gt=0, le=1000, description="eta: fraction of the features' own write added")
    max_rank: int = Field(4, ge=1, le=256, description="largest rank of one step on one matrix")
    top_k_features: int = Field(3, ge=1, le=1024, description="how many active features take part")
    token: Literal["last", "mean"] = Field("last", description="the token whose activation is the key")

    @field_validator("target_layers")
    @classmethod
    def _distinct(cls, layers: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if layers is not None and (len(set(layers)) != len(layers) or min(layers) < 0):
            raise ValueError("must be distinct block numbers from 0 upwards")
        return layers


class CumulativeConfig(Section):
    """Limits against the base, however many steps led there."""

    max_js_divergence: float = Field(0.30, ge=0, le=1, description="bits, 0..1")
    max_ppl_spike: float = Field(2.0, ge=1, le=1e6, description="ratio to the base's perplexity")
    max_cosine_drift: float = Field(0.10, ge=0, le=2, description="1 - cosine, 0..2")


class ImmuneConfig(Section):
    max_js_divergence: float = Field(0.15, ge=0, le=1, description="bits, 0..1")
    max_ppl_spike: float = Field(1.5, ge=1, le=1e6, description="ratio to the perplexity before the step")
    max_cosine_drift: float = Field(0.05, ge=0, le=2, description="1 - cosine, 0..2")
    warn_fraction: float = Field(0.7, gt=0, le=1, description="share of a limit at which the warning starts")
    every_tag: bool = Field(True, description="the limits also hold for the probes of each tag alone")
    enforce: bool = Field(True, description="off: over a limit only warns")
    cumulative: CumulativeConfig = CumulativeConfig()
    probes: str | None = Field(None, description="a probe file (YAML), or null for the shipped set")
    top_k: int = Field(5, ge=1, le=100, description="k of the top-k agreement")
    dtype: Literal["model", "bfloat16"] = Field("model", description="number format in which the probes are measured")


class LoggingConfig(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="what goes into the log file")
    file: str | None = Field(None, description="log file, or null for the user's log folder")


class DirectionsConfig(Section):
    """The directions lab's settings live here; there are none before the lab."""


class Config(Section):
    experiment: ExperimentConfig = ExperimentConfig()
    model: ModelConfig = ModelConfig()
    sae: SaeConfig = SaeConfig()
    evolution: EvolutionConfig = EvolutionConfig()
    immune: ImmuneConfig = ImmuneConfig()
    logging: LoggingConfig = LoggingConfig()
    facts: FactsConfig = FactsConfig()
    edits: EditsConfig = EditsConfig()
    directions: DirectionsConfig = DirectionsConfig()

    def changed(self) -> dict[str, Any]:
        """Dotted keys whose value differs from the default."""
        default, mine = flatten(Config().model_dump()), flatten(self.model_dump())
        return {key: value for key, value in mine.items() if value != default[key]}


def flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """``{"a": {"b": 1}}`` -> ``{"a.b": 1}``."""
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping) and value:
            flat.update(flatten(value, f"{prefix}{key}."))
        elif not isinstance(value, Mapping):
            flat[f"{prefix}{key}"] = value
    return flat


def load_config(
    source: str | Path | Mapping[str, Any] | None = None,
    overrides: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
    stored: Mapping[str, Any] | None = None,
    preferences: Mapping[str, Any] | None = None,
) -> Config:
    """Read the configuration from all its sources.

    Args:
        source: a YAML file, a mapping, or None for the defaults.
        overrides: ``section.key=value`` strings, as ``--set`` takes them.
        environment: the variables to read; ``os.environ`` when None.
        stored: what an opened session was made with; it stands in for the defaults where ``source`` is None.
        preferences: the user's own defaults (preferences.py); every key that ``source`` or ``stored`` gives wins.

    Raises:
        InputError: an unknown key, a value out of range, or an unreadable file, in one sentence.
    """
    tree: dict[str, Any] = _as_tree(source if source is not None else (stored or {}))
    tree = _over(preferences or {}, tree)
    for dotted, text in _from_environment(os.environ if environment is None else environment):
        _assign(tree, dotted, text)
    for override in overrides:
        dotted, equals, text = override.partition("=")
        if not equals:
            raise InputError(f"--set {override!r} has no '='; it takes section.key=value")
        _assign(tree, dotted.strip(), text)
    _check_keys(tree)
    try:
        return Config.model_validate(tree)
    except ValidationError as error:
        raise InputError(_sentence(error)) from None


def _as_tree(source: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(source, Mapping):
        return copy.deepcopy(dict(source))
    path = Path(source)
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"configuration file {path} does not exist") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"configuration file {path} cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise InputError(f"configuration file {path} is not valid YAML{where}") from None
    if tree is not None and not isinstance(tree, dict):
        raise InputError(f"configuration file {path} must hold sections such as 'model:', not a {type(tree).__name__}")
    return tree or {}


def _over(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Both trees as one; where both have a key, ``upper`` wins."""
    merged = copy.deepcopy(dict(lower))
    for key, value in upper.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[key] = _over(below, value) if both else value
    return merged


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    found = [(SHORT_NAMES[name], environment[name]) for name in SHORT_NAMES if name in environment]
    for name, text in environment.items():
        if name.startswith("HERA_") and "__" in name:
            found.append((name.removeprefix("HERA_").lower().replace("__", "."), text))
    return found


def _assign(tree: dict[str, Any], dotted: str, text: str) -> None:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        value = text
    *sections, key = dotted.split(".")
    for section in sections:
        node = tree.setdefault(section, {})
        if not isinstance(node, dict):
            raise InputError(f"configuration key '{dotted}' is unknown: '{section}' is not a section")
        tree = node
    tree[key] = _number(value) if value == text.strip() else value  # a quoted number is a text


def _number(value: Any) -> Any:
    """YAML 1.1 reads ``1e-3`` as text; take it as the number it is."""
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _check_keys(tree: Mapping[str, Any], model: type[BaseModel] = Config, prefix: str = "") -> None:
    for key, value in tree.items():
        field = model.model_fields.get(str(key))
        if field is None:
            raise InputError(f"configuration key '{prefix}{key}' is unknown{_suggestion(str(key), prefix, model)}")
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            if not isinstance(value, Mapping):
                raise InputError(f"configuration section '{prefix}{key}' must hold keys, not {value!r}")
            _check_keys(value, section, f"{prefix}{key}.")


def _suggestion(key: str, prefix: str, model: type[BaseModel]) -> str:
    near = nearest(key, model.model_fields)
    if near:
        return near
    return nearest(f"{prefix}{key}", flatten(Config().model_dump())) or f"; known here: {', '.join(model.model_fields)}"


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
    reason = first["msg"].removeprefix("Value error, ")
    return f"configuration key '{where}' is {first['input']!r}: {reason[0].lower()}{reason[1:]}"
