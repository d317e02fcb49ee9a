"""Static files: hashed names, and the style sheets in one piece."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"@import url\(\"([^\"]+)\"\) layer\((\w+)\);")
SHEETS = ("css/touchline.css",)


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Collects static files under hashed names.

    A style sheet that only imports others is written as one file, each import wrapped in its
    layer, so that a phone asks once. The sources stay one file a component.
    """

    manifest_strict = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the address of a file, worked out once: the manifest is read at the start."""
        if force or not name:
            return str(super().url(name, force))
        if name not in self._urls:
            self._urls[name] = str(super().url(name))
        return self._urls[name]

    def post_process(self, paths: Any, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for sheet in SHEETS:
                if sheet in paths:
                    self._inline(sheet)
        yield from super().post_process(paths, dry_run=dry_run, **options)
        self._urls.clear()

    def _inline(self, sheet: str) -> None:
        folder = sheet.rpartition("/")[0]

        def layer(found: re.Match[str]) -> str:
            with self.open(f"{folder}/{found[1]}") as file:
                return f"@layer {found[2]} {{\n{file.read().decode()}\n}}"

        with self.open(sheet) as file:
            whole = IMPORT.sub(layer, file.read().decode())
        self.delete(sheet)
        self.save(sheet, ContentFile(whole.encode()))
