"""Guests of the demonstration in full: who accompanies whom, whose document a guarded place asks for."""

from __future__ import annotations

from delegations import services
from delegations.models import Visit


def companion(visit: Visit, name: str, principal: str) -> None:
    """The mayor's adviser goes where the mayor goes."""
    by = visit.responsible.actor
    member = visit.members.get(name=name)
    services.change_member(member, revision=None, by=by, companion_of=visit.members.get(name=principal))


def documents(visit: Visit) -> None:
    """A guarded factory lets nobody in without a document: asked for of this visit alone."""
    by = visit.responsible.actor
    services.change_visit(visit, revision=None, by=by, identity_for="įėjimui į saugomą gamyklos teritoriją")
    for place, member in enumerate(visit.members.all(), start=1):
        services.change_member(
            member,
            revision=None,
            by=by,
            values={"identity": f"asmens tapatybės kortelė XYZ 00000{place}, Lenkija"},
        )
