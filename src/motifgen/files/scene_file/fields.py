"""Walking a mapping field by field: a fault in one field hides none of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from motifgen.errors import MotifgenError, NotationError, nearest, shown
from motifgen.files.scene_file.nodes import Listing, Mapping, Node, Page, Place, Scalar, described
from motifgen.files.scene_file.schema import fields_of, name_of, required_of

T = TypeVar("T")
D = TypeVar("D")

#: The format's version is looked at before any other field, by the reader of the whole file.
_VERSION = "motifgen"
_NULLS = ("", "~", "null", "Null", "NULL")


def is_null(node: Node) -> bool:
    """Tell whether nothing is given: an empty value, ``~`` or ``null`` without quotes."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


class Fields:
    """The fields of one mapping.

    Unknown and missing fields are noted when it is made; a field without a value counts as left out.

    Parameters
    ----------
    node : Node
        What stands where the mapping should be.
    kind : str
        Which mapping of the schema it is.
    page : Page
        Where faults are noted.

    Attributes
    ----------
    mapped : bool
        Whether there is a mapping at all; where something else stands, that is the fault, and not that its fields are missing.
    """

    __slots__ = ("_given", "_kind", "_page", "_places", "mapped", "place")

    def __init__(self, node: Node, kind: str, page: Page) -> None:
        """Check the fields' names."""
        self._kind, self._page, self.place = kind, page, node.place
        self._given: dict[str, Node] = {}
        self._places: dict[str, Place] = {}
        self.mapped = isinstance(node, Mapping) or is_null(node)
        if isinstance(node, Mapping):
            self._sort(node)
        elif not is_null(node) or required_of(kind):
            page.fault(node.place, f"{described(node)} stands where {name_of(kind)} is expected; accepted: a mapping with {_listed(kind)}")

    def _sort(self, node: Mapping) -> None:
        for key, value in node.entries:
            if key.text not in fields_of(self._kind):
                self._page.fault(key.place, _unknown(key.text, self._kind))
            elif not is_null(value):
                self._given[key.text] = value
                self._places[key.text] = key.place
        for name in required_of(self._kind):
            if name not in self._given and name != _VERSION:
                self._page.fault(self.place, f"{name_of(self._kind)} has no '{name}'; accepted: {_listed(self._kind)}")

    def __contains__(self, name: str) -> bool:
        """Tell whether a field is given."""
        return name in self._given

    def node(self, name: str) -> Node | None:
        """Return what a field holds, or None when it is left out."""
        if name not in fields_of(self._kind):
            raise KeyError(name)
        return self._given.get(name)

    def take(self, name: str, read: Callable[[Node], T], default: D) -> T | D:
        """Return a field as a reader understands it; the default when it is left out or faulty."""
        node = self.node(name)
        if node is None:
            return default
        found = tried(self._page, read, node)
        return default if found is None else found

    def fault(self, name: str, message: str) -> None:
        """Note a fault of a field, at its value; of the mapping when the field is left out."""
        node = self._given.get(name)
        self._page.fault(self.place if node is None else node.place, message)

    def only_one(self, *names: str) -> str:
        """Return which one of several fields is given; note it when there is none or more than one."""
        given = [name for name in names if name in self._given]
        quoted = ", ".join(f"'{name}'" for name in names)
        if not given:
            if self.mapped:
                self._page.fault(self.place, f"{name_of(self._kind)} has none of {quoted}; accepted: one of them")
            return ""
        for name in given[1:]:
            self._page.fault(self._places[name], f"'{name}' stands beside '{given[0]}'; accepted: one of {quoted}")
        return given[0]

    def refuse(self, names: tuple[str, ...], why: str) -> None:
        """Note every given field that has no meaning here."""
        for name in names:
            if name in self._given:
                self._page.fault(self._places[name], f"'{name}' has no meaning here: {why}")


def tried(page: Page, read: Callable[[Node], T], node: Node) -> T | None:
    """Return what a reader makes of a node, or None after noting why it cannot.

    An error that follows faults noted inside the node is their consequence, and is not noted again.
    """
    before = len(page.faults)
    try:
        return read(node)
    except MotifgenError as error:
        if len(page.faults) == before:
            page.catch(node, error)
        return None


def each(page: Page, read: Callable[[Node], T]) -> Callable[[Node], tuple[T, ...]]:
    """Return a reader of a list that reads its items, leaving out (and noting) the faulty ones."""

    def read_list(node: Node) -> tuple[T, ...]:
        if not isinstance(node, Listing):
            raise NotationError(f"{described(node)} stands where a list is expected; accepted: '- item' lines, or [item, item]")
        found = (tried(page, read, item) for item in node.items)
        return tuple(item for item in found if item is not None)

    return read_list


def one_or_each(page: Page, read: Callable[[Node], T]) -> Callable[[Node], tuple[T, ...]]:
    """Return a reader of one value or a list of them."""

    def read_any(node: Node) -> tuple[T, ...]:
        return each(page, read)(node) if isinstance(node, Listing) else (read(node),)

    return read_any


def _listed(kind: str) -> str:
    return ", ".join(fields_of(kind))


def _unknown(name: str, kind: str) -> str:
    if name == "<<":
        return "'<<' stands here: merging belongs to YAML 1.1; accepted: '*alias' for a whole value"
    close = nearest(name, fields_of(kind), most=1)
    hint = f"; did you mean '{close[0]}'? Accepted" if close else "; accepted"
    return f"unknown field {shown(name)} in {name_of(kind)}{hint}: {_listed(kind)}"
