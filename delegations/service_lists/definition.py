"""What a list is: columns, tables of rows, readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from delegations.choices import serving_words
from delegations.service_lists.facts import Facts, Held, Row


@dataclass(frozen=True)
class ListColumn:
    name: str
    label: Any
    private: bool = False  # contacts or special values
    css: str = ""


@dataclass(frozen=True)
class ListTable:
    """A table of a list: `rows(facts, reader, held)`."""

    code: str
    title: Any
    columns: tuple[ListColumn, ...]
    rows: Callable[[Facts, Reader, Held], list[Row]]


@dataclass(frozen=True)
class ServiceList:
    """A list for one kind of people who serve: `readers(facts)` are those the programme names now."""

    code: str
    label: Any
    icon: str
    why: Any  # what the reader does with it
    readers: Callable[[Facts], list[Reader]]
    tables: tuple[ListTable, ...]
    guest_fields: tuple[str, ...] = ()  # of GUEST_PURPOSE: all this list may open

    @property
    def is_private(self) -> bool:
        return any(column.private for table in self.tables for column in table.columns)


@dataclass(frozen=True)
class Reader:
    """Whose list it is: "driver:12" is the driver, "hotel:3" the hotel, "press" whoever meets the journalists."""

    list_code: str
    pk: int | None
    name: str
    phone: str = ""  # of an institution or an official
    gender: str = ""  # of a person who serves

    @property
    def key(self) -> str:
        return f"{self.list_code}:{self.pk}" if self.pk else self.list_code

    @property
    def role(self) -> str:
        """ "Vertėja": what the person is called; "" of an institution."""
        return serving_words(self.list_code, self.gender).capitalize() if self.gender else ""

    @property
    def is_person(self) -> bool:
        """Its mail lies encrypted with the resource."""
        return self.list_code in ("driver", "interpreter")
