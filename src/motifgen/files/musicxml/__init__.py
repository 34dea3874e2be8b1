"""The written score as MusicXML, through music21, from the score layer alone."""

import io
import zipfile

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


def write_parts(recording: Recording) -> dict[str, bytes]:
    """Return the part of every player as MusicXML 4.0 by the player's name, in score order: what to put on the stands.

    Raises
    ------
    RangeError
        If the recording holds no score (a foreign MIDI file).
    """
    from motifgen.files.musicxml.write import to_parts  # noqa: PLC0415 - as above

    return dict(to_parts(recording))


def write_parts_zip(recording: Recording) -> bytes:
    """Return the parts of all players as a ZIP file of MusicXML documents, numbered in score order; the same bytes every time.

    Raises
    ------
    RangeError
        As for `write_parts`.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for number, (name, data) in enumerate(write_parts(recording).items(), start=1):
            file = zipfile.ZipInfo(f"{number:02} {name}.musicxml")
            file.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(file, data)
    return buffer.getvalue()
