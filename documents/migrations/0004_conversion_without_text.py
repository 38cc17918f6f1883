from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Words are read from the pages, one text a page, by whoever searches them."""

    dependencies = [("documents", "0003_kept_conversions")]

    operations = [migrations.RemoveField(model_name="conversion", name="text")]
