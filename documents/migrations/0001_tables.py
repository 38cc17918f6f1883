import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_destroyed_by_act"),
        ("documents", "0003_kept_conversions"),
        ("documents", "0004_conversion_without_text"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_functions"),
        ("core", "0002_tables"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="DocumentVersion",
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
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("input_sha256", models.CharField(blank=True, max_length=64)),
                        ("label", models.CharField(blank=True, max_length=120)),
                        ("is_draft", models.BooleanField(default=False)),
                        ("level", models.CharField(blank=True, max_length=20)),
                        ("pages", models.PositiveIntegerField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "version of a document",
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="Register",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "prefix",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="beginning of the number"
                            ),
                        ),
                        ("is_ours", models.BooleanField(default=True, verbose_name="numbers are given here")),
                        (
                            "system",
                            models.CharField(
                                blank=True,
                                help_text="Where the register is kept when it is not ours.",
                                max_length=80,
                                verbose_name="system",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "register",
                        "verbose_name_plural": "registers",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Registration",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("sequence", models.PositiveIntegerField(blank=True, null=True)),
                        ("number", models.CharField(max_length=60, verbose_name="number")),
                        ("registered_on", models.DateField(verbose_name="date")),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("void_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "registration",
                        "ordering": ["-registered_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Conversion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "original_sha256",
                            models.CharField(
                                editable=False, max_length=64, unique=True, verbose_name="SHA-256"
                            ),
                        ),
                        ("format", models.PositiveSmallIntegerField(editable=False)),
                        ("tools", models.CharField(editable=False, max_length=500)),
                        ("reason", models.JSONField(editable=False, null=True)),
                        ("notes", models.JSONField(default=list, editable=False)),
                        ("read_pages", models.PositiveIntegerField(default=0, editable=False)),
                        ("made_at", models.DateTimeField(auto_now=True)),
                        (
                            "pdf",
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
                        "verbose_name": "conversion",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("kind", models.CharField(editable=False, max_length=60)),
                        ("language", models.CharField(blank=True, max_length=20, verbose_name="language")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("made", "made here"),
                                    ("uploaded", "uploaded"),
                                    ("received", "received by e-mail"),
                                    ("note", "note"),
                                    ("filed", "filed by the portal"),
                                ],
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("final", "final"),
                                    ("void", "void"),
                                    ("destroyed", "destroyed by act"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                        ("is_working_paper", models.BooleanField(default=False, editable=False)),
                        ("erase_on", models.DateField(blank=True, editable=False, null=True)),
                        ("is_restricted", models.BooleanField(default=False, editable=False)),
                        ("sender", models.CharField(blank=True, max_length=300, verbose_name="sender")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
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
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
            ],
        ),
    ]
