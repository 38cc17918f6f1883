from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Gender
from core.models import TimestampedModel, VersionedModel, lt_sort_key
from partners.choices import Language
from partners.models.cities import City, Institution

# Contact values of a person live encrypted in core.personal under this purpose (design 4.8).
CONTACT_PURPOSE = "partners.contacts"
CONTACT_FIELDS = ("email", "phone")


class PersonQuerySet(models.QuerySet["Person"]):
    def of_city(self, city: City) -> PersonQuerySet:
        """Everyone who holds or held a post in the city or its institutions."""
        posts = PersonPost.objects.filter(
            Q(city=city) | Q(institution__city=city), person=models.OuterRef("pk")
        )
        return self.filter(models.Exists(posts))

    def named_like(self, text: str) -> PersonQuerySet:
        """Every word of the text begins or stands within some part of the name, in either script."""
        people = self
        for word in text.split():
            people = people.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(own_name__icontains=word)
            )
        return people

    def with_posts(self) -> PersonQuerySet:
        return self.prefetch_related(
            models.Prefetch("posts", PersonPost.objects.select_related("city", "institution__city"))
        )


class Person(VersionedModel):
    """A person of a partner (asmuo): the Latin form of the name and, where it differs, its own script.

    Telephone and mail are not here: see CONTACT_PURPOSE.
    """

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    own_name = models.CharField(_("name in its own script"), max_length=160, blank=True)
    language = models.CharField(
        _("language of the name"), max_length=5, choices=Language.choices, default=Language.EN
    )
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, blank=True)
    pronunciation = models.CharField(_("how it is said"), max_length=120, blank=True)
    case_overrides = models.JSONField(_("forms of the name set by hand"), default=dict, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )
    note = models.TextField(_("note"), blank=True)
    is_active = models.BooleanField(_("in the list"), default=True)
    contacts_checked_on = models.DateField(_("contacts checked"), null=True, blank=True, editable=False)
    sort_key = lt_sort_key("last_name", "first_name")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person of a partner")
        verbose_name_plural = _("people of partners")
        permissions = [("read_contacts", "Can read telephones and mails of partners' people")]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("partners:person", args=[self.pk])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def display_name(self) -> str:
        """The name as the person writes it: own script where known."""
        return self.own_name or self.full_name

    @property
    def latin_beside(self) -> str:
        """The Latin form, when the name shown is in another script."""
        return self.full_name if self.own_name and self.own_name != self.full_name else ""

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[:1] for word in (words[:1] + words[-1:] if len(words) > 1 else words))

    @property
    def language_labels(self) -> list[Any]:
        return [Language(code).label for code in self.languages]

    def posts_on(self, day: datetime.date) -> list[PersonPost]:
        """Posts held that day, from what is already fetched, highest rank first."""
        return sorted((post for post in self.posts.all() if post.holds_on(day)), key=lambda post: post.rank)

    def post_today(self) -> PersonPost | None:
        posts = self.posts_on(timezone.localdate())
        return posts[0] if posts else None


class PersonPostQuerySet(models.QuerySet["PersonPost"]):
    def current(self, day: datetime.date) -> PersonPostQuerySet:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))

    def past(self, day: datetime.date) -> PersonPostQuerySet:
        return self.filter(ends_on__lt=day)

    def of_city(self, city: City) -> PersonPostQuerySet:
        return self.filter(Q(city=city) | Q(institution__city=city))


class PersonPost(TimestampedModel):
    """A post somebody holds or held (pareigos), with its title in both languages, by date."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("city")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("institution"),
    )
    title_lt = models.CharField(_("post in Lithuanian"), max_length=200)
    title_local = models.CharField(_("post in its own language"), max_length=200, blank=True)
    # Order of precedence among the partner's people: 10 the mayor, 20 chair of the council … 90 others.
    rank = models.PositiveSmallIntegerField(_("rank"), default=90)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PersonPostQuerySet.as_manager()

    class Meta:
        ordering = ["rank", models.F("starts_on").desc(nulls_last=True), "pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=False) | Q(institution__isnull=False),
                name="partners_post_is_somewhere",
                violation_error_message=_("Choose the city or the institution."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="partners_post_ends_after_start",
                violation_error_message=_("The post ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_lt}, {self.where}"

    @property
    def where(self) -> str:
        return str(self.institution or self.city)

    @property
    def of_city(self) -> City | None:
        if self.city_id:
            return self.city
        return self.institution.city if self.institution else None

    def holds_on(self, day: datetime.date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )
