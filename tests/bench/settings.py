"""The product's settings as served, with one more page: the floor."""

from pathlib import Path

from touchline.settings import *  # noqa: F403
from touchline.settings import TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
# Limits are counted there, and one page is asked for many times.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
