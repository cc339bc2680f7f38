# SPDX-License-Identifier: MIT
"""A private MariaDB server: never the system's, which is neither used nor touched."""

import os
import shutil
import signal
import subprocess
import time
from urllib.parse import quote

from private_server import ROLE, PrivateServer
from service_set import ServiceError

# Durability costs time, and the data live for one test run. Packets of 16 MB are the server's usual
# limit, which tests meet; names are told apart by case, as on every Linux.
OPTIONS = (
    "--no-defaults", "--skip-log-bin", "--skip-name-resolve", "--bind-address=127.0.0.1",
    "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=OFF", "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=32M", "--innodb-fast-shutdown=2", "--max-connections=200",
    "--character-set-server=utf8mb4", "--collation-server=utf8mb4_nopad_bin", "--default-time-zone=+00:00",
    "--max-allowed-packet=32M", "--lower-case-table-names=0",
)


class MariadbServer(PrivateServer):
    name = "MariaDB"
    root_runs_as = "mysql"
    longest_socket_name = len("/mariadb.sock")

    def start(self):
        self._prepare()
        self._make_temporary_folder()
        self._initialize()
        self._make_certificate()
        self._start_on_free_port(self._launch)
        password = self._password()
        for host in ("127.0.0.1", "localhost"):
            self._sql(f"create user {ROLE}@'{host}' identified by '{password}'")
            # Tests look at other connections and end them; XA RECOVER shows prepared transactions.
            self._sql(f"grant all on *.* to {ROLE}@'{host}'")

    def stop(self):
        pid = self._process()
        if pid is not None:
            # Nobody needs the data again: no time is spent on leaving them in order.
            os.kill(pid, signal.SIGKILL)
            self._wait_for_end(pid)
        self._remove()

    def create(self, database):
        self._sql(f"create database `{database}`")

    def drop(self, database):
        # Prepared transactions are the server's, and other runs have theirs at the same time: this one's
        # begin with the name of its database and a blank. One more would be in the way of the drop.
        names = [line.split("\t")[-1] for line in self._sql("xa recover").splitlines()]
        left = [name for name in names if name.startswith(database + " ")]
        for gid in left:
            self._sql("xa rollback '{}'".format(gid.replace("'", "''")))
        self._sql(f"set lock_wait_timeout = 20; drop database `{database}`")
        if left:
            raise ServiceError(f"prepared transactions were left behind by {database}: {', '.join(left)}")

    def urls(self, database):
        """By the Unix socket: TCP is encrypted, and libmariadb takes 20 ms for each such connection."""
        socket = quote(str(self._socket()), safe="/")
        return [f"mariadb://{ROLE}:{self._password()}@/{database}?unix_socket={socket}"]

    def environment(self, database):
        return {
            "AZOTH_MARIADB_URL": f"mariadb://{ROLE}:{self._password()}@127.0.0.1:{self._port()}/{database}",
            "AZOTH_MARIADB_SOCKET_URL": self.urls(database)[0],
            "AZOTH_MARIADB_ROOT_CERTIFICATE": str(self._certificate),
        }

    def _process(self):
        return self._process_in(self._data / "server.pid")

    def _socket(self):
        return self._socket_directory() / "mariadb.sock"

    def _temporary(self):
        return self._directory / "tmp"

    def _make_temporary_folder(self):
        """A server that starts removes the temporary tables that lie in its folder: /tmp has those of others."""
        self._temporary().mkdir(mode=0o700)
        if self._user is not None:
            shutil.chown(self._temporary(), self._user, self._user)

    def _initialize(self):
        made = self._as_user(
            [
                program("mariadb-install-db"), "--no-defaults", f"--datadir={self._data}", "--skip-test-db",
                "--auth-root-authentication-method=normal", "--innodb-doublewrite=OFF",
                "--innodb-flush-log-at-trx-commit=0", f"--tmpdir={self._temporary()}",
            ]
        )
        if made.returncode != 0:
            raise ServiceError(f"mariadb-install-db failed:\n{made.stdout}{made.stderr}")

    def _launch(self, port):
        """Starts the server and waits until it answers, and says whether it does."""
        with self._log.open("a") as log:
            server = subprocess.Popen(
                [
                    program("mariadbd"), *OPTIONS, f"--datadir={self._data}", f"--port={port}",
                    f"--tmpdir={self._temporary()}", f"--socket={self._socket()}",
                    f"--pid-file={self._data / 'server.pid'}",
                    f"--ssl-cert={self._data / 'server.crt'}", f"--ssl-key={self._data / 'server.key'}",
                ],
                cwd=self._directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, umask=0o077, **self._identity(),
            )
        deadline = time.monotonic() + 60
        while server.poll() is None and time.monotonic() < deadline:
            if self._process() is not None and self._client("select 1").returncode == 0:
                server.returncode = 0  # It is to outlive this process, and Python would warn of that.
                return True
            time.sleep(0.05)
        return False

    def _client(self, statement):
        return self._as_user(
            [
                program("mariadb"), "--no-defaults", "--batch", "--skip-column-names", "--user=root",
                f"--socket={self._socket()}", f"--execute={statement}",
            ]
        )

    def _sql(self, statement):
        done = self._client(statement)
        if done.returncode != 0:
            raise ServiceError(f"MariaDB refused {statement!r}: {done.stderr.strip()}")
        return done.stdout


def program(name):
    """The path of one of MariaDB's programs; Debian keeps the server in sbin."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise ServiceError(f"MariaDB's {name} is missing (on Debian: apt-get install mariadb-server)")
    return found
