"""Accounts are closed, never deleted: a trigger refuses it, whoever asks."""

from django.db import migrations

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
    dependencies = [("accounts", "0003_one_deputy_at_a_time")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
