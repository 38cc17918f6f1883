"""What would become of each row of a list of guests: read, compared with who is there already; nothing is written."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import imports, personal
from core.dates import day_words
from core.errors import DomainError
from core.imports import Outcome, Plan, PlanRow, Table
from core.models import PersonalValue
from delegations import guest_lists
from delegations.choices import MemberKind
from delegations.guest_lists import name_key, near_keys, read_name
from delegations.models import Member, Visit
from delegations.models.members import CONTACT_FIELDS, GUEST_PURPOSE, IDENTITY, SPECIAL_FIELDS
from delegations.services.members import known_fields
from documents.typefaces import missing_letters, name_of
from partners.choices import Language
from partners.models import Person

MAX_GUESTS = 500
LENGTHS = {"name": 160, "own_name": 160, "post_lt": 200, "post_local": 200, "diet": 200, "accessibility": 300,
           "phone": 40, "email": 254, "identity": 80}  # fmt: skip
# Filled in where empty, never overwritten.
RECORD = ("own_name", "gender", "post_lt", "post_local", "languages", "consented_on")


@dataclass
class _Read:
    """One row as it was understood."""

    number: int
    name: guest_lists.Name
    cells: dict[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    companion: str = ""
    source: str = ""


def fields_for(visit: Visit, *, may_keep: bool) -> tuple[imports.Field, ...]:
    """The columns a list may have; those that are not taken from it say why."""
    found = []
    for one in guest_lists.FIELDS:
        why = one.why_not
        if one.code in CONTACT_FIELDS + SPECIAL_FIELDS and not may_keep:
            why = _("your role does not keep such data")
        elif one.code == IDENTITY and not visit.identity_for:
            why = _("this visit needs no identity documents, so they are not kept")
        found.append(imports.Field(one.code, one.label, one.heads, why))
    return tuple(found)


def guess_columns(table: Table, fields: tuple[imports.Field, ...]) -> tuple[Table, list[str]]:
    """The columns by their headings; without headings, by what stands in them."""
    table, codes = imports.understand(table, fields)
    if table.kind == "text" or codes:
        return table, codes
    width = max(len(row) for row in table.rows)
    codes = [""] * width
    for column in range(width):
        cells = [row[column] for row in table.rows if column < len(row) and row[column]]
        codes[column] = next(
            (
                code
                for code, fits in (
                    ("email", guest_lists.EMAIL.fullmatch),
                    ("phone", guest_lists.PHONE.fullmatch),
                    ("order", lambda cell: cell.rstrip(".").isdecimal()),
                    ("name", lambda cell: read_name(cell).looks_right),
                )
                if code not in codes and sum(bool(fits(cell)) for cell in cells) > len(cells) / 2
            ),
            "",
        )
    if "name" in codes and (after := codes.index("name") + 1) < width and not codes[after]:
        codes[after] = "post_local"
    return table, codes


def plan_guests(visit: Visit, table: Table, codes: list[str], *, may_keep: bool) -> Plan:
    """What would become of each row now; nothing is written."""
    if len(table.rows) > MAX_GUESTS:
        raise DomainError(
            _("The list has %(count)d rows; at most %(most)d guests come at once. Divide it by delegations.")
            % {"count": len(table.rows), "most": MAX_GUESTS},
            field="text",
        )
    if not table.rows:
        raise DomainError(_("Under the headings there is nobody."), field="text")
    if table.kind != "text" and not {"name", "last_name", "own_name"} & set(codes):
        raise DomainError(_("Say which column holds the names."), field="columns")
    planner = _Planner(visit, codes, fields_for(visit, may_keep=may_keep))
    reads = [
        planner.read(number, cells, is_text=table.kind == "text")
        for number, cells in zip(table.numbers, table.rows, strict=True)
    ]
    planner.listed = {read.name.key for read in reads}
    return Plan([planner.row(read, is_text=table.kind == "text") for read in reads])


class _Planner:
    """Reads rows one after another and knows who is there already, in the list and among the city's people."""

    def __init__(self, visit: Visit, codes: list[str], fields: tuple[imports.Field, ...]) -> None:
        self.visit, self.codes = visit, codes
        self.labels = {one.code: str(one.label) for one in fields}
        self.left_out = {one.code: str(one.why_not) for one in fields if one.why_not}
        self.members = list(visit.members.all())
        self.member_by_name: dict[str, Member] = {}
        for member in self.members:
            for name in filter(None, (member.name, member.own_name)):
                self.member_by_name.setdefault(name_key(name), member)
        self.member_by_person = {member.person_id: member for member in self.members if member.person_id}
        self.has_head = any(member.kind == MemberKind.HEAD for member in self.members)
        people = list(Person.objects.of_city(visit.city).with_posts()) if visit.city else []
        self.people: dict[str, Person] = {}
        for person in people:
            for name in filter(None, (person.full_name, person.own_name)):
                self.people.setdefault(name_key(name), person)
        self.near_people = _near(self.people)
        self.near_members = _near(self.member_by_name)
        self.listed: set[str] = set()
        self.seen: dict[str, tuple[int, str]] = {}
        self.near_seen: dict[str, tuple[int, str]] = {}
        self.emails: dict[str, int] = {}
        self.held = self._held()

    def _held(self) -> dict[int, dict[str, str]]:
        """Digests of what is kept of the guests: whether a value is the same is known without reading it."""
        rows = PersonalValue.objects.filter(
            holder_type=Member._meta.label_lower,
            holder_pk__in=[member.pk for member in self.members],
            purpose=GUEST_PURPOSE,
        )
        found: dict[int, dict[str, str]] = {}
        for pk, name, digest in rows.values_list("holder_pk", "field", "digest"):
            found.setdefault(pk, {})[name] = digest
        return found

    # --- one row ---------------------------------------------------------------------------------------------

    def row(self, read: _Read, *, is_text: bool) -> PlanRow:
        number = read.number
        title = read.name.text or read.source[:80]
        if problem := self._problem(read):
            return PlanRow(number, Outcome.REFUSED, title, notes=[problem, *read.notes], source=read.source)
        key = read.name.key
        person = self.people.get(key)
        member = self.member_by_name.get(key) or (self.member_by_person.get(person.pk) if person else None)
        if key in self.seen:
            return self._double(read)
        self.seen[key] = (number, read.name.text)
        similar = self._similar(read)
        for near in near_keys(key):
            self.near_seen.setdefault(near, (number, read.name.text))
        if member:
            return self._completed(read, member)
        return self._new(read, person, similar, is_text=is_text)

    def read(self, number: int, cells: list[str], *, is_text: bool) -> _Read:
        source = " · ".join(cell for cell in cells if cell)
        if is_text:
            found = guest_lists.read_line(cells[0])
        else:
            found = {code: cell for code, cell in zip(self.codes, cells, strict=False) if code and cell}
        notes = []
        for code in list(found):
            if code in self.left_out and code not in ("arrives", "departs"):
                if is_text:  # of a table it is said once, at the column
                    notes.append(f"{self._label(code)}: {self.left_out[code]}")
                del found[code]
            elif imports.is_formula(found[code]):
                notes.append(
                    _("%(column)s: a formula stands there, left out") % {"column": self._label(code)}
                )
                del found[code]
        for code, text in list(found.items()):
            if missing := missing_letters(text):
                found[code] = " ".join("".join(one for one in text if one not in missing).split())
                notes.append(
                    _("%(column)s: left out what cannot be printed, %(letters)s")
                    % {
                        "column": self._label(code),
                        "letters": ", ".join(name_of(one) for one in sorted(missing)[:5]),
                    }
                )
        written = found.get("name") or " ".join(
            part for part in (found.get("first_name"), found.get("last_name")) if part
        )
        name = read_name(written or found.get("own_name", ""))
        read = _Read(number, name, found, notes=[*notes, *map(str, name.notes)], source=source[:300])
        self._read_fields(read)
        return read

    def _label(self, code: str) -> str:
        label = self.labels.get(code, code)
        return label[:1].upper() + label[1:]

    def _read_fields(self, read: _Read) -> None:
        cells, fields = read.cells, read.fields
        for code in ("own_name", "post_lt", "post_local"):
            if cells.get(code) and cells[code] != read.name.text:
                fields[code] = cells[code]
        if place := cells.get("organisation"):
            code = "post_local" if fields.get("post_local") or not fields.get("post_lt") else "post_lt"
            if place not in fields.get(code, ""):
                fields[code] = ", ".join(filter(None, (fields.get(code), place)))
        if gender := guest_lists.read_gender(cells.get("gender", "")) or read.name.gender:
            fields["gender"] = gender
        codes, unknown = guest_lists.read_languages(cells.get("languages", ""))
        if codes:
            fields["languages"] = codes
        if unknown:
            read.notes.append(
                _("Languages: not known, left out: %(words)s") % {"words": ", ".join(unknown)[:80]}
            )
        self._read_kind(read)
        self._read_days(read)
        for code in CONTACT_FIELDS + SPECIAL_FIELDS:
            if cells.get(code):
                read.values[code] = cells[code]
        if (mail := read.values.get("email")) and not guest_lists.EMAIL.fullmatch(mail):
            read.notes.append(_("E-mail: not an address, left out: %(text)s") % {"text": mail[:60]})
            del read.values["email"]
        for code, length in LENGTHS.items():
            for kept in (fields, read.values):
                if len(str(kept.get(code, ""))) > length:
                    kept[code] = str(kept[code])[:length].rstrip()
                    read.notes.append(
                        _("%(column)s: cut to %(length)d characters")
                        % {"column": self._label(code), "length": length}
                    )

    def _read_kind(self, read: _Read) -> None:
        said = read.cells.get("kind", "")
        kind = guest_lists.read_kind(said) or guest_lists.read_kind(read.cells.get("companion_of", ""))
        if said and kind is None:
            read.notes.append(
                _("Place in the delegation: not known, taken as a member: %(words)s") % {"words": said[:60]}
            )
        if name := read.cells.get("companion_of"):
            read.companion = name_key(read_name(name).text)
            kind = kind or MemberKind.COMPANION
        if kind == MemberKind.HEAD and self.has_head:
            read.notes.append(_("The delegation has a head already: taken as a member"))
            kind = MemberKind.MEMBER
        read.fields["kind"] = str(kind or MemberKind.MEMBER)

    def _read_days(self, read: _Read) -> None:
        for code in ("consented_on", "arrives", "departs"):
            text = read.cells.get(code)
            if not text:
                continue
            day, is_unclear = guest_lists.read_day(text)
            label = self._label(code)
            if day is None:
                read.notes.append(
                    _("%(column)s: there is no such day: %(text)s") % {"column": label, "text": text[:40]}
                )
                continue
            if is_unclear:
                read.notes.append(
                    _("%(column)s: %(text)s is read as %(day)s")
                    % {"column": label, "text": text[:40], "day": day.isoformat()}
                )
            if code == "consented_on":
                self._consent(read, day)
            elif not self.visit.holds(day):
                read.notes.append(
                    _("%(column)s: %(day)s is outside the visit") % {"column": label, "day": day_words(day)}
                )

    def _consent(self, read: _Read, day: datetime.date) -> None:
        if day > timezone.localdate():
            read.notes.append(_("The day of the consent has not come yet, left out: %(day)s") % {"day": day})
        else:
            read.fields["consented_on"] = day.isoformat()

    def _problem(self, read: _Read) -> str:
        """Why nothing can be made of the row."""
        name = read.name.text
        if not any(letter.isalpha() for letter in name):
            return _("There is no name.")
        if guest_lists.EMAIL.search(name) or name[:1].isdigit():
            return _("This is not a name.")
        if len(name) > LENGTHS["name"]:
            return _("The name is longer than %(length)d characters.") % {"length": LENGTHS["name"]}
        return ""

    # --- what becomes of it ----------------------------------------------------------------------------------------

    def _double(self, read: _Read) -> PlanRow:
        number, name = self.seen[read.name.key]
        notes = [_("The same person stands in row %(number)d.") % {"number": number}]
        if name.casefold() != read.name.text.casefold():
            notes = [
                _("Row %(number)d has the same name in other letters: %(name)s.")
                % {"number": number, "name": name}
            ]
        return PlanRow(
            read.number, Outcome.DOUBLE, read.name.text, notes=[*notes, *read.notes], source=read.source
        )

    def _similar(self, read: _Read) -> str:
        """Words about somebody whose name differs by a letter; empty when there is nobody."""
        for near in near_keys(read.name.key):
            if near in self.near_seen:
                number, name = self.near_seen[near]
                return _("Differs by a letter from row %(number)d: %(name)s.") % {
                    "number": number,
                    "name": name,
                }
            if near in self.near_members:
                return _("Differs by a letter from a guest of the delegation: %(name)s.") % {
                    "name": self.near_members[near].name
                }
        return ""

    def _completed(self, read: _Read, member: Member) -> PlanRow:
        """Somebody who is in the delegation: empty places are filled in, nothing is overwritten."""
        fields = {
            name: read.fields[name] for name in RECORD if read.fields.get(name) and not getattr(member, name)
        }
        held = self.held.get(member.pk, {})
        values = {name: text for name, text in read.values.items() if name not in held}
        notes = []
        if read.name.text.casefold() not in (member.name.casefold(), member.own_name.casefold()):
            notes.append(_("Written otherwise in the list: %(name)s") % {"name": read.name.text})
        other = [
            name
            for name in RECORD
            if read.fields.get(name)
            and getattr(member, name)
            and not _is_same(read.fields[name], getattr(member, name))
        ]
        other += [
            name
            for name, text in read.values.items()
            if name in held and held[name] != personal.lookup_digest(name, text)
        ]
        if other:
            notes.append(
                _("Differs from what is entered, which stays: %(columns)s")
                % {"columns": ", ".join(self._label(name).lower() for name in other)}
            )
        companion = read.companion if read.companion and not member.companion_of_id else ""
        if companion and not self._is_there(companion):
            companion = ""
        gains = [*fields, *values, *(["companion_of"] if companion else [])]
        outcome = Outcome.FILL if gains else Outcome.SAME
        deed = {"member": member.pk, "fields": fields, "values": values, "companion": companion}
        line = ", ".join(self._label(name).lower() for name in gains)
        return PlanRow(
            read.number,
            outcome,
            member.name,
            line=_("filled in: %(columns)s") % {"columns": line} if gains else "",
            deed=deed if gains else {},
            notes=[*notes, *read.notes],
        )

    def _new(self, read: _Read, person: Person | None, similar: str, *, is_text: bool) -> PlanRow:
        notes: list[str] = []
        fields, outcome = dict(read.fields), Outcome.CREATE
        if person:
            outcome = Outcome.KNOWN
            fields = self._of_person(read, person, notes)
        else:
            fields |= {"name": read.name.text, "name_language": self.visit.guest_language}
            close = next(
                (self.near_people[near] for near in near_keys(read.name.key) if near in self.near_people),
                None,
            )
            if close:
                notes.append(_("Similar to a known person: %(name)s") % {"name": close.full_name})
            if not read.name.text.isascii() and not _is_latin(read.name.text):
                fields["own_name"] = read.name.text
                notes.append(_("The name is not in Latin letters: add them as on the passport"))
        if similar or (is_text and not read.name.looks_right):
            outcome = Outcome.ASK
            notes.insert(0, similar or _("This does not look like a name. Tick it if it is."))
        if fields["kind"] == MemberKind.HEAD and outcome != Outcome.ASK:
            self.has_head = True
        elif fields["kind"] == MemberKind.HEAD:
            fields["kind"] = str(MemberKind.MEMBER)
        if read.companion and not self._is_there(read.companion):
            notes.append(_("Whom this guest accompanies is not in the list above nor in the delegation"))
        if (mail := read.values.get("email", "").casefold()) and self.emails.setdefault(
            mail, read.number
        ) != read.number:
            notes.append(_("The same e-mail as in row %(number)d") % {"number": self.emails[mail]})
        deed = {
            "fields": fields,
            "values": read.values,
            "companion": read.companion,
            "person": person.pk if person else None,
        }
        return PlanRow(
            read.number,
            outcome,
            fields["name"],
            line=self._line(fields, read),
            deed=deed,
            notes=[*notes, *read.notes],
        )

    def _of_person(self, read: _Read, person: Person, notes: list[str]) -> dict[str, Any]:
        """A known person's own data, the post held on the visit's days; the list completes it."""
        known = known_fields(person, on=self.visit.starts_on)
        known.pop("person")
        if read.name.text.casefold() not in (person.full_name.casefold(), person.own_name.casefold()):
            notes.append(_("Written otherwise in the list: %(name)s") % {"name": read.name.text})
        if not known["post_lt"]:
            ended = [
                post for post in person.posts.all() if post.ends_on and post.ends_on < self.visit.starts_on
            ]
            if ended:
                last = max(ended, key=lambda post: post.ends_on or datetime.date.min)
                notes.append(
                    _("Known as: %(post)s, held until %(day)s")
                    % {"post": last.title_lt, "day": day_words(last.ends_on) if last.ends_on else ""}
                )
        elif (
            (theirs := read.fields.get("post_local"))
            and known["post_local"]
            and not _is_same(theirs, known["post_local"])
        ):
            notes.append(_("Known as: %(post)s; the list's words are kept") % {"post": known["post_local"]})
        given = {name: value for name, value in read.fields.items() if value}
        if known["post_lt"]:
            given.pop("post_lt", None)
        return {
            **known,
            **given,
            "name": known["name"],
            "own_name": known["own_name"] or given.get("own_name", ""),
        }

    def _is_there(self, key: str) -> bool:
        return key in self.listed or key in self.member_by_name

    def _line(self, fields: dict[str, Any], read: _Read) -> str:
        """What will be written, in a line: post, place in the delegation, languages, what is kept apart."""
        parts = [fields.get("post_lt", ""), fields.get("post_local", "")]
        if fields["kind"] != MemberKind.MEMBER:
            parts.append(str(MemberKind(fields["kind"]).label))
        parts += [str(Language(code).label) for code in fields.get("languages", [])]
        parts += [f"{self._label(name).lower()}: {text}" for name, text in read.values.items()]
        return ", ".join(part for part in parts if part)


def _near(rows: dict[str, Any]) -> dict[str, Any]:
    return {near: row for key, row in rows.items() for near in near_keys(key)}


def _is_same(one: Any, other: Any) -> bool:
    """Whether two writings of a value mean the same: capitals and spaces do not count, nor the order of languages."""
    if isinstance(one, list):
        return set(one) <= set(other)
    return " ".join(str(one).split()).casefold() == " ".join(str(other).split()).casefold()


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(one, "") for one in text if one.isalpha())
