"""Small related rows in the query of the row they belong to: no query more, however many relations a page shows."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable


class _OwnRows(models.QuerySet):
    """The rows of one owner, read already; whoever narrows them further asks the database as usual."""

    owner: Any = None
    by = ""

    def _chain(self) -> Any:
        return self.model._default_manager.filter(**{self.by: self.owner})


class RowsBesideQuerySet(models.QuerySet):
    """`with_rows("texts")` is what `prefetch_related("texts")` is, without its query.

    For rows of a few whole numbers and words that point here by a foreign key: they come as JSON, so dates and
    sums do not come this way; a field that is left out is read when it is asked for.
    """

    _beside: tuple[str, ...] = ()

    def with_rows(self, *names: str) -> Any:
        found = self.annotate(**{f"_{name}_beside": _as_json(self.model, name) for name in names})
        found._beside = (*self._beside, *names)
        return found

    def _clone(self) -> Any:
        clone = super()._clone()  # type: ignore[misc]
        clone._beside = self._beside
        return clone

    def _fetch_all(self) -> None:
        is_fresh = self._result_cache is None  # type: ignore[has-type]
        super()._fetch_all()  # type: ignore[misc]
        if is_fresh and self._beside and issubclass(self._iterable_class, ModelIterable):  # type: ignore[attr-defined]
            for name in self._beside:
                _hand_over(self.model, name, self._result_cache, self.db)


@cache
def _relation(model: type[models.Model], name: str) -> Any:
    """The relation by which the rows point at the model."""
    return model._meta.get_field(name)


@cache
def _fields(relation: Any) -> list[str]:
    kinds = (
        models.AutoField,
        models.BooleanField,
        models.CharField,
        models.ForeignKey,
        models.IntegerField,
        models.TextField,
    )
    return [
        field.attname for field in relation.related_model._meta.concrete_fields if isinstance(field, kinds)
    ]


def _as_json(model: type[models.Model], name: str) -> ArraySubquery:
    relation = _relation(model, name)
    rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
    order = relation.related_model._meta.ordering or ["pk"]
    return ArraySubquery(
        rows.order_by(*order).values(row=JSONObject(**{field: field for field in _fields(relation)}))
    )


def _hand_over(model: type[models.Model], name: str, owners: Any, db: str) -> None:
    relation = _relation(model, name)
    child, back, fields = relation.related_model, relation.field, _fields(relation)
    for owner in owners:
        rows: Any = _OwnRows(child, using=db)
        rows.owner, rows.by, rows._result_cache = owner, back.name, []
        for row in owner.__dict__.pop(f"_{name}_beside"):
            one = child.from_db(db, fields, [row[field] for field in fields])
            one._state.fields_cache[back.name] = owner
            rows._result_cache.append(one)
        if not hasattr(owner, "_prefetched_objects_cache"):
            owner._prefetched_objects_cache = {}
        owner._prefetched_objects_cache[name] = rows
