"""What every test may use: the options of script/test and the rota of pages."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all",
        action="store_true",
        dest="everything",
        help="Walk every page in both themes and both languages, not only by the rota.",
    )
