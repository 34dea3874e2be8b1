"""The film's keys: where each scene is at home, from who is cast where and on which journey, never from what was composed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from motifgen.compose.desk import Spotting
from motifgen.compose.planning.declared import first_lead, journey
from motifgen.compose.planning.table import home_rows
from motifgen.motif.motif import Motif
from motifgen.story.casting import cast as casting
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Scene, Story
from motifgen.theory.scale import Key

WELL = 0.2
_NONE = "C major"


def home_of(spotting: Spotting, known: Mapping[str, Motif]) -> tuple[Key, str]:
    """Return a scene's home key and why it is that one.

    The film is at home in the key of its protagonist, who leads in more scenes than anybody else. Where the protagonist leads, the
    scene is as far from there as the journey has taken it: at the tritone while it is lost, home again when it is redeemed. Where
    somebody else leads, it is in that one's key. The last scene, if it ends well, comes home; a scene that names its key has it.
    """
    scene, story = spotting.scene, spotting.story
    if scene.key is not None:
        return _named(scene.key)
    hero = protagonist(scene, story)
    if hero is not None:
        home, name = _theme(hero, known, scene, story).key.respelled(), hero.name
        if first_lead(scene, story) and scene.arc.at(scene.length).valence >= WELL:
            return home, f"the film ends well, and in the key of {name}, where it is at home"
        if not scene.cast:
            return home, f"nobody is there: the film's home, the key of {name}"
        if any(it.who.key == hero.key and it.role == "lead" for it in scene.cast):
            return _traveled(hero, home, scene, story)
    first = sorted(scene.cast, key=lambda it: (it.role != "lead", it.span.start))
    if not first:
        return Key.parse(_NONE), "nobody is there, and no key is named"
    return known[first[0].who.key].key.respelled(), f"the key of {first[0].who.name}"


def _named(key: Key) -> tuple[Key, str]:
    """Return a key that was asked for as it is written: by the enharmonic name with the fewest signs."""
    home = key.respelled()
    return home, "the scene names its key" if home == key else f"the scene names {key}, which is written as {home}"


def protagonist(scene: Scene, story: Story | None) -> Character | None:
    """Return who leads in most scenes of the film, the first of several; none in a film of a single scene, or where nobody leads."""
    scenes = [it for it in story.scenes if isinstance(it, Scene)] if story is not None else [scene]
    if len(scenes) < 2:
        return None
    leads = [it.who for other in scenes for it in other.cast if it.role == "lead"]
    counts = Counter(who.key for other in scenes for who in {it.who.key: it.who for it in other.cast if it.role == "lead"}.values())
    return max(leads, key=lambda who: counts[who.key], default=None)


def _traveled(hero: Character, home: Key, scene: Scene, story: Story | None) -> tuple[Key, str]:
    reached = journey(hero, scene, story)[1].partition(",")[0]
    row = home_rows().get(reached)
    if row is None or not row.far:
        state = f", {reached} and" if row is not None else ""
        return home, f"the key of {hero.name}{state} at home"
    return home.moved(row.up), f"{hero.name} is {reached}: {row.says}"


def _theme(who: Character, known: Mapping[str, Motif], scene: Scene, story: Story | None) -> Motif:
    """Return a theme of the film: one of this scene's, a given one, or one that is invented for a scene in which its owner is."""
    if who.key in known:
        return known[who.key]
    if isinstance(who.motif, Motif):
        return who.motif
    scenes = [it for it in story.scenes if isinstance(it, Scene)] if story is not None else [scene]
    other = next(it for it in scenes if any(cast.who.key == who.key for cast in it.cast))
    return dict(casting(other, story).themes)[who.key]
