"""Executors: where takes are composed, on this machine or on a cluster that an address names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from motifgen.errors import MissingError, NotationError, RangeError, shown
from motifgen.takes.taking import local_executor
from motifgen.version import __version__

if TYPE_CHECKING:
    from concurrent.futures import Executor

#: Seconds in which a scheduler must answer.
PATIENCE = 5
_ACCEPTED = "accepted: dask://HOST:PORT, the address that 'dask scheduler' prints with tcp://"


def executor_for(address: str = "", jobs: int | None = None) -> AbstractContextManager[Executor]:
    """Return the executor at an address, or processes here, so many as there are cores if nothing else is said.

    Raises
    ------
    RangeError
        For an address and a number of processes at once, and for less than one process.
    """
    if not address:
        return local_executor(jobs)
    if jobs is not None:
        raise RangeError(f"{jobs} processes and a cluster are asked for; accepted: one of them, since a cluster has its own workers")
    return executor_at(address)


@contextmanager
def executor_at(address: str) -> Iterator[Executor]:
    """Give the executor of a Dask cluster; it is closed afterwards, the cluster is left as it is.

    A worker that dies loses no take: the scheduler gives what it had to another.

    Parameters
    ----------
    address : str
        Of the scheduler: ``"dask://host:port"``.

    Raises
    ------
    NotationError
        For another kind of address.
    MissingError
        If Dask is not installed here.
    RangeError
        If the cluster has no worker, or workers without motifgen or with another version of it, which would compose other takes.
    ConnectionError
        If no scheduler answers there, or the cluster is lost on the way.

    Examples
    --------
    >>> from motifgen.errors import NotationError
    >>> try:
    ...     with executor_at("http://node1") as executor:
    ...         ...
    ... except NotationError as error:
    ...     print(str(error).partition(";")[0])
    cannot read the executor 'http://node1'
    """
    from concurrent.futures import CancelledError  # noqa: PLC0415 - a render of one take waits for no other process

    where = _scheduler(address)
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - only clusters need it
    except ImportError as error:
        raise MissingError("Dask is not installed; 'pip install motifgen[cluster]' brings it") from error
    try:
        client = Client(where, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConnectionError(f"no Dask scheduler answers at {where} within {PATIENCE} s; 'dask scheduler' starts one") from error
    with client:
        _check(where, client.run(_version, on_error="return"))
        try:
            yield client.get_executor(pure=False)
        except KilledWorker as error:
            raise ConnectionError(f"several workers of {where} died at the same take: do they have memory enough?") from error
        except CancelledError as error:
            raise ConnectionError(f"the cluster at {where} was lost; what is done is kept, and the same command goes on") from error


def _scheduler(address: str) -> str:
    """Return the address of a scheduler as Dask writes it."""
    try:
        read = urlsplit(address)
        host, port = read.hostname, read.port
    except ValueError as error:
        raise NotationError(f"cannot read the executor {shown(address)}: {error}; {_ACCEPTED}") from error
    if read.scheme != "dask" or not host or not port or read.path.strip("/") or read.query:
        raise NotationError(f"cannot read the executor {shown(address)}; {_ACCEPTED}")
    return f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"


def _version() -> str:
    return __version__


def _check(where: str, versions: dict[str, object]) -> None:
    """Refuse a cluster without workers, and one whose workers would compose something else."""
    if not versions:
        raise RangeError(f"the Dask scheduler at {where} has no worker; accepted: one or more, as 'dask worker {where}' starts them")
    for worker, found in sorted(versions.items()):
        if found != __version__:
            has = "has no motifgen that can be imported" if isinstance(found, BaseException) else f"has motifgen {found}"
            raise RangeError(f"the Dask worker {worker} {has}; accepted: motifgen {__version__}, as here")
