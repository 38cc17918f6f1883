import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0005_restricted_documents"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0002_tables"),
        ("documents", "0001_tables"),
        ("matters", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="matters.matter"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="readers",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="actor_for",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="actor_user",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="documents.document"
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="docx",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="matters.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_ours", True), models.Q(("system", ""), _negated=True), _connector="OR"
                ),
                name="documents_register_elsewhere_has_system",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="awaits",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waiting",
                to="documents.register",
                verbose_name="waits for a number in",
            ),
        ),
        migrations.AddField(
            model_name="registeryear",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="years", to="documents.register"
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="actor_for",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="actor_user",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="documents.register",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("pdf__isnull", False), ("reason__isnull", False), _connector="OR"),
                name="documents_conversion_has_pages_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(
                fields=("document", "number"), name="documents_version_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["matter", "-created_at"], name="documents_of_matter"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("origin", "made"), models.Q(("state__in", ("void", "destroyed")), _negated=True)
                ),
                fields=("matter", "kind", "language"),
                name="documents_document_made_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), _negated=True),
                    models.Q(("void_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="documents_document_void_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_working_paper", False), ("erase_on__isnull", False), _connector="OR"),
                name="documents_document_working_paper_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="registeryear",
            constraint=models.UniqueConstraint(
                fields=("register", "year"), name="documents_register_year_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_at", None)),
                fields=("document",),
                name="documents_registration_one_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sequence__isnull", False)),
                fields=("register", "year", "sequence"),
                name="documents_registration_number_is_used_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_at", None)),
                fields=("register", "year", "number"),
                name="documents_registration_outside_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_at", None), ("void_reason", "")),
                    models.Q(("void_at__isnull", False), models.Q(("void_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="documents_registration_void_as_a_whole",
            ),
        ),
    ]
