"""What every test may use: settings for the invented cases, and a Spark of one machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.databases import Databases
from tests.effort import left_to_the_other

# The browser driver runs a loop of its own in the test's thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# No deadline: a slow machine is not a wrong answer. The same cases every time where nobody is watching.
settings.register_profile("farthing", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("farthing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the run beside tries."""
    config.hook.pytest_deselected(items=[each for each in items if left_to_the_other(each)])
    items[:] = [each for each in items if not left_to_the_other(each)]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Databases of a test's own, each copied from one that every process of the run shares."""
    base = tmp_path_factory.getbasetemp()
    made = Databases((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared")
    yield made
    made.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[None]:
    """The database of every test that needs none of its own: copied too, because to migrate takes long."""
    with django_db_blocker.unblock(), databases.of_this_process():
        yield


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets fixtures of a module write what all its tests find in the database; it is undone after the last of them."""
    from tests.service.cases import undone

    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="session")
def spark():
    """A real Spark session on this machine only; left out, with the reason, where Spark or Java is missing."""
    pyspark_sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed (make test installs it)")
    if not _java_is_new_enough():
        pytest.skip("no Java 17 or newer (sudo apt-get install default-jre-headless)")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        pyspark_sql.SparkSession.builder.master("local[2]")
        .appName("farthing")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def _java_is_new_enough() -> bool:
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if not java or not os.path.exists(java):
        return False
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return found is not None and int(found[1]) >= 17
