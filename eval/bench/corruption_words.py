"""Word lists with which statements are said in other words, and spoilt."""

from __future__ import annotations

LONGEST_SUBJECT = 8
EVEN = 0.5
VERBS = """
    is zijn was waren heeft hebben had hadden kan kunnen kon konden moet moeten mag wil
    willen krijgt krijgen betaalt betalen geeft geven biedt bieden noemt noemen werkt werken
    begeleidt begeleiden vindt vinden komt komen gaat gaan doet doen staat staan maakt maken
    zorgt zorgen volgt volgen verschilt verschillen levert leveren helpt helpen zegt zeggen
    ligt liggen wordt worden werd werden zit zitten ontwikkelt ontwikkelen verwachtte
    onderzocht bestaat bestaan ontstond begon begint zoekt zoeken vraagt vragen kost kosten
    leidt leiden
    """.split()  # noqa: SIM905
NO_SUBJECT = frozenset(
    """in bij van voor volgens over met als daarbij daarnaast ook dan hoe wat wie waar uit op na
    naast door om tijdens sinds dit dat er hier toch wel zo vaak soms daarom""".split()  # noqa: SIM905
)
LOWERED = frozenset(
    """De Het Een Er In Bij Van Voor Volgens Over Met Als Deze Dit Dat Ook Daarbij Daarnaast Dan
    Door Om Op Na Naast Tijdens Sommige Veel Alle Studenten Bedrijven
    Hogescholen Docenten""".split()  # noqa: SIM905
)
NO_LIST_ITEM = frozenset(
    """de het een deze dit die dat maar want dus ook dan om als die er is zijn heeft hebben kan met
    waarin waarbij waardoor zoals bijvoorbeeld en of niet werkt""".split()  # noqa: SIM905
)
RANGE_WORDS = frozenset(("of", "tot", "à", "en", "tot en met", "-", "–"))
FRAMES = ("Kort gezegd:", "Ja,", "Nee,", "Dus:", "Volgens de documenten:")

SYNONYMS = {
    "ongeveer": "zo'n",
    "meteen": "direct",
    "vaak": "dikwijls",
    "meestal": "doorgaans",
    "ook": "eveneens",
    "omdat": "aangezien",
    "krijgt": "ontvangt",
    "krijgen": "ontvangen",
    "kregen": "ontvingen",
    "medewerkers": "werknemers",
    "medewerker": "werknemer",
    "bedrijf": "onderneming",
    "bedrijven": "ondernemingen",
    "salaris": "loon",
    "regelmatig": "geregeld",
    "belangrijk": "van belang",
    "bijvoorbeeld": "onder meer",
    "heel": "erg",
    "begint": "start",
    "beginnen": "starten",
    "werkplek": "werkvloer",
    "gebruiken": "benutten",
    "genoeg": "voldoende",
    "tips": "adviezen",
    "samen": "gezamenlijk",
    "maken": "opstellen",
    "laat zien": "toont",
}
AS_DIGITS = {
    "twee": "2",
    "drie": "3",
    "vier": "4",
    "vijf": "5",
    "zes": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
    "tien": "10",
    "vijftien": "15",
}
PASSIVES = {
    "betaalt": "betaald",
    "noemt": "genoemd",
    "biedt": "geboden",
    "ontwikkelt": "ontwikkeld",
    "onderzocht": "onderzocht",
    "geeft": "gegeven",
    "begeleidt": "begeleid",
    "bepaalt": "bepaald",
    "benadert": "benaderd",
    "vormt": "gevormd",
    "maakt": "gemaakt",
    "volgt": "gevolgd",
    "regelt": "geregeld",
    "ondersteunt": "ondersteund",
    "bespreekt": "besproken",
}

