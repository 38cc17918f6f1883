"""A list of guests: paste or drop, look at what would become of each row, do exactly that."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core import imports, tables
from core.errors import DomainError
from core.imports import Outcome, Plan
from core.tables import Table
from delegations import services
from delegations.forms import GuestListForm
from delegations.services.guest_import import PLACE, PlanChangedError
from delegations.services.guest_plan import fields_for, guess_columns
from delegations.views.base import VisitPage, refuse
from documents import intake

TONES = {
    Outcome.CREATE: "ok",
    Outcome.KNOWN: "ok",
    Outcome.FILL: "live",
    Outcome.SAME: "off",
    Outcome.ASK: "wait",
    Outcome.DOUBLE: "off",
    Outcome.REFUSED: "back",
}
RAW_KEPT = 300_000  # bytes of a text file carried along, so that it can be read in another encoding


class GuestImportView(VisitPage, TemplateView):
    """GET: the form. POST `step`: read (what was given), again (columns or encoding changed), commit."""

    permission_required = "delegations.change_visit"
    template_name = "delegations/guest_import.html"
    tab = "delegations:members"

    @property
    def place(self) -> str:
        return PLACE % self.kwargs["pk"]

    @property
    def may_keep(self) -> bool:
        return self.staff.has_perm("delegations.view_guest_data")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", GuestListForm())
        return super().get_context_data(bound_words=intake.bound_words(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        steps = {"commit": self._commit, "again": self._again}
        form = GuestListForm(request.POST, request.FILES)
        try:
            return steps.get(request.POST.get("step", ""), self._read)(form)
        except DomainError as error:
            form.is_valid()
            form.errors.clear()
            refuse(form, error)
            return self.render_to_response(self.get_context_data(form=form), status=422)

    def _read(self, form: GuestListForm) -> HttpResponse:
        if too_big := intake.refusals(self.request):
            raise DomainError(too_big[0], field="file")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        given = form.cleaned_data.get("file")
        content, text = (given.read(), "") if given else (b"", form.cleaned_data["text"])
        if given and not content:
            raise DomainError(_("The file %(name)s is empty.") % {"name": given.name}, field="file")
        return self._table(content, text, name=intake.clean_name(given.name) if given else "")

    def _table(self, content: bytes, text: str, *, name: str, encoding: str = "") -> HttpResponse:
        visit = self.get_matter()
        languages = [*visit.languages, *(visit.city.languages if visit.city else [])]
        table = tables.read(text=text, content=content, name=name, encoding=encoding, languages=languages)
        table, codes = guess_columns(table, fields_for(visit, may_keep=self.may_keep))
        choices: dict[str, Any] = {"codes": codes, "text": text}
        if table.encoding and len(content) <= RAW_KEPT:
            choices["raw"] = base64.b64encode(content).decode()
        return self._preview(table, choices)

    def _again(self, form: GuestListForm) -> HttpResponse:
        """Another encoding, or other columns than were guessed."""
        table, _digest, choices = self._unseal()
        encoding = self.request.POST.get("encoding", "")
        if choices.get("raw") and encoding in tables.ENCODINGS and encoding != table.encoding:
            content = base64.b64decode(choices["raw"])
            return self._table(content, "", name=table.name, encoding=encoding)
        known = {one.code for one in fields_for(self.get_matter(), may_keep=self.may_keep)}
        asked = [self.request.POST.get(f"column_{place}", "") for place in range(len(choices["codes"]))]
        codes = [
            "" if code not in known or code in asked[:place] else code for place, code in enumerate(asked)
        ]
        return self._preview(table, {**choices, "codes": codes})

    def _commit(self, form: GuestListForm) -> HttpResponse:
        table, digest, choices = self._unseal()
        take = {int(one) for one in self.request.POST.getlist("take") if one.isdecimal() and len(one) < 8}
        try:
            new, filled = services.import_guests(
                self.get_matter(),
                table,
                choices["codes"],
                take=take,
                digest=digest,
                may_keep=self.may_keep,
                by=self.actor,
            )
        except PlanChangedError as error:
            return self._preview(table, choices, plan=error.plan, taken=take, problem=str(error))
        except DomainError as error:
            return self._preview(table, choices, taken=take, problem=str(error))
        if new:
            messages.success(
                self.request,
                ngettext("%(count)d guest is added.", "%(count)d guests are added.", new) % {"count": new},
            )
        if filled:
            messages.success(
                self.request,
                ngettext(
                    "The data of %(count)d guest is completed.",
                    "The data of %(count)d guests is completed.",
                    filled,
                )
                % {"count": filled},
            )
        return redirect("delegations:members", self.kwargs["pk"])

    def _unseal(self) -> tuple[Table, str, dict[str, Any]]:
        return imports.unseal(self.request.POST.get("token", ""), place=self.place, user=self.staff)

    def _preview(
        self,
        table: Table,
        choices: dict[str, Any],
        *,
        plan: Plan | None = None,
        taken: set[int] | None = None,
        problem: str = "",
    ) -> HttpResponse:
        visit, codes = self.get_matter(), choices["codes"]
        try:
            plan = plan or services.plan_guests(visit, table, codes, may_keep=self.may_keep)
        except DomainError as error:
            if error.field != "columns":
                raise
            plan, problem = Plan([]), str(error)
        token = imports.seal(table, place=self.place, user=self.staff, digest=plan.digest, choices=choices)
        fields = fields_for(visit, may_keep=self.may_keep)
        context = self.get_context_data(
            form=GuestListForm(initial={"text": choices["text"]}),
            table=table,
            plan=plan,
            token=token,
            problem=problem,
            rows=[
                {
                    "row": row,
                    "tone": TONES[row.outcome],
                    "is_ticked": row.number in taken if taken is not None else row.is_taken,
                }
                for row in plan.rows
            ],
            counts=[(outcome.label, TONES[outcome], count) for outcome, count in plan.counts()],
            columns=_columns(table, codes, fields),
            not_understood=sum(not code for code in codes),
            offered=[(one.code, one.label) for one in fields],
            encodings=tables.ENCODINGS if choices.get("raw") else (),
        )
        return self.render_to_response(context, status=422 if problem else 200)


def _columns(table: Table, codes: list[str], fields: tuple[imports.Field, ...]) -> list[dict[str, Any]]:
    """Each column with its heading, an example and what it was taken for."""
    by_code = {one.code: one for one in fields}
    found = []
    for place, code in enumerate(codes):
        example = next((row[place] for row in table.rows if place < len(row) and row[place]), "")
        head = table.heads[place] if place < len(table.heads) else ""
        if not head and not example:
            continue
        field = by_code.get(code)
        found.append(
            {
                "place": place,
                "head": head if table.kind != "vcard" else field.label if field else head,
                "example": example[:60],
                "code": code,
                "why_not": field.why_not if field else "",
            }
        )
    return found
