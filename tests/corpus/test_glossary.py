from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.dutch import DutchAnalyser, fold
from corpus.errors import BadInputError
from corpus.glossary import Glossary, load_glossary
from corpus.glossary_file import Entry, read_glossary
from corpus.types import Language
from tests.language import ANALYSER, GLOSSARY

STEM = ANALYSER.stem
SHIPPED = Path(corpus.__file__).parent / "glossary.toml"
FILE = read_glossary(SHIPPED)


def load(folder: Path, text: str) -> Glossary:
    path = folder / "woorden.toml"
    path.write_text(text, encoding="utf-8")
    return load_glossary(path, ANALYSER)


def group(say: list[str], means: list[str]) -> str:
    return f"[[group]]\nsay = {say}\nmeans = {means}\n"


def in_phrases(glossary: Glossary, text: str, language: Language | None = None) -> tuple[str, ...]:
    """What to look for because of phrases of several words."""
    found = glossary.phrases_in(text, language)
    return tuple(meaning for each in found for meaning in each.means)


def meant(glossary: Glossary, question: str, language: Language = "nl") -> set[str]:
    """Every stem that a question brings besides its own words."""
    own = [STEM(w.replace("-", "").replace("'", "")) for w in ANALYSER.words(question)]
    found = {m for stem in own for m in glossary.meanings(stem, language)}
    return found | set(in_phrases(glossary, question, language))


# --- words -----------------------------------------------------------------------------------


def test_a_word_in_any_form_has_its_meanings(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["mentor"], ["praktijkbegeleider", "begeleiding"]))
    wanted = (STEM("praktijkbegeleider"), STEM("begeleiding"))
    assert glossary.meanings(STEM("mentor")) == wanted
    assert glossary.meanings(STEM("mentoren")) == wanted
    assert glossary.meanings(STEM("ander")) == ()


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ("klas", ["klas", "klassen"]),
        ("baan", ["baan", "banen"]),
        ("motief", ["motief", "motieven"]),
        ("voorwaarde", ["voorwaarde", "voorwaarden"]),
        ("diploma", ["diploma", "diploma's"]),
        ("hobby", ["hobby", "hobby's"]),
        ("duaal", ["duaal", "duale"]),
        ("stoppen", ["stop", "stopt", "stoppen", "stopte", "gestopt"]),
        ("starten", ["start", "starten", "startte", "gestart"]),
        ("betalen", ["betaal", "betaalt", "betalen", "betaalde", "betaald"]),
        ("werven", ["werf", "werft", "werven"]),
        ("helpen", ["help", "helpt", "helpen"]),
    ],
)
def test_a_dutch_word_is_known_in_its_forms(tmp_path: Path, said: str, forms: list[str]) -> None:
    glossary = load(tmp_path, group([said], ["doelwoord"]))
    for form in forms:
        assert meant(glossary, f"wat {form} hier") == {STEM("doelwoord")}, form


def test_a_word_does_not_mean_itself(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["studenten", "leerling"], ["student"]))
    assert glossary.meanings(STEM("student")) == ()
    assert glossary.meanings(STEM("leerling")) == (STEM("student"),)


def test_groups_that_share_a_word_are_added_up(tmp_path: Path) -> None:
    text = group(["geld"], ["subsidie"]) + group(["geld"], ["salaris", "subsidie"])
    assert load(tmp_path, text).meanings(STEM("geld")) == (STEM("subsidie"), STEM("salaris"))


def test_alike_words_mean_each_other(tmp_path: Path) -> None:
    glossary = load(tmp_path, '[[group]]\nsame = ["tip", "advies", "raad van wijzen"]')
    assert glossary.meanings(STEM("tips")) == (STEM("advies"), STEM("raad"), STEM("wijzen"))
    assert glossary.meanings(STEM("adviezen")) == (STEM("tip"), STEM("raad"), STEM("wijzen"))
    assert in_phrases(glossary, "de raad van wijzen") == (STEM("tip"), STEM("advies"))


@pytest.mark.parametrize(
    "long", ['"Leven Lang Ontwikkelen"', '["Leven Lang Ontwikkelen", "blijven leren"]']
)
def test_an_abbreviation_works_both_ways(tmp_path: Path, long: str) -> None:
    glossary = load(tmp_path, f"[abbreviations]\nLLO = {long}")
    wanted = {STEM("leven"), STEM("lang"), STEM("ontwikkelen")}
    assert wanted <= set(glossary.meanings(STEM("llo")))
    assert STEM("llo") in in_phrases(glossary, "Wat is leven lang ontwikkelen?")


