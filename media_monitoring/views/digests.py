"""The morning page: its list, the table where people word it, its readers, and the page of the year's matter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, TemplateView

from core import deadlines
from core.errors import DomainError, StaleWriteError
from core.views import StaffView, staff_action, staff_page
from documents.views.documents import send
from matters.views.frame import MatterPage
from media_monitoring import services
from media_monitoring.choices import DigestState
from media_monitoring.forms import DigestItemForm, DigestNoteForm, DigestReaderForm
from media_monitoring.models import Article, Digest, DigestItem, DigestReader
from media_monitoring.services.digests import empty_words, items_of
from partners.views.base import SaveView


class DigestListView(StaffView, ListView):
    permission_required = "media_monitoring.view_article"
    template_name = "media_monitoring/digest_list.html"
    paginate_by = 30

    def get_queryset(self) -> Any:
        return Digest.objects.visible_to(self.staff).prefetch_related("items").order_by("-day")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        context["today"] = today
        context["may_edit"] = self.staff.has_perm("media_monitoring.change_digest")
        context["may_begin"] = (
            context["may_edit"]
            and deadlines.is_working_day(today)
            and not Digest.objects.filter(day=today).exists()
        )
        for digest in context["object_list"]:
            digest.shown = sum(1 for item in digest.items.all() if not item.is_left_out)
        return context


class DigestView(StaffView, DetailView):
    """A draft is worded here; what went out is read here."""

    permission_required = "media_monitoring.view_article"
    template_name = "media_monitoring/digest.html"
    context_object_name = "digest"

    def get_object(self, queryset: Any = None) -> Digest:
        day = parse_date(self.kwargs["day"])
        rows = Digest.objects.visible_to(self.staff).select_related("press_year", "paper")
        return get_object_or_404(rows, day=day)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        digest = self.object
        items = list(items_of(digest))
        may_edit = digest.is_draft and self.staff.has_perm("media_monitoring.change_digest")
        refused = getattr(self, "refused", None)
        for item in items:
            item.form = (
                refused
                if refused is not None and refused.instance.pk == item.pk
                else DigestItemForm(instance=item, auto_id=f"item-{item.pk}-%s")
            )
        context.update(
            items=items,
            left=sum(1 for item in items if item.accepted_by_id is None),
            may_edit=may_edit,
            note_form=DigestNoteForm(instance=digest) if may_edit else None,
            empty=empty_words(digest),
            reader_count=DigestReader.objects.filter(is_active=True).count(),
        )
        return context


def _digest(request: HttpRequest, day: str) -> Digest:
    return get_object_or_404(Digest.objects.visible_to(request.user), day=parse_date(day))


def _item(request: HttpRequest, pk: int) -> DigestItem:
    rows = DigestItem.objects.select_related("digest__press_year", "article")
    return get_object_or_404(rows.filter(digest__in=Digest.objects.visible_to(request.user)), pk=pk)


@staff_action("media_monitoring.change_digest")
def digest_prepare(request: HttpRequest) -> HttpResponse:
    """Begin today's page, or look once more for what is new."""
    try:
        digest = services.prepare_digest(timezone.localdate(), by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("media_monitoring:digests")
    return redirect(digest)


@staff_action("media_monitoring.change_digest")
def digest_item_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the lines: written or accepted, they are this person's."""
    item = _item(request, pk)
    form = DigestItemForm(request.POST, instance=item, auto_id=f"item-{item.pk}-%s")
    if form.is_valid():
        try:
            services.word_item(
                item, form.cleaned_data["text"], by=request.actor, revision=form.cleaned_data.get("revision")
            )
        except StaleWriteError as error:
            form.add_error("text", str(error))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    if form.errors:
        view = DigestView(refused=form)
        view.setup(request, day=item.digest.day.isoformat())
        view.object = item.digest
        return render(request, view.template_name, view.get_context_data(), status=422)
    return redirect(f"{item.digest.get_absolute_url()}#item-{item.pk}")


@staff_action("media_monitoring.change_digest")
def digest_item_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Up, down, or off the page."""
    item = _item(request, pk)
    try:
        if act == "salinti":
            services.drop_item(item, by=request.actor)
        elif act in ("aukstyn", "zemyn"):
            services.move_item(item, up=act == "aukstyn", by=request.actor)
        else:
            raise Http404
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(item.digest)


@staff_action("media_monitoring.change_digest")
def digest_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an article on today's page, from the article."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    try:
        digest = services.prepare_digest(timezone.localdate(), by=request.actor)
        services.add_item(digest, article, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(article)
    messages.success(request, _("The article stands on the morning page."))
    return redirect(digest)


@staff_action("media_monitoring.change_digest")
def digest_note(request: HttpRequest, day: str) -> HttpResponse:
    digest = _digest(request, day)
    try:
        services.save_digest_note(digest, request.POST.get("note", ""), by=request.actor)
        messages.success(request, _("Saved."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(digest)


@staff_action("media_monitoring.change_digest")
def digest_publish(request: HttpRequest, day: str) -> HttpResponse:
    digest = _digest(request, day)
    try:
        services.publish_digest(digest, by=request.actor)
        messages.success(request, _("The page is on its way to its readers."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(digest)


@staff_page("media_monitoring.view_article")
def digest_paper(request: HttpRequest, day: str) -> HttpResponse:
    digest = _digest(request, day)
    if digest.paper is None:
        raise Http404
    return send(digest.paper, digest.paper.name)


class DigestReaderListView(StaffView, TemplateView):
    permission_required = "media_monitoring.view_digestreader"
    template_name = "media_monitoring/digest_readers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.staff.has_perm("media_monitoring.change_digestreader")
        return super().get_context_data(readers=list(DigestReader.objects.all()), may_change=may, **kwargs)


class DigestReaderFormView(SaveView):
    permission_required = "media_monitoring.change_digestreader"
    form_class = DigestReaderForm

    def get_instance(self) -> DigestReader:
        return (
            get_object_or_404(DigestReader, pk=self.kwargs["pk"]) if "pk" in self.kwargs else DigestReader()
        )

    def get_title(self) -> str:
        return _("Change the reader") if self.instance.pk else _("New reader")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Media monitoring"), reverse("media_monitoring:list")),
            (_("Morning pages"), reverse("media_monitoring:digests")),
            (_("Readers"), reverse("media_monitoring:digest_readers")),
        ]

    def save(self, form: DigestReaderForm) -> DigestReader:
        return services.save_reader(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            revision=form.cleaned_data.get("revision"),
        )


class PressYearView(MatterPage, TemplateView):
    """The year's matter: its morning pages and what was sent to whom."""

    template_name = "media_monitoring/press_year.html"
    tab = "media_monitoring:press_year"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        year = self.get_matter()
        rows = Digest.objects.visible_to(self.staff).filter(press_year=year.pk)
        context["digests"] = list(rows.order_by("-day")[:60])
        context["sent_count"] = rows.filter(state=DigestState.PUBLISHED).count()
        if self.staff.has_perm("media_monitoring.view_forward"):
            forwards = year.forwards.select_related("article", "unit", "user").order_by("-pk")
            context["forwards"] = list(forwards[:40])
        return context
