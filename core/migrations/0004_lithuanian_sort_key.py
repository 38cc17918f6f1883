"""The Lithuanian sort key in the database: the same steps as `core.language.sorting.sort_key`."""

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
    dependencies = [("core", "0003_drafts_and_saved_views")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FORWARD, "DROP FUNCTION lt_sort_key(text)"),
    ]