def test_an_irregular_form_of_a_verb_counts(tmp_path: Path) -> None:
    text = group(["werven", "aan|nemen"], ["dienst"])
    verbs = '[verbs]\nwerven = ["wierf", "geworven"]\nnemen = ["nam", "genomen"]\n'
    known, unknown = load(tmp_path, text + verbs), load(tmp_path, text)
    for question in ("wie wierf hem", "hij is geworven", "is hij aangenomen", "nam je hem aan"):
        assert meant(known, question) == {STEM("dienst")}, question
        assert meant(unknown, question) == set(), question


def test_a_compound_may_be_a_meaning(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["lening"], ["Ad-opleiding", "raad van advies"]))
    assert glossary.meanings(STEM("lening")) == (STEM("adopleiding"), STEM("raad"), STEM("advies"))


def test_an_empty_file_knows_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Glossary(words={}, phrases={})


# --- English ---------------------------------------------------------------------------------

ENGLISH = '[english]\n"school, company" = ["hogeschool"]\n"set up" = "opzetten"\n'


@pytest.mark.parametrize("form", ["company", "companies"])
def test_english_words_count_for_english_questions_only(tmp_path: Path, form: str) -> None:
    glossary = load(tmp_path, ENGLISH)
    assert glossary.meanings(STEM(form), "en") == (STEM("hogeschool"),)
    assert glossary.meanings(STEM(form), "nl") == ()
    assert glossary.meanings(STEM(form)) == (STEM("hogeschool"),)


@pytest.mark.parametrize("text", ["How to set up one?", "Setting up a route", "It is set-up"])
def test_english_phrases_count_for_english_questions_only(tmp_path: Path, text: str) -> None:
    glossary = load(tmp_path, ENGLISH)
    assert in_phrases(glossary, text, "en") == (STEM("opzetten"),)
    assert in_phrases(glossary, text) == (STEM("opzetten"),)
    assert in_phrases(glossary, text, "nl") == ()


def test_the_english_meaning_goes_first_and_dutch_words_still_count(tmp_path: Path) -> None:
    dutch = group(["school", "lector"], ["klas"])
    glossary = load(tmp_path, dutch + ENGLISH)
    assert glossary.meanings(STEM("school"), "en") == (STEM("hogeschool"),)
    assert glossary.meanings(STEM("school"), "nl") == (STEM("klas"),)
    assert glossary.meanings(STEM("school")) == (STEM("klas"), STEM("hogeschool"))
    assert glossary.meanings(STEM("lector"), "en") == (STEM("klas"),)


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ("hire", ["hire", "hires", "hired", "hiring"]),
        ("quit", ["quit", "quitting"]),
        ("study", ["study", "studies", "studied", "studying"]),
        ("boss", ["boss", "bosses"]),
        ("pay", ["pay", "pays", "paying"]),
    ],
)
def test_an_english_word_is_known_in_its_forms(tmp_path: Path, said: str, forms: list[str]) -> None:
    glossary = load(tmp_path, f'[english]\n{said} = "doelwoord"')
    for form in forms:
        assert meant(glossary, f"what {form}", "en") == {STEM("doelwoord")}, form


# --- as the file writes them, for a search by meaning -----------------------------------------


def test_a_word_by_itself_is_written_rather_than_a_phrase_that_holds_it(tmp_path: Path) -> None:
    text = group(["rva"], ["raad van advies"]) + group(["suggestie"], ["advies"])
    glossary = load(tmp_path, text)
    assert glossary.written[STEM("advies")] == "advies"
    assert "raad van advies" in glossary.written.values()


# --- files that are wrong --------------------------------------------------------------------

