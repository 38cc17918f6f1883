import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    replaces = [
        ("matters", "0001_initial"),
        ("matters", "0002_search"),
        ("matters", "0003_calendar"),
        ("matters", "0004_kept_close"),
        ("matters", "0005_guest_links"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0001_functions"),
        ("core", "0002_tables"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="ApprovalRound",
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
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("ladder_name", models.CharField(max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "paper being prepared"),
                                    ("open", "waiting"),
                                    ("blocked", "blocked"),
                                    ("approved", "approved"),
                                    ("returned", "returned for correction"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="preparing",
                                max_length=10,
                            ),
                        ),
                        (
                            "cover_note",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="note to the approvers"
                            ),
                        ),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
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
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="round",
                                to="matters.version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["preparing", "open", "blocked"])),
                                fields=("matter",),
                                name="matters_round_one_running",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("finished_at__isnull", True),
                                        ("state__in", ["preparing", "open", "blocked"]),
                                    ),
                                    models.Q(
                                        ("finished_at__isnull", False),
                                        ("state__in", ["approved", "returned", "withdrawn"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="matters_round_finished_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalStep",
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
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                help_text="Steps of one number stand side by side.", verbose_name="order"
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                help_text="For example: approves the programme.",
                                max_length=80,
                                verbose_name="what is asked",
                            ),
                        ),
                        ("outside_name", models.CharField(blank=True, max_length=160, verbose_name="name")),
                        ("outside_post", models.CharField(blank=True, max_length=160, verbose_name="post")),
                        (
                            "outside_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "days_before",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="The decision is needed by then.",
                                verbose_name="working days before the matter's date",
                            ),
                        ),
                        (
                            "channels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10),
                                default=list,
                                size=None,
                                verbose_name="sufficient channels",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "not yet"),
                                    ("open", "waiting"),
                                    ("agreed", "agreed"),
                                    ("returned", "returned"),
                                    ("blocked", "nobody may decide"),
                                    ("called_off", "called off"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="needed by")),
                        ("due_reason", models.CharField(blank=True, max_length=300)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=160)),
                        ("note", models.TextField(blank=True, max_length=2000)),
                        ("block_reason", models.CharField(blank=True, max_length=300)),
                        ("chase_count", models.PositiveSmallIntegerField(default=0)),
                        ("chased_on", models.DateField(blank=True, null=True)),
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
                            "passes_to",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who decides when everybody asked is the person who submitted.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="auth.group",
                                verbose_name="passes on to",
                            ),
                        ),
                        (
                            "role",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="auth.group",
                                verbose_name="role",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="matters.approvalround",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval step",
                        "ordering": ["order", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["due_on"],
                                name="matters_step_open",
                            ),
                            models.Index(
                                condition=models.Q(("due_on__isnull", False)),
                                fields=["due_on"],
                                name="matters_step_by_day",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", False), ("state__in", ["agreed", "returned"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["agreed", "returned"]), _negated=True),
                                        ("decided_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="matters_step_decided_has_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_sha256", models.CharField(max_length=64, unique=True)),
                        (
                            "scope",
                            models.CharField(
                                choices=[("mine", "Mine"), ("department", "The department's")],
                                default="mine",
                                max_length=10,
                                verbose_name="what the calendar holds",
                            ),
                        ),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_address",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calendar address",
                        "verbose_name_plural": "calendar addresses",
                    },
                ),
                migrations.CreateModel(
                    name="Ladder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="kind of matter")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("is_default", models.BooleanField(default=False, verbose_name="proposed first")),
                    ],
                    options={
                        "verbose_name": "approval ladder",
                        "verbose_name_plural": "approval ladders",
                        "ordering": ["kind", "-is_default", "name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "name"), name="matters_ladder_name_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True), ("is_default", True)),
                                fields=("kind",),
                                name="matters_ladder_one_default",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LadderStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                help_text="Steps of one number stand side by side.", verbose_name="order"
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                help_text="For example: approves the programme.",
                                max_length=80,
                                verbose_name="what is asked",
                            ),
                        ),
                        ("outside_name", models.CharField(blank=True, max_length=160, verbose_name="name")),
                        ("outside_post", models.CharField(blank=True, max_length=160, verbose_name="post")),
                        (
                            "outside_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "days_before",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="The decision is needed by then.",
                                verbose_name="working days before the matter's date",
                            ),
                        ),
                        (
                            "channels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10),
                                default=list,
                                size=None,
                                verbose_name="sufficient channels",
                            ),
                        ),
                        (
                            "ladder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="matters.ladder",
                            ),
                        ),
                        (
                            "passes_to",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who decides when everybody asked is the person who submitted.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="auth.group",
                                verbose_name="passes on to",
                            ),
                        ),
                        (
                            "role",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="auth.group",
                                verbose_name="role",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a ladder",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outside_email", ""), ("role__isnull", False), ("user", None)),
                                    models.Q(("outside_email", ""), ("role", None), ("user__isnull", False)),
                                    models.Q(
                                        ("role", None),
                                        ("user", None),
                                        models.Q(("outside_email", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="matters_ladderstep_asks_one",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Matter",
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
                            "number",
                            models.CharField(
                                editable=False, max_length=24, unique=True, verbose_name="number"
                            ),
                        ),
                        ("kind", models.CharField(editable=False, max_length=30)),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("active", "under way"),
                                    ("waiting", "waiting for others"),
                                    ("closed", "closed"),
                                    ("void", "void"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="phase",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(blank=True, editable=False, max_length=40, verbose_name="state"),
                        ),
                        (
                            "next_step",
                            models.CharField(
                                blank=True, editable=False, max_length=40, verbose_name="next step"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                        (
                            "access",
                            models.CharField(
                                choices=[
                                    ("department", "the department"),
                                    ("named", "named people"),
                                    ("leadership", "leadership only"),
                                ],
                                default="department",
                                max_length=12,
                                verbose_name="access",
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="closed"
                            ),
                        ),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                        (
                            "next_step_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "people",
                            models.ManyToManyField(
                                blank=True,
                                related_name="named_matters",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="named people",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="matters",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "matter",
                        "verbose_name_plural": "matters",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [
                            ("view_leadership_matter", "Can view matters of leadership only"),
                            ("hand_over_work", "Can hand over another person's work"),
                            ("record_decision", "Can record a decision made on paper or by word"),
                        ],
                        "indexes": [
                            models.Index(fields=["kind", "-created_at", "-id"], name="matters_of_kind"),
                            models.Index(
                                condition=models.Q(("phase__in", ["closed", "void"]), _negated=True),
                                fields=["responsible", "due_on"],
                                name="matters_open_of_person",
                            ),
                            models.Index(
                                condition=models.Q(("access", "department"), _negated=True),
                                fields=["access"],
                                name="matters_kept_close",
                            ),
                            models.Index(
                                condition=models.Q(("due_on__isnull", False)),
                                fields=["due_on"],
                                name="matters_due_by_day",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("phase", "closed")),
                                    models.Q(
                                        models.Q(("phase", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="matters_matter_closed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("phase", "void"), _negated=True),
                                    models.Q(("void_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="matters_matter_void_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatterLink",
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
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("arose_from", "arose from"),
                                    ("answers", "answers"),
                                    ("part_of", "part of"),
                                    ("repeats", "repeats"),
                                ],
                                max_length=12,
                                verbose_name="relation",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
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
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_here",
                                to="matters.matter",
                                verbose_name="other matter",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("matter", "other", "relation"), name="matters_link_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("matter", models.F("other")), _negated=True),
                                name="matters_link_to_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatterNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("prefix", models.CharField(max_length=6)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("prefix", "year"), name="matters_number_once_a_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("text", models.CharField(max_length=300, verbose_name="text")),
                        ("url", models.CharField(max_length=300)),
                        ("icon", models.CharField(default="bell", max_length=30)),
                        (
                            "urgency",
                            models.CharField(
                                choices=[("now", "at once"), ("digest", "in the daily digest")],
                                default="digest",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("mailed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "matter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["user"],
                                name="matters_notice_unread",
                            ),
                            models.Index(
                                condition=models.Q(("mailed_at", None)),
                                fields=["user"],
                                name="matters_notice_unmailed",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "key"), name="matters_notice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40)),
                        ("object_pk", models.BigIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("subtitle", models.CharField(blank=True, max_length=300)),
                        ("url", models.CharField(max_length=300)),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                        ("normaliser", models.PositiveSmallIntegerField()),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "matter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="matters.matter",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="matters_search_words"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "object_pk"), name="matters_searchentry_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("folded", models.CharField(max_length=60)),
                        ("word", models.CharField(max_length=60)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("folded", "word"), name="matters_searchword_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                        ("title", models.CharField(max_length=200, verbose_name="what to do")),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="explanation")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                        (
                            "due_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why by then"),
                        ),
                        ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "done_note",
                            models.CharField(blank=True, max_length=500, verbose_name="what was done"),
                        ),
                        ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("chased_on", models.DateField(blank=True, editable=False, null=True)),
                        ("chase_count", models.PositiveSmallIntegerField(default=0, editable=False)),
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
                            "assignee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who does it",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="matters.matter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "verbose_name_plural": "tasks",
                        "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at", None), ("dropped_at", None)),
                                fields=["assignee", "due_on"],
                                name="matters_task_to_do",
                            ),
                            models.Index(
                                condition=models.Q(("dropped_at", None), ("due_on__isnull", False)),
                                fields=["due_on"],
                                name="matters_task_by_day",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("done_at", None), ("dropped_at", None), _connector="OR"),
                                name="matters_task_done_or_dropped",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
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
                        ("schema", models.PositiveSmallIntegerField(default=1)),
                        ("content", models.JSONField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("frozen_at", models.DateTimeField(auto_now_add=True)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
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
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "sheet",
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
                        "verbose_name": "version",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("matter", "number"), name="matters_version_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalLink",
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
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("approve", "decide"),
                                    ("read", "read"),
                                    ("answer", "answer a question"),
                                    ("guest", "read one's own page"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("subject", models.CharField(blank=True, max_length=80)),
                        ("token_sha256", models.CharField(max_length=64, unique=True)),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("post", models.CharField(blank=True, max_length=160, verbose_name="post")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("language", models.CharField(default="lt", max_length=5)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("first_opened_at", models.DateTimeField(blank=True, null=True)),
                        ("open_count", models.PositiveIntegerField(default=0)),
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
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="personal_links",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="matters.approvalstep",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="matters.version",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["matter", "subject"], name="matters_link_of_subject")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("purpose", "approve"), _negated=True),
                                    models.Q(("step__isnull", False), ("version__isnull", False)),
                                    _connector="OR",
                                ),
                                name="matters_link_decides_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("purpose", "guest"), _negated=True),
                                    ("email", ""),
                                    _connector="OR",
                                ),
                                name="matters_link_of_a_guest_keeps_no_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("anchor", models.CharField(blank=True, max_length=80)),
                        ("anchor_label", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField(max_length=4000, verbose_name="remark")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("resolved_by_name", models.CharField(blank=True, max_length=200)),
                        ("resolved_version", models.PositiveIntegerField(blank=True, null=True)),
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
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="comments",
                                to="matters.version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remark",
                        "ordering": ["created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
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
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("changes", models.JSONField(default=list)),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("published_at", models.DateTimeField(auto_now_add=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_by_name", models.CharField(blank=True, max_length=200)),
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="matters.version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "amendment",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "number"), name="matters_amendment_number_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
