import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    replaces = [
        ("delegations", "0001_initial"),
        ("delegations", "0002_hospitality"),
        ("delegations", "0003_lists"),
        ("delegations", "0004_guests"),
        ("delegations", "0005_ticket_asked_for"),
        ("delegations", "0006_hosts_answer"),
        ("delegations", "0007_photographs"),
        ("delegations", "0008_festivals"),
        ("delegations", "0009_shown_papers"),
        ("delegations", "0010_listsending_draft"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_functions"),
        ("core", "0002_tables"),
        ("documents", "0001_tables"),
        ("matters", "0001_tables"),
        ("partners", "0001_tables"),
        ("resources", "0001_tables"),
    ]

    operations = [
        core.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Festival",
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
                        (
                            "status",
                            models.CharField(
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
                        ("purpose", models.TextField(blank=True, max_length=1000, verbose_name="what it is")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        (
                            "called_off_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "festival",
                        "verbose_name_plural": "festivals",
                        "ordering": ["-starts_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="delegations_festival_ends_after_start",
                                violation_error_message="The last day is before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "ends_on__lte",
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("starts_on"), "+", models.Value(30)
                                            ),
                                            output_field=models.DateField(),
                                        ),
                                    )
                                ),
                                name="delegations_festival_is_a_month_at_most",
                                violation_error_message="A festival lasts 31 days at most.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "called_off"), _negated=True),
                                    models.Q(("called_off_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_festival_called_off_has_reason",
                            ),
                        ],
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="Member",
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
                            "name",
                            models.CharField(
                                help_text="In Latin letters, as on a passport.",
                                max_length=160,
                                verbose_name="name and surname",
                            ),
                        ),
                        (
                            "own_name",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="name in its own script"
                            ),
                        ),
                        (
                            "name_language",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("head", "head of the delegation"),
                                    ("member", "member"),
                                    ("companion", "companion"),
                                    ("interpreter", "interpreter of the guests"),
                                    ("driver", "driver of the guests"),
                                    ("press", "journalist"),
                                ],
                                default="member",
                                max_length=12,
                                verbose_name="place in the delegation",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(default=90, verbose_name="order of precedence"),
                        ),
                        (
                            "post_lt",
                            models.CharField(blank=True, max_length=200, verbose_name="post in Lithuanian"),
                        ),
                        (
                            "post_local",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="post in the guests' language"
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
                        (
                            "consented_on",
                            models.DateField(
                                blank=True,
                                help_text="The day of the consent.",
                                null=True,
                                verbose_name="has agreed that the data be used",
                            ),
                        ),
                        (
                            "consent_note",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="how the consent was given"
                            ),
                        ),
                        (
                            "companion_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="companions",
                                to="delegations.member",
                                verbose_name="accompanies",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="partners.person",
                                verbose_name="known person",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guest",
                        "verbose_name_plural": "guests",
                        "ordering": ["rank", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False)),
                                fields=("visit", "person"),
                                name="delegations_member_person_once",
                                violation_error_message="This person is in the delegation already.",
                            ),
                            models.UniqueConstraint(
                                models.F("visit"),
                                django.db.models.functions.text.Upper("name"),
                                name="delegations_member_name_once",
                                violation_error_message="This person is in the delegation already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "head")),
                                fields=("visit",),
                                name="delegations_member_one_head",
                                violation_error_message="The delegation has a head already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="delegations_member_has_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("companion_of", None),
                                    models.Q(("companion_of", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_member_accompanies_another",
                                violation_error_message="A guest does not accompany herself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent_note", ""), ("consented_on__isnull", False), _connector="OR"
                                ),
                                name="delegations_member_consent_has_day",
                                violation_error_message="Write the day of the consent.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeItem",
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
                                    ("meeting", "meeting"),
                                    ("meal", "meal"),
                                    ("transport", "transport"),
                                    ("accommodation", "accommodation"),
                                    ("culture", "culture"),
                                    ("ceremony", "ceremony"),
                                    ("free", "free time"),
                                ],
                                default="meeting",
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("starts", models.TimeField(blank=True, null=True, verbose_name="from")),
                        ("ends", models.TimeField(blank=True, null=True, verbose_name="until")),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("1morning", "morning"),
                                    ("2noon", "midday"),
                                    ("3afternoon", "afternoon"),
                                    ("4evening", "evening"),
                                ],
                                max_length=12,
                                verbose_name="part of the day",
                            ),
                        ),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="leaves on")),
                        ("zone", models.CharField(default="Europe/Vilnius", editable=False, max_length=40)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(
                                blank=True, editable=False, null=True
                            ),
                        ),
                        (
                            "host_name",
                            models.CharField(blank=True, max_length=160, verbose_name="another host"),
                        ),
                        ("is_for_all", models.BooleanField(default=True, verbose_name="all the guests")),
                        (
                            "is_fixed",
                            models.BooleanField(
                                default=False, verbose_name="fixed: does not move with the others"
                            ),
                        ),
                        (
                            "is_open_to_press",
                            models.BooleanField(default=False, verbose_name="open to the press"),
                        ),
                        (
                            "notes",
                            models.TextField(blank=True, max_length=2000, verbose_name="notes for insiders"),
                        ),
                        (
                            "progress",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("done", "held"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                editable=False,
                                max_length=10,
                                verbose_name="what became of it",
                            ),
                        ),
                        (
                            "progress_note",
                            models.CharField(
                                blank=True, editable=False, max_length=500, verbose_name="outcome"
                            ),
                        ),
                        (
                            "agreed",
                            models.TextField(
                                blank=True, editable=False, max_length=2000, verbose_name="what was agreed"
                            ),
                        ),
                        ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("deleted_by_name", models.CharField(blank=True, editable=False, max_length=200)),
                        (
                            "festival",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="delegations.festival",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who hosts",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programme_items",
                                to="resources.place",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "to_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resources.place",
                                verbose_name="where to",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of the programme",
                        "verbose_name_plural": "items of the programme",
                        "ordering": ["on", "starts", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("deleted_at", None)),
                                fields=["visit", "on"],
                                name="delegations_item_of_visit",
                            ),
                            models.Index(
                                condition=models.Q(("deleted_at", None)),
                                fields=["on"],
                                name="delegations_item_of_day",
                            ),
                            models.Index(
                                condition=models.Q(("deleted_at", None)),
                                fields=["festival", "on"],
                                name="delegations_item_of_festival",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("festival", None), ("visit__isnull", False)),
                                    models.Q(("festival__isnull", False), ("visit", None)),
                                    _connector="OR",
                                ),
                                name="delegations_item_of_a_visit_or_a_festival",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("part", ""), ("period__isnull", False), ("starts__isnull", False)
                                    ),
                                    models.Q(
                                        ("ends", None),
                                        ("period", None),
                                        ("starts", None),
                                        models.Q(("part", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="delegations_item_has_hour_or_part_of_day",
                                violation_error_message="Give an hour, or a part of the day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends", None),
                                    models.Q(("ends", models.F("starts")), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_item_lasts",
                                violation_error_message="The item ends at the minute it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    models.Q(("kind", "accommodation"), ("until_on__gt", models.F("on"))),
                                    _connector="OR",
                                ),
                                name="delegations_item_leaves_after_arrival",
                                violation_error_message="The guests leave the hotel on a later day than they come.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("deleted_at", None), ("deleted_by_name", "")),
                                    ("deleted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="delegations_item_removed_as_a_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MealOrder",
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
                        ("menu", models.TextField(blank=True, max_length=3000, verbose_name="menu")),
                        (
                            "hosts",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="our own people at the table"
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=8,
                                null=True,
                                verbose_name="price a person, €",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=500, verbose_name="note for the kitchen"),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meal",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "order of a meal",
                        "verbose_name_plural": "orders of meals",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                                name="delegations_meal_price_is_not_negative",
                                violation_error_message="The price cannot be negative.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=5)),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "description",
                            models.TextField(blank=True, max_length=2000, verbose_name="description"),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "text of an item",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "language"), name="delegations_text_once_a_language"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="delegations_text_has_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemResource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resources.resource",
                                verbose_name="resource",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="resources",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "resource"), name="delegations_resource_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemParticipant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="delegations.member",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "member"), name="delegations_participant_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follow_up",
                                to="matters.task",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follow_ups",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "work agreed on",
                    },
                ),
                migrations.CreateModel(
                    name="Room",
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
                                    ("single", "single"),
                                    ("double", "double"),
                                    ("twin", "twin"),
                                    ("triple", "triple"),
                                    ("suite", "suite"),
                                ],
                                max_length=7,
                                verbose_name="kind of room",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="number or name of the room"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="first night")),
                        ("until_on", models.DateField(verbose_name="leaves on")),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=8,
                                null=True,
                                verbose_name="price a night, €",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="note for the hotel"),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rooms",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "room",
                        "verbose_name_plural": "rooms",
                        "ordering": ["kind", "number", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gt", models.F("on"))),
                                name="delegations_room_is_left_after_a_night",
                                violation_error_message="The room is left on a later day than it is taken.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                                name="delegations_room_price_is_not_negative",
                                violation_error_message="The price cannot be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomGuest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nights", django.contrib.postgres.fields.ranges.DateRangeField(editable=False)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="beds",
                                to="delegations.member",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guests",
                                to="delegations.room",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("room", "member"), name="delegations_roomguest_once"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("member", "="), ("nights", "&&")],
                                name="delegations_roomguest_one_bed_a_night",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TableSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("table", models.CharField(max_length=40, verbose_name="table")),
                        (
                            "meal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="delegations.mealorder",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="delegations.member",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meal", "member"), name="delegations_tableseat_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("table", ""), _negated=True),
                                name="delegations_tableseat_has_table",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TravelLeg",
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
                            "direction",
                            models.CharField(
                                choices=[("arrival", "arrival"), ("departure", "departure")],
                                max_length=9,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("flight", "flight"),
                                    ("train", "train"),
                                    ("bus", "bus"),
                                    ("car", "car"),
                                ],
                                default="flight",
                                max_length=6,
                                verbose_name="by what",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True,
                                help_text="For example LO 781.",
                                max_length=30,
                                verbose_name="number of the flight or train",
                            ),
                        ),
                        (
                            "other_end",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="from where or where to"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("at", models.TimeField(verbose_name="hour")),
                        ("zone", models.CharField(default="Europe/Vilnius", editable=False, max_length=40)),
                        (
                            "delay",
                            models.SmallIntegerField(
                                default=0, editable=False, verbose_name="late by, minutes"
                            ),
                        ),
                        (
                            "is_cancelled",
                            models.BooleanField(default=False, editable=False, verbose_name="does not run"),
                        ),
                        ("moment", models.DateTimeField(editable=False)),
                        ("is_for_all", models.BooleanField(default=True, verbose_name="all the guests")),
                        (
                            "needs_transfer",
                            models.BooleanField(default=True, verbose_name="has to be met or seen off"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resources.place",
                                verbose_name="where they are met or seen off",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="legs",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "leg of a journey",
                        "verbose_name_plural": "legs of journeys",
                        "ordering": ["moment", "pk"],
                        "indexes": [
                            models.Index(fields=["visit", "moment"], name="delegations_leg_of_visit")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("delay__gte", -600), ("delay__lte", 2880)),
                                name="delegations_leg_delay_is_two_days_at_most",
                                violation_error_message="A delay is two days at most.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferLeg",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="served_legs",
                                to="delegations.programmeitem",
                            ),
                        ),
                        (
                            "leg",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="transfers",
                                to="delegations.travelleg",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "leg"), name="delegations_transferleg_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passenger",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passages",
                                to="delegations.member",
                            ),
                        ),
                        (
                            "leg",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passengers",
                                to="delegations.travelleg",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("leg", "member"), name="delegations_passenger_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                        (
                            "direction",
                            models.CharField(
                                choices=[("in", "incoming")], default="in", editable=False, max_length=3
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("preparing", "being prepared"),
                                    ("submitted", "being approved"),
                                    ("returned", "returned for correction"),
                                    ("approved", "approved"),
                                    ("changing", "being changed"),
                                    ("under_way", "going on"),
                                    ("reporting", "being reported on"),
                                    ("called_off", "called off"),
                                    ("closed", "closed"),
                                ],
                                default="preparing",
                                editable=False,
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("city", "by invitation of the city"),
                                    ("mayor", "by invitation of the mayor"),
                                    ("council", "by invitation of the council"),
                                    ("organisation", "by invitation of another organisation"),
                                ],
                                default="city",
                                max_length=14,
                                verbose_name="basis",
                            ),
                        ),
                        ("inviter", models.CharField(blank=True, max_length=200, verbose_name="who invites")),
                        ("purpose", models.TextField(max_length=1000, verbose_name="purpose")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
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
                                size=None,
                                verbose_name="languages of the guests",
                            ),
                        ),
                        (
                            "report_summary",
                            models.TextField(
                                blank=True,
                                editable=False,
                                max_length=4000,
                                verbose_name="what the visit brought",
                            ),
                        ),
                        (
                            "identity_for",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="what identity documents are needed for",
                            ),
                        ),
                        (
                            "expected_guests",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="guests expected"
                            ),
                        ),
                        (
                            "called_off_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="partners.city",
                                verbose_name="partner city",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="host of the visit",
                            ),
                        ),
                        (
                            "occasion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="visits",
                                to="delegations.festival",
                                verbose_name="festival",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit",
                        "verbose_name_plural": "visits",
                        "ordering": ["-starts_on", "-pk"],
                        "permissions": [("view_guest_data", "Can read diet, health and contacts of guests")],
                        "indexes": [
                            models.Index(fields=["-starts_on", "-matter_ptr"], name="delegations_by_day"),
                            models.Index(fields=["city", "-starts_on"], name="delegations_of_city"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="delegations_visit_ends_after_start",
                                violation_error_message="The last day is before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "ends_on__lte",
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("starts_on"), "+", models.Value(30)
                                            ),
                                            output_field=models.DateField(),
                                        ),
                                    )
                                ),
                                name="delegations_visit_is_a_month_at_most",
                                violation_error_message="A visit lasts 31 days at most.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("languages__len__gte", 1)),
                                name="delegations_visit_speaks_a_language",
                                violation_error_message="Choose at least one language.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "organisation"), _negated=True),
                                    models.Q(("inviter", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_visit_organisation_is_named",
                                violation_error_message="Write which organisation invites.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "called_off"), _negated=True),
                                    models.Q(("called_off_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_visit_called_off_has_reason",
                            ),
                        ],
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="Ticket",
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
                        ("what", models.CharField(max_length=160, verbose_name="for what")),
                        ("count", models.PositiveSmallIntegerField(default=1, verbose_name="how many")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("needed", "to be bought"),
                                    ("bought", "bought"),
                                    ("handed", "handed over"),
                                ],
                                default="needed",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("bought_by", models.CharField(blank=True, max_length=160, verbose_name="bought by")),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=8,
                                null=True,
                                verbose_name="price of one, €",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="documents.document",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="tickets",
                                to="delegations.programmeitem",
                                verbose_name="item of the programme",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="tickets",
                                to="matters.task",
                            ),
                        ),
                        (
                            "leg",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="tickets",
                                to="delegations.travelleg",
                                verbose_name="journey",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tickets",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ticket",
                        "verbose_name_plural": "tickets",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("count__gte", 1)),
                                name="delegations_ticket_at_least_one",
                                violation_error_message="At least one ticket.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                                name="delegations_ticket_price_is_not_negative",
                                violation_error_message="The price cannot be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "needed"),
                                    models.Q(("bought_by", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_ticket_bought_by_somebody",
                                violation_error_message="Write who bought it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThanksLetter",
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
                        ("language", models.CharField(max_length=5)),
                        ("salutation", models.CharField(max_length=200, verbose_name="salutation")),
                        ("body", models.TextField(max_length=4000, verbose_name="text")),
                        ("signatory", models.CharField(max_length=200, verbose_name="who signs")),
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="thanks_letters",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter of thanks",
                        "verbose_name_plural": "letters of thanks",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "language"), name="delegations_thanks_once_a_language"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("salutation", ""), _negated=True),
                                    models.Q(("body", ""), _negated=True),
                                    models.Q(("signatory", ""), _negated=True),
                                ),
                                name="delegations_thanks_is_whole",
                                violation_error_message="A letter has a salutation, a text and somebody who signs it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Photograph",
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
                        ("author", models.CharField(max_length=160, verbose_name="author")),
                        (
                            "caption",
                            models.CharField(blank=True, max_length=300, verbose_name="what it shows"),
                        ),
                        (
                            "has_consent",
                            models.BooleanField(
                                default=False, verbose_name="those shown have agreed to its use"
                            ),
                        ),
                        (
                            "consent_note",
                            models.CharField(blank=True, max_length=200, verbose_name="how they agreed"),
                        ),
                        (
                            "in_report",
                            models.BooleanField(default=False, verbose_name="stands in the report"),
                        ),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                        ("may_tell_place", models.BooleanField(default=False, editable=False)),
                        ("width", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                        ("height", models.PositiveIntegerField(blank=True, editable=False, null=True)),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photograph",
                                to="documents.document",
                            ),
                        ),
                        (
                            "picture",
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
                            "thumb",
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
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="photographs",
                                to="delegations.programmeitem",
                                verbose_name="item of the programme",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photographs",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photograph",
                        "verbose_name_plural": "photographs",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("author", ""), _negated=True),
                                name="delegations_photograph_has_author",
                                violation_error_message="Write who took the picture.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("in_report", False), ("has_consent", True), _connector="OR"
                                ),
                                name="delegations_photograph_in_report_has_consent",
                                violation_error_message="Only a picture whose people have agreed to its use stands in the report.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListSending",
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
                        ("kind", models.CharField(max_length=60)),
                        ("reader", models.CharField(blank=True, max_length=80)),
                        ("name", models.CharField(max_length=160, verbose_name="to whom")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("amendment", models.PositiveIntegerField(default=0, verbose_name="amendment")),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("content", models.JSONField(default=list)),
                        ("changes", models.JSONField(default=list)),
                        ("is_draft", models.BooleanField(default=False)),
                        ("draft", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(auto_now_add=True)),
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
                            "mail",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="core.outgoingmail",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="matters.version",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="list_sendings",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list sent",
                        "verbose_name_plural": "lists sent",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                fields=["visit", "kind", "reader", "-sent_at"],
                                name="delegations_list_last_sent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("reader", models.CharField(max_length=80)),
                        ("name", models.CharField(blank=True, max_length=160, verbose_name="to whom")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "language",
                            models.CharField(
                                choices=[("lt", "Lithuanian"), ("en", "English")],
                                default="lt",
                                max_length=2,
                                verbose_name="language of the list",
                            ),
                        ),
                        ("is_off", models.BooleanField(default=False, verbose_name="gets no list")),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="list_readers",
                                to="delegations.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reader of a list",
                        "verbose_name_plural": "readers of lists",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["reader", "-updated_at"], name="delegations_listreader_last")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "reader"), name="delegations_listreader_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reader", ""), _negated=True),
                                name="delegations_listreader_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WarningNote",
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
                        ("key", models.CharField(max_length=120)),
                        ("fact", models.CharField(max_length=120)),
                        ("reason", models.CharField(max_length=300, verbose_name="why it stays")),
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
                                related_name="warning_notes",
                                to="matters.matter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "explained warning",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("matter", "key"), name="delegations_warningnote_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="delegations_warningnote_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingRequest",
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
                        ("name", models.CharField(max_length=160, verbose_name="whom we ask")),
                        ("post", models.CharField(blank=True, max_length=200, verbose_name="post or unit")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "language",
                            models.CharField(
                                default="lt", max_length=5, verbose_name="language of the letter"
                            ),
                        ),
                        (
                            "message",
                            models.TextField(blank=True, max_length=2000, verbose_name="words of our own"),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("asked_on", models.DateField(editable=False)),
                        ("asked_starts", models.TimeField(blank=True, editable=False, null=True)),
                        ("asked_ends", models.TimeField(blank=True, editable=False, null=True)),
                        (
                            "asked_part",
                            models.CharField(
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
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "no answer yet"),
                                    ("confirmed", "will receive"),
                                    ("proposed", "proposes another time"),
                                    ("declined", "cannot receive"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=9,
                                verbose_name="answer",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "proposed_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="another day"
                            ),
                        ),
                        (
                            "proposed_starts",
                            models.TimeField(blank=True, editable=False, null=True, verbose_name="from"),
                        ),
                        (
                            "proposed_ends",
                            models.TimeField(blank=True, editable=False, null=True, verbose_name="until"),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, editable=False, max_length=2000, verbose_name="note of the host"
                            ),
                        ),
                        (
                            "refusal",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="why the other time does not suit"
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                            "papers",
                            models.ManyToManyField(
                                blank=True,
                                editable=False,
                                related_name="meeting_requests",
                                to="documents.document",
                            ),
                        ),
                        (
                            "shown_papers",
                            models.ManyToManyField(
                                blank=True, editable=False, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requests",
                                to="delegations.programmeitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request to receive guests",
                        "verbose_name_plural": "requests to receive guests",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answer", "waiting"), ("withdrawn_at", None)),
                                fields=["asked_on"],
                                name="delegations_request_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("item"),
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("withdrawn_at", None)),
                                name="delegations_request_asks_once",
                                violation_error_message="This address is asked already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "waiting"), ("answered_at", None)),
                                    models.Q(
                                        models.Q(("answer", "waiting"), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="delegations_request_answered_at_a_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "proposed"), _negated=True),
                                    models.Q(
                                        ("proposed_on__isnull", False), ("proposed_starts__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="delegations_request_proposal_has_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "declined"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegations_request_declined_has_reason",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
