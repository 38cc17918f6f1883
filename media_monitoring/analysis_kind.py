"""What the spine needs to know of an analysis: stages, what is frozen, figures for the approver, its paper."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from core.registry import DocumentKind, MatterKind, State
from media_monitoring.analysis import comparison, read_figures
from media_monitoring.charts import heat_map, outlet_bars, tone_columns
from media_monitoring.choices import ANALYSIS_TONES, AnalysisStatus
from media_monitoring.differences import Field, differ_by, key
from media_monitoring.models import Analysis
from media_monitoring.services.analyses import follow

NEXT_STEPS = {
    "comment": gettext_lazy("write what the figures mean"),
    "submit": gettext_lazy("submit the analysis for approval"),
    "correct": gettext_lazy("meet the remarks and submit the analysis again"),
    "close": gettext_lazy("close the analysis"),
}
SUMMARY, PROPOSALS = gettext_lazy("What the figures mean"), gettext_lazy("What is proposed")
FIGURES = gettext_lazy("The figures")
STAGE_OF = {
    AnalysisStatus.PREPARING: 1,
    AnalysisStatus.RETURNED: 1,
    AnalysisStatus.SUBMITTED: 2,
    AnalysisStatus.APPROVED: 3,
    AnalysisStatus.CLOSED: 4,
}


def stages(matter: Any) -> list[tuple[Any, str]]:
    words = [
        pgettext("stage of an analysis", "Figures"),
        pgettext("stage of an analysis", "Comment"),
        pgettext("stage of an analysis", "Approval"),
        pgettext("stage of an analysis", "Filed"),
    ]
    at = STAGE_OF.get(matter.state, 1)
    return [
        (word, "done" if place < at else "now" if place == at else "later")
        for place, word in enumerate(words)
    ]


def head(request: HttpRequest, analysis: Analysis) -> dict[str, Any]:
    may = request.user.has_perm("media_monitoring.change_analysis")
    return {"analysis": analysis, "may_edit": may and analysis.is_editable}


def snapshot(analysis: Analysis) -> dict[str, Any]:
    """The figures as they are now, and what people say of them; in the office's language, whoever asks."""
    with override(settings.LANGUAGE_CODE):
        figures = read_figures(analysis.period, analysis.starts_on, analysis.ends_on)
    return {
        "title": analysis.title,
        "period": analysis.period,
        "starts_on": analysis.starts_on.isoformat(),
        "ends_on": analysis.ends_on.isoformat(),
        "summary": analysis.summary,
        "proposals": analysis.proposals,
        "figures": figures,
    }


def summary(content: dict[str, Any]) -> list[dict[str, str]]:
    now, before = content["figures"]["sums"], content["figures"]["before"]
    bad = now["tones"]["critical"] + now["tones"]["misleading"]
    return [
        {
            "label": _("Articles"),
            "value": str(now["articles"]),
            "note": _("before: %(count)d") % {"count": before["articles"]},
        },
        {
            "label": _("Critical or misleading"),
            "value": str(bad),
            "note": _("coded: %(count)d") % {"count": sum(now["tones"].values())},
        },
        {
            "label": _("Claims answered"),
            "value": f"{now['claims_answered']} / {now['claims']}",
            "note": ""
            if now["claim_hours"] is None
            else _("%(hours)s hours on average") % {"hours": now["claim_hours"]},
        },
    ]


def anchors(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("summary", str(SUMMARY)),
        ("proposals", str(PROPOSALS)),
        ("figures", str(FIGURES)),
    ]


def blockers(analysis: Analysis) -> list[str]:
    return [] if analysis.summary.strip() else [_("write what the figures mean")]


def closing_problems(matter: Any) -> Iterable[tuple[str, str]]:
    if matter.kind == "press_analysis" and matter.state not in (
        AnalysisStatus.APPROVED,
        AnalysisStatus.CLOSED,
    ):
        yield _("The analysis is not approved"), matter.get_absolute_url()


def charts(figures: dict[str, Any]) -> list[tuple[str, Any]]:
    """Template and chart, in the order of the page and of the paper; those with nothing to show are left out."""
    drawn = [
        ("media_monitoring/_columns.html", tone_columns(figures["volume"])),
        ("media_monitoring/_shares.html", outlet_bars(figures["outlets"])),
        ("media_monitoring/_heat.html", heat_map(figures["topics"])),
    ]
    return [(template, chart) for template, chart in drawn if chart]


