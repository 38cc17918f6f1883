from django.db import migrations

# Letters that went before tokens were kept out of them; those still on their way keep what they need.
SCRUB = """
UPDATE core_outgoingmail
SET text = regexp_replace(text, '/(n|atstatyti)/[A-Za-z0-9_.-]+/', '/\\1/[[slapta]]/', 'g'),
    html = regexp_replace(html, '/(n|atstatyti)/[A-Za-z0-9_.-]+/', '/\\1/[[slapta]]/', 'g'),
    key = CASE WHEN key LIKE 'password-reset:%' THEN 'password-reset:' || md5(key) ELSE key END
WHERE state IN ('sent', 'cancelled');
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0007_letters_keep_no_token")]

    operations = [migrations.RunSQL(SCRUB, migrations.RunSQL.noop)]
