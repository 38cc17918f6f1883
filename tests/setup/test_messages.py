"""The check of the catalogues finds what a translator left open, and changes nothing while looking."""

import pytest

from runner import messages

HEAD = 'msgid ""\nmsgstr ""\n"Language: lt\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A small source with one Python file and one page; returns a function that writes its catalogue."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/views.py").write_text('from django.utils.translation import gettext as _\n_("Saved.")\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text('{% load i18n %}{% translate "Visit" context "noun" %}')
    catalogue = tmp_path / "locale/lt/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    monkeypatch.setattr(messages, "ROOT", tmp_path)

    def write(*entries: str) -> None:
        catalogue.write_text(HEAD + "\n\n".join(entries) + "\n")

    return write


VISIT = 'msgctxt "noun"\nmsgid "Visit"\nmsgstr "Vizitas"'


def test_complete_catalogue_passes_and_stays_as_it_was(source, tmp_path, capsys):
    source('msgid "Saved."\nmsgstr "Išsaugota."', VISIT)
    before = (tmp_path / "locale/lt/LC_MESSAGES/django.po").read_bytes()

    assert messages.main() == 0
    assert "complete" in capsys.readouterr().out
    assert (tmp_path / "locale/lt/LC_MESSAGES/django.po").read_bytes() == before


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ((VISIT,), "missing “Saved.”"),
        (('msgid "Saved."\nmsgstr ""', VISIT), "empty “Saved.”"),
        (('#, fuzzy\nmsgid "Saved."\nmsgstr "Įrašyta."', VISIT), "fuzzy “Saved.”"),
        (('msgid "Saved."\nmsgstr "Išsaugota."', 'msgid "Visit"\nmsgstr "Vizitas"'), "missing “Visit”"),
    ],
)
def test_what_is_left_open_is_named(source, capsys, entries, fault):
    source(*entries)

    assert messages.main() == 1
    assert fault in capsys.readouterr().out
