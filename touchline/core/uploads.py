"""Uploads are refused by their size before any of them is stored."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MOST_BYTES = 25 * 1024 * 1024
# Of the request beside the file: the other fields, and what stands around them.
_AROUND = 1024 * 1024


class Bounded(FileUploadHandler):
    """Comes first: lets no file of a request begin that says it is larger than 25 MB."""

    size = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - as the base class calls it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.size = content_length

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, file_name, *args, **kwargs)
        if self.size > MOST_BYTES + _AROUND:
            self.request.too_large = (file_name, self.size)  # type: ignore[union-attr]
            # What is left of it is read and thrown away, so that the answer is seen.
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large(request: HttpRequest) -> tuple[str, int] | None:
    """Return the name of a file that was turned away, and the bytes of its request."""
    request.POST  # noqa: B018 - reads the request, if nobody has
    found: tuple[str, int] | None = getattr(request, "too_large", None)
    return found
