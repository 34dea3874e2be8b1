"""Pages: a score engraved as PDF or SVG, by what is found on the machine."""

from __future__ import annotations

from motifgen.errors import MissingError, UnknownNameError
from motifgen.files.musicxml import write_musicxml, write_parts, write_short_musicxml
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


def chosen_engraver(name: str = "") -> str:
    """Return the engraver of a name, in any case, or the first that is found.

    Raises
    ------
    UnknownNameError
        For an engraver that is not known.
    MissingError
        Where it, or for an empty name any, is not installed; the message says how to get it.
    """
    known = {each.lower(): each for each in ENGRAVERS}
    if name and name.lower() not in known:
        raise UnknownNameError("engraver", name, list(ENGRAVERS))
    there = found()
    if name:
        wanted = known[name.lower()]
        if wanted not in there:
            raise MissingError(f"{wanted} is not installed here; get it: {ENGRAVERS[wanted]}")
        return wanted
    if not there:
        ways = "; ".join(f"{each}: {way}" for each, way in ENGRAVERS.items())
        raise MissingError(f"nothing installed here engraves pages; any of these does: {ways}")
    return next(iter(there))


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
    name = chosen_engraver(engraver)
    if name == "verovio":
        from motifgen.files.pages import by_verovio  # noqa: PLC0415 - as above

        return by_verovio.svg_pages(score) if kind == "svg" else [by_verovio.pdf_pages(score)]
    return (programs.by_musescore if name == "MuseScore" else programs.by_lilypond)(score, kind)


def check_book(engraver: str = "") -> None:
    """Raise an error unless the parts of all players can be engraved as one book, which verovio alone does.

    Raises
    ------
    UnknownNameError
        For an engraver that is not known.
    MissingError
        Where verovio is not installed, or another engraver is asked for.
    """
    if chosen_engraver(engraver or "verovio") != "verovio":
        raise MissingError(
            f"a PDF of all parts is drawn by verovio, not by {engraver}; --format parts writes them for any program to engrave"
        )


def write_book(recording: Recording, engraver: str = "") -> bytes:
    """Return the parts of all players as one PDF, each beginning on a page of its own: ready to print.

    Raises
    ------
    UnknownNameError, MissingError
        As for `check_book`.
    """
    check_book(engraver)
    from motifgen.files.pages import by_verovio  # noqa: PLC0415 - few renders draw pages

    return by_verovio.pdf_book(write_parts(recording).values())


def write_pages(recording: Recording, kind: str, *, short: bool = False, engraver: str = "") -> list[bytes]:
    """Return the pages of a recording's score, full or short; see `engraved`."""
    return engraved((write_short_musicxml if short else write_musicxml)(recording), kind, engraver)
