# SPDX-License-Identifier: MIT
"""Conan 2 recipe of the checkout it stands in: `conan create packaging/conan`."""

import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy
from conan.tools.gnu import PkgConfigDeps

DIALECTS = {
    "sqlite": "sqlite3/[>=3.40 <4]",
    "postgresql": "libpq/[>=14 <17]",
    "mariadb": "mariadb-connector-c/[>=3.3 <4]",
}
SYSTEM_NAMES = {
    "sqlite": "sqlite3::sqlite3",
    "postgresql": "libpq::libpq",
    "mariadb": "mariadb-connector-c::mariadb-connector-c",
}
WITHOUT_DRIVERS = ("mssql", "oracle")  # statements and DDL as text


class Azoth(ConanFile):
    name = "azoth"
    version = "0.1.0"
    description = "SQL toolkit and object-relational mapper for C++"
    license = "MIT"
    topics = ("sql", "orm", "database", "sqlite", "postgresql", "mariadb")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], **{name: [True, False] for name in DIALECTS}}
    default_options = {"shared": False, "fPIC": True, "sqlite": True, "postgresql": False,
                       "mariadb": False}

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..")
        for pattern in ("CMakeLists.txt", "LICENSE", "azoth/*", "cmake/*"):
            copy(self, pattern, src=root, dst=self.export_sources_folder)

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")

    def layout(self):
        cmake_layout(self)

    def validate(self):
        check_min_cppstd(self, 20)

    def requirements(self):
        self.requires("boost/[>=1.81 <2]", headers=True, libs=False, visible=False)
        for name, reference in DIALECTS.items():
            if self.options.get_safe(name):
                self.requires(reference)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["AZOTH_BUILD_TESTS"] = False
        toolchain.cache_variables["AZOTH_BUILD_EXAMPLES"] = False
        for name in DIALECTS:
            toolchain.cache_variables[f"AZOTH_{name.upper()}"] = bool(self.options.get_safe(name))
        toolchain.generate()
        CMakeDeps(self).generate()
        PkgConfigDeps(self).generate()  # libmariadb is found by its pkg-config file

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "azoth")
        core = self.cpp_info.components["azoth"]
        core.set_property("cmake_target_name", "azoth::azoth")
        core.set_property("pkg_config_name", "azoth")
        core.libs = ["azoth"]
        core.system_libs = ["pthread"]
        for name in DIALECTS:
            if not self.options.get_safe(name):
                continue
            dialect = self.cpp_info.components[name]
            dialect.set_property("cmake_target_name", f"azoth::{name}")
            dialect.set_property("pkg_config_name", f"azoth-{name}")
            dialect.libs = [f"azoth-{name}"]
            dialect.requires = ["azoth", SYSTEM_NAMES[name]]
        for name in WITHOUT_DRIVERS:
            dialect = self.cpp_info.components[name]
            dialect.set_property("cmake_target_name", f"azoth::{name}")
            dialect.set_property("pkg_config_name", f"azoth-{name}")
            dialect.libs = [f"azoth-{name}"]
            dialect.requires = ["azoth"]
