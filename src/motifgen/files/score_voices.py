"""MusicXML read as voices: every note at its sounding pitch, in ticks; quick, and without judging the notation."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element, ParseError, fromstring

from motifgen.errors import NotationError
from motifgen.sketch.events import notes
from motifgen.sketch.note_lines import NoteLine, NoteLines
from motifgen.sketch.recording import Bar
from motifgen.sketch.tempo_map import LONGEST, TempoMap, to_tick
from motifgen.theory.pitch import LETTERS, NATURAL
from motifgen.theory.time import Meter

_MOST_BYTES = 200_000_000
_Row = tuple[int, int, int, int]


def xml_lines(data: bytes, title: str = "", *, packed: bool = False) -> NoteLines:
    """Return the voices of a MusicXML score as lines; a compressed one is ``packed``.

    Raises
    ------
    NotationError
        When the bytes are no partwise MusicXML score, or a trap (entities, a huge archive).
    """
    root = _root(_unpacked(data) if packed else data)
    names = {part.get("id", ""): (part.findtext("part-name") or "").strip() for part in root.iter("score-part")}
    readers = [_Part(_unique(names, part.get("id", ""))) for part in root.iter("part")]
    for reader, part in zip(readers, root.iter("part"), strict=True):
        for measure in part.iter("measure"):
            reader.read(measure)
    if not readers:
        raise NotationError("the score has no parts; accepted: partwise MusicXML")
    tempo = {0: 500_000} | dict(sorted(step for reader in readers for step in reader.tempi))
    lines = tuple(line for reader in readers for line in reader.lines())
    heading = root.findtext("movement-title") or root.findtext("work/work-title") or title
    warnings = tuple(text for reader in readers for text in reader.warnings)
    return NoteLines(heading.strip(), TempoMap.of(sorted(tempo.items())), tuple(readers[0].bars), lines, warnings)


def _unpacked(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [info for info in archive.infolist() if info.filename.endswith((".musicxml", ".xml"))]
            scores = [info for info in inside if not info.filename.startswith("META-INF")]
            if not scores or scores[0].file_size > _MOST_BYTES:
                raise NotationError(f"the archive holds no score of at most {_MOST_BYTES} bytes; accepted: a compressed MusicXML file")
            return archive.read(scores[0])
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise NotationError(f"not a compressed MusicXML file ({error})") from error


def _root(data: bytes) -> Element:
    for coding in ("utf-8", "utf-16"):
        if "<!ENTITY".encode(coding)[-16:] in data:
            raise NotationError("the score defines XML entities; accepted: scores without <!ENTITY")
    try:
        root = fromstring(data)  # noqa: S314 - entities, which make XML a trap, are refused above
    except (ParseError, ValueError, LookupError) as error:
        raise NotationError(f"not MusicXML that can be read ({error})") from error
    if root.tag != "score-partwise":
        raise NotationError(f"its root element is <{root.tag}>; accepted: <score-partwise>")
    return root


def _unique(names: dict[str, str], identity: str) -> str:
    """Return a part's name; of several parts with one name, each has its id beside it."""
    name = names.get(identity) or identity or "part"
    return f"{name} ({identity})" if sum(other == name for other in names.values()) > 1 else name


