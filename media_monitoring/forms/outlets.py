from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django.utils.translation import gettext_lazy as _

from documents.typefaces import refuse_missing_letters
from media_monitoring.models import Outlet
from partners.forms import RowForm


class OutletForm(RowForm):
    """Who publishes, and the rules of what is kept of it."""

    class Meta:
        model = Outlet
        fields = [
            "name", "kind", "scope", "site", "note", "is_active",
            "keeps", "readers", "kept_days", "evidence_days", "ground", "rights_note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(refuse_missing_letters)
        for name in ("kept_days", "evidence_days"):
            self.fields[name].widget.attrs["class"] = "w-num"
        self.fields["kept_days"].help_text = _(
            "Nothing: as long as the portal keeps articles. Link and excerpt stay."
        )
        self.fields["rights_note"].help_text = _(
            "What the outlet's rules or robots.txt say of copying and of text and data mining."
        )
        self.lay_out(
            Fieldset(
                str(_("Outlet")), "name", Row(Column("kind"), Column("scope")), "site", "note", "is_active"
            ),
            Fieldset(
                str(_("What is kept")),
                "keeps",
                "readers",
                Row(Column("kept_days"), Column("evidence_days")),
                "ground",
                "rights_note",
            ),
            Submit("save", _("Save")),
        )
