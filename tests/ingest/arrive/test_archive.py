from __future__ import annotations

import stat
import struct
import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.archive import unpack
from ingest.arrive.litter import is_litter, litter_note
from tests.ingest.zips import Entry, raw_zip, zipped

NAME = "archief.zip"
TEXT = "De student werkt vier dagen."


def refused(data: bytes, settings: Settings, *said: str) -> None:
    with pytest.raises(BadInputError) as error:
        unpack(NAME, data, settings)
    line = str(error.value)
    assert line.startswith((NAME, f"In {NAME}"))
    assert "\n" not in line
    for part in said:
        assert part in line


def paths(data: bytes, settings: Settings) -> list[str]:
    return list(unpack(NAME, data, settings).members)


def test_files_come_sorted_with_their_folders(settings: Settings) -> None:
    files = {"b/": "", "b/rapport.md": "Een", "a.txt": "Twee", "b/leeg/": "", "b/c/d.html": "Drie"}
    unpacked = unpack(NAME, zipped(files), settings)
    assert list(unpacked.members.items()) == [
        ("a.txt", b"Twee"),
        ("b/c/d.html", b"Drie"),
        ("b/rapport.md", b"Een"),
    ]
    assert unpacked.litter == 0


@pytest.mark.parametrize(
    ("name", "flags", "path"),
    [
        ("Eén café – 2021.txt".encode(), 0x800, "Eén café – 2021.txt"),
        ("Eén café.txt".encode("cp850"), 0, "Eén café.txt"),
        ("Eén café.txt".encode("cp437"), 0, "Eén café.txt"),
        ("À la carte.txt".encode("cp850"), 0, "À la carte.txt"),
        ("Eén café.txt".encode(), 0, "Eén café.txt"),  # macOS leaves the mark out
        ("cafe\u0301.txt".encode(), 0, "café.txt"),  # and takes letters apart
        (b"map\\onder\\a b.txt", 0, "map/onder/a b.txt"),
        (b"./map//a.txt", 0, "map/a.txt"),
        (b"...a.txt", 0, "...a.txt"),
        (b"a..b.txt", 0, "a..b.txt"),
    ],
)
def test_names_are_read_as_they_were_meant(
    name: bytes, flags: int, path: str, settings: Settings
) -> None:
    assert paths(raw_zip([Entry(name, flags=flags)]), settings) == [path]


@pytest.mark.parametrize(
    "name",
    [
        b"../a.txt",
        b"map/../../a.txt",
        b"map/..",
        b"..\\a.txt",
        b"/etc/a.txt",
        b"\\a.txt",
        b"\\\\server\\a.txt",
        b"C:\\a.txt",
        b"c:a.txt",
        b"a\x00.txt",
        b"a\n.txt",
        b"a\x1b[31m.txt",
        b"",
    ],
)
def test_a_path_that_climbs_out_or_hides_something_is_refused(
    name: bytes, settings: Settings
) -> None:
    refused(raw_zip([Entry(b"goed.txt"), Entry(name)]), settings, "onveilig pad")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK, stat.S_IFSOCK])
def test_a_link_or_device_is_refused(kind: int, settings: Settings) -> None:
    entry = Entry(b"a.txt", b"/etc/passwd", attributes=(kind | 0o777) << 16)
    refused(raw_zip([entry]), settings, "koppeling of apparaat ('a.txt')")
    entry.attributes = (stat.S_IFREG | 0o644) << 16
    assert paths(raw_zip([entry]), settings) == ["a.txt"]


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000])
def test_a_locked_zip_is_refused(flag: int, settings: Settings) -> None:
    refused(raw_zip([Entry(b"a.txt", flags=flag)]), settings, "wachtwoord ('a.txt')")


@pytest.mark.parametrize("method", [1, 6, 9, 12, 14, 93, 99])
def test_an_unusual_way_of_packing_is_refused(method: int, settings: Settings) -> None:
    refused(raw_zip([Entry(b"a.txt", method=method)]), settings, "'a.txt' is ingepakt")


def test_what_is_stored_as_it_is_is_read(settings: Settings) -> None:
    assert unpack(NAME, raw_zip([Entry(b"a.txt", method=0)]), settings).members == {
        "a.txt": TEXT.encode()
    }


@pytest.mark.parametrize("second", [b"a.txt", b"./a.txt", b".\\a.txt"])
def test_the_same_path_twice_is_refused(second: bytes, settings: Settings) -> None:
    refused(raw_zip([Entry(b"a.txt"), Entry(second)]), settings, "'a.txt' twee keer")


def test_entries_that_share_bytes_are_refused(settings: Settings) -> None:
    """The bomb of David Fifield (2019): many names for one large file."""
    large = Entry(b"a.txt", b"x" * 100_000)
    others = [Entry(f"{n}.txt".encode(), large.content, offset=0) for n in range(20)]
    refused(raw_zip([large, *others]), settings, "over elkaar heen")


@pytest.mark.parametrize("crc", [0, 1])
def test_contents_that_do_not_match_their_sum_are_refused(crc: int, settings: Settings) -> None:
    refused(raw_zip([Entry(b"a.txt", crc=crc)]), settings, "beschadigd")


@pytest.mark.parametrize("size", [0, 5, 1_000])
def test_a_size_that_is_a_lie_is_refused(size: int, settings: Settings) -> None:
    with pytest.raises(BadInputError):
        unpack(NAME, raw_zip([Entry(b"a.txt", size=size)]), settings)


