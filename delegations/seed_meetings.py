"""Hosts asked to receive the demonstration guests, each at another point; links to guests' own pages. All invented."""

from __future__ import annotations

import datetime

from core.actor import Actor
from core.choices import Channel
from delegations import services
from delegations.choices import ItemKind, MeetingAnswer
from delegations.models import MeetingRequest, ProgrammeItem, Visit
from delegations.services.guest_links import send_guest_links

HOSTS = (
    (
        "Daiva Kudirkienė",
        "Švietimo, kultūros ir sporto komitetas",
        "komitetas@alytus.example",
        "Svečiai norėtų kalbėtis apie muzikos mokyklų mainus. Kalbėsime per vertėją.",
    ),
    (
        "Rimantas Sakalauskas",
        "UAB „Dainavos mechanika“ direktorius",
        "direktorius@mechanika.example",
        "Delegacijoje bus du Opolės įmonių atstovai: jiems svarbu pamatyti gamybą.",
    ),
    (
        "Vilija Balčiūnaitė",
        "Alytaus muzikos mokyklos direktorė",
        "muzikos.mokykla@alytus.example",
        "Svečiams parūpo mokinių mainai; kalbėsime per vertėją.",
    ),
)


def run(visit: Visit, *, by: Actor) -> None:
    """One host will receive, one proposes another time, one has not answered yet."""
    kinds = (ItemKind.MEETING, ItemKind.CULTURE, ItemKind.CEREMONY)
    items = [
        item
        for item in visit.items.alive().in_order().filter(kind__in=kinds, starts__isnull=False)
        if not item.is_fixed
    ]
    asked = [
        services.ask_host(item, by=by, name=name, post=post, email=email, message=message)
        for item, (name, post, email, message) in zip(items, HOSTS, strict=False)
    ]
    for request, answer in zip(asked, (_confirm, _propose), strict=False):
        answer(request)


def give_links(visit: Visit, *, by: Actor) -> None:
    """Guests who are in town have their own pages."""
    send_guest_links(visit, by=by)


def _confirm(request: MeetingRequest) -> None:
    services.answer_request(
        request,
        by=_holder(request),
        answer=MeetingAnswer.CONFIRMED,
        note="Lauksime komiteto posėdžių kambaryje, bus arbatos ir kavos.",
    )


def _propose(request: MeetingRequest) -> None:
    item: ProgrammeItem = request.item
    assert item.starts is not None  # only items with an hour are asked about here
    later = min(item.starts.hour + 2, 20)
    services.answer_request(
        request,
        by=_holder(request),
        answer=MeetingAnswer.PROPOSED,
        note="Iki tol perduodama pamaina; vėliau galėtume parodyti visą cechą.",
        on=item.on,
        starts=datetime.time(later, 0),
        ends=datetime.time(later + 1, 0),
    )


def _holder(request: MeetingRequest) -> Actor:
    return Actor(name=request.name, channel=Channel.LINK)
