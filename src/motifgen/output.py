"""What a film can be written as: files of each scene, of the whole film, and how it is to be heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from motifgen.errors import UnknownNameError
from motifgen.files.export import SOUNDS, WRITERS
from motifgen.files.film_files import FILM_FILES, MARKER_FILES, marker_file
from motifgen.files.midi import write_midi
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene, Story

if TYPE_CHECKING:
    from motifgen.compose.planning.usage import KeyUse, Use
    from motifgen.files.preview import Preview
    from motifgen.files.timelines.marks import Mark

#: Files of a film that are made from its plans or its recordings.
_DRAWN = {"usage": "usage.svg", "html": "index.html"}
_FILM = {name: file for name, (file, _) in (*FILM_FILES.items(), *MARKER_FILES.items())} | _DRAWN
#: Files of a film for which no scene need be composed.
UNCOMPOSED = {*FILM_FILES, "usage"}


@dataclass(frozen=True, slots=True)
class Playing:
    """How a film is played and heard, where the command line decides it and not the file.

    Parameters
    ----------
    library : str, optional
        The sample library that MIDI is written for, instead of the file's.
    humanize : float, optional
        How uneven the players are, 0 to 1, instead of the file's.
    soundfont : str
        For sound files; empty takes the best that is found.
    stems : bool
        Whether sound files are written of each family of instruments too.
    click : str
        Clicks in the MIDI file: ``"none"``, ``"warning"`` (in the pre-roll alone) or ``"all"``.
    preroll : int
        Bars before the first frame in the MIDI file, 0 to 8.
    engraver : str
        For pages: a name of `motifgen.files.pages.ENGRAVERS`; empty takes the first that is found.
    """

    library: str | None = None
    humanize: float | None = None
    soundfont: str = ""
    stems: bool = False
    click: str = "none"
    preroll: int = 0
    engraver: str = ""


#: Pages of a scene: how their files' names end, their kind (``book``: of every player's part), and whether of the short score.
PAGES = {
    "pdf": (".pdf", "pdf", False),
    "svg": (".svg", "svg", False),
    "short-pdf": (".short.pdf", "pdf", True),
    "short-svg": (".short.svg", "svg", True),
    "parts-pdf": (".parts.pdf", "book", False),
}


def formats() -> dict[str, str]:
    """Return every format that a film can be rendered to, and how its files' names end.

    Examples
    --------
    >>> formats()["ledger"]
    '.ledger.json'
    """
    of_scenes = {ending.lstrip(".").split(".")[0]: ending for ending in WRITERS}
    return of_scenes | {name: ending for name, (ending, _, _) in PAGES.items()} | _FILM


def missing_formats() -> tuple[str, ...]:
    """Return the formats that nothing on this machine can write; ``all`` leaves them out."""
    from motifgen.files.audio import writable  # noqa: PLC0415 - only asked where all is wanted

    return (*(ending.lstrip(".") for ending in SOUNDS if ending not in writable()), *missing_pages())


def missing_pages() -> tuple[str, ...]:
    """Return the formats of pages that nothing on this machine engraves."""
    from motifgen.files.pages import found  # noqa: PLC0415 - as above

    there = found()
    return tuple(name for name, (_, kind, _) in PAGES.items() if not there or (kind == "book" and "verovio" not in there))


def chosen_formats(asked: Sequence[str]) -> tuple[str, ...]:
    """Return formats by name, each once; ``all`` is every one that can be written here.

    Raises
    ------
    UnknownNameError
        For a format that is not known.

    Examples
    --------
    >>> chosen_formats(["mid", "mid"])
    ('mid',)
    """
    known = formats()
    names = [name.strip().lower().lstrip(".") for name in asked]
    for name in names:
        if name not in known and name != "all":
            raise UnknownNameError("format", name, [*known, "all"], listed=True)
    if "all" in names:
        missing = missing_formats()
        return tuple(name for name in known if name not in missing or name in names)
    return tuple(dict.fromkeys(names))


def film_files(directory: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that formats of the whole film (not of a scene) are written to."""
    known = formats()
    return tuple(directory / known[name] for name in names if name in _FILM)


