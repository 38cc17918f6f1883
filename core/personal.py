"""Personal data with an end date: contact and special values, encrypted with keys kept apart (design 4.8).

A key belongs to one holder and purpose (`core.keys`). Deleting the key erases the values for good.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction

from core import keys
from core.actor import Actor
from core.choices import DataClass
from core.models import AccessRecord, PersonalValue, acted_by

if TYPE_CHECKING:
    from core.registry import PersonalHolding


def set_value(
    holder: models.Model,
    field: str,
    value: str,
    *,
    purpose: str,
    data_class: DataClass,
    erase_on: datetime.date | None = None,
) -> None:
    """Keep one value of the holder for a purpose; an empty one is taken away. Nothing is logged of its content."""
    rows = PersonalValue.objects.filter(**_of(holder), purpose=purpose, field=field)
    if not value:
        rows.delete()
        return
    row = rows.first()
    key_name = _key_name(holder, purpose)
    PersonalValue.objects.update_or_create(
        **_of(holder),
        purpose=purpose,
        field=field,
        defaults={
            "data_class": data_class,
            "key_name": key_name,
            "ciphertext": Fernet(keys.read_or_new(key_name)).encrypt(value.encode()),
            "digest": lookup_digest(field, value),
            "erase_on": erase_on or (row.erase_on if row else None),
        },
    )


def set_values_of_new(
    values: Mapping[Any, Mapping[str, str]],
    *,
    purpose: str,
    class_of: Callable[[str], DataClass],
    erase_on: datetime.date | None,
) -> None:
    """Keep the values of many holders of whom nothing is kept yet: one statement for all, a key for each."""
    rows = []
    for holder, found in values.items():
        key_name = secrets.token_hex(20)
        cipher = Fernet(keys.read_or_new(key_name))
        rows += [
            PersonalValue(
                **_of(holder),
                purpose=purpose,
                field=field,
                data_class=class_of(field),
                key_name=key_name,
                ciphertext=cipher.encrypt(value.encode()),
                digest=lookup_digest(field, value),
                erase_on=erase_on,
            )
            for field, value in found.items()
        ]
    PersonalValue.objects.bulk_create(rows)


def get_values(
    holders: Iterable[models.Model],
    *,
    purpose: str,
    by: Actor,
    fields: Iterable[str] = (),
    matter: models.Model | None = None,
) -> dict[int, dict[str, str]]:
    """Values of the holders by primary key, then field. Reading is written to the access log, one row a holder."""
    holders = list(holders)
    if not holders:
        return {}
    rows = PersonalValue.objects.filter(
        holder_type=holders[0]._meta.label_lower,
        holder_pk__in=[holder.pk for holder in holders],
        purpose=purpose,
    )
    if wanted := list(fields):
        rows = rows.filter(field__in=wanted)
    values: dict[int, dict[str, str]] = {}
    for row in rows:
        if (key := keys.read(row.key_name)) is None:
            continue
        try:
            text = Fernet(key).decrypt(bytes(row.ciphertext)).decode()
        except InvalidToken:
            continue
        values.setdefault(row.holder_pk, {})[row.field] = text
    AccessRecord.objects.bulk_create(
        AccessRecord(
            subject_type=holders[0]._meta.label_lower,
            subject_pk=pk,
            fields=sorted(found),
            purpose=purpose,
            matter_pk=matter.pk if matter else None,
            **acted_by(by),
        )
        for pk, found in values.items()
    )
    return values


def tally(
    groups: Mapping[Hashable, Iterable[models.Model]],
    *,
    purpose: str,
    field: str,
    by: Actor,
    matter: models.Model,
) -> dict[Any, dict[str, int]]:
    """How many of each group have which value: {group: {"vegetarian": 2}}; never who.

    Equal values are decrypted once, found by their digest. The reading is one row of the access log, of the matter.
    """
    lists = {name: list(holders) for name, holders in groups.items()}
    kinds = {holder._meta.label_lower for holders in lists.values() for holder in holders}
    if not kinds:
        return {name: {} for name in lists}
    members = {name: [holder.pk for holder in holders] for name, holders in lists.items()}
    rows = PersonalValue.objects.filter(
        holder_type=kinds.pop(),
        holder_pk__in={pk for pks in members.values() for pk in pks},
        purpose=purpose,
        field=field,
    )
    words: dict[str, str] = {}
    digests: dict[int, str] = {}
    for row in rows:
        if row.digest not in words and (key := keys.read(row.key_name)):
            words[row.digest] = Fernet(key).decrypt(bytes(row.ciphertext)).decode()
        digests[row.holder_pk] = row.digest
    if digests:
        AccessRecord.objects.create(
            subject_type=matter._meta.label_lower,
            subject_pk=matter.pk,
            fields=[field],
            purpose=purpose,
            matter_pk=matter.pk,
            **acted_by(by),
        )
    counted = {name: Counter(digests[pk] for pk in pks if pk in digests) for name, pks in members.items()}
    return {
        name: {words[digest]: count for digest, count in found.most_common() if digest in words}
        for name, found in counted.items()
    }


def references(holders: Iterable[models.Model], *, purpose: str) -> dict[int, dict[str, str]]:
    """What a snapshot may keep of the values: a salted digest whose salt dies with the key. Nothing is decrypted."""
    holders = list(holders)
    if not holders:
        return {}
    rows = PersonalValue.objects.filter(
        holder_type=holders[0]._meta.label_lower,
        holder_pk__in=[holder.pk for holder in holders],
        purpose=purpose,
    )
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        if key := keys.read(row.key_name):
            digest = hmac.new(key, row.digest.encode(), hashlib.sha256).hexdigest()
            found.setdefault(row.holder_pk, {})[row.field] = f"{row.data_class}:{digest[:32]}"
    return found


def find_holders(model: type[models.Model], field: str, value: str) -> list[int]:
    """Primary keys of holders with this very value: doubles are found without decrypting."""
    return list(
        PersonalValue.objects.filter(
            holder_type=model._meta.label_lower, field=field, digest=lookup_digest(field, value)
        ).values_list("holder_pk", flat=True)
    )


def set_end(holder: models.Model, *, purpose: str, erase_on: datetime.date) -> None:
    """Move the day the holder's values for a purpose are erased."""
    PersonalValue.objects.filter(**_of(holder), purpose=purpose).update(erase_on=erase_on)


