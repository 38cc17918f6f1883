from __future__ import annotations

from typing import Any

from crispy_forms.layout import Submit
from django.utils.translation import gettext_lazy as _

from media_monitoring.choices import FETCHED, SourceKind
from media_monitoring.models import Source
from partners.forms import RowForm


class SourceForm(RowForm):
    class Meta:
        model = Source
        fields = ["outlet", "kind", "url", "every_minutes", "sender"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind.label) for kind in (*FETCHED, SourceKind.NEWSLETTER)]
        self.fields["url"].help_text = _("Of a feed, sitemap or listing page.")
        self.fields["sender"].help_text = _("Of a newsletter: as it stands after “From”.")
        self.fields["every_minutes"].widget.attrs["class"] = "w-num"
        self.lay_out("outlet", "kind", "url", "every_minutes", "sender", Submit("save", _("Save")))
