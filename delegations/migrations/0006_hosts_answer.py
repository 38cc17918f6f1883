import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0005_ticket_asked_for"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="meetingrequest", name="delegations_request_proposal_has_a_day"
        ),
        migrations.RemoveField(model_name="meetingrequest", name="link"),
        migrations.RemoveField(model_name="meetingrequest", name="document"),
        migrations.RemoveField(model_name="meetingrequest", name="settled_at"),
        migrations.AddField(
            model_name="meetingrequest",
            name="language",
            field=models.CharField(default="lt", max_length=5, verbose_name="language of the letter"),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="asked_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="asked_on",
            field=models.DateField(default=django.utils.timezone.localdate, editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="asked_starts",
            field=models.TimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="asked_ends",
            field=models.TimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="asked_part",
            field=models.CharField(
                blank=True,
                choices=[
                    ("1morning", "morning"),
                    ("2noon", "midday"),
                    ("3afternoon", "afternoon"),
                    ("4evening", "evening"),
                ],
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="papers",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="meeting_requests", to="documents.document"
            ),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="refusal",
            field=models.TextField(
                blank=True, max_length=1000, verbose_name="why the other time does not suit"
            ),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="chased_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="chase_count",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="meetingrequest",
            constraint=models.UniqueConstraint(
                models.F("item"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("withdrawn_at", None)),
                name="delegations_request_asks_once",
                violation_error_message="This address is asked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "proposed"), _negated=True),
                    models.Q(("proposed_on__isnull", False), ("proposed_starts__isnull", False)),
                    _connector="OR",
                ),
                name="delegations_request_proposal_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "declined"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="delegations_request_declined_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="meetingrequest",
            index=models.Index(
                condition=models.Q(("answer", "waiting"), ("withdrawn_at", None)),
                fields=["asked_on"],
                name="delegations_request_waiting",
            ),
        ),
    ]
