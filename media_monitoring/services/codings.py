"""Reading articles by people: the first reading is in force, a second one of another person measures the agreement."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from media_monitoring import proposals
from media_monitoring.choices_desk import Mention, Tone
from media_monitoring.models import Article, Coding


@transaction.atomic
def code_article(article: Article, *, by: Actor, revision: int | None = None, **fields: Any) -> Coding:
    """Write down how this person reads the article; what the machine had proposed unseen is kept beside it."""
    if by.user is None:
        raise DomainError(_("An article is read by a person."))
    if fields.get("tone") not in Tone.values:
        raise DomainError(_("Choose the tone."), field="tone")
    if fields["tone"] == Tone.MISLEADING and not fields.get("reason", "").strip():
        raise DomainError(_("Write in a few words what misleads."), field="reason")
    unknown = set(fields.get("mentions", [])) - set(Mention.values)
    if unknown:
        raise DomainError(_("Choose from the list."), field="mentions")
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    coding = Coding.objects.filter(article=article, coder=by.user).first()
    if coding:
        for name, value in fields.items():
            setattr(coding, name, value)
        coding.save_if_current(revision, list(fields))
        audit.record("coding.changed", coding, by=by, what=str(coding.get_tone_display()))
        return coding
    is_second = Coding.objects.filter(article=article).exists()
    try:
        with transaction.atomic():
            coding = Coding.objects.create(
                article=article,
                coder=by.user,
                is_second=is_second,
                **fields,
            )
    except IntegrityError as error:
        raise DomainError(_("You have just coded this article. Open it again.")) from error
    if not is_second:
        proposals.decided(coding)
    audit.record("coding.added", coding, by=by, what=str(coding.get_tone_display()))
    return coding
