"""The table of transforms: one name each, as scene files and the command line write them.

The grammar
-----------
A transform is its name, then its arguments with spaces between: ``augment 2``, ``head 4``, ``sequence 2 down 1``. The name of a mode is
the whole text: ``harmonic minor``. ``up`` and ``down`` before a number are its sign. Arguments of different kinds may stand in any
order and may be left out from the end, where they have defaults. Several transforms in one text have commas between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import MISSING, fields
from functools import cache
from importlib import import_module
from typing import NamedTuple

from motifgen.errors import NotationError, UnknownNameError, nearest, shown
from motifgen.motif.transform.arguments import described, fits
from motifgen.motif.transform.base import Chain, Transform
from motifgen.motif.transform.modal import COLLECTIONS, InMode, Within
from motifgen.theory.scale import MODES

HOMES: dict[str, tuple[str, ...]] = {
    "transpose": ("melodic", "TransposeDegrees", "TransposeTo", "Transpose"),
    "invert": ("mirrors", "Invert"),
    "retrograde": ("mirrors", "Retrograde"),
    "retrograde inversion": ("mirrors", "RetrogradeInversion"),
    "reflect": ("mirrors", "Reflect"),
    "expand": ("intervallic", "Expand"),
    "compress": ("intervallic", "Compress"),
    "octave displacement": ("intervallic", "OctaveDisplacement"),
    "augment": ("rhythmic", "Augment"),
    "diminish": ("rhythmic", "Diminish"),
    "displace": ("rhythmic", "Displace"),
    "meter": ("metrical", "Remeter"),
    "syncopate": ("rhythmic", "Syncopate"),
    "dot": ("rhythmic", "Dot"),
    "swing": ("swinging", "Swing"),
    "even out": ("rhythmic", "EvenOut"),
    "rhythm": ("rhythmic", "RhythmAlone"),
    "head": ("formal", "Head"),
    "tail": ("formal", "Tail"),
    "range": ("formal", "Range"),
    "truncate": ("formal", "Truncate"),
    "liquidate": ("developing", "Liquidate"),
    "extend": ("developing", "Extend"),
    "sequence": ("formal", "Sequence"),
    "answer": ("answering", "Answer"),
    "interversion": ("developing", "Interversion"),
    "rotate": ("developing", "Rotate"),
    "ostinato": ("developing", "Ostinato"),
    "ornament": ("ornamental", "Ornament"),
    "skeleton": ("ornamental", "Skeleton"),
    "canon": ("combining", "Canon"),
    "stretto": ("combining", "Stretto"),
    "counter-line": ("combining", "CounterLine"),
    "fuse": ("blending", "Fuse"),
    "morph": ("blending", "Morph"),
    "evolve": ("blending", "Evolve"),
    "recontextualize": ("harmonic", "Recontextualize"),
    "corrupt": ("harmonic", "Corrupt"),
    "redeem": ("harmonic", "Redeem"),
    "irony": ("meaning", "Irony"),
    "reinterpret": ("meaning", "Reinterpret"),
    "parent": ("blending", "Parent"),
    "tutti": ("forces", "Tutti"),
    "chamber": ("forces", "Chamber"),
    "piano": ("forces", "Piano"),
}
"""For each name the module of its family and the kinds that share it; a module is imported when one of its names is asked for."""

_MODAL = frozenset((*MODES, *COLLECTIONS))
_WORD = r"\{[^{}]*\}|[^\s{}]+|[{}]"
_LONGEST = 4000


class Row(NamedTuple):
    """A row of the table, for people.

    ``hard`` says that listeners easily lose a theme by it; at most two hard steps should be combined, and none before the theme
    is known.
    """

    name: str
    arguments: str
    summary: str
    family: str
    rung: int
    hard: bool
    example: str


def parse_transform(text: str) -> Transform:
    """Return the transform that a text names; several with commas between make a chain.

    Raises
    ------
    UnknownNameError
        For a name that is not in the table, with the nearest ones.
    NotationError
        For arguments that do not fit, with what is accepted.

    Examples
    --------
    >>> parse_transform("sequence 2 down 1")
    Sequence(times=2, steps=-1, kind='tonal')
    >>> parse_transform("minor, augment 3/2").steps[1]
    Augment(ratio=Fraction(3, 2))
    """
    if len(text) > _LONGEST:
        raise NotationError(f"a transform of {len(text)} characters; accepted: up to {_LONGEST}")
    parts = [part.strip() for part in re.split(r",(?![^{]*\})", text)]
    if not all(parts):
        raise NotationError(f"an empty transform in {shown(text)}; accepted: a name and its arguments, as in 'augment 2'")
    found = tuple(_one(part) for part in parts)
    return found[0] if len(found) == 1 else Chain(found)


def transform_names() -> tuple[str, ...]:
    """Return every name in the table, which is what ``never`` in a scene file accepts."""
    return (*HOMES, *MODES, *COLLECTIONS)


def kinds() -> tuple[type[Transform], ...]:
    """Return every kind of transform but those of modes, in the table's order; this imports all families.

    Examples
    --------
    >>> [kind.__name__ for kind in kinds()][:3]
    ['TransposeDegrees', 'TransposeTo', 'Transpose']
    """
    return tuple(kind for name in HOMES for kind in kinds_named(name))


@cache
def kinds_named(name: str) -> tuple[type[Transform], ...]:
    """Return the kinds that share a name of `HOMES`."""
    home, *classes = HOMES[name]
    module = import_module(f"motifgen.motif.transform.{home}")
    return tuple(getattr(module, each) for each in classes)


def transforms() -> tuple[Row, ...]:
    """Return the table, a row for each form of each name.

    Examples
    --------
    >>> row = next(row for row in transforms() if row.name == "augment")
    >>> row.arguments, row.hard, row.example
    ('<ratio: a number above 0, as in 2 or 3/2>', True, 'augment 2')
    """
    return tuple(_rows())


def _rows() -> Iterator[Row]:
    for kind in kinds():
        arguments = " ".join(map(described, kind.SYNTAX))
        yield Row(kind.NAME, arguments, _summary(kind), kind.FAMILY, kind.RUNG, kind.RUNG >= 7, kind.EXAMPLE)
    for mode in MODES:
        yield Row(mode, "", f"Recast in {mode} on the same tonic.", InMode.FAMILY, InMode.RUNG, hard=False, example=mode)
    for name in COLLECTIONS:
        yield Row(name, "", f"Recast within the {name} scale on the same tonic.", Within.FAMILY, Within.RUNG, hard=False, example=name)


def _summary(kind: type[Transform]) -> str:
    lines = (kind.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(lines.split())


def _one(text: str) -> Transform:
    words = _signed(re.findall(_WORD, text))
    for length in range(min(len(words), 4), 0, -1):
        name = " ".join(words[:length]).lower()
        if name in _MODAL:
            return _bare(name, words[length:])
        if name in HOMES:
            return _read(name, kinds_named(name), words[length:])
    with suppress(UnknownNameError):
        return InMode(text)
    known = nearest(text, transform_names(), most=1)
    raise UnknownNameError("transform", text if known else words[0], transform_names(), see="motifgen transforms")


def _bare(name: str, rest: list[str]) -> Transform:
    """Return the transform whose name is the whole text."""
    if rest:
        raise NotationError(f"cannot read {shown(' '.join([name, *rest]))}; accepted: {name!r} alone, other transforms after a comma")
    return InMode(name) if name in MODES else Within(name)


def _signed(words: list[str]) -> list[str]:
    """Return the words with ``up 2`` as ``2`` and ``down 2`` as ``-2``."""
    found: list[str] = []
    for word in words:
        direction = found[-1] if found else ""
        if direction in {"up", "down"} and word.isdigit():
            found[-1] = word if direction == "up" else f"-{word}"
        else:
            found.append(word)
    return found


def _read(name: str, forms: tuple[type[Transform], ...], words: list[str]) -> Transform:
    for kind in forms:
        values = _values(kind, words)
        if values is not None:
            return kind(**values)
    accepted = " or ".join(repr(" ".join([name, *map(described, kind.SYNTAX)])) for kind in forms)
    raise NotationError(f"cannot read the arguments of {shown(' '.join([name, *words]))}; accepted: {accepted}, as in {forms[0].EXAMPLE!r}")


def _values(kind: type[Transform], words: list[str]) -> dict[str, object] | None:
    """Return the arguments that the words give, or None where they do not fit this kind."""
    items, found, rest = list(kind.SYNTAX), {}, list(words)
    while rest:
        taken = next(((item, fit) for item in items if (fit := _fit(item, rest))), None)
        if taken is None:
            return None
        item, (value, length) = taken
        items.remove(item)
        rest = rest[length:]
        name, colon, _ = item.partition(":")
        if colon:
            found[name] = value
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    words_left = [item for item in items if ":" not in item]
    return None if words_left or needed - found.keys() else found


def _fit(item: str, words: list[str]) -> tuple[object, int] | None:
    _, colon, kind = item.partition(":")
    if colon:
        return fits(kind, words)
    return (None, 1) if words[0].rstrip("s") == item.rstrip("s") else None
