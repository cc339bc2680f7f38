#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Installs Azoth, static and shared, and builds and runs a program outside against each.

  packaging_test.py --source CHECKOUT --build BUILD --work DIR --consumer FOLDER

BUILD is a finished static build; the shared one is made in DIR with the same compiler and build type.
The program is built by find_package() and by pkg-config, with its own strict warnings as errors, and
must neither need nor load anything but the components it asked for.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))

from parallel import jobs  # noqa: E402

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
AS_IN_THE_STATIC_BUILD = ("CMAKE_CXX_COMPILER", "CMAKE_BUILD_TYPE", "CMAKE_INSTALL_LIBDIR", "AZOTH_WERROR")


class Failure(Exception):
    pass


def run(argv, **options):
    """Runs a command and returns what it printed; a failure carries all of it."""
    done = subprocess.run(
        [str(word) for word in argv], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False, **options,
    )
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, argv))}\n{done.stdout}")
    return done.stdout


def cached(build, name):
    found = re.search(rf"^{name}:\w+=(.*)$", (build / "CMakeCache.txt").read_text(), re.MULTILINE)
    return found[1] if found else ""


class Package:
    """One installed tree, and the checks on it."""

    def __init__(self, kind, prefix, options):
        self.kind = kind
        self.prefix = prefix
        self.consumer = options.consumer
        self.work = options.work / f"consumer-{kind}"
        self.compiler = cached(options.build, "CMAKE_CXX_COMPILER")
        self.libraries = prefix / cached(options.build, "CMAKE_INSTALL_LIBDIR")

    def check_by_find_package(self):
        build = self.work / "cmake"
        run([
            "cmake", "-S", self.consumer, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DCMAKE_CXX_COMPILER={self.compiler}", f"-DCMAKE_CXX_FLAGS={' '.join(WARNINGS)}",
            "-DCMAKE_CXX_COMPILER_LAUNCHER=", "-DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF",
        ])
        run(["cmake", "--build", build])
        self._check_program(build / "consumer")

    def check_by_pkg_config(self):
        environment = {**os.environ, "PKG_CONFIG_PATH": str(self.libraries / "pkgconfig")}
        flags = run(["pkg-config", "--cflags", "--libs", "azoth-sqlite"], env=environment).split()
        program = self.work / "consumer-pkg-config"
        run([self.compiler, "-std=c++20", *WARNINGS, self.consumer / "main.cpp", "-o", program, *flags])
        self._check_program(program)

    def check_missing_component_is_named(self):
        script = self.work / "missing" / "CMakeLists.txt"
        script.parent.mkdir(parents=True)
        script.write_text(
            "cmake_minimum_required(VERSION 3.22)\nproject(missing LANGUAGES CXX)\n"
            "find_package(azoth REQUIRED COMPONENTS nosuchdialect)\n"
        )
        try:
            run(["cmake", "-S", script.parent, "-B", script.parent / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}"])
        except Failure as failure:
            if "installed without 'nosuchdialect'" in re.sub(r"\s+", " ", str(failure)):
                return
            raise
        raise Failure("find_package() accepts a component that does not exist")

    def _check_program(self, program):
        environment = {**os.environ, "LD_LIBRARY_PATH": str(self.libraries)}
        run([program], env=environment)
        loaded = run(["ldd", program], env=environment)
        if "libpq" in loaded:
            raise Failure(f"a program that asked for SQLite alone loads libpq:\n{loaded}")
        if ("libazoth" in loaded) != (self.kind == "shared"):
            raise Failure(f"wrong libraries for a {self.kind} installation:\n{loaded}")


def check_shared_names(package, version):
    """The shared libraries carry the name that changes when their interface does."""
    expected = ".".join(version.split(".")[:2])
    for library in ("libazoth", "libazoth-sqlite", "libazoth-postgresql"):
        header = run(["readelf", "-d", package.libraries / f"{library}.so"])
        if f"[{library}.so.{expected}]" not in header:
            raise Failure(f"{library}.so has not the SONAME {library}.so.{expected}:\n{header}")


def install_static(options):
    prefix = options.work / "static"
    run(["cmake", "--install", options.build, "--prefix", prefix])
    return Package("static", prefix, options)


def install_shared(options):
    build = options.work / "build-shared"
    prefix = options.work / "shared"
    run([
        "cmake", "-S", options.source, "-B", build, "-G", "Ninja", "-DBUILD_SHARED_LIBS=ON",
        "-DAZOTH_BUILD_TESTS=OFF", "-DAZOTH_BUILD_EXAMPLES=OFF", f"-DCMAKE_INSTALL_PREFIX={prefix}",
        *(f"-D{name}={cached(options.build, name)}" for name in AS_IN_THE_STATIC_BUILD),
    ])
    run(["cmake", "--build", build, "-j", jobs()])
    run(["cmake", "--install", build])
    return Package("shared", prefix, options)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("source", "build", "work", "consumer"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    # What earlier runs installed or built outside must not help; the shared build may be continued.
    for left in ("static", "shared", "consumer-static", "consumer-shared"):
        shutil.rmtree(options.work / left, ignore_errors=True)
    try:
        for install in (install_static, install_shared):
            package = install(options)
            package.check_by_find_package()
            package.check_by_pkg_config()
            package.check_missing_component_is_named()
            print(f"{package.kind}: found by find_package and pkg-config, built, run")
        check_shared_names(package, cached(options.build, "CMAKE_PROJECT_VERSION"))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
