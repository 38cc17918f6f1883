from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("delegations", "0008_festivals")]

    operations = [
        migrations.AddField(
            model_name="meetingrequest",
            name="shown_papers",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="+", to="documents.document"
            ),
        ),
    ]
