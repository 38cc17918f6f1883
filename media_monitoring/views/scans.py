"""The words read from a scan, on the article's page: watched, corrected and taken, or left aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.models import Job
from core.views import staff_action, staff_page
from media_monitoring.models import Article, ArticleFile
from media_monitoring.services import scans


def waiting(article: Article, files: list[ArticleFile]) -> list[dict[str, Any]]:
    """Scans whose words nobody took or left yet, each with its job."""
    open_files = [file for file in files if not file.settled_at and scans.is_scan(file)]
    keys = [str(file.pk) for file in open_files]
    jobs = {job.key: job for job in Job.objects.filter(kind=scans.KIND, key__in=keys)} if keys else {}
    return [
        {"file": file, "job": jobs[str(file.pk)], "article": article}
        for file in open_files
        if str(file.pk) in jobs
    ]


def _found(request: HttpRequest, pk: int, file: int) -> ArticleFile:
    """The scan of an article whose text this person may read."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("outlet"), pk=pk)
    if not article.may_be_read_by(request.user):
        raise Http404
    return get_object_or_404(
        ArticleFile.objects.select_related("stored", "article"), pk=file, article=article
    )


@staff_page("media_monitoring.add_article")
def scan_part(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """How far the reading is; the part of the article's page that asks for itself."""
    found = _found(request, pk, file)
    scan = next(iter(waiting(found.article, [found])), None)
    if not request.htmx or scan is None:
        return redirect(found.article)
    return render(request, "media_monitoring/_scan.html", {"scan": scan})


@staff_action("media_monitoring.add_article")
def scan_take(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    found = _found(request, pk, file)
    try:
        scans.take_proposal(found, request.POST.get("text", ""), by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The words of the scan are the article's text now."))
    return redirect(found.article)


@staff_action("media_monitoring.add_article")
def scan_leave(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    found = _found(request, pk, file)
    try:
        scans.leave_proposal(found, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(found.article)


@staff_action("media_monitoring.add_article")
def scan_again(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    found = _found(request, pk, file)
    try:
        scans.read_again(found)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(found.article)
