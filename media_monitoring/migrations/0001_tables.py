import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.schema

# The words of an article stand out of line, so that months and newest are read from few pages.
OUT_OF_LINE = "ALTER TABLE media_monitoring_articleindex SET (toast_tuple_target = 128)"
IN_LINE = "ALTER TABLE media_monitoring_articleindex RESET (toast_tuple_target)"


class Migration(migrations.Migration):
    replaces = [
        ("media_monitoring", "0001_initial"),
        ("media_monitoring", "0002_word_stem"),
        ("media_monitoring", "0003_stories_and_evidence"),
        ("media_monitoring", "0004_claims_and_journalists"),
        ("media_monitoring", "0005_topics_and_alerts"),
        ("media_monitoring", "0006_digests_and_analyses"),
        ("media_monitoring", "0007_texts_in_groups"),
        ("media_monitoring", "0008_press_year_of_year"),
        ("media_monitoring", "0009_digest_item_left_out"),
        ("media_monitoring", "0010_newsletters_and_scans"),
        ("media_monitoring", "0011_codings_learned_of_each_aspect"),
        ("media_monitoring", "0012_months_and_newest_of_search"),
        ("media_monitoring", "0013_evidence_document"),
        ("media_monitoring", "0014_evidence_of_claims"),
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
                    name="Article",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("kept_percent", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("is_story_by_hand", models.BooleanField(default=False)),
                        (
                            "medium",
                            models.CharField(
                                choices=[
                                    ("web", "internet"),
                                    ("letter", "newsletter"),
                                    ("print", "print"),
                                    ("radio", "radio"),
                                    ("tv", "television"),
                                ],
                                default="web",
                                max_length=6,
                                verbose_name="medium",
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                        ("title", models.CharField(max_length=400, verbose_name="title")),
                        ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                        ("published_at", models.DateTimeField(verbose_name="published")),
                        (
                            "found_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="found"
                            ),
                        ),
                        ("lead", models.CharField(blank=True, max_length=300, verbose_name="excerpt")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("language", models.CharField(default="lt", max_length=8, verbose_name="language")),
                        ("picture_url", models.CharField(blank=True, max_length=1000)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("text_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "version_count",
                            models.PositiveSmallIntegerField(default=1, verbose_name="versions"),
                        ),
                        ("etag", models.CharField(blank=True, max_length=300)),
                        ("last_modified", models.CharField(blank=True, max_length=60)),
                        ("next_check_at", models.DateTimeField(null=True)),
                        ("checks", models.PositiveSmallIntegerField(default=0)),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why the page was not read"
                            ),
                        ),
                        (
                            "outlet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="media_monitoring.outlet",
                                verbose_name="outlet",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="articles",
                                to="media_monitoring.source",
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="articles",
                                to="media_monitoring.story",
                                verbose_name="story",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article",
                        "verbose_name_plural": "articles",
                        "ordering": ["-published_at", "-pk"],
                        "permissions": [("read_text", "Can read the kept text of articles")],
                        "indexes": [
                            models.Index(
                                fields=["-published_at", "-id"], name="media_monitoring_article_new"
                            ),
                            models.Index(
                                fields=["outlet", "-published_at"], name="media_monitoring_article_paper"
                            ),
                            models.Index(fields=["text_sha256"], name="media_monitoring_article_text"),
                            models.Index(fields=["found_at"], name="media_monitoring_article_found"),
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="media_monitoring_article_due",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("url", ""), _negated=True),
                                fields=("url",),
                                name="media_monitoring_article_address_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("medium", "web"), _negated=True),
                                    models.Q(("url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="media_monitoring_article_of_web_has_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DigestReader",
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
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("post", models.CharField(blank=True, max_length=160, verbose_name="post")),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                        ("is_active", models.BooleanField(default=True, verbose_name="gets the page")),
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
                        "verbose_name": "reader of the morning page",
                        "verbose_name_plural": "readers of the morning page",
                        "ordering": ["sort_key", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Enquiry",
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
                        ("received_at", models.DateTimeField(verbose_name="received")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("mail", "by e-mail"),
                                    ("phone", "by telephone"),
                                    ("person", "in person"),
                                    ("form", "by the form of the website"),
                                ],
                                default="mail",
                                max_length=8,
                                verbose_name="how it came",
                            ),
                        ),
                        ("question", models.TextField(max_length=5000, verbose_name="what is asked")),
                        (
                            "time_class",
                            models.CharField(
                                choices=[
                                    ("ready", "the information is ready: one working day"),
                                    ("gather", "it must be gathered: one week"),
                                ],
                                default="ready",
                                max_length=8,
                                verbose_name="how long the law gives",
                            ),
                        ),
                        ("due_reason", models.CharField(blank=True, editable=False, max_length=400)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("asking", "waiting for facts"),
                                    ("submitted", "being approved"),
                                    ("returned", "returned for correction"),
                                    ("approved", "approved, to be sent"),
                                    ("answered", "answered"),
                                    ("refused", "refused"),
                                    ("closed", "closed"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("answer_text", models.TextField(blank=True, max_length=8000, verbose_name="answer")),
                        (
                            "is_refusal",
                            models.BooleanField(
                                default=False, verbose_name="we refuse the information, with reasons"
                            ),
                        ),
                        ("signatory", models.CharField(blank=True, max_length=200, verbose_name="signed by")),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent"),
                        ),
                        (
                            "sent_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mail", "by e-mail from here"),
                                    ("letter", "by post or the document system"),
                                    ("post", "published by ourselves"),
                                    ("word", "by telephone or in person"),
                                ],
                                max_length=8,
                                verbose_name="how it went",
                            ),
                        ),
                        (
                            "journalist",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enquiries",
                                to="media_monitoring.journalist",
                                verbose_name="journalist",
                            ),
                        ),
                        (
                            "outlet",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.outlet",
                                verbose_name="outlet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enquiry of a journalist",
                        "verbose_name_plural": "enquiries of journalists",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("journalist__isnull", False), ("outlet__isnull", False), _connector="OR"
                                ),
                                name="media_monitoring_enquiry_is_somebodys",
                                violation_error_message="Choose the journalist or the outlet.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at", None), ("sent_by", "")),
                                    models.Q(
                                        ("sent_at__isnull", False), models.Q(("sent_by", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_enquiry_sent_as_a_whole",
                            ),
                        ],
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="Host",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=260, unique=True)),
                        ("robots", models.TextField(blank=True)),
                        ("robots_read_at", models.DateTimeField(null=True)),
                        ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="Journalist",
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
                        ("post", models.CharField(blank=True, max_length=120, verbose_name="post")),
                        (
                            "beats",
                            models.CharField(
                                blank=True,
                                help_text="What she writes about, with commas.",
                                max_length=200,
                                verbose_name="beats",
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
                            "consent_on",
                            models.DateField(blank=True, null=True, verbose_name="agreed to be on our list"),
                        ),
                        (
                            "consent_note",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="how the consent was given"
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in the list")),
                        ("contacts_checked_on", models.DateField(blank=True, editable=False, null=True)),
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
                            "outlet",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: a freelancer.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="journalists",
                                to="media_monitoring.outlet",
                                verbose_name="outlet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "journalist",
                        "verbose_name_plural": "journalists",
                        "ordering": ["sort_key", "pk"],
                        "permissions": [
                            ("read_journalist_contacts", "Can read telephones and mails of journalists")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mailbox",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300, unique=True)),
                        ("validity", models.BigIntegerField(default=0)),
                        ("last_uid", models.BigIntegerField(default=0)),
                        ("tripped_uid", models.BigIntegerField(default=0)),
                        ("next_look_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_good_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("unknown", models.JSONField(blank=True, default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name="PressYear",
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
                        "verbose_name": "year of watching the press",
                        "verbose_name_plural": "years of watching the press",
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="Story",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("title", models.CharField(max_length=400, verbose_name="title")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Analysis",
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
                            "period",
                            models.CharField(
                                choices=[("month", "month"), ("quarter", "quarter"), ("year", "year")],
                                max_length=8,
                                verbose_name="period",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("preparing", "being prepared"),
                                    ("submitted", "being approved"),
                                    ("returned", "returned for correction"),
                                    ("approved", "approved"),
                                    ("closed", "closed"),
                                ],
                                default="preparing",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="what the figures mean")),
                        ("proposals", models.TextField(blank=True, verbose_name="what is proposed")),
                    ],
                    options={
                        "verbose_name": "analysis of the press",
                        "verbose_name_plural": "analyses of the press",
                        "ordering": ["-starts_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("period", "starts_on"), name="media_monitoring_analysis_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="media_monitoring_analysis_lasts",
                            ),
                        ],
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="ArticleFile",
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
                        ("name", models.CharField(max_length=255)),
                        ("proposal", models.TextField(blank=True)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("settled_at", models.DateTimeField(null=True)),
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "stored",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ArticleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=400)),
                        ("text", models.TextField(blank=True)),
                        ("sha256", models.CharField(max_length=64)),
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="media_monitoring.article",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "number"), name="media_monitoring_version_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                        ("quote", models.TextField(max_length=2000, verbose_name="what is claimed")),
                        ("published_on", models.DateField(verbose_name="published first")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("noted", "noted"),
                                    ("asking", "waiting for facts"),
                                    ("writing", "answer being written"),
                                    ("submitted", "being approved"),
                                    ("returned", "returned for correction"),
                                    ("approved", "approved, to be sent"),
                                    ("sent", "answered, outcome awaited"),
                                    ("settled", "settled"),
                                    ("closed", "closed"),
                                ],
                                default="noted",
                                max_length=10,
                            ),
                        ),
                        (
                            "our_facts",
                            models.TextField(blank=True, max_length=5000, verbose_name="our facts"),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("false", "false"),
                                    ("out_of_date", "out of date"),
                                    ("lacks_context", "lacks context"),
                                    ("fair", "fair criticism"),
                                ],
                                max_length=14,
                                verbose_name="verdict",
                            ),
                        ),
                        ("verdict_reason", models.CharField(blank=True, max_length=500, verbose_name="why")),
                        (
                            "answer_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("denial", "demand for denial"),
                                    ("comment", "comment"),
                                    ("reply", "right of reply"),
                                    ("own_post", "own post"),
                                    ("none", "deliberately no answer"),
                                ],
                                max_length=10,
                                verbose_name="kind of answer",
                            ),
                        ),
                        (
                            "answer_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why this kind"),
                        ),
                        ("answer_to", models.CharField(blank=True, max_length=200, verbose_name="to whom")),
                        (
                            "answer_title",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="subject of the answer"
                            ),
                        ),
                        (
                            "answer_text",
                            models.TextField(blank=True, max_length=8000, verbose_name="text of the answer"),
                        ),
                        ("signatory", models.CharField(blank=True, max_length=200, verbose_name="signed by")),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent"),
                        ),
                        (
                            "sent_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mail", "by e-mail from here"),
                                    ("letter", "by post or the document system"),
                                    ("post", "published by ourselves"),
                                    ("word", "by telephone or in person"),
                                ],
                                max_length=8,
                                verbose_name="how it went",
                            ),
                        ),
                        ("sent_to", models.CharField(blank=True, max_length=300, verbose_name="where to")),
                        ("leaders_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="unit that owns the matter",
                            ),
                        ),
                        (
                            "articles",
                            models.ManyToManyField(
                                related_name="claims",
                                through="media_monitoring.ClaimArticle",
                                through_fields=("claim", "article"),
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "outlet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="media_monitoring.outlet",
                                verbose_name="outlet that is answered",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim",
                        "verbose_name_plural": "claims",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at", None), ("sent_by", "")),
                                    models.Q(
                                        ("sent_at__isnull", False), models.Q(("sent_by", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_claim_sent_as_a_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer_kind", "none"), _negated=True),
                                    ("sent_at", None),
                                    _connector="OR",
                                ),
                                name="media_monitoring_claim_unanswered_is_not_sent",
                            ),
                        ],
                    },
                    bases=("matters.matter",),
                ),
                migrations.CreateModel(
                    name="ClaimArticle",
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
                        ("seen_version", models.PositiveSmallIntegerField(default=1)),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="where in it")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("watched", "watched"),
                                    ("corrected", "corrected"),
                                    ("denied", "denial published"),
                                    ("printed", "our answer published"),
                                    ("refused", "refused"),
                                    ("silent", "not corrected"),
                                ],
                                default="watched",
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "outcome_on",
                            models.DateField(blank=True, null=True, verbose_name="day of the outcome"),
                        ),
                        ("outcome_note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                            "answered_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.article",
                                verbose_name="where it was published",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="said",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="said_in",
                                to="media_monitoring.claim",
                            ),
                        ),
                        (
                            "version_after",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.articleversion",
                            ),
                        ),
                        (
                            "version_before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.articleversion",
                            ),
                        ),
                        (
                            "evidence_after",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.evidence",
                            ),
                        ),
                        (
                            "evidence_before",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.evidence",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["article__published_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "article"), name="media_monitoring_claim_article_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "watched"), ("outcome_on", None)),
                                    models.Q(
                                        models.Q(("outcome", "watched"), _negated=True),
                                        ("outcome_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_claim_outcome_has_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coding",
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
                        ("is_second", models.BooleanField(default=False)),
                        (
                            "tone",
                            models.CharField(
                                choices=[
                                    ("positive", "positive"),
                                    ("neutral", "neutral"),
                                    ("critical", "critical"),
                                    ("misleading", "misleading"),
                                ],
                                max_length=12,
                                verbose_name="tone",
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                choices=[("fact", "facts"), ("opinion", "opinion")],
                                default="fact",
                                max_length=8,
                                verbose_name="fact or opinion",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(blank=True, max_length=200, verbose_name="decision concerned"),
                        ),
                        (
                            "speaker",
                            models.CharField(blank=True, max_length=200, verbose_name="speaker quoted"),
                        ),
                        (
                            "mentions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("mayor", "mayor"),
                                        ("council", "council"),
                                        ("administration", "administration"),
                                        ("institution", "institution"),
                                    ],
                                    max_length=16,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="mentioned",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codings",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "coder",
                            models.ForeignKey(
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
                                verbose_name="unit concerned",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "coding",
                        "verbose_name_plural": "codings",
                        "ordering": ["is_second", "pk"],
                        "indexes": [models.Index(fields=["tone"], name="media_monitoring_coding_tone")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "coder"), name="media_monitoring_coding_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_second", False)),
                                fields=("article",),
                                name="media_monitoring_coding_one_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodingModel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "aspect",
                            models.CharField(
                                choices=[
                                    ("tone", "tone"),
                                    ("genre", "fact or opinion"),
                                    ("unit", "unit concerned"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("trained_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("samples", models.PositiveIntegerField()),
                        ("accuracy", models.FloatField()),
                        ("baseline", models.FloatField()),
                        ("macro_f1", models.FloatField()),
                        ("baseline_f1", models.FloatField()),
                        ("labels", models.JSONField(default=list)),
                        ("weights", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["aspect", "-id"], name="media_monitoring_model_newest")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
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
                        ("day", models.DateField(unique=True, verbose_name="day")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "being prepared"), ("published", "sent")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="a word before the items"
                            ),
                        ),
                        ("published_at", models.DateTimeField(null=True, verbose_name="sent")),
                        ("published_by", models.CharField(blank=True, max_length=200)),
                        (
                            "paper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "press_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="digests",
                                to="media_monitoring.pressyear",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "morning page",
                        "verbose_name_plural": "morning pages",
                        "ordering": ["-day"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at", None), ("state", "draft")),
                                    models.Q(("published_at__isnull", False), ("state", "published")),
                                    _connector="OR",
                                ),
                                name="media_monitoring_digest_published_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DigestItem",
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
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("text", models.CharField(max_length=300, verbose_name="three lines")),
                        ("is_left_out", models.BooleanField(default=False)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "digest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="media_monitoring.digest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("digest", "article"), name="media_monitoring_digest_item_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnquiryUse",
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
                            "use",
                            models.CharField(
                                choices=[
                                    ("full", "quoted in full"),
                                    ("part", "quoted in part"),
                                    ("none", "not used"),
                                ],
                                max_length=6,
                                verbose_name="how our answer was used",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers_used",
                                to="media_monitoring.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "enquiry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="media_monitoring.enquiry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["article__published_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("enquiry", "article"), name="media_monitoring_use_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                            "kind",
                            models.CharField(
                                choices=[("record", "fetched page"), ("screenshot", "a person's screenshot")],
                                max_length=12,
                            ),
                        ),
                        ("ground", models.CharField(max_length=300, verbose_name="what it is kept for")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "being taken"),
                                    ("kept", "kept"),
                                    ("failed", "not taken"),
                                    ("destroyed", "destroyed"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("url", models.CharField(blank=True, max_length=1000)),
                        ("taken_at", models.DateTimeField(null=True, verbose_name="taken")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                        ("payload_sha256", models.CharField(blank=True, max_length=64)),
                        ("snapshot_problem", models.CharField(blank=True, max_length=300)),
                        ("destroy_on", models.DateField(verbose_name="destroyed on")),
                        ("held_at", models.DateTimeField(null=True)),
                        (
                            "held_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why it is held"),
                        ),
                        ("destroyed_at", models.DateTimeField(null=True)),
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="media_monitoring.article",
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
                            "held_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("readers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                        (
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("destroyed_at__isnull", True)),
                                fields=["destroy_on"],
                                name="media_monitoring_evidence_ends",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "kept"), _negated=True),
                                    models.Q(
                                        ("record__isnull", False),
                                        ("taken_at__isnull", False),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_evidence_kept_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("destroyed_at__isnull", False),
                                        ("record", None),
                                        ("snapshot", None),
                                        ("state", "destroyed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "destroyed"), _negated=True),
                                        ("destroyed_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_evidence_destroyed_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_at", None), ("held_by", None), ("held_reason", "")),
                                    models.Q(
                                        ("held_at__isnull", False),
                                        ("held_by__isnull", False),
                                        models.Q(("held_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_evidence_held_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "failed"), _negated=True),
                                    models.Q(("problem", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="media_monitoring_evidence_failed_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ground", ""), _negated=True),
                                name="media_monitoring_evidence_has_ground",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactRequest",
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
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("post", models.CharField(blank=True, max_length=160, verbose_name="post")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("question", models.TextField(max_length=2000, verbose_name="what we ask")),
                        ("hours", models.PositiveSmallIntegerField(verbose_name="working hours")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("due_at", models.DateTimeField()),
                        ("due_reason", models.CharField(blank=True, max_length=300)),
                        ("answer", models.TextField(blank=True, max_length=5000, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=200)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("chase_count", models.PositiveSmallIntegerField(default=0)),
                        ("chased_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="fact_requests",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "papers",
                            models.ManyToManyField(blank=True, related_name="+", to="documents.document"),
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
                    ],
                    options={
                        "verbose_name": "request for facts",
                        "verbose_name_plural": "requests for facts",
                        "ordering": ["asked_at", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at", None), ("withdrawn_at", None)),
                                fields=["due_at"],
                                name="media_monitoring_facts_awaited",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_facts_answered_as_a_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fact",
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
                        ("title", models.CharField(max_length=200, verbose_name="about what")),
                        ("text", models.TextField(max_length=2000, verbose_name="the fact")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        ("valid_until", models.DateField(verbose_name="may be quoted until")),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "keys",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=list,
                                editable=False,
                                size=None,
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="unit that vouches for it",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="facts",
                                to="media_monitoring.factrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approved fact",
                        "verbose_name_plural": "approved facts",
                        "ordering": ["-valid_until", "-pk"],
                        "permissions": [("approve_fact", "Can approve facts for quoting")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["keys"], name="media_monitoring_fact_keys"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at", None), ("approved_by", None)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="media_monitoring_fact_approved_as_a_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fingerprint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60, unique=True)),
                        ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "shingles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), size=None
                            ),
                        ),
                        ("group", models.IntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["published_at"], name="media_monitoring_fingerprint_d")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Accreditation",
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
                        ("event", models.CharField(blank=True, max_length=200, verbose_name="event")),
                        ("valid_until", models.DateField(verbose_name="until")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("granted", "granted"),
                                    ("refused", "refused"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="reason of the refusal"
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accreditations",
                                to="matters.matter",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "journalist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="accreditations",
                                to="media_monitoring.journalist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "press accreditation",
                        "verbose_name_plural": "press accreditations",
                        "ordering": ["-valid_until", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="media_monitoring_accreditation_refused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "asked")),
                                    models.Q(
                                        models.Q(("state", "asked"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_accreditation_decided_has_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("matter__isnull", False)),
                                fields=("journalist", "matter"),
                                name="media_monitoring_accreditation_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outlet",
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
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("newspaper", "newspaper"),
                                    ("news_portal", "news portal"),
                                    ("television", "television"),
                                    ("radio", "radio"),
                                    ("news_agency", "news agency"),
                                    ("public_broadcaster", "public broadcaster"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("local", "local"),
                                    ("regional", "regional"),
                                    ("national_regional", "national with regional pages"),
                                    ("national", "national"),
                                    ("neighbour_region", "of a neighbouring region"),
                                ],
                                max_length=20,
                                verbose_name="reach",
                            ),
                        ),
                        ("site", models.URLField(blank=True, verbose_name="website")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("source", models.URLField(blank=True, verbose_name="where this is known from")),
                        ("is_verified", models.BooleanField(default=False, verbose_name="checked")),
                        (
                            "keeps",
                            models.CharField(
                                choices=[
                                    ("link", "link and excerpt"),
                                    ("text", "text for analysis"),
                                    ("evidence", "text and evidence"),
                                ],
                                default="text",
                                max_length=10,
                                verbose_name="what is kept",
                            ),
                        ),
                        (
                            "readers",
                            models.CharField(
                                choices=[
                                    ("department", "the department"),
                                    ("nobody", "nobody: for search only"),
                                ],
                                default="department",
                                max_length=12,
                                verbose_name="text is shown to",
                            ),
                        ),
                        (
                            "kept_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="text is kept, days"
                            ),
                        ),
                        (
                            "evidence_days",
                            models.PositiveSmallIntegerField(
                                default=1095, verbose_name="evidence is kept, days"
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(blank=True, max_length=300, verbose_name="ground for keeping"),
                        ),
                        (
                            "rights_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="reservation of rights"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="watched")),
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
                        "verbose_name": "outlet",
                        "verbose_name_plural": "outlets",
                        "ordering": ["sort_key", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kept_days", None), ("kept_days__gt", 0), _connector="OR"
                                ),
                                name="media_monitoring_outlet_kept_for_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("evidence_days__gt", 0)),
                                name="media_monitoring_outlet_evidence_for_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Forward",
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
                        ("name", models.CharField(max_length=160, verbose_name="to whom")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "message",
                            models.CharField(
                                blank=True, max_length=600, verbose_name="what is asked or told"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(null=True)),
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forwards",
                                to="media_monitoring.article",
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
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="colleague",
                            ),
                        ),
                        (
                            "press_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forwards",
                                to="media_monitoring.pressyear",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article sent on",
                        "verbose_name_plural": "articles sent on",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("email", ""), ("unit", None), ("user__isnull", False)),
                                    models.Q(
                                        ("unit__isnull", False),
                                        ("user", None),
                                        models.Q(("email", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_forward_to_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_forward_answer_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "aspect",
                            models.CharField(
                                choices=[
                                    ("tone", "tone"),
                                    ("genre", "fact or opinion"),
                                    ("unit", "unit concerned"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("label", models.CharField(max_length=20)),
                        ("share", models.FloatField()),
                        ("met", models.CharField(blank=True, max_length=20)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="media_monitoring.codingmodel",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "aspect"), name="media_monitoring_proposal_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuietHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.TimeField(default=datetime.time(20, 0), verbose_name="quiet from")),
                        ("ends", models.TimeField(default=datetime.time(7, 0), verbose_name="until")),
                        (
                            "is_quiet_on_days_off",
                            models.BooleanField(default=True, verbose_name="quiet on days off too"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="press_quiet_hours",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quiet hours",
                        "verbose_name_plural": "quiet hours",
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("list", "in the list only"),
                                    ("notice", "notice in the portal"),
                                    ("urgent", "letter at once, not in quiet hours"),
                                    ("critical", "letter at once, at any hour"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("raised_at", models.DateTimeField(null=True)),
                        ("tell_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField(null=True)),
                        ("read_at", models.DateTimeField(null=True, verbose_name="read")),
                        ("marked_at", models.DateTimeField(null=True, verbose_name="marked")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readings",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="press_readings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("tell_at__isnull", False), ("told_at", None)),
                                fields=["tell_at"],
                                name="media_monitoring_reading_tell",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("read_at", None), models.Q(("severity", ""), _negated=True)
                                ),
                                fields=["user", "-raised_at"],
                                name="media_monitoring_reading_new",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "article"), name="media_monitoring_reading_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("raised_at", None), ("severity", ""), ("tell_at", None)),
                                    models.Q(
                                        models.Q(("severity", ""), _negated=True),
                                        ("raised_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="media_monitoring_reading_raised_as_a_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shingle",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "value",
                                "fingerprint_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("value", models.IntegerField()),
                        ("group", models.IntegerField(default=0)),
                        (
                            "fingerprint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="media_monitoring.fingerprint",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Source",
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
                                    ("feed", "feed (RSS or Atom)"),
                                    ("sitemap", "news sitemap"),
                                    ("listing", "listing page"),
                                    ("newsletter", "newsletter by mail"),
                                    ("manual", "entered by hand"),
                                ],
                                default="feed",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                        (
                            "sender",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="sender of the letters"
                            ),
                        ),
                        (
                            "every_minutes",
                            models.PositiveSmallIntegerField(default=15, verbose_name="asked every, minutes"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "not tried yet"),
                                    ("works", "works"),
                                    ("broken", "broken"),
                                    ("off", "switched off"),
                                ],
                                default="new",
                                editable=False,
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="reason of the break"
                            ),
                        ),
                        (
                            "last_good_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="worked last"),
                        ),
                        ("tried_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "next_poll_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("fails", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("etag", models.CharField(blank=True, editable=False, max_length=300)),
                        ("last_modified", models.CharField(blank=True, editable=False, max_length=60)),
                        ("body_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "outlet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="media_monitoring.outlet",
                                verbose_name="outlet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "source",
                        "verbose_name_plural": "sources",
                        "ordering": ["outlet__sort_key", "pk"],
                        "indexes": [
                            models.Index(fields=["next_poll_at"], name="media_monitoring_source_due")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("url", ""), _negated=True),
                                fields=("url",),
                                name="media_monitoring_source_address_once",
                                violation_error_message="This address is asked already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("feed", "sitemap", "listing")), _negated=True),
                                    models.Q(("url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="media_monitoring_source_asked_has_address",
                                violation_error_message="Write the address that is to be asked.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("sender", ""), _negated=True),
                                fields=("sender",),
                                name="media_monitoring_source_sender_once",
                                violation_error_message="Letters of this sender are taken already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "newsletter"), _negated=True),
                                    models.Q(("sender", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="media_monitoring_source_letters_have_sender",
                                violation_error_message="Write the address the letters come from.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "broken"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="media_monitoring_source_broken_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every_minutes__gte", 5), ("every_minutes__lte", 1440)),
                                name="media_monitoring_source_polite_rhythm",
                                violation_error_message="Ask every 5 to 1440 minutes.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("message_id", models.CharField(max_length=300)),
                        ("subject", models.CharField(blank=True, max_length=400, verbose_name="subject")),
                        ("sent_at", models.DateTimeField()),
                        ("links", models.JSONField(blank=True, default=list)),
                        ("text", models.TextField(blank=True)),
                        ("opened_at", models.DateTimeField(null=True)),
                        ("article_count", models.PositiveSmallIntegerField(default=0)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="media_monitoring.source",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-sent_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "message_id"), name="media_monitoring_letter_is_taken_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opened_at", None),
                                    models.Q(("links", []), ("text", "")),
                                    _connector="OR",
                                ),
                                name="media_monitoring_opened_letter_keeps_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnText",
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
                        ("title", models.CharField(max_length=400, verbose_name="title")),
                        ("text", models.TextField(verbose_name="text")),
                        (
                            "released_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="released"),
                        ),
                        ("address", models.URLField(blank=True, max_length=1000, verbose_name="address")),
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
                            "story",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="own_text",
                                to="media_monitoring.story",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "own text",
                        "verbose_name_plural": "own texts",
                        "ordering": ["-released_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
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
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                        ("query", models.CharField(max_length=500, verbose_name="query")),
                        (
                            "is_wide",
                            models.BooleanField(default=False, verbose_name="wider: every reading of a word"),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("list", "in the list only"),
                                    ("notice", "notice in the portal"),
                                    ("urgent", "letter at once, not in quiet hours"),
                                    ("critical", "letter at once, at any hour"),
                                ],
                                default="notice",
                                max_length=8,
                                verbose_name="how it tells",
                            ),
                        ),
                        (
                            "in_digest",
                            models.BooleanField(default=True, verbose_name="proposed for the morning page"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="watched")),
                        ("compiled", models.JSONField(default=dict, editable=False)),
                        (
                            "folded",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        (
                            "stems",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        ("normaliser", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("stamp", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("name", function="lt_sort_key"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "watchers",
                            models.ManyToManyField(
                                blank=True,
                                related_name="press_topics",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is told",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "ordering": ["sort_key", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TopicHit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hits",
                                to="media_monitoring.article",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hits",
                                to="media_monitoring.topic",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "topic"), name="media_monitoring_hit_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Word",
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
                        "indexes": [models.Index(fields=["stem"], name="media_monitoring_word_stem")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("folded", "word"), name="media_monitoring_word_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleIndex",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="index",
                                serialize=False,
                                to="media_monitoring.article",
                            ),
                        ),
                        ("published_at", models.DateTimeField()),
                        (
                            "month",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    "published_at",
                                    template="EXTRACT(YEAR FROM %(expressions)s AT TIME ZONE 'Europe/Vilnius') * 12 + EXTRACT(MONTH FROM %(expressions)s AT TIME ZONE 'Europe/Vilnius') - 1",
                                ),
                                output_field=models.PositiveSmallIntegerField(),
                            ),
                        ),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                        ("normaliser", models.PositiveSmallIntegerField()),
                        (
                            "outlet",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="media_monitoring.outlet",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["-published_at", "-article"], name="media_monitoring_index_new"
                            ),
                            models.Index(
                                fields=["outlet", "-published_at", "-article"],
                                name="media_monitoring_index_paper",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["words"], name="media_monitoring_index_words"
                            ),
                            models.Index(fields=["normaliser"], name="media_monitoring_index_stale"),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(OUT_OF_LINE, IN_LINE),
    ]
