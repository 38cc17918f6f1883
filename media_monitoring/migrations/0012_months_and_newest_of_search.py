import django.db.models.deletion
from django.db import migrations, models

MONTH = (
    "EXTRACT(YEAR FROM %(expressions)s AT TIME ZONE 'Europe/Vilnius') * 12"
    " + EXTRACT(MONTH FROM %(expressions)s AT TIME ZONE 'Europe/Vilnius') - 1"
)
OUT_OF_LINE = """
ALTER TABLE media_monitoring_articleindex SET (toast_tuple_target = 128);
UPDATE media_monitoring_articleindex SET words = words || ''::tsvector;
"""


class Migration(migrations.Migration):
    dependencies = [("media_monitoring", "0011_codings_learned_of_each_aspect")]

    operations = [
        migrations.RunSQL(
            OUT_OF_LINE, "ALTER TABLE media_monitoring_articleindex RESET (toast_tuple_target)"
        ),
        migrations.AddField(
            model_name="articleindex",
            name="month",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("published_at", template=MONTH),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AlterField(
            model_name="articleindex",
            name="outlet",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="media_monitoring.outlet",
            ),
        ),
        migrations.AddIndex(
            model_name="articleindex",
            index=models.Index(fields=["-published_at", "-article"], name="media_monitoring_index_new"),
        ),
        migrations.AddIndex(
            model_name="articleindex",
            index=models.Index(
                fields=["outlet", "-published_at", "-article"], name="media_monitoring_index_paper"
            ),
        ),
    ]
