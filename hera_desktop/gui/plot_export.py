"""Save a plot as a picture (PNG, SVG) or as its numbers (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgGenerator

from hera_desktop.engine.errors import InputError

from .i18n import mark, tr
from .theme import GRID, LIGHT, Theme, theme_of

FORMATS = ("png", "svg", "csv")
PNG_SCALE = 2
DOTS_PER_INCH = 96
CAPTION = 28
NO_FORMAT = mark("a plot cannot be saved as '{name}'; the file name ends in .png, .svg or .csv")


class Exportable(Protocol):
    """A widget that draws itself into a picture, in a given theme, and knows its numbers."""

    @property
    def file_stem(self) -> str: ...

    @property
    def caption(self) -> str: ...

    def colour(self, theme: Theme) -> None: ...

    @property
    def picture_size(self) -> QSize: ...

    def paint_on(self, painter: QPainter) -> None:
        """Draw at the upper left corner, ``picture_size`` large."""

    def csv_rows(self) -> list[list[object]]: ...


class ExportableWidget(Exportable, Protocol):
    def font(self) -> QFont: ...

    def palette(self) -> QPalette: ...


def export_plot(plot: ExportableWidget, path: Path) -> None:
    """Write the file in the format that its ending names; pictures are drawn for white paper, whatever the theme.

    Raises:
        InputError: another ending, or the file cannot be written.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise InputError(tr(NO_FORMAT).format(name=path.name))
    _write(path, csv_bytes(plot.csv_rows()) if kind == "csv" else _picture(plot, kind))


def csv_bytes(rows: Sequence[Sequence[object]]) -> bytes:
    """Comma separated, UTF-8 with a mark of it, so that spreadsheets read the texts right."""
    lines = _Lines()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return "".join(lines.text).encode("utf-8-sig")


class _Lines:
    def __init__(self) -> None:
        self.text: list[str] = []

    def write(self, line: str) -> None:
        self.text.append(line)


def _picture(plot: ExportableWidget, kind: str) -> bytes:
    """The plot in the light theme; on the screen it has its own again afterwards."""
    plot.colour(LIGHT)
    try:
        return svg_bytes(plot) if kind == "svg" else png_bytes(plot)
    finally:
        plot.colour(theme_of(plot.palette()))


def svg_bytes(plot: ExportableWidget) -> bytes:
    """The plot with its caption below, as lines and letters."""
    size = _sheet(plot)
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(QPointF(), QSizeF(size)))
    generator.setResolution(DOTS_PER_INCH)
    generator.setTitle(plot.caption)
    _draw(plot, QPainter(generator), size)
    return buffer.data().data()


def png_bytes(plot: ExportableWidget) -> bytes:
    """The same, at twice the size."""
    size = _sheet(plot)
    image = QImage(PNG_SCALE * size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PNG_SCALE)
    _draw(plot, QPainter(image), size)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def _sheet(plot: ExportableWidget) -> QSize:
    """The picture with the line for the caption."""
    return plot.picture_size + QSize(0, CAPTION)


def _draw(plot: ExportableWidget, painter: QPainter, sheet: QSize) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRectF(QPointF(), QSizeF(sheet)), QColor(LIGHT.base))
    plot.paint_on(painter)
    painter.resetTransform()
    painter.setFont(plot.font())
    painter.setPen(QColor(LIGHT.text))
    line = QRectF(GRID, sheet.height() - CAPTION, sheet.width() - 2 * GRID, CAPTION)
    text = painter.fontMetrics().elidedText(plot.caption, Qt.TextElideMode.ElideRight, round(line.width()))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()


def _write(path: Path, data: bytes) -> None:
    """The whole file or none of it."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly) or file.write(data) != len(data) or not file.commit():
        raise InputError(tr("file {path} cannot be written: {reason}").format(path=path, reason=file.errorString()))
