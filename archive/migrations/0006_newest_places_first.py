from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The search in documents lists what lies in files, the newest first."""

    dependencies = [("archive", "0005_texts_of_documents")]

    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("left_at", None)),
                fields=["-filed_on", "-id"],
                name="archive_placement_newest",
            ),
        ),
    ]
