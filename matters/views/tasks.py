"""Tasks of one matter and all tasks of a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import DomainError, StaleWriteError
from core.stale import show_both_forms
from core.toasts import say
from core.views import staff_action
from matters.forms import TaskForm
from matters.models import Task
from matters.services import change_task, create_task, drop_task, finish_task, reopen_task
from matters.views.frame import MatterPage, visible_matter


class TasksView(MatterPage, TemplateView):
    """Tasks of the matter, open ones first, with the form to give a new one."""

    template_name = "matters/tasks.html"
    tab = "matters:tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        tasks = context["matter"].tasks.select_related("assignee", "actor_user")
        context.update(
            open_tasks=[task for task in tasks if not (task.done_at or task.dropped_at)],
            past_tasks=[task for task in tasks if task.done_at or task.dropped_at],
            form=kwargs.get("form") or TaskForm(initial={"assignee": self.staff.pk}),
            today=timezone.localdate(),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        matter = self.get_matter()
        if not request.user.has_perm("matters.change_matter"):
            return self.handle_no_permission()
        form = TaskForm(request.POST)
        if form.is_valid():
            data = {name: form.cleaned_data[name] for name in ("title", "assignee", "due_on", "note")}
            try:
                create_task(matter, by=self.actor, **data)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The task is given."))
                return redirect("matters:tasks", matter.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class TaskEditView(MatterPage, TemplateView):
    template_name = "matters/task_form.html"
    tab = "matters:tasks"
    permission_required = "matters.change_matter"

    def get_task(self) -> Task:
        return get_object_or_404(
            Task.objects.visible_to(self.request.user).select_related("matter"), pk=self.kwargs["pk"]
        )

    def find_matter(self) -> Any:
        return visible_matter(self.request, self.get_task().matter_id).child()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task = self.get_task()
        return super().get_context_data(
            form=kwargs.pop("form", None) or TaskForm(instance=task), task=task, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        task = self.get_task()
        form = TaskForm(request.POST, instance=self.get_task())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data = {name: form.cleaned_data[name] for name in ("title", "assignee", "due_on", "note")}
        try:
            change_task(task, revision=form.cleaned_data["revision"], by=self.actor, **data)
        except StaleWriteError as error:
            theirs: Any = error.theirs
            return show_both_forms(request, form, TaskForm(instance=theirs), theirs)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, _("The task is changed."))
        return redirect("matters:tasks", task.matter_id)


def _task(request: HttpRequest, pk: int) -> Task:
    """The task if this person sees its matter, and either does the task or may change matters."""
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    if task.assignee_id != request.user.pk and not request.user.has_perm("matters.change_matter"):
        raise PermissionDenied
    return task


def _back(request: HttpRequest, task: Task) -> HttpResponse:
    following = request.POST.get("next", "")
    return redirect(
        following
        if following.startswith("/") and not following.startswith("//")
        else reverse("matters:tasks", args=[task.matter_id])
    )


@staff_action("")
def task_finish(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    finish_task(task, by=request.actor, note=request.POST.get("note", "")[:500])
    say(request, _("Done: %(task)s") % {"task": task.title}, undo=reverse("matters:task_reopen", args=[pk]))
    return _back(request, task)


@staff_action("")
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back with a word of reason; also undoes "done"."""
    task = _task(request, pk)
    reopen_task(task, by=request.actor, reason=request.POST.get("reason", "")[:300])
    return _back(request, task)


@staff_action("matters.change_matter")
def task_drop(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    drop_task(task, by=request.actor)
    return _back(request, task)
