"""One document: its versions, its number, its file; and the page of registers."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core import registry
from core.errors import DomainError
from core.models import AccessRecord, StoredFile, acted_by
from core.views import StaffView, staff_action, staff_page
from documents import intake, services
from documents.forms import OutsideNumberForm, RegisterForm, TitleForm, VoidForm
from documents.models import Document, DocumentVersion, Register, Registration
from matters.models import Matter
from matters.views.frame import matter_frame

INLINE = frozenset(("application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"))


def visible_document(request: HttpRequest, pk: int) -> Document:
    """The document if this person may see it, else 404."""
    documents = Document.objects.visible_to(request.user).select_related("matter", "awaits", "part_of")
    return get_object_or_404(documents, pk=pk)


def workable_document(request: HttpRequest, pk: int) -> Document:
    """The document, if people may change it by hand at all."""
    document = visible_document(request, pk)
    if document.is_filed_by_portal:
        raise PermissionDenied
    return document


def _detail(request: HttpRequest, document: Document, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = matter_frame(request, document.matter, "documents:matter")
    registration = document.registrations.standing().select_related("register").first()
    newest = document.versions.first()
    context.update(
        document=document,
        versions=document.versions.select_related("file", "docx", "source"),
        newest=newest,
        opening=services.openings_of([document]).get(document.pk),
        may_work=context["may_change"] and not document.is_gone and not document.is_filed_by_portal,
        registration=registration,
        void_registrations=document.registrations.exclude(void_at=None).select_related("register"),
        parts=document.parts.visible_to(request.user),
        may_register=bool(
            newest and not newest.is_draft and not document.is_working_paper and registration is None
        ),
        may_replace=document.origin != "made" and registration is None,
        title_form=forms.get("title_form") or TitleForm(instance=Document.objects.get(pk=document.pk)),
        void_form=forms.get("void_form") or VoidForm(prefix="void"),
        register_form=forms.get("register_form") or RegisterForm(prefix="register"),
        number_form=forms.get("number_form") or OutsideNumberForm(prefix="number"),
        void_number_form=forms.get("void_number_form")
        or VoidForm(prefix="void_number", label=_("Void the number")),
        problems=forms.get("problems", []),
        file_field=intake.field(),
        panels=_panels(request, document),
    )
    return render(request, "documents/detail.html", context, status=status)


def _panels(request: HttpRequest, document: Document) -> list[dict[str, Any]]:
    """What upper floors have on this document, each for those who may see it."""
    shown = []
    for panel in registry.panels("documents:detail"):
        if panel.permission and not request.user.has_perm(panel.permission):
            continue
        content = panel.context(request, document)
        if content is not None:
            shown.append({"template": panel.template, "title": panel.title, "content": content})
    return shown


@staff_page("matters.view_matter")
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, visible_document(request, pk))


def _apply(
    request: HttpRequest, document: Document, name: str, form: Any, act: Any, done: str
) -> HttpResponse:
    """Run a service with the form's data; a refusal comes back beside its field, nothing typed is lost."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, done)
            return redirect(document)
    return _detail(request, document, status=422, **{name: form})


@staff_action("matters.change_matter")
def document_rename(request: HttpRequest, pk: int) -> HttpResponse:
    document = workable_document(request, pk)
    form = TitleForm(request.POST, instance=Document.objects.get(pk=pk))
    return _apply(
        request,
        document,
        "title_form",
        form,
        lambda data: services.change_title(document, data["title"], by=request.actor),
        _("The title is changed."),
    )


@staff_action("matters.change_matter")
def document_void(request: HttpRequest, pk: int) -> HttpResponse:
    document = workable_document(request, pk)
    return _apply(
        request,
        document,
        "void_form",
        VoidForm(request.POST, prefix="void"),
        lambda data: services.void_document(document, reason=data["reason"], by=request.actor),
        _("The document is void. It can be restored."),
    )