def paper(content: dict[str, Any], language: str, *, matter: Analysis) -> dict[str, Any]:
    figures = content["figures"]
    return {
        "title": content["title"],
        "subtitle": f"{content['starts_on']} – {content['ends_on']}",
        "summary": [line for line in content["summary"].split("\n") if line.strip()],
        "proposals": [line for line in content["proposals"].split("\n") if line.strip()],
        "comparison": [[label, *cells] for label, cells in comparison(figures)],
        "charts": [_drawn(template, chart) for template, chart in charts(figures)],
        "releases": figures["releases"],
        "signed": ", ".join(part for part in (matter.responsible.full_name, matter.responsible.post) if part),
    }


def _drawn(template: str, chart: Any) -> dict[str, Any]:
    """The drawing as a picture with a description: an SVG in the page itself has none in a PDF."""
    get = chart.__getitem__ if isinstance(chart, dict) else lambda name: getattr(chart, name)
    svg = get_template(template).render({"chart": chart})
    return {
        "title": get("title"),
        "words": get("words"),
        "src": f"data:image/svg+xml;base64,{base64.b64encode(svg.strip().encode()).decode()}",
        "heads": list(get("heads")),
        "rows": [
            [name, *cells] for name, cells in (chart["table"] if isinstance(chart, dict) else chart.rows)
        ],
    }


def paper_docx(data: dict[str, Any], language: str) -> bytes:
    """The same words and tables, to be edited."""
    import io  # noqa: PLC0415 -- workers only

    from docx import Document as Docx  # noqa: PLC0415 -- workers only

    docx = Docx()
    docx.styles["Normal"].font.name = "Calibri"
    docx.add_heading(data["title"], 0)
    docx.add_paragraph(data["subtitle"], style="Subtitle")
    for heading, lines in (
        (_("What the figures mean"), data["summary"]),
        (_("What is proposed"), data["proposals"]),
    ):
        if lines:
            docx.add_heading(heading, 2)
        for line in lines:
            docx.add_paragraph(line)
    docx.add_heading(_("Change against the period before"), 2)
    _table(docx, [_("Counted"), _("Now"), _("Before"), pgettext("of a figure", "Change")], data["comparison"])
    for chart in data["charts"]:
        docx.add_heading(chart["title"], 2)
        docx.add_paragraph(chart["words"])
        _table(docx, chart["heads"], chart["rows"])
    if data["releases"]:
        docx.add_heading(_("How the press took our releases"), 2)
        rows = [
            [row["title"], row["on"], str(row["taken"]), kept_words(row["kept"])] for row in data["releases"]
        ]
        _table(docx, [_("Release"), _("Day"), _("Articles"), _("Kept of the text")], rows)
    docx.add_paragraph(f"{_('Prepared by')}: {data['signed']}")
    target = io.BytesIO()
    docx.save(target)
    return target.getvalue()


def kept_words(kept: int | None) -> str:
    return "–" if kept is None else f"{kept} %"


def _table(docx: Any, heads: list[str], rows: list[list[str]]) -> None:
    table = docx.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = str(text)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)


KIND = MatterKind(
    code="press_analysis",
    label=gettext_lazy("Analysis of the press"),
    plural_label=gettext_lazy("Analyses of the press"),
    list_url_name="media_monitoring:analyses",
    icon="chart-bar",
    model="media_monitoring.analysis",
    url_name="media_monitoring:analysis",
    number_prefix="ŽA",
    states={status.value: State(status.label, ANALYSIS_TONES[status]) for status in AnalysisStatus},
    next_steps=NEXT_STEPS,
    stages=stages,
    snapshot=snapshot,
    document_kind="media_monitoring.analysis",
    summary=summary,
    anchors=anchors,
    differ=differ_by(
        Field("summary", SUMMARY, gettext_lazy("title"), key("title")),
        Field("summary", SUMMARY, gettext_lazy("text"), key("summary")),
        Field("proposals", PROPOSALS, gettext_lazy("text"), key("proposals")),
        Field(
            "figures",
            FIGURES,
            gettext_lazy("articles"),
            lambda content: str(content["figures"]["sums"]["articles"]),
        ),
    ),
    on_event=follow,
    blockers=blockers,
    base_template="media_monitoring/analysis_base.html",
    head=head,
)
PAPER = DocumentKind(
    code="media_monitoring.analysis",
    label=gettext_lazy("Analysis of the press"),
    matter_kind="press_analysis",
    build=paper,
    template="media_monitoring/papers/analysis.html",
    docx=paper_docx,
)
