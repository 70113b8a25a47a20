"""The terms that a model comes with, as text that can be read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

BLOCKS = {"p", "li", "br", "div", "h1", "h2", "h3", "h4", "tr", "section"}
UNSEEN = {"script", "style", "nav", "button"}
BODY = "article"


def readable(file: Path) -> str:
    """The text of a file; of a web page the text of its article, or of all of it where it has none."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".html":
        return text.strip()
    page = _Text()
    page.feed(text)
    lines = (" ".join(line.split()) for line in "".join(page.article or page.whole).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    """What a page shows, and what its article shows, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.whole: list[str] = []
        self.article: list[str] = []
        self._unseen = self._inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in UNSEEN
        self._inside += tag == BODY
        self._add("\n" * (tag in BLOCKS))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0
        self._inside -= tag == BODY and self._inside > 0
        self._add("\n" * (tag in BLOCKS))

    def handle_data(self, data: str) -> None:
        self._add(" ".join(data.split("\n")))

    def _add(self, text: str) -> None:
        if self._unseen:
            return
        self.whole.append(text)
        if self._inside:
            self.article.append(text)
