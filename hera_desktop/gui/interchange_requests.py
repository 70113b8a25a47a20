"""What exporting and importing patches asks of the model thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .i18n import mark
from .requests import Bench, Report, Request

if TYPE_CHECKING:
    from hera_desktop.engine.interchange.records import Exported, FileSummary
    from hera_desktop.engine.records import EvolveResult


@dataclass(frozen=True)
class ExportRequest(Request):
    """Write patches; None: those that are active."""

    path: str
    format: str
    patch_ids: tuple[str, ...] | None = None

    name = mark("Exporting")
    looks = True

    def run(self, bench: Bench, report: Report) -> Exported:
        from hera_desktop.engine.interchange.export import export_patches

        return export_patches(bench.need(), self.path, self.format, self.patch_ids, report.progress)  # type: ignore[arg-type]

    def python(self, record: Exported) -> str:
        return f"export_patches(engine, {self.path!r}, {self.format!r}, {self.patch_ids!r})"


@dataclass(frozen=True)
class LookIntoRequest(Request):
    """What a file of patches holds, and whether it fits."""

    path: str

    name = mark("Reading the patches")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> FileSummary:
        from hera_desktop.engine.interchange.importing import look_into

        return look_into(bench.need(), self.path)


@dataclass(frozen=True)
class ImportRequest(Request):
    """Propose the patches of a file, one after another."""

    path: str
    foreign: bool = False

    name = mark("Importing")

    def run(self, bench: Bench, report: Report) -> tuple[EvolveResult, ...]:
        from hera_desktop.engine.interchange.importing import import_patches

        bench.judged = None  # what waits was measured on a state that is about to pass
        return import_patches(bench.need(), self.path, self.foreign, report.progress)

    def python(self, record: tuple[EvolveResult, ...]) -> str:
        return f"import_patches(engine, {self.path!r}, foreign={self.foreign!r})"
