"""The words of the language, our glossary and the corrector of typing errors, loaded once."""

from __future__ import annotations

from corpus.dutch import DutchAnalyser
from corpus.glossary import load_glossary
from corpus.glossary_shelf import SHIPPED
from corpus.spelling import Speller

ANALYSER = DutchAnalyser()
GLOSSARY = load_glossary(SHIPPED, ANALYSER)
SPELLER = Speller(ANALYSER, GLOSSARY)
