"""Opening a file that somebody gives: plain or packed, in an encoding that occurs.

Every file is looked through once before it is read: for its digest, its encoding, and
for an archive that would unpack to more than it should.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

# What a publisher's largest file may unpack to, and how tightly it may be packed:
# text of numbers shrinks by some 20 times, a bomb by a thousand.
MOST_BYTES = 4 * 1024**3
MOST_RATIO = 120
# A small file may well be mostly blank.
_SMALL = 20 * 1024**2
# Unpacked data up to this size stays in memory; larger is unpacked again.
_KEPT = 64 * 1024**2
_PIECE = 1024**2

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}

Progress = Callable[[int, int], None]


class UnreadableError(Exception):
    """A file that cannot be opened as what it should be; the text says why."""


@dataclass(frozen=True)
class OpenFile:
    """A file that was looked through.

    size: of what it holds, in bytes; encoding: "" for a workbook. `member` is the file
    inside an archive that is read.
    """

    path: Path
    name: str
    digest: str
    size: int
    encoding: str
    member: str = ""
    kept: bytes | None = None

    @contextmanager
    def bytes(self, progress: Progress | None = None) -> Iterator[IO[bytes]]:
        """What the file holds, unpacked."""
        if self.kept is not None:
            yield _Counted(io.BytesIO(self.kept), self.size, progress)  # type: ignore[misc]
            return
        with _unpacked(self.path, self.member) as stream:
            yield _Counted(stream, self.size, progress)  # type: ignore[misc]

    @property
    def codec(self) -> str:
        """The name by which Python knows the encoding."""
        return {"UTF-8 with BOM": "utf-8-sig", "CP1252": "cp1252"}.get(
            self.encoding, "utf-8"
        )

    def head(self, length: int = 65536) -> str:
        """The first characters, whatever follows them."""
        with self.bytes() as stream:
            return stream.read(length).decode(self.codec, errors="ignore")


class _Counted(io.RawIOBase):
    """A stream that tells how far it has been read, and notices a packed one's end."""

    def __init__(self, stream: IO[bytes], size: int, progress: Progress | None) -> None:
        self._stream, self._size, self._progress = stream, size, progress
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._done += len(data)
        if self._progress is not None:
            self._progress(self._done, self._size)
        return len(data)


def open_file(path: Path, *, member: str = "*", is_text: bool = True) -> OpenFile:
    """Look a file through. `member`: which file of an archive, as `*.csv`.

    Raises UnreadableError.
    """
    if not path.is_file():
        message = "is not a file"
        raise UnreadableError(message)
    inside = _member(path, member) if _is_zip(path) and is_text else ""
    if not is_text:
        _check_workbook(path)
    try:
        return _looked_through(path, inside, is_text)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        message = f"is packed, and the archive is cut short or damaged ({error})"
        raise UnreadableError(message) from error


def _looked_through(path: Path, member: str, is_text: bool) -> OpenFile:
    digest = hashlib.blake2b(digest_size=16)
    look = _Encoding() if is_text else None
    pieces: list[bytes] = []
    size = 0
    packed = path.stat().st_size
    with _unpacked(path, member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            _check_size(size, packed)
            digest.update(piece)
            if look is not None:
                look.at(piece)
            if size <= _KEPT:
                pieces.append(piece)
    if not size:
        message = "is empty"
        raise UnreadableError(message)
    return OpenFile(
        path,
        f"{path.name}/{member}" if member else path.name,
        digest.hexdigest(),
        size,
        look.name() if look is not None else "",
        member,
        b"".join(pieces) if size <= _KEPT else None,
    )


class _Encoding:
    """Which encoding a stream of bytes is written in."""

    def __init__(self) -> None:
        self._first = b""
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder(
            "utf-8"
        )()
        self._undefined = False
        self._has_nul = False

    def at(self, piece: bytes) -> None:
        self._first = self._first or piece[:4]
        self._has_nul = self._has_nul or b"\0" in piece
        if self._decoder is not None:
            try:
                self._decoder.decode(piece)
            except UnicodeDecodeError:
                self._decoder = None
        # The five bytes that CP1252 leaves without a character.
        if any(bytes([b]) in piece for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D)):
            self._undefined = True

    def name(self) -> str:
        for mark, name in _MARKS.items():
            if self._first.startswith(mark):
                message = f"is written in {name}; save it as UTF-8"
                raise UnreadableError(message)
        if self._has_nul:
            message = "holds NUL bytes: it is no text file; save it as UTF-8 text"
            raise UnreadableError(message)
        if self._is_utf8():
            has_mark = self._first.startswith(codecs.BOM_UTF8)
            return "UTF-8 with BOM" if has_mark else "UTF-8"
        if self._undefined:
            message = (
                "is written neither in UTF-8 nor in Windows-1252 (CP1252); "
                "save it as UTF-8"
            )
            raise UnreadableError(message)
        return "CP1252"

    def _is_utf8(self) -> bool:
        if self._decoder is None:
            return False
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


@contextmanager
def _unpacked(path: Path, member: str) -> Iterator[IO[bytes]]:
    if member:
        with zipfile.ZipFile(path) as archive, archive.open(member) as inside:
            yield inside
    elif _is_gzip(path):
        with gzip.open(path) as inside:
            yield inside  # type: ignore[misc]
    else:
        with path.open("rb") as stream:
            yield stream


def _member(path: Path, pattern: str) -> str:
    """The one file of an archive that is meant."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir()]
    except zipfile.BadZipFile as error:
        message = f"is packed, and the archive is cut short or damaged ({error})"
        raise UnreadableError(message) from error
    fitting = [i for i in inside if fnmatch(Path(i.filename).name.lower(), pattern)]
    if len(fitting) != 1:
        held = ", ".join(info.filename for info in inside[:10]) or "nothing"
        message = (
            f"is an archive with {len(fitting)} files like {pattern}; one is needed. "
            f"It holds {held}"
        )
        raise UnreadableError(message)
    info = fitting[0]
    if info.flag_bits & 0x1:
        message = "is an archive locked with a password; unpack it first"
        raise UnreadableError(message)
    _check_size(info.file_size, max(info.compress_size, 1))
    return info.filename


def _check_workbook(path: Path) -> None:
    """A workbook is an archive too: what it would unpack to is bounded."""
    if not _is_zip(path):
        message = "is not a workbook (.xlsx)"
        raise UnreadableError(message)
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        message = f"is a workbook that is cut short or damaged ({error})"
        raise UnreadableError(message) from error
    if "xl/workbook.xml" not in names:
        message = "is an archive, but not a workbook (.xlsx)"
        raise UnreadableError(message)
    _check_size(size, path.stat().st_size)


def _check_size(size: int, packed: int) -> None:
    if size > MOST_BYTES:
        message = f"holds more than {MOST_BYTES // 1024**3} GB; that is no such file"
        raise UnreadableError(message)
    if size > _SMALL and size > MOST_RATIO * packed:
        message = (
            f"unpacks to more than {MOST_RATIO} times its size, as no honest file does"
        )
        raise UnreadableError(message)
