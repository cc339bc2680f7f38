# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts/lib"))

from mariadb_server import MariadbServer  # noqa: E402
from postgresql_server import PostgresqlServer  # noqa: E402
from service_set import USER, ServiceError, ServiceSet, process_holder  # noqa: E402
from sqlite_files import SqliteFiles  # noqa: E402


class Recorder:
    """A service that keeps a list of what was asked of it."""

    name = "Recorder"
    fail_to_start = False

    def __init__(self, directory):
        self._directory = directory
        self.calls = []

    def running(self):
        return (self._directory / "running").exists()

    def start(self):
        self.calls.append("start")
        self._directory.mkdir()
        if self.fail_to_start:
            raise ServiceError("planted")
        (self._directory / "running").touch()

    def stop(self):
        self.calls.append("stop")
        for file in self._directory.glob("*"):
            file.unlink()
        if self._directory.exists():
            self._directory.rmdir()

    def create(self, database):
        self.calls.append(f"create {database}")

    def drop(self, database):
        self.calls.append(f"drop {database}")

    def urls(self, database):
        return [f"recorder://host/{database}"]

    def environment(self, database):
        return {"RECORDER": database}

    def describe(self):
        return "Recorder"


class ServiceSetTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.directory = Path(folder.name) / "services"
        self.set = ServiceSet([Recorder], self.directory)
        (self.recorder,) = self.set._services
        self.sleeper = subprocess.Popen(["sleep", "60"])
        self.addCleanup(self.sleeper.wait)
        self.addCleanup(self.sleeper.kill)

    def test_starts_once_however_often_it_is_asked(self):
        self.set.up()
        self.set.up()
        self.assertEqual(self.recorder.calls.count("start"), 1)

    def test_removes_what_was_left_behind_before_it_starts(self):
        self.set.up()
        self.assertEqual(self.recorder.calls, ["stop", "start", "create azoth"])

    def test_leaves_nothing_behind(self):
        self.set.up()
        self.set.down()
        self.assertEqual(list(self.directory.parent.iterdir()), [])

    def test_a_failed_start_is_undone_and_reported(self):
        self.recorder.fail_to_start = True
        with self.assertRaisesRegex(ServiceError, "planted"):
            self.set.up()
        self.assertEqual(self.recorder.calls, ["stop", "start", "stop"])

    def test_the_last_holder_stops_it(self):
        ours, other = process_holder(os.getpid()), process_holder(self.sleeper.pid)
        self.set.up(ours)
        self.set.up(other)
        self.set.down(ours)
        self.assertTrue(self.set.running())
        self.set.down(other)
        self.assertFalse(self.set.running())

    def test_a_holder_that_died_does_not_count(self):
        ours = process_holder(os.getpid())
        self.set.up(process_holder(self.sleeper.pid))
        self.set.up(ours)
        self.sleeper.kill()
        self.sleeper.wait()
        self.set.down(ours)
        self.assertFalse(self.set.running())

    def test_what_the_user_started_outlives_holders(self):
        ours = process_holder(os.getpid())
        self.set.up(USER)
        self.set.up(ours)
        self.set.down(ours)
        self.assertTrue(self.set.running())

    def test_the_user_stops_it_whoever_holds_it(self):
        self.set.up(process_holder(os.getpid()))
        self.set.down(USER)
        self.assertFalse(self.set.running())

    def test_says_how_to_start_what_does_not_run(self):
        with self.assertRaisesRegex(ServiceError, "scripts/services up"):
            self.set.urls("azoth")

    def test_databases_live_as_long_as_the_context(self):
        self.set.up()
        with self.set.databases("mine") as environment:
            self.assertEqual(
                environment, {"AZOTH_TEST_URLS": "recorder://host/mine", "RECORDER": "mine"}
            )
            self.assertEqual(self.recorder.calls[-1], "create mine")
        self.assertEqual(self.recorder.calls[-1], "drop mine")

    def test_databases_go_when_the_context_fails(self):
        self.set.up()
        with self.assertRaises(KeyError):
            with self.set.databases("mine"):
                raise KeyError
        self.assertEqual(self.recorder.calls[-1], "drop mine")

    def test_refuses_a_directory_of_somebody_else(self):
        if os.geteuid() != 0:
            self.directory = Path("/")
            self.set = ServiceSet([Recorder], "/proc")
        else:
            self.directory.mkdir()
            os.chown(self.directory, 12345, 12345)
        with self.assertRaisesRegex(ServiceError, "somebody else|Permission"):
            self.set.up()


