"""One way to add and change a row: the form validates, the service writes, a stale write shows both texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.views import StaffView


class SaveView(StaffView, FormView):
    """Names `title`, `crumbs`, `form_class`; `get_instance` finds the row, `save(form)` calls the service."""

    template_name = "partners/form.html"
    title: Any = ""
    saved_text: Any = ""

    def get_instance(self) -> Any:
        return None

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def get_crumbs(self) -> list[tuple[str, str]]:
        """Pairs of label and URL, from the room down."""
        return []

    def get_title(self) -> str:
        return str(self.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        self.instance = self.get_instance()
        return {**super().get_form_kwargs(), "instance": self.instance}

    def get_back(self) -> str:
        crumbs = self.get_crumbs()
        return crumbs[-1][1] if crumbs else "/"

    def get_draft_key(self) -> str:
        return (
            f"{self.form_class._meta.model._meta.label_lower}:{getattr(self.instance, 'pk', None) or 'new'}"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.update(
            title=self.get_title(),
            crumbs=[{"label": label, "url": url} for label, url in self.get_crumbs()],
            back=self.get_back(),
            draft_key=self.get_draft_key(),
        )
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            saved = self.save(form)
        except StaleWriteError as error:
            return self.show_stale(form, error.theirs)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, str(self.saved_text) or _("Saved."))
        return HttpResponseRedirect(self.get_next(saved))

    def get_next(self, saved: Any) -> str:
        return saved.get_absolute_url()

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def show_stale(self, form: Any, theirs: Any) -> HttpResponse:
        unbound = {**self.get_form_kwargs(), "instance": theirs, "data": None, "files": None}
        return show_both_forms(self.request, form, self.get_form_class()(**unbound), theirs)
