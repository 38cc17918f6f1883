"""The letter of thanks: the proposed words to read, mend and keep."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from delegations.forms.outcomes import ThanksForm
from delegations.models import ThanksLetter
from delegations.papers.report import is_offered
from delegations.papers.thanks import head_of, proposal, thanks_languages
from delegations.services.thanks import word_thanks
from delegations.views.base import VisitPage, refuse
from documents.services import request_paper
from partners.choices import Language


class ThanksView(VisitPage, TemplateView):
    """One language of the letter."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/thanks.html"
    tab = "delegations:report"

    @cached_property
    def language(self) -> str:
        if self.kwargs["language"] not in thanks_languages(self.get_matter()):
            raise Http404
        return self.kwargs["language"]

    def _form(self, letter: ThanksLetter | None, data: Any = None) -> ThanksForm:
        if letter is None:
            initial: dict[str, Any] = {**proposal(self.get_matter(), self.language), "revision": 0}
        else:
            names = ("salutation", "body", "signatory", "revision")
            initial = {name: getattr(letter, name) for name in names}
        return ThanksForm(data, initial=initial, language=self.language)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        letter = visit.thanks_letters.filter(language=self.language).first()
        kwargs.setdefault("form", self._form(letter))
        kwargs["language"] = self.language  # the address names it too
        return super().get_context_data(
            letter=letter,
            head=head_of(visit),
            language_label=Language(self.language).label,
            others=[(code, Language(code).label) for code in thanks_languages(visit)],
            is_open=is_offered(visit),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        form = self._form(None, request.POST)
        if form.is_valid():
            try:
                word_thanks(visit, self.language, by=self.actor, **form.cleaned_data)
                if "make" in request.POST:
                    request_paper(visit, "delegations.thanks_letter", self.language, by=self.actor)
            except StaleWriteError as error:
                theirs: Any = error.theirs
                return show_both_forms(request, form, self._form(theirs), theirs)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(
                    request,
                    _("The letter is being made.") if "make" in request.POST else _("The words are kept."),
                )
                return redirect(
                    "delegations:report" if "make" in request.POST else request.path,
                    *([visit.pk] if "make" in request.POST else []),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)
