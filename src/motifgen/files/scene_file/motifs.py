"""Reading a motif: written in pitches or degrees, taken from a file, or to be invented."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from motifgen.errors import NotationError, RangeError, nearest, shown
from motifgen.files.scene_file import values
from motifgen.files.scene_file.fields import Fields
from motifgen.files.scene_file.nodes import Node, Page, Scalar
from motifgen.motif.invention.archetype import archetype_named
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Invention
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

#: What motifs are read from, each with the most bytes: a file of that size is read in some seconds (measured), and none that holds
#: little more than a motif is near it.
MOTIF_FILES = {".mid": 250_000, ".midi": 250_000, ".musicxml": 2_000_000, ".xml": 2_000_000, ".mxl": 2_000_000, ".abc": 5_000}
_MOST_NOTES = 64
_MOST_BARS = 9999
_MOST_PARTS = 999


class Origin(NamedTuple):
    """Which file is being read, whether it may point outside its own folder tree, and the names that it defines."""

    page: Page
    folder: Path
    allow_outside: bool = False
    people: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()


def motif(node: Node, origin: Origin) -> Motif | Invention:
    """Return a motif, or what is asked of one that is to be invented."""
    fields = Fields(node, "motif", origin.page)
    way = fields.only_one("notes", "degrees", "file", "invent")
    if way != "file":
        fields.refuse(("part", "bars"), "it belongs with 'file'")
    if way == "file":
        return _from_file(fields, origin)
    if way == "invent":
        return _invention(fields, origin)
    return _written(fields, way) if way else Invention()


def _written(fields: Fields, way: str) -> Motif | Invention:
    """Read motif text; without a readable key and meter it is read against stand-ins, so that its own faults are shown too."""
    if way == "notes" and "key" not in fields:
        fields.fault("key", "the motif's notes have no 'key'; accepted: a key, as in 'D minor'")
    key: Key = fields.take("key", values.key, Key.parse("C major"))
    meter: Meter | None = fields.take("meter", values.meter, None)
    unreadable = meter is None and "meter" in fields

    def parse(node: Node) -> Motif:
        # Where the meter cannot be read, bar lines cannot be checked.
        text = node.text if isinstance(node, Scalar) else values.scalar(node, "motif text, as in 'D4/q A4/q. G4/e'")
        return Motif.parse(text.replace("|", " ") if unreadable else text, key=key, meter=meter or Meter(4, 4), degrees=way == "degrees")

    return fields.take(way, parse, Invention())


def _invention(fields: Fields, origin: Origin) -> Invention:
    node = fields.node("invent")
    if node is None:
        return Invention()
    asked = Fields(node, "invention", origin.page)
    for name in ("key", "meter"):
        if name in fields and name in asked:
            fields.refuse((name,), f"'invent' has its own '{name}'")
    key = asked.take("key", values.key, fields.take("key", values.key, None))
    meter = asked.take("meter", values.meter, fields.take("meter", values.meter, None))
    return Invention(
        asked.take("archetype", _archetype, ""),
        asked.take("notes", values.counts("how many notes", 1, _MOST_NOTES), (0, 0)),
        str(key) if key else "",
        str(meter) if meter else "",
    )


def _archetype(node: Node) -> str:
    return archetype_named(values.scalar(node, "an archetype, as in 'hero'")).name


def _from_file(fields: Fields, origin: Origin) -> Motif | Invention:
    part = fields.take("part", values.whole(1, _MOST_PARTS, "the number of a part"), 1)
    bars = fields.take("bars", values.counts("bars", 0, _MOST_BARS), None)
    key, meter = fields.take("key", values.key, None), fields.take("meter", values.meter, None)

    def read(node: Node) -> Motif:
        from motifgen.files.motif_files import read_motif  # noqa: PLC0415 - slow import

        path = _inside(values.scalar(node, "the name of a file"), origin)
        try:
            return read_motif(path, part, bars, key, meter)
        except OSError as error:
            raise NotationError(f"{shown(path.name)} cannot be read: {error.strerror or error}") from None

    return fields.take("file", read, Invention())


def _inside(name: str, origin: Origin) -> Path:
    """Return the path of a motif file, or refuse one that cannot be read in seconds."""
    path = Path(name)
    if path.suffix.lower() not in MOTIF_FILES:
        close = nearest(path.suffix, MOTIF_FILES, most=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise NotationError(f"{shown(name)} is no file that motifs are read from{hint}; accepted: {' '.join(MOTIF_FILES)}")
    found = beside(name, origin)
    most = MOTIF_FILES[path.suffix.lower()]
    if found.stat().st_size > most:
        raise RangeError(f"{shown(name)} is larger than {most:,} bytes; accepted: a smaller file, with the bars of the motif alone")
    return found


def beside(name: str, origin: Origin) -> Path:
    """Return the path of a file that a scene arc file names, links followed.

    Raises
    ------
    NotationError
        If it lies outside the folder tree and may not, or is not there.
    """
    path = Path(name)
    try:
        home = origin.folder.resolve()
        found = (home / path).resolve()
    except (OSError, ValueError, RuntimeError):
        raise NotationError(f"{shown(name)} cannot be a file's name; accepted: a path relative to this file") from None
    if not origin.allow_outside and not found.is_relative_to(home):
        raise NotationError(f"{shown(name)} lies outside the scene arc file's folder; accepted: a file inside it, or --allow-outside")
    if not found.is_file():
        here = [entry.name for entry in found.parent.iterdir()] if found.parent.is_dir() else []
        close = nearest(found.name, here, most=1)
        raise NotationError(
            f"there is no file {shown(name)}" + (f"; did you mean {close[0]!r}?" if close else f"; looked in {found.parent.name!r}")
        )
    return found
