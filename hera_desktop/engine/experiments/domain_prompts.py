"""Beginnings of texts, domain by domain: what the experiments ``stability`` and ``features`` evolve on."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..errors import InputError
from ..places import shipped

Domains = Mapping[str, tuple[str, ...]]
"""The prompts of every domain, in the order of the file."""


@dataclass(frozen=True)
class DomainPrompt:
    domain: str
    text: str


def load_domains(path: str | Path | None = None) -> Domains:
    """Read a file of prompts, the shipped one for None.

    Raises:
        InputError: the file cannot be read, or does not hold domains with prompts under ``domains:``.
    """
    file = Path(path) if path else shipped("data", "experiment_prompts.yaml")
    try:
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"prompt file {file} does not exist; null takes the shipped prompts") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"prompt file {file} cannot be read: {str(error).splitlines()[0]}") from None
    rows = tree.get("domains") if isinstance(tree, dict) else None
    if not isinstance(rows, dict) or len(rows) < 2:
        raise InputError(f"prompt file {file} must hold two domains or more under 'domains:', each a list of prompts")
    return {str(name): _prompts(file, name, given) for name, given in rows.items()}


def _prompts(file: Path, name: object, given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(text, str) and text.strip() for text in given):
        raise InputError(f"domain '{name}' of {file} must be a list of texts")
    texts = tuple(dict.fromkeys(given))
    if len(texts) < 2:
        raise InputError(f"domain '{name}' of {file} has {len(texts)} prompts; two or more are needed")
    return texts


def in_turn(domains: Domains, count: int, seed: int) -> tuple[DomainPrompt, ...]:
    """``count`` prompts, the domains in turn and each domain's prompts in random order; a domain whose prompts are all
    used begins anew in another order."""
    generator, names = random.Random(seed), tuple(domains)
    left: dict[str, list[str]] = {name: [] for name in names}
    found = []
    for number in range(count):
        name = names[number % len(names)]
        if not left[name]:
            left[name] = generator.sample(domains[name], len(domains[name]))
        found.append(DomainPrompt(name, left[name].pop()))
    return tuple(found)
