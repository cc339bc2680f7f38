# SPDX-License-Identifier: MIT
"""A private PostgreSQL server: never the system's cluster, which is neither used nor touched."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import quote

from private_server import ROLE, PrivateServer
from service_set import ServiceError

# Durability costs time, and the data live for one test run. Shared memory by mmap lies in the data
# directory, so that a killed server leaves nothing behind elsewhere.
CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket_directory}'
max_connections = 200
max_prepared_transactions = 64
ssl = on
dynamic_shared_memory_type = mmap
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
logging_collector = off
timezone = 'UTC'
"""


class PostgresqlServer(PrivateServer):
    name = "PostgreSQL"
    root_runs_as = "postgres"
    longest_socket_name = len("/.s.PGSQL.65535.lock")

    def start(self):
        self._prepare()
        self._initialize()
        self._make_certificate()
        self._start_on_free_port(self._launch)
        self._sql(f"create role {ROLE} login createdb password '{self._password()}'")

    def stop(self):
        pid = self._process()
        if pid is not None:
            self._as_user([binary("pg_ctl"), "-D", self._data, "-m", "immediate", "-s", "-w", "stop"])
            self._wait_for_end(pid)
        self._remove()

    def create(self, database):
        self._sql(f'create database "{database}" owner {ROLE} template template0')

    def drop(self, database):
        query = f"select gid from pg_prepared_xacts where database = '{database}'"
        left = self._sql(query).splitlines()
        for gid in left:
            self._sql("rollback prepared '{}'".format(gid.replace("'", "''")), database)
        self._sql(f'drop database "{database}" with (force)')
        if left:
            raise ServiceError(f"prepared transactions were left behind in {database}: {', '.join(left)}")

    def urls(self, database):
        return [f"postgresql://{ROLE}:{self._password()}@127.0.0.1:{self._port()}/{database}"]

    def environment(self, database):
        folder = quote(str(self._socket_directory()), safe="/")
        return {
            "AZOTH_POSTGRESQL_URL": self.urls(database)[0],
            "AZOTH_POSTGRESQL_SOCKET_URL":
                f"postgresql://{ROLE}@/{database}?host={folder}&port={self._port()}",
            "AZOTH_POSTGRESQL_ROOT_CERTIFICATE": str(self._certificate),
        }

    def _process(self):
        return self._process_in(self._data / "postmaster.pid")

    def _launch(self, port):
        """Starts the server and waits until it answers, and says whether it does."""
        self._configure(port)
        started = self._as_user(
            [binary("pg_ctl"), "-D", self._data, "-l", self._log, "-s", "-w", "-t", "60", "start"]
        )
        if started.returncode != 0 and not self._log.exists():
            raise ServiceError(f"PostgreSQL did not start:\n{started.stderr}")
        return started.returncode == 0

    def _initialize(self):
        made = self._as_user(
            [
                binary("initdb"), "-D", self._data, "-U", "postgres", "--no-sync", "-E", "UTF8",
                "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256",
            ]
        )
        if made.returncode != 0:
            raise ServiceError(f"initdb failed:\n{made.stdout}{made.stderr}")

    def _configure(self, port):
        # A file of its own, and written anew, because each attempt has another port.
        (self._data / "azoth.conf").write_text(
            CONFIGURATION.format(port=port, socket_directory=self._socket_directory())
        )
        (self._data / "azoth.conf").chmod(0o644)
        main = self._data / "postgresql.conf"
        line = "include 'azoth.conf'\n"
        if not main.read_text().endswith(line):
            with main.open("a") as file:
                file.write(line)

    def _sql(self, statement, database="postgres"):
        done = self._as_user(
            [
                binary("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                "-h", self._socket_directory(), "-p", str(self._port()), "-U", "postgres",
                "-d", database, "-c", statement,
            ]
        )
        if done.returncode != 0:
            raise ServiceError(f"PostgreSQL refused {statement!r}: {done.stderr.strip()}")
        return done.stdout


def binary(name):
    """The path of a PostgreSQL program; Debian keeps the server's out of PATH."""
    chosen = os.environ.get("AZOTH_POSTGRESQL_BIN")
    folders = [Path(chosen)] if chosen else sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: [int(n) for n in re.findall(r"\d+", folder.parent.name)],
        reverse=True,
    )
    for folder in folders:
        if os.access(folder / name, os.X_OK):
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        raise ServiceError(f"PostgreSQL's {name} is missing (on Debian: apt-get install postgresql-15)")
    return found
