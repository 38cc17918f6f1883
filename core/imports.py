"""Lists that come from outside: paste or drop, a preview, and a commit that does exactly the preview (design 4.12).

What was given is read into a table (`core.tables`); an app says by `Field`s which columns it understands (`understand`), and makes
a `Plan` of the table and of what it has already. The page carries the table back `seal`ed, with the digest of the plan;
under its lock the service makes the plan anew and does it only when the digest is still the same.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core import keys
from core.canonical import content_sha256
from core.errors import DomainError
from core.language import fold
from core.tables import Table

HOURS_KEPT = 12  # how long a preview may wait for its commit
KEY_NAME = "imports"


@dataclass(frozen=True)
class Field:
    """A column an app understands: its word, and how people head it in their languages.

    `why_not` is said of a column that is known and yet not taken.
    """

    code: str
    label: Any
    heads: tuple[str, ...] = ()
    why_not: Any = ""


class Outcome(TextChoices):
    CREATE = "create", pgettext_lazy("row of a list", "new")
    KNOWN = "known", pgettext_lazy("row of a list", "known person")
    FILL = "fill", pgettext_lazy("row of a list", "completed")
    SAME = "same", pgettext_lazy("row of a list", "there already")
    ASK = "ask", pgettext_lazy("row of a list", "similar, left out")
    DOUBLE = "double", pgettext_lazy("row of a list", "double, left out")
    REFUSED = "refused", pgettext_lazy("row of a list", "refused")


TAKEN = frozenset((Outcome.CREATE, Outcome.KNOWN, Outcome.FILL))  # done unless the tick is taken off
OFFERED = TAKEN | {Outcome.ASK}  # may be ticked at all


@dataclass
class PlanRow:
    """What becomes of one row; `deed` is what the commit will write, `notes` what the reader should know."""

    number: int
    outcome: Outcome
    title: str
    line: str = ""
    deed: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    source: str = ""  # the row as it was given, shown where nothing is made of it

    @property
    def is_offered(self) -> bool:
        return self.outcome in OFFERED

    @property
    def is_taken(self) -> bool:
        return self.outcome in TAKEN


@dataclass
class Plan:
    rows: list[PlanRow]

    @property
    def digest(self) -> str:
        """What binds a commit to its preview: the outcome and the deed of every row."""
        return content_sha256([[row.number, str(row.outcome), row.title, row.deed] for row in self.rows])

    @property
    def changes_nothing(self) -> bool:
        return not any(row.is_offered for row in self.rows)

    def counts(self) -> list[tuple[Outcome, int]]:
        found = [(outcome, sum(row.outcome == outcome for row in self.rows)) for outcome in Outcome]
        return [(outcome, count) for outcome, count in found if count]


# --- between the preview and the commit ------------------------------------------------------------------------


def seal(table: Table, *, place: str, user: Any, digest: str, choices: dict[str, Any]) -> str:
    """The table and the digest of its plan for the page to carry: encrypted, for this person and place only."""
    body = {
        "table": asdict(table),
        "place": place,
        "user": user.pk,
        "digest": digest,
        "choices": choices,
    }
    packed = zlib.compress(json.dumps(body, ensure_ascii=False).encode())
    return Fernet(keys.read_or_new(KEY_NAME)).encrypt(packed).decode()


def unseal(token: str, *, place: str, user: Any) -> tuple[Table, str, dict[str, Any]]:
    """The table, the digest of its plan and the choices made; an old or foreign token is refused in words."""
    try:
        packed = Fernet(keys.read_or_new(KEY_NAME)).decrypt(token.encode(), ttl=HOURS_KEPT * 3600)
        body = json.loads(zlib.decompress(packed))
    except (InvalidToken, ValueError, zlib.error):
        body = {}
    if body.get("place") != place or body.get("user") != user.pk:
        raise DomainError(_("The preview has grown old. Give the list once more."), field="text")
    return Table(**body["table"]), body["digest"], body["choices"]


# --- columns --------------------------------------------------------------------------------------------------------


def understand(table: Table, fields: Sequence[Field]) -> tuple[Table, list[str]]:
    """The table with its headings found, and for each column the code of the field it is taken for ("" for none).

    The heading is the row among the first ten in which most cells are known; what stands above it is told.
    """
    if table.heads:
        return table, [_match(head, fields) for head in table.heads]
    if table.kind == "text":
        if len(table.rows) > 1 and _match(table.rows[0][0], fields):  # one column with its heading
            table = replace(table, rows=table.rows[1:], numbers=table.numbers[1:])
        return table, []
    best, best_codes, best_count = -1, [], 0
    for place, row in enumerate(table.rows[:10]):
        codes = [_match(cell, fields) for cell in row]
        count = len({code for code in codes if code})
        if count > best_count:
            best, best_codes, best_count = place, codes, count
    if best_count == 0 or (best_count == 1 and sum(map(bool, table.rows[best])) > 2):
        return table, []
    above = [" ".join(filter(None, row)) for row in table.rows[:best]]
    notes = list(table.notes)
    if above:
        notes.append(
            _("Above the headings stands, and is left out: %(text)s") % {"text": "; ".join(above)[:300]}
        )
    width = max(len(row) for row in table.rows)
    seen: set[str] = set()
    codes = []
    for code in [*best_codes, *[""] * (width - len(best_codes))]:
        codes.append("" if code in seen else code)
        seen.add(code)
    found = replace(
        table,
        rows=table.rows[best + 1 :],
        numbers=table.numbers[best + 1 :],
        heads=[*table.rows[best], *[""] * (width - len(table.rows[best]))],
        notes=notes,
    )
    return found, codes


def _match(head: str, fields: Sequence[Field]) -> str:
    """The field a heading means: the very words, else words that stand within it."""
    said = plain_words(head)
    if not said or len(said) > 60:
        return ""
    for one in fields:
        if said == one.code.replace("_", " ") or said in map(plain_words, one.heads):
            return one.code
    tokens = set(said.split())
    if len(tokens) > 5:
        return ""
    found = [
        (len(words), one.code)
        for one in fields
        for words in (set(plain_words(word).split()) for word in one.heads)
        if words and words <= tokens
    ]
    return max(found)[1] if found else ""


def plain_words(text: str) -> str:
    """Folded words without signs: "Vardas, pavardė *" → "vardas pavarde"."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


# --- cells ----------------------------------------------------------------------------------------------------------


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text; telephones and words after a dash are not formulas."""
    text = text.lstrip("' ")
    if text.startswith(("=", "@")):
        return True
    return text.startswith(("+", "-")) and not re.fullmatch(r"[+-][\d\s().,/-]*|-\s?[^\W\d_][^|!()=]*", text)
