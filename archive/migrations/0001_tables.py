import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    replaces = [
        ("archive", "0001_initial"),
        ("archive", "0002_case_exports"),
        ("archive", "0003_inventories_and_acts"),
        ("archive", "0004_seals_and_verifications"),
        ("archive", "0005_texts_of_documents"),
        ("archive", "0006_acts_are_documents"),
        ("archive", "0006_newest_places_first"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("accounts", "__first__"),
        ("core", "0001_functions"),
        ("core", "0002_tables"),
        ("documents", "0001_tables"),
        ("matters", "0001_tables"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="ArchiveYear",
                    fields=[
                        (
                            "matter_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="matters.matter",
                            ),
                        ),
                        ("of_year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                    ],
                    options={
                        "verbose_name": "year of the archive",
                        "verbose_name_plural": "years of the archive",
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="CaseFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("volume", models.PositiveSmallIntegerField(default=1, verbose_name="volume")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("begun", "being filled"),
                                    ("finished", "closed"),
                                    ("arranged", "put in order"),
                                    ("inventoried", "entered in the inventory"),
                                    ("archived", "handed over to the archive"),
                                    ("kept", "kept"),
                                    ("expired", "its term is over"),
                                    ("proposed", "proposed for destruction"),
                                    ("destroyed", "destroyed"),
                                    ("transferred", "transferred to the state archive"),
                                ],
                                default="planned",
                                editable=False,
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "opened_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="begun"),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="closed"),
                        ),
                        ("closed_name", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "event_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="day the term is counted from"
                            ),
                        ),
                        (
                            "held_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="legal hold since"
                            ),
                        ),
                        (
                            "hold_reason",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=300,
                                verbose_name="reason of the legal hold",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="where the paper file stands"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="archive.planline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case file",
                        "verbose_name_plural": "case files",
                        "ordering": ["line", "volume"],
                        "permissions": [
                            ("place_document", "Can place and move documents between case files"),
                            ("close_casefile", "Can close, reopen and hold case files"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("line", "volume"), name="archive_file_volume_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("volume__gte", 1)),
                                name="archive_file_volume_counts_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_name", ""),
                                        ("closed_on", None),
                                        ("state__in", ("planned", "begun")),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("planned", "begun")), _negated=True),
                                        ("closed_on__isnull", False),
                                        models.Q(("closed_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_file_closed_as_a_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("opened_on", None), ("state", "planned")),
                                    models.Q(
                                        models.Q(("state", "planned"), _negated=True),
                                        ("opened_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_file_begun_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_on", None), ("hold_reason", "")),
                                    models.Q(
                                        ("held_on__isnull", False),
                                        models.Q(("hold_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_file_hold_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("held_on", None),
                                    models.Q(("state", "destroyed"), _negated=True),
                                    _connector="OR",
                                ),
                                name="archive_file_held_is_not_destroyed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseExport",
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
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="acting for"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("input_sha256", models.CharField(editable=False, max_length=64)),
                        ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                        ("pages", models.PositiveIntegerField(verbose_name="pages")),
                        ("level", models.CharField(max_length=20)),
                        ("manifest", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "seal_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("demo", "self-made key of the demonstration"),
                                    ("pkcs12", "key file (PKCS#12)"),
                                    ("pkcs11", "key on a device (PKCS#11)"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("seal_level", models.CharField(blank=True, max_length=10)),
                        (
                            "seal_subject",
                            models.CharField(blank=True, max_length=300, verbose_name="sealed by"),
                        ),
                        ("seal_fingerprint", models.CharField(blank=True, max_length=64)),
                        ("seal_note", models.CharField(blank=True, max_length=300)),
                        ("sealed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "sealed_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="verifiable until"),
                        ),
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
                            "documents",
                            models.ManyToManyField(related_name="exports", to="documents.document"),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="archive.casefile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export of a case file",
                        "verbose_name_plural": "exports of case files",
                        "ordering": ["file", "-number"],
                        "permissions": [
                            ("export_casefile", "Can export case files and verify exports"),
                            ("view_caseexport", "Can read exports of case files and their verifications"),
                        ],
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sealed_until__isnull", False)),
                                fields=["sealed_until"],
                                name="archive_export_seal_ends",
                            ),
                            models.Index(fields=["sha256"], name="archive_export_of_sum"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "number"), name="archive_export_number_once"
                            ),
                            models.UniqueConstraint(
                                fields=("file", "input_sha256"), name="archive_export_input_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pages__gte", 1)), name="archive_export_has_pages"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("seal_fingerprint", ""),
                                        ("seal_kind", ""),
                                        ("seal_level", ""),
                                        ("sealed_at", None),
                                        ("sealed_until", None),
                                    ),
                                    models.Q(
                                        models.Q(("seal_kind", ""), _negated=True),
                                        models.Q(("seal_level", ""), _negated=True),
                                        models.Q(("seal_fingerprint", ""), _negated=True),
                                        ("sealed_at__isnull", False),
                                        ("sealed_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_export_sealed_as_a_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Destruction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("submitted_name", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "return_note",
                            models.CharField(
                                blank=True, editable=False, max_length=500, verbose_name="what to mend"
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("approved_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("paper_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, editable=False, null=True, verbose_name="act No."
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                        ("ground", models.CharField(max_length=300, verbose_name="ground")),
                        (
                            "way",
                            models.CharField(blank=True, max_length=200, verbose_name="way of destruction"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("judging", "waiting for the expert"),
                                    ("approving", "waiting for approval"),
                                    ("approved", "approved, not confirmed"),
                                    ("erasing", "being erased"),
                                    ("done", "destroyed"),
                                    ("aborted", "aborted"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "opinion",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=1000,
                                verbose_name="opinion of the expert",
                            ),
                        ),
                        ("opinion_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("opinion_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("list_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("confirmed_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("destroyed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "backups_end_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="last backup expires"
                            ),
                        ),
                        ("aborted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("aborted_name", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "abort_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                        (
                            "approved_by",
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
                            "confirmed_by",
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
                            "document",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                            ),
                        ),
                        (
                            "opinion_by",
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
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "destruction of case files",
                        "verbose_name_plural": "destructions of case files",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [
                            ("judge_destruction", "Can give the expert's opinion on a destruction"),
                            ("approve_destruction", "Can approve an act of destruction"),
                            ("confirm_destruction", "Can confirm an approved destruction"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number__isnull", False)),
                                fields=("year", "number"),
                                name="archive_destruction_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("opinion_by", None),
                                        ("submitted_by", None),
                                        models.Q(("opinion_by", models.F("submitted_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("approved_by", None),
                                        ("submitted_by", None),
                                        models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("approved_by", None),
                                        ("opinion_by", None),
                                        models.Q(("approved_by", models.F("opinion_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("confirmed_by", None),
                                        ("submitted_by", None),
                                        models.Q(("confirmed_by", models.F("submitted_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("confirmed_by", None),
                                        ("opinion_by", None),
                                        models.Q(("confirmed_by", models.F("opinion_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("confirmed_by", None),
                                        ("approved_by", None),
                                        models.Q(("confirmed_by", models.F("approved_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="archive_destruction_each_step_its_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["erasing", "done"]), _negated=True),
                                    models.Q(
                                        ("approved_by__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        ("number__isnull", False),
                                        ("opinion_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_destruction_only_after_all_steps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("aborted_at__isnull", False), ("state", "aborted")),
                                    models.Q(
                                        models.Q(("state", "aborted"), _negated=True), ("aborted_at", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_destruction_aborted_as_a_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("destroyed_at__isnull", False), ("state", "done")),
                                    models.Q(
                                        models.Q(("state", "done"), _negated=True), ("destroyed_at", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_destruction_done_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DestructionLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("index", models.CharField(max_length=20, verbose_name="index")),
                        ("index_key", models.CharField(editable=False, max_length=40)),
                        ("heading", models.CharField(max_length=300, verbose_name="heading")),
                        ("volume", models.PositiveSmallIntegerField(default=1, verbose_name="volume")),
                        ("first_on", models.DateField(blank=True, null=True, verbose_name="first document")),
                        ("last_on", models.DateField(blank=True, null=True, verbose_name="last document")),
                        ("documents", models.PositiveIntegerField(default=0, verbose_name="documents")),
                        ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                        ("sheets", models.PositiveIntegerField(blank=True, null=True, verbose_name="sheets")),
                        ("term", models.CharField(max_length=120, verbose_name="kept")),
                        (
                            "point",
                            models.CharField(blank=True, max_length=20, verbose_name="point of the index"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("counted_from", models.DateField(verbose_name="counted from")),
                        ("kept_until", models.DateField(verbose_name="kept until")),
                        (
                            "state_before",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("begun", "being filled"),
                                    ("finished", "closed"),
                                    ("arranged", "put in order"),
                                    ("inventoried", "entered in the inventory"),
                                    ("archived", "handed over to the archive"),
                                    ("kept", "kept"),
                                    ("expired", "its term is over"),
                                    ("proposed", "proposed for destruction"),
                                    ("destroyed", "destroyed"),
                                    ("transferred", "transferred to the state archive"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("stands", models.BooleanField(default=True)),
                        ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("skipped_why", models.CharField(blank=True, editable=False, max_length=300)),
                        (
                            "destruction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="archive.destruction",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="destruction_lines",
                                to="archive.casefile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a destruction",
                        "verbose_name_plural": "lines of a destruction",
                        "ordering": ["destruction", "year", "index_key", "volume"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stands", True)),
                                fields=("file",),
                                name="archive_destruction_file_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentText",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="read_text",
                                serialize=False,
                                to="documents.document",
                            ),
                        ),
                        (
                            "source_sha256",
                            models.CharField(editable=False, max_length=64, verbose_name="SHA-256"),
                        ),
                        ("tools", models.CharField(editable=False, max_length=500)),
                        ("problem", models.TextField(blank=True, editable=False)),
                        (
                            "texts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), default=list, editable=False, size=None
                            ),
                        ),
                        ("is_cut", models.BooleanField(default=False, editable=False)),
                        ("scanned_pages", models.PositiveIntegerField(default=0, editable=False)),
                        ("version", models.PositiveSmallIntegerField(editable=False)),
                        ("read_at", models.DateTimeField(auto_now=True)),
                        (
                            "rendering",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ErasedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveBigIntegerField(verbose_name="size, bytes")),
                        ("path", models.CharField(max_length=200)),
                        ("is_needed", models.BooleanField(default=False)),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erased",
                                to="archive.destructionline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "erased file",
                        "verbose_name_plural": "erased files",
                        "ordering": ["line", "pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("line", "sha256"), name="archive_erased_file_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_needed", False), ("erased_at", None), _connector="OR"
                                ),
                                name="archive_erased_file_not_if_needed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inventory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("submitted_name", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "return_note",
                            models.CharField(
                                blank=True, editable=False, max_length=500, verbose_name="what to mend"
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("approved_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("paper_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "kept",
                            models.CharField(
                                choices=[
                                    ("permanent", "files kept permanently"),
                                    ("long", "files kept long"),
                                ],
                                max_length=10,
                                verbose_name="files kept",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("fund", models.CharField(blank=True, max_length=20, verbose_name="fund No.")),
                        ("number", models.CharField(max_length=20, verbose_name="inventory No.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("submitted", "waiting for approval"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "approved_by",
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
                            "document",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inventory of case files",
                        "verbose_name_plural": "inventories of case files",
                        "ordering": ["-year", "-kept"],
                        "permissions": [("approve_inventory", "Can approve an inventory of case files")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kept", "year"), name="archive_inventory_once_a_year"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "approved"), _negated=True),
                                fields=("kept",),
                                name="archive_inventory_one_in_work",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                        ("state", "approved"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "approved"), _negated=True),
                                        ("approved_at", None),
                                        ("approved_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_inventory_approved_as_a_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="archive_inventory_approved_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InventoryLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("index", models.CharField(max_length=20, verbose_name="index")),
                        ("index_key", models.CharField(editable=False, max_length=40)),
                        ("heading", models.CharField(max_length=300, verbose_name="heading")),
                        ("volume", models.PositiveSmallIntegerField(default=1, verbose_name="volume")),
                        ("first_on", models.DateField(blank=True, null=True, verbose_name="first document")),
                        ("last_on", models.DateField(blank=True, null=True, verbose_name="last document")),
                        ("documents", models.PositiveIntegerField(default=0, verbose_name="documents")),
                        ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                        ("sheets", models.PositiveIntegerField(blank=True, null=True, verbose_name="sheets")),
                        ("term", models.CharField(max_length=120, verbose_name="kept")),
                        (
                            "point",
                            models.CharField(blank=True, max_length=20, verbose_name="point of the index"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "kept",
                            models.CharField(
                                choices=[
                                    ("permanent", "files kept permanently"),
                                    ("long", "files kept long"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="No.")),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inventory_line",
                                to="archive.casefile",
                            ),
                        ),
                        (
                            "inventory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="archive.inventory",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of an inventory",
                        "verbose_name_plural": "lines of an inventory",
                        "ordering": ["inventory", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kept", "number"), name="archive_inventory_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="archive_inventory_number_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                        ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("submitted", "waiting for approval"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("closes_on", models.DateField(verbose_name="files are closed by")),
                        (
                            "agreed_with",
                            models.CharField(
                                blank=True,
                                help_text="With the state archive, when there are files kept permanently: date and number.",
                                max_length=300,
                                verbose_name="coordinated",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "return_note",
                            models.CharField(
                                blank=True, editable=False, max_length=500, verbose_name="what to mend"
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("approved_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("paper_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "approved_by",
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
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="copies",
                                to="archive.plan",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "submitted_by",
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "retention_index",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="archive.retentionindex",
                                verbose_name="retention index",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "documentation plan",
                        "verbose_name_plural": "documentation plans",
                        "ordering": ["-year"],
                        "permissions": [("approve_plan", "Can approve a documentation plan")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                        ("state", "approved"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "approved"), _negated=True),
                                        ("approved_at", None),
                                        ("approved_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_plan_approved_as_a_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(
                                        ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_plan_submitted_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("paper", None), ("paper_at", None)),
                                    models.Q(("paper__isnull", False), ("paper_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="archive_plan_paper_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "index",
                            models.CharField(
                                help_text="For example, 5.3", max_length=20, verbose_name="index"
                            ),
                        ),
                        ("index_key", models.CharField(editable=False, max_length=40)),
                        ("heading", models.CharField(max_length=300, verbose_name="heading")),
                        (
                            "medium",
                            models.CharField(
                                choices=[
                                    ("electronic", "electronic"),
                                    ("paper", "paper"),
                                    ("mixed", "paper and electronic"),
                                ],
                                default="electronic",
                                max_length=12,
                                verbose_name="medium",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("supplemented_on", models.DateField(blank=True, editable=False, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="archive.plan",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible person",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="responsible unit",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="archive.retentionpoint",
                                verbose_name="term by the retention index",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of the plan",
                        "verbose_name_plural": "lines of the plan",
                        "ordering": ["plan", "index_key", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "index"),
                                name="archive_line_index_once_a_plan",
                                violation_error_message="This index stands in the plan already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supplemented_on", None),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="archive_line_supplement_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RenewedSeal",
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
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="acting for"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("is_stamp", models.BooleanField(verbose_name="time stamp")),
                        ("sha256_before", models.CharField(db_index=True, max_length=64)),
                        ("size_before", models.PositiveBigIntegerField()),
                        ("sha256_after", models.CharField(max_length=64)),
                        ("until_before", models.DateTimeField()),
                        ("until", models.DateTimeField(verbose_name="verifiable until")),
                        ("subject", models.CharField(max_length=300, verbose_name="whose")),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
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
                            "export",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewals",
                                to="archive.caseexport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "renewed seal",
                        "verbose_name_plural": "renewed seals",
                        "ordering": ["export", "number"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("export", "number"), name="archive_renewal_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("until_before"))),
                                name="archive_renewal_prolongs",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionIndex",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(default=datetime.date(2000, 1, 1), verbose_name="in force from"),
                        ),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force to")),
                        ("source", models.CharField(blank=True, max_length=400, verbose_name="source")),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                        ("code", models.SlugField(max_length=60, verbose_name="code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("act", models.CharField(blank=True, max_length=300, verbose_name="act")),
                    ],
                    options={
                        "verbose_name": "retention index",
                        "verbose_name_plural": "retention indexes",
                        "ordering": ["-valid_from", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "valid_from"), name="archive_index_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="archive_index_runs_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.SlugField(
                                help_text="The same in every version of the index.",
                                max_length=60,
                                verbose_name="code",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True, help_text="For example, 5.27", max_length=20, verbose_name="point"
                            ),
                        ),
                        (
                            "name_lt",
                            models.CharField(max_length=300, verbose_name="documents, in Lithuanian"),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="documents, in English"
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("permanent", "permanently"),
                                    ("years", "some years"),
                                    ("by_documents", "as long as the documents registered in it"),
                                    ("until_not_needed", "until no longer needed"),
                                ],
                                max_length=20,
                                verbose_name="kept",
                            ),
                        ),
                        (
                            "years",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="years"),
                        ),
                        (
                            "counted_from",
                            models.CharField(
                                choices=[
                                    ("closing", "the last document of the file"),
                                    ("contract_end", "the end of the contract"),
                                    ("last_payment", "the last payment of the project"),
                                    ("replaced", "the replacement by a new document"),
                                ],
                                default="closing",
                                max_length=20,
                                verbose_name="counted from",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                        ("source", models.CharField(blank=True, max_length=400, verbose_name="source")),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                        (
                            "index",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="archive.retentionindex",
                                verbose_name="retention index",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "point of the retention index",
                        "verbose_name_plural": "points of the retention index",
                        "ordering": ["index", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("index", "code"), name="archive_point_once_an_index"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rule", "years"), ("years__gte", 1)),
                                    models.Q(models.Q(("rule", "years"), _negated=True), ("years", None)),
                                    _connector="OR",
                                ),
                                name="archive_point_years_with_their_rule",
                                violation_error_message="Give the years when the documents are kept some years, else none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
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
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="acting for"
                            ),
                        ),
                        ("filed_on", models.DateField(verbose_name="date")),
                        ("ordered_at", models.DateTimeField()),
                        ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                        ("sheets", models.PositiveIntegerField(blank=True, null=True, verbose_name="sheets")),
                        ("by_hand", models.BooleanField(default=False)),
                        ("is_late", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("placed_at", models.DateTimeField(auto_now_add=True)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        ("left_reason", models.CharField(blank=True, max_length=300)),
                        ("left_name", models.CharField(blank=True, max_length=400)),
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="documents.document",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="archive.casefile",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="archive.retentionpoint",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place in a case file",
                        "verbose_name_plural": "places in case files",
                        "ordering": ["file", "filed_on", "ordered_at", "document_id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("left_at", None)),
                                fields=["file", "filed_on", "ordered_at", "document"],
                                name="archive_inventory_order",
                            ),
                            models.Index(
                                condition=models.Q(("left_at", None)),
                                fields=["-filed_on", "-id"],
                                name="archive_placement_newest",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("document",),
                                name="archive_placement_one_stands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_at", None), ("left_reason", "")),
                                    models.Q(
                                        ("left_at__isnull", False),
                                        models.Q(("left_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_placement_left_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sheets", None), ("sheets__gte", 1), _connector="OR"),
                                name="archive_placement_sheets_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pages_read",
                                to="archive.documenttext",
                            ),
                        ),
                    ],
                    options={
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["words"], name="archive_text_page_words"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("text", "number"), name="archive_text_page_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("folded", models.CharField(max_length=60)),
                        ("stem", models.CharField(default="", max_length=60)),
                        ("word", models.CharField(max_length=60)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                        "indexes": [models.Index(fields=["stem"], name="archive_word_stem")],
                        "constraints": [
                            models.UniqueConstraint(fields=("folded", "word"), name="archive_word_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("submitted_name", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "return_note",
                            models.CharField(
                                blank=True, editable=False, max_length=500, verbose_name="what to mend"
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("approved_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("paper_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, editable=False, null=True, verbose_name="act No."
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                        (
                            "receiver",
                            models.CharField(
                                choices=[
                                    ("municipal", "the municipality's archive"),
                                    ("state", "the state archive"),
                                ],
                                max_length=10,
                                verbose_name="handed over to",
                            ),
                        ),
                        (
                            "receiver_name",
                            models.CharField(max_length=200, verbose_name="name of the archive"),
                        ),
                        ("ground", models.CharField(max_length=300, verbose_name="ground")),
                        (
                            "condition",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="condition of the files"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("submitted", "waiting for approval"),
                                    ("approved", "approved, waiting for the receipt"),
                                    ("received", "received by the archive"),
                                    ("aborted", "aborted"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "receipt_number",
                            models.CharField(
                                blank=True, editable=False, max_length=60, verbose_name="No. of the receipt"
                            ),
                        ),
                        (
                            "received_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="received"),
                        ),
                        (
                            "received_by",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="who received"
                            ),
                        ),
                        ("receipt_name", models.CharField(blank=True, editable=False, max_length=400)),
                        ("aborted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("aborted_name", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "abort_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                        (
                            "approved_by",
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
                            "document",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "transfer of case files",
                        "verbose_name_plural": "transfers of case files",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [("approve_transfer", "Can approve an act of transfer")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number__isnull", False)),
                                fields=("year", "number"),
                                name="archive_transfer_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="archive_transfer_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("number__isnull", False),
                                        ("received_on__isnull", False),
                                        ("state", "received"),
                                        models.Q(("received_by", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "received"), _negated=True), ("received_on", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_transfer_received_as_a_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("index", models.CharField(max_length=20, verbose_name="index")),
                        ("index_key", models.CharField(editable=False, max_length=40)),
                        ("heading", models.CharField(max_length=300, verbose_name="heading")),
                        ("volume", models.PositiveSmallIntegerField(default=1, verbose_name="volume")),
                        ("first_on", models.DateField(blank=True, null=True, verbose_name="first document")),
                        ("last_on", models.DateField(blank=True, null=True, verbose_name="last document")),
                        ("documents", models.PositiveIntegerField(default=0, verbose_name="documents")),
                        ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                        ("sheets", models.PositiveIntegerField(blank=True, null=True, verbose_name="sheets")),
                        ("term", models.CharField(max_length=120, verbose_name="kept")),
                        (
                            "point",
                            models.CharField(blank=True, max_length=20, verbose_name="point of the index"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "inventory_number",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="No. in the inventory"
                            ),
                        ),
                        (
                            "state_before",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("begun", "being filled"),
                                    ("finished", "closed"),
                                    ("arranged", "put in order"),
                                    ("inventoried", "entered in the inventory"),
                                    ("archived", "handed over to the archive"),
                                    ("kept", "kept"),
                                    ("expired", "its term is over"),
                                    ("proposed", "proposed for destruction"),
                                    ("destroyed", "destroyed"),
                                    ("transferred", "transferred to the state archive"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("stands", models.BooleanField(default=True)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfer_lines",
                                to="archive.casefile",
                            ),
                        ),
                        (
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="archive.transfer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a transfer",
                        "verbose_name_plural": "lines of a transfer",
                        "ordering": ["transfer", "year", "index_key", "volume"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stands", True)),
                                fields=("file",),
                                name="archive_transfer_file_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferPackage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("bag", "BagIt"), ("sip", "E-ARK SIP")],
                                max_length=6,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="file name")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveBigIntegerField(verbose_name="size, bytes")),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packages",
                                to="archive.transferline",
                            ),
                        ),
                        (
                            "stored",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "transfer package",
                        "verbose_name_plural": "transfer packages",
                        "ordering": ["line", "kind"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("line", "kind"), name="archive_package_kind_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
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
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="acting for"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveBigIntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("whole", "unchanged, the newest export"),
                                    ("superseded", "unchanged, superseded by a newer export"),
                                    ("renewed", "unchanged, from before its seal was renewed"),
                                    ("foreign", "whole in itself, not made here"),
                                    ("changed", "changed"),
                                    ("unreadable", "no export of a case file"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("found", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
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
                            "export",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="archive.caseexport",
                            ),
                        ),
                        (
                            "upload",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "verification of an export",
                        "verbose_name_plural": "verifications of exports",
                        "ordering": ["-made_at", "-pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finished_at", None), ("verdict", "")),
                                    models.Q(
                                        models.Q(("verdict", ""), _negated=True),
                                        ("finished_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_verification_found_as_a_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitingDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("no_plan", "the documentation plan of its year is not approved"),
                                    ("no_series", "its kind and matter propose no file"),
                                    ("no_line", "the plan of its year has no file for it"),
                                    ("taken_out", "taken out of its file"),
                                ],
                                max_length=12,
                                verbose_name="why",
                            ),
                        ),
                        ("since", models.DateTimeField(auto_now_add=True)),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waiting_for_place",
                                to="documents.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document waiting for its place",
                        "verbose_name_plural": "documents waiting for their place",
                        "ordering": ["since", "pk"],
                        "indexes": [models.Index(fields=["year", "why"], name="archive_waiting_of_year")],
                    },
                ),
            ],
        ),
    ]