@dataclass(slots=True)
class _Part:
    """Reads the measures of a part one by one. Places are quarters from the start."""

    name: str
    at: Fraction = Fraction(0)
    start: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    divisions: int = 1
    shift: int = 0
    meter: Meter = field(default_factory=lambda: Meter(4, 4))
    bars: list[Bar] = field(default_factory=list)
    tempi: list[tuple[int, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    voices: dict[tuple[str, str], list[_Row]] = field(default_factory=dict)
    held: dict[tuple[str, int], tuple[list[_Row], int]] = field(default_factory=dict)

    def lines(self) -> Iterator[NoteLine]:
        """Yield a line for each voice that has notes."""
        for key in sorted(self.voices):
            yield NoteLine(self.name, notes(self.voices[key]))

    def read(self, measure: Element) -> None:
        """Take up a measure, and go to its end."""
        self.start = self.at = self.last
        for element in measure:
            if element.tag == "note":
                self._note(element)
            elif element.tag in {"backup", "forward"}:
                self._go(self._length(element) * (1 if element.tag == "forward" else -1))
            elif element.tag == "attributes":
                self._attributes(element)
            for sound in (element,) if element.tag == "sound" else element.findall("sound"):
                self._tempo(sound)
        self._bar(measure)

    def _bar(self, measure: Element) -> None:
        """Note the bar down; one that is shorter than its meter and comes first is a pickup."""
        length = self.last - self.start
        if not length:
            length = self.meter.bar
            self.last = self.start + length
        missing = max(self.meter.bar - length, Fraction(0)) if not self.bars else Fraction(0)
        label = measure.get("number", "")
        number = int(label) if label.isdecimal() else self.bars[-1].number if self.bars else 0
        self.bars.append(Bar(number, to_tick(self.start - missing), self.meter))

    def _go(self, quarters: Fraction) -> None:
        self.at = max(self.at + quarters, self.start)
        self.last = max(self.last, self.at)

    def _length(self, element: Element) -> Fraction:
        try:
            return Fraction((element.findtext("duration") or "0").strip()) / self.divisions
        except (ValueError, ZeroDivisionError) as error:
            raise NotationError(f"{self.name} has the duration {element.findtext('duration')!r}; accepted: a number") from error

    def _attributes(self, element: Element) -> None:
        divisions, transpose, time = element.findtext("divisions"), element.find("transpose"), element.find("time")
        if divisions:
            self.divisions = max(int(float(divisions)), 1)
        if transpose is not None:
            self.shift = int(float(transpose.findtext("chromatic") or 0)) + 12 * int(float(transpose.findtext("octave-change") or 0))
        if time is not None and time.findtext("beats"):
            counts, unit = (time.findtext("beats") or "4").split("+"), time.findtext("beat-type") or "4"
            self.meter = Meter.parse(f"{sum(map(int, counts))}/{unit.strip()}")

    def _tempo(self, sound: Element) -> None:
        try:
            bpm = float(sound.get("tempo") or 0)
        except ValueError:
            bpm = 0.0
            self.warnings.append(f"{self.name} has the tempo {sound.get('tempo')!r}, which is no number; it is left out")
        if bpm > 0:
            self.tempi.append((to_tick(self.at), min(max(round(60_000_000 / bpm), 1), LONGEST)))

    def _note(self, element: Element) -> None:
        """Take up a note or rest; of a chord, each note begins where the first did."""
        length = self._length(element)
        if element.find("grace") is not None:
            return
        chord = element.find("chord") is not None
        begun = self.at - length if chord else self.at
        if not chord:
            self._go(length)
        pitch = element.find("pitch")
        if pitch is not None and element.find("cue") is None and length > 0:
            self._sound(element, pitch, to_tick(begun), to_tick(begun + length))

    def _sound(self, element: Element, pitch: Element, onset: int, end: int) -> None:
        step, octave = (pitch.findtext("step") or "").strip().upper(), pitch.findtext("octave") or ""
        if step not in LETTERS or not step or not octave.strip().lstrip("-").isdecimal():
            raise NotationError(f"{self.name} has the pitch {step!r} in octave {octave!r}; accepted: A to G and a number")
        key = 12 * (int(octave) + 1) + NATURAL[LETTERS.index(step)] + round(float(pitch.findtext("alter") or 0)) + self.shift
        voice = (element.findtext("staff") or "1", element.findtext("voice") or "1")
        rows = self.voices.setdefault(voice, [])
        ties = {tie.get("type") for tie in element.findall("tie")}
        before = self.held.pop((voice[0], key), None) if "stop" in ties else None
        if before is not None and abs(before[0][before[1]][1] - onset) <= 1:
            rows, index = before
            rows[index] = (rows[index][0], end, key, rows[index][3])
        else:
            index = len(rows)
            rows.append((onset, end, key, 80))
        if "start" in ties:
            self.held[voice[0], key] = rows, index
