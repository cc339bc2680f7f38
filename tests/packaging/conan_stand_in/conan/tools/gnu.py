# SPDX-License-Identifier: MIT


class PkgConfigDeps:
    def __init__(self, _recipe):
        pass

    def generate(self):
        pass
