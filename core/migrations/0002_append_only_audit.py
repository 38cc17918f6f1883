"""The audit trail only grows: a trigger refuses every change and deletion, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER core_auditevent_only_grows BEFORE UPDATE OR DELETE ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_audit_only_grows();
CREATE TRIGGER core_auditevent_not_emptied BEFORE TRUNCATE ON core_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_only_grows();
CREATE TRIGGER core_auditseal_only_grows BEFORE UPDATE OR DELETE ON core_auditseal
    FOR EACH ROW EXECUTE FUNCTION core_audit_only_grows();
"""
BACKWARD = """
DROP TRIGGER core_auditevent_only_grows ON core_auditevent;
DROP TRIGGER core_auditevent_not_emptied ON core_auditevent;
DROP TRIGGER core_auditseal_only_grows ON core_auditseal;
DROP FUNCTION core_audit_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
