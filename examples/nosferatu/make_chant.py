"""Write ``dies_irae.mid``: the first line of the sequence Dies irae (13th century), as even quarters in D dorian."""

from pathlib import Path

import mido

CHANT = (("Di-", 65, 1), ("es", 64, 1), ("i-", 65, 1), ("rae,", 62, 1), ("di-", 64, 1), ("es", 60, 1), ("il-", 62, 1), ("la", 62, 1))


def chant() -> mido.MidiFile:
    """Return the chant in one track of its own, with its words as lyrics."""
    file = mido.MidiFile(type=1, ticks_per_beat=960)
    conductor = mido.MidiTrack(
        [mido.MetaMessage("track_name", name="Dies irae"), mido.MetaMessage("time_signature", numerator=4, denominator=4)]
    )
    conductor.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(66)))
    conductor.append(mido.MetaMessage("key_signature", key="Dm"))
    voice = mido.MidiTrack([mido.MetaMessage("track_name", name="Cantus"), mido.Message("program_change", program=52)])
    for syllable, pitch, quarters in CHANT:
        voice.append(mido.MetaMessage("lyrics", text=syllable))
        voice.append(mido.Message("note_on", note=pitch, velocity=72))
        voice.append(mido.Message("note_off", note=pitch, velocity=64, time=960 * quarters))
    file.tracks += [conductor, voice]
    return file


if __name__ == "__main__":
    chant().save(Path(__file__).with_name("dies_irae.mid"))
