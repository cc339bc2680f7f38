# SPDX-License-Identifier: MIT
"""As much of Conan as the recipe uses, for a build that exists already: packaging_test.py runs the
recipe's methods with it, in Conan's order."""

from types import SimpleNamespace


class Options(SimpleNamespace):
    def get_safe(self, name, default=None):
        return getattr(self, name, default)

    def rm_safe(self, name):
        self.__dict__.pop(name, None)


class Component:
    def __init__(self):
        self.libs, self.system_libs, self.requires, self.properties = [], [], [], {}

    def set_property(self, name, value):
        self.properties[name] = value


class PackageInfo(Component):
    def __init__(self):
        super().__init__()
        self.components = Components()


class Components(dict):
    def __missing__(self, name):
        self[name] = Component()
        return self[name]


class ConanFile:
    def __init__(self, recipe_folder, folder, build_folder, **options):
        unknown = set(options) - set(self.options)
        assert not unknown, f"the recipe has no options {unknown}"
        self.options = Options(**{**self.default_options, **options})
        self.recipe_folder = str(recipe_folder)
        self.export_sources_folder = self.source_folder = str(folder / "source")
        self.package_folder = str(folder / "package")
        self.build_folder = str(build_folder)
        self.cpp_info = PackageInfo()
        self.required = []

    def requires(self, reference, **_traits):
        self.required.append(reference)
