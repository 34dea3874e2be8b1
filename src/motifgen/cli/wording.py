"""How commands say numbers of things."""


def counts(number: int, what: str) -> str:
    """Return how many of something there are.

    Examples
    --------
    >>> counts(1, "part"), counts(2, "part")
    ('1 part', '2 parts')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"
