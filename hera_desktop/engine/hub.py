"""The Hugging Face hub: one call that uses what is on this machine, fetches what is not, and fails in one sentence."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from .errors import MachineError, one_line

log = logging.getLogger(__name__)
MODEL_FILES = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")


def fetch_from_hub(repo: str, patterns: Sequence[str], what: str, setting: str, into: Path | None = None) -> Path:
    """A local folder with the files of ``repo`` that match ``patterns``; a copy in the hub's cache will do.

    ``what`` and ``setting`` (the configuration key that takes a local folder instead) are for the sentence.

    One request tells whether the hub answers, so being offline is found out at once, where the libraries' own loaders
    try for a minute.

    Raises:
        MachineError: the hub does not answer, or refuses, and there is no copy here.
    """
    from huggingface_hub import snapshot_download

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # its retries are not the user's business
    try:
        return Path(snapshot_download(repo, allow_patterns=list(patterns), local_dir=into))
    except Exception as error:  # a dozen kinds; each means that the files cannot be had
        log.info("fetching %s failed", repo, exc_info=True)
        raise MachineError(
            f"{what} is not on this machine and the Hugging Face hub cannot be reached for '{repo}' "
            f"({one_line(error, 90)}); connect once and try again, or set {setting} to a local folder"
        ) from None
