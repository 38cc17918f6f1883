"""What the pages of claims and enquiries stand on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.errors import DomainError
from matters.views.frame import MatterPage
from media_monitoring.models import Claim, Enquiry, FactRequest


def visible_claim(request: HttpRequest, pk: int) -> Claim:
    """The claim if this person may see it, else 404."""
    return get_object_or_404(Claim.objects.visible_to(request.user).whole(), pk=pk)


def visible_enquiry(request: HttpRequest, pk: int) -> Enquiry:
    return get_object_or_404(Enquiry.objects.visible_to(request.user).whole(), pk=pk)


def visible_answered(request: HttpRequest, pk: int) -> Claim | Enquiry:
    """A claim or an enquiry: both ask units for facts and both are sent."""
    claim = Claim.objects.visible_to(request.user).whole().filter(pk=pk).first()
    return claim or visible_enquiry(request, pk)


def visible_request(request: HttpRequest, pk: int) -> FactRequest:
    """A request for facts of a matter this person may see."""
    rows = FactRequest.objects.select_related("matter", "unit")
    found = get_object_or_404(rows, pk=pk)
    visible_answered(request, found.matter_id)
    return found


def refuse(form: Any, error: DomainError) -> None:
    """Put a service's words next to the field they belong to."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


class ClaimPage(MatterPage):
    """A tab of a claim."""

    permission_required = "media_monitoring.view_claim"
    tab = "media_monitoring:claim"

    def find_matter(self) -> Claim:
        return visible_claim(self.request, self.kwargs["pk"])


class EnquiryPage(MatterPage):
    """A tab of an enquiry."""

    permission_required = "media_monitoring.view_enquiry"
    tab = "media_monitoring:enquiry"

    def find_matter(self) -> Enquiry:
        return visible_enquiry(self.request, self.kwargs["pk"])
