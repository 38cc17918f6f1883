"""The documentation plan of a year, its lines, and the retention index behind them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from archive import services
from archive.choices import Medium, PlanState, RetentionRule
from archive.forms import LineForm, NoteForm, PlanFactsForm, PointForm, YearForm
from archive.models import Plan, PlanLine, RetentionPoint
from archive.services.plans import changes_since, paper_job
from archive.views.base import ActFormView, room_tabs, this_year, try_act
from core import audit
from core.audit import last_hand
from core.columns import Column
from core.errors import DomainError
from core.lists import Choice, FilteredList, Rows, Tick, Words
from core.stale import show_both_forms
from core.views import StaffView, staff_action, staff_page
from documents.views.documents import send


@staff_page("archive.view_plan")
def plan_now(request: HttpRequest) -> HttpResponse:
    """This year's plan, else the newest there is, else the page that begins one."""
    year = (
        Plan.objects.filter(year__lte=this_year()).values_list("year", flat=True).first()
        or Plan.objects.values_list("year", flat=True).first()
    )
    return redirect("archive:plan", year or this_year())


class PlanView(StaffView, FilteredList):
    """The lines of a year's plan with filters and files, and what is to be done with the plan."""

    permission_required = "archive.view_plan"
    template_name = "archive/plan.html"
    list_code = "archive.plan"
    default_sort = "index_key"
    tie_break = "pk"
    paginate_by = 100
    filters = (
        Words("q", gettext_lazy("Words"), ("index", "heading", "note")),
        Choice("term", gettext_lazy("Term"), RetentionRule.choices, field="point__rule"),
        Choice("medium", gettext_lazy("Medium"), Medium.choices),
        Rows(
            "who",
            gettext_lazy("Responsible"),
            lambda request: request.archive_plan_people,
            field="responsible",
        ),
        Tick(
            "unverified",
            gettext_lazy("Term not verified"),
            lambda rows, request: rows.filter(point__is_verified=False),
        ),
    )
    columns = (
        Column("index", gettext_lazy("Index"), sort="index_key"),
        Column("heading", gettext_lazy("Heading")),
        Column("term", gettext_lazy("Term"), value=lambda line: line.point.term),
        Column(
            "point", gettext_lazy("Point of the index"), value=lambda line: line.point.number, on_page=False
        ),
        Column(
            "verified", gettext_lazy("Verified"), value=lambda line: line.point.is_verified, on_page=False
        ),
        Column("medium", gettext_lazy("Medium"), value=lambda line: line.get_medium_display()),
        Column("responsible", gettext_lazy("Responsible"), value=lambda line: line.responsible or ""),
        Column("unit", gettext_lazy("Responsible unit"), value=lambda line: line.unit or "", on_page=False),
        Column("volumes", gettext_lazy("Volumes"), css="end"),
        Column("note", gettext_lazy("Note"), on_page=False),
    )

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        from accounts.models import User  # noqa: PLC0415 -- only here

        named = PlanLine.objects.filter(plan__year=kwargs["year"], responsible__isnull=False).values(
            "responsible"
        )
        request.archive_plan_people = User.objects.filter(pk__in=named)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def plan(self) -> Plan | None:
        rows = Plan.objects.select_related("retention_index", "unit", "submitted_by", "copied_from", "paper")
        return rows.filter(year=self.kwargs["year"]).first()

    @property
    def title(self) -> str:
        return _("Documentation plan of %(year)d") % {"year": self.kwargs["year"]}

    def get_rows(self) -> Any:
        return PlanLine.objects.filter(plan__year=self.kwargs["year"])

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("point", "responsible", "unit").annotate(volumes=Count("files"))

    def counted(self, count: int) -> str:
        return ngettext("{n} file", "{n} files", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        plan, year = self.plan, self.kwargs["year"]
        years = sorted({*Plan.objects.values_list("year", flat=True), this_year()}, reverse=True)
        may_change = self.staff.has_perm("archive.change_plan")
        job = paper_job(plan) if plan else None
        context.update(
            plan=plan,
            year=year,
            years=years,
            tabs=room_tabs("plan", self.request),
            may_change=may_change,
            may_approve=bool(
                plan
                and plan.state == PlanState.SUBMITTED
                and self.staff.has_perm("archive.approve_plan")
                and not self.actor.is_person(plan.submitted_by)
            ),
            note_form=context.pop("note_form", None) or NoteForm(prefix="note"),
            changes=changes_since(plan) if plan else [],
            unverified=PlanLine.objects.filter(plan=plan, point__is_verified=False).count() if plan else 0,
            permanent=PlanLine.objects.filter(plan=plan, point__rule=RetentionRule.PERMANENT).count()
            if plan
            else 0,
            latest=Plan.objects.exclude(year=year).first(),
            next_year=year + 1 if plan and not Plan.objects.filter(year=year + 1).exists() else None,
            job=job,
        )
        return context


def _plan(year: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("submitted_by", "copied_from"), year=year)


@staff_action("archive.change_plan")
def plan_new(request: HttpRequest) -> HttpResponse:
    """An empty plan, or one with the files of the newest there is."""
    form = YearForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the year of the plan."))
        return redirect("archive:plan_now")
    year, source = (
        form.cleaned_data["year"],
        Plan.objects.filter(pk=request.POST.get("source") or None).first(),
    )
    try:
        if source:
            services.copy_plan(source, year, by=request.actor)
        else:
            services.create_plan(year, by=request.actor, unit=getattr(request.user, "unit", None))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The plan is begun: look its files through."))
    return redirect("archive:plan", year)


@staff_action("archive.change_plan")
def plan_copy(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    try_act(
        request,
        lambda: services.copy_plan(plan, year + 1, by=request.actor),
        _("The plan of the next year is begun with the same files."),
    )
    return redirect("archive:plan", year + 1)


@staff_action("archive.change_plan")
def plan_submit(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    try_act(request, lambda: services.submit_plan(plan, by=request.actor), _("The plan waits for the head."))
    return redirect(plan)


@staff_action("archive.approve_plan")
def plan_approve(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    try_act(
        request,
        lambda: services.approve_plan(plan, by=request.actor),
        _("The plan is approved: documents of the year find their files by themselves."),
    )
    return redirect(plan)


@staff_action("archive.approve_plan")
def plan_return(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    form = NoteForm(request.POST, prefix="note")
    if form.is_valid():
        try_act(
            request,
            lambda: services.return_plan(plan, note=form.cleaned_data["note"], by=request.actor),
            _("The plan is returned."),
        )
    else:
        messages.error(request, _("Write what is to be mended."))
    return redirect(plan)


@staff_action("archive.view_plan")
def plan_draw(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    services.request_paper(plan, by=request.actor)
    if request.htmx:
        return _paper_part(request, plan)
    return redirect(f"{plan.get_absolute_url()}#popierius")


@staff_page("archive.view_plan")
def plan_progress(request: Any, year: int) -> HttpResponse:
    plan = _plan(year)
    return _paper_part(request, plan) if request.htmx else redirect(plan)


def _paper_part(request: HttpRequest, plan: Plan) -> HttpResponse:
    return render(request, "archive/plan.html#popierius", {"plan": plan, "job": paper_job(plan)})


@staff_page("archive.view_plan")
def plan_pdf(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    if plan.paper is None:
        raise Http404
    return send(plan.paper, plan.paper.name, is_inline=True)


class PlanFactsView(ActFormView):
    """By when the year's files are closed; that the state archive has seen the plan."""

    permission_required = "archive.change_plan"
    form_class = PlanFactsForm
    done = gettext_lazy("Saved.")

    @cached_property
    def plan(self) -> Plan:
        return _plan(self.kwargs["year"])

    def get_title(self) -> str:
        return _("Data of the plan")

    def get_trail(self) -> list[tuple[Any, str]]:
        return [*super().get_trail(), (str(self.plan), self.plan.get_absolute_url())]

    def get_initial(self) -> dict[str, Any]:
        return {"closes_on": self.plan.closes_on, "agreed_with": self.plan.agreed_with}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        services.describe_plan(
            self.plan, closes_on=data["closes_on"], agreed_with=data["agreed_with"], by=self.actor
        )
        return self.plan.get_absolute_url()


class LineView(ActFormView):
    """A line of the plan, new or changed."""

    permission_required = "archive.change_plan"
    form_class = LineForm
    done = gettext_lazy("Saved.")

    @cached_property
    def line(self) -> PlanLine | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(PlanLine.objects.select_related("plan"), pk=pk) if pk else None

    @cached_property
    def plan(self) -> Plan:
        return self.line.plan if self.line else _plan(self.kwargs["year"])

    def get_title(self) -> str:
        if self.line:
            return _("File of the plan: %(index)s") % {"index": self.line.index}
        return _("Supplement of the plan") if self.plan.is_approved else _("New file of the plan")

    def get_trail(self) -> list[tuple[Any, str]]:
        return [*super().get_trail(), (str(self.plan), self.plan.get_absolute_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        line = PlanLine.objects.get(pk=self.line.pk) if self.line else None
        return {**kwargs, "instance": line, "plan": self.plan}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_delete = self.line is not None and self.plan.state == PlanState.DRAFT
        return super().get_context_data(
            delete_url=reverse("archive:line_delete", args=[self.line.pk]) if may_delete else "",
            delete_title=_("Take the file out of the plan?"),
            **kwargs,
        )

    def show_stale(self, form: Any, theirs: Any) -> HttpResponse:
        return show_both_forms(
            self.request,
            form,
            LineForm(instance=theirs, plan=self.plan),
            theirs,
            by=last_hand(self.plan),
        )

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        services.save_line(
            self.plan,
            form.instance,
            by=self.actor,
            revision=data.get("revision"),
            reason=data.get("reason", ""),
        )
        return self.plan.get_absolute_url()


@staff_action("archive.change_plan")
def line_delete(request: HttpRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(PlanLine.objects.select_related("plan"), pk=pk)
    try_act(
        request, lambda: services.delete_line(line, by=request.actor), _("The file is taken out of the plan.")
    )
    return redirect(line.plan)


class RetentionView(StaffView, FilteredList):
    """The points of the retention index; unverified ones say so."""

    permission_required = "archive.view_plan"
    template_name = "archive/retention.html"
    list_code = "archive.retention"
    title = pgettext_lazy("archive", "Retention periods")
    default_sort = "position"
    tie_break = "pk"
    paginate_by = 100
    filters = (
        Words("q", gettext_lazy("Words"), ("name_lt", "name_en", "number", "remark")),
        Choice("term", gettext_lazy("Term"), RetentionRule.choices, field="rule"),
        Choice(
            "state",
            gettext_lazy("Verified"),
            [("no", gettext_lazy("not verified")), ("yes", pgettext_lazy("retention", "verified"))],
            narrow=lambda rows, value, request: rows.filter(is_verified=value == "yes"),
        ),
    )
    columns = (
        Column("name", gettext_lazy("Documents")),
        Column("term", gettext_lazy("Term"), sort="years"),
        Column("counted", gettext_lazy("Counted from"), value=lambda row: row.get_counted_from_display()),
        Column("number", gettext_lazy("Point"), sort="number"),
        Column("is_verified", gettext_lazy("Verified"), sort="is_verified"),
        Column("index", gettext_lazy("Retention index"), value=lambda row: row.index, on_page=False),
        Column("remark", gettext_lazy("Remark"), on_page=False),
        Column("source", gettext_lazy("Source"), on_page=False),
    )

    def get_rows(self) -> Any:
        return RetentionPoint.objects.all()

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("index")

    def counted(self, count: int) -> str:
        return ngettext("{n} period", "{n} periods", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context.update(
            tabs=room_tabs("retention", self.request),
            unverified=RetentionPoint.objects.filter(is_verified=False).count(),
        )
        return context


class PointView(ActFormView):
    """One point of the index, as the archivist found it in the act."""

    permission_required = "archive.change_retentionpoint"
    form_class = PointForm
    done = gettext_lazy("Saved.")

    @cached_property
    def point(self) -> RetentionPoint:
        return get_object_or_404(RetentionPoint.objects.select_related("index"), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Retention period")

    def get_lead(self) -> str:
        return str(self.point.index)

    def get_trail(self) -> list[tuple[Any, str]]:
        return [*super().get_trail(), (_("Retention periods"), reverse("archive:retention"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": RetentionPoint.objects.get(pk=self.point.pk)}

    def act(self, form: Any) -> str:
        point = form.save()
        audit.record(
            "point.changed",
            point,
            by=self.actor,
            rule=point.rule,
            years=point.years,
            verified=point.is_verified,
        )
        return reverse("archive:retention")