@staff_action("matters.change_matter")
def document_restore(request: HttpRequest, pk: int) -> HttpResponse:
    document = workable_document(request, pk)
    try:
        services.restore_document(document, by=request.actor)
        messages.success(request, _("The document is restored."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(document)


@staff_action("matters.change_matter")
def document_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of a document that came from outside."""
    document = workable_document(request, pk)
    problems = intake.refusals(request)
    file = request.FILES.get("files")
    if file is None and not problems:
        problems.append(_("Choose a file."))
    if file is not None and not problems:
        try:
            services.upload(document.matter, file, by=request.actor, replaces=document)
        except DomainError as error:
            problems.append(str(error))
    if problems:
        return _detail(request, document, status=422, problems=problems)
    messages.success(request, _("The new version is saved."))
    return redirect(document)


@staff_action("matters.change_matter")
def document_register(request: HttpRequest, pk: int) -> HttpResponse:
    document = workable_document(request, pk)
    form = RegisterForm(request.POST, prefix="register")

    def act(data: dict[str, Any]) -> None:
        verb = services.register_document if data["register"].is_ours else services.await_number
        verb(document, data["register"], by=request.actor)

    return _apply(
        request, document, "register_form", form, act, _("Done: see the number or the waiting list.")
    )


@staff_action("matters.change_matter")
def document_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Another system's number came back."""
    document = workable_document(request, pk)
    if document.awaits is None:
        messages.error(request, _("The document does not wait for a number."))
        return redirect(document)
    form = OutsideNumberForm(request.POST, prefix="number")

    def act(data: dict[str, Any]) -> None:
        services.record_number(
            document,
            document.awaits,
            number=data["number"],
            registered_on=data["registered_on"],
            url=data["url"],
            by=request.actor,
        )

    return _apply(request, document, "number_form", form, act, _("The number is recorded."))


@staff_action("matters.change_matter")
def number_void(request: HttpRequest, pk: int) -> HttpResponse:
    registration = get_object_or_404(Registration.objects.select_related("document"), pk=pk)
    document = workable_document(request, registration.document_id)
    return _apply(
        request,
        document,
        "void_number_form",
        VoidForm(request.POST, prefix="void_number"),
        lambda data: services.void_registration(registration, reason=data["reason"], by=request.actor),
        _("The number is void and stays visible."),
    )


@staff_page("matters.view_matter")
def version_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of one version, to those who may see its matter."""
    version = _version(request, pk)
    is_inline = request.GET.get("rodyti") == "1" and version.file.media_type in INLINE
    return send(version.file, version.name, is_inline=is_inline)


@staff_page("matters.view_matter")
def version_docx(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    if version.docx is None:
        raise Http404
    return send(version.docx, version.name.rsplit(".", 1)[0] + ".docx")


def _version(request: HttpRequest, pk: int) -> DocumentVersion:
    seen = Document.objects.visible_to(request.user)
    version = get_object_or_404(
        DocumentVersion.objects.filter(document__in=seen).select_related("document", "file", "docx"), pk=pk
    )
    services.log_reading([version.document], by=request.actor, what="file")
    if version.document.is_working_paper:
        AccessRecord.objects.create(
            subject_type="documents.document",
            subject_pk=version.document_id,
            fields=["file"],
            purpose="working paper",
            matter_pk=version.document.matter_id,
            **acted_by(request.actor),
        )
    return version


def send(stored: StoredFile, name: str, *, is_inline: bool = False) -> FileResponse:
    """Bytes that the browser may not guess about, frame or run."""
    if not stored.file.storage.exists(stored.file.name):
        raise Http404
    response = FileResponse(
        stored.file.open("rb"), as_attachment=not is_inline, filename=name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if not is_inline:
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class RegistersView(StaffView, TemplateView):
    """Numbers given this year by register, and what waits for another system's number."""

    permission_required = "matters.view_matter"
    template_name = "documents/registers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        year = self._year(today.year)
        registers = list(Register.objects.filter(Q(is_active=True) | Q(registrations__year=year)).distinct())
        code = self.request.GET.get("registras", "")
        chosen = next(
            (register for register in registers if register.code == code), registers[0] if registers else None
        )
        seen = Matter.objects.visible_to(self.staff)
        rows = (
            Registration.objects.filter(register=chosen, year=year)
            .select_related("document__matter")
            .order_by("-sequence", "-registered_on", "-pk")
            if chosen
            else []
        )
        visible = (
            set(seen.filter(documents__registrations__in=rows).values_list("pk", flat=True))
            if chosen
            else set()
        )
        return super().get_context_data(
            registers=registers,
            chosen=chosen,
            year=year,
            years=sorted(
                {today.year, *Registration.objects.values_list("year", flat=True).distinct()}, reverse=True
            ),
            rows=rows,
            visible=visible,
            waiting=Document.objects.visible_to(self.staff)
            .awaiting_number()
            .select_related("matter", "awaits"),
            **kwargs,
        )

    def _year(self, default: int) -> int:
        value = self.request.GET.get("metai", "")
        return int(value) if re.fullmatch("2[01][0-9]{2}", value) else default
