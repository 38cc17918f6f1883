"""From a matter's data to HTML: which content a paper shows, under which label, in which words.

The same HTML is shown on the screen and given to the renderer.
"""

from __future__ import annotations

import datetime
import hashlib
import inspect
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.template.loader import get_template
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import registry
from core.actor import Actor
from core.canonical import content_sha256, plain
from core.errors import DomainError
from core.registry import DocumentKind
from documents import pdf
from matters.differences import changes_between
from matters.models import Matter, Version
from matters.models.approvals import current_content, latest_approved


@dataclass(frozen=True)
class Source:
    """What a paper is made from: content, the version it belongs to, and how the paper is marked."""

    content: dict[str, Any]
    version: Version | None = None  # frozen version, if the content is its
    amendment: int = 0
    number: int = 1  # version number printed on the paper
    is_draft: bool = True  # PROJEKTAS
    draft: int = 0  # which draft of the version, where its reader gets several
    changes: list[dict[str, Any]] = field(default_factory=list)
    changes_since: int | None = None  # the version they are counted from
    is_of_now: bool = False  # a paper of its own, whatever version is in force


def snapshot(matter: Matter) -> dict[str, Any]:
    """The matter's present content; raises DomainError when its kind makes no papers."""
    entry = matter.kind_entry
    if entry.snapshot is None:
        raise DomainError(_("No papers are made of this kind of matter."))
    return plain(entry.snapshot(matter.child()))


