import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.models.files
import core.schema

FORWARD = """
CREATE FUNCTION core_audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER core_auditevent_only_grows BEFORE UPDATE OR DELETE ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_audit_only_grows();
CREATE TRIGGER core_auditevent_not_emptied BEFORE TRUNCATE ON core_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_only_grows();
CREATE TRIGGER core_auditseal_only_grows BEFORE UPDATE OR DELETE ON core_auditseal
    FOR EACH ROW EXECUTE FUNCTION core_audit_only_grows();
"""
BACKWARD = """
DROP TRIGGER core_auditevent_only_grows ON core_auditevent;
DROP TRIGGER core_auditevent_not_emptied ON core_auditevent;
DROP TRIGGER core_auditseal_only_grows ON core_auditseal;
DROP FUNCTION core_audit_only_grows();
"""


class Migration(migrations.Migration):
    replaces = [
        ("core", "0008_scrub_sent_letters"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_functions"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="HolidayException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True, verbose_name="day")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "is_working",
                            models.BooleanField(default=False, verbose_name="people work that day"),
                        ),
                    ],
                    options={
                        "verbose_name": "exception of the calendar",
                        "verbose_name_plural": "exceptions of the calendar",
                        "ordering": ["-day"],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(
                                editable=False, max_length=64, unique=True, verbose_name="SHA-256"
                            ),
                        ),
                        ("size", models.PositiveBigIntegerField(editable=False, verbose_name="size, bytes")),
                        ("media_type", models.CharField(max_length=120, verbose_name="media type")),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        (
                            "file",
                            models.FileField(
                                editable=False, max_length=120, upload_to=core.models.files.random_path
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first", models.BigIntegerField(unique=True)),
                        ("last", models.BigIntegerField(unique=True)),
                        ("count", models.PositiveIntegerField()),
                        ("root", models.CharField(max_length=64)),
                        ("previous_root", models.CharField(blank=True, max_length=64)),
                        ("sealed_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["last"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))),
                                name="core_auditseal_runs_forward",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeadlineRule",
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
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("what", models.CharField(max_length=300, verbose_name="what")),
                        ("counted_from", models.CharField(max_length=160, verbose_name="counted from")),
                        ("length", models.PositiveSmallIntegerField(verbose_name="length")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("working_day", "working days"),
                                    ("day", "days"),
                                    ("week", "weeks"),
                                    ("month", "months"),
                                    ("date", "a fixed day"),
                                    ("time", "an hour"),
                                ],
                                max_length=12,
                                verbose_name="unit",
                            ),
                        ),
                        ("basis", models.CharField(max_length=200, verbose_name="act")),
                    ],
                    options={
                        "verbose_name": "deadline rule",
                        "verbose_name_plural": "deadline rules",
                        "ordering": ["code", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "valid_from"), name="core_deadlinerule_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="core_deadlinerule_runs_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=200)),
                        ("payload", models.JSONField(blank=True, default=dict)),
                        ("queue", models.CharField(default="default", max_length=20)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("running", "under way"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("progress_text", models.CharField(blank=True, max_length=200)),
                        ("error", models.TextField(blank=True)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "job",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["queued", "running"])),
                                fields=["due_at"],
                                name="core_job_to_do",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "key"), name="core_job_once_per_kind_and_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("finished_at__isnull", False), ("state__in", ["done", "failed"])
                                    ),
                                    models.Q(
                                        ("finished_at__isnull", True), ("state__in", ["queued", "running"])
                                    ),
                                    _connector="OR",
                                ),
                                name="core_job_finished_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Norm",
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
                        ("code", models.CharField(max_length=60, verbose_name="code")),
                        ("what", models.CharField(max_length=300, verbose_name="what")),
                        ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="value")),
                        ("unit", models.CharField(max_length=20, verbose_name="unit")),
                    ],
                    options={
                        "verbose_name": "norm",
                        "verbose_name_plural": "norms",
                        "ordering": ["code", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "valid_from"), name="core_norm_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="core_norm_runs_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("holder_type", models.CharField(max_length=80)),
                        ("holder_pk", models.BigIntegerField()),
                        ("purpose", models.CharField(max_length=60, verbose_name="purpose")),
                        (
                            "data_class",
                            models.CharField(
                                choices=[("contact", "contact data"), ("special", "special data")],
                                max_length=10,
                                verbose_name="class",
                            ),
                        ),
                        ("field", models.CharField(max_length=40, verbose_name="field")),
                        ("key_name", models.CharField(max_length=64)),
                        ("ciphertext", models.BinaryField()),
                        ("digest", models.CharField(db_index=True, max_length=64)),
                        ("erase_on", models.DateField(blank=True, null=True, verbose_name="erased on")),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["erase_on"], name="core_personal_to_erase")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("holder_type", "holder_pk", "purpose", "field"),
                                name="core_personal_value_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccessRecord",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("subject_type", models.CharField(max_length=80)),
                        ("subject_pk", models.BigIntegerField()),
                        ("fields", models.JSONField(default=list)),
                        ("purpose", models.CharField(max_length=60)),
                        ("matter_pk", models.BigIntegerField(blank=True, null=True)),
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
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["subject_type", "subject_pk", "-at"], name="core_access_of_subject"
                            ),
                            models.Index(fields=["at"], name="core_access_by_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
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
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        ("action", models.CharField(max_length=60, verbose_name="action")),
                        ("subject_type", models.CharField(max_length=80)),
                        ("subject_pk", models.BigIntegerField()),
                        ("subject_label", models.CharField(blank=True, max_length=200)),
                        ("matter_pk", models.BigIntegerField(null=True)),
                        ("data", models.JSONField(default=dict)),
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
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["matter_pk", "-id"], name="core_audit_of_matter"),
                            models.Index(fields=["subject_type", "subject_pk"], name="core_audit_of_subject"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=160, verbose_name="form")),
                        ("values", models.JSONField(default=dict, verbose_name="values")),
                        ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft",
                        "verbose_name_plural": "drafts",
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "key"), name="core_draft_one_per_form")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("list_code", models.CharField(max_length=80, verbose_name="list")),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("query", models.CharField(blank=True, max_length=1000, verbose_name="filters")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_views",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved view",
                        "verbose_name_plural": "saved views",
                        "ordering": ["created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "list_code", "name"),
                                name="core_savedview_name_is_used_once",
                                violation_error_message="You already have a view with this name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutgoingMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200, unique=True)),
                        ("message_id", models.CharField(editable=False, max_length=200, unique=True)),
                        ("to", models.EmailField(max_length=254, verbose_name="to")),
                        ("subject", models.CharField(max_length=250, verbose_name="subject")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", models.TextField(blank=True)),
                        ("secret", models.BinaryField(default=b"")),
                        ("matter_pk", models.BigIntegerField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("uncertain", "uncertain"),
                                    ("failed", "failed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("error", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="tried")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
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
                            "attachments",
                            models.ManyToManyField(blank=True, related_name="+", to="core.storedfile"),
                        ),
                    ],
                    options={
                        "verbose_name": "letter of the portal",
                        "verbose_name_plural": "letters of the portal",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["uncertain", "failed"])),
                                fields=["created_at"],
                                name="core_mail_undecided",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(
                                        models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="core_mail_sent_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["sent", "cancelled"]), _negated=True),
                                    ("secret", b""),
                                    _connector="OR",
                                ),
                                name="core_mail_done_keeps_no_secret",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
