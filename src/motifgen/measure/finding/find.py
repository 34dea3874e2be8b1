"""Find a motif in a piece, under every transformation that leaves something of it to be heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from motifgen.errors import RangeError
from motifgen.measure.finding.exact import Hit, exact_hits, near_hits
from motifgen.measure.finding.occurrence import Occurrence, chosen, occurrences
from motifgen.measure.finding.points import chordal_hits, ornamented_hits
from motifgen.measure.finding.shapes import Shape, shapes_of, sought
from motifgen.measure.finding.strands import crowds_of, strands_of
from motifgen.measure.finding.windows import Windows
from motifgen.motif.motif import Motif
from motifgen.sketch.note_lines import NoteLines
from motifgen.sketch.recording import Recording

TOLERANCE = 0.15
SHORTEST = 4
_MIRRORED_NEAR = 7


def find(
    motif: Motif,
    music: NoteLines | Recording,
    *,
    tolerance: float = TOLERANCE,
    transforms: Collection[str] | None = None,
    shortest: int = SHORTEST,
) -> tuple[Occurrence, ...]:
    """Return every occurrence of a motif, in order of time.

    Rhythm counts always, at any pace; notes that stand between the motif's own are ornaments; chords and voices are taken apart.

    Parameters
    ----------
    motif : Motif
        With at least three sounding notes.
    music : NoteLines or Recording
    tolerance : float
        Share of the motif's notes that may have another pitch, 0 to 0.5, rounded down: 0.15 lets one note in seven be wrong.
    transforms : Collection[str], optional
        What may have been done to the motif: names out of `motifgen.measure.finding.SOUGHT`, or names of the transform table that belong to
        them. Default all; none at all finds the motif only as it stands.
    shortest : int
        Notes of the shortest fragment, 4 or more.

    Raises
    ------
    RangeError
        For a motif of fewer than three notes, and values outside what is accepted.
    UnknownNameError
        For a transformation that cannot be searched for.

    Examples
    --------
    >>> from motifgen.sketch.events import notes
    >>> from motifgen.sketch.note_lines import NoteLine
    >>> from motifgen.sketch.tempo_map import TempoMap
    >>> rows = [(960, 1920, 67, 80), (1920, 2400, 71, 80), (2400, 2880, 74, 80), (2880, 3840, 72, 80)]
    >>> piece = NoteLines("", TempoMap(((0, 500_000),)), (), (NoteLine("Flute", notes(rows)),))
    >>> for found in find(Motif.parse("D4/q F4/e A4/e G4/q", key="D minor"), piece):
    ...     print(found.part, found.beat, found.transformation)
    Flute 2.0 major, transpose 5
    """
    return _found(motif, music if isinstance(music, NoteLines) else NoteLines.of(music), None, tolerance, transforms, shortest)


def find_themes(
    music: NoteLines | Recording,
    themes: Mapping[str, Motif],
    *,
    tolerance: float = TOLERANCE,
    transforms: Collection[str] | None = None,
    shortest: int = SHORTEST,
) -> Mapping[str, tuple[Occurrence, ...]]:
    """Return the occurrences of several motifs by their names; the piece is taken apart once. Arguments are those of `find`."""
    piece = music if isinstance(music, NoteLines) else NoteLines.of(music)
    ready = _indexed(piece)
    return {name: _found(motif, piece, ready, tolerance, transforms, shortest) for name, motif in themes.items()}


def _indexed(piece: NoteLines) -> tuple[Windows, Windows]:
    """Return the windows on a piece's strands, and those on its parts of several voices."""
    strands = strands_of(piece)
    return Windows(strands), Windows(crowds_of(piece, strands))


def _found(  # noqa: PLR0913, PLR0917 - the arguments of find, checked in one place
    motif: Motif,
    piece: NoteLines,
    ready: tuple[Windows, Windows] | None,
    tolerance: float,
    transforms: Collection[str] | None,
    shortest: int,
) -> tuple[Occurrence, ...]:
    kinds = sought(transforms)
    if not 0 <= tolerance <= 0.5:
        raise RangeError(f"the tolerance is {tolerance}; accepted: 0 (every note right) to 0.5 (every second one)")
    if shortest < SHORTEST:
        raise RangeError(
            f"the shortest fragment is {shortest} notes; accepted: {SHORTEST} or more, since shorter ones are found everywhere"
        )
    shapes = shapes_of(motif, kinds)
    windows, crowds = ready or _indexed(piece)
    count = len(shapes[0].pitches)
    found = _hits(windows, crowds, shapes, kinds, int(tolerance * count + 1e-9), shortest)
    table = windows.strands.table
    return occurrences(chosen(motif, found, kinds, table), piece, table)


def _hits(  # noqa: PLR0913, PLR0917 - as above
    windows: Windows, crowds: Windows, shapes: Sequence[Shape], kinds: frozenset[str], wrong: int, shortest: int
) -> Iterator[Hit]:
    if len(windows) < 2:
        return
    paces, count = not kinds.isdisjoint({"augment", "diminish"}), len(shapes[0].pitches)
    yield from exact_hits(windows, shapes, shortest, paces=paces, fragments="fragment" in kinds)
    plain = _distinct(shape for shape in shapes if not shape.mirror and shape.likely)
    mirrored = _distinct(shape for shape in shapes if shape.mirror and not shape.recast and count >= _MIRRORED_NEAR)
    yield from near_hits(windows, [*plain, *mirrored], wrong, paces=paces)
    if len(crowds):
        yield from chordal_hits(crowds, [*plain, *mirrored], paces=paces)
    if "ornament" in kinds and count >= SHORTEST:
        yield from ornamented_hits(windows, plain, paces=paces)


def _distinct(shapes: Iterator[Shape]) -> list[Shape]:
    """Return shapes without those that sound like an earlier one."""
    kept: dict[tuple[bytes, bytes], Shape] = {}
    for shape in shapes:
        kept.setdefault((shape.moves.tobytes(), shape.onsets.tobytes()), shape)
    return list(kept.values())
