import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    replaces = [
        ("partners", "0001_initial"),
        ("partners", "0002_place_with_both_coordinates"),
        ("partners", "0003_contacts_have_an_end"),
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
                    name="Person",
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
                        ("first_name", models.CharField(max_length=80, verbose_name="first name")),
                        ("last_name", models.CharField(max_length=80, verbose_name="last name")),
                        (
                            "own_name",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="name in its own script"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("lt", "Lithuanian"),
                                    ("en", "English"),
                                    ("pl", "Polish"),
                                    ("lv", "Latvian"),
                                    ("et", "Estonian"),
                                    ("uk", "Ukrainian"),
                                    ("ka", "Georgian"),
                                    ("de", "German"),
                                    ("fr", "French"),
                                    ("ru", "Russian"),
                                    ("be", "Belarusian"),
                                    ("sv", "Swedish"),
                                    ("da", "Danish"),
                                    ("nb", "Norwegian"),
                                    ("fi", "Finnish"),
                                    ("es", "Spanish"),
                                    ("it", "Italian"),
                                    ("cs", "Czech"),
                                ],
                                default="en",
                                max_length=5,
                                verbose_name="language of the name",
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                blank=True,
                                choices=[("f", "woman"), ("m", "man")],
                                max_length=1,
                                verbose_name="gender",
                            ),
                        ),
                        (
                            "pronunciation",
                            models.CharField(blank=True, max_length=120, verbose_name="how it is said"),
                        ),
                        (
                            "case_overrides",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="forms of the name set by hand"
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("lt", "Lithuanian"),
                                        ("en", "English"),
                                        ("pl", "Polish"),
                                        ("lv", "Latvian"),
                                        ("et", "Estonian"),
                                        ("uk", "Ukrainian"),
                                        ("ka", "Georgian"),
                                        ("de", "German"),
                                        ("fr", "French"),
                                        ("ru", "Russian"),
                                        ("be", "Belarusian"),
                                        ("sv", "Swedish"),
                                        ("da", "Danish"),
                                        ("nb", "Norwegian"),
                                        ("fi", "Finnish"),
                                        ("es", "Spanish"),
                                        ("it", "Italian"),
                                        ("cs", "Czech"),
                                    ],
                                    max_length=5,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages spoken",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in the list")),
                        (
                            "contacts_checked_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="contacts checked"
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "person of a partner",
                        "verbose_name_plural": "people of partners",
                        "ordering": ["sort_key", "pk"],
                        "permissions": [
                            ("read_contacts", "Can read telephones and mails of partners' people")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="City",
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
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                max_digits=8,
                                null=True,
                                verbose_name="longitude",
                            ),
                        ),
                        ("name_lt", models.CharField(max_length=120, verbose_name="name in Lithuanian")),
                        (
                            "name_local",
                            models.CharField(max_length=120, verbose_name="name in its own language"),
                        ),
                        (
                            "case_overrides",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="forms of the name set by hand"
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                choices=[
                                    ("AR", "Argentina"),
                                    ("AM", "Armenia"),
                                    ("AT", "Austria"),
                                    ("AZ", "Azerbaijan"),
                                    ("BY", "Belarus"),
                                    ("BE", "Belgium"),
                                    ("BG", "Bulgaria"),
                                    ("CA", "Canada"),
                                    ("CN", "China"),
                                    ("HR", "Croatia"),
                                    ("CY", "Cyprus"),
                                    ("CZ", "Czechia"),
                                    ("DK", "Denmark"),
                                    ("EE", "Estonia"),
                                    ("FI", "Finland"),
                                    ("FR", "France"),
                                    ("GE", "Georgia"),
                                    ("DE", "Germany"),
                                    ("GR", "Greece"),
                                    ("HU", "Hungary"),
                                    ("IS", "Iceland"),
                                    ("IE", "Ireland"),
                                    ("IL", "Israel"),
                                    ("IT", "Italy"),
                                    ("JP", "Japan"),
                                    ("LV", "Latvia"),
                                    ("LT", "Lithuania"),
                                    ("LU", "Luxembourg"),
                                    ("MT", "Malta"),
                                    ("MD", "Moldova"),
                                    ("NL", "Netherlands"),
                                    ("NO", "Norway"),
                                    ("PL", "Poland"),
                                    ("PT", "Portugal"),
                                    ("RO", "Romania"),
                                    ("RU", "Russia"),
                                    ("SK", "Slovakia"),
                                    ("SI", "Slovenia"),
                                    ("ES", "Spain"),
                                    ("SE", "Sweden"),
                                    ("CH", "Switzerland"),
                                    ("TW", "Taiwan"),
                                    ("TR", "Türkiye"),
                                    ("UA", "Ukraine"),
                                    ("GB", "United Kingdom"),
                                    ("US", "United States"),
                                ],
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("city", "city"),
                                    ("municipality", "municipality"),
                                    ("county", "county"),
                                    ("region", "region"),
                                ],
                                default="city",
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "agreement_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="partners since"
                            ),
                        ),
                        (
                            "agreement_kind",
                            models.CharField(
                                choices=[
                                    ("agreement", "cooperation agreement"),
                                    ("cooperation", "cooperation"),
                                    ("sister", "sister city agreement"),
                                    ("intent", "letter of intent"),
                                    ("none", "no agreement yet"),
                                ],
                                default="cooperation",
                                max_length=12,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "areas",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("culture", "culture"),
                                        ("education", "education"),
                                        ("sport", "sport"),
                                        ("economy", "economy"),
                                        ("business", "business"),
                                        ("industry", "industry"),
                                        ("energy", "energy"),
                                        ("tourism", "tourism"),
                                        ("health", "health care"),
                                        ("youth", "youth"),
                                        ("music", "music"),
                                        ("self_government", "self-government"),
                                        ("eu_projects", "EU projects"),
                                        ("interreg", "Interreg projects"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="areas",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "active"),
                                    ("prospect", "being sought"),
                                    ("unknown", "not verified"),
                                    ("check_status", "to be checked"),
                                    ("succeeded", "taken over by a successor"),
                                    ("ended", "ended"),
                                ],
                                default="active",
                                max_length=14,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("lt", "Lithuanian"),
                                        ("en", "English"),
                                        ("pl", "Polish"),
                                        ("lv", "Latvian"),
                                        ("et", "Estonian"),
                                        ("uk", "Ukrainian"),
                                        ("ka", "Georgian"),
                                        ("de", "German"),
                                        ("fr", "French"),
                                        ("ru", "Russian"),
                                        ("be", "Belarusian"),
                                        ("sv", "Swedish"),
                                        ("da", "Danish"),
                                        ("nb", "Norwegian"),
                                        ("fi", "Finnish"),
                                        ("es", "Spanish"),
                                        ("it", "Italian"),
                                        ("cs", "Czech"),
                                    ],
                                    max_length=5,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        ("zone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        (
                            "before_meeting",
                            models.TextField(
                                blank=True,
                                help_text="What was promised, what not to repeat: whoever meets them reads this first.",
                                verbose_name="before meeting them",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("note_en", models.TextField(blank=True, verbose_name="note in English")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
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
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="partner_cities",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
                            ),
                        ),
                        (
                            "succeeded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="partners.city",
                                verbose_name="successor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner city",
                        "verbose_name_plural": "partner cities",
                        "ordering": ["sort_key", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("country", "name_local"),
                                name="partners_city_once_a_country",
                                violation_error_message="This city is in the list already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(
                                        ("latitude__isnull", False),
                                        ("latitude__range", (-90, 90)),
                                        ("longitude__isnull", False),
                                        ("longitude__range", (-180, 180)),
                                    ),
                                    _connector="OR",
                                ),
                                name="partners_city_placed_as_a_whole",
                                violation_error_message="Give both coordinates, in degrees.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "succeeded"), _negated=True),
                                    ("succeeded_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="partners_city_succeeded_names_successor",
                                violation_error_message="Choose the city that took the partnership over.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CityEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("first", "first contact"),
                                    ("agreement", "agreement"),
                                    ("plan", "plan"),
                                    ("visit_here", "visit to us"),
                                    ("visit_there", "our visit"),
                                    ("anniversary", "anniversary"),
                                    ("change", "change of the partner"),
                                    ("other", "other event"),
                                ],
                                default="other",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("on", models.DateField(blank=True, null=True, verbose_name="day")),
                        ("text", models.CharField(max_length=300, verbose_name="what happened")),
                        ("text_en", models.CharField(blank=True, max_length=300, verbose_name="in English")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        ("is_imported", models.BooleanField(default=False, editable=False)),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="partners.city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event of the history",
                        "ordering": [
                            "-year",
                            models.OrderBy(models.F("on"), descending=True, nulls_last=True),
                            "-pk",
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "kind", "year", "text"), name="partners_cityevent_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on", None), ("on__year", models.F("year")), _connector="OR"
                                ),
                                name="partners_cityevent_day_is_in_year",
                                violation_error_message="The day is not in that year.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Institution",
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
                        ("name_lt", models.CharField(max_length=200, verbose_name="name in Lithuanian")),
                        (
                            "name_local",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in its own language"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("lt", "Lithuanian"),
                                    ("en", "English"),
                                    ("pl", "Polish"),
                                    ("lv", "Latvian"),
                                    ("et", "Estonian"),
                                    ("uk", "Ukrainian"),
                                    ("ka", "Georgian"),
                                    ("de", "German"),
                                    ("fr", "French"),
                                    ("ru", "Russian"),
                                    ("be", "Belarusian"),
                                    ("sv", "Swedish"),
                                    ("da", "Danish"),
                                    ("nb", "Norwegian"),
                                    ("fi", "Finnish"),
                                    ("es", "Spanish"),
                                    ("it", "Italian"),
                                    ("cs", "Czech"),
                                ],
                                default="en",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "case_overrides",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="forms of the name set by hand"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("municipality", "municipality or city hall"),
                                    ("council", "council"),
                                    ("embassy", "embassy or consulate"),
                                    ("school", "school or university"),
                                    ("culture", "cultural institution"),
                                    ("sport", "sports organisation"),
                                    ("business", "company or chamber"),
                                    ("other", "other organisation"),
                                ],
                                default="other",
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        ("is_active", models.BooleanField(default=True, verbose_name="still exists")),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("name_lt", function="lt_sort_key"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institutions",
                                to="partners.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "institution",
                        "verbose_name_plural": "institutions",
                        "ordering": ["sort_key", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "name_lt"),
                                name="partners_institution_once_a_city",
                                nulls_distinct=False,
                                violation_error_message="This institution is in the list already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("title_lt", models.CharField(max_length=200, verbose_name="post in Lithuanian")),
                        (
                            "title_local",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="post in its own language"
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(default=90, verbose_name="rank")),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="partners.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="partners.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="posts",
                                to="partners.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post",
                        "verbose_name_plural": "posts",
                        "ordering": [
                            "rank",
                            models.OrderBy(models.F("starts_on"), descending=True, nulls_last=True),
                            "pk",
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("city__isnull", False), ("institution__isnull", False), _connector="OR"
                                ),
                                name="partners_post_is_somewhere",
                                violation_error_message="Choose the city or the institution.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on", None),
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="partners_post_ends_after_start",
                                violation_error_message="The post ends before it begins.",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
