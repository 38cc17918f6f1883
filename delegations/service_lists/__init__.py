"""Lists for each who serves a visit (paslaugų sąrašai), each defined once as data: its columns, readers and rows.

A list shows only the columns its reader needs; pages, PDF, XLSX and the difference to what was sent last are made of the
same rows. A column that is `private` holds contacts or special values: it is filled from `core.personal` when a paper is
made, and by salted digests when only the question is whether something changed (see `Held`).
"""

from delegations.service_lists.changes import changes_of, content_of, digest_of, tables_of
from delegations.service_lists.definition import ListColumn, ListTable, Reader, ServiceList
from delegations.service_lists.facts import Facts, Held, Row
from delegations.service_lists.lists import BY_CODE, LISTS, readers_of

__all__ = [
    "BY_CODE",
    "LISTS",
    "Facts",
    "Held",
    "ListColumn",
    "ListTable",
    "Reader",
    "Row",
    "ServiceList",
    "changes_of",
    "content_of",
    "digest_of",
    "readers_of",
    "tables_of",
]
