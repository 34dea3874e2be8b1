"""Pages: a score engraved as PDF or SVG, by what is found on the machine."""

from __future__ import annotations

from motifgen.errors import MissingError, UnknownNameError
from motifgen.files.musicxml import write_musicxml, write_short_musicxml
from motifgen.files.pages import programs
from motifgen.sketch.recording import Recording

#: Engravers, the first choice first, and how to get them.
ENGRAVERS = {
    "verovio": "pip install 'motifgen[pages]'",
    "MuseScore": "https://musescore.org, or: apt install musescore3",
    "LilyPond": "https://lilypond.org, or: apt install lilypond (musicxml2ly comes with it)",
}


def found() -> dict[str, str]:
    """Return the engravers that are installed, the first choice first, and where they are."""
    from motifgen.files.pages import by_verovio  # noqa: PLC0415 - few renders draw pages

    places = {
        "verovio": "a Python package" if by_verovio.there() else "",
        "MuseScore": programs.musescore(),
        "LilyPond": programs.lilypond(),
    }
    return {name: place for name, place in places.items() if place}


def engraved(score: bytes, kind: str, engraver: str = "") -> list[bytes]:
    """Return a MusicXML score as one ``pdf``, or as ``svg`` documents, one for each page.

    Parameters
    ----------
    score : bytes
    kind : str
        ``pdf`` or ``svg``.
    engraver : str
        A name of `ENGRAVERS`; empty takes the first that is found.

    Raises
    ------
    UnknownNameError
        For an engraver or a kind that is not known.
    MissingError
        Where nothing that is installed engraves; the message says how to get each.
    """
    if kind not in {"pdf", "svg"}:
        raise UnknownNameError("kind of page", kind, ["pdf", "svg"])
    if engraver and engraver not in ENGRAVERS:
        raise UnknownNameError("engraver", engraver, ENGRAVERS)
    name = engraver or next(iter(found()), "")
    if not name:
        ways = "; ".join(f"{each} ({way})" for each, way in ENGRAVERS.items())
        raise MissingError(f"nothing installed here engraves pages; one of these does: {ways}")
    if name == "verovio":
        from motifgen.files.pages import by_verovio  # noqa: PLC0415 - as above

        return by_verovio.svg_pages(score) if kind == "svg" else [by_verovio.pdf_pages(score)]
    return (programs.by_musescore if name == "MuseScore" else programs.by_lilypond)(score, kind)


def write_pages(recording: Recording, kind: str, *, short: bool = False, engraver: str = "") -> list[bytes]:
    """Return the pages of a recording's score, full or short; see `engraved`."""
    return engraved((write_short_musicxml if short else write_musicxml)(recording), kind, engraver)


def write_pdf(recording: Recording) -> bytes:
    """Return the full score as a PDF."""
    return write_pages(recording, "pdf")[0]
