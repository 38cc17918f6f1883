#!/usr/bin/env python3
"""Django's command line for Alytus ryšiai; `script/manage` runs it with the whole environment."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- after the environment

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
