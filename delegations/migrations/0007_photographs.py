import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_scrub_sent_letters"),
        ("delegations", "0006_hosts_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ThanksLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="by"),
                ),
                (
                    "actor_channel",
                    models.CharField(
                        choices=[
                            ("session", "in the portal"),
                            ("link", "by personal link"),
                            ("paper", "on paper or by word"),
                            ("system", "by the portal itself"),
                        ],
                        default="session",
                        editable=False,
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "actor_for_name",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="acting for"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("language", models.CharField(max_length=5)),
                ("salutation", models.CharField(max_length=200, verbose_name="salutation")),
                ("body", models.TextField(max_length=4000, verbose_name="text")),
                ("signatory", models.CharField(max_length=200, verbose_name="who signs")),
                (
                    "actor_for",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks_letters",
                        to="delegations.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter of thanks",
                "verbose_name_plural": "letters of thanks",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "language"), name="delegations_thanks_once_a_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("salutation", ""), _negated=True),
                            models.Q(("body", ""), _negated=True),
                            models.Q(("signatory", ""), _negated=True),
                        ),
                        name="delegations_thanks_is_whole",
                        violation_error_message="A letter has a salutation, a text and somebody who signs it.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="photograph",
            name="height",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="photograph",
            name="in_report",
            field=models.BooleanField(default=False, verbose_name="stands in the report"),
        ),
        migrations.AddField(
            model_name="photograph",
            name="may_tell_place",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="photograph",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken"),
        ),
        migrations.AddField(
            model_name="photograph",
            name="thumb",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="width",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="photograph",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_report", False), ("has_consent", True), _connector="OR"),
                name="delegations_photograph_in_report_has_consent",
                violation_error_message="Only a picture whose people have agreed to its use stands in the report.",
            ),
        ),
    ]
