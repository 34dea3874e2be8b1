"""The frame of an invention: what all drawings of one motif share, so that motifs differ from each other and not only in faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.errors import RangeError
from motifgen.motif.invention.archetype import Archetype
from motifgen.motif.invention.colour import Palette, coloured
from motifgen.motif.invention.kinship import bars_of, inherited
from motifgen.motif.invention.phrase import LONG, Form, draw_form
from motifgen.motif.motif import Motif
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Key, Mode
from motifgen.theory.time import Meter

_PHRASES = (1, 2, 4, 6, 8, 12, 16)
_MORE = 3  # semitones of range that a long theme has more than a motif
_TONICS = ("C", "D", "Eb", "E", "F", "G", "A", "Bb")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an invention beside its archetype; see `motifgen.motif.invention.invent`."""

    notes: tuple[int, int] = (0, 0)
    key: Key | str | None = None
    meter: Meter | str | None = None
    compass: tuple[Pitch, Pitch] | None = None
    mode: str = ""
    parent: Motif | None = None
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all drawings of one motif share: ``lead`` is the character of its rhythm, ``kept`` what it has from its parent."""

    palette: Palette
    key: Key
    meter: Meter
    form: Form
    lead: str
    notes: tuple[int, int]
    pickup: bool
    contour: str
    rises: bool
    calls: bool
    span: int
    compass: tuple[Pitch, Pitch] | None
    parent: Motif | None
    kept: str


def framed(row: Archetype, point: Affect | None, wish: Wish, chance: Chance) -> Frame:
    """Return the frame of an archetype, coloured by what its traits feel like, and bound by a wish.

    Raises
    ------
    RangeError
        When the wish leaves no room.
    """
    _refuse(wish)
    palette = coloured(row, point, row.notes if wish.notes == (0, 0) else wish.notes)
    kept = inherited(wish.parent, wish.keep, chance) if wish.parent else ""
    key, meter = _key(wish, kept, palette, chance), _meter(wish, palette, chance)
    low, high = palette.range
    bars = _bars(palette, meter)
    more = bars > palette.bars and palette.own
    frame = Frame(
        palette, key, meter, draw_form(bars, chance), drawn(palette.rhythms, chance),
        (palette.notes[0] + 1, palette.notes[1] + 2) if more else palette.notes,
        pickup=chance.unit() < palette.pickup, contour=drawn(palette.contours, chance), rises=chance.unit() < palette.first_up,
        calls=chance.unit() < palette.calls,
        span=min(low + chance.below(high - low + 1) + (_MORE if bars >= LONG else 0), _width(wish.compass)),
        compass=wish.compass, parent=wish.parent, kept=kept,
    )  # fmt: skip
    return _descended(frame, chance)


def drawn(weights: Sequence[tuple[str, float]], chance: Chance) -> str:
    """Return one of the names, each as likely as its weight says."""
    return chance.weighted([name for name, _ in weights], [weight for _, weight in weights])


def _refuse(wish: Wish) -> None:
    """Refuse what cannot be, and what would be read and not used."""
    least, most = wish.notes
    if wish.notes != (0, 0) and not 1 <= least <= most <= 64:
        raise RangeError(f"an invented motif is asked for with {least} to {most} notes; accepted: 1 to 64, the smaller number first")
    if wish.key is not None and wish.mode:
        raise RangeError(f"both a key ({wish.key}) and a mode ({wish.mode}) are given; accepted: one of them")
    if wish.keep and wish.parent is None:
        raise RangeError(f"keep is {wish.keep!r}, but there is no parent; accepted: a parent motif, or nothing to keep")


def _key(wish: Wish, kept: str, palette: Palette, chance: Chance) -> Key:
    """Return the key asked for; a child stays on its parent's tonic, and in its key where it keeps the harmony."""
    if wish.key is not None:
        return Key.parse(wish.key) if isinstance(wish.key, str) else wish.key
    if wish.parent and kept == "harmony" and not wish.mode:
        return wish.parent.key
    mode = Mode.named(wish.mode or drawn(palette.modes, chance))
    if wish.parent:
        return Key(wish.parent.key.tonic, mode)
    keys = [Key(PitchClass.parse(tonic), mode) for tonic in _TONICS]
    return chance.choose([one for one in keys if abs(one.fifths) <= 4])


def _meter(wish: Wish, palette: Palette, chance: Chance) -> Meter:
    if wish.meter is not None:
        return Meter.parse(wish.meter) if isinstance(wish.meter, str) else wish.meter
    return wish.parent.meter if wish.parent else Meter.parse(drawn(palette.meters, chance))


def _width(compass: tuple[Pitch, Pitch] | None) -> int:
    """Return the semitones of a compass; without one, four octaves."""
    if compass is None:
        return 48
    if compass[1].midi <= compass[0].midi:
        raise RangeError(f"the compass {compass[0]} to {compass[1]} leaves no room; accepted: the lower pitch first")
    return compass[1].midi - compass[0].midi


def _bars(palette: Palette, meter: Meter) -> int:
    """Return how many bars the notes need at the archetype's own pace; short bars come in fours, and phrases are even."""
    if palette.own:
        return palette.bars * (2 if meter.bar <= 3 and not meter.compound and palette.bars > 1 else 1)
    bars = sum(palette.notes) / 2 / palette.pace / float(meter.bar)
    return min(_PHRASES, key=lambda count: (abs(count - bars), count))


def _descended(frame: Frame, chance: Chance) -> Frame:
    """Fit a frame to what is kept of a parent: its bars with its rhythm or harmony, its number of notes with its contour."""
    if frame.parent is None:
        return frame
    if frame.kept == "contour":
        count = len(frame.parent.sounding())
        return replace(frame, notes=(count, count))
    return replace(frame, form=draw_form(bars_of(frame.parent), chance)) if frame.kept in {"rhythm", "harmony"} else frame
