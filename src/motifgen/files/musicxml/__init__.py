"""The written score as MusicXML, through music21, from the score layer alone."""

from motifgen.sketch.recording import Recording


def write_musicxml(recording: Recording) -> bytes:
    """Return the full score of a recording as MusicXML 4.0, at written pitch, clean of performance timing.

    Raises
    ------
    RangeError
        If the recording holds no score (a foreign MIDI file).

    Notes
    -----
    music21 makes the XML. Ids and the encoding date, which it draws anew each time, are fixed, so that equal scores are equal bytes.
    """
    from motifgen.files.musicxml.write import to_musicxml  # noqa: PLC0415 - music21 is slow to import

    return to_musicxml(recording)


def write_short_musicxml(recording: Recording) -> bytes:
    """Return the short score of a recording as MusicXML 4.0: three or four staves at sounding pitch, from the same score layer.

    Raises
    ------
    RangeError
        If the recording holds no score (a foreign MIDI file).
    """
    from motifgen.files.musicxml.write import to_musicxml  # noqa: PLC0415 - as above

    return to_musicxml(recording, short=True)