OTHER_NUMBERS = {
    "één": "vier",
    "twee": "vijf",
    "drie": "zes",
    "vier": "zeven",
    "vijf": "acht",
    "zes": "negen",
    "zeven": "drie",
    "acht": "twaalf",
    "tien": "twintig",
    "vijftien": "dertig",
    "helft": "derde",
    "driekwart": "kwart",
    "derde": "vierde",
    "tweejarig": "vierjarig",
    "tweejarige": "vierjarige",
    "vierjarige": "tweejarige",
}
OTHER_MONTHS = {
    "januari": "maart",
    "februari": "april",
    "maart": "mei",
    "april": "juni",
    "mei": "september",
    "juni": "oktober",
    "juli": "november",
    "september": "februari",
    "oktober": "januari",
    "november": "juli",
    "december": "augustus",
}
OTHER_YEARS = ("2019", "2023", "2020", "2024", "2018", "2022", "2021", "2025", "2017", "2016")
OTHER_UNITS = {
    "jaar": "maanden",
    "jaren": "weken",
    "maanden": "jaar",
    "maand": "week",
    "week": "maand",
    "weken": "jaren",
    "dagen": "uren",
    "dag": "week",
    "uur": "dagen",
    "uren": "dagen",
    "euro": "procent",
    "procent": "euro",
}
ROLES = """
    student studenten bedrijf bedrijven werkgever werkgevers hogeschool hogescholen docent
    docenten begeleider praktijkbegeleider praktijkbegeleiders programma route-coördinator
    branchevereniging brancheverenigingen onderzoekers opleiding
    """.split()  # noqa: SIM905
OTHER_ROLES = {
    "student": "docent",
    "studenten": "docenten",
    "bedrijf": "ministerie",
    "bedrijven": "hogescholen",
    "werkgever": "hogeschool",
    "werkgevers": "studenten",
    "hogeschool": "gemeente",
    "hogescholen": "bedrijven",
    "docent": "werkgever",
    "docenten": "ouders",
    "begeleider": "docent",
    "praktijkbegeleider": "docent",
    "praktijkbegeleiders": "docenten",
    "onderzoekers": "ministeries",
    "brancheverenigingen": "hogescholen",
    "branchevereniging": "gemeente",
    "ministerie": "bedrijf",
}
OTHER_MODALITIES = {
    "kan": "moet",
    "kunnen": "moeten",
    "mag": "moet",
    "mogen": "moeten",
    "moet": "kan",
    "moeten": "kunnen",
    "meestal": "altijd",
    "vaak": "nooit",
    "soms": "altijd",
    "sommige": "alle",
    "altijd": "soms",
    "alle": "sommige",
    "elke": "soms een",
    "misschien": "zeker",
    "vermoedelijk": "altijd",
    "enkele": "alle",
    "bijna": "nooit",
    "alleen": "nooit",
    "minstens": "hoogstens",
    "minimaal": "maximaal",
    "wil": "moet",
    "willen": "moeten",
}
OPPOSITES = {
    "meer": "minder",
    "minder": "meer",
    "meest": "minst",
    "minst": "meest",
    "groter": "kleiner",
    "kleiner": "groter",
    "hoger": "lager",
    "hogere": "lagere",
    "lager": "hoger",
    "hoogste": "laagste",
    "laagste": "hoogste",
    "grootste": "kleinste",
    "kleinste": "grootste",
    "groeit": "krimpt",
    "groeien": "krimpen",
    "uitbreiding": "inkrimping",
    "uitgebreid": "ingeperkt",
    "beter": "slechter",
    "betere": "slechtere",
    "tevreden": "ontevreden",
    "makkelijker": "moeilijker",
    "moeilijk": "makkelijk",
    "lastig": "makkelijk",
    "pluspunt": "minpunt",
    "minpunt": "pluspunt",
    "langzaam": "snel",
    "snel": "langzaam",
    "vast": "tijdelijk",
    "vaste": "tijdelijke",
    "landelijke": "regionale",
    "regionale": "landelijke",
    "bekender": "onbekender",
    "nieuwe": "bestaande",
    "bestaande": "nieuwe",
    "krapper": "ruimer",
    "voorkomt": "veroorzaakt",
}
ADDITIONS = (
    ", en dat is wettelijk verplicht",
    ", waarvoor het UWV subsidie geeft",
    ", met een vergoeding van 500 euro per maand",
    ", mits de gemeente toestemming geeft",
    " binnen zes weken na de aanvraag",
    ", en de inspectie controleert dat elk jaar",
    ", en het ministerie betaalt de rest",
    ", behalve voor studenten uit het buitenland",
    ", na goedkeuring door de rector",
    ", en dat leidt tot een hoger salaris",
    ", zoals de vakbond heeft afgesproken",
    ", waarna de student een certificaat krijgt",
    ", en dat scheelt belasting",
    ", ook voor leerlingen van de basisschool",
)