GOOD = group(["baas"], ["werkgever"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[group]\nsay = 3", "geldige TOML"),
        ("group = 3", r"\[\[group\]\]"),
        ("[group]\nsay = ['a']\nmeans = ['b']", r"\[\[group\]\]"),
        ("group = ['a']", "Groep 1"),
        ("[[group]]\nsay = ['tip']", "Groep 1 .*`means`"),
        ("[[group]]\nmeans = ['tip']", "Groep 1 .*`say`"),
        (GOOD + "[[group]]\nsay = 'tip'\nmeans = ['raad']", "Groep 2"),
        ("[[group]]\nsay = []\nmeans = ['raad']", "Groep 1"),
        ("[[group]]\nsay = ['tip', 3]\nmeans = ['raad']", "Groep 1"),
        ("[[group]]\nsay = ['tip', ' ']\nmeans = ['raad']", "Groep 1"),
        (GOOD + "[[group]]\nzeg = ['tip']\nmeans = ['raad']", "Groep 2 .*`zeg`"),
        ("[[group]]\nsame = ['tip', 'raad']\nmeans = ['tip']", "Groep 1 .*`same`"),
        ("[[group]]\nsame = ['tip']", "Groep 1 .*maar één"),
        (GOOD + group(["Tip", "raad"], ["tip"]), 'Groep 2 .*"Tip" bij `say` en bij `means`'),
        (group(["tip", "raad", "Tip"], ["advies"]), 'Groep 1 .*"Tip" twee keer'),
        (group(["tip"], ["raad", "raad"]), 'Groep 1 .*"raad" twee keer'),
        ("[[group]]\nsame = ['tip', 'tip']", 'Groep 1 .*"tip" twee keer'),
        (group(["hoeveel"], ["aantal"]), 'Groep 1 .*"hoeveel".*te gewoon'),
        (group(["aantal"], ["hoeveel"]), 'Groep 1 .*"hoeveel".*te gewoon'),
        (group(["niet aan|nemen"], ["dienst"]), r"Groep 1 .*niet aan\|nemen"),
        (group(["aan|neem"], ["dienst"]), r"Groep 1 .*aan\|neem"),
        ("[groep]\nsay = ['tip']", "kent `groep` niet"),
        ("abbreviations = 3", r"\[abbreviations\]"),
        ("[abbreviations]\nLLO = 3", "afkorting LLO"),
        ("[abbreviations]\nLLO = 'llo'", "afkorting LLO .*zichzelf"),
        ("[english]\nboss = 3", 'De regel "boss"'),
        ("[english]\n'boss, ' = 'baas'", 'De regel "boss, "'),
        ("[english]\nboss = 'baas'\n'chief, Boss' = 'chef'", 'De regel "chief, Boss" .*"boss"'),
        ("[english]\nwhere = 'plek'", '"where".*te gewoon'),
        ("[verbs]\nnemen = 'nam'", "Het werkwoord nemen"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as refused:
        load(tmp_path, text)
    assert "\n" not in str(refused.value)
    assert str(tmp_path / "woorden.toml") in str(refused.value)


def test_a_file_that_is_not_text_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "woorden.toml"
    path.write_bytes(b"say = '\xff\xfe'")
    with pytest.raises(BadInputError, match="UTF-8") as refused:
        load_glossary(path, ANALYSER)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "weg.toml", tmp_path):
        with pytest.raises(BadInputError, match="ROUTEWIJZER_GLOSSARY") as refused:
            load_glossary(path, ANALYSER)
        assert "\n" not in str(refused.value)
        assert str(path) in str(refused.value)


# --- the file that comes along ---------------------------------------------------------------


def as_said(entry: Entry, said: str) -> str:
    return said.replace("|", "") if "|" in said else said.replace("...", "hier").replace("..", "")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_said_in_the_file_that_comes_along_brings_what_it_means(
    language: Language,
) -> None:
    for entry in FILE.entries:
        if entry.language != language:
            continue
        wanted = {
            STEM(w.replace("-", "").replace("'", ""))
            for m in entry.means
            for w in ANALYSER.words(m)
        }
        for said in entry.said:
            question = as_said(entry, said)
            own = {STEM(w.replace("-", "").replace("'", "")) for w in ANALYSER.words(question)}
            found = meant(GLOSSARY, f"Nou, {question}?", language)
            assert wanted - own <= found, f"{entry.where}: {said}"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Wat is een Ad?", "associate"),
        ("wat is een associate degree", "ad"),
        ("bbl of niet", "beroepsbegeleidende"),
        ("de beroepsbegeleidende leerweg", "bbl"),
        ("en bol?", "beroepsopleidende"),
        ("de beroepsopleidende leerweg", "bol"),
        ("telt het midden- en kleinbedrijf mee", "mkb"),
        ("is dat mkb", "kleinbedrijf"),
        ("GOA's in de bouw", "gemeenschappelijke"),
        ("een gemeenschappelijke opleidingsactiviteit", "goa"),
        ("geld van RAAK", "kenniscirculatie"),
        ("regionale aandacht en actie voor kenniscirculatie", "raak"),
        ("SLIM aanvragen", "stimuleringsregeling"),
        ("de stimuleringsregeling", "slim"),
        ("LLO betekenis", "ontwikkelen"),
        ("een leven lang leren", "llo"),
        ("waar vind ik een leerplek", "leerwerkplek"),
        ("leerwerkplekken", "werkplek"),
        ("op de werkplek", "leerplek"),
        ("zijn mentor", "praktijkbegeleider"),
        ("de begeleiders", "mentor"),
        ("een praktijkbegeleider", "begeleider"),
        ("neem ik volgend jaar een student aan", "dienst"),
        ("wordt hij aangenomen", "dienst"),
        ("wie trekt bij ons de kar", "projectleider"),
        ("wie moet er de kar trekken", "projectleider"),
        ("met wie gaan we in zee", "samenwerking"),
        ("en als het niet klikt?", "praktijkbegeleider"),
        ("wie staat er voor de klas", "docent"),
        ("komt hij op de loonlijst", "dienst"),
        ("moet ik de boer op", "bedrijven"),
        ("is dat uit eigen zak", "kosten"),
        ("welke potjes zijn er", "subsidie"),
        ("krijg je daar ook betaald voor", "salaris"),
        ("doe ik mee", "deelnemen"),
        ("kan ik mijn geld dan terug krijgen", "terugbetaald"),
        ("hij is afgehaakt", "uitgevallen"),
        ("haken er veel af", "uitgevallen"),
        ("is er een graduaat", "associate"),
        ("als kmo", "mkb"),
    ],
)
def test_what_people_say_brings_the_documents_word(question: str, word: str) -> None:
    assert STEM(word) in meant(GLOSSARY, question)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who helps us to find companies?", "bedrijven"),
        ("How many hours a week does supervision take?", "begeleiding"),
        ("Is there funding for small businesses?", "subsidie"),
        ("Is there funding for small businesses?", "mkb"),
        ("What are the entry requirements?", "vooropleiding"),
        ("Why do students drop out?", "uitgevallen"),
        ("Who pays the tuition fees?", "collegegeld"),
        ("How do we set up a programme?", "opzetten"),
        ("Is the apprentice hired out?", "gedetacheerd"),
        ("What are the benefits for employers?", "werkgever"),
    ],
)
def test_english_brings_the_documents_word(question: str, word: str) -> None:
    assert STEM(word) in meant(GLOSSARY, question, "en")


