"""The only place where HTML becomes a PDF: PDF/A-2a and PDF/UA-1 in one file, the same input giving the same bytes.

Nothing is fetched but our own static files. A letter no typeface has is an error, never a blank place.
"""

from __future__ import annotations

import base64
import datetime
import html as html_escapes
import logging
import mimetypes
import os
import re
from functools import lru_cache
from importlib.metadata import version as installed_version
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from core.errors import DomainError
from documents import conformance, typefaces

logger = logging.getLogger(__name__)
# Base of relative addresses; nothing answers there, the fetcher only looks at the path.
PICTURES = ("image/jpeg", "image/svg+xml")  # what a paper may carry in itself, as base64
BASE_URL = "https://paper.invalid"
UA_METADATA = (
    b'<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class NotConformingError(DomainError):
    """What was made breaks PDF/A or PDF/UA: it is not published. A fault of a template, never of the person."""

    def __init__(self, problems: list[conformance.Problem]) -> None:
        details = "; ".join(str(problem) for problem in problems[:8])
        super().__init__(
            _("The paper does not pass the check and is not published; tell the administrator: %(what)s")
            % {"what": details}
        )
        self.problems = problems
        logger.error("A paper is not valid: %s", details)


class ForeignAddressError(Exception):
    """A template asks for what is not a static file of ours."""


def render(html: str, *, moment: datetime.datetime, styles: str = "") -> bytes:
    """The paper as a PDF that has passed the check; `moment` is its stated date, so that no clock leaks in.

    `styles` is CSS computed from data, such as the measures of a sheet of labels; all else stands in linked sheets.

    Raises DomainError naming the letters no typeface has, NotConformingError when the result is not valid.
    """
    html = typefaces.plain_marks(html)
    _refuse_missing_letters(html)
    content = write(html, moment=moment, styles=styles)
    if problems := conformance.check(content):
        raise NotConformingError(problems)
    return content


def write(html: str, *, moment: datetime.datetime, styles: str = "") -> bytes:
    """The PDF without its check; `render` is what publishes."""
    weasyprint = engine()
    stamp = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    dates = f'<meta name="dcterms.created" content="{stamp}"><meta name="dcterms.modified" content="{stamp}"></head>'
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 -- after FONTCONFIG_FILE

    try:
        document = weasyprint.HTML(
            string=html.replace("</head>", dates, 1),
            base_url=BASE_URL,
            url_fetcher=fetch_static,
            media_type="print",
        )
        fonts = _font_configuration()
        return document.write_pdf(
            pdf_variant="pdf/a-2a",
            finisher=_join_accessibility,
            font_config=fonts,
            stylesheets=[weasyprint.CSS(string=styles, font_config=fonts)] if styles else None,
        )
    except FatalURLFetchingError as error:  # a BaseException, which would pass by whoever runs the job
        raise ForeignAddressError(str(error)) from None


@lru_cache(maxsize=1)
def engine() -> Any:
    """WeasyPrint, imported once and only after fontconfig was told of our typefaces alone."""
    os.environ["FONTCONFIG_FILE"] = str(typefaces.fontconfig_file())
    import weasyprint  # noqa: PLC0415 -- reads FONTCONFIG_FILE, and takes a second that pages need not wait

    _let_go_of_features()
    return weasyprint


def _let_go_of_features() -> None:
    """WeasyPrint never gives back what it tells Pango of a text's features (`tnum`, no kerning): 40 KB of each export.

    The pinned version; the same calls in the same order, but the list belongs to the layout and goes with it.
    """
    from weasyprint.text import line_break  # noqa: PLC0415 -- after FONTCONFIG_FILE
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415 -- after FONTCONFIG_FILE
    from weasyprint.text.fonts import font_features  # noqa: PLC0415 -- after FONTCONFIG_FILE

    setup = line_break.Layout.setup

    def set_up(self: Any, style: Any) -> None:
        setup(self, style)
        features = font_features(
            style["font_kerning"],
            style["font_variant_ligatures"],
            style["font_variant_position"],
            style["font_variant_caps"],
            style["font_variant_numeric"],
            style["font_variant_alternates"],
            style["font_variant_east_asian"],
            style["font_feature_settings"],
        )
        if features:
            told = ",".join(f"{key} {value}" for key, value in features.items()).encode()
            listed = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(listed, pango.pango_attr_font_features_new(told))
            pango.pango_layout_set_attributes(self.layout, listed)

    line_break.font_features = lambda *_values: {}
    line_break.Layout.setup = set_up


@lru_cache(maxsize=1)
def _font_configuration() -> Any:
    """One per process: a new one for each paper costs a quarter more time and leaks memory."""
    engine()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- after FONTCONFIG_FILE

    return FontConfiguration()


def warm_up() -> None:
    """Load everything a worker needs before it forks."""
    engine()
    import page  # noqa: F401, PLC0415 -- page-validation
    import pikepdf  # noqa: F401, PLC0415


def fetch_static(url: str) -> Any:
    """Serve a static file of ours, or a picture that stands in the paper itself; every other address is refused."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse  # noqa: PLC0415 -- after FONTCONFIG_FILE

    for kind in PICTURES:  # the paper carries its photographs and drawings itself; nothing is fetched
        if url.startswith(f"data:{kind};base64,"):
            body = base64.b64decode(url.partition(",")[2])
            return URLFetcherResponse(url, body=body, headers={"Content-Type": kind})
    parts = urlsplit(url)
    prefix = urlsplit(settings.STATIC_URL).path
    if f"{parts.scheme}://{parts.netloc}" != BASE_URL or not parts.path.startswith(prefix):
        raise FatalURLFetchingError(f"A paper may use static files only, not {url[:200]}")
    name = unquote(parts.path[len(prefix) :])
    content = _static_bytes(name)
    if content is None:
        raise FatalURLFetchingError(f"There is no static file {name[:200]}")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, body=content, headers={"Content-Type": kind})


def _static_bytes(name: str) -> bytes | None:
    """The file as collected, under its hashed name too, else as it stands in the source."""
    if ".." in name.split("/"):
        return None
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as stream:
            return stream.read()
    path = finders.find(name)
    if path:
        with open(path, "rb") as stream:
            return stream.read()
    return None


def linked_styles(html: str) -> bytes:
    """The content of the sheets the HTML links, for the key of a document."""
    prefix = re.escape(urlsplit(settings.STATIC_URL).path)
    return b"".join(
        _static_bytes(unquote(name)) or b"" for name in re.findall(rf'href="{prefix}([^"]+\.css)"', html)
    )


@lru_cache(maxsize=1)
def renderer_version() -> str:
    """What changes the bytes though the input is the same: the renderer, its layout libraries, our typefaces."""
    weasyprint = engine()
    from weasyprint.text.ffi import pango  # noqa: PLC0415 -- after FONTCONFIG_FILE

    faces = " ".join(sorted({name.split("/")[0] for name in typefaces.FILES}))
    return (
        f"weasyprint {weasyprint.__version__}; pango {pango.pango_version()}; "
        f"fonttools {installed_version('fonttools')}; pydyf {installed_version('pydyf')}; {faces}"
    )


def _join_accessibility(document: Any, pdf: Any) -> None:
    """WeasyPrint writes one variant a file; say PDF/UA-1 in the same XMP, with the schema PDF/A asks for."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    data = b"".join(part if isinstance(part, bytes) else part.encode() for part in stream.stream)
    stream.stream, stream.compress = [data.replace(b"</rdf:RDF>", UA_METADATA + b"</rdf:RDF>", 1)], False


def _refuse_missing_letters(html: str) -> None:
    body = re.sub(r"<(style|script|title)\b.*?</\1>", " ", html, flags=re.S | re.I)
    text = html_escapes.unescape(re.sub(r"<[^>]*>", " ", body))
    if missing := typefaces.missing_letters(text):
        named = ", ".join(typefaces.name_of(letter) for letter in sorted(missing)[:8])
        raise DomainError(
            _("The document cannot be made: no typeface has these characters: %(letters)s.")
            % {"letters": named}
        )
