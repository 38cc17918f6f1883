import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0007_photographs"),
        ("matters", "0003_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="festival",
            name="called_off_reason",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="festival",
            name="status",
            field=models.CharField(
                choices=[
                    ("preparing", "being prepared"),
                    ("under_way", "going on"),
                    ("over", "over"),
                    ("closed", "closed"),
                    ("called_off", "called off"),
                ],
                default="preparing",
                editable=False,
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="festival",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends_on__lte",
                        models.ExpressionWrapper(
                            models.F("starts_on") + models.Value(30), output_field=models.DateField()
                        ),
                    )
                ),
                name="delegations_festival_is_a_month_at_most",
                violation_error_message="A festival lasts 31 days at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="festival",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "called_off"), _negated=True),
                    models.Q(("called_off_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="delegations_festival_called_off_has_reason",
            ),
        ),
        migrations.RemoveConstraint(model_name="warningnote", name="delegations_warningnote_once"),
        migrations.RenameField(model_name="warningnote", old_name="visit", new_name="matter"),
        migrations.AlterField(
            model_name="warningnote",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="warning_notes", to="matters.matter"
            ),
        ),
        migrations.AddConstraint(
            model_name="warningnote",
            constraint=models.UniqueConstraint(fields=["matter", "key"], name="delegations_warningnote_once"),
        ),
    ]