def present_source(matter: Matter) -> Source:
    """The present content, as a draft of the version that would be frozen next."""
    number = (matter.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    content = snapshot(matter)
    return Source(content=content, number=number, **_changes(matter, content, latest_approved(matter)))


def source_in_force(matter: Matter) -> Source | None:
    """The approved content with its latest amendment; None while nothing is approved."""
    version = latest_approved(matter)
    if version is None:
        return None
    amendment = version.amendments.first()
    return Source(
        content=current_content(version),
        version=version,
        amendment=amendment.number if amendment else 0,
        number=version.number,
        is_draft=False,
        **_changes(matter, version.content, _approved_before(version)),
    )


def frozen_source(version: Version) -> Source:
    """A version as it was frozen: these pages become the approved paper, so they bear no PROJEKTAS."""
    return Source(
        content=version.content,
        version=version,
        number=version.number,
        is_draft=False,
        **_changes(version.matter, version.content, _approved_before(version)),
    )


def source_of(kind: DocumentKind, matter: Matter, language: str, *, as_draft: bool = False) -> Source:
    """What this paper is made from: the matter as it is now, what is in force, or a draft of what would be frozen."""
    if kind.final_when is None:
        return (None if as_draft else source_in_force(matter)) or present_source(matter)
    child = matter.child()
    content = plain(matter.kind_entry.snapshot(child)) if matter.kind_entry.snapshot else {}
    made = (
        matter.documents.filter(kind=kind.code, language=language).aggregate(last=Max("versions__number"))[
            "last"
        ]
        or 0
    )
    return Source(content, number=made + 1, is_draft=as_draft or not kind.final_when(child), is_of_now=True)


def _approved_before(version: Version) -> Version | None:
    earlier = Version.objects.filter(
        matter_id=version.matter_id, approved_at__isnull=False, number__lt=version.number
    )
    return earlier.order_by("-number").first()


def _changes(matter: Matter, content: dict[str, Any], before: Version | None) -> dict[str, Any]:
    if before is None:
        return {}
    found = changes_between(matter.kind_entry, current_content(before), content)
    return {"changes": [change.as_json() for change in found], "changes_since": before.number}


def document_kinds(matter: Matter) -> list[DocumentKind]:
    """Those this matter has now, in order."""
    found = [kind for kind in registry.register_document_kind if kind.matter_kind == matter.kind]
    if any(kind.offered for kind in found):
        child = matter.child()
        found = [kind for kind in found if kind.offered is None or kind.offered(child)]
    return found


def document_kind(matter: Matter, code: str) -> DocumentKind:
    """The kind by its code, if this matter has it; raises DomainError."""
    kind = registry.register_document_kind.get(code)
    if kind is None or kind.matter_kind != matter.kind:
        raise DomainError(_("This matter has no such paper."))
    if kind.offered and not kind.offered(matter.child()):
        raise DomainError(_("It is too early for this paper."))
    return kind


def frozen_kind(matter: Matter) -> DocumentKind:
    """The paper the approvers see: the matter kind's own, else a plain list of what is frozen."""
    code = matter.kind_entry.document_kind
    return registry.register_document_kind.get(code) or PLAIN


def languages_of(kind: DocumentKind, matter: Matter) -> list[str]:
    return list(kind.languages(matter.child())) or [settings.LANGUAGE_CODE]


def build(kind: DocumentKind, source: Source, language: str, *, matter: Matter, by: Actor) -> dict[str, Any]:
    """The paper's own JSON. A builder that names `matter` or `by` is given them."""
    named = inspect.signature(kind.build).parameters
    extra: dict[str, Any] = {}
    if "matter" in named:
        extra["matter"] = matter.child()
    if "by" in named:
        extra["by"] = by
    with override(interface_language(language)):
        data = plain(kind.build(source.content, language, **extra))
    data.setdefault("title", matter.title)
    return data


def interface_language(language: str) -> str:
    """The language of a paper's own words: its first one that the portal speaks, else English, for guests."""
    spoken = dict(settings.LANGUAGES)
    return next((code for code in language.split("+") if code in spoken), "en")


def main_language(language: str) -> str:
    return language.split("+")[0]


def key_of(kind: DocumentKind, source: Source, language: str, data: dict[str, Any], *, matter: Matter) -> str:
    """SHA-256 of all that decides the bytes, except the day they were made.

    The HTML stands for templates and words, the linked sheets for styles.
    """
    text = html(kind, source, language, data, matter=matter, made_on=datetime.date.min)
    return content_sha256(
        {
            "data": data,
            "html": text,
            "styles": hashlib.sha256(pdf.linked_styles(text)).hexdigest(),
            "renderer": pdf.renderer_version(),
        }
    )


def html(
    kind: DocumentKind,
    source: Source,
    language: str,
    data: dict[str, Any],
    *,
    matter: Matter,
    made_on: datetime.date,
    preview: dict[str, Any] | None = None,
) -> str:
    """The paper as HTML; `preview` adds what only the screen shows."""
    with override(interface_language(language)):
        return get_template(kind.template).render(
            {
                "paper": data,
                "language": language,
                "lang": main_language(language),
                "matter": matter,
                "number": matter.number,
                "mark": mark(source, made_on),
                "version_line": version_line(source),
                "changes": grouped(source.changes),
                "changes_since": source.changes_since,
                "is_draft": source.is_draft,
                "is_working_paper": kind.is_working_paper,
                "page": kind.page,
                "made_on": made_on,
                "OFFICE_NAME": settings.OFFICE_NAME,
                "OFFICE_UNIT": settings.OFFICE_UNIT,
                "preview": preview,
            }
        )


def mark(source: Source, made_on: datetime.date) -> str:
    """What stands on every page before approval."""
    if not source.is_draft:
        return ""
    if source.is_of_now:
        return _("DRAFT, %(day)s") % {"day": made_on.isoformat()}
    if source.draft > 1:
        return _("DRAFT %(draft)d, version %(number)d, %(day)s") % {
            "draft": source.draft,
            "number": source.number,
            "day": made_on.isoformat(),
        }
    return _("DRAFT, version %(number)d, %(day)s") % {"number": source.number, "day": made_on.isoformat()}


def version_line(source: Source) -> str:
    """How the foot of a page names the version."""
    if source.is_of_now:
        return ""
    if source.draft > 1:
        return _("version %(number)d, draft %(draft)d") % {"number": source.number, "draft": source.draft}
    if source.is_draft or source.version is None:
        return _("version %(number)d, being prepared") % {"number": source.number}
    if source.amendment:
        return _("version %(number)d, amendment %(amendment)d") % {
            "number": source.number,
            "amendment": source.amendment,
        }
    if source.version.approved_at:
        return _("version %(number)d, approved %(day)s") % {
            "number": source.number,
            "day": localdate(source.version.approved_at).isoformat(),
        }
    return _("version %(number)d") % {"number": source.number}


def grouped(changes: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Changes by the place they concern, in their order."""
    places: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        places.setdefault(change["place"], []).append(change)
    return list(places.items())


def _build_plain(content: dict[str, Any], language: str, *, matter: Any) -> dict[str, Any]:
    """The approver's key figures of a kind that has no paper of its own."""
    entry = matter.kind_entry
    summary = entry.summary(content) if entry.summary else []
    rows = [
        {"label": str(row["label"]), "value": str(row["value"]), "note": str(row.get("note", ""))}
        for row in summary
    ]
    return {"title": str(content.get("title") or matter.title), "kind": str(entry.label), "rows": rows}


PLAIN = DocumentKind(
    code="documents.version",
    label=gettext_lazy("Frozen version"),
    matter_kind="",
    build=_build_plain,
    template="documents/papers/version.html",
)
