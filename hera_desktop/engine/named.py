"""Things of one kind that are known by name: one registration adds another."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from .errors import InputError, nearest

Thing = TypeVar("Thing")
Made = TypeVar("Made", bound=type[Any])


class Named(dict[str, Thing], Generic[Thing]):
    """Things by their ``name``, in the order of registration; ``kind`` is what one is called in a sentence."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def register(self, made: Made) -> Made:
        """Make one of a class available; raises ValueError where its name is taken."""
        if made.name in self:
            raise ValueError(f"{self._kind} '{made.name}' is registered twice")
        self[made.name] = made()
        return made

    def find(self, name: str) -> Thing:
        """The one of that name; raises InputError where there is none."""
        if name not in self:
            hint = nearest(name, self) or f"; there are {', '.join(self)}"
            raise InputError(f"{self._kind} '{name}' is unknown{hint}")
        return self[name]
