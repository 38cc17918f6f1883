"""Judges what `examine` found of an export: by itself, and against what the database knows of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from archive.export.examine import examine
from archive.export.items import MANIFEST

OK, NOTE, BAD = "ok", "note", "bad"
MOST_NAMED = 20  # faults of one kind that are named


@dataclass(frozen=True)
class Check:
    """One thing looked at: what it is (its words stand in archive.verdicts), how it stands, the details."""

    code: str
    state: str
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Verdict:
    """What a file says of itself."""

    facts: dict[str, Any]
    checks: list[Check] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    checked: int = 0

    @property
    def sha256(self) -> str:
        return self.facts["sha256"]

    @property
    def problems(self) -> list[Check]:
        return [check for check in self.checks if check.state == BAD]

    @property
    def is_readable(self) -> bool:
        return bool(self.manifest)


def verify(content: bytes) -> Verdict:
    """Look at bytes of our own making here and now; foreign ones go through archive.services.verifying."""
    return judge(examine(content))


def judge(facts: dict[str, Any]) -> Verdict:
    """Embedded originals against the inventory inside, pages, PDF/A, seals; nothing of the database."""
    verdict = Verdict(facts)
    if facts["error"]:
        verdict.checks.append(Check("unreadable", BAD, {"error": facts["error"]}))
        return verdict
    listed, said = _listed(facts["manifest"])
    if listed is None:
        verdict.checks.append(Check("no_inventory", BAD))
        return verdict
    verdict.manifest = facts["manifest"]
    pages = facts["pages"]
    verdict.checks.append(
        Check("pages", OK, {"pages": pages})
        if pages == said
        else Check("pages_differ", BAD, {"pages": pages, "said": said})
    )
    _originals(verdict, listed, {name: sha for name, sha in facts["files"].items() if name != MANIFEST})
    verdict.checks.append(
        Check("broken", BAD, {"what": "; ".join(facts["broken"])})
        if facts["broken"]
        else Check("archival", OK)
    )
    _seals(verdict)
    return verdict


def _listed(manifest: Any) -> tuple[dict[str, str] | None, int]:
    """Names and sums of the inventory; None when it is none of ours."""
    try:
        files = {
            str(one["name"]): str(one["sha256"]) for entry in manifest["entries"] for one in entry["files"]
        }
        return files, int(manifest["pages"])
    except (KeyError, TypeError, ValueError):
        return None, 0


def _originals(verdict: Verdict, listed: dict[str, str], there: dict[str, str]) -> None:
    missing = sorted(set(listed) - set(there))
    exchanged = sorted(name for name in listed if name in there and there[name] != listed[name])
    strange = sorted(set(there) - set(listed))
    for code, names in (("missing", missing), ("exchanged", exchanged), ("stranger", strange)):
        verdict.checks += [Check(code, BAD, {"name": name[:200]}) for name in names[:MOST_NAMED]]
    verdict.checked = len(listed) - len(missing) - len(exchanged)
    if not (missing or exchanged or strange):
        verdict.checks.append(Check("originals", OK, {"count": verdict.checked}))


def _seals(verdict: Verdict) -> None:
    if verdict.facts["seals_error"]:
        verdict.checks.append(Check("seals_unreadable", BAD))
    for seal in verdict.facts["seals"]:
        details = {"who": seal["subject"], "issuer": seal["issuer"], "at": seal["at"][:16].replace("T", " ")}
        kind = "stamp" if seal["is_stamp"] else "seal"
        if not seal["is_intact"]:
            verdict.checks.append(Check(f"{kind}_broken", BAD, details))
        elif not seal["is_last_word"]:
            verdict.checks.append(Check("added_behind", BAD, details))
        else:
            verdict.checks.append(Check(f"{kind}_whole", OK, details))
