"""Reading what lies at moments of a scene: arc points, cast, hits, spans, statements."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.errors import NotationError
from motifgen.files.scene_file import values
from motifgen.files.scene_file.fields import Fields, each, is_null
from motifgen.files.scene_file.nodes import Node, Page
from motifgen.files.scene_file.people import instrument, transformations, who
from motifgen.motif.transform.base import Transform
from motifgen.story.arc import CURVES, Keyframe
from motifgen.story.leitmotif import Character
from motifgen.story.scene import DO, ON, ROLES, Asked, BarPlace, Cast, Hit
from motifgen.story.timecode import FrameRate, Timecode
from motifgen.theory.time import Span

_THEMED = ("entry", "reveal")
_AT_THE_END = ("cut", "swell")
_NOBODY = Character("nobody")


class Moments(NamedTuple):
    """What the moments of one scene are read against.

    Parameters
    ----------
    page : Page
    start : Timecode
    rate : FrameRate
    length : Fraction or None
        Seconds; None where it cannot be read: then nothing is said to lie outside.
    known : tuple[Character, ...]
        Everyone with a theme, emotions included.
    """

    page: Page
    start: Timecode
    rate: FrameRate
    length: Fraction | None
    known: tuple[Character, ...]

    def points(self, node: Node) -> tuple[Keyframe, ...]:
        """Return the arc's points; they must stand in order of time."""
        found: list[Keyframe] = []
        for point, place in each(self.page, self._point)(node):
            if len(found) > 1 and point.at == found[-1].at == found[-2].at:
                place.fault("at", f"three arc points stand at {_said(point.at)}; accepted: one, or two for a jump")
            elif found and point.at < found[-1].at:
                place.fault(
                    "at",
                    f"this arc point ({_said(point.at)}) comes before the one above ({_said(found[-1].at)}); accepted: in order of time",
                )
            else:
                found.append(point)
        return tuple(found)

    def _point(self, node: Node) -> tuple[Keyframe, Fields]:
        fields = Fields(node, "point", self.page)
        affect, said = values.feeling(fields, self.page)
        if fields.mapped and affect is None and not {"feel", "valence", "arousal", "tension", "power"} & {*_given(fields)}:
            fields.fault("feel", "an arc point asks for nothing; accepted: 'feel', or any of valence, arousal, tension, power")
        curve = fields.take("curve", values.choice("curve", CURVES), "linear")
        return Keyframe(self._moment(fields, "at", closed=True), affect or Affect(), curve, said), fields

    def cast(self, node: Node) -> Cast:
        """Return who is present, when, and how."""
        fields = Fields(node, "cast", self.page)
        feel, _ = values.feeling(fields, self.page)
        role = fields.take("role", values.choice("role", ROLES), "lead")
        irony = fields.take("irony", values.flag, False)  # noqa: FBT003 - the default of a field
        return Cast(fields.take("who", who(self.known), _NOBODY), self._span(fields), role, feel, irony)

    def hit(self, node: Node) -> Hit:
        """Return a moment that the music must meet."""
        fields = Fields(node, "hit", self.page)
        do = fields.take("do", values.choice("action", DO), "accent")
        if do not in _THEMED:
            fields.refuse(("who",), f"it names the theme of an entry or a reveal, and this is a hit to '{do}'")
        theme = fields.take("who", who(self.known), None)
        return Hit(
            self._moment(fields, "at", closed=do in _AT_THE_END),
            do,
            fields.take("what", values.text, ""),
            theme.key if theme else "",
            fields.take("on", values.choice("place in the bar", ON), "beat"),
            fields.take("must", values.flag, True),  # noqa: FBT003 - the default of a field
            fields.take("tolerance", values.exact(0, 1000, "frames"), Fraction(1)),
        )

    def span(self, node: Node) -> Span:
        """Return a stretch of the scene; ``{}`` is all of it, and a dash with nothing behind it is a slip."""
        if is_null(node):
            raise NotationError("nothing stands where a span is expected; accepted: {from: 0:08, to: 0:16}, or {} for the whole scene")
        return self._span(Fields(node, "span", self.page))

    def statement(self, node: Node) -> Asked:
        """Return a statement that is already decided; it may not do what its theme never does."""
        fields = Fields(node, "statement", self.page)
        character = fields.take("who", who(self.known), _NOBODY)
        steps: tuple[Transform, ...] = fields.take("as", transformations(self.page), ())
        for step in steps:
            if step.name in character.never:
                fields.fault("as", f"'{step}' is among what {character.key} must never have: {', '.join(character.never)}")
        return Asked(self._placed(fields), character, steps, fields.take("by", instrument, ""))

    def _placed(self, fields: Fields) -> Fraction | BarPlace:
        at: Fraction | BarPlace = fields.take("at", values.place(self.start, self.rate), Fraction(0))
        if isinstance(at, Fraction):
            self._check_inside(fields, "at", at, closed=False)
        return at

    def _moment(self, fields: Fields, name: str, *, closed: bool) -> Fraction:
        at = fields.take(name, values.time(self.start, self.rate), Fraction(0))
        self._check_inside(fields, name, at, closed=closed)
        return at

    def _check_inside(self, fields: Fields, name: str, at: Fraction, *, closed: bool) -> None:
        if self.length is not None and (at > self.length or (at == self.length and not closed)):
            end = f"{_said(self.length)}{'' if closed else ', the end itself not included'}"
            fields.fault(name, f"'{name}' is {_said(at)} from the scene's start, outside the scene; accepted: 0 to {end}")

    def _span(self, fields: Fields) -> Span:
        read = values.time(self.start, self.rate)
        start = fields.take("from", read, Fraction(0))
        end = fields.take("to", read, self.length)
        self._check_inside(fields, "from", start, closed=True)
        if end is None:
            return Span(start, start)
        self._check_inside(fields, "to", end, closed=True)
        if start >= end:
            fields.fault(
                "from" if "from" in fields else "to",
                f"'from' ({_said(start)}) is not before 'to' ({_said(end)}); accepted: 'from' earlier than 'to'",
            )
        return Span(start, end)


def listed(page: Page, read: Callable[[Node], object]) -> Callable[[Node], tuple[object, ...]]:
    """Return a reader of a list of moments."""
    return each(page, read)


def _given(fields: Fields) -> tuple[str, ...]:
    return tuple(name for name in ("feel", "valence", "arousal", "tension", "power") if name in fields)


def _said(seconds: Fraction) -> str:
    """Return a time as a scene file would write it.

    Examples
    --------
    >>> _said(Fraction(171, 2)), _said(Fraction(12))
    ('1:25.5', '0:12')
    """
    minutes, rest = divmod(seconds, 60)
    whole, part = divmod(rest, 1)
    return f"{minutes}:{int(whole):02}" + (f"{float(round(part, 3)):.3f}".rstrip("0")[1:].rstrip(".") if round(part, 3) else "")
