"""What the YAML parser's errors most often mean to the person who wrote the file, and where that person should look."""

from __future__ import annotations

import re
from typing import Any

from motifgen.errors import shown
from motifgen.files.scene_file.nodes import Place

_TEXT_IN_QUOTES = "text with ': ', '#' or '[' in quotes"


#: What looks like indenting and is not: spaces that do not break, as web pages and word processors have them.
_ODD_INDENT = re.compile(r" *[\u00a0\u2000-\u200b\u202f\u3000]")
#: Words of the parser, and what is then said of the place where the broken thing begins (``{}`` is filled with that line).
_BEGAN = {
    "scanning a quoted scalar found unexpected end of stream": "the quote that opens here is never closed; accepted: two of a kind",
    "could not find expected ':'": "{} is no field; accepted: 'field: value', with a space after the colon",
}
#: Words of the parser, and what is then said of the place where it gave up.
_MET = {
    "mapping values are not allowed here": "a second ': ' stands in this line; accepted: one, or text with ': ' in quotes",
    "found '<block mapping start>'": "this line begins in another column than those it belongs to; accepted: fields below each other",
    "<block end>, but found '-'": "this '-' begins in another column than those it belongs to; accepted: items below each other",
    "<block end>, but found '<scalar>'": "text goes on after the quote was closed; accepted: \"quotes 'of the other kind' within\"",
    "that cannot start any token": "text begins with a sign that means something else to YAML; accepted: such text in quotes",
}


def broken(text: str, error: Any) -> tuple[Place, str]:  # noqa: ANN401 - ruamel's errors are untyped
    r"""Return where a text that is not YAML should be mended, and what is wrong there.

    Examples
    --------
    >>> from ruamel.yaml import YAML, YAMLError
    >>> try:
    ...     list(YAML(typ="safe", pure=True).parse('title: "Storm\nseed: 1\n'))
    ... except YAMLError as error:
    ...     broken('title: "Storm\nseed: 1\n', error)
    (Place(line=1, column=8), 'the quote that opens here is never closed; accepted: two of a kind')
    """
    lines = [*text.split("\n"), ""]
    place, opened = _place(error.problem_mark or error.context_mark), _place(error.context_mark)
    line = lines[min(place.line, len(lines)) - 1]
    if "\t" in line[: len(line) - len(line.lstrip())] or line[place.column - 1 : place.column] == "\t":
        return place, "a tab stands here; accepted: spaces, for indenting and between values"
    for number, text_there in enumerate(lines[: place.line], 1):
        if odd := _ODD_INDENT.match(text_there):
            sign = f"U+{ord(odd[0][-1]):04X}"
            return Place(number, odd.end()), f"a space that is none ({sign}) stands here; accepted: plain spaces, for indenting"
    context, problem = (" ".join(str(words or "").split()) for words in (error.context, error.problem))
    if context in {"while parsing a flow mapping", "while parsing a flow sequence"}:
        return _flow(opened, place, line, "}" if context.endswith("mapping") else "]")
    for where, signs in ((opened, _BEGAN), (place, _MET)):
        for words, says in signs.items():
            if words in f"{context.removeprefix('while ')} {problem}":
                return where, says.replace("{}", shown(lines[where.line - 1].strip()))
    within = f" ({context})" if context else ""
    return place, f"this is not YAML: {problem}{within}; accepted: 'field: value', '- item', {_TEXT_IN_QUOTES}"


def _flow(opened: Place, place: Place, line: str, closing: str) -> tuple[Place, str]:
    """Say what is wrong between brackets: left open when the parser gave up on a later line, else something within."""
    if place.line != opened.line:
        opening = "{" if closing == "}" else "["
        return opened, f"the '{opening}' that opens here is not closed before line {place.line}; accepted: '{closing}'"
    found = shown(line[place.column - 1 :].strip())
    return place, f"{found} cannot stand here, between brackets; accepted: ',' or '{closing}', and {_TEXT_IN_QUOTES}"


def _place(mark: Any) -> Place:  # noqa: ANN401 - as above
    return Place(mark.line + 1, mark.column + 1) if mark else Place()
