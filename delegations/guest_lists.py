"""How lists of guests are written abroad: headings, names with titles, places in a delegation, languages, days."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Gender
from core.imports import Field, plain_words
from delegations.choices import MemberKind
from partners.choices import Language

NOT_NEEDED = _("not needed for a visit, so it is not kept")

FIELDS: tuple[Field, ...] = (
    Field("name", _("name and surname"), (
        "name and surname", "full name", "name surname", "surname and name", "surname name", "guest", "participant",
        "vardas pavardė", "vardas ir pavardė", "pavardė vardas", "svečias", "dalyvis", "imię i nazwisko",
        "nazwisko i imię", "imię nazwisko", "uczestnik", "nom et prénom", "nom prénom", "vorname nachname",
        "name und vorname", "nimi", "vārds uzvārds", "vārds un uzvārds", "ім'я та прізвище", "прізвище та ім'я",
        "піб", "имя и фамилия", "фамилия и имя", "фио", "jméno a příjmení", "სახელი და გვარი",
    )),
    Field("first_name", _("first name"), (
        "first name", "given name", "forename", "vardas", "imię", "prénom", "vorname", "eesnimi", "vārds", "ім'я",
        "имя", "jméno", "etunimi", "förnamn", "nombre", "nome", "სახელი",
    )),
    Field("last_name", _("surname"), (
        "surname", "last name", "family name", "pavardė", "nazwisko", "nom", "nom de famille", "nachname",
        "familienname", "perenimi", "uzvārds", "прізвище", "фамилия", "příjmení", "sukunimi", "efternamn", "apellido",
        "cognome", "გვარი",
    )),
    Field("own_name", _("name in its own script"), (
        "name in own script", "original name", "native name", "vardas originalo kalba", "vardas savo rašmenimis",
    )),
    Field("post_lt", _("post in Lithuanian"), ("pareigos", "pareigos lietuviškai", "pareigybė", "post in lithuanian")),
    Field("post_local", _("post in the guests' language"), (
        "post", "position", "title", "job title", "function", "occupation", "stanowisko", "funkcja", "fonction",
        "poste", "funktion", "amt", "position amt", "amet", "amats", "посада", "должность", "funkce", "pareigos originalo kalba",
        "თანამდებობა",
    )),
    Field("organisation", _("organisation"), (
        "organisation", "organization", "institution", "company", "organizacija", "įstaiga", "institucija",
        "instytucja", "organizacja", "firma", "institūcija", "організація", "организация",
    )),
    Field("kind", _("place in the delegation"), (
        "role", "role in the delegation", "vaidmuo", "vieta delegacijoje", "statusas", "rola", "rola w delegacji",
        "rôle", "rolle", "роль",
    )),
    Field("companion_of", _("whom this guest accompanies"), (
        "companion of", "accompanies", "accompanying", "spouse of", "lydi", "lydimas asmuo", "osoba towarzysząca",
        "towarzyszy", "begleitet", "accompagne",
    )),
    Field("gender", _("gender"), ("gender", "sex", "lytis", "płeć", "sexe", "geschlecht", "sugu", "dzimums", "стать", "пол")),
    Field("languages", _("languages spoken"), (
        "languages", "language", "languages spoken", "kalbos", "kalba", "kokias kalbas moka", "języki", "język", "langues", "langue",
        "sprachen", "sprache", "keeled", "valodas", "мови", "мова", "языки", "язык", "jazyky",
    )),
    Field("phone", _("telephone"), (
        "phone", "telephone", "mobile", "mobile phone", "tel", "telefonas", "tel nr", "mob tel", "telefon",
        "téléphone", "tālrunis", "телефон",
    )),
    Field("email", _("e-mail"), (
        "email", "e mail", "mail", "el paštas", "el p", "elektroninis paštas", "poczta", "adres e mail", "courriel",
        "epasts", "e pasts", "пошта", "ел пошта", "почта", "эл почта",
    )),
    Field("diet", _("diet"), (
        "diet", "dietary requirements", "food", "meals", "allergies", "mityba", "maistas", "alergijos", "dieta",
        "wymagania dietetyczne", "régime", "ernährung", "uzturs", "дієта", "харчування", "диета", "питание",
    )),
    Field("accessibility", _("special needs"), (
        "accessibility", "special needs", "needs", "special requirements", "specialieji poreikiai", "poreikiai",
        "neįgalumas", "specjalne potrzeby", "potrzeby", "besoins particuliers", "besondere bedürfnisse",
    )),
    Field("identity", _("identity document"), (
        "passport", "passport number", "passport no", "id", "id number", "identity document", "asmens dokumentas", "pasas",
        "paso nr", "dokumento nr", "paszport", "nr paszportu", "dowód osobisty", "nr dowodu", "passeport", "reisepass", "паспорт",
    )),
    Field("consented_on", _("day of the consent"), ("consent", "consent date", "sutikimas", "sutikimo data", "zgoda", "data zgody")),
    Field("arrives", _("arrival"), (
        "arrival", "arrival date", "date of arrival", "arrives", "atvykimas", "atvykimo data", "atvyksta", "przyjazd",
        "data przyjazdu", "przylot", "arrivée", "ankunft", "anreise", "приїзд", "прибытие",
    ), why_not=_("only checked against the days of the visit; journeys are entered in their own tab")),
    Field("departs", _("departure"), (
        "departure", "departure date", "date of departure", "departs", "išvykimas", "išvykimo data", "išvyksta",
        "wyjazd", "data wyjazdu", "odlot", "départ", "abreise", "від'їзд", "отъезд",
    ), why_not=_("only checked against the days of the visit; journeys are entered in their own tab")),
    Field("order", _("number in the list"), ("no", "nr", "number", "eil nr", "eilės nr", "lp", "l p", "poz", "№", "n", "n p p"),
          why_not=_("the order of the list itself is kept")),
    Field("born_on", _("date of birth"), (
        "date of birth", "birth date", "birthday", "dob", "gimimo data", "gimimo metai", "data urodzenia", "date de naissance",
        "geburtsdatum", "дата народження", "дата рождения",
    ), why_not=NOT_NEEDED),
    Field("personal_code", _("personal code"), ("personal code", "asmens kodas", "pesel", "national id number"), why_not=NOT_NEEDED),
    Field("address", _("home address"), ("address", "home address", "adresas", "namų adresas", "adres", "adresse", "адреса", "адрес"),
          why_not=NOT_NEEDED),
)  # fmt: skip

KINDS: tuple[tuple[MemberKind, tuple[str, ...]], ...] = (
    (MemberKind.HEAD, (
        "head of delegation", "head of the delegation", "leader of the delegation", "delegation leader", "head", "leader",
        "delegacijos vadovas", "delegacijos vadove", "vadovas", "vadove", "szef delegacji", "przewodniczacy delegacji",
        "przewodniczaca delegacji", "chef de la delegation", "chef de delegation", "delegationsleiter",
        "leiter der delegation", "leiterin der delegation", "delegacijas vaditajs", "delegacijas vaditaja",
        "керівник делегації", "глава делегації", "глава делегации", "руководитель делегации",
    )),
    (MemberKind.INTERPRETER, (
        "interpreter", "translator", "vertejas", "verteja", "tlumacz", "tlumaczka", "interprete", "dolmetscher",
        "dolmetscherin", "tulks", "tolk", "перекладач", "перекладачка", "переводчик", "переводчица",
    )),
    (MemberKind.COMPANION, (
        "companion", "spouse", "wife", "husband", "partner", "accompanying person", "lydintis asmuo", "lydintysis", "lydincioji",
        "sutuoktinis", "sutuoktine", "zmona", "vyras", "osoba towarzyszaca", "malzonek", "malzonka", "zona", "maz", "epouse",
        "epoux", "conjoint", "begleitperson", "ehefrau", "ehemann", "дружина", "жена",
    )),
    (MemberKind.DRIVER, ("driver", "vairuotojas", "vairuotoja", "kierowca", "chauffeur", "fahrer", "soferis", "водій", "водитель")),
    (MemberKind.PRESS, ("journalist", "press", "reporter", "photographer", "zurnalistas", "zurnaliste", "spauda", "fotografas",
                        "dziennikarz", "dziennikarka", "prasa", "journaliste", "presse", "журналіст", "журналист")),
    (MemberKind.MEMBER, ("member", "member of the delegation", "narys", "nare", "delegacijos narys", "delegacijos nare", "czlonek",
                         "czlonkini", "czlonek delegacji", "membre", "mitglied", "член делегації", "член делегации")),
)  # fmt: skip

TITLES = {
    "mr": Gender.MALE, "mrs": Gender.FEMALE, "ms": Gender.FEMALE, "miss": Gender.FEMALE, "ponas": Gender.MALE,
    "ponia": Gender.FEMALE, "pan": Gender.MALE, "pani": Gender.FEMALE, "herr": Gender.MALE, "frau": Gender.FEMALE,
    "mme": Gender.FEMALE, "monsieur": Gender.MALE, "madame": Gender.FEMALE, "dr": "", "prof": "", "p": "", "he": "", "sir": Gender.MALE,
}  # fmt: skip
GENDERS = {
    Gender.MALE: "m male man vyras mezczyzna homme h mann mannlich herr mr vīrietis чоловіча ч мужской м".split(),
    Gender.FEMALE: "f female woman moteris mot w kobieta k femme frau weiblich sieviete жіноча ж женский".split(),
}
PARTICLES = frozenset(
    "de da di du del della der den van von zu zum la le el al bin ibn ben ter y e i".split()
)

EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+\.[^\s,;<>()]+")
PHONE = re.compile(
    r"(?:(?:tel|phone|mob|telefon\w*)\.?:?\s*)?(\+?\d[\d\s()/.-]{6,}\d)(?![\d@])", re.IGNORECASE
)
DATE = re.compile(
    r"(?:\b[^\W\d_]{1,8}\.?:?\s*)?\b(\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})\b\.?"
)
LONG_AGO = 5  # years: an older day in a list of guests is somebody's birthday
CODE = re.compile(r"(?:pesel|asmens kodas|a\. ?k\.|personal code)\W*(\d[\d -]{5,}\d)", re.IGNORECASE)
PASSPORT = re.compile(
    r"(?:passport|paszport|dowód|pasas|reisepass|passeport|паспорт)(?:\s+\w{2,4}\.?)?\W*((?=\S*\d)[A-Z0-9]{6,12})",
    re.IGNORECASE,
)
EATS = re.compile(
    r"vegetar|vegan|veganė|wegetar|wegan|вегет|веган|gluten|glitim|глютен|la[ck]to[sz]|лактоз|koszer|kosher|koscher|košer|кошер"
    r"|halal|халял|al+erg(?!olog)|ал+ерг(?!олог)",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[-–—•*·o▪]\s)\s*")
PIECE = re.compile(r"[,;()]|\s+[–—-]\s+")
NAME_END = re.compile(r"\t+|\s*[;|]\s*|\s+[–—-]\s+|,\s*|\s*\(")


@dataclass
class Name:
    """A name as it will stand in papers, and what its writing told."""

    text: str
    gender: str = ""
    notes: list[Any] = field(default_factory=list)

    @property
    def key(self) -> str:
        return name_key(self.text)

    @property
    def looks_right(self) -> bool:
        """Two to six words, each with a capital where its script has them; no figures."""
        words = self.text.split()
        if not 2 <= len(words) <= 6 or re.search(r"[\d@:!?=|<>/\\]", self.text):
            return False
        return all(
            word.lower().strip(".") in PARTICLES
            or not word[:1].islower()
            or "\u10d0" <= word[:1] <= "\u10ff"  # Georgian has no capitals
            for word in words
        ) and not self.text.endswith(".")


def read_name(text: str) -> Name:
    """The name without its title; a surname in capitals or before a comma takes its place after the first name."""
    words, gender, notes = text.replace("\xa0", " ").split(), "", []
    while len(words) > 2 and (title := plain_words(words[0]).replace(" ", "")) in TITLES:
        gender = gender or TITLES[title]
        words.pop(0)
    name = " ".join(words).strip(" ,;")
    if name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        if first and len(first.split()) <= 3:
            name = f"{first} {last}"
    words = name.split()
    capitals = [word for word in words if len(word) > 2 and word.isupper()]
    if capitals and len(capitals) < len(words) and words[0].isupper() and len(words[0]) > 2:
        rest = [word for word in words if word not in capitals]
        words = [*rest, *capitals]
    if capitals:
        words = [_in_small_letters(word) if word in capitals else word for word in words]
        notes.append(_("written in capital letters"))
    return Name(" ".join(words), str(gender), notes)


def _in_small_letters(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1] + part[0][1:].lower(), word)


def name_key(name: str) -> str:
    """What two writings of one name share: folded words in whatever order, without initials and titles."""
    words = [word for word in plain_words(name).split() if len(word) > 1 and word not in TITLES]
    return " ".join(sorted(words)) or plain_words(name)


def near_keys(key: str) -> set[str]:
    """Writings one letter away share one of these."""
    if len(key) < 8:
        return {key}
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def read_line(line: str) -> dict[str, str]:
    """A guest of a line in a letter: "1. Mr Zbigniew Łączyński, Mayor of Opole, z@opole.example"."""
    text = BULLET.sub("", line)
    found: dict[str, str] = {}
    if match := EMAIL.search(text):
        found["email"] = match[0].strip(".,")
        text = text.replace(match[0], " ")
    text = _take_private(text, found)
    if match := PHONE.search(text):
        found["phone"] = match[1].strip()
        text = text.replace(match[0], " ")
    text = re.sub(r"\s*(?:[,;|]\s*)+(?=[,;|]|$)", "", " ".join(text.split())).strip(" ,;|")
    parts = NAME_END.split(text, maxsplit=1)
    post = parts[1].strip(" ,;") if len(parts) > 1 else ""
    if post.endswith(")") and "(" not in post:
        post = post[:-1]
    found["name"] = parts[0].strip()
    # The place in the delegation often stands beside the post.
    pieces = [piece for piece in PIECE.split(post) if piece.strip()]
    if eats := [piece.strip() for piece in pieces if EATS.search(piece)]:
        found["diet"] = ", ".join(eats)
        post = ", ".join(piece.strip() for piece in pieces if not EATS.search(piece))
    for piece in PIECE.split(post):
        if (kind := read_kind(piece, whole=True)) and kind != MemberKind.MEMBER:
            found["kind"] = piece.strip()
            post = re.sub(rf"[,;(\s–—-]*{re.escape(piece.strip())}\)?", "", post, count=1).strip(" ,;–—-")
            break
    found["post_local"] = post
    return {code: value for code, value in found.items() if value}


def _take_private(text: str, found: dict[str, str]) -> str:
    """Days, codes and documents leave the line: they would be taken for telephones, or kept within a post."""
    for code, pattern in (("personal_code", CODE), ("identity", PASSPORT)):
        if match := pattern.search(text):
            found[code] = match[1]
            text = text.replace(match[0], " ")
    this_year = timezone.localdate().year
    for match in list(DATE.finditer(text)):
        year = int(re.findall(r"(?:19|20)\d\d", match[1])[0])
        is_birthday = year < this_year - LONG_AGO
        code = "born_on" if is_birthday else "departs" if "arrives" in found else "arrives"
        found[code] = match[1]
        text = text.replace(match[0], " ")
    return text


def read_kind(text: str, *, whole: bool = False) -> MemberKind | None:
    """What the guest is in the delegation, by words of several languages."""
    said = plain_words(text)
    if not said:
        return None
    for kind, words in _kind_words():
        for word in words:
            if said == word or (not whole and word in said and " " in word):
                return kind
    return None


@lru_cache(maxsize=1)
def _kind_words() -> list[tuple[MemberKind, list[str]]]:
    return [(kind, [plain_words(word) for word in words]) for kind, words in KINDS]


def read_gender(text: str) -> str:
    said = plain_words(text)
    if not said:
        return ""
    return next((str(gender) for gender, words in GENDERS.items() if said in map(plain_words, words)), "")


def read_languages(text: str) -> tuple[list[str], list[str]]:
    """Codes of the languages named in whatever language, and the words nobody knows."""
    names, codes, unknown = _language_names(), [], []
    for piece in re.split(r"[,;/+&\n]|\s+(?:and|ir|i|und|et|un|та|и)\s+", text):
        said = re.sub(r"\b(?:kalba|kalbos|language|jezyk|k)\b", "", plain_words(piece)).strip()
        if not said:
            continue
        code = names.get(said) or names.get(said.split()[0])
        if code:
            codes.append(code)
        else:
            unknown.append(piece.strip())
    return list(dict.fromkeys(codes)), unknown


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for reader in Language.values:
        try:
            names = Locale.parse(reader).languages
        except UnknownLocaleError:
            continue
        for code in Language.values:
            if name := names.get(code):
                found.setdefault(plain_words(name), code)
    for code in Language.values:
        found[code] = code
    found |= {
        "angl": "en",
        "vok": "de",
        "pranc": "fr",
        "ang": "en",
        "eng": "en",
        "ukr": "uk",
        "ger": "de",
        "pol": "pl",
        "ua": "uk",
    }
    return found  # fmt: skip


def read_day(text: str) -> tuple[datetime.date | None, bool]:
    """The day, and whether its figures could mean another one: "03/04/2027" is read with the day first."""
    said = " ".join(text.replace("\xa0", " ").split()).strip(" .")
    if match := re.match(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})(?:\D.*)?$", said):
        return _day(match[1], match[2], match[3]), False
    if match := re.match(r"(\d{1,2})\s?[-./ ]\s?(\d{1,2})\s?[-./ ]\s?(\d{4}|\d{2})(?:\s.*)?$", said):
        first, second, year = match[1], match[2], match[3] if len(match[3]) == 4 else f"20{match[3]}"
        if int(second) > 12:
            return _day(year, first, second), False
        unclear = "/" in said and int(first) <= 12 and first != second
        return _day(year, second, first), unclear
    if re.fullmatch(r"[34]\d{4}|5[0-5]\d{3}", said):  # days as a spreadsheet counts them
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(said)), False
    year = re.search(r"\b(\d{4})\b", said)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th|d)?\b", said.replace(year[0], " ") if year else said)
    months = _month_names()
    month = next(
        (months[word] for word in plain_words(re.sub(r"\d", " ", said)).split() if word in months), None
    )
    if year and day and month:
        return _day(year[1], str(month), day[1]), False
    return None, False


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        found = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    found: dict[str, int] = {}
    for code in Language.values:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                try:
                    names = get_month_names(width, context=context, locale=code)
                except UnknownLocaleError:
                    continue
                for month, name in names.items():
                    for word in plain_words(name).split():
                        if len(word) > 2 and not word.isdigit():
                            found.setdefault(word, month)
    return found