class Output:
    """What is written of one recording; its sound is made once, however often it is written.

    Parameters
    ----------
    recording : Recording
    how : Playing
    names : Sequence[str]
        Names of `formats`.
    """

    __slots__ = ("_how", "_made", "_names", "_recording")

    def __init__(self, recording: Recording, how: Playing, names: Sequence[str]) -> None:
        """Keep what is to be written."""
        self._recording, self._how, self._names = recording, how, names
        self._made: Preview | None = None

    @property
    def preview(self) -> Preview:
        """Return the scene's sound."""
        from motifgen.files.preview import Preview  # noqa: PLC0415 - most renders are not heard

        if self._made is None:
            self._made = Preview(self._recording, self._how.soundfont)
        return self._made

    def files(self, told: Callable[[str], None] | None = None) -> dict[str, bytes]:
        """Return the bytes of the scene's files by ending, stems as ``.strings.flac``; ``told`` hears of each format before it is made."""
        made: dict[str, bytes] = {}
        for name in self._names:
            if told is not None and name not in _FILM:
                told(name)
            if name in PAGES:
                made |= self._pages(*PAGES[name])
            elif name not in _FILM:
                made[formats()[name]] = self._file(formats()[name])
        for ending in tuple(made) if self._how.stems else ():
            if ending in SOUNDS:
                made |= {f".{family}{ending}": data for family, data in self.preview.stems(ending).items()}
        return made

    def _file(self, ending: str) -> bytes:
        if ending in SOUNDS:
            return self.preview.file(ending)
        if ending == ".mid":
            return write_midi(self._recording, click=self._how.click, preroll=self._how.preroll)
        return WRITERS[ending](self._recording)

    def _pages(self, ending: str, kind: str, short: bool) -> dict[str, bytes]:
        """Return engraved pages by ending: ``.pdf``, or ``.1.svg``, ``.2.svg`` ..."""
        from motifgen.files.pages import write_book, write_pages  # noqa: PLC0415 - few renders draw pages

        if kind == "book":
            return {ending: write_book(self._recording, self._how.engraver)}
        pages = write_pages(self._recording, kind, short=short, engraver=self._how.engraver)
        if kind == "pdf":
            return {ending: pages[0]}
        stem = ending.removesuffix(".svg")
        return {f"{stem}.{number}.svg": page for number, page in enumerate(pages, start=1)}

    def outdated(self, directory: Path, stem: str, made: Mapping[str, bytes]) -> Iterator[Path]:
        """Yield what an earlier render of this scene left: the pages that follow its last one now, and stems of families that play no more.

        Parameters
        ----------
        directory : Path
        stem : str
            What the scene's files begin with.
        made : Mapping[str, bytes]
            What `files` returned.
        """
        yield from self._silent_stems(directory, stem, made)
        for start in (PAGES[name][0].removesuffix(".svg") for name in self._names if name in PAGES and PAGES[name][1] == "svg"):
            number = 1
            while f"{start}.{number}.svg" in made:
                number += 1
            while (path := directory / f"{stem}{start}.{number}.svg").is_file():
                yield path
                number += 1

    def _silent_stems(self, directory: Path, stem: str, made: Mapping[str, bytes]) -> Iterator[Path]:
        """Yield the stems that are there and are not written now."""
        if not self._how.stems:
            return
        from motifgen.orchestra.instrument import instruments  # noqa: PLC0415 - few renders write stems

        for family in sorted({row.family for row in instruments().values()}):
            for ending in (ending for ending in SOUNDS if ending in made and f".{family}{ending}" not in made):
                if (path := directory / f"{stem}.{family}{ending}").is_file():
                    yield path

    def sections(self) -> list[str]:
        """Return the scene's section of the film's page, if one is wanted."""
        if "html" not in self._names:
            return []
        from motifgen.files.film_page import scene_section  # noqa: PLC0415 - few renders ask for it

        return [scene_section(self._recording, self.preview.for_page())]

    def marks(self, scene: Scene) -> tuple[Mark, ...]:
        """Return the scene's markers, if a list of them is wanted."""
        if not set(self._names) & set(MARKER_FILES):
            return ()
        from motifgen.files.timelines.heard import of_film_scene  # noqa: PLC0415 - few renders ask for it

        return of_film_scene(scene, self._recording)


def film_data(story: Story, names: Sequence[str], sections: Sequence[str], marks: Mapping[str, Sequence[Mark]]) -> dict[str, bytes]:
    """Return the film's own files by name.

    Parameters
    ----------
    sections : Sequence[str]
        Of the film's page, one for each scene that was composed.
    marks : Mapping[str, Sequence[Mark]]
        Of each scene that was composed, by id.
    """
    made = {FILM_FILES[name][0]: FILM_FILES[name][1](story) for name in names if name in FILM_FILES}
    made |= {file: marker_file(story, kind, marks) for name, (file, kind) in MARKER_FILES.items() if name in names}
    if "usage" in names:
        from motifgen.compose.planning.usage import usage_svg  # noqa: PLC0415 - few renders ask for it

        made[_DRAWN["usage"]] = usage_svg(*film_map(story)).encode()
    if "html" in names:
        from motifgen.files.film_page import film_page  # noqa: PLC0415 - as above
        from motifgen.story.casting import themes  # noqa: PLC0415 - as above

        known = {key: motif for scene in story.scenes if isinstance(scene, Scene) for key, motif in themes(scene, story).items()}
        made[_DRAWN["html"]] = film_page(story, known, sections)
    return made


def film_usage(story: Story) -> tuple[Use, ...]:
    """Return every statement of a film as it is planned: who is heard, where, how altered, and how long since."""
    return film_map(story)[0]


def film_map(story: Story) -> tuple[tuple[Use, ...], tuple[KeyUse, ...]]:
    """Return every statement of a film as it is planned, and the keys through which it goes, each with its reason."""
    from motifgen.compose.planning import plan  # noqa: PLC0415 - few ask for it
    from motifgen.compose.planning.usage import keys_used, usage  # noqa: PLC0415 - as above
    from motifgen.compose.spotting import spot  # noqa: PLC0415 - as above

    plans = [plan(spot(scene, story)) for scene in story.scenes if isinstance(scene, Scene)]
    return usage(plans), keys_used(plans)
