import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import accounts.models.deputies
import core.schema

FORWARD = """
CREATE FUNCTION accounts_user_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accounts are closed, never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_user_is_kept BEFORE DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_user_is_kept();
"""
BACKWARD = """
DROP TRIGGER accounts_user_is_kept ON accounts_user;
DROP FUNCTION accounts_user_is_kept();
"""


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_deputies_and_letters"),
        ("accounts", "0003_one_deputy_at_a_time"),
        ("accounts", "0004_people_are_never_deleted"),
        ("accounts", "0005_order_of_names_and_kinds_of_units"),
        ("accounts", "0006_revision_of_deputyship"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0001_functions"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                        ("name_lt", models.CharField(max_length=200, verbose_name="name in Lithuanian")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("council", "council"),
                                    ("council_body", "body of the council"),
                                    ("committee", "committee of the council"),
                                    ("office", "office holder"),
                                    ("unit", "unit of the administration"),
                                    ("subordinate", "subordinate institution"),
                                ],
                                default="unit",
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("name_lt", function="lt_sort_key"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="children",
                                to="accounts.unit",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "unit",
                        "verbose_name_plural": "units",
                        "ordering": ["sort_key", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                max_length=60,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="user name",
                            ),
                        ),
                        ("first_name", models.CharField(max_length=80, verbose_name="first name")),
                        ("last_name", models.CharField(max_length=80, verbose_name="last name")),
                        (
                            "gender",
                            models.CharField(
                                choices=[("f", "woman"), ("m", "man")],
                                default="f",
                                max_length=1,
                                verbose_name="gender",
                            ),
                        ),
                        (
                            "case_overrides",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="For each case: the whole name.",
                                verbose_name="forms of the name set by hand",
                            ),
                        ),
                        ("post", models.CharField(blank=True, max_length=160, verbose_name="post")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages spoken",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                default="lt", max_length=5, verbose_name="language of the portal"
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[("auto", "as the device"), ("light", "light"), ("dark", "dark")],
                                default="auto",
                                max_length=5,
                                verbose_name="theme",
                            ),
                        ),
                        (
                            "wants_daily_digest",
                            models.BooleanField(
                                default=True, verbose_name="one letter a day with what is new and due"
                            ),
                        ),
                        (
                            "wants_urgent_mail",
                            models.BooleanField(
                                default=True, verbose_name="a letter at once when a decision is awaited"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="may log in")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False, verbose_name="may use the administration pages"
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="closed"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    django.db.models.functions.text.Concat(
                                        "last_name", models.Value(" "), "first_name"
                                    ),
                                    function="lt_sort_key",
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="accounts.unit",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["sort_key", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at", None), ("is_active", False), _connector="OR"
                                ),
                                name="accounts_user_closed_may_not_log_in",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deputyship",
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
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
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
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who stands in",
                            ),
                        ),
                        (
                            "principal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deputyships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is away",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deputyship",
                        "verbose_name_plural": "deputyships",
                        "ordering": ["-starts_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["deputy", "ends_on"], name="accounts_deputy_by_day")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="accounts_deputyship_runs_forward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("principal", models.F("deputy")), _negated=True),
                                name="accounts_deputyship_of_another",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        accounts.models.deputies.Days(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                    ("principal", "="),
                                ],
                                name="accounts_deputyship_one_at_a_time",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
