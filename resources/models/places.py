from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import ActedModel, PlacedModel, VersionedModel, lt_sort_key
from partners.models import City
from resources.choices import PLACE_ICONS, PlaceKind


class PlaceQuerySet(models.QuerySet["Place"]):
    def active(self) -> PlaceQuerySet:
        return self.filter(is_active=True)

    def named_like(self, text: str) -> PlaceQuerySet:
        places = self
        for word in text.split():
            places = places.filter(
                Q(name__icontains=word)
                | Q(name_en__icontains=word)
                | Q(address__icontains=word)
                | Q(town__icontains=word)
            )
        return places


class Place(PlacedModel, VersionedModel):
    """Where something happens (vieta): a row with an address, coordinates and a time zone."""

    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=PlaceKind.choices, default=PlaceKind.OTHER)
    address = models.CharField(_("address"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    city = models.ForeignKey(  # places abroad, for visits of ours
        City, models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("partner city")
    )
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Vilnius")
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    phone = models.CharField(
        _("telephone of the place"), max_length=40, blank=True
    )  # an institution's, not a person's
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    is_active = models.BooleanField(_("may be chosen"), default=True)
    sort_key = lt_sort_key("name")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "town"],
                name="resources_place_once_a_town",
                violation_error_message=_("This place is in the list already."),
            ),
            *PlacedModel.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("resources:place", args=[self.pk])

    @property
    def label(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def full_address(self) -> str:
        return ", ".join(part for part in (self.address, self.town) if part)

    @property
    def icon(self) -> str:
        return PLACE_ICONS[PlaceKind(self.kind)]

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None


class PlaceDistance(ActedModel):
    """Minutes by car between two places, said by a person; where no row stands the portal estimates."""

    one = models.ForeignKey(Place, models.CASCADE, related_name="distances", verbose_name=_("place"))
    other = models.ForeignKey(
        Place, models.CASCADE, related_name="distances_here", verbose_name=_("other place")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="resources_distance_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="resources_distance_smaller_number_first"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 24 * 60)),
                name="resources_distance_within_a_day",
                violation_error_message=_("From 1 minute to 24 hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}: {self.minutes}"
