"""One file of named arrays, opened by mapping it into memory: nothing is read until it is looked at.

Layout: a magic line, the arrays one after another (each at a multiple of 64 bytes), a JSON table of their names, types
and places, and a footer with the table's place, length and checksum. The footer is written last, so a file that was cut
short has none; a file is written under another name, to the disk itself, and renamed in one step.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from claims.matching.wire import ReadingError

MAGIC = b"claim-index-2\n"
_FOOTER = struct.Struct("<QQI8s")
_END = b"complete"
_ALIGNED = 64
Arrays = Mapping[str, NDArray[Any]]


def write(path: Path, meta: Mapping[str, str], arrays: Arrays) -> None:
    """Writes the file, replacing what is there in one step: readers of the old one keep it until they close it."""
    written = path.with_name(path.name + ".new")
    with written.open("wb") as file:
        file.write(MAGIC)
        places: dict[str, tuple[str, int, int]] = {}
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % _ALIGNED))
            places[name] = (array.dtype.str, file.tell(), array.size)
            file.write(np.ascontiguousarray(array).view(np.uint8).data)
        table = json.dumps({"meta": dict(meta), "arrays": places}).encode()
        start = file.tell()
        file.write(table)
        file.write(_FOOTER.pack(start, len(table), crc32(table), _END))
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """So that the new name outlives a loss of power as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def read(path: Path, meta: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """The arrays of a file, mapped; raises ReadingError for one cut short, of another format or of other `meta`."""
    size = path.stat().st_size
    if size < len(MAGIC) + _FOOTER.size:
        raise ReadingError(f"index: {path} is too short to be one")
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    if bytes(mapped[: len(MAGIC)]) != MAGIC:
        raise ReadingError(f"index: {path} is of another format; expected {MAGIC.decode().strip()}")
    table = _table(mapped, path)
    if table["meta"] != dict(meta):
        raise ReadingError(f"index: {path} is of another version: {table['meta']}; expected {dict(meta)}")
    return {name: _mapped(mapped, *place) for name, place in table["arrays"].items()}


def _table(mapped: NDArray[np.uint8], path: Path) -> dict[str, Any]:
    start, length, checksum, end = _FOOTER.unpack(bytes(mapped[-_FOOTER.size :]))
    written = bytes(mapped[start : start + length]) if start + length + _FOOTER.size == len(mapped) else b""
    if end != _END or crc32(written) != checksum:
        raise ReadingError(f"index: {path} is incomplete or damaged")
    table: dict[str, Any] = json.loads(written)
    return table


def _mapped(mapped: NDArray[np.uint8], dtype: str, start: int, size: int) -> NDArray[Any]:
    kind = np.dtype(dtype)
    return np.asarray(mapped[start : start + size * kind.itemsize]).view(kind)