@transaction.atomic
def erase(holder: models.Model, *, purpose: str) -> int:
    """Erase for good: the key first, then the rows; returns how many values went."""
    key_name = _key_name(holder, purpose)
    count, _rows = PersonalValue.objects.filter(**_of(holder), purpose=purpose).delete()
    transaction.on_commit(lambda: keys.forget(key_name))
    return count


@transaction.atomic
def erase_due(today: datetime.date) -> int:
    """Erase every value whose day has come; returns how many went."""
    due = PersonalValue.objects.select_for_update().filter(erase_on__lte=today)
    key_names = set(due.values_list("key_name", flat=True))
    count, _rows = due.delete()
    kept = set(PersonalValue.objects.filter(key_name__in=key_names).values_list("key_name", flat=True))
    for key_name in key_names - kept:
        transaction.on_commit(lambda name=key_name: keys.forget(name))
    return count


def lookup_digest(field: str, value: str) -> str:
    """A digest keyed with a secret that never enters the database; equal values have equal digests."""
    plain = f"{field}:{' '.join(value.split()).casefold()}"
    return hmac.new(keys.read_or_new("lookup"), plain.encode(), hashlib.sha256).hexdigest()


def held(holding: PersonalHolding) -> models.QuerySet:
    """Holders of which something is kept, as rows of one shape for the pages of data protection; nothing is decrypted.

    `held_until` is the last day of its values; None when one of them has no end.
    """
    rows = holding.holders()
    if "held_until" not in rows.query.annotations:
        values = PersonalValue.objects.filter(
            holder_type=holding.holder_type, purpose=holding.code, holder_pk=models.OuterRef("pk")
        ).order_by()
        last = values.order_by(models.F("erase_on").desc(nulls_first=True)).values("erase_on")[:1]
        rows = rows.filter(models.Exists(values)).annotate(
            held_fields=ArraySubquery(values.order_by("field").values("field")),
            held_until=models.Subquery(last),
        )
    if "held_in" not in rows.query.annotations:
        rows = rows.annotate(
            held_in=models.Value(""), held_matter=models.Value(None, models.BigIntegerField())
        )
    return rows


def _of(holder: models.Model) -> dict[str, Any]:
    return {"holder_type": holder._meta.label_lower, "holder_pk": holder.pk}


def _key_name(holder: models.Model, purpose: str) -> str:
    known = (
        PersonalValue.objects.filter(**_of(holder), purpose=purpose)
        .values_list("key_name", flat=True)
        .first()
    )
    return known or secrets.token_hex(20)
