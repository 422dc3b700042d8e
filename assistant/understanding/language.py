"""Whether a question is in Dutch or in English."""

from __future__ import annotations

import re

from corpus.dutch import fold
from corpus.types import Language

_ENGLISH = frozenset(
    """a about an and any are as at be by can could do does for from get has have help helps how
    i if is it many much must my need of on or our should that the their them there they this to
    us we what when where which who why will with would you your""".split()  # noqa: SIM905
)
_DUTCH = frozenset(
    """aan als bij dat de den die dit doe een en er ervoor gaat geen heb hebben heeft het hij hoe
    hoeveel ik je kan kun kunnen kost kosten maar mag met mijn moet moeten na naar niet nog nu of
    om onze ook over per te tot uit van veel voor waar waarom wanneer wat we welke wie wij word
    worden wordt zelf ze zij zijn zo zonder""".split()  # noqa: SIM905
)
_SHARED = frozenset("help in is me of was we".split())  # noqa: SIM905
_WORD = re.compile(r"[a-z']+(?:-[a-z]+)*")


def language_of(text: str) -> Language:
    """``en`` only when English function words outnumber Dutch ones; Dutch when unsure."""
    words = [w for w in _WORD.findall(fold(text)) if w not in _SHARED]
    english = sum(w in _ENGLISH for w in words)
    dutch = sum(w in _DUTCH for w in words)
    return "en" if english > dutch else "nl"
