import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    replaces = [
        ("resources", "0001_initial"),
        ("resources", "0002_place_with_both_coordinates"),
        ("resources", "0003_interpreter_contract_and_work"),
        ("resources", "0004_interpreter_contract_file"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_functions"),
        ("core", "0002_tables"),
        ("matters", "0001_tables"),
        ("partners", "0001_tables"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Resource",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("interpreter", "interpreter"),
                                    ("car", "car"),
                                    ("driver", "driver"),
                                    ("hall", "hall"),
                                    ("equipment", "equipment"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("is_active", models.BooleanField(default=True, verbose_name="may be chosen")),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("name", function="lt_sort_key"),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resource",
                        "verbose_name_plural": "resources",
                        "ordering": ["sort_key", "pk"],
                        "permissions": [
                            ("read_contacts", "Can read telephones and mails of interpreters and drivers")
                        ],
                        "indexes": [models.Index(fields=["kind", "sort_key"], name="resources_of_kind")],
                    },
                ),
                migrations.CreateModel(
                    name="InterpreterContract",
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
                        ("number", models.CharField(max_length=60, verbose_name="number of the contract")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("name", models.CharField(editable=False, max_length=200)),
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
                            "stored",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "interpreter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contracts",
                                to="resources.interpreter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interpreter's contract",
                        "verbose_name_plural": "interpreters' contracts",
                        "ordering": ["-pk"],
                        "permissions": [("read_contracts", "Can open the contracts of interpreters")],
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="resources_contract_ends_after_start",
                                violation_error_message="The contract ends before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterpreterWork",
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
                        (
                            "hours",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="hours worked",
                            ),
                        ),
                        (
                            "rating",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rating"),
                        ),
                        (
                            "words",
                            models.TextField(blank=True, max_length=1000, verbose_name="how the work went"),
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
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interpreter_works",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "interpreter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="resources.interpreter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interpreter's work",
                        "verbose_name_plural": "interpreters' work",
                        "ordering": ["-pk"],
                        "permissions": [("read_ratings", "Can read how interpreters' work was rated")],
                        "indexes": [models.Index(fields=["matter"], name="resources_work_of_matter")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("interpreter", "matter"), name="resources_work_once_a_matter"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating", None),
                                    models.Q(
                                        ("rating__gte", 1),
                                        ("rating__lte", 5),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="resources_work_rated_in_words",
                                violation_error_message="A rating is from 1 to 5, with words.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hours", None), ("hours__gte", 0), _connector="OR"),
                                name="resources_work_hours_are_not_negative",
                                violation_error_message="The hours cannot be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LanguagePair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "one",
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
                                default="lt",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "other",
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
                                max_length=5,
                                verbose_name="other language",
                            ),
                        ),
                        ("is_sworn", models.BooleanField(default=False, verbose_name="sworn")),
                        (
                            "interpreter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs",
                                to="resources.interpreter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "language pair",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("interpreter", "one", "other"),
                                name="resources_pair_once",
                                violation_error_message="This pair is given twice.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("one", models.F("other")), _negated=True),
                                name="resources_pair_of_two",
                                violation_error_message="Choose two different languages.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
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
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=160, verbose_name="name in English"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "office or institution"),
                                    ("restaurant", "restaurant or café"),
                                    ("hotel", "hotel"),
                                    ("culture", "culture"),
                                    ("sport", "sport"),
                                    ("nature", "outdoors"),
                                    ("business", "company"),
                                    ("transport", "airport or station"),
                                    ("other", "other place"),
                                ],
                                default="other",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        ("town", models.CharField(blank=True, max_length=80, verbose_name="town")),
                        (
                            "zone",
                            models.CharField(
                                default="Europe/Vilnius", max_length=40, verbose_name="time zone"
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seats"),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="telephone of the place"
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("is_active", models.BooleanField(default=True, verbose_name="may be chosen")),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("name", function="lt_sort_key"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="partners.city",
                                verbose_name="partner city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place",
                        "verbose_name_plural": "places",
                        "ordering": ["sort_key", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name", "town"),
                                name="resources_place_once_a_town",
                                violation_error_message="This place is in the list already.",
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
                                name="resources_place_placed_as_a_whole",
                                violation_error_message="Give both coordinates, in degrees.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceDistance",
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
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("updated_at", models.DateTimeField(auto_now=True)),
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
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="distances",
                                to="resources.place",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="distances_here",
                                to="resources.place",
                                verbose_name="other place",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("one", "other"), name="resources_distance_once"),
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))),
                                name="resources_distance_smaller_number_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 1440))),
                                name="resources_distance_within_a_day",
                                violation_error_message="From 1 minute to 24 hours.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
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
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="time"),
                        ),
                        ("key", models.CharField(blank=True, max_length=60)),
                        ("what", models.CharField(max_length=200, verbose_name="for what")),
                        ("is_firm", models.BooleanField(default=False, verbose_name="firm")),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bookings",
                                to="matters.matter",
                                verbose_name="matter",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="resources.resource",
                                verbose_name="resource",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "booking",
                        "verbose_name_plural": "bookings",
                        "ordering": ["period", "pk"],
                        "indexes": [
                            models.Index(fields=["matter", "key"], name="resources_booking_of_matter")
                        ],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("is_firm", True)),
                                expressions=[("resource", "="), ("period", "&&")],
                                name="resources_booking_firm_ones_never_overlap",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("matter__isnull", False)),
                                fields=("resource", "matter", "key"),
                                name="resources_booking_once_a_part",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="resources_booking_has_beginning_and_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("matter__isnull", False), ("is_firm", True), _connector="OR"
                                ),
                                name="resources_booking_without_matter_is_firm",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Car",
                    fields=[
                        (
                            "resource_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.resource",
                            ),
                        ),
                        (
                            "body",
                            models.CharField(
                                choices=[("car", "car"), ("minibus", "minibus"), ("bus", "bus")],
                                default="car",
                                max_length=8,
                                verbose_name="vehicle",
                            ),
                        ),
                        ("plate", models.CharField(blank=True, max_length=12, verbose_name="number plate")),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(default=4, verbose_name="seats for guests"),
                        ),
                        ("owner", models.CharField(blank=True, max_length=120, verbose_name="owner")),
                        (
                            "usual_driver",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="cars",
                                to="resources.driver",
                                verbose_name="usual driver",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vehicle",
                        "verbose_name_plural": "vehicles",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("plate", ""), _negated=True),
                                fields=("plate",),
                                name="resources_car_plate_once",
                                violation_error_message="A vehicle with this number plate is in the list already.",
                            )
                        ],
                    },
                    bases=("resources.resource",),
                ),
                migrations.CreateModel(
                    name="Driver",
                    fields=[
                        (
                            "resource_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.resource",
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                choices=[("f", "woman"), ("m", "man")],
                                default="m",
                                max_length=1,
                                verbose_name="gender",
                            ),
                        ),
                        (
                            "categories",
                            models.CharField(blank=True, max_length=30, verbose_name="driving categories"),
                        ),
                        (
                            "languages",
                            models.CharField(blank=True, max_length=120, verbose_name="languages spoken"),
                        ),
                    ],
                    options={
                        "verbose_name": "driver",
                        "verbose_name_plural": "drivers",
                    },
                    bases=("resources.resource",),
                ),
                migrations.CreateModel(
                    name="Equipment",
                    fields=[
                        (
                            "resource_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.resource",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipment",
                                to="resources.place",
                                verbose_name="kept at",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "equipment",
                        "verbose_name_plural": "equipment",
                    },
                    bases=("resources.resource",),
                ),
                migrations.CreateModel(
                    name="Hall",
                    fields=[
                        (
                            "resource_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.resource",
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seats"),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="halls",
                                to="resources.place",
                                verbose_name="place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hall",
                        "verbose_name_plural": "halls",
                    },
                    bases=("resources.resource",),
                ),
                migrations.CreateModel(
                    name="Interpreter",
                    fields=[
                        (
                            "resource_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.resource",
                            ),
                        ),
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
                                blank=True, default=dict, verbose_name="forms of the name set by hand"
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(default=False, verbose_name="works at the municipality"),
                        ),
                        (
                            "fee",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="fee an hour, €",
                            ),
                        ),
                        (
                            "contract_number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="number of the contract"
                            ),
                        ),
                        (
                            "contract_from",
                            models.DateField(blank=True, null=True, verbose_name="contract from"),
                        ),
                        (
                            "contract_until",
                            models.DateField(blank=True, null=True, verbose_name="contract valid until"),
                        ),
                        (
                            "contract_note",
                            models.TextField(blank=True, max_length=2000, verbose_name="what is agreed"),
                        ),
                    ],
                    options={
                        "verbose_name": "interpreter",
                        "verbose_name_plural": "interpreters",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fee", None), ("fee__gte", 0), _connector="OR"),
                                name="resources_interpreter_fee_is_not_negative",
                                violation_error_message="The fee cannot be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contract_from", None),
                                    ("contract_until", None),
                                    ("contract_until__gte", models.F("contract_from")),
                                    _connector="OR",
                                ),
                                name="resources_interpreter_contract_ends_after_start",
                                violation_error_message="The contract ends before it begins.",
                            ),
                        ],
                    },
                    bases=("resources.resource",),
                ),
            ],
        ),
    ]
