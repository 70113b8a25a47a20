"""Pages for a PDF report: fonts that have the letters, headings, facts, running text, tables and drawings.

Import this module when a PDF is to be written: it brings fpdf2, and matplotlib for its fonts.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import XPos, YPos

from .plots import PRINT

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

logging.getLogger("fpdf").setLevel(logging.ERROR)  # which parts of a drawing it passes over is no news to the user
logging.getLogger("fontTools").setLevel(logging.ERROR)

TEXT, MONO, WIDE = "text", "mono", "wide"
CJK_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "SimSun",
    "Arial Unicode MS",
)
"""Fonts of systems that have Chinese letters, best first."""

MARGIN, LINE = 15, 4.6
Column = tuple[str, float, str]
"""A heading, a width in mm, and L or R."""


class Paper(FPDF):
    """A4 pages with the report's title at the top and page number and state hash at the foot."""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="A4")
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 5)
        self._foot, self._head = foot, title
        self._load_fonts()
        self.set_title(title)
        self.set_creator("HERA Desktop")
        self.alias_nb_pages()
        self.add_page()

    def _load_fonts(self) -> None:
        folder = _matplotlib_fonts()
        self.add_font(TEXT, fname=folder / "DejaVuSans.ttf")
        self.add_font(TEXT, "B", fname=folder / "DejaVuSans-Bold.ttf")
        self.add_font(MONO, fname=folder / "DejaVuSansMono.ttf")
        self._known = set(self.fonts[TEXT].cmap)
        found = wide_font()
        if found is not None:
            path, number = found
            self.add_font(WIDE, fname=path, collection_font_number=number)
            self.set_fallback_fonts([WIDE, TEXT], exact_match=False)
            self._known |= set(self.fonts[WIDE].cmap)
        else:
            self.set_fallback_fonts([TEXT], exact_match=False)

    def letters(self, text: object) -> str:
        """The text with letters that no font here has written as their code points, such as <U+1F9EC>."""
        plain = str(text).replace("\t", "    ")
        return "".join(c if ord(c) in self._known or c == "\n" else f"<U+{ord(c):04X}>" for c in plain)

    # --- the frame --------------------------------------------------------------------------------------------------

    def header(self) -> None:
        if self.page_no() > 1:
            self._voice(TEXT, 8, "dim")
            self.cell(0, 4, self._cut(self.letters(self._head), self.epw), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(3)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self._voice(TEXT, 7, "dim")
        self.cell(0, 4, self._foot)
        self.set_x(MARGIN)
        self.cell(0, 4, f"page {self.page_no()} of {{nb}}", align="R")

    def _voice(self, family: str, size: float, colour: str = "text", style: str = "") -> None:
        self.set_font(family, style, size)
        self.set_text_color(*_rgb(PRINT[colour]))

    # --- what stands on a page --------------------------------------------------------------------------------------

    def heading(self, text: str, size: float = 13, room: float = 25) -> None:
        """A heading; it goes to the next page where there is no ``room`` (mm) below it."""
        if self.get_y() + room > self.page_break_trigger:
            self.add_page()
        elif self.get_y() > self.t_margin + 10:
            self.ln(3)
        self._voice(TEXT, size, style="B")
        self._write(text, size * 0.5)
        self.ln(1)

    def words(self, text: object, colour: str = "text", mono: bool = False, size: float = 9) -> None:
        """Running text."""
        self._voice(MONO if mono else TEXT, size, colour)
        self._write(text, size * 0.5)

    def _write(self, text: object, height: float) -> None:
        whole = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT, "align": "L", "wrapmode": "CHAR"}
        if len(str(text).split()) > 1 and "\n" not in str(text):
            whole["wrapmode"] = "WORD"
        self.multi_cell(0, height, self.letters(text) or " ", **whole)

    def facts(self, pairs: Iterable[tuple[str, object]], mono: bool = False, width: float = 42) -> None:
        """Names and values side by side."""
        for name, value in pairs:
            if self.get_y() + 6 > self.page_break_trigger:
                self.add_page()
            top = self.get_y()
            self._voice(MONO if mono else TEXT, 8, "dim")
            self.cell(width, LINE, self._cut(self.letters(name), width - 2))
            self._voice(TEXT, 8)
            self.set_xy(self.l_margin + width, top)
            self.multi_cell(0, LINE, self.letters(value) or " ", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[tuple[str, str]]], height: float = 4.4) -> None:
        """A line a row: cells of (text, colour), cut to their column; the head stands on every page."""
        self._table_head(columns, height)
        for row in rows:
            if self.get_y() + height > self.page_break_trigger:
                self.add_page()
                self._table_head(columns, height)
            for (_, width, align), (text, colour) in zip(columns, row, strict=True):
                self._voice(TEXT, 6.5, colour)
                plain = self._cut(self.letters(" ".join(text.split())), width - 1.5)
                self.cell(width, height, _in_sight(plain), align=align)
            self.ln(height)

    def _table_head(self, columns: Sequence[Column], height: float) -> None:
        for title, width, align in columns:
            self._voice(TEXT, 6.5, "dim")
            self.cell(width, height, title, align=align)
        self.ln(height)
        self.set_draw_color(*_rgb(PRINT["line"]))
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())

    def _cut(self, text: str, width: float) -> str:
        """As much of a line as fits, with an ellipsis where something is missing."""
        text = text[:400]
        if self.get_string_width(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.get_string_width(text[:middle] + "…") <= width else (low, middle - 1)
        return text[:low] + "…"

    def drawing(self, svg: str, width: float | None = None) -> None:
        """An SVG as vectors, as wide as the page or ``width`` (mm)."""
        self.image(io.BytesIO(svg.encode()), w=width or self.epw)
        self.ln(1)

    def finish(self, path: Path) -> None:
        path.write_bytes(bytes(self.output()))


def _in_sight(line: str) -> str:
    """A line as it is written from left to right on paper, where some of it is read from right to left."""
    if line.isascii() or not any(bidirectional(letter) in ("R", "AL") for letter in line):
        return line
    return BidiParagraph(text=line).get_reordered_string()


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _matplotlib_fonts() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf")


@lru_cache(maxsize=1)
def wide_font() -> tuple[Path, int] | None:
    """The system's best font with Chinese letters: its file and its number in it; None where there is none."""
    from matplotlib.font_manager import fontManager

    known: dict[str, Any] = {}
    for font in fontManager.ttflist:
        usual = int(font.weight == 400) if isinstance(font.weight, int) else int(font.weight in ("normal", "regular"))
        if font.name in CJK_FONTS and (font.name not in known or usual > known[font.name][0]):
            known[font.name] = (usual, Path(font.fname))
    for name in CJK_FONTS:
        if name in known and (number := _number_in(known[name][1], name)) is not None:
            return known[name][1], number
    return None


def _number_in(path: Path, name: str) -> int | None:
    """Which font of a collection has this name; None where the file cannot be read."""
    from fontTools.ttLib import TTCollection, TTLibError

    if path.suffix.lower() not in (".ttc", ".otc"):
        return 0
    try:
        with TTCollection(path, lazy=True) as collection:
            names = [_family(font) for font in collection.fonts]
    except (TTLibError, OSError):
        return None
    return names.index(name) if name in names else 0


def _family(font: TTFont) -> str:
    return font["name"].getBestFamilyName() or ""


def coloured(row: Mapping[str, Any], *values: object) -> list[tuple[str, str]]:
    """Cells in the plain colour; a rejected or inactive row is dim."""
    colour = "text" if row["state"] == "active" else "dim"
    return [(str(value), colour) for value in values]
