"""read_story(): a scene arc file becomes a `Story`, or all its faults at once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from motifgen.errors import SceneFileError, nearest, shown
from motifgen.files.scene_file import people, values
from motifgen.files.scene_file.fields import Fields
from motifgen.files.scene_file.motifs import Origin
from motifgen.files.scene_file.nodes import Listing, Mapping, Page, PageFullError, Scalar
from motifgen.files.scene_file.playing import humanize, library
from motifgen.files.scene_file.scenes import Film, facts
from motifgen.files.scene_file.source import read_nodes
from motifgen.files.scene_file.styles import style
from motifgen.story.scene import Story
from motifgen.story.timecode import FrameRate

VERSION = "1"


def read_story(path: str | Path, allow_outside: bool = False) -> Story:
    r"""Return the story that a scene arc file tells.

    Parameters
    ----------
    path : str or Path
        A YAML 1.2 file of at most a million bytes; motif files are found relative to it.
    allow_outside : bool
        Whether it may name motif files outside its own folder tree.

    Raises
    ------
    SceneFileError
        With every fault of the file (the first 500, where there are more): line and column, what is wrong, what is accepted, the nearest
        right spelling.

    Examples
    --------
    >>> import tempfile
    >>> text = "motifgen: 1\nscenes:\n  - {id: 1m1, length: 0:30, arc: [{at: 0, feel: terorr}]}\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "film.yaml")
    ...     _ = file.write_text(text)
    ...     try:
    ...         read_story(file)
    ...     except SceneFileError as error:
    ...         print(error.faults[0].line, error.faults[0].column, error.faults[0].message)
    3 49 unknown emotion word 'terorr'; did you mean 'terror', 'fervor' or 'torture'? (motifgen emotions lists them)
    """
    file = Path(path)
    page = Page(str(path))
    story = Story()
    with suppress(PageFullError):
        top = read_nodes(file, page)
        story = _story(top, Origin(page, file.parent, allow_outside, *_names(top))) if top is not None else story
    if page.faults:
        raise SceneFileError(page.faults)
    return story


def _story(top: Mapping, origin: Origin) -> Story:
    page = origin.page
    _check_version(top, page)
    fields = Fields(top, "story", page)
    rate = fields.take("frame_rate", values.frame_rate, FrameRate.named("60" if "frame_rate" in fields else "24"))
    characters = fields.take("characters", lambda node: people.characters(node, origin), ())
    emotions = fields.take("emotions", lambda node: people.emotions(node, origin, characters), ())
    film = Film(
        page,
        rate,
        fields.take("style", style(page), "orchestral"),
        fields.take("seed", values.seed, 0),
        characters,
        emotions,
        origin,
        fields.take("library", library(origin), None),
        fields.take("humanize", humanize, None),
    )
    return Story(
        fields.take("title", values.text, ""),
        fields.take("scenes", film.scenes, ()),
        characters,
        emotions,
        rate,
        film.style,
        film.seed,
        film.library,
        film.humanize,
        fields.take("credits", facts("credits", page), ()),
    )


def _names(top: Mapping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the short names of the characters and the ids of the scenes, which are referred to from everywhere."""
    given = {key.text: value for key, value in top.entries}
    people, scenes = given.get("characters"), given.get("scenes")
    keys = [key.text for key, _ in people.entries] if isinstance(people, Mapping) else []
    of_scenes = [scene.entries for scene in scenes.items if isinstance(scene, Mapping)] if isinstance(scenes, Listing) else []
    ids = [value.text for entries in of_scenes for key, value in entries if key.text == "id" and isinstance(value, Scalar)]
    return tuple(keys), tuple(ids)


def _check_version(top: Mapping, page: Page) -> None:
    """Note a version that is missing, unknown or not first: it says how the rest is to be read."""
    for number, (key, value) in enumerate(top.entries):
        if key.text != "motifgen":
            continue
        if number:
            page.fault(key.place, f"'motifgen' stands after '{top.entries[0][0].text}'; accepted: first of all")
        if not isinstance(value, Scalar) or value.text != VERSION:
            given = shown(value.text) if isinstance(value, Scalar) else "something else than a number"
            page.fault(value.place, f"the format's version is {given}; accepted: {VERSION}")
        return
    names = [key.text for key, _ in top.entries]
    close = nearest("motifgen", names, most=1)
    hint = f"; did you mean that by '{close[0]}'?" if close else ""
    page.fault(top.place, f"the file does not begin with 'motifgen: {VERSION}'{hint}")
