"""Whether Dutch spelling writes a word with a hyphen: rules first, word frequencies for the rest.

The rules are those of the official spelling (Woordenlijst Nederlandse Taal, leidraad, hoofdstuk
6): a hyphen with letters, figures and abbreviations ("hbo-opleiding"), names ("Zuid-Limburg"),
words such as "ex" and "niet", parts of equal rank ("zwart-wit"), and vowels that would be read
as one sound ("auto-ongeluk"). Any other compound is one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

Frequency = Callable[[str], float]

_VOWELS = frozenset("aeiouy")
_CLASHES = frozenset("aa ae ai au ee ei eu ie ii ij oe oi oo ou ui uu".split())  # noqa: SIM905
_TREMA = {"e": "ë", "i": "ï", "o": "ö", "u": "ü"}
_LINKS = ("", "s", "en", "e", "n")
_DIPHTHONG = re.compile(r"(?:[aou]|oe|e)i$")

# Abbreviations that are spelled out when read, so that what follows takes a hyphen.
_LETTERS = frozenset(
    """
    abc adhd adv aio aiv aow api apk atm atv avo bbl bhv bsn btw bv cao cd ceo cfo cv dj dna dvd ecg
    eeg evc evp fte gft ggd ggz gps gsm hao hbo hbs heao hiv hrm html hts iaa icf ict ipad isbn ivf
    kmo kno kvk lbo lcd llo lpg lts mbo mdf meao mkb mms mri mts mvo nt nv obp osb ozb pdf pgb pvc
    rna roc sbb sms swot tbc tbs tft tl tso uav url usb uwv vbo vmbo vso vut vwo wao wia wlz wmo www
    xtc zbo zzp
    """.split()  # noqa: SIM905 - a word list reads better as text
)
# Of these ordinary words begin with the same letters: "ad-vies", "wo-ning", "ser-vice".
_LETTERS_OR_START = frozenset(
    """
    ad ai ao bol cad eu hr ic id ik it lo mp no ob oc or os ov pc pi po pr ser tv vo vr wa wc wo
    """.split()  # noqa: SIM905
)
_BEFORE_ANY = frozenset(
    """
    adjunct aspirant assistent bijna chef collega ex generaal interim kandidaat kapitein kolonel
    luitenant majoor non oud secretaris sergeant sint substituut
    """.split()  # noqa: SIM905
)
_PARTICLES = frozenset({"up", "ups", "in", "ins", "on", "ons", "off", "offs", "out", "outs"})
_SMALL = frozenset(
    """
    a à aan al and au bij by de den der des doe du een en et het ik in je la las le les mij na no
    non o of om on op or over te ten ter the to tot u uit van voor y
    """.split()  # noqa: SIM905
)
_OF_TWO = re.compile(  # colours and opposite points of the compass
    r"(?:blauw|bruin|geel|grijs|groen|oranje|paars|rood|roze|wit|zwart)-"
    r"(?:blau|brui|geel|gele|grij|groe|oran|paar|rood|rode|roze|wit|zwar)|"
    r"noord-zuid|zuid-noord|oost-west|west-oost"
)
_EQUAL = frozenset(
    """
    bruto christelijk conservatief gereformeerd joods links los oosters orthodox politiek privaat
    protestants publiek rechts religieus rooms sociaal vrijzinnig
    """.split()  # noqa: SIM905
)
_ADJECTIVE = re.compile(r"\w{3}(?:isch|eel|aal|ief|lijk|air|orthodox)$")
_ADJECTIVE_FORM = re.compile(
    r"\w{3}(?:ische?|eel|ele|aal|ale|iefs?|ieve|lijke?|aire?|doxe?|aat|ate|joodse?|politieke?)$"
)
_WITH_WORK = re.compile(r"(?:leer|woon)-(?:werk|zorg)")
_PERSON = re.compile(
    r"(?:student|docent|leraar|trainer|coach|directeur|ondernemer|onderzoeker|speler|schrijver|"
    r"eigenaar|adviseur|journalist|acteur|zanger|arts|koningin|leerling|stagiair|stagiaire|chef|"
    r"minister|president|premier|meester|inspecteur|brigadier|oprichter|voorzitter|advocaat|"
    r"regisseur|vertaler|\w+isten?|\w+istes?)s?$"
)
_PERSON_AFTER = re.compile(
    r"(?:assistent|begeleider|coach|docent|leraar|eigenaar|ondernemer|onderzoeker|werknemer|"
    r"directeur|trainer|acteur|regisseur|president|manager|adviseur|verpleegkundige|schilder|"
    r"schrijver|journalist|bestuurder|secretaris|kok|staf|weduwe|moeder|gezel|generaal|\w{3,}ist|\w{3,}iste|tolk)(?:s|en)?$"
)

_COMMON = 3.3
"""Zipf frequency from which a word counts as a part of compounds; below it is noise."""
_WORD = 2.0
_WELL_KNOWN = 2.5
_HOUSEHOLD = 3.5


def dutch_frequency(word: str) -> float:
    """Zipf frequency of ``word`` in Dutch, 0 when unknown (Speer 2022, wordfreq).

    The list is loaded at the first call (a tenth of a second), so only by texts that need it.
    """
    from wordfreq import zipf_frequency  # loads its list: only when a line ends in a hyphen

    return zipf_frequency(word, "nl")


@dataclass(frozen=True, slots=True)
class Broken:
    """A word that a line break cut behind a hyphen, as it stands there."""

    first: str
    """The letters and figures before the hyphen."""
    second: str
    """The letters behind the break."""
    chained: bool = False
    """Whether another hyphen stands straight before ``first``."""
    goes_on: bool = False
    """Whether another hyphen follows straight on ``second``."""
    is_name: bool = False
    """Whether ``first`` is a name, as far as the sentence or the document shows."""


class Spelling:
    """Tells words with a hyphen from words that were broken."""

    def __init__(self, frequency: Frequency) -> None:
        self._frequency = frequency

    def known(self, word: str) -> bool:
        """Whether ``word`` (lower case) is in the word list."""
        return self._frequency(word) > 0

    def hyphened(self, broken: Broken) -> bool:
        """Whether the hyphen belongs to the word."""
        by_form = _by_form(broken)
        if by_form is None:
            by_form = self._in_capitals(broken)
        return self._by_words(broken) if by_form is None else by_form

    def with_trema(self, broken: Broken) -> str | None:
        """``second`` with the trema that goes when a word is broken before it: co-ordinatie."""
        low, tail = broken.first.casefold(), broken.second
        if low[-1:] + tail[:1] not in _CLASHES or tail[:1] not in _TREMA:
            return None
        if low == "re" and tail.startswith("integr"):
            return None  # the one that is spelled with a hyphen
        restored = _TREMA[tail[0]] + tail[1:]
        better = self._frequency(low + restored)
        return restored if better > max(_WORD, self._frequency(low + tail)) else None

    def _in_capitals(self, broken: Broken) -> bool | None:
        if not broken.second[0].isupper():
            return None
        low = broken.first.casefold()
        whole = broken.first.isupper() and broken.second.isupper() and len(broken.first) > 1
        return not whole or low in _LETTERS or not self._frequency(low + broken.second.casefold())

    def _by_words(self, broken: Broken) -> bool:
        low, tail = broken.first.casefold(), broken.second.casefold()
        joined = self._frequency(low + tail)
        if broken.goes_on and tail in _SMALL:
            return True
        if joined >= _HOUSEHOLD or self.with_trema(broken):
            return False
        if low in _LETTERS or (broken.chained and low in _SMALL and joined < _WELL_KNOWN):
            return True
        if not (_VOWELS & set(_plain(low)) and _VOWELS & set(_plain(tail))):
            return joined < _WELL_KNOWN
        if tail in _PARTICLES or _OF_TWO.match(f"{low}-{tail}"):
            return self.is_word(low)
        if self._is_other_compound(low, tail):
            return False
        if low == "niet" or (low in _BEFORE_ANY and (self._frequency(tail) or self.is_word(tail))):
            return joined < _WELL_KNOWN and len(tail) > 2
        if low == "zij" and tail.startswith("instro"):
            return True
        if _plain(low)[-1] + tail[0] in _CLASHES:
            return joined < _WELL_KNOWN and self._clashes(low, tail)
        return joined < _WORD and self.is_word(tail) and self._takes_hyphen(broken, joined)

    def _takes_hyphen(self, broken: Broken, joined: float) -> bool:
        """By what the parts are, when the second is a word and the two together are none."""
        low, tail = broken.first.casefold(), broken.second.casefold()
        if low[1:] != broken.first[1:]:
            return True  # "PvdA-fractie"
        if joined:
            return False
        if broken.goes_on and self.is_word(low):
            return True
        if low in _LETTERS_OR_START and self._is_common(tail):
            return True
        if _WITH_WORK.match(f"{low}-{tail}"):
            return True
        if (low in _EQUAL or _ADJECTIVE.search(low)) and _ADJECTIVE_FORM.search(tail):
            return True
        if _PERSON.match(low) and _PERSON_AFTER.match(tail):
            return True
        return broken.is_name and len(tail) > 2

    def _clashes(self, low: str, tail: str) -> bool:
        if _DIPHTHONG.search(low) and (len(tail) < 5 or self._frequency(tail) < _WORD):
            return False  # "boei-ers"
        return self._frequency(low) > 0 or self.is_word(tail)

    def is_word(self, word: str) -> bool:
        """Whether ``word`` (lower case) is a word, or made of two of them."""
        return self._frequency(word) >= _WORD or self._is_compound(word, 0)

    def _is_common(self, word: str) -> bool:
        return self._frequency(word) >= _COMMON or self._is_compound(word, 0)

    def _is_other_compound(self, low: str, tail: str) -> bool:
        """Whether the whole is made of two words that meet at another place than the break."""
        return self._is_compound(low + tail, len(low))

    def _is_compound(self, word: str, not_at: int) -> bool:
        if len(word) > 40:
            return False
        for cut in range(3, len(word) - 2):
            if cut != not_at and self._frequency(word[cut:]) >= _COMMON:
                heads = (word[: cut - len(link)] for link in _LINKS if word[:cut].endswith(link))
                if any(
                    len(head) > 2 and len(head) != not_at and self._frequency(head) >= _COMMON
                    for head in heads
                ):
                    return True
        return False


def _by_form(broken: Broken) -> bool | None:
    """What capitals and figures say, None when nothing."""
    first, second = broken.first, broken.second
    if len(first) == 1 or any(char.isdigit() for char in first):
        return True
    return True if first.isupper() and second[0].islower() else None


def _plain(word: str) -> str:
    """``word`` without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
