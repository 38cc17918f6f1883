"""Index keys of a word: two forms belong to one word when their key sets meet.

Readings of the dictionary are joined with simplemma's lemma; an unknown word falls to the snowball stemmer.
`wide=True` keeps every reading for the sake of recall.
"""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma
from snowballstemmer import stemmer

from core.language.folding import tokens
from core.language.morphology import (
    PREFIX_FLAGS,
    REFLEXIVE_FLAGS,
    VERB_FLAGS,
    VERB_FORM_FLAGS,
    dictionary,
)

NORMALISER_VERSION = 2  # rows of the index carry it; a change of rules counts up
UNKNOWN = "~"  # marks a stem of a word no dictionary has

# Past and present roots to the infinitive's ending.
ROOT_ENDINGS = [
    rule.split(">")
    for rule in (
        "ėjo>ėti ojo>oti ijo>yti avo>auti avo>uoti ino>inti eno>enti o>ėti ė>yti ė>inti ėja>ėti oja>oti ija>yti "
        "auja>auti uoja>uoti ina>inti ena>enti i>ėti o>yti a>ėti ia>ėti ia>ti a>ti o>ti ė>ti sta>ti nka>kti "
        "uvo>ūti jo>ti ja>ti"
    ).split()
]
TO_BE = frozenset("esu esi yra esame esate esti nėra buvo bus būna".split())
DEED = re.compile(r"im(as|o|ui|ą|u|e|ai|ų|ams|us|ais|uose)$")
DOER = re.compile(r"toj(as|o|ui|ą|u|e|ai|ų|ams|us|ais|uose|a|os|oje|oms|omis|ose)$")
# Women's surnames: the sources take some of their cases for a man's name and know no others.
WOMAN = re.compile(r"(.{2,}(?:ien|ait|yt|ut|ūt))(?:ė|ės|ei|ę|e|ėje)$")
MANY_DOERS = ("jas", "jai", "jų")  # of men, or of men and women; the sources name the woman
# Forms whose commonest word the sources miss; the wider reading keeps theirs too.
COMMONEST = {
    form: frozenset(words.split("|"))
    for words, forms in (
        ("kelias", "kelio keliui kelią keliu kelyje keliai keliams kelius keliais keliuose"),
        ("kelias|keli", "kelių"),
        ("karta", "kartos kartoje kartoms"),
        ("karta|kartas", "kartą kartų kartai"),
        ("tapti", "tapo tapęs tapusi tapusį tapusio tapusios tapusią tapę"),
        ("klausti|klausyti", "klausė"),
        ("traukti", "traukė"),
        ("lankytis", "lankosi"),
        ("kalba", "kalbų"),
        ("rytas|rytai", "rytų"),
        ("mažai|mažas", "mažai"),
    )
    for form in forms.split()
}
NEGATIONS = ("nebe", "ne")
DROPPED_PREFIXES = frozenset(("ne", "nebe", "be", "te", "tebe"))
DROPPED_REFLEXIVES = frozenset(("nesi", "nebesi", "besi", "tebesi"))
DERIVING_PREFIXES = (
    "pasi parsi išsi nusi prisi susi persi prasi užsi ati at įsi į atsi api apsi ap iš nu par pa per pra pri su už be te"
).split()

_snowball = stemmer("lithuanian")


def keys(word: str, wide: bool = False) -> set[str]:
    """The index keys of one word form.

    Args:
        word: one token, in any case; marks are not restored (see `unfold`).
        wide: keep all readings: more is found, some of it foreign.
    """
    return set(_keys(word, wide))


def text_keys(text: str) -> list[set[str]]:
    """Keys of each word of a text, in order."""
    return [keys(token) for token in tokens(text)]


def preload() -> None:
    """Read the dictionaries now: called before processes fork, so that they share the pages."""
    dictionary()
    keys("miestas")


@lru_cache(maxsize=200_000)
def _keys(form: str, wide: bool) -> frozenset[str]:
    word = form.lower()
    if word in TO_BE:
        return frozenset({"būti"})
    readings = _readings(form)
    if not readings and (woman := WOMAN.match(word)):
        return frozenset({woman[1] + "ė"})
    nearest = min(readings.values(), default=9)
    best = {key for key, distance in readings.items() if distance == nearest}
    lemma = _lemma(form, word)
    every = best | ({lemma} if lemma else set())
    if word in COMMONEST:
        found = {*COMMONEST[word], *(every if wide else ())}
    elif wide or lemma not in readings:
        found = every
    else:
        found = _corrected(word, lemma, readings)
    return frozenset(found or {UNKNOWN + _snowball.stemWord(word)})


