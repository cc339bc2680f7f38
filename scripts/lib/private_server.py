# SPDX-License-Identifier: MIT
"""What private database servers have in common: a directory nobody else enters, a user to run as, a port, a
password, a certificate."""

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from service_set import ServiceError

ROLE = "azoth"


class PrivateServer:
    name = ""
    root_runs_as = ""  # the server's own user if we are root, which such servers refuse to run as
    longest_socket_name = 0  # what the server puts behind the socket directory, in bytes

    def __init__(self, directory):
        self._directory = directory
        self._data = directory / "data"
        self._log = directory / "log"
        self._port_file = directory / "port"
        self._password_file = directory / "password"
        self._certificate = directory / "server.crt"
        self._user = self.root_runs_as if os.geteuid() == 0 else None

    def running(self):
        return self._process() is not None and self._port_file.exists()

    def _prepare(self):
        """The directories, a password and nothing in them yet."""
        self._require_user()
        # Nobody else may enter: whoever reaches the socket may be let in without a password.
        for folder in {self._directory, self._socket_directory()}:
            folder.mkdir(mode=0o700, parents=True)  # a folder that is there already is not ours
            if self._user is not None:
                shutil.chown(folder, self._user, self._user)
        self._password_file.write_text(secrets.token_hex(12))

    def _start_on_free_port(self, launch):
        """Calls `launch(port)`, which returns whether the server answers there, until it does: a port that was
        taken meanwhile is no reason to give up."""
        for attempt in range(5):
            port = free_port()
            if launch(port):
                self._port_file.write_text(str(port))
                return
            log = self._log.read_text(errors="replace") if self._log.exists() else ""
            if attempt == 4 or "Address already in use" not in log:
                raise ServiceError(f"{self.name} did not start:\n{log}")

    def _wait_for_end(self, pid, seconds=10):
        """Kills the process where it does not end by itself."""
        deadline = time.monotonic() + seconds
        while self._process() == pid and time.monotonic() < deadline:
            time.sleep(0.05)
        if self._process() == pid:
            os.kill(pid, signal.SIGKILL)

    def _remove(self):
        shutil.rmtree(self._directory, ignore_errors=True)
        shutil.rmtree(self._socket_directory(), ignore_errors=True)

    def describe(self):
        if not self.running():
            return f"{self.name}: not running"
        return (
            f"{self.name}: 127.0.0.1:{self._port()}, socket in {self._socket_directory()}, "
            f"process {self._process()}, log {self._log}"
        )

    def _process_in(self, pid_file):
        """The process of our server, or None. A number alone proves nothing: processes come and go."""
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
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
                f"{self.name} does not run as root, and there is no user '{self._user}' to run it as"
            ) from None

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

    def _socket_directory(self):
        # The name of a Unix socket may have 107 bytes.
        if len(str(self._directory)) + self.longest_socket_name < 107:
            return self._directory
        digest = hashlib.sha256(str(self._directory).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"azoth-socket-{digest}"

    def _identity(self):
        if self._user is None:
            return {}
        return {"user": self._user, "group": self._user, "extra_groups": []}

    def _as_user(self, argv, text=None):
        """Runs a program to its end with `text` as its input; what it printed is in stdout and stderr."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "MYSQL", "MARIADB"))}
        # Output goes to files: a server that inherits a pipe keeps its reader waiting for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err, \
                tempfile.TemporaryFile("w+") as given:
            given.write(text or "")
            given.seek(0)
            try:
                done = subprocess.run(
                    [str(word) for word in argv], cwd="/", stdin=given, stdout=out, stderr=err,
                    env={**clean, "HOME": "/", "LC_ALL": "C.UTF-8"}, umask=0o077, check=False,
                    **self._identity(),
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
