"""Which words are forms of one word, how names bend, how they are sorted."""

import pytest
from django.db import connection

from core.language import decline, decline_name, decline_post, fold, keys, sort_key, tokens, unfold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("delegacija", "delegacijų"),
        ("programa", "programoje"),
        ("meras", "merui"),
        ("kalba", "kalbėjo"),
        ("kalbėti", "kalbėjo"),
        ("atvyko", "atvyksta"),
        ("dirba", "nedirbo"),
        ("Opolė", "Opolėje"),
        ("Alytus", "Alytuje"),
        ("svečias", "svečiams"),
        ("pasirašymas", "pasirašymo"),
        ("Kazlauskienė", "Kazlauskienės"),
        ("Stankevičiūtė", "Stankevičiūtei"),
        ("kelias", "keliuose"),
        ("tapti", "tapo"),
        ("karta", "kartos"),
        ("klausti", "klausia"),
        ("veikti", "veikia"),
        ("tarnautojo", "tarnautojai"),
        ("žaidėjas", "žaidėjų"),
        ("idėja", "idėjų"),
    ],
)
def test_forms_of_one_word_meet(one, other):
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("palikti", "likti"),
        ("mokytojas", "mokinys"),
        ("miestas", "miškas"),
        ("kalba", "kalnas"),
        ("Kazlauskas", "Kazlauskienė"),
        ("tapyti", "tapo"),
    ],
)
def test_different_words_do_not_meet(one, other):
    assert not keys(one) & keys(other)


def test_wider_keys_hold_no_less_than_one_reading():
    assert keys("kalba", wide=True)


def test_an_unknown_word_still_meets_its_forms():
    assert keys("Žvirblauskaitė")
    assert keys("Kvantbotas") & keys("Kvantboto")


def test_unfold_puts_marks_back_from_what_was_indexed():
    vocabulary = ["svečiams", "sveikiname", "Čiurlys"]

    assert unfold("sveciams", vocabulary) == {"sveciams", "svečiams"}
    assert unfold("ciurlys", {"ciurlys": ["Čiurlys"]}) == {"ciurlys", "čiurlys"}
    assert unfold("svečias", vocabulary) == {"svečias"}


def test_fold_takes_every_mark_off():
    assert fold("Łączyński Žemaitė Ґжицька") == "laczynski zemaite ґжицька"


def test_stress_marks_and_soft_hyphens_do_not_split_words():
    assert tokens("dėl\u0303 vė\u0301jo, pro\u00adgrama") == ["dėl", "vėjo", "programa"]


@pytest.mark.parametrize(
    ("gender", "forms"),
    [
        (
            "m",
            [
                "Pavardenis",
                "Pavardenio",
                "Pavardeniui",
                "Pavardenį",
                "Pavardeniu",
                "Pavardenyje",
                "Pavardeni",
            ],
        ),
        (
            "m",
            [
                "Pavardaitis",
                "Pavardaičio",
                "Pavardaičiui",
                "Pavardaitį",
                "Pavardaičiu",
                "Pavardaityje",
                "Pavardaiti",
            ],
        ),
        (
            "m",
            [
                "Pavardauskas",
                "Pavardausko",
                "Pavardauskui",
                "Pavardauską",
                "Pavardausku",
                "Pavardauske",
                "Pavardauskai",
            ],
        ),
        ("m", ["Pavardkus", "Pavardkaus", "Pavardkui", "Pavardkų", "Pavardkumi", "Pavardkuje", "Pavardkau"]),
        (
            "f",
            ["Juknelytė", "Juknelytės", "Juknelytei", "Juknelytę", "Juknelyte", "Juknelytėje", "Juknelyte"],
        ),
        ("f", ["Rasa", "Rasos", "Rasai", "Rasą", "Rasa", "Rasoje", "Rasa"]),
    ],
)
def test_names_bend_by_the_table(gender, forms):
    cases = ["nominative", "genitive", "dative", "accusative", "instrumental", "locative", "vocative"]
    assert [decline(forms[0], gender, case) for case in cases] == forms


def test_posts_bend_their_head_alone():
    assert decline_post("Kultūros skyriaus vedėjas", "m", "accusative") == "Kultūros skyriaus vedėją"
    assert decline_post("vyriausioji specialistė", "f", "dative") == "vyriausiajai specialistei"
    assert decline_post("meras", "m", "vocative") == "mere"
    assert decline_post("direktorius, laikinai", "m", "genitive") == "direktoriaus, laikinai"


def test_a_form_set_by_hand_stands_above_the_rule():
    assert decline_name("Nino", "Gelašvili", "f", "dative") == "Nino Gelašvili"
    assert (
        decline_name("Nino", "Gelašvili", "f", "dative", {"dative": "Nino Gelašvilei"}) == "Nino Gelašvilei"
    )


NAMES = [
    "Zita",
    "Ąžuolas",
    "Ana",
    "Čiurlys",
    "Cėsys",
    "Yla",
    "Ivanas",
    "Įla",
    "Ila",
    "Jonas",
    "Šarka",
    "Sabas",
    "Žukas",
]
NAMES += ["Łączyński", "Lapė", "Тетяна", "ნინო", "Ävar", "Aba", "De-Vit 2", "", "O'Neil", "Ūla", "Ula", "Ų"]


def test_sorting_follows_the_lithuanian_alphabet():
    assert sorted(["Žukas", "Šarka", "Sabas", "Yla", "Ivanas", "Ila", "Čiurlys", "Cėsys", "Ąžuolas", "Ana", "Zita"], key=sort_key) == [
        "Ana", "Ąžuolas", "Cėsys", "Čiurlys", "Ila", "Yla", "Ivanas", "Sabas", "Šarka", "Zita", "Žukas",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_database_sorts_as_python_does(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lt_sort_key(%s)", [name])
        assert cursor.fetchone()[0] == sort_key(name)
