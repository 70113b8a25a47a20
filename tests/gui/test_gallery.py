"""The gallery in docs/ and the script that makes its pictures name the same ones."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_picture_that_is_made_is_in_the_gallery_in_both_themes() -> None:
    made = subprocess.run(
        [sys.executable, DOCS / "pictures.py", "--list"], capture_output=True, text=True, check=True
    ).stdout.split()
    shown = re.findall(r"\(pictures/([a-z0-9-]+)\.png\)", (DOCS / "gallery.md").read_text(encoding="utf-8"))
    assert len(set(made)) == len(made)
    assert sorted(shown) == sorted(f"{name}-{theme}" for name in made for theme in ("light", "dark"))
