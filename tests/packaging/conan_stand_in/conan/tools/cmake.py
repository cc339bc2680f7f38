# SPDX-License-Identifier: MIT
import subprocess

_variables = {}


def cmake_layout(_recipe):
    pass


class CMakeToolchain:
    def __init__(self, _recipe):
        self.cache_variables = {}

    def generate(self):
        _variables.update(self.cache_variables)


class CMakeDeps:
    def __init__(self, _recipe):
        pass

    def generate(self):
        pass


class CMake:
    def __init__(self, recipe):
        self.recipe = recipe

    def configure(self):
        recipe = self.recipe
        values = {**_variables, "BUILD_SHARED_LIBS": recipe.options.shared,
                  "CMAKE_INSTALL_PREFIX": recipe.package_folder, "CMAKE_INSTALL_LIBDIR": "lib"}
        words = [f"-D{name}={'ON' if value is True else 'OFF' if value is False else value}"
                 for name, value in values.items()]
        # What was exported must be enough to configure; the build that exists is of the checkout.
        self._run("cmake", "-S", recipe.source_folder, "-B", recipe.package_folder + "-configured", *words)
        self._run("cmake", recipe.build_folder, *words)

    def build(self):
        self._run("cmake", "--build", self.recipe.build_folder)

    def install(self):
        self._run("cmake", "--install", self.recipe.build_folder)

    @staticmethod
    def _run(*argv):
        subprocess.run(argv, check=True)
