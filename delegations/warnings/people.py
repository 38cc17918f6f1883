"""A delegation without a head, items without anybody from our side."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from delegations.board import Board
from delegations.choices import ItemKind, Progress
from delegations.warnings.definition import Fix, Warning
from delegations.warnings.words import (
    said,
)


def nobody_hosts(board: Board) -> Iterator[Warning]:
    """A meeting or ceremony without anybody from our side."""
    wanted = (ItemKind.MEETING, ItemKind.CEREMONY, ItemKind.CULTURE)
    for item in board.items:
        if item.kind in wanted and not item.host_label and item.progress != Progress.CANCELLED:
            person = getattr(board.visit, "host", None) or board.visit.responsible
            yield Warning(
                key=f"host:{item.pk}",
                fact="nobody",
                title=_("Nobody is responsible"),
                text=_("%(item)s: nobody from our side is named.") % {"item": said(item)},
                items=(item.pk,),
                fixes=(
                    Fix(
                        _("Name %(name)s") % {"name": person.full_name},
                        "host",
                        {"item": item.pk, "user": person.pk},
                    ),
                    Fix(_("Choose another person"), anchor=item.pk),
                ),
            )


def no_head(board: Board) -> Iterator[Warning]:
    if board.members and not any(member.kind == "head" for member in board.members):
        first = board.members[0]
        yield Warning(
            key="head",
            fact=str(len(board.members)),
            title=_("The delegation has no head"),
            text=_("Guests: %(count)d; first in order: %(name)s.")
            % {"count": len(board.members), "name": first.display_name},
            fixes=(Fix(_("Head: %(name)s") % {"name": first.display_name}, "head", {"member": first.pk}),),
        )
