"""The product's settings on a data folder of the tests' own, never somebody's real one."""

import atexit
import os
import shutil
import tempfile

if "TOUCHLINE_TESTS_DATA" not in os.environ:
    # Workers of one run share the folder; the process that made it clears it away.
    os.environ["TOUCHLINE_TESTS_DATA"] = tempfile.mkdtemp(prefix="touchline-tests-")
    atexit.register(shutil.rmtree, os.environ["TOUCHLINE_TESTS_DATA"], ignore_errors=True)
os.environ["TOUCHLINE_DATA"] = os.environ["TOUCHLINE_TESTS_DATA"]

from touchline.settings import *  # noqa: F403

# In a file: a page that a browser holds open asks again and again, in threads of their own, and
# all of them would share one connection to a database in memory.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": DATA / "tests.sqlite3"}  # noqa: F405

# Hashing a password is slow on purpose; tests sign in often and guess nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files come from their sources: nothing is collected for a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
