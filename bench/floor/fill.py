"""Twenty thousand rows, and ten parts for the first thousand of them."""

import datetime
import os

import django

ROWS, WITH_PARTS, PARTS = 20_000, 1_000, 10
SUBJECTS = ("Delegacijos programa", "Vizito sąmata", "Partnerystės susitarimas", "Kvietimas į miesto šventę")
PLACES = ("Balstogė", "Gvardija", "Opolė", "Botkyrka", "Rišonas", "Amata", "Ostravas", "Lodzė")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.floor.models import Part, Row

    call_command("migrate", run_syncdb=True, verbosity=0)
    first = datetime.date(2006, 1, 1)
    Row.objects.bulk_create(
        (
            Row(
                number=f"R-{number:05}",
                title=f"{SUBJECTS[number % 4]}: {PLACES[number % 8]}, {2006 + number // 1000} m.",
                due_on=first + datetime.timedelta(days=number * 7300 // ROWS),
            )
            for number in range(ROWS)
        ),
        batch_size=2000,
    )
    rows = Row.objects.order_by("-pk").values_list("pk", flat=True)[:WITH_PARTS]
    Part.objects.bulk_create(Part(row_id=pk, title=f"Punktas {at}") for pk in rows for at in range(PARTS))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
