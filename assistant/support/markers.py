"""Small words that turn what is said: not, must, may, always, mostly, only, more, less."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Folded words and phrases per sign, Dutch and English. A phrase may hold `\w*`.
_SIGNS: Mapping[str, str] = {
    "not": r"niet|geen|nooit|niemand|niets|niks|nergens|zonder|noch|evenmin|geenszins|nimmer"
    r"|not|no|never|nobody|nothing|without|none|neither|nor|cannot|\w+n't|\w+n’t",
    "lacking": r"ontbreekt|ontbreken|ontbrak\w*|mist|missen|misten|onbekend\w*|onduidelijk\w*"
    r"|onvoldoende|nauwelijks|hardly|weinig|little|lacks?|lacking|lacked|missing|unknown|unclear"
    r"|tenzij|unless|beperkt|behalve|except|uitgesloten|weiger\w*|fails?|failed|instead"
    r"|in plaats van|rather than|buiten|nul|zero|vrijwillig|optional|afwezig|te weinig|too few"
    r"|moeilijk\w*|lastig|ongekwalificeerd\w*|ongeschikt\w*|onmogelijk\w*|onzeker\w*|unrelated"
    r"|gestopt|stopped|anders dan|unlike|vacant|moet\w* nog|moest\w* nog|yet to|afgeraden|stil"
    r"|unqualified|lag behind|zijn er te weinig|met moeite|far from|only partly|slechts deels",
    "must": r"moet|moeten|moest|moesten|verplicht\w*|vereist\w*|dient|dienen|noodzakelijk"
    r"|must|have to|has to|had to|required?|requires|requirements?|mandatory|obliged|obligatory"
    r"|compulsory|wettelijk voorgeschreven",
    "need": r"criteri\w+|eis|eisen|voorwaarde\w*|nodig|hoort|horen|behoort|needs?"
    r"|needed|conditions?|should",
    "may": r"kan|kun|kunt|kunnen|kon|konden|mag|mogen|mocht\w*|mogelijk|mogelijkheid|mogelijkheden"
    r"|can|could|may|might|possible|possibly|able|allowed|option|eventueel",
    "maybe": r"misschien|wellicht|vermoedelijk|waarschijnlijk|mogelijk\w*|in theorie|zou|zouden"
    r"|perhaps|maybe|probably|presumably|likely|in theory|would|might|lijkt|lijken|seems?",
    "always": r"altijd|alle|allemaal|alles|iedere?|elke?|ieders?|steeds|helemaal|volledig|overal"
    r"|allen|always|all|every|each|everyone|everybody|entirely|fully|completely|invariably"
    r"|zonder uitzondering|stuk voor stuk",
    "mostly": r"meestal|vaak|meeste|meerderheid|doorgaans|gewoonlijk|veelal|meestentijds|dikwijls"
    r"|grotendeels|grootste deel|grootste gedeelte|overgrote|bijna|often|usually|mostly|most"
    r"|majority|generally|typically|frequently|tend|tends|nearly|almost|vooral|mainly|normaal\w*",
    "some": r"soms|sommige|enkele|af en toe|een paar|een aantal|enige|incidenteel|sometimes|some"
    r"|occasionally|a few|several|een deel|part of|minderheid|minority|zelden|rarely|seldom",
    "few": r"zelden|rarely|seldom|minderheid|minority|nauwelijks|hardly|bijna nooit|weinig",
    "only": r"alleen|slechts|uitsluitend|enkel|louter|only|merely|solely|exclusively|just|enige",
    "never": r"nooit|nimmer|never|geenszins",
    "not_fully": r"(?:niet|not) (?:alle|alles|altijd|elke?|iedere?|iedereen|all|always|every|alleen"
    r"|only|enkel|slechts|louter|vaak|often)|(?:soms|vaak|sometimes|often) (?:niet|geen|not|no)",
    "not_only": r"(?:niet|not) (?:alleen|only|enkel|slechts|louter|just|merely)",
    "sometimes": r"soms|sommige|af en toe|sometimes|occasionally|at times",
    "least_of": r"minst|minste|minder|laagst|laagste|kleinst|kleinste|least|fewest|less|fewer"
    r"|lowest|smallest",
    "low": r"minst|minste|minder|laag\w*|lager\w*|klein\w*|least|few\w*|less|low\w*|small\w*"
    r"|weinig|little|nauwelijks|korte?r?|daal\w*|afgenomen",
    "seldom": r"zelden|rarely|seldom|nauwelijks|hardly|nooit|never",
    "not_all": r"(?:niet|not) (?:alle|alles|altijd|elke?|iedere?|iedereen|all|always|every"
    "|everyone)",
    "need_not": r"(?:hoeft|hoeven|hoefde) (?:\w+ ){0,4}(?:niet|geen)|(?:niet"
    r"|not) (?:\w+ )?(?:moet|verplicht|required|mandatory)",
    "least": r"minstens|minimaal|ten minste|tenminste|minimum|at least",
    "most": r"hoogstens|maximaal|ten hoogste|hooguit|maximum|at most|no more than",
    "at_least": r"minstens|minimaal|ten minste|tenminste|minimum|at least|of meer|of hoger|or more"
    r"|or higher|meer dan|more than|vanaf|over|ruim",
    "at_most": r"hoogstens|maximaal|ten hoogste|hooguit|maximum|at most|up to|tot|minder dan"
    r"|less than|fewer than|nog geen|no more than|niet meer dan",
}
_NO_NEGATION = re.compile(
    r"\b(niet alleen|niet enkel|not only|niet alleen maar|of niet|or not|no longer than"
    r"|nog niet zo lang|no matter|niet slechts)\b"
)
_NOT_ALWAYS = re.compile(
    r"\b(elke?|iedere?|every|each|alle) (week|maand|jaar|dag|keer|kwartaal|month|year|day|time"
    r"|quarter|andere)\b|\b(elk|ieder) (jaar|kwartaal)\b|\ball over\b|\bat all\b|\boverall\b"
    r"|\bboven alles\b|\bvooral\b"
)
_PAIRS: tuple[tuple[str, str], ...] = (
    ("meer more vaker", "minder less fewer"),
    ("meest meeste most merendeel", "minst minste least fewest"),
    ("groter grotere larger bigger greater", "kleiner kleinere smaller"),
    ("hoger hogere higher", "lager lagere lower"),
    ("hoogste hoogst highest", "laagste laagst lowest"),
    ("grootste grootst largest biggest greatest", "kleinste kleinst smallest"),
    (
        "groei groeit groeien groeide groeiden toename toenemen stijgt stijgen steeg stijging "
        "uitbreiden uitbreiding uitgebreid vergroting verbreding grow grows grew growth "
        "increase increases increased "
        "rise rises rose expand expands expanded expansion",
        "krimp krimpt krimpen kromp afname afnemen daalt dalen daalde daling inperken beperken "
        "inkrimping beperking inperking ingeperkt afschaffing afgeschaft afschaffen "
        "inkrimpen shrink shrinks shrank decrease decreases "
        "decreased decline declines declined reduce reduced reduces drop drops",
    ),
    ("langer longer", "korter shorter"),
    ("sneller snel faster quickly quick", "langzamer langzaam trager slower slowly slow"),
    ("beter betere better", "slechter slechtere worse"),
    (
        "makkelijker makkelijk gemakkelijk gemakkelijker easier easy easily simple eenvoudig",
        "moeilijker moeilijk lastiger lastig harder difficult hard ingewikkeld complicated",
    ),
    ("ouder oudere older", "jonger jongere younger"),
    ("oudste oldest", "jongste youngest"),
    ("eerder earlier", "later"),
    ("voor before", "na after"),
    ("begin start starten begint beginnen starting beginning", "einde eind end ending"),
    ("binnen inside", "buiten outside"),
    ("tevreden satisfied", "ontevreden dissatisfied unsatisfied"),
    ("vast vaste permanent", "tijdelijk tijdelijke temporary flexibel flexibele"),
    ("voltijd full-time fulltime voltijds", "deeltijd part-time parttime"),
    (
        "pluspunt voordeel voordelen sterk strength advantage plus benefit",
        "minpunt nadeel nadelen zwak weakness disadvantage drawback minus",
    ),
    ("landelijk landelijke national nationale", "regionaal regionale regional lokaal lokale local"),
    ("rijker krapper tighter scarcer", "ruimer looser"),
    ("verplicht compulsory mandatory", "vrijwillig vrijwillige optional voluntary"),
    ("voorkomt voorkomen prevents prevent", "veroorzaakt veroorzaken causes cause"),
    ("bekender bekend known", "onbekend onbekender unknown"),
    ("gelijk same hetzelfde dezelfde", "verschillend verschillende verschilt different"),
    ("publiek publieke public", "privaat private privat"),
    ("bestaand bestaande existing", "nieuw nieuwe new"),
    ("formeel formele formal", "informeel informele informal"),
    ("huur huren inhuren inhuurt hire", "verhuren verhuurt"),
    ("klein kleine small", "groot grote large big"),
    ("laat late", "vroeg vroege early"),
    ("toegankelijk accessible", "ontoegankelijk inaccessible"),
    ("gemotiveerd motivated", "ongemotiveerd unmotivated"),
    ("stabiel stabiele stable", "instabiel instabiele unstable"),
    ("meerderheid majority", "minderheid minority"),
    ("succesvol successful", "mislukt mislukte failed"),
    ("kort korte short", "lang lange long"),
    ("druk busy", "rustig rustige quiet"),
    ("man mannen male men", "vrouw vrouwen female women"),
)


class Markers:
    """Finds those words. Build once: it compiles what it looks for."""

    def __init__(self) -> None:
        self._signs = {
            name: re.compile(rf"(?<![\w-])(?:{words})(?![\w])") for name, words in _SIGNS.items()
        }
        self._opposite: dict[str, tuple[int, bool]] = {}
        for number, (ones, others) in enumerate(_PAIRS):
            self._opposite |= dict.fromkeys(ones.split(), (number, True))
            self._opposite |= dict.fromkeys(others.split(), (number, False))

    def has(self, sign: str, folded: str) -> bool:
        """Whether a folded text has a sign."""
        return bool(self._signs[sign].search(_blank(sign, folded)))

    def places(self, sign: str, words: Iterable[str]) -> list[int]:
        """Places of the first words of a sign, among folded words."""
        text = _blank(sign, " ".join(words))
        return [text[: m.start()].count(" ") for m in self._signs[sign].finditer(text)]

    def direction(self, word: str) -> tuple[int, bool] | None:
        """Number of the pair of opposites that a folded word belongs to, and on which side."""
        return self._opposite.get(word)


def _blank(sign: str, folded: str) -> str:
    """Text without what only looks like the sign, as long as it was in words."""
    if sign == "not":
        return _NO_NEGATION.sub(lambda m: " ".join("_" for _ in m.group().split()), folded)
    if sign == "need":
        return folded.replace("zo nodig", "_ _")
    if sign == "only":
        return re.sub(r"\b(niet|not) (alleen|enkel|only|slechts)\b", "_ _", folded)
    if sign == "always":
        return _NOT_ALWAYS.sub(lambda m: " ".join("_" for _ in m.group().split()), folded)
    return folded
