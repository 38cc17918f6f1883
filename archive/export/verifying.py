"""Looks an export through by itself: every embedded original against its sum, the inventory against what is there."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from archive.export.casefile import LEVEL, MANIFEST
from archive.export.items import sha256
from documents import conformance


@dataclass
class Verdict:
    sha256: str
    manifest: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    checked: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify(content: bytes) -> Verdict:
    """What is wrong with the file; nothing when it is whole. The seal is verified in its own step once there is one."""
    import pikepdf  # noqa: PLC0415 -- workers only

    verdict = Verdict(sha256(content))
    try:
        with pikepdf.open(io.BytesIO(content)) as found:
            files = {name: found.attachments[name].get_file().read_bytes() for name in found.attachments}
            pages = len(found.pages)
    except (pikepdf.PdfError, ValueError, KeyError) as error:
        verdict.problems.append(_("The file cannot be read: %(error)s") % {"error": error})
        return verdict
    try:
        verdict.manifest = manifest = json.loads(files.pop(MANIFEST))
        listed = {file["name"]: file for entry in manifest["entries"] for file in entry["files"]}
        said = manifest["pages"]
    except (KeyError, ValueError, TypeError):
        verdict.problems.append(_("There is no readable inventory in the file."))
        return verdict
    if pages != said:
        verdict.problems.append(
            _("The inventory tells of %(said)d pages, there are %(pages)d.") % {"said": said, "pages": pages}
        )
    for name, file in sorted(listed.items()):
        if name not in files:
            verdict.problems.append(_("An embedded original is missing: %(name)s") % {"name": name})
        elif sha256(files[name]) != file["sha256"]:
            verdict.problems.append(
                _("An embedded original is not the one that was put in: %(name)s") % {"name": name}
            )
        else:
            verdict.checked += 1
    for name in sorted(set(files) - set(listed)):
        verdict.problems.append(_("A file that the inventory does not know: %(name)s") % {"name": name})
    verdict.problems += [str(problem) for problem in conformance.check(content, [LEVEL])]
    return verdict
