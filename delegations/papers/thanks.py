"""The letter of thanks to the head of a delegation: words proposed from the facts of the visit, kept once a person has read them."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.choices import Gender
from delegations.choices import ItemKind, MemberKind, Progress
from delegations.models import Member, ProgrammeItem, Visit
from delegations.papers import content as read
from delegations.papers.docx import docx_bytes, new_docx

WORDS = Path(__file__).resolve().parents[1] / "data" / "thanks_words.json"
REMEMBERED = (ItemKind.CEREMONY, ItemKind.CULTURE, ItemKind.MEETING)
MOST_REMEMBERED = 3


@lru_cache(maxsize=1)
def _all_words() -> dict[str, dict[str, str]]:
    return json.loads(WORDS.read_text(encoding="utf-8"))


def words(language: str) -> dict[str, str]:
    return _all_words()[language]


def thanks_languages(visit: Visit) -> list[str]:
    """The guests' language where we have its words, else English; and Lithuanian for our own reader."""
    theirs = visit.guest_language
    return list(dict.fromkeys([theirs if theirs in _all_words() else "en", "lt"]))


def head_of(visit: Visit) -> Member | None:
    """To whom we write: the head of the delegation, else who stands first."""
    return visit.members.filter(kind=MemberKind.HEAD).first() or visit.members.first()


def proposal(visit: Visit, language: str) -> dict[str, str]:
    """Salutation, text and signatory as the facts of the visit give them."""
    said, head = words(language), head_of(visit)
    signer = visit.host or visit.responsible
    post = signer.post if language == "lt" else ""
    return {
        "salutation": _salutation(head, said, language),
        "body": "\n\n".join(_paragraphs(visit, said, language)),
        "signatory": ", ".join(part for part in (signer.full_name, post) if part),
    }


def _salutation(head: Member | None, said: dict[str, str], language: str) -> str:
    if head is None:
        return said["n"].replace("{name}", "").replace(" ,", ",").replace(" !", "!")
    gender = {Gender.MALE: "m", Gender.FEMALE: "f"}.get(Gender(head.gender), "n") if head.gender else "n"
    name = head.name if language in ("lt", "en") else head.display_name
    return said[gender].format(name=name, surname=name.split()[-1])


def _paragraphs(visit: Visit, said: dict[str, str], language: str) -> list[str]:
    items = list(
        ProgrammeItem.objects.alive()
        .of_visit(visit)
        .filter(progress=Progress.DONE, kind__in=REMEMBERED)
        .in_order()
        .prefetch_related("texts")
    )
    texts = [item.texts_by_language for item in items]
    titles = [text[language].title for text in texts if language in text and text[language].title]
    found = [said["thanks"].format(days=read.days_of_visit(visit.starts_on, visit.ends_on, language))]
    if titles:
        found.append(said["recall"].format(titles="; ".join(titles[:MOST_REMEMBERED])))
    agreed = [item.agreed for item in items if item.agreed]
    if said["agreed"] and agreed:
        found.append("\n".join([said["agreed"], *(f"– {text}" for text in agreed)]))
    return [*found, said["hope"]]


def kept(visit: Visit, language: str) -> dict[str, str]:
    """The words as a person has kept them, else as they are proposed."""
    letter = visit.thanks_letters.filter(language=language).first()
    if letter is None:
        return proposal(visit, language)
    return {"salutation": letter.salutation, "body": letter.body, "signatory": letter.signatory}


def letter(content: dict[str, Any], language: str, *, matter: Visit) -> dict[str, Any]:
    said, head = words(language), head_of(matter)
    text = kept(matter, language)
    post = ""
    if head:
        post = head.post_lt if language == "lt" else head.post_local
    city = read.city_name(content, language)
    return {
        "title": said["title"],
        "to": [line for line in ((head.name if language == "lt" else head.display_name) if head else "", post, city) if line],
        "day": _day(timezone.localdate(), language),
        "home": settings.HOME_CITY,
        "salutation": text["salutation"],
        "paragraphs": [part.split("\n") for part in text["body"].split("\n\n") if part.strip()],
        "close": said["close"],
        "signatory": text["signatory"],
    }  # fmt: skip


def _day(day: datetime.date, language: str) -> str:
    return read.days_of_visit(day, day, language)


def is_worded(visit: Visit) -> bool:
    """The letter is a draft until somebody has read and kept its words."""
    return visit.thanks_letters.exists()


def thanks_docx(data: dict[str, Any], language: str) -> bytes:
    docx = new_docx({"title": data["title"], "subtitle": f"{data['home']}, {data['day']}"})
    for line in data["to"]:
        docx.add_paragraph(line)
    docx.add_paragraph(data["salutation"])
    for lines in data["paragraphs"]:
        docx.add_paragraph("\n".join(lines))
    docx.add_paragraph(data["close"])
    docx.add_paragraph(data["signatory"])
    return docx_bytes(docx)
