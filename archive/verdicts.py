"""The words of what a verification found; codes are kept, so that each reader has them in her language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    "sum": _("The bytes are exactly those of the export kept here."),
    "sum_before": _("The bytes are those of this export from before its seal was renewed."),
    "sum_differs": _("The bytes are not those of the export, though it calls itself one."),
    "sum_unknown": _("No export made here has these bytes."),
    "unreadable": _("The file cannot be read as a PDF: %(error)s"),
    "no_inventory": _("There is no inner inventory in the file: it is no export of a case file."),
    "too_much": _("The file needs more memory or time than one may: it was not looked at any further."),
    "bytes_gone": _("There are no bytes to look at any more."),
    "pages": _("All pages are there: %(pages)s."),
    "pages_differ": _("The inventory tells of %(said)s pages, there are %(pages)s."),
    "originals": _("Every embedded original has the sum that the inventory tells: %(count)s."),
    "missing": _("An embedded original is missing: %(name)s"),
    "exchanged": _("An embedded original is not the one that was put in: %(name)s"),
    "stranger": _("A file that the inventory does not know: %(name)s"),
    "archival": _("The file is valid PDF/A-3."),
    "broken": _("The file is not valid PDF/A-3: %(what)s"),
    "inventory": _("The inventory inside is the one kept in the database."),
    "inventory_differs": _("The inventory inside is not the one kept in the database."),
    "kept": _("Originals that the portal still keeps under the same sum: %(kept)s of %(count)s."),
    "destroyed": _("The portal's own bytes of this export are destroyed by act; its sums are kept."),
    "seal_whole": _("Seal whole: %(who)s, %(at)s (issued by: %(issuer)s)."),
    "seal_broken": _("What the seal covers was changed: %(who)s, %(at)s."),
    "stamp_whole": _("Time stamp whole: %(who)s, %(at)s."),
    "stamp_broken": _("What the time stamp covers was changed: %(who)s, %(at)s."),
    "added_behind": _("Something was added behind the seal: %(who)s, %(at)s."),
    "seals_unreadable": _("The seals of the file cannot be read."),
    "seal_ours": _("The seals are those the portal put on this export."),
    "seal_unknown": _("A seal is not one the portal put on this export."),
    "seal_missing": _("The export was sealed; this file has no seal."),
    "unsealed": _("The file has no electronic seal."),
    "demo": _("The seal is a self-made one of the demonstration: it has no legal force."),
    "superseded": _("A newer export of the file has been made: no. %(number)s."),
}


def words_of(check: dict[str, Any]) -> str:
    return str(WORDS[check["code"]]) % check["details"]
