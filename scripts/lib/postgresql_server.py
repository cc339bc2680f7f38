# SPDX-License-Identifier: MIT
"""A private PostgreSQL server: never the system's cluster, which is neither used nor touched."""

import hashlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from service_set import ServiceError

ROLE = "azoth"

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


class PostgresqlServer:
    name = "PostgreSQL"

    def __init__(self, directory):
        self._directory = directory
        self._data = directory / "data"
        self._log = directory / "log"
        self._port_file = directory / "port"
        self._password_file = directory / "password"
        self._certificate = directory / "server.crt"
        # The server's own user if we are root, which PostgreSQL refuses to run as.
        self._user = "postgres" if os.geteuid() == 0 else None

    def running(self):
        return self._postmaster() is not None and self._port_file.exists()

    def start(self):
        self._require_user()
        self._prepare_directory()
        self._password_file.write_text(secrets.token_hex(12))
        self._initialize()
        self._make_certificate()
        for attempt in range(5):
            port = free_port()
            self._configure(port)
            # -w waits until the server answers; a port that was taken meanwhile is tried anew.
            started = self._as_user(
                [binary("pg_ctl"), "-D", self._data, "-l", self._log, "-s", "-w", "-t", "60", "start"]
            )
            if started.returncode == 0:
                break
            log = self._log.read_text(errors="replace") if self._log.exists() else started.stderr
            if attempt == 4 or "Address already in use" not in log:
                raise ServiceError(f"PostgreSQL did not start:\n{log}")
        self._port_file.write_text(str(port))
        self._sql(f"create role {ROLE} login createdb password '{self._password()}'")

    def stop(self):
        pid = self._postmaster()
        if pid is not None:
            self._as_user([binary("pg_ctl"), "-D", self._data, "-m", "immediate", "-s", "-w", "stop"])
            deadline = time.monotonic() + 10
            while self._postmaster() == pid and time.monotonic() < deadline:
                time.sleep(0.05)
            if self._postmaster() == pid:
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self._directory, ignore_errors=True)
        shutil.rmtree(self._socket_directory(), ignore_errors=True)

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

    def describe(self):
        if not self.running():
            return "PostgreSQL: not running"
        return (
            f"PostgreSQL: 127.0.0.1:{self._port()}, socket in {self._socket_directory()}, "
            f"process {self._postmaster()}, log {self._log}"
        )

    def _postmaster(self):
        """The process of our server, or None. A number alone proves nothing: processes come and go."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            working_directory = os.readlink(f"/proc/{pid}/cwd")
        except (OSError, ValueError):
            return None
        return pid if working_directory == str(self._data.resolve()) else None

    def _require_user(self):
        if self._user is None:
            return
        try:
            pwd.getpwnam(self._user)
        except KeyError:
            raise ServiceError(
                "PostgreSQL does not run as root, and there is no user 'postgres' to run it as"
            ) from None

    def _prepare_directory(self):
        # Nobody else may enter: whoever reaches the socket is let in without a password.
        for folder in {self._directory, self._socket_directory()}:
            folder.mkdir(mode=0o700, parents=True)  # a folder that is there already is not ours
            if self._user is not None:
                shutil.chown(folder, self._user, self._user)

    def _initialize(self):
        made = self._as_user(
            [
                binary("initdb"), "-D", self._data, "-U", "postgres", "--no-sync", "-E", "UTF8",
                "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256",
            ]
        )
        if made.returncode != 0:
            raise ServiceError(f"initdb failed:\n{made.stdout}{made.stderr}")

    def _make_certificate(self):
        key = self._data / "server.key"
        made = self._as_user(
            [
                "openssl", "req", "-new", "-x509", "-days", "30", "-nodes", "-newkey", "ec",
                "-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", key, "-out", self._data / "server.crt",
            ]
        )
        if made.returncode != 0:
            raise ServiceError(f"openssl made no certificate:\n{made.stderr}")
        key.chmod(0o600)
        shutil.copyfile(self._data / "server.crt", self._certificate)

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

    def _socket_directory(self):
        # The name of a Unix socket may have 107 bytes; ".s.PGSQL.65535.lock" is ours to add.
        if len(str(self._directory)) <= 80:
            return self._directory
        digest = hashlib.sha256(str(self._directory).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"azoth-socket-{digest}"

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

    def _as_user(self, argv):
        identity = {}
        if self._user is not None:
            identity = {"user": self._user, "group": self._user, "extra_groups": []}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        # Output goes to files: a server that inherits a pipe keeps its reader waiting for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            try:
                done = subprocess.run(
                    [str(word) for word in argv], cwd="/", stdin=subprocess.DEVNULL, stdout=out,
                    stderr=err, env={**clean, "HOME": "/", "LC_ALL": "C.UTF-8"}, umask=0o077,
                    check=False, **identity,
                )
            except OSError as error:
                raise ServiceError(f"{argv[0]}: {error.strerror}") from None
            out.seek(0)
            err.seek(0)
            done.stdout, done.stderr = out.read(), err.read()
        return done

    def _password(self):
        return self._password_file.read_text()

    def _port(self):
        return int(self._port_file.read_text())


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