def _corrected(word: str, lemma: str, readings: dict[str, int]) -> set[str]:
    """Where the sources have several readings, the lemma's alone, unless it is a kind that is seldom meant."""
    if word.endswith(MANY_DOERS) and (
        lemma.endswith("toja") or (lemma.endswith("ėja") and lemma + "s" in readings)
    ):
        return {lemma + "s"}
    if word.endswith("ia") and lemma.endswith("us"):  # veikia is of veikti, seldom of veikus
        return {lemma} | {key for key in readings if key.endswith(("ti", "tis"))}
    return {lemma}


def _lemma(form: str, word: str) -> str | None:
    """Simplemma's lemma with negation off, if it knows the word."""
    if simplemma.is_known(form, "lt") or simplemma.is_known(word, "lt"):
        return _without_negation(simplemma.lemmatize(form, "lt").lower())
    return None


def _readings(form: str) -> dict[str, int]:
    """Key → how far the reading lies: 0 without a prefix, 2 with one."""
    words = dictionary()
    word = form.lower()
    analyses = words.analyse(word)
    if form[:1].isupper():
        analyses += words.analyse(form[:1] + form[1:].lower())
    found: dict[str, int] = {}
    for prefix, root, flag in analyses:
        kept = _positive_prefix(prefix)
        if _is_verb(root, flag):
            key = _verb_key(word, prefix, kept, root, flag)
        elif prefix and prefix not in NEGATIONS:
            continue
        else:
            key = ("ne" if prefix else "") + root.lower()
        found[key] = min(found.get(key, 9), 2 if kept else 0)
    return found


def _is_verb(root: str, flag: str) -> bool:
    words = dictionary()
    if flag:
        return flag in VERB_FORM_FLAGS
    return root in words.infinitives or bool(VERB_FLAGS & set(words.flags[root]))


def _verb_key(word: str, prefix: str, kept: str, root: str, flag: str) -> str:
    bare = word[len(prefix) - len(kept) :] if prefix != kept and kept != "si" else word
    if flag and DEED.search(word):
        return DEED.sub("imas", bare)
    if flag and DOER.search(word):
        return DOER.sub("tojas", bare)
    return kept + infinitive(root) + ("s" if flag in REFLEXIVE_FLAGS else "")


def _positive_prefix(prefix: str) -> str:
    if prefix in DROPPED_PREFIXES:
        return ""
    if prefix in DROPPED_REFLEXIVES:
        return "si"
    for negation in NEGATIONS:
        if prefix.startswith(negation):
            return prefix[len(negation) :]
    return prefix


def _without_negation(lemma: str) -> str:
    if not (lemma.startswith("ne") and lemma.endswith(("ti", "tis"))):
        return lemma
    rest, verbs = lemma[2:], dictionary().infinitives
    derived = any(rest.startswith(prefix) and rest[len(prefix) :] in verbs for prefix in DERIVING_PREFIXES)
    return rest if rest in verbs or rest[:-1] in verbs or simplemma.is_known(rest, "lt") or derived else lemma


@lru_cache(maxsize=20_000)
def infinitive(root: str) -> str:
    """The infinitive a verb's root belongs to; the root itself when none is near."""
    words = dictionary()
    if root in words.infinitives:
        return root
    if root.startswith("es"):
        return "būti"
    lemma = simplemma.lemmatize(root, "lt") if simplemma.is_known(root, "lt") else None
    if lemma in words.infinitives:
        return str(lemma)
    shared = set(words.flags.get(root, "")) & PREFIX_FLAGS

    def likeness(candidate: str) -> int:
        flags = set(words.flags.get(candidate, "")) & PREFIX_FLAGS
        return len(flags & shared) - len(flags ^ shared)

    by_rule = [
        (likeness(root[: -len(ending)] + instead) + 2 * len(ending), root[: -len(ending)] + instead)
        for ending, instead in ROOT_ENDINGS
        if root.endswith(ending) and root[: -len(ending)] + instead in words.infinitives
    ]
    if by_rule and max(by_rule)[0] >= -4:
        return max(by_rule)[1]
    by_beginning = [
        (2 * common + likeness(candidate) - abs(len(candidate) - len(root)), candidate)
        for candidate in words.infinitives_by_letter[root[:1]]
        if (common := _common_beginning(root, candidate)) >= min(2, len(root) - 1)
    ]
    return max(by_beginning)[1] if by_beginning else root


def _common_beginning(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
