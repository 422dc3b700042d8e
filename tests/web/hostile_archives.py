"""Archives that mean harm."""

from __future__ import annotations

import stat
from functools import partial

from tests.ingest.zips import Entry, raw_zip, zipped
from tests.web.hostile import SENTENCE, Upload

TEXT = SENTENCE.encode()
_MANIFEST = '[[document]]\nfile = "{}"\ntitle = "Buiten"\nkind = "brochure"\n'


def _path(name: bytes, **more: int) -> bytes:
    return raw_zip([Entry(name, TEXT, **more)])


def _nested(depth: int) -> bytes:
    data = zipped({"binnen.md": TEXT})
    for number in range(depth):
        data = zipped({f"{number}.zip": data})
    return data


def _overlapping() -> bytes:
    return raw_zip([Entry(b"%d.md" % number, b"a" * 1_000_000, offset=0) for number in range(40)])


def _manifest(file: str) -> bytes:
    return zipped({"manifest.toml": _MANIFEST.format(file), "b.md": TEXT})


ARCHIVES = (
    Upload(
        "bom.zip",
        "ZIP-bom: 30 MB nullen in 30 kB",
        lambda: zipped({"a.txt": bytes(30_000_000)}),
        "te groot",
    ),
    Upload(
        "samen.zip",
        "ZIP-bom van veel bestanden die elk mogen",
        lambda: zipped({f"{n}.md": b"a" * 3_000_000 for n in range(6)}),
        "wordt uitgepakt te groot",
    ),
    Upload(
        "overlap.zip",
        "ZIP-bom van bestanden die over elkaar heen liggen",
        _overlapping,
        "over elkaar heen",
    ),
    Upload(
        "leugen.zip",
        "ZIP die een grootte van 10 bytes opgeeft voor 20 MB",
        lambda: raw_zip([Entry(b"a.txt", bytes(20_000_000), size=10)]),
        "beschadigd",
    ),
    Upload(
        "veel.zip",
        "ZIP met meer bestanden dan mag",
        lambda: zipped({f"{n}.md": TEXT for n in range(60)}),
        "te veel bestanden",
    ),
    Upload(
        "lijst.zip",
        "ZIP met een inhoudsopgave van honderdduizenden regels",
        lambda: b"PK\x03\x04" + b"PK\x01\x02" * 200_000,
        "te veel bestanden",
    ),
    Upload("ring.zip", "ZIP in een ZIP in een ZIP", partial(_nested, 5), "ZIP in een ZIP"),
    Upload(
        "omhoog.zip",
        "pad dat de map uit klimt (../)",
        partial(_path, b"../../etc/cron.d/kwaad.md"),
        "onveilig pad",
    ),
    Upload(
        "schuin.zip",
        "pad dat de map uit klimt (..\\)",
        partial(_path, b"..\\..\\kwaad.md"),
        "onveilig pad",
    ),
    Upload("vast.zip", "volledig pad (/etc)", partial(_path, b"/etc/kwaad.md"), "onveilig pad"),
    Upload("schijf.zip", "pad met een schijf (C:)", partial(_path, b"C:\\kwaad.md"), "onveilig"),
    Upload("nul.zip", "nulbyte in een naam", partial(_path, b"a.md\x00.exe"), "onveilig pad"),
    Upload(
        "koppeling.zip",
        "symbolische koppeling naar /etc/passwd",
        lambda: raw_zip([Entry(b"a.md", b"/etc/passwd", attributes=(stat.S_IFLNK | 0o777) << 16)]),
        "een koppeling of apparaat",
    ),
    Upload(
        "apparaat.zip",
        "apparaat in een ZIP",
        partial(_path, b"a.md", attributes=(stat.S_IFCHR | 0o666) << 16),
        "een koppeling of apparaat",
    ),
    Upload(
        "dubbel.zip",
        "hetzelfde pad twee keer",
        lambda: raw_zip([Entry(b"a.md", TEXT), Entry(b"./a.md", TEXT)]),
        "twee keer",
    ),
    Upload("slot.zip", "ZIP met een wachtwoord", partial(_path, b"a.md", flags=1), "wachtwoord"),
    Upload(
        "anders.zip",
        "onbekende manier van inpakken",
        partial(_path, b"a.md", method=97),
        "manier die we niet kennen",
    ),
    Upload("som.zip", "controlesom die niet klopt", partial(_path, b"a.md", crc=1), "beschadigd"),
    Upload(
        "half.zip",
        "afgebroken ZIP",
        lambda: zipped({"a.md": TEXT * 50})[:90],
        "beschadigd",
    ),
    Upload(
        "programma.zip",
        "programma tussen de documenten",
        lambda: zipped({"a.md": TEXT, "b.exe": b"MZ\x90"}),
        "kennen we niet",
    ),
    Upload("leeg.zip", "ZIP zonder inhoud", partial(zipped, {}), "geen documenten"),
    Upload(
        "manifest-omhoog.zip",
        "manifest dat een bestand buiten de ZIP noemt",
        partial(_manifest, "../../../../etc/passwd"),
        "bestaat niet in manifest-omhoog.zip",
    ),
    Upload(
        "manifest-vast.zip",
        "manifest dat een volledig pad noemt",
        partial(_manifest, "/etc/passwd"),
        "bestaat niet in manifest-vast.zip",
    ),
    Upload(
        "manifest-diep.zip",
        "manifest met eindeloos geneste lijsten",
        lambda: zipped({"manifest.toml": "a = " + "[" * 100_000, "b.md": TEXT}),
        "geen geldige TOML",
    ),
    Upload(
        "foto.zip",
        "JPEG met een ZIP erachter",
        lambda: b"\xff\xd8\xff\xe0" + bytes(200) + zipped({"a.md": TEXT}),
        "JPEG",
    ),
    Upload("boek.zip", "tar onder de naam ZIP", lambda: bytes(257) + b"ustar" + bytes(300), "tar"),
)
