"""The model of tones becomes one of each aspect; what it had learned and proposed is made anew by beat."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

ASPECTS = [("tone", "tone"), ("genre", "fact or opinion"), ("unit", "unit concerned")]


class Migration(migrations.Migration):
    dependencies = [("media_monitoring", "0010_newsletters_and_scans")]

    operations = [
        migrations.DeleteModel(name="Proposal"),
        migrations.RemoveField(model_name="coding", name="model"),
        migrations.RemoveField(model_name="coding", name="proposed_tone"),
        migrations.DeleteModel(name="ToneModel"),
        migrations.CreateModel(
            name="CodingModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aspect", models.CharField(choices=ASPECTS, max_length=8)),
                ("trained_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("samples", models.PositiveIntegerField()),
                ("accuracy", models.FloatField()),
                ("baseline", models.FloatField()),
                ("macro_f1", models.FloatField()),
                ("baseline_f1", models.FloatField()),
                ("labels", models.JSONField(default=list)),
                ("weights", models.BinaryField()),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["aspect", "-id"], name="media_monitoring_model_newest")],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aspect", models.CharField(choices=ASPECTS, max_length=8)),
                ("label", models.CharField(max_length=20)),
                ("share", models.FloatField()),
                ("met", models.CharField(blank=True, max_length=20)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="media_monitoring.article",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="media_monitoring.codingmodel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "aspect"), name="media_monitoring_proposal_once"
                    )
                ],
            },
        ),
    ]
