"""Static files as they are collected: named by their hashes, style in one piece."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from touchline.commands.preparing import collect_static, static_collected

ASKED = re.compile(r"""{% static ['"]([^'"]+)['"]""")


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DEBUG = False
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "touchline.core.static.StaticStorage"},
    }
    return Path(settings.STATIC_ROOT)


def names(root: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((root / "staticfiles.json").read_text())["paths"]
    return found


def test_whatever_a_page_asks_for_is_collected(root: Path, settings: Any) -> None:
    collect_static()
    pages = settings.PACKAGE.rglob("templates/**/*.html")
    asked = {name for page in pages for name in ASKED.findall(page.read_text())}
    assert {"css/touchline.css", "js/touchline.js"} <= asked
    # What `{% htmx_script %}` asks for.
    for name in asked | {"django_htmx/htmx-2.min.js"}:
        assert (root / names(root)[name]).is_file(), name


def test_style_is_one_piece(root: Path, settings: Any) -> None:
    collect_static()
    sources = settings.PACKAGE / "static" / "css"
    style = (root / names(root)["css/touchline.css"]).read_text()
    assert "@import" not in style
    assert (root / "css" / "touchline.css").read_text() == style
    parts = re.findall(r'@import url\("([^"]+)"', (sources / "touchline.css").read_text())
    assert len(parts) > 10
    for part in parts:
        assert (sources / part).read_text() in style, part
        assert f"css/{part}" not in names(root)
        assert not (root / "css" / part).exists()


def test_collecting_again_is_for_other_sources(root: Path) -> None:
    assert not static_collected()
    collect_static()
    assert static_collected()
    (root / "collected").write_text("others")
    (root / "left over").touch()
    assert not static_collected()
    collect_static()
    assert static_collected()
    assert not (root / "left over").exists()
