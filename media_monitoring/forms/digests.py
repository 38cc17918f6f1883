from __future__ import annotations

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from media_monitoring.models import EXCERPT, Digest, DigestItem, DigestReader
from partners.forms import RowForm


class DigestItemForm(RowForm):
    class Meta:
        model = DigestItem
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": EXCERPT})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = EXCERPT * 4  # the service says by how much it is too long
        self.fields["text"].validators = []


class DigestNoteForm(forms.ModelForm):
    class Meta:
        model = Digest
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


class DigestReaderForm(RowForm):
    class Meta:
        model = DigestReader
        fields = ["name", "post", "email", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["is_active"]
        active = ["is_active"] if "is_active" in self.fields else []
        self.lay_out("name", "post", "email", *active, Submit("save", _("Save")))

    @property
    def own_fields(self) -> list[str]:
        return [name for name in super().own_fields if name in self.fields]
