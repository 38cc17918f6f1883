"""Languages nobody interprets, and texts nobody has translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from delegations.board import Board
from delegations.choices import Progress
from delegations.models import ProgrammeItem
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.spare import all_of_kind, busy_at
from delegations.warnings.words import (
    said,
)
from partners.choices import Language
from resources.choices import ResourceKind


def interpreters_without_the_language(board: Board) -> Iterator[Warning]:
    """An interpreter who speaks no language of the guests of the item."""
    served = [
        (item, row.resource)
        for item in board.items
        if item.progress != Progress.CANCELLED
        for row in item.resources.all()
        if row.resource.kind == ResourceKind.INTERPRETER
    ]
    if not served:
        return
    people = {row.pk: row for row in all_of_kind(board, ResourceKind.INTERPRETER)}
    for item, resource in served:
        wanted = _languages_of(board, item)
        person = people.get(resource.pk)
        if person is None or not wanted or wanted & set(person.foreign_languages):
            continue
        fixes = [
            Fix(
                _("Take %(name)s") % {"name": free.name},
                "swap",
                {"item": item.pk, "old": resource.pk, "new": free.pk},
            )
            for free in people.values()
            if wanted & set(free.foreign_languages)
            and (item.period is None or free.pk not in busy_at(board, item))
        ]
        yield Warning(
            key=f"language:{item.pk}:{resource.pk}",
            fact=",".join(sorted(wanted))[:120],
            title=_("The interpreter does not speak the guests' language"),
            text=_("%(item)s: the guests speak %(wanted)s; %(name)s interprets %(spoken)s.")
            % {
                "item": said(item),
                "wanted": _language_words(wanted),
                "name": resource.name,
                "spoken": _language_words(person.foreign_languages) or "–",
            },
            items=(item.pk,),
            fixes=(*fixes[:1], Fix(_("Choose another interpreter"), anchor=item.pk)),
        )


def _languages_of(board: Board, item: ProgrammeItem) -> set[str]:
    """What the guests of the item speak, else what the visit does."""
    taking = board.who(item)
    spoken = {code for member in board.members if member.pk in taking for code in member.languages}
    return {code for code in spoken or set(board.visit.languages) if code != "lt"}


def _language_words(codes: Iterable[str]) -> str:
    return ", ".join(str(Language(code).label) for code in sorted(codes) if code in Language.values)


def missing_translations(board: Board) -> Iterator[Warning]:
    """Items without a title in a language of the guests: one warning a language."""
    for code in board.visit.text_languages[1:]:
        rows = [
            item
            for item in board.items
            if code not in item.texts_by_language and not board.is_shared(item)  # written in the festival
        ]
        if rows:
            label = Language(code).label if code in Language.values else code
            yield Warning(
                key=f"text:{code}",
                fact=",".join(str(item.pk) for item in rows)[:120],
                title=_("A translation is missing"),
                text=_("%(language)s: %(first)s and %(count)d more.")
                % {"language": label, "first": rows[0].title, "count": len(rows) - 1}
                if len(rows) > 1
                else _("%(language)s: %(first)s.") % {"language": label, "first": rows[0].title},
                items=tuple(item.pk for item in rows),
                fixes=(Fix(_("Write it: %(title)s") % {"title": rows[0].title}, anchor=rows[0].pk),),
            )
