"""Every hostile upload that the site must withstand, in the order in which they are listed."""

from __future__ import annotations

from tests.web.hostile import Upload
from tests.web.hostile_archives import ARCHIVES
from tests.web.hostile_office import OFFICE
from tests.web.hostile_pdfs import PDFS
from tests.web.hostile_texts import NAMES, TEXTS

UPLOADS: tuple[Upload, ...] = (*ARCHIVES, *PDFS, *OFFICE, *TEXTS, *NAMES)
