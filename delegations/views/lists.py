"""Lists for those who serve: who gets what, one list, badges and place cards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.generic import TemplateView

from core.errors import DomainError
from core.models import Job
from core.views import PartialMixin, staff_action, staff_page
from delegations.forms.lists import LabelsForm, ReaderForm
from delegations.models import ListSending, Visit
from delegations.papers.labels import sheets
from delegations.papers.service_list import document_code
from delegations.service_lists import Facts, Held, tables_of
from delegations.services import labels as label_services
from delegations.services import list_sendings, lists
from delegations.views.base import VisitPage, refuse, say, visible_visit
from documents.models import Document
from media_monitoring.models import Accreditation
from resources.models import Resource

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _jobs(visit: Visit) -> list[Job]:
    kinds = (list_sendings.MAKE, list_sendings.SEND, list_sendings.TELL, label_services.JOB)
    return list(Job.objects.filter(kind__in=kinds, key__startswith=f"{visit.pk}|").order_by("due_at", "pk"))


def _running(jobs: list[Job]) -> dict[str, Job]:
    """The newest job of each list and each sheet, by the reader's or the sheet's code; what still waits is none."""
    now = timezone.now()
    return {job.key.split("|")[1]: job for job in jobs if job.due_at <= now}


class ListsView(PartialMixin, VisitPage, TemplateView):
    """Every reader with what she was sent, and who will be told when the next version comes into force."""

    template_name = "delegations/lists.html"
    partial_name = "readers"
    tab = "delegations:lists"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        board, known = lists.board(visit), _jobs(visit)
        jobs, now = _running(known), timezone.now()
        entries = board.entries
        rows = [{"entry": entry, "job": jobs.get(entry.reader.key)} for entry in entries]
        busy = any(job.state in ("queued", "running") for job in jobs.values())
        due = [entry for entry in entries if lists.is_due(entry)]
        return super().get_context_data(
            rows=rows,
            is_busy=busy,
            due=due,
            told=[entry for entry in entries if entry.will_be_told],
            without_address=[
                entry for entry in entries if not entry.has_address and not entry.setting.is_off
            ],
            in_force=board.source,
            waits_until=next(
                (job.due_at for job in known if job.state == "queued" and job.due_at > now), None
            ),
            may_edit=_may_edit(self.request, visit),
            **kwargs,
        )


def _may_edit(request: Any, visit: Visit) -> bool:
    return request.user.has_perm("delegations.change_visit") and not visit.is_over


def find_entry(visit: Visit, key: str) -> lists.Entry:
    try:
        return lists.entry_of(visit, key)
    except DomainError as error:
        raise Http404(str(error)) from error


class ListView(VisitPage, TemplateView):
    """One list as its reader gets it, what she was sent before, and where it goes."""

    template_name = "delegations/list_detail.html"
    tab = "delegations:lists"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        entry = kwargs.pop("entry", None) or find_entry(visit, self.kwargs["reader"])
        may_read = self.staff.has_perm("delegations.view_guest_data")
        form = kwargs.pop("form", None) or ReaderForm(
            initial={
                "name": entry.name,
                "email": entry.email,
                "language": entry.setting.language,
            },
            is_person=entry.reader.is_person,
        )
        job = _running(_jobs(visit)).get(entry.reader.key)
        return super().get_context_data(
            entry=entry,
            tables=self._tables(visit, entry, may_read),
            may_read=may_read,
            may_edit=_may_edit(self.request, visit),
            asking=self._asking(visit, entry),
            document=Document.objects.visible_to(self.staff)
            .filter(matter=visit, kind=document_code(entry.reader), language=entry.setting.language)
            .exclude(state="void")
            .prefetch_related("versions")
            .first(),
            sendings=ListSending.objects.filter(visit=visit, reader=entry.reader.key).select_related("mail")[
                :12
            ],
            resource=Resource.objects.filter(pk=entry.reader.pk).first() if entry.reader.is_person else None,
            job=job if job and job.state != "done" else None,
            form=form,
            **kwargs,
        )

    def _asking(self, visit: Visit, entry: lists.Entry) -> list[Accreditation]:
        """Journalists who ask to be let in and have no answer yet, on the list of the press."""
        if entry.kind.code != "press":
            return []
        matters = [pk for pk in (visit.pk, visit.occasion_id) if pk]
        rows = Accreditation.objects.visible_to(self.staff).asked().filter(matter__in=matters)
        return list(rows.select_related("journalist__outlet").order_by("journalist__sort_key", "pk"))

    def _tables(self, visit: Visit, entry: lists.Entry, may_read: bool) -> list[dict[str, Any]]:
        """Rows on the screen; contacts and needs are opened, and the reading logged, for those who may read them."""
        facts = Facts(visit, lists.source_of(visit).content)
        held = facts.open(entry.kind.guest_fields, self.actor) if may_read else Held()
        shown = []
        with override(entry.setting.language):
            for table, rows in tables_of(entry.kind, facts, entry.reader, held):
                columns = [column for column in table.columns if not column.private or may_read]
                shown.append(
                    {
                        "code": table.code,
                        "title": str(table.title),
                        "columns": [
                            {"label": str(column.label), "css": column.css, "private": column.private}
                            for column in columns
                        ],
                        "rows": [
                            {
                                "group": row["group"],
                                "cells": [
                                    {"text": row[column.name], "css": column.css, "label": str(column.label)}
                                    for column in columns
                                ],
                            }
                            for row in rows
                        ],
                    }
                )
        return shown

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        if not request.user.has_perm("delegations.change_visit"):
            return self.handle_no_permission()
        entry = find_entry(visit, self.kwargs["reader"])
        form = ReaderForm(request.POST, is_person=entry.reader.is_person)
        if form.is_valid():
            try:
                lists.set_reader(visit, entry.reader.key, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The reader is saved."))
                return redirect("delegations:list_detail", visit.pk, entry.reader.key)
        return self.render_to_response(self.get_context_data(form=form, entry=entry), status=422)


@staff_action("delegations.change_visit")
def lists_send(request: Any, pk: int) -> HttpResponse:
    """Send one list, or all that are due; the worker makes and mails them."""
    visit = visible_visit(request, pk)
    keys = request.POST.getlist("reader")[:500]
    try:
        sent = list_sendings.send_lists(visit, keys, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        words = ngettext("%(count)d list is being sent.", "%(count)d lists are being sent.", len(sent))
        messages.success(request, words % {"count": len(sent)})
    return _back(request, visit, keys)


@staff_action("delegations.change_visit")
def list_make(request: Any, pk: int, reader: str) -> HttpResponse:
    visit = visible_visit(request, pk)
    try:
        list_sendings.request_list(visit, reader, by=request.actor)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The list is being made."))
    return _back(request, visit, [reader])


@staff_action("delegations.change_visit")
def list_switch(request: Any, pk: int, reader: str) -> HttpResponse:
    """Leave a reader out of what is sent, or take her in again."""
    visit = visible_visit(request, pk)
    try:
        lists.switch_reader(visit, reader, on=request.POST.get("on") == "1", by=request.actor)
    except DomainError as error:
        say(request, error)
    return _back(request, visit, [reader])


def _back(request: Any, visit: Visit, keys: list[str]) -> HttpResponse:
    """To the page the button stood on."""
    if request.POST.get("back") == "list" and len(keys) == 1:
        return redirect("delegations:list_detail", visit.pk, keys[0])
    return redirect("delegations:lists", visit.pk)


@staff_page("delegations.view_guest_data")
def list_xlsx(request: Any, pk: int, reader: str) -> HttpResponse:
    """The list as a workbook; what it opens is written to the access log."""
    visit = visible_visit(request, pk)
    entry = find_entry(visit, reader)
    name = f"{list_sendings.file_name(visit, entry, lists.for_reader(lists.source_of(visit), entry))}.xlsx"
    book = list_sendings.list_xlsx(visit, entry, by=request.actor)
    response = FileResponse(book, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


class LabelsView(PartialMixin, VisitPage, TemplateView):
    """Badges and place cards: which sheet, from which place, whose names."""

    template_name = "delegations/labels.html"
    partial_name = "labels-made"
    tab = "delegations:lists"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.get_matter()
        members = list(visit.members.all())
        form = kwargs.pop("form", None) or LabelsForm(sheets=list(sheets().values()), members=members)
        jobs = _running(_jobs(visit))
        kinds = {label_services.document_code(sheet): sheet for sheet in sheets().values()}
        documents = {
            document.kind: document
            for document in Document.objects.visible_to(self.staff)
            .filter(matter=visit, kind__in=kinds)
            .exclude(state="void")
            .prefetch_related("versions")
        }
        made = [
            {"sheet": sheet, "document": documents.get(kind), "job": jobs.get(sheet.code)}
            for kind, sheet in kinds.items()
            if kind in documents or sheet.code in jobs
        ]
        return super().get_context_data(
            form=form,
            members=members,
            made=made,
            is_busy=any(row["job"] and row["job"].state in ("queued", "running") for row in made),
            may_edit=_may_edit(self.request, visit),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_matter()
        if not request.user.has_perm("delegations.change_visit"):
            return self.handle_no_permission()
        form = LabelsForm(request.POST, sheets=list(sheets().values()), members=list(visit.members.all()))
        if form.is_valid():
            try:
                label_services.request_labels(visit, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The sheets are being made."))
                return redirect("delegations:labels", visit.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)
