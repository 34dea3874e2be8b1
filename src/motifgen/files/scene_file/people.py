"""Reading who has a theme: characters and emotions, their voices, traits and transformations."""

from __future__ import annotations

from collections.abc import Callable

from motifgen.errors import NotationError, UnknownNameError, shown
from motifgen.files.scene_file import values
from motifgen.files.scene_file.fields import Fields, each, one_or_each, tried
from motifgen.files.scene_file.motifs import Origin, motif
from motifgen.files.scene_file.nodes import Listing, Mapping, Node, Page, Scalar, described
from motifgen.files.scene_file.schema import CHARACTER_KINDS
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.orchestra.instrument import find_instrument
from motifgen.story.leitmotif import STATES, Character, Emotion, Invention, Stage, forbidden, trait


def characters(node: Node, origin: Origin) -> tuple[Character, ...]:
    """Return everyone who has a theme, in the order of the file."""
    found = []
    for key, value in _named(node, origin, "characters by short names, as in 'mara: {motif: ...}'"):
        if not key.text.strip():
            origin.page.fault(key.place, "a character's short name is empty; accepted: a word")
            continue
        found.append(_character(key.text, Fields(value, "character", origin.page), origin))
    return tuple(found)


def emotions(node: Node, origin: Origin, taken: tuple[Character, ...]) -> tuple[Character, ...]:
    """Return the emotional states that have motifs, in the order of the file; none may share a character's name."""
    found = []
    for key, value in _named(node, origin, "emotions by their words, as in 'dread: {motif: ...}'"):
        fields = Fields(value, "emotion", origin.page)
        word = tried(origin.page, values.emotion_word, key)
        if word in {who.key for who in taken}:
            origin.page.fault(key.place, f"{shown(word)} is a character already; accepted: another name for the character")
        invented: Motif | Invention = Invention()
        theme = fields.take("motif", lambda given: motif(given, origin), invented)
        voice = fields.take("voice", one_or_each(origin.page, instrument), ())
        if word is not None:
            found.append(Emotion(word, theme, voice))
    return tuple(found)


def _named(node: Node, origin: Origin, accepted: str) -> tuple[tuple[Scalar, Node], ...]:
    if isinstance(node, Mapping):
        return node.entries
    origin.page.fault(node.place, f"{described(node)} stands here; accepted: {accepted}")
    return ()


def _character(key: str, fields: Fields, origin: Origin) -> Character:
    page, invented = origin.page, Invention()
    kind = fields.take("kind", values.choice("kind of character", CHARACTER_KINDS), "person")
    theme: Motif | Invention = fields.take("motif", lambda node: motif(node, origin), invented)
    return Character(
        key,
        theme,
        name=fields.take("name", values.name, ""),
        kind=kind,
        voice=fields.take("voice", one_or_each(page, instrument), ()),
        traits=fields.take("traits", one_or_each(page, _trait), ()),
        never=fields.take("never", one_or_each(page, _forbidden), ()),
        keep=fields.take("keep", values.number(0, 1, "a likeness"), 0.5),
        journey=_told(fields, origin),
        between=_between(fields, kind, origin),
    )


def _told(fields: Fields, origin: Origin) -> tuple[Stage, ...]:
    """Return the journey that a character is given, itself or among the hints about its story."""

    def read(node: Node) -> tuple[Stage, ...]:
        return _journey(node, origin)

    own = fields.take("journey", read, ())
    hints = fields.node("story")
    if hints is None:
        return own
    if "journey" in fields:
        fields.refuse(("journey",), "it stands under 'story' too")
    return Fields(hints, "hints", origin.page).take("journey", read, ())


def _journey(node: Node, origin: Origin) -> tuple[Stage, ...]:
    """Return the stations of a journey: scenes of this film, each with the state that is reached by then."""
    if isinstance(node, Listing):
        stations = each(origin.page, lambda item: _station(item, origin))(node)
        return tuple(station for station in stations if station is not None)
    if not isinstance(node, Mapping):
        raise NotationError(f"{described(node)} stands here; accepted: scenes with states, as in {{1m3: corrupted, 2m4: redeemed}}")
    state = values.choice("state of a journey", STATES)
    found = []
    for by, reached in node.entries:
        _check_scene(by, origin)
        found.append((by.text, tried(origin.page, state, reached)))
    return tuple(Stage(by, reached) for by, reached in found if reached is not None)


def _station(node: Node, origin: Origin) -> Stage | None:
    fields = Fields(node, "station", origin.page)
    by = fields.node("by")
    state = fields.take("is", values.choice("state of a journey", STATES), None)
    if isinstance(by, Scalar):
        _check_scene(by, origin)
    name = fields.take("by", lambda given: values.scalar(given, "the id of a scene"), None)
    return Stage(name, state) if name is not None and state is not None else None


def _check_scene(by: Scalar, origin: Origin) -> None:
    if by.text not in origin.scenes:
        origin.page.fault(by.place, str(UnknownNameError("scene", by.text, origin.scenes, listed=True)))


def _between(fields: Fields, kind: str, origin: Origin) -> tuple[str, ...]:
    """Return whom a bond joins."""

    def read(node: Node) -> str:
        given = values.scalar(node, "a character's short name")
        if given not in origin.people:
            raise UnknownNameError("character", given, origin.people, listed=True)
        return given

    if kind != "bond":
        fields.refuse(("between",), f"it says whom a bond joins, and this is a character of kind '{kind}'")
    return fields.take("between", each(origin.page, read), ())


def who(known: tuple[Character, ...]) -> Callable[[Node], Character]:
    """Return a reader of a short name that some character or emotion has."""
    by_key = {person.key: person for person in known}

    def read(node: Node) -> Character:
        given = values.scalar(node, "a character's or emotion's short name")
        if given not in by_key:
            raise UnknownNameError("character", given, by_key, listed=True)
        return by_key[given]

    return read


def instrument(node: Node) -> str:
    """Return the name of an instrument that the table knows, as it was written."""
    given = values.scalar(node, "an instrument")
    find_instrument(given)
    return given


def transformations(page: Page) -> Callable[[Node], tuple[Transform, ...]]:
    """Return a reader of one transformation text or a list of them, in order; chains are taken apart."""
    from motifgen.motif.transform.base import Chain  # noqa: PLC0415 - only files that name a transformation pay
    from motifgen.motif.transform.table import parse_transform  # noqa: PLC0415 - as above

    def read_one(node: Node) -> tuple[Transform, ...]:
        found = parse_transform(values.scalar(node, "a transformation, as in 'augment 2'"))
        return found.steps if isinstance(found, Chain) else (found,)

    def read(node: Node) -> tuple[Transform, ...]:
        return tuple(step for steps in one_or_each(page, read_one)(node) for step in steps)

    return read


def _trait(node: Node) -> str:
    return trait(values.scalar(node, "an emotion or trait word"))


def _forbidden(node: Node) -> str:
    return forbidden(values.scalar(node, "a transformation's name").lower())
