"""Standard MIDI Files that a DAW opens as meant: one track a part, the whole tempo map, names, markers.

Format 1 at 960 ticks a quarter. Track 0 holds title, meters, tempo and markers and nothing else; track 1 is the *guide*, one
note as soft as can be from the first bar to the last, because Live and Logic read the tempo map of a file only as far as notes
reach. The guide is no part. `docs/midi.md` says what each host makes of it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mido import Message, MetaMessage, MidiFile, MidiTrack

from motifgen.errors import MissingError, RangeError, UnknownNameError, shown
from motifgen.files.libraries import adapted, find_library
from motifgen.files.midi_click import led_in, with_click
from motifgen.files.midi_messages import DRUM_CHANNEL, LATEST, RELEASE_VELOCITY, VOLUME, last_tick, part_track
from motifgen.files.plain_text import LONGEST_MARKER, plain
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Marker, Part, Recording
from motifgen.theory.scale import Key

if TYPE_CHECKING:
    from pretty_midi import PrettyMIDI

CHANNELS = ("cycle", "ports", "one")
GUIDE, GUIDE_KEY, GUIDE_CHANNEL = "Guide", 0, 15
_PITCHED = tuple(channel for channel in range(16) if channel != DRUM_CHANNEL)
_SIGNATURES = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
_MINOR_SIGNATURES = ("Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "C#m", "G#m", "D#m", "A#m")


def write_midi(  # noqa: PLR0913 - each is one thing that a session may ask of the file
    recording: Recording,
    *,
    channels: str = "cycle",
    ascii_names: bool = False,
    guide: bool = True,
    library: str = "",
    click: str = "none",
    preroll: int = 0,
) -> bytes:
    """Return the Standard MIDI File of a recording; the same recording gives the same bytes.

    Parameters
    ----------
    recording : Recording
    channels : str
        ``"cycle"``: pitched parts take channels 1 to 9 and 11 to 16, over and over; ``"ports"``: the same, and each fifteen have
        a port (FF21) of their own; ``"one"``: every pitched part on channel 1, for hosts that go by track. Drums are on channel 10.
    ascii_names : bool
        Write names in plain ASCII for hosts that know no UTF-8.
    guide : bool
        Whether to write the guide track.
    library : str
        The sample library to write for, by name or file (`motifgen.files.libraries.find_library`); empty takes the recording's own.
    click : str
        ``"all"``: a click track from the first bar to the last; ``"warning"``: clicks in the pre-roll alone; ``"none"``.
    preroll : int
        Bars before the first frame, 0 to 8, in the meter and tempo of the first; the marker ``FIRST FRAME`` says where they end.

    Raises
    ------
    RangeError
        For what a MIDI file cannot hold: a pitch, velocity, controller or tick out of range, a pitch that overlaps itself; for
        warning clicks without a pre-roll.
    UnknownNameError
        For an unknown way of giving channels, an unknown library, an unknown click.
    """
    if channels not in CHANNELS:
        raise UnknownNameError("channel policy", channels, CHANNELS)
    recording = adapted(led_in(recording, preroll), find_library(library or recording.library))
    recording = with_click(recording, click, preroll)
    _check(recording)
    names = [plain(part.name) if ascii_names else part.name for part in recording.parts]
    end = _end(recording)
    file = MidiFile(type=1, ticks_per_beat=PPQ, charset="utf-8")
    file.tracks.append(_conductor(recording, end, ascii_names=ascii_names))
    if guide:
        file.tracks.append(_guide(recording, end, channels))
    for part, name, (channel, port) in zip(recording.parts, names, _channels(recording.parts, channels), strict=True):
        track = part_track(part, channel, port, end)
        track.name = name
        file.tracks.append(track)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def to_pretty_midi(recording: Recording) -> PrettyMIDI:
    """Return the recording as a ``pretty_midi.PrettyMIDI``: the same notes, controllers, names and tempo map.

    Markers and parts without notes are not carried: pretty_midi has no place for them. Nor is the guide.

    Raises
    ------
    RangeError
        When the scene is longer than pretty_midi accepts (10 million ticks, 87 minutes at 120 bpm).
    """
    try:
        from pretty_midi import PrettyMIDI  # noqa: PLC0415 - slow import
    except ImportError as error:
        raise MissingError("pretty_midi is not installed; 'pip install pretty_midi' brings it") from error
    if _end(recording) > 10_000_000:
        raise RangeError(f"the scene ends at tick {_end(recording)}; pretty_midi accepts at most 10000000 (87 minutes at 120 bpm)")
    # Built from our own bytes: pretty_midi has no public way to set a tempo map, and rewrites a mido object it is given.
    return PrettyMIDI(io.BytesIO(write_midi(recording, guide=False)), charset="utf-8")


def _check(recording: Recording) -> None:
    if not recording.bars or recording.bars[0].tick:
        raise RangeError("a recording must have bars, the first at tick 0")
    seen: set[str] = set()
    for name in [part.name for part in recording.parts]:
        if not name.strip() or name == GUIDE or name in seen:
            raise RangeError(f"a part is named {shown(name)}; accepted: a name that no other part has, and not {GUIDE!r}")
        seen.add(name)
    if _end(recording) > LATEST:
        raise RangeError(f"the recording ends at tick {_end(recording)}; a MIDI file accepts at most {LATEST}")


def _end(recording: Recording) -> int:
    """Return where all tracks end: a bar after the last event, so that releases and reverberation are not cut off."""
    last = max([recording.end_tick, recording.bars[-1].tick, recording.tempo.steps[-1][0], *(m.tick for m in recording.markers),
                *map(last_tick, recording.parts)])  # fmt: skip
    return last + round(recording.bars[-1].meter.bar * PPQ)


def _conductor(recording: Recording, end: int, *, ascii_names: bool) -> MidiTrack:
    title = plain(recording.title) if ascii_names else recording.title
    events: list[tuple[int, int, MetaMessage]] = [(0, 0, MetaMessage("track_name", name=title))]
    meter = None
    for bar in recording.bars:
        if bar.meter != meter:
            meter = bar.meter
            signature = MetaMessage("time_signature", numerator=meter.count, denominator=meter.unit,
                                    clocks_per_click=24, notated_32nd_notes_per_beat=8)  # fmt: skip
            events.append((bar.tick, 1, signature))
    if recording.key is not None:
        events.append((0, 2, MetaMessage("key_signature", key=_signature(recording.key))))
    events += [(tick, 3, MetaMessage("set_tempo", tempo=microseconds)) for tick, microseconds in recording.tempo.steps]
    events += [(marker.tick, 4, _marker(marker)) for marker in recording.markers]
    return _timed(sorted(events, key=lambda event: event[:2]), end)


def _timed(events: list[tuple[int, int, Any]], end: int) -> MidiTrack:
    track, now = MidiTrack(), 0
    for tick, _, message in events:
        message.time, now = tick - now, tick
        track.append(message)
    track.append(MetaMessage("end_of_track", time=end - now))
    return track


def _marker(marker: Marker) -> MetaMessage:
    if marker.tick < 0:
        raise RangeError(f"the marker {shown(marker.text)} is at tick {marker.tick}; accepted: 0 and later")
    return MetaMessage("marker", text=plain(marker.text, LONGEST_MARKER))


def _signature(key: Key) -> str:
    """Return mido's name of the key signature; a mode has that of its major or minor kin, seven signs at most."""
    fifths = key.fifths
    while abs(fifths) > 7:
        fifths -= 12 if fifths > 0 else -12
    return (_MINOR_SIGNATURES if key.mode.minor else _SIGNATURES)[fifths + 7]


