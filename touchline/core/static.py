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
            # Nobody asks for a part alone, so it is neither named by its hash nor packed.
            parts = {part for sheet in SHEETS if sheet in paths for part in self._inline(sheet)}
            paths = {path: paths[path] for path in paths if path not in parts}
            # Django reads the source of what it names, which is the sheet of imports.
            paths |= {sheet: (self, sheet) for sheet in SHEETS if sheet in paths}
        yield from super().post_process(paths, dry_run=dry_run, **options)
        self._urls.clear()

    def _inline(self, sheet: str) -> list[str]:
        """Write a sheet's parts into it; return their names."""
        folder = sheet.rpartition("/")[0]
        parts: list[str] = []

        def layer(found: re.Match[str]) -> str:
            parts.append(f"{folder}/{found[1]}")
            with self.open(parts[-1]) as file:
                return f"@layer {found[2]} {{\n{file.read().decode()}\n}}"

        with self.open(sheet) as file:
            whole = IMPORT.sub(layer, file.read().decode())
        for name in (sheet, *parts):
            self.delete(name)
        self.save(sheet, ContentFile(whole.encode()))
        return parts