@pytest.mark.parametrize(
    "question",
    [
        "Recept voor appeltaart zonder ei",
        "Wie wint de wedstrijd van zaterdag?",
        "Hoe laat vertrekt de trein naar Utrecht vanaf hier, en waar",
        "are plan course",
        "Geldt dat ook voor de kaart, de markt en de tekst?",
        "Wat moet ik lezen en regelen, en waar leest u dat",
    ],
)
def test_what_has_other_meanings_brings_little(question: str) -> None:
    assert len(meant(GLOSSARY, question)) <= 2


def test_loading_is_the_same_every_time() -> None:
    again = load_glossary(SHIPPED, DutchAnalyser())
    assert again == GLOSSARY
    assert list(again.words) == list(GLOSSARY.words)
    assert list(again.phrases) == list(GLOSSARY.phrases)


def test_what_comes_along_is_folded_as_questions_are() -> None:
    assert all(phrase == fold(phrase) for phrase in GLOSSARY.phrases)
    assert all(phrase == fold(phrase) for phrase in GLOSSARY.english_phrases)
    assert len(GLOSSARY.words) > len(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["group"])


def test_loading_is_quick_and_leaves_the_word_frequencies_alone() -> None:
    analyser = DutchAnalyser()
    taken = []
    for _ in range(3):
        start = time.process_time()
        load_glossary(SHIPPED, analyser)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.5  # about 0.08 s on a quiet machine
    assert "_frequencies" not in vars(analyser)


@given(st.text(max_size=80))
def test_any_text_may_be_searched(text: str) -> None:
    known = {
        meaning
        for phrases in (GLOSSARY.phrases, GLOSSARY.english_phrases)
        for means in phrases.values()
        for meaning in means
    }
    assert set(in_phrases(GLOSSARY, text)) <= known
