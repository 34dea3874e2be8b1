"""Motifs from files: what is in the file is what is in the motif, and what is not there is said."""

import io
import zipfile
from fractions import Fraction

import mido
import pytest

from motifgen.errors import NotationError
from motifgen.files.motif_files import read_motif
from motifgen.motif.key_finding import estimated_key, spelled
from motifgen.theory.scale import Key

ABC = """X:1
T:Test
M:3/4
L:1/8
K:Dm
A|"Dm"d2 e>f (3efe|"A7"d4 A2-|A2 z2 ^c2|]
"""


def score(*measures, key="<fifths>-1</fifths><mode>minor</mode>", transpose=""):
    head = f"""<attributes><divisions>12</divisions><key>{key}</key><time><beats>4</beats><beat-type>4</beat-type></time>
    {transpose}</attributes>"""
    bars = "".join(f'<measure number="{n}">{head if n == 1 else ""}{body}</measure>' for n, body in enumerate(measures, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Cello</part-name>
    </score-part></part-list><part id="P1">{bars}</part></score-partwise>"""


def note(step, octave, length, extra="", alter=""):
    alter = f"<alter>{alter}</alter>" if alter else ""
    return f"<note><pitch><step>{step}</step>{alter}<octave>{octave}</octave></pitch><duration>{length}</duration>{extra}</note>"


@pytest.fixture
def midi(tmp_path):
    def write(notes, meters=((0, 4, 4),), key=None, kind=1):
        file = mido.MidiFile(type=kind, ticks_per_beat=480)
        track = mido.MidiTrack()
        file.tracks.append(track)
        events = [(tick, 0, mido.MetaMessage("time_signature", numerator=n, denominator=d)) for tick, n, d in meters]
        if key:
            events.append((0, 0, mido.MetaMessage("key_signature", key=key)))
        for start, end, pitch, *channel in notes:
            on = channel[0] if channel else 0
            events += [(start, 2, mido.Message("note_on", note=pitch, velocity=80, channel=on))]
            events += [(end, 1, mido.Message("note_off", note=pitch, velocity=0, channel=on))]
        now = 0
        for tick, _, message in sorted(events, key=lambda event: event[:2]):
            track.append(message.copy(time=tick - now))
            now = tick
        path = tmp_path / "motif.mid"
        file.save(path)
        return path

    return write


def test_abc_keeps_pickup_tuplets_chords_ties_and_spelling(tmp_path):
    path = tmp_path / "tune.abc"
    path.write_text(ABC, encoding="utf-8")
    motif = read_motif(path)
    assert motif.text(heading=True) == "D minor 3/4: A4/e | [Dm] D5/q E5/e. F5/s E5/e3 F5 E5 | [A7] D5/h A4/q~ | A4 r C#5"


def test_bars_are_those_of_the_file(tmp_path):
    path = tmp_path / "tune.abc"
    path.write_text(ABC, encoding="utf-8")
    assert str(read_motif(path, bars=(0, 1))) == "A4/e | [Dm] D5/q E5/e. F5/s E5/e3 F5 E5"
    assert str(read_motif(path, bars=(2, 2))) == "[A7] D5/h A4/q"
    with pytest.raises(NotationError, match=r"tune.abc: bars 2-9 of part 1 .* do not exist; accepted: 0 to 3"):
        read_motif(path, bars=(2, 9))


def test_musicxml_keeps_articulations_spelling_and_harmony(tmp_path):
    harmony = "<harmony><root><root-step>B</root-step><root-alter>-1</root-alter></root><kind>major</kind></harmony>"
    accent = "<notations><articulations><accent/><staccato/></articulations></notations>"
    path = tmp_path / "song.musicxml"
    path.write_text(
        score(note("D", 4, 12, accent) + note("A", 4, 18) + note("C", 5, 6, alter="1") + harmony + note("G", 4, 12, alter="-1")),
        encoding="utf-8",
    )
    assert read_motif(path).text(heading=True) == "D minor 4/4: D4/q>* A4/q. C#5/e [Bb] Gb4/q"


def test_transposing_instruments_are_read_as_they_sound(tmp_path):
    clarinet = "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    path = tmp_path / "clarinet.musicxml"
    path.write_text(score(note("E", 5, 48), transpose=clarinet), encoding="utf-8")
    assert [str(pitch) for *_, pitch in read_motif(path, key="D minor").sounding()] == ["D5"]


def test_a_signature_without_a_mode_is_decided_by_the_notes(tmp_path):
    path = tmp_path / "modeless.musicxml"
    path.write_text(
        score(*[note("D", 4, 24) + note("A", 4, 12) + note("F", 4, 12), note("D", 4, 48)], key="<fifths>-1</fifths>"), encoding="utf-8"
    )
    assert str(read_motif(path).key) == "D minor"
    path.write_text(
        score(*[note("F", 4, 24) + note("C", 5, 12) + note("A", 4, 12), note("F", 4, 48)], key="<fifths>-1</fifths>"), encoding="utf-8"
    )
    assert str(read_motif(path).key) == "F major"


def test_compressed_musicxml_reads_as_well(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
        archive.writestr("song.musicxml", score(note("D", 4, 48)))
    path = tmp_path / "song.mxl"
    path.write_bytes(packed.getvalue())
    assert str(read_motif(path)) == "D4/w"


def test_midi_rhythm_is_exact_again(midi):
    path = midi([(0, 456, 62), (480, 1180, 69), (1200, 1420, 67), (1440, 1590, 65), (1600, 1750, 64), (1760, 1920, 62)], key="Dm")
    assert read_motif(path).text(heading=True) == "D minor 4/4: D4/q A4/q. G4/e F4/e3 E4 D4"


def test_played_midi_is_set_to_the_grid(midi):
    path = midi(
        [(7, 440, 62), (474, 700, 69), (731, 930, 67), (955, 1100, 65), (1123, 1260, 64), (1275, 1400, 62), (1449, 1900, 57)], key="Dm"
    )
    assert str(read_motif(path)) == "D4/q A4/e G4 F4/e3 E4 D4 A3/q"


def test_midi_bars_follow_the_meters_and_long_notes_are_tied_over(midi):
    path = midi([(0, 1440, 60), (1440, 3360, 62), (3360, 4320, 64)], meters=((0, 3, 4),), key="F")
    assert str(read_motif(path)) == "C4/h. | D4~ | D4/q E4/h"
    assert str(read_motif(path, bars=(2, 2))) == "D4/h."


def test_a_change_of_meter_within_the_bars_is_said(midi):
    path = midi([(0, 1440, 60), (1440, 3360, 62)], meters=((0, 3, 4), (1440, 4, 4)))
    assert str(read_motif(path, bars=(2, 2), key="C major").meter) == "4/4"
    with pytest.raises(NotationError, match=r"change their meter \(3/4, 4/4\)"):
        read_motif(path)
    assert read_motif(path, meter="4/4").duration == 7


def test_a_motif_that_begins_within_a_bar_has_a_pickup(midi):
    motif = read_motif(midi([(1440, 1920, 69), (1920, 2880, 74), (2880, 3840, 72)]), key="D minor")
    assert (motif.pickup, str(motif)) == (1, "A4/q | D5/h C5")


def test_of_notes_together_the_highest_counts(midi):
    assert str(read_motif(midi([(0, 960, 60), (0, 960, 64), (0, 960, 67), (480, 960, 72)]), key="C major")) == "G4/q C5"


def test_parts_are_those_with_notes_and_drums_are_none(midi):
    path = midi([(0, 480, 60, 0), (0, 480, 64, 3), (0, 480, 36, 9)], kind=0)
    assert str(read_motif(path, part=2, key="C major")) == "E4/q"
    with pytest.raises(NotationError, match=r"motif.mid: there is no part 3; accepted: 1 to 2 \(part 1 \(track 1, channel 1\), part 2"):
        read_motif(path, part=3)


def test_bars_without_notes_say_where_notes_are(midi):
    path = midi([(0, 480, 60), (5760, 6240, 62)])
    with pytest.raises(NotationError, match=r"bars 2-3 of part 1 .* hold no note; bars with notes: 1, 4"):
        read_motif(path, bars=(2, 3))


def test_a_key_that_is_given_spells_the_notes(midi):
    path = midi([(0, 480, 61), (480, 960, 66)])
    assert str(read_motif(path, key="Db major")) == "Db4/q Gb4"
    assert str(read_motif(path, key="D major")) == "C#4/q F#4"


def test_the_key_is_estimated_where_the_file_has_none(midi):
    line = [62, 64, 65, 69, 67, 65, 64, 61, 62]
    path = midi([(480 * n, 480 * n + 480, pitch) for n, pitch in enumerate(line)])
    assert str(read_motif(path).key) == "D minor"
    assert str(read_motif(path)).endswith("C#4 | D4")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.mid", b"not midi at all", "not a MIDI file"),
        ("x.mid", b"", r"not a MIDI file that can be read \(it ends too early\)"),
        ("x.musicxml", b"<score", "not a score"),
        ("x.mxl", b"PK no", "not a compressed MusicXML file"),
        ("x.musicxml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML entities"),
        ("x.wav", b"RIFF", r"a file of the kind '.wav'; accepted: .mid .midi .musicxml .xml .mxl .abc"),
    ],
)
def test_files_that_are_not_what_they_seem(tmp_path, name, data, says):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(NotationError, match=f"{name}: .*{says}"):
        read_motif(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NotationError, match=r"gone.mid: cannot be opened \(No such file or directory\)"):
        read_motif(tmp_path / "gone.mid")


def test_a_file_without_pitched_notes(midi):
    with pytest.raises(NotationError, match="no part with pitched notes"):
        read_motif(midi([(0, 480, 36, 9)]))


def test_every_key_finds_itself():
    for name in ("C major", "Eb major", "F# minor", "G minor"):
        key = Key.parse(name)
        weights = dict(zip([n.semitone for n in key.scale], (6, 2, 4, 3, 5, 2, 1), strict=True))
        assert estimated_key(weights) == key
    assert estimated_key({}) == Key.parse("C major")


def test_spelling_covers_every_semitone_of_every_key():
    for name in ("C major", "Eb minor", "F# major", "A harmonic minor"):
        for midi_key in range(128):
            assert spelled(midi_key, Key.parse(name)).midi == midi_key


def test_lengths_between_grids_are_exact_fractions(midi):
    motif = read_motif(midi([(0, 320, 60), (320, 640, 62), (640, 960, 64)]), key="C major")
    assert [n.duration for n in motif] == [Fraction(2, 3)] * 3


@pytest.mark.parametrize(
    ("symbol", "read"),
    [("Bm7b5", "Bm7b5"), ("C7/E", "C7/E"), ("F#dim", "F#dim"), ("Gmaj7", "Gmaj7"), ("Asus4", "Asus4"), ("Bb", "Bb")],
)
def test_chord_symbols_are_read(tmp_path, symbol, read):
    path = tmp_path / "tune.abc"
    path.write_text(f'X:1\nM:4/4\nL:1/4\nK:C\n"{symbol}"C4|]\n', encoding="utf-8")
    assert str(read_motif(path)) == f"[{read}] C4/w"


def test_chords_of_notes_give_their_top_note_and_grace_notes_no_time(tmp_path):
    top = note("G", 4, 24).replace("<pitch>", "<chord/><pitch>")
    grace = note("A", 4, 1).replace("<note>", "<note><grace/>").replace("<duration>1</duration>", "")
    path = tmp_path / "song.xml"
    path.write_text(score(note("C", 4, 24) + top + grace + note("E", 4, 24)), encoding="utf-8")
    assert str(read_motif(path)) == "G4/h E4"


def test_only_the_first_tune_of_a_book_is_read(tmp_path):
    path = tmp_path / "book.abc"
    path.write_text(ABC + "\n" + ABC.replace("X:1", "X:2").replace("A|", "B|"), encoding="utf-8")
    assert str(read_motif(path, bars=(0, 0))) == "A4/e |"
