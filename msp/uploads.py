"""The most that a request may send in files, refused before it is read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

_MB = 1024 * 1024


class Bounded(FileUploadHandler):
    """Refuses a request that is longer than the largest file that can be imported."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  Django's own name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        # A little more than the file: the other fields, and room for a kind refusal.
        if content_length > (settings.IMPORT_MAX_MB + 10) * _MB:
            message = f"At most {settings.IMPORT_MAX_MB} MB can be uploaded."
            raise RequestDataTooBig(message)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
