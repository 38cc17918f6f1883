"""All the rules, run over a board."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from delegations.board import Board
from delegations.models import Festival
from delegations.warnings.collisions import people_elsewhere, people_in_two_places, resources_in_two_places
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.journeys import (
    car_too_small,
    guests_not_there,
    guests_without_journey,
    nobody_meets,
    transfer_out_of_time,
)
from delegations.warnings.languages import interpreters_without_the_language, missing_translations
from delegations.warnings.needs import nights_without_bed, too_long_without_meal
from delegations.warnings.people import no_head, nobody_hosts
from delegations.warnings.ways import too_little_time, transfers_too_short

RULES = (
    no_head,
    people_in_two_places,
    people_elsewhere,
    resources_in_two_places,
    interpreters_without_the_language,
    too_little_time,
    transfers_too_short,
    too_long_without_meal,
    nights_without_bed,
    missing_translations,
    nobody_hosts,
    guests_without_journey,
    nobody_meets,
    car_too_small,
    transfer_out_of_time,
    guests_not_there,
)


# Of what several delegations share; heads, meals and beds are each delegation's own.
SHARED_RULES = (
    people_in_two_places,
    resources_in_two_places,
    too_little_time,
    transfers_too_short,
    missing_translations,
    nobody_hosts,
)


def find(board: Board) -> tuple[list[Warning], list[Warning]]:
    """Warnings to decide, numbered in the order of the programme, and those left standing with their reasons.

    What is wrong with shared items alone is said once, in their festival, not in each of its delegations.
    """
    order = {item.pk: place for place, item in enumerate(board.items)}
    rules = SHARED_RULES if isinstance(board.visit, Festival) else RULES
    shared = {item.pk for item in board.items if board.is_shared(item)}
    found = [
        _repaired_at_home(warning, shared)
        for rule in rules
        for warning in rule(board)
        if not (rule in SHARED_RULES and warning.items and shared.issuperset(warning.items))
    ]
    found.sort(key=lambda one: min((order.get(pk, 9999) for pk in one.items), default=-1))
    openly: list[Warning] = []
    explained: list[Warning] = []
    for warning in found:
        note = board.notes.get(warning.key)
        if note and note.fact == warning.fact[:120]:
            explained.append(replace(warning, reason=note.reason, note=note))
        else:
            openly.append(replace(warning, number=len(openly) + 1))
    return openly, explained


def _repaired_at_home(warning: Warning, shared: set[int]) -> Warning:
    """A shared item is not changed from one delegation's programme: its way out leads to the festival's form."""
    if not shared & {fix.data.get("item") or fix.anchor for fix in warning.fixes}:
        return warning
    fixes = [fix for fix in warning.fixes if fix.data.get("item") not in shared and fix.anchor not in shared]
    own = [pk for pk in warning.items if pk not in shared]
    if not fixes and own:
        fixes = [Fix(_("Change the item"), anchor=own[-1])]
    if not fixes:
        fixes = [Fix(_("Look at the shared item"), anchor=next(pk for pk in warning.items if pk in shared))]
    return replace(warning, fixes=tuple(fixes))
