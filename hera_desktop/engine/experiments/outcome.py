"""What every experiment gives: tables, plots, remarks and its figures, as plain values that a file keeps.

The command line prints an outcome, the window shows it and the report draws it; none knows which experiment it is of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import InputError

KIND = "hera-desktop experiment"


@dataclass(frozen=True)
class Table:
    """Cells as they are printed. The first column is text, the others are figures and stand to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Curve:
    """``line``: points joined in order, or points alone; ``label``: of single points, such as a trial's number."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    line: bool = True
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plot:
    """``limits``: horizontal lines with their names, such as a limit of the immune system."""

    title: str
    x: str
    y: str
    curves: tuple[Curve, ...]
    limits: tuple[tuple[str, float], ...] = ()
    log_x: bool = False
    log_y: bool = False


@dataclass(frozen=True)
class Outcome:
    """An experiment so far.

    Args:
        experiment: its name in the catalogue.
        settings: the experiment's own settings, and under ``config`` what else it hangs on.
        remarks: sentences, such as what a figure says or was left out.
        data: figures in full, as JSON has them; an experiment takes a stopped run up again from these.
        finished: whether all of it was measured.
    """

    experiment: str
    title: str
    settings: Mapping[str, Any]
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    remarks: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    finished: bool = False

    def document(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"kind": KIND, **asdict(self)}


def outcome_of(document: Any) -> Outcome:
    """The outcome that ``document`` was made of; raises InputError where it is none."""
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise InputError("this is no document of an experiment; it takes what an experiment wrote with --out")
    values = {name: value for name, value in document.items() if name != "kind"}
    try:
        tables = tuple(_table(**one) for one in values.pop("tables"))
        plots = tuple(_plot(**one) for one in values.pop("plots"))
        remarks = tuple(values.pop("remarks"))
        return Outcome(**values, tables=tables, plots=plots, remarks=remarks)
    except (KeyError, TypeError) as error:
        raise InputError(f"this document of an experiment is not whole ({error}); run the experiment again") from None


def _table(title: str, columns: list[str], rows: list[list[str]], note: str = "") -> Table:
    return Table(title, tuple(columns), tuple(tuple(row) for row in rows), note)


def _plot(curves: list[dict[str, Any]], limits: list[list[Any]], **rest: Any) -> Plot:
    made = tuple(Curve(**{name: _frozen(value) for name, value in one.items()}) for one in curves)
    return Plot(curves=made, limits=tuple((name, value) for name, value in limits), **rest)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
