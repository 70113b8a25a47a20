"""Writing a report of the open session, on the model thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .i18n import mark
from .requests import Bench, Report, Request


@dataclass(frozen=True)
class ReportWritten:
    """A report lies in the file ``path``."""

    path: str


@dataclass(frozen=True)
class ReportRequest(Request):
    """Write a report to ``path``, in the format of its ending; with ``texts`` the model continues the last prompts in
    the base and as it is now."""

    path: str
    texts: bool = False

    name = mark("Writing the report")
    looks = True

    def run(self, bench: Bench, report: Report) -> ReportWritten:
        engine = bench.need()
        report.progress("importing the libraries", None)
        from hera_desktop.engine.reports.session_report import write_report

        path = write_report(engine.ledger, Path(self.path), engine if self.texts else None, report.progress)
        return ReportWritten(str(path))

    def python(self, record: ReportWritten) -> str:
        return f"write_report(engine.ledger, Path({self.path!r}){', engine' if self.texts else ''})"
