"""Data protection: what is kept about whom, why, until when; who read it; the export for the person; erasing."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from accounts import services
from core import personal
from core.errors import DomainError
from core.lists import Choice, Column, Day, Filter, FilteredList, Rows, Tick, Words
from core.models import AccessRecord
from core.registry import (
    LoggedReading,
    PersonalHolding,
    register_logged_reading,
    register_personal_holding,
)
from core.views import StaffView

READERS_SHOWN = 10


def holding_of(code: str) -> PersonalHolding:
    found = register_personal_holding.get(code)
    if found is None:
        raise Http404
    return found


def logged() -> list[PersonalHolding | LoggedReading]:
    """All that the access log tells of."""
    return [*register_personal_holding, *register_logged_reading]


def of_type(holder_type: str) -> PersonalHolding | LoggedReading | None:
    return next((one for one in logged() if one.holder_type == holder_type), None)


def words_of(holding: PersonalHolding | LoggedReading | None, codes: list[str]) -> str:
    """Fields in words; of a reading that was about a whole matter, as whichever holding names them."""
    entries = [holding] if holding else list(register_personal_holding)
    known = {code: word for entry in entries for code, word in entry.fields.items()}
    return ", ".join(str(known.get(code, code)) for code in codes)


class ProtectionView(StaffView, TemplateView):
    """The record of what is processed: each kind of data with its purpose, its end and how many people it is about."""

    template_name = "accounts/protection.html"
    permission_required = "core.view_personalvalue"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = []
        for holding in register_personal_holding:
            late, endless = Q(held_until__lt=today), Q(held_until=None)
            figures = personal.held(holding).aggregate(
                count=Count("pk"),
                endless=Count("pk", filter=endless),
                late=Count("pk", filter=late),
                next=Min("held_until", filter=~late),
            )
            fields = ", ".join(map(str, holding.fields.values()))
            rows.append({"holding": holding, "fields": fields, **figures})
        return super().get_context_data(rows=rows, today=today, here="protection", **kwargs)


class HeldListView(StaffView, FilteredList):
    """Whose data is kept, of which kind and until when; never a value. One may be looked up by mail or telephone."""

    template_name = "accounts/held_list.html"
    permission_required = "core.view_personalvalue"
    list_code = "accounts.held"
    title = gettext_lazy("Whose data is kept")
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            ("held_name", "held_in"),
            placeholder=gettext_lazy("name or matter's number"),
        ),
        Choice(
            "holding",
            gettext_lazy("Data"),
            lambda request: [(one.code, one.label) for one in register_personal_holding],
        ),
        Day("until", gettext_lazy("Ends by"), "held_until__lte"),
        Tick("endless", gettext_lazy("Without an end")),
    )
    columns = (
        Column("held_name", gettext_lazy("Person"), sort="of_sort", value=lambda row: row["of_name"]),
        Column("held_code", gettext_lazy("Data"), value=lambda row: holding_of(row["of_code"]).label),
        Column(
            "held_fields",
            gettext_lazy("What"),
            value=lambda row: words_of(holding_of(row["of_code"]), row["of_kinds"]),
        ),
        Column("held_in", gettext_lazy("Matter"), value=lambda row: row["of_number"] or ""),
        Column("held_until", gettext_lazy("Until"), sort="of_until", value=lambda row: row["of_until"]),
    )
    views = (("", gettext_lazy("All")), ("endless=1", gettext_lazy("Without an end")))
    default_sort = "of_until"
    tie_break = "of_key"
    looked_up = ""

    def get_rows(self) -> QuerySet:
        raise NotImplementedError  # each holding has rows of its own, joined in `filtered`

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look up by an address or telephone: sent in the body, so that it stands in no log."""
        self.looked_up = request.POST.get("value", "").replace("\x00", "").strip()[:200]
        if not self.looked_up:
            return redirect("accounts:held_list")
        return self.get(request, *args, **kwargs)

    def filtered(self) -> QuerySet:
        wanted = {one.name: value for one, value in self._wanted() if not one.error(value, self.request)}
        parts = []
        for holding in register_personal_holding:
            rows = personal.held(holding)
            if wanted.get("holding", holding.code) != holding.code:
                rows = rows.none()
            if "endless" in wanted:
                rows = rows.none() if holding.endless else rows.filter(held_until=None)
            for one in self.filters:
                if one.name in wanted and one.name in ("q", "until"):
                    rows = one.apply(rows, wanted[one.name], self.request)
            if self.looked_up:
                rows = rows.filter(pk__in=_holders_of(holding, self.looked_up))
            parts.append(_uniform(holding, rows))
        return parts[0].union(*parts[1:], all=True)

    def counted(self, count: int) -> str:
        return ngettext("{n} person", "{n} people", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        for row in context["rows"]:
            holding = holding_of(row["of_code"])
            row.update(holding=holding, fields=words_of(holding, row["of_kinds"]))
        return super().get_context_data(
            today=timezone.localdate(), here="held_list", looked_up=bool(self.looked_up), **context
        )


def _uniform(holding: PersonalHolding, rows: QuerySet) -> QuerySet:
    """The same columns of the same types in the same order, so that holdings join into one list."""
    return rows.order_by().values(
        of_code=Value(holding.code, TextField()),
        of_key=Cast("pk", BigIntegerField()),
        of_name=Cast("held_name", TextField()),
        of_sort=Func(Cast("held_name", TextField()), function="lt_sort_key", output_field=TextField()),
        of_kinds=Cast("held_fields", ArrayField(TextField())),
        of_until=F("held_until"),
        of_number=Cast("held_in", TextField()),
    )


def _holders_of(holding: PersonalHolding, value: str) -> list[int]:
    """Keys of those with this very address or telephone; values are compared by their digests."""
    model = holding.holders().model
    found = {pk for field in holding.fields for pk in personal.find_holders(model, field, value)}
    if model is get_user_model():
        found |= set(
            model.objects.filter(Q(email__iexact=value) | Q(phone=value)).values_list("pk", flat=True)
        )
    return sorted(found)


class HeldView(StaffView, TemplateView):
    """One person in one holding: which kinds of data, until when, and who read them."""

    template_name = "accounts/held.html"
    permission_required = "core.view_personalvalue"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holding = holding_of(self.kwargs["code"])
        row = holding.holders().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        held = personal.held(holding).filter(pk=row.pk).values("held_fields", "held_until").first()
        may_open = holding.url_name and (not holding.permission or self.staff.has_perm(holding.permission))
        readers = AccessRecord.objects.filter(subject_type=holding.holder_type, subject_pk=row.pk).order_by(
            "-pk"
        )
        return super().get_context_data(
            holding=holding,
            row=row,
            number=getattr(row, "held_in", ""),
            kinds=[holding.fields.get(code, code) for code in held["held_fields"]] if held else [],
            until=held["held_until"] if held else None,
            today=timezone.localdate(),
            url=reverse(holding.url_name, args=[row.pk]) if may_open else "",
            readers=[
                {"record": one, "fields": words_of(holding, one.fields)} for one in readers[:READERS_SHOWN]
            ]
            if self.staff.has_perm("core.view_accessrecord")
            else None,
            may_export=bool(held and holding.export),
            is_erased_by_itself=holding.forget is None,
            may_erase=bool(held and holding.forget and self.staff.has_perm("core.delete_personalvalue")),
            **kwargs,
        )


class HeldExportView(HeldView):
    """Everything kept of the person, to read, print or take away; it reads values, so it is a press and is logged."""

    template_name = "accounts/held_export.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        holding = holding_of(self.kwargs["code"])
        row = holding.holders().filter(pk=self.kwargs["pk"]).first()
        if row is None or holding.export is None:
            raise Http404
        values = services.export_personal(holding, row, by=self.actor)
        if request.POST.get("file"):
            body = json.dumps(values, ensure_ascii=False, indent=2)
            response = HttpResponse(body, content_type="application/json; charset=utf-8")
            response["Content-Disposition"] = content_disposition_header(
                True, f"{holding.code}-{row.pk}.json"
            )
        else:
            lines = [(label, _lines(value)) for label, value in values.items()]
            context = {"holding": holding, "row": row, "values": lines, "moment": timezone.localtime()}
            response = render(request, self.template_name, context)
        response["Cache-Control"] = "private, no-store"
        return response


def _lines(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one]


class HeldEraseView(HeldView):
    """Erase for good, with a reason; without one the page says so and nothing happens."""

    permission_required = "core.delete_personalvalue"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        holding = holding_of(self.kwargs["code"])
        row = holding.holders().filter(pk=self.kwargs["pk"]).first()
        if row is None or holding.forget is None:
            raise Http404
        reason = request.POST.get("reason", "")
        try:
            count = services.erase_personal(holding, row, reason=reason, by=self.actor)
        except DomainError as error:
            context = self.get_context_data(reason=reason, error=str(error))
            return self.render_to_response(context, status=422)
        messages.success(request, _("Erased for good: %(count)d.") % {"count": count})
        return redirect("accounts:held", holding.code, row.pk)


class AccessLogView(StaffView, FilteredList):
    """Who read whose personal data, which of it and for what."""

    template_name = "accounts/access_log.html"
    permission_required = "core.view_accessrecord"
    list_code = "accounts.access_log"
    title = gettext_lazy("Who read personal data")
    columns = (
        Column("at", gettext_lazy("Time"), sort="at"),
        Column("actor_label", gettext_lazy("Who read"), sort="actor_name"),
        Column("subject_name", gettext_lazy("Whose")),
        Column(
            "fields", gettext_lazy("What"), value=lambda row: words_of(of_type(row.subject_type), row.fields)
        ),
        Column(
            "purpose",
            gettext_lazy("For what"),
            value=lambda row: holding.label if (holding := of_type(row.subject_type)) else row.purpose,
        ),
        Column(
            "channel", pgettext_lazy("of acting", "How"), value=lambda row: row.get_actor_channel_display()
        ),
        Column("subject_pk", gettext_lazy("Key"), on_page=False),
    )
    views = (("", gettext_lazy("All")),)
    default_sort = "-at"

    def get_filters(self) -> tuple[Filter, ...]:
        return (
            Rows(
                "who",
                gettext_lazy("Who read"),
                lambda request: get_user_model().objects.filter(
                    pk__in=AccessRecord.objects.values("actor_user").distinct()
                ),
                field="actor_user",
            ),
            Choice(
                "holding",
                gettext_lazy("Data"),
                lambda request: [(one.holder_type, one.label) for one in logged()],
                field="subject_type",
            ),
            Words(
                "whose",
                gettext_lazy("Whose"),
                search=_of_name,
                placeholder=pgettext_lazy("of a person", "name"),
            ),
            Choice(
                "what",
                gettext_lazy("What"),
                lambda request: sorted(
                    {code: word for one in logged() for code, word in one.fields.items()}.items()
                ),
                narrow=lambda rows, value, request: rows.filter(fields__contains=[value]),
            ),
            Day("since", gettext_lazy("From"), "at__date__gte"),
            Day("until", gettext_lazy("Until"), "at__date__lte"),
        )

    def get_rows(self) -> QuerySet:
        return AccessRecord.objects.all()

    def prepare(self, rows: QuerySet) -> QuerySet:
        whens = [
            When(
                subject_type=one.holder_type,
                then=Subquery(
                    one.holders()
                    .filter(pk=OuterRef("subject_pk"))
                    .values(word=Cast("held_name", TextField()))[:1]
                ),
            )
            for one in logged()
        ]
        return rows.annotate(subject_name=Case(*whens, default=Value(""), output_field=TextField()))

    def counted(self, count: int) -> str:
        return ngettext("{n} reading", "{n} readings", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        for row in context["rows"]:
            holding = of_type(row.subject_type)
            row.holding, row.words = holding, words_of(holding, row.fields)
            row.is_held = isinstance(holding, PersonalHolding)
        return super().get_context_data(here="access_log", **context)


def _of_name(rows: QuerySet, text: str, request: HttpRequest) -> QuerySet:
    """Records about people of this name, in whichever holding."""
    condition = Q(pk__in=[])
    for holding in logged():
        named = holding.holders()
        for word in text.replace("\x00", "").split()[:5]:
            named = named.filter(held_name__icontains=word)
        condition |= Q(subject_type=holding.holder_type, subject_pk__in=named.values("pk"))
    return rows.filter(condition)
