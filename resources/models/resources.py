from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Gender
from core.beside import RowsBesideQuerySet
from core.models import VersionedModel, lt_sort_key
from partners.choices import Language
from resources.choices import KIND_ICONS, CarKind, ResourceKind
from resources.models.places import Place

# Telephones and mails of interpreters and drivers live encrypted in core.personal under this purpose.
CONTACT_PURPOSE = "resources.contacts"
CONTACT_FIELDS = ("phone", "email")


class ResourceQuerySet(RowsBesideQuerySet):
    def active(self) -> Any:
        return self.filter(is_active=True)

    def of_kind(self, kind: str) -> Any:
        return self.filter(kind=kind)

    def free(
        self, starts_at: datetime.datetime, ends_at: datetime.datetime, *, but_for: int | None = None
    ) -> Any:
        """Those nobody holds in that time, neither firmly nor in a draft; `but_for` is a matter left aside."""
        from resources.models.bookings import Booking  # noqa: PLC0415 -- the two files know each other

        held = Booking.objects.filter(
            resource=models.OuterRef("pk"), period__overlap=DateTimeTZRange(starts_at, ends_at)
        )
        if but_for:
            held = held.exclude(matter_id=but_for)
        return self.filter(~models.Exists(held))


class InterpreterQuerySet(ResourceQuerySet):
    def with_pairs(self) -> Any:
        """With the languages, in the same query."""
        return self.with_rows("pairs")

    def speaking(self, *languages: str) -> InterpreterQuerySet:
        """Those who interpret between Lithuanian and each of the languages."""
        found = self
        for language in languages:
            pairs = LanguagePair.objects.filter(
                Q(one="lt", other=language) | Q(one=language, other="lt"), interpreter=models.OuterRef("pk")
            )
            found = found.filter(models.Exists(pairs))
        return found

    def with_rating(self) -> Any:
        """With the average of what was said of their work (`rating`) and of how many times (`rated`)."""
        from resources.models.work import InterpreterWork  # noqa: PLC0415 -- the two files know each other

        works = (
            InterpreterWork.objects.filter(interpreter=models.OuterRef("pk"), rating__isnull=False)
            .order_by()
            .values("interpreter")
        )
        return self.annotate(
            rating=models.Subquery(works.annotate(mean=models.Avg("rating")).values("mean")),
            rated=models.functions.Coalesce(
                models.Subquery(works.annotate(count=models.Count("pk")).values("count")), 0
            ),
        )


class Resource(VersionedModel):
    """Something that can be booked for a time (išteklius); what it is more closely stands in its child row."""

    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind.choices, editable=False)
    name = models.CharField(_("name"), max_length=160)
    note = models.TextField(_("note"), blank=True)
    is_active = models.BooleanField(_("may be chosen"), default=True)
    sort_key = lt_sort_key("name")

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        permissions = [("read_contacts", "Can read telephones and mails of interpreters and drivers")]
        indexes = [models.Index(fields=["kind", "sort_key"], name="resources_of_kind")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("resources:resource", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.kind or self._meta.model_name or ""  # a child's name is its kind
        super().save(*args, **kwargs)

    @property
    def icon(self) -> str:
        return KIND_ICONS[ResourceKind(self.kind)]

    def child(self) -> Any:
        return getattr(self, self.kind)


class Hall(Resource):
    """A room that can be booked (salė), within a place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="halls", verbose_name=_("place"))
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")

    def __str__(self) -> str:
        return self.name


class Interpreter(Resource):
    """Somebody who interprets (vertėjas); the pairs of languages are rows."""

    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, default=Gender.FEMALE)
    case_overrides = models.JSONField(_("forms of the name set by hand"), default=dict, blank=True)
    is_staff = models.BooleanField(_("works at the municipality"), default=False)
    fee = models.DecimalField(_("fee an hour, €"), max_digits=7, decimal_places=2, null=True, blank=True)
    contract_number = models.CharField(_("number of the contract"), max_length=60, blank=True)
    contract_from = models.DateField(_("contract from"), null=True, blank=True)
    contract_until = models.DateField(_("contract valid until"), null=True, blank=True)
    contract_note = models.TextField(_("what is agreed"), max_length=2000, blank=True)

    objects = InterpreterQuerySet.as_manager()

    class Meta:
        verbose_name = _("interpreter")
        verbose_name_plural = _("interpreters")
        constraints = [
            models.CheckConstraint(
                condition=Q(fee=None) | Q(fee__gte=0),
                name="resources_interpreter_fee_is_not_negative",
                violation_error_message=_("The fee cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(contract_from=None)
                | Q(contract_until=None)
                | Q(contract_until__gte=models.F("contract_from")),
                name="resources_interpreter_contract_ends_after_start",
                violation_error_message=_("The contract ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_under_contract(self, day: datetime.date) -> bool:
        """Our own people need none; a contract without an end goes on."""
        if self.is_staff:
            return True
        begun = self.contract_from is None or self.contract_from <= day
        return (
            bool(self.contract_number)
            and begun
            and (self.contract_until is None or day <= self.contract_until)
        )

    @property
    def foreign_languages(self) -> list[str]:
        """Codes other than Lithuanian, from the fetched pairs, each once."""
        return list(
            dict.fromkeys(
                code for pair in self.pairs.all() for code in (pair.one, pair.other) if code != "lt"
            )
        )

    @property
    def language_labels(self) -> list[Any]:
        return [Language(code).label for code in self.foreign_languages]

    @property
    def sworn_labels(self) -> list[Any]:
        sworn = {code for pair in self.pairs.all() if pair.is_sworn for code in (pair.one, pair.other)} - {
            "lt"
        }
        return [Language(code).label for code in self.foreign_languages if code in sworn]


class LanguagePair(models.Model):
    """Two languages somebody interprets between, both ways; sworn for this pair or not."""

    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="pairs")
    one = models.CharField(_("language"), max_length=5, choices=Language.choices, default=Language.LT)
    other = models.CharField(_("other language"), max_length=5, choices=Language.choices)
    is_sworn = models.BooleanField(_("sworn"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("language pair")
        constraints = [
            models.UniqueConstraint(
                fields=["interpreter", "one", "other"],
                name="resources_pair_once",
                violation_error_message=_("This pair is given twice."),
            ),
            models.CheckConstraint(
                condition=~Q(one=models.F("other")),
                name="resources_pair_of_two",
                violation_error_message=_("Choose two different languages."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}–{self.other}"


class Driver(Resource):
    """Who drives (vairuotojas)."""

    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, default=Gender.MALE)
    categories = models.CharField(_("driving categories"), max_length=30, blank=True)
    languages = models.CharField(_("languages spoken"), max_length=120, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")

    def __str__(self) -> str:
        return self.name


class Car(Resource):
    """A car, minibus or bus (automobilis), ours or hired."""

    body = models.CharField(_("vehicle"), max_length=8, choices=CarKind.choices, default=CarKind.CAR)
    plate = models.CharField(_("number plate"), max_length=12, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats for guests"), default=4)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    usual_driver = models.ForeignKey(
        Driver, models.SET_NULL, null=True, blank=True, related_name="cars", verbose_name=_("usual driver")
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        constraints = [
            models.UniqueConstraint(
                fields=["plate"],
                condition=~Q(plate=""),
                name="resources_car_plate_once",
                violation_error_message=_("A vehicle with this number plate is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Equipment(Resource):
    """A thing lent for an occasion (įranga); each piece is a row of its own."""

    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="equipment", verbose_name=_("kept at")
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")

    def __str__(self) -> str:
        return self.name
