#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Installs Azoth, static and shared, and builds and runs a program outside against each. The shared one
also as Debian packages and by the recipes of packaging/, with stand-ins for vcpkg and Conan. With the static one
the compliance suite is installed too, and run with a dialect outside.

  packaging_test.py --source CHECKOUT --build BUILD --work DIR --consumer FOLDER

BUILD is a finished static build; the shared one is made in DIR with the same compiler and build type.
The program is built by find_package() and by pkg-config, with its own strict warnings as errors, and
must neither need nor load anything but the components it asked for.
"""

import argparse
import importlib.util
import json
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


DIALECTS = ("sqlite", "postgresql", "mariadb", "mssql", "oracle")


class Package:
    """One installed tree, and the checks on it."""

    def __init__(self, kind, prefix, options, library_folder=None):
        self.kind = kind
        self.prefix = prefix
        self.consumer = options.consumer
        self.work = options.work / f"consumer-{kind}"
        self.compiler = cached(options.build, "CMAKE_CXX_COMPILER")
        self.libraries = prefix / (library_folder or cached(options.build, "CMAKE_INSTALL_LIBDIR"))

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
        for foreign in ("libpq", "libmariadb"):
            if foreign in loaded:
                raise Failure(f"a program that asked for SQLite alone loads {foreign}:\n{loaded}")
        if ("libazoth" in loaded) != (self.kind != "static"):
            raise Failure(f"wrong libraries for a {self.kind} installation:\n{loaded}")


def check_shared_names(package, version):
    """The shared libraries carry the name that changes when their interface does."""
    expected = ".".join(version.split(".")[:2])
    for library in ("azoth", *(f"azoth-{dialect}" for dialect in DIALECTS)):
        header = run(["readelf", "-d", package.libraries / f"lib{library}.so"])
        if f"[lib{library}.so.{expected}]" not in header:
            raise Failure(f"lib{library}.so has not the SONAME lib{library}.so.{expected}:\n{header}")


def fenced_blocks(page, languages):
    """The code of a Markdown page's blocks in these languages."""
    return [code for language, code in re.findall(r"^```(\w+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
            if language in languages]


def check_compliance_suite(package, options):
    """Installs the compliance suite, and runs it with a dialect outside; the guide shows that very program."""
    outside = options.consumer.parent / "outside_dialect"
    program = "".join(path.read_text() for path in sorted(outside.iterdir()))
    for block in fenced_blocks((options.source / "docs/compliance.md").read_text(), ("cpp", "cmake")):
        if block not in program:
            raise Failure(f"docs/compliance.md shows what is not in {outside}:\n{block}")
    run(["cmake", "--build", options.build, "--target", "azoth_compliance_suite", "-j", jobs()])
    run(["cmake", "--install", options.build, "--prefix", package.prefix, "--component", "compliance"])
    build = package.work / "outside-dialect"
    run([
        "cmake", "-S", outside, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={package.prefix}",
        f"-DCMAKE_CXX_COMPILER={package.compiler}", f"-DCMAKE_CXX_FLAGS={' '.join(WARNINGS)}",
        "-DCMAKE_CXX_COMPILER_LAUNCHER=", "-DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF",
    ])
    run(["cmake", "--build", build])
    done = run([build / "outlite_compliance", "--gtest_brief=1"],
               env={**os.environ, "AZOTH_TEST_URLS": f"outlite:///{build}/suite.db"})
    if not (passed := re.search(r"PASSED\D+(\d+) tests", done)) or int(passed[1]) < 300:
        raise Failure(f"the compliance suite ran too few tests:\n{done}")
    print(f"compliance suite: {passed[1]} tests passed with a dialect outside")


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


def install_debian(options):
    """The packages that cpack makes of the shared build, unpacked; what they say they need is checked."""
    folder = options.work / "debian"
    run(["cpack", "-G", "DEB", "-B", folder / "packages"], cwd=options.work / "build-shared")
    root = folder / "root"
    packages = {}
    for archive in sorted((folder / "packages").glob("*.deb")):
        name, depends = run(["dpkg-deb", "-f", archive, "Package", "Depends"]).strip().split("\n")
        packages[name.removeprefix("Package: ")] = depends.removeprefix("Depends: ")
        run(["dpkg-deb", "-x", archive, root])
    check_debian_packages(packages, cached(options.build, "CMAKE_PROJECT_VERSION"))
    (library,) = root.rglob("libazoth.so")
    return Package("debian", root / "usr", options, library.parent.relative_to(root / "usr"))


def check_debian_packages(packages, version):
    abi = ".".join(version.split(".")[:2])
    core = f"libazoth{abi}"
    wanted = {
        core: "libc6",
        f"libazoth-sqlite{abi}": f"{core} (= {version}), libsqlite3-0",
        f"libazoth-postgresql{abi}": f"{core} (= {version}), libpq5",
        f"libazoth-mariadb{abi}": f"{core} (= {version}), libmariadb3",
        f"libazoth-mssql{abi}": f"{core} (= {version})",
        f"libazoth-oracle{abi}": f"{core} (= {version})",
        "libazoth-dev": ", ".join(f"{core.replace('azoth', name, 1)} (= {version})"
                                  for name in ("azoth", *(f"azoth-{dialect}" for dialect in DIALECTS))),
    }
    if set(packages) != set(wanted):
        raise Failure(f"the Debian packages are {sorted(packages)}, not {sorted(wanted)}")
    for name, needs in wanted.items():
        for need in needs.split(", "):
            if need not in packages[name]:
                raise Failure(f"{name} doesn't depend on {need}, but on: {packages[name]}")


def install_vcpkg(options):
    prefix = options.work / "vcpkg"
    run([
        "cmake", "-D", f"PORT_DIR={options.source / 'packaging/vcpkg/azoth'}", "-D", f"PACKAGES_DIR={prefix}",
        "-D", f"BUILD_DIR={options.work / 'build-shared'}", "-D", "FEATURES=sqlite;postgresql;mariadb",
        "-P", options.consumer.parent / "vcpkg_stand_in.cmake",
    ])
    manifest = json.loads((options.source / "packaging/vcpkg/azoth/vcpkg.json").read_text())
    check_same_version("vcpkg.json", manifest["version"], options)
    return Package("vcpkg", prefix, options, "lib")


def install_conan(options):
    """Runs the recipe's methods in Conan's order."""
    sys.path.insert(0, str(options.consumer.parent / "conan_stand_in"))
    path = options.source / "packaging/conan/conanfile.py"
    spec = importlib.util.spec_from_file_location("conanfile", path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    recipe = module.Azoth(path.parent, options.work / "conan", options.work / "build-shared",
                          shared=True, sqlite=True, postgresql=True, mariadb=True)
    for method in ("export_sources", "configure", "layout", "validate", "requirements", "generate", "build",
                   "package", "package_info"):
        getattr(recipe, method)()
    check_same_version("conanfile.py", recipe.version, options)
    package = Package("conan", Path(recipe.package_folder), options, "lib")
    for component in recipe.cpp_info.components.values():
        for library in component.libs:
            if not (package.libraries / f"lib{library}.so").exists():
                raise Failure(f"the Conan recipe names a library that is not installed: {library}")
    return package


def check_same_version(recipe, version, options):
    if version != cached(options.build, "CMAKE_PROJECT_VERSION"):
        raise Failure(f"{recipe} says version {version}, the project is another")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("source", "build", "work", "consumer"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    # What earlier runs installed or built outside must not help; the shared build may be continued.
    installs = (install_static, install_shared, install_debian, install_vcpkg, install_conan)
    for kind in ("static", "shared", "debian", "vcpkg", "conan"):
        shutil.rmtree(options.work / kind, ignore_errors=True)
        shutil.rmtree(options.work / f"consumer-{kind}", ignore_errors=True)
    try:
        for install in installs:
            package = install(options)
            package.check_by_find_package()
            package.check_by_pkg_config()
            package.check_missing_component_is_named()
            print(f"{package.kind}: found by find_package and pkg-config, built, run")
            if package.kind == "static":
                check_compliance_suite(package, options)
            else:
                check_shared_names(package, cached(options.build, "CMAKE_PROJECT_VERSION"))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
