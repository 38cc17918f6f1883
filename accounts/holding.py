"""What the portal keeps of the municipality's own people, and how it ends (design 4.8)."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Case, DateField, DurationField, ExpressionWrapper, F, Q, TextField, Value, When
from django.db.models.functions import Concat, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.registry import PersonalHolding

KEPT_AFTER_CLOSING = datetime.timedelta(days=365)


def _holders() -> Any:
    from accounts.models import User  # noqa: PLC0415 -- app ready

    ends = ExpressionWrapper(
        F("closed_at") + Value(KEPT_AFTER_CLOSING, output_field=DurationField()),
        output_field=User._meta.get_field("closed_at"),
    )
    return User.objects.exclude(email="", phone="").annotate(
        held_name=Concat("first_name", Value(" "), "last_name"),
        held_fields=Case(
            When(email="", then=Value(["phone"])),
            When(phone="", then=Value(["email"])),
            default=Value(["email", "phone"]),
            output_field=ArrayField(TextField()),
        ),
        held_until=TruncDate(ends, output_field=DateField()),
    )


def _export(pk: int, by: Actor) -> dict[Any, Any]:
    """All that is kept of the person, for the person."""
    from accounts.choices import Role  # noqa: PLC0415 -- app ready
    from accounts.models import User  # noqa: PLC0415 -- app ready
    from core.models import AccessRecord, acted_by  # noqa: PLC0415 -- app ready

    person = User.objects.select_related("unit").get(pk=pk)
    AccessRecord.objects.create(
        subject_type="accounts.user",
        subject_pk=pk,
        fields=["email", "phone"],
        purpose=PEOPLE.code,
        **acted_by(by),
    )
    return {
        _("Name and surname"): person.full_name,
        _("Post"): person.post,
        str(UNIT): str(person.unit or ""),
        _("User name"): person.username,
        _("E-mail"): person.email,
        _("Telephone"): person.phone,
        _("Languages"): person.languages,
        _("Roles"): [str(Role(name).label) for name in sorted(person.roles) if name in Role.values],
        _("Deputies"): [
            f"{row.deputy.full_name}, {row.starts_on} – {row.ends_on}"
            for row in person.deputyships.select_related("deputy")
        ],
        _("Account opened"): f"{person.created_at:%Y-%m-%d}",
        _("Account closed"): f"{person.closed_at:%Y-%m-%d}" if person.closed_at else "",
        _("Last log-in"): f"{person.last_login:%Y-%m-%d %H:%M}" if person.last_login else "",
    }


@transaction.atomic
def _forget(pk: int, by: Actor) -> int:
    """Contacts of a closed account; the name and post stand on record in what the person did."""
    from accounts.models import User  # noqa: PLC0415 -- app ready

    person = User.objects.select_for_update().get(pk=pk)
    if person.closed_at is None:
        raise DomainError(_("The account is open: close it first."))
    count = bool(person.email) + bool(person.phone)
    person.email, person.phone, person.languages = "", "", []
    person.save(update_fields=["email", "phone", "languages"])
    audit.record("person.contacts_erased", person, by=by, count=count)
    return count


def _erase(today: datetime.date) -> int:
    """A year after the account was closed nobody needs to call."""
    from accounts.models import User  # noqa: PLC0415 -- app ready

    due = User.objects.filter(closed_at__date__lte=today - KEPT_AFTER_CLOSING).filter(
        ~Q(email="") | ~Q(phone="")
    )
    return sum(_forget(person.pk, Actor.system()) for person in due)


UNIT = pgettext_lazy("of the municipality", "Unit")
PEOPLE = PersonalHolding(
    code="accounts.people",
    label=gettext_lazy("Contacts of the municipality's people"),
    holder_type="accounts.user",
    purpose=gettext_lazy("To work together: accounts, letters, the directory."),
    kept=gettext_lazy("While the account is open and a year after it is closed."),
    fields={"email": gettext_lazy("e-mail"), "phone": gettext_lazy("telephone")},
    holders=_holders,
    export=_export,
    forget=_forget,
    erase=_erase,
    endless=gettext_lazy("while the account is open"),
    url_name="accounts:person",
    order=50,
)
