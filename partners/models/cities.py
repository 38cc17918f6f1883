from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import PlacedModel, TimestampedModel, VersionedModel, lt_sort_key
from partners.choices import (
    EVENT_ICONS,
    STATUS_TONES,
    AgreementKind,
    Area,
    CityEventKind,
    CityStatus,
    Country,
    InstitutionKind,
    Language,
    PlaceUnit,
)


class CityQuerySet(models.QuerySet["City"]):
    def partners(self) -> CityQuerySet:
        """Cities one may work with today: not those a successor took over, nor the ended."""
        return self.exclude(status__in=[CityStatus.SUCCEEDED, CityStatus.ENDED])

    def of_country(self, country: str) -> CityQuerySet:
        return self.filter(country=country)

    def placed(self) -> CityQuerySet:
        """Cities that a map can show."""
        return self.filter(latitude__isnull=False, longitude__isnull=False)

    def with_people_count(self, today: datetime.date) -> CityQuerySet:
        """How many people hold a post there today, as `people_count`."""
        from partners.models.people import PersonPost  # noqa: PLC0415 -- the two files know each other

        posts = (
            PersonPost.objects.current(today)
            .filter(Q(city=models.OuterRef("pk")) | Q(institution__city=models.OuterRef("pk")))
            .order_by()
            .values(one=models.Value(1))
            .annotate(n=models.Count("person", distinct=True))
            .values("n")
        )
        return self.annotate(
            people_count=models.functions.Coalesce(
                models.Subquery(posts, output_field=models.IntegerField()), 0
            )
        )


class City(PlacedModel, VersionedModel):
    """A partner city, municipality or county (miestas partneris); what changed stands in its history."""

    name_lt = models.CharField(_("name in Lithuanian"), max_length=120)
    name_local = models.CharField(_("name in its own language"), max_length=120)
    case_overrides = models.JSONField(_("forms of the name set by hand"), default=dict, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    region = models.CharField(_("region"), max_length=120, blank=True)
    unit = models.CharField(_("kind"), max_length=14, choices=PlaceUnit.choices, default=PlaceUnit.CITY)
    agreement_year = models.PositiveSmallIntegerField(_("partners since"), null=True, blank=True)
    agreement_kind = models.CharField(
        _("basis"), max_length=12, choices=AgreementKind.choices, default=AgreementKind.COOPERATION
    )
    areas = ArrayField(
        models.CharField(max_length=20, choices=Area.choices),
        default=list,
        blank=True,
        verbose_name=_("areas"),
    )
    status = models.CharField(
        _("status"), max_length=14, choices=CityStatus.choices, default=CityStatus.ACTIVE
    )
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices),
        default=list,
        blank=True,
        verbose_name=_("languages"),
    )
    zone = models.CharField(_("time zone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partner_cities",
        verbose_name=_("responsible"),
    )
    before_meeting = models.TextField(
        _("before meeting them"),
        blank=True,
        help_text=_("What was promised, what not to repeat: whoever meets them reads this first."),
    )
    note = models.TextField(_("note"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    source = models.TextField(_("source"), blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)
    sort_key = lt_sort_key("name_lt")

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("partner city")
        verbose_name_plural = _("partner cities")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name_local"],
                name="partners_city_once_a_country",
                violation_error_message=_("This city is in the list already."),
            ),
            *PlacedModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=CityStatus.SUCCEEDED) | Q(succeeded_by__isnull=False),
                name="partners_city_succeeded_names_successor",
                violation_error_message=_("Choose the city that took the partnership over."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:city", args=[self.pk])

    @property
    def name(self) -> str:
        """The name a reader of this language uses."""
        return self.name_local if get_language() == "en" else self.name_lt

    @property
    def other_name(self) -> str:
        """The name that stands beside it, in its own language; nothing when the two are one."""
        shown = self.name_lt if get_language() == "en" else self.name_local
        return "" if self.name_lt == self.name_local else shown

    @property
    def language(self) -> str:
        """The city's first language, for `lang` and for papers; English where none is known."""
        return self.languages[0] if self.languages else "en"

    @property
    def status_tone(self) -> str:
        return STATUS_TONES[CityStatus(self.status)]

    @property
    def area_labels(self) -> list[Any]:
        return [Area(code).label for code in self.areas]

    @property
    def language_labels(self) -> list[Any]:
        return [Language(code).label for code in self.languages]

    @property
    def note_words(self) -> str:
        return self.note_en if get_language() == "en" and self.note_en else self.note

    @property
    def sources(self) -> list[str]:
        return [part.strip() for part in self.source.split(" ; ") if part.strip()]

    def hours_ahead(self) -> float | None:
        """By how many hours its clock is ahead of ours today; None when the zone is not known."""
        if not self.zone:
            return None
        now = timezone.now()
        there = now.astimezone(ZoneInfo(self.zone)).utcoffset() or datetime.timedelta()
        here = now.astimezone(timezone.get_default_timezone()).utcoffset() or datetime.timedelta()
        return (there - here).total_seconds() / 3600


class CityEvent(TimestampedModel):
    """One fact of the history with a partner (santykių istorija); a year at least, a day when known."""

    city = models.ForeignKey(City, models.CASCADE, related_name="events")
    kind = models.CharField(
        _("kind"), max_length=12, choices=CityEventKind.choices, default=CityEventKind.OTHER
    )
    year = models.PositiveSmallIntegerField(_("year"))
    on = models.DateField(_("day"), null=True, blank=True)
    text = models.CharField(_("what happened"), max_length=300)
    text_en = models.CharField(_("in English"), max_length=300, blank=True)
    source = models.TextField(_("source"), blank=True)
    is_imported = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-year", models.F("on").desc(nulls_last=True), "-pk"]
        verbose_name = _("event of the history")
        constraints = [
            models.UniqueConstraint(fields=["city", "kind", "year", "text"], name="partners_cityevent_once"),
            models.CheckConstraint(
                condition=Q(on=None) | Q(on__year=models.F("year")),
                name="partners_cityevent_day_is_in_year",
                violation_error_message=_("The day is not in that year."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text

    @property
    def icon(self) -> str:
        return EVENT_ICONS[CityEventKind(self.kind)]


class Institution(VersionedModel):
    """A body of a partner city or another organisation (institucija): who invites, who visits."""

    name_lt = models.CharField(_("name in Lithuanian"), max_length=200)
    name_local = models.CharField(_("name in its own language"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, default=Language.EN)
    case_overrides = models.JSONField(_("forms of the name set by hand"), default=dict, blank=True)
    kind = models.CharField(
        _("kind"), max_length=14, choices=InstitutionKind.choices, default=InstitutionKind.OTHER
    )
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="institutions", verbose_name=_("city")
    )
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("still exists"), default=True)
    sort_key = lt_sort_key("name_lt")

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name_lt"],
                name="partners_institution_once_a_city",
                nulls_distinct=False,
                violation_error_message=_("This institution is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name_local if get_language() == "en" and self.name_local else self.name_lt
