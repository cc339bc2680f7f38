# SPDX-License-Identifier: MIT
"""A set of private database services in one directory: starting, finding and stopping them.

A service is a class with

  name                         for people
  __init__(directory)          where it may keep everything it needs
  running()                    whether it runs now, whoever asks
  start() / stop()             stop() ends only what start() began, and copes with what is half begun
  create(database)             makes an empty database
  drop(database)               removes it; a ServiceError if something still holds on to it
  urls(database)               the URLs under which tests reach that database
  environment(database)        further variables for programs that want more than a URL
  describe()                   one line

so a further kind of database is one further class in the list of scripts/services.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

# Who an `up` is for, if not for a process: it holds until somebody says `down`.
USER = "user"
NEEDED_BYTES = 400 * 1024 * 1024


class ServiceError(Exception):
    """What went wrong, in words for the person at the terminal."""


def default_directory():
    """The directory of this checkout's services: in memory if it has room, else in the temporary one."""
    checkout = Path(__file__).resolve().parent.parent.parent
    digest = hashlib.sha256(str(checkout).encode()).hexdigest()[:10]
    name = f"azoth-{os.geteuid()}-{digest}"
    memory = Path("/dev/shm")
    # An existing directory stays the right one, however full the memory has become since.
    if (memory / name).is_dir():
        return memory / name
    with contextlib.suppress(OSError):
        if os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free >= NEEDED_BYTES:
            return memory / name
    return Path(tempfile.gettempdir()) / name


def process_holder(pid):
    """The holder that a process is: its id, and when it started, because ids are used again."""
    try:
        status = Path(f"/proc/{int(pid)}/stat").read_text()
    except (OSError, ValueError):
        return None
    # The command's name, in parentheses, may itself hold spaces and parentheses.
    started = status.rpartition(")")[2].split()[19]
    return f"{pid} {started}"


class ServiceSet:
    def __init__(self, kinds, directory=None):
        chosen = directory or os.environ.get("AZOTH_SERVICES_DIR") or default_directory()
        self.directory = Path(chosen).absolute()
        self._services = [kind(self.directory / kind.name.lower()) for kind in kinds]
        self._holders_file = self.directory / "holders"

    def running(self):
        return all(service.running() for service in self._services)

    def up(self, holder=USER):
        with self._locked():
            self.directory.mkdir(mode=0o755, parents=True, exist_ok=True)
            if self.directory.stat().st_uid != os.geteuid():
                raise ServiceError(f"{self.directory} belongs to somebody else; set AZOTH_SERVICES_DIR")
            for service in self._services:
                if service.running():
                    continue
                service.stop()  # removes what an interrupted start or a crash left behind
                try:
                    service.start()
                    service.create("azoth")
                except BaseException:
                    service.stop()
                    raise
            self._keep_holders(self._holders() | {holder})

    def down(self, holder=USER):
        with self._locked():
            left = self._holders() - {holder}
            if left and holder != USER:
                self._keep_holders(left)
                return
            for service in self._services:
                service.stop()
            shutil.rmtree(self.directory, ignore_errors=True)

    def urls(self, database):
        self._require_running()
        return [url for service in self._services for url in service.urls(database)]

    def environment(self, database):
        variables = {"AZOTH_TEST_URLS": " ".join(self.urls(database))}
        for service in self._services:
            variables.update(service.environment(database))
        return variables

    @contextlib.contextmanager
    def databases(self, database):
        """Makes a database of that name in every service for as long as the context lasts."""
        self._require_running()
        created = []
        try:
            for service in self._services:
                service.create(database)
                created.append(service)
            yield self.environment(database)
        finally:
            for service in created:
                service.drop(database)

    def describe(self):
        return "\n".join(service.describe() for service in self._services)

    def _require_running(self):
        down = [service.name for service in self._services if not service.running()]
        if down:
            raise ServiceError(f"{', '.join(down)} not running; start with: scripts/services up")

    def _holders(self):
        """Who wants the servers: the user, and the processes that do and still live."""
        try:
            noted = self._holders_file.read_text().split("\n")
        except OSError:
            return set()
        return {holder for holder in noted if holder == USER or process_holder(holder.partition(" ")[0]) == holder}

    def _keep_holders(self, holders):
        self._holders_file.write_text("\n".join(sorted(holders)))

    @contextlib.contextmanager
    def _locked(self):
        """One `up` or `down` at a time for a directory. The lock file is removed when nothing is left."""
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        path = self.directory.with_name(self.directory.name + ".lock")
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            # Whoever held the lock before may have removed the file: then this lock protects nothing.
            with contextlib.suppress(FileNotFoundError):
                if os.stat(path).st_ino == os.fstat(handle).st_ino:
                    break
            os.close(handle)
        try:
            yield
        finally:
            if not self.directory.exists():
                path.unlink(missing_ok=True)
            os.close(handle)
