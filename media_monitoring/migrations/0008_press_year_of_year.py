from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("media_monitoring", "0007_texts_in_groups")]

    operations = [migrations.RenameField("pressyear", "year", "of_year")]