class PrivateServerTests:
    """What is the same for all private servers. A derived class names its `server` and the `variable` that
    holds its URL, and asks by `sql(url, statement)`."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.addCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)
        self.directory = Path(folder.name)
        self.set = ServiceSet([SqliteFiles, self.server], self.directory / "set")
        self.addCleanup(self.set.down)

    def test_a_server_that_was_killed_is_replaced(self):
        self.set.up()
        (pid,) = [service._process() for service in self.set._services if isinstance(service, self.server)]
        os.kill(pid, 9)
        while self.set.running():
            pass
        self.set.up()
        with self.set.databases("again") as environment:
            self.assertEqual(self.sql(environment[self.variable], "select 1"), "1")


class PostgresqlServerTest(PrivateServerTests, unittest.TestCase):
    server = PostgresqlServer
    variable = "AZOTH_POSTGRESQL_URL"

    def sql(self, url, statement):
        done = subprocess.run(
            ["psql", "-X", "-A", "-t", url, "-c", statement], stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout.strip()

    def test_it_speaks_tls_by_tcp_and_needs_no_password_on_its_socket(self):
        self.set.up()
        variables = self.set.environment("azoth")
        secure = (
            variables["AZOTH_POSTGRESQL_URL"]
            + "?sslmode=verify-full&sslrootcert=" + variables["AZOTH_POSTGRESQL_ROOT_CERTIFICATE"]
        )
        tls = "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
        self.assertEqual(self.sql(secure, tls), "t")
        self.assertEqual(self.sql(variables["AZOTH_POSTGRESQL_SOCKET_URL"], tls), "f")

    def test_a_prepared_transaction_left_behind_is_an_error(self):
        self.set.up()
        with self.assertRaisesRegex(ServiceError, "left behind in mine: it's mine"):
            with self.set.databases("mine") as environment:
                url = environment["AZOTH_POSTGRESQL_URL"]
                subprocess.run(
                    ["psql", "-X", "-q", url, "-c", "begin", "-c", "create table t (i int)",
                     "-c", "prepare transaction 'it''s mine'"],
                    check=True,
                )


class MariadbServerTest(PrivateServerTests, unittest.TestCase):
    server = MariadbServer
    variable = "AZOTH_MARIADB_URL"

    def sql(self, url, statement):
        parts = urlsplit(url)
        place = (
            [f"--host={parts.hostname}", f"--port={parts.port}", "--ssl"]
            if parts.hostname else [f"--socket={parse_qs(parts.query)['unix_socket'][0]}"]
        )
        done = subprocess.run(
            [
                "mariadb", "--no-defaults", "--batch", "--skip-column-names", f"--user={parts.username}",
                f"--password={parts.password}", *place, f"--database={parts.path[1:]}", f"--execute={statement}",
            ],
            stdout=subprocess.PIPE, text=True, check=True,
        )
        return done.stdout.strip()

    def test_it_speaks_tls_by_tcp_and_listens_on_a_socket(self):
        self.set.up()
        with self.set.databases("mine") as environment:
            cipher = "select variable_value <> '' from information_schema.session_status where variable_name = 'Ssl_cipher'"
            self.assertEqual(self.sql(environment["AZOTH_MARIADB_URL"], cipher), "1")
            self.assertEqual(self.sql(environment["AZOTH_MARIADB_SOCKET_URL"], "select 1"), "1")

    def test_its_temporary_files_are_not_in_the_folder_of_others(self):
        self.set.up()
        with self.set.databases("mine") as environment:
            folder = self.sql(environment["AZOTH_MARIADB_URL"], "select @@tmpdir")
            self.assertTrue(folder.endswith("/mariadb/tmp"), folder)

    def test_a_prepared_transaction_left_behind_is_an_error(self):
        self.set.up()
        with self.assertRaisesRegex(ServiceError, "left behind by mine: mine it's"):
            with self.set.databases("mine") as environment:
                self.sql(
                    environment["AZOTH_MARIADB_URL"],
                    "create table t (i int); xa start 'mine it''s'; insert into t values (1); "
                    "xa end 'mine it''s'; xa prepare 'mine it''s'",
                )

    def test_a_prepared_transaction_of_another_run_is_left_alone(self):
        self.set.up()
        with self.set.databases("others") as environment:
            url = environment["AZOTH_MARIADB_URL"]
            self.sql(
                url,
                "create table t (i int); xa start 'others x'; insert into t values (1); xa end 'others x'; "
                "xa prepare 'others x'",
            )
            with self.set.databases("mine"):
                pass
            self.sql(url, "xa commit 'others x'")
            self.assertEqual(self.sql(url, "select i from t"), "1")


if __name__ == "__main__":
    unittest.main()