@pytest.mark.parametrize("size", [None, 10, 2**32 - 2])
def test_a_bomb_is_cut_off_whatever_it_says(size: int | None) -> None:
    settings = Settings(max_file_mb=1, max_zip_mb=2)
    bomb = raw_zip([Entry(b"a.txt", b"a" * 50_000_000, size=size)])
    assert len(bomb) < 100_000
    tracemalloc.start()
    with pytest.raises(BadInputError):
        unpack(NAME, bomb, settings)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_too_much_in_all_is_refused() -> None:
    settings = Settings(max_file_mb=1, max_zip_mb=2)
    files = {f"{n}.txt": b"a" * 900_000 for n in range(3)}
    refused(zipped(files), settings, "uitgepakt te groot", "2 MB")
    assert len(paths(zipped(dict(list(files.items())[:2])), settings)) == 2


def test_one_file_that_is_too_large_is_named() -> None:
    settings = Settings(max_file_mb=1, max_zip_mb=10)
    refused(zipped({"map/a.txt": b"a" * 1_000_001}), settings, "map/a.txt is te groot", "1 MB")


def test_too_many_files_are_refused() -> None:
    settings = Settings(max_zip_files=3)
    files = {f"{n}.txt": TEXT for n in range(4)}
    refused(zipped(files), settings, "te veel bestanden", "Ten hoogste 3")
    assert len(paths(zipped({**dict(list(files.items())[:3]), ".DS_Store": "x"}), settings)) == 3


def test_a_directory_of_a_million_files_is_not_even_read() -> None:
    entry = b"PK\x01\x02" + b"\x00" * 42
    count = 1_000_000
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry) * count, 0, 0)
    began = time.monotonic()
    tracemalloc.start()
    refused(entry * count + b"PK\x05\x06" + end, Settings(), "te veel bestanden")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
    assert time.monotonic() - began < 10


def test_a_zip_in_a_zip_is_refused(settings: Settings) -> None:
    inner = zipped({"a.txt": TEXT})
    refused(zipped({"map/binnen.ZIP": inner}), settings, "map/binnen.ZIP", "Pak archief.zip eerst")


@pytest.mark.parametrize("name", ["map/foto.png", "LICENSE", ".verborgen", "a.xlsx", "lijst.toml"])
def test_a_kind_that_is_not_read_refuses_the_whole(name: str, settings: Settings) -> None:
    refused(zipped({"a.txt": TEXT, name: "iets"}), settings, f"{NAME}/{name}", ".docx")


def test_an_empty_file_is_named(settings: Settings) -> None:
    refused(zipped({"a.txt": TEXT, "map/b.txt": ""}), settings, "map/b.txt is leeg")


@pytest.mark.parametrize("data", [zipped({}), zipped({"map/": ""}), zipped({".DS_Store": "x"})])
def test_a_zip_without_documents_is_refused(data: bytes, settings: Settings) -> None:
    refused(data, settings, "geen documenten")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"geen zip", zipped({"a.txt": TEXT})[:-5]])
def test_what_is_no_whole_zip_is_refused(data: bytes, settings: Settings) -> None:
    refused(data, settings, "beschadigd of niet heel")


LITTER = [
    "__MACOSX/._a.txt",
    "__MACOSX/map/b.txt",
    "map/.DS_Store",
    "Thumbs.db",
    "map/THUMBS.DB",
    "desktop.ini",
    "~$rapport.docx",
    ".~lock.rapport.odt#",
    "map/._rapport.pdf",
    "Icon\r",
    "$RECYCLE.BIN/a.txt",
]
NO_LITTER = [
    "a.txt",
    "map/~a.txt",
    "macosx/a.txt",
    "mijn desktop.ini.txt",
    ".verborgen",
    "thumbs.md",
]


@pytest.mark.parametrize("path", LITTER)
def test_litter_is_known(path: str) -> None:
    assert is_litter(path)


@pytest.mark.parametrize("path", NO_LITTER)
def test_nothing_else_is_litter(path: str) -> None:
    assert not is_litter(path)


def test_litter_is_left_out_and_counted(settings: Settings) -> None:
    unpacked = unpack(NAME, zipped({"a.txt": TEXT, **dict.fromkeys(LITTER, "")}), settings)
    assert list(unpacked.members) == ["a.txt"]
    assert unpacked.litter == len(LITTER)
    assert litter_note(NAME, 1) == f"{NAME}: 1 hulpbestand van het besturingssysteem overgeslagen."
    assert "3 hulpbestanden van" in litter_note(NAME, 3)


def test_litter_cannot_climb_out_either(settings: Settings) -> None:
    refused(zipped({"a.txt": TEXT, "../.DS_Store": ""}), settings, "onveilig pad")


@given(st.data())
def test_a_damaged_zip_is_read_right_or_refused(data: st.DataObject) -> None:
    files = {"a.txt": TEXT, "map/één.md": "# Kop\n" * 50, "b.html": "<p>x"}
    whole = bytearray(zipped(files))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del whole[data.draw(st.integers(0, len(whole))) :]
    try:
        members = unpack(NAME, bytes(whole), Settings()).members
    except BadInputError:
        return
    contents = {content.encode() for content in files.values()}
    assert set(members.values()) <= contents


@given(st.dictionaries(st.text("abcé /.", min_size=1, max_size=8), st.binary(min_size=1)))
def test_any_names_come_back_or_are_refused(files: dict[str, bytes]) -> None:
    whole = {f"{name}.txt": content for name, content in files.items()}
    data = zipped(whole)
    try:
        members = unpack(NAME, data, Settings()).members
    except BadInputError:
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert len(members) == len(archive.namelist())
    assert sorted(members.values()) == sorted(whole.values())
