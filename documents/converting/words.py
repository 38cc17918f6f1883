"""What is said of a conversion: codes are kept, sentences are made when somebody reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

Said = tuple[str, dict[str, Any]]

REASONS: dict[str, Any] = {
    "empty": _("The file is empty."),
    "recording": _("A recording cannot be printed."),
    "program": _("The file is a program: it is not printed."),
    "no_way": _("There is no converter for files of this type: %(kind)s."),
    "no_converter": _("The converter is not installed on this machine: %(name)s."),
    "open": _("The file is not converted: on this machine a converter could not be kept from the network."),
    "archive": _("A packed archive of this type is not opened: %(kind)s."),
    "encrypted": _("The file is encrypted: it opens only with a password."),
    "broken_pdf": _("The PDF is broken."),
    "broken_picture": _("The picture is broken."),
    "broken_office": _("The office document is broken."),
    "broken_letter": _("The letter cannot be read."),
    "broken_container": _("The container is broken."),
    "broken_record": _("The record of the page is broken."),
    "broken_text": _("The letters of the text cannot be read."),
    "no_page": _("The PDF has no page."),
    "too_many_pages": _("The file has more pages than are printed: %(count)s."),
    "text_too_long": _("The text is too long to be printed."),
    "picture_too_large": _("The picture is too large to be printed. %(size)s"),
    "bomb": _("The file unpacks to %(size)s MB: it is not opened."),
    "too_much": _("The converter was stopped: the file asks for more memory or time than a conversion may have."),
    "failed": _("The converter could not read the file: %(name)s."),
    "unfit": _("The pages are not fit for an archival file (%(rule)s), and no way of mending them helped."),
}  # fmt: skip

NOTES: dict[str, Any] = {
    "other_kind": _("The name says otherwise, but the content is: %(kind)s."),
    "damaged": _("The PDF is damaged: what could be read of it is printed."),
    "form": _("A form is printed as it was filled in."),
    "dynamic_form": _("The form is drawn by a program (XFA): what is printed may be only its notice."),
    "protected": _("The PDF was protected against changes; its pages are printed without protection."),
    "notes": _("Notes on the pages are printed as they look; their text is in the embedded original."),
    "scripts": _("Scripts and commands of the PDF are left out of the pages; nothing of them was run."),
    "files": _("The PDF carries files; they stay inside the embedded original: %(names)s."),
    "layers": _("The PDF has layers: they are printed as they are seen on opening."),
    "archival": _("Typefaces and colours were made archival by a converter; the text was compared and is the same."),
    "archival_uncompared": _("Typefaces and colours were made archival by a converter."),
    "pictures": _("The pages are printed as pictures of themselves, because they could not be made archival otherwise."),
    "scaled": _("A page was larger than an archival PDF may hold: it is printed smaller."),
    "macros": _("The document carries macros: they were not run and stay in the embedded original."),
    "external": _("What the document would fetch from elsewhere was not fetched."),
    "first_frame": _("Of a moving picture the first frame is printed; frames: %(count)s."),
    "encoding": _("The file does not say how its letters are written; read as %(name)s."),
    "missing": _("Letters that no typeface has are printed as their codes: %(letters)s."),
    "bare": _("The layout of the page could not be kept: its words are printed."),
    "more_attachments": _("Attachments that are only inside the letter: %(count)s."),
    "signed_whole": _("Signed: %(who)s. The document was not changed after signing."),
    "signed_extended": _("Signed: %(who)s. After signing something was added; what was signed is unchanged."),
    "signed_changed": _("Signed: %(who)s. What was signed was changed, or the signature is damaged."),
    "signed_overlaid": _("Signed: %(who)s. After signing the document was changed in a way that no signature allows: what is printed may not be what was signed."),
    "signed_unchecked": _("Signed: %(who)s. Whether the document was changed after signing could not be checked here."),
    "signed_kept": _("The signed original is embedded as it came; a page printed here carries no signature. Whether a certificate was revoked is told only from what the file itself brings."),
    "stamped_whole": _("Time stamp: %(who)s. What it covers was not changed."),
    "stamped_changed": _("Time stamp: %(who)s. What it covers was changed, or the stamp is damaged."),
    "stamped_unchecked": _("Time stamp: %(who)s. It could not be checked here."),
    "chain_trusted": _("%(who)s: the chain of certificates leads to the trusted root %(root)s."),
    "chain_no_root": _("%(who)s: the chain of certificates leads to no trusted root (issued by: %(issuer)s)."),
    "chain_no_roots": _("%(who)s: the chain of certificates leads to no trusted root, for none is named on this portal (issued by: %(issuer)s)."),
    "chain_revoked": _("%(who)s: the certificate had been revoked when it was used (issued by: %(issuer)s)."),
    "chain_ended": _("%(who)s: the certificate was not in force when it was used (issued by: %(issuer)s)."),
    "chain_unfit": _("%(who)s: the chain of certificates does not hold (issued by: %(issuer)s)."),
}  # fmt: skip


def sentence(said: Said) -> str:
    """The code in words; one that nobody knows any more is shown as it is, never hidden."""
    code, values = said
    words = REASONS.get(code) or NOTES.get(code)
    if words is None:
        return code
    return (str(words) % values if values else str(words)).strip()
