"""Arguments that several commands share, and how a scene is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motifgen.errors import RangeError

if TYPE_CHECKING:
    from motifgen.story.scene import Scene, Story

File = Annotated[Path, typer.Argument(metavar="FILE", help="A scene arc file (YAML).", show_default=False)]
Outside = Annotated[bool, typer.Option("--allow-outside", help="Let the file name motif files outside its own folder tree.")]
Scenes = Annotated[list[str] | None, typer.Option("--scene", metavar="ID", help="Only this scene; may be repeated.")]
OneScene = Annotated[str, typer.Option("--scene", metavar="ID", help="Which scene; may be left out where there is only one.")]
SoundFont = Annotated[str, typer.Option("--soundfont", metavar="SF2", help="For sound; else the best that is found.")]
Cluster = Annotated[
    str, typer.Option("--executor", metavar="ADDRESS", help="Compose takes on a Dask cluster: dask://HOST:PORT; else on all cores here.")
]


def only_scene(story: Story, name: str, usual: str = "") -> Scene:
    """Return the composed scene of a name; without a name, that of a usual name, or the only one there is.

    Raises
    ------
    UnknownNameError, RangeError
        For a scene that there is not or that is source music, and where none is named and there are several.
    """
    from motifgen.takes import chosen_scenes  # noqa: PLC0415 - commands import their work when they are called

    if name:
        return chosen_scenes(story, [name])[0]
    scenes = chosen_scenes(story, ())
    named = [scene for scene in scenes if scene.id.casefold() == usual.casefold()]
    if not named and len(scenes) != 1:
        accepted = f"--scene with one of {', '.join(scene.id for scene in scenes)}" if scenes else "a file with a composed scene"
        raise RangeError(f"the file has {len(scenes)} composed scenes, and none is named; accepted: {accepted}")
    return (named or list(scenes))[0]
