"""What the tables stand on: PostgreSQL's extensions and the Lithuanian sort key, as `core.language.sorting.sort_key` has it."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

FORWARD = r"""
CREATE FUNCTION lt_sort_key(source text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
    low text;
    first text;
    second text;
BEGIN
    low := lower(translate(source, 'ĄČĘĖĮŠŲŪŽ', 'ąčęėįšųūž'));
    low := translate(low, 'łđøßæœ', 'ldosao');
    low := translate(low, '-–—.,''’"„“”«»()/&:;!?_+*#', repeat(' ', 25));
    low := trim(regexp_replace(low, ' +', ' ', 'g'));
    first := translate(low, 'ąęįųėyūčšž', 'aeiueiu' || U&'\E000\E001\E002');
    first := regexp_replace(normalize(first, NFD), U&'[\0300-\036F]', '', 'g');
    first := translate(first, U&'abc\E000defghijklmnopqrs\E001tuvwxyz\E002', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]');
    second := translate(translate(low, '0123456789', '0000000000'), 'ąęįųėyū', '1111222');
    RETURN first || chr(1) || regexp_replace(second, '[^12]', '0', 'g');
END $$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_append_only_audit"),
        ("core", "0003_drafts_and_saved_views"),
        ("core", "0004_lithuanian_sort_key"),
        ("core", "0005_rules_norms_and_holidays"),
        ("core", "0006_mail_verbose_names"),
        ("core", "0007_letters_keep_no_token"),
    ]

    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FORWARD, "DROP FUNCTION lt_sort_key(text)"),
    ]
