"""One small workspace for all tests of the pages, loaded once, and a client that reads it.

Django is set up before anything that needs its models is imported.
"""

# ruff: noqa: E402

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marque.web.settings")

import django

django.setup()

from django.conf import settings
from django.db import connections
from django.test import Client

from marque.web import catalogue
from marque.web.loading import database
from tests.web import world


def show(made: world.World) -> Path:
    """Load a world and let Django read it."""
    place = database.prepare(made.folder / "cache" / "web", made.run, catalogue.titles(made.catalogue))
    settings.WORKSPACE = str(made.folder)
    settings.CATALOGUE = str(made.catalogue)
    return show_file(place)


def show_file(place: Path) -> Path:
    """Let Django read an embedded file."""
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = str(place)
    return place


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> world.World:
    return world.build(tmp_path_factory.mktemp("world"))


@pytest.fixture
def shown(made: world.World) -> Iterator[world.World]:
    """The world as the pages read it."""
    show(made)
    yield made
    connections["default"].close()


@pytest.fixture
def client(shown: world.World) -> Client:
    return Client(headers={"host": "localhost"}, raise_request_exception=True)