def _guide(recording: Recording, end: int, channels: str) -> MidiTrack:
    """Return the guide; silenced by its volume too, unless a part shares its channel and would be silenced with it."""
    alone = channels == "cycle" and sum(not part.drums for part in recording.parts) < len(_PITCHED)
    channel = 0 if channels == "one" else GUIDE_CHANNEL
    quiet = [Message("control_change", channel=channel, control=VOLUME, value=0)] if alone else []
    on = Message("note_on", channel=channel, note=GUIDE_KEY, velocity=1)
    last = max(recording.end_tick, 1)
    off = Message("note_off", channel=channel, note=GUIDE_KEY, velocity=RELEASE_VELOCITY, time=last)
    return MidiTrack([MetaMessage("track_name", name=GUIDE), *quiet, on, off, MetaMessage("end_of_track", time=end - last)])


def _channels(parts: tuple[Part, ...], policy: str) -> list[tuple[int, int | None]]:
    """Return channel and port of every part."""
    given: list[tuple[int, int | None]] = []
    pitched = 0
    for part in parts:
        block = pitched // len(_PITCHED)
        channel = DRUM_CHANNEL if part.drums else 0 if policy == "one" else _PITCHED[pitched % len(_PITCHED)]
        given.append((channel, (0 if part.drums else block) if policy == "ports" else None))
        pitched += not part.drums
    return given
