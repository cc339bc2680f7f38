# SPDX-License-Identifier: MIT
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import check_headers  # noqa: E402


class CheckHeadersTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = Path(folder.name)

    def write(self, name, *lines):
        path = self.base / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    def faults(self, name, *lines, public=True):
        return [text for _, text in check_headers.rule_faults(name, self.write(name, *lines), public)]

    def test_what_the_headers_for_users_reach_is_public(self):
        self.write("core.hpp", "#include <azoth/pool/pool.hpp>", "#include <vector>")
        self.write("pool/pool.hpp", "#include <azoth/base/error.hpp>")
        self.write("base/error.hpp")
        self.write("pool/record.hpp")
        self.assertEqual(check_headers.public_headers(self.base), {"core.hpp", "pool/pool.hpp", "base/error.hpp"})

    def test_public_headers_include_the_standard_library_and_azoth(self):
        self.assertEqual(self.faults("pool/a.hpp", "#include <vector>", "#include <azoth/base/b.hpp>"), [])
        for header in ("boost/url.hpp", "sqlite3.h", "unistd.h", "iostream"):
            self.assertEqual(len(self.faults("pool/a.hpp", f"#include <{header}>")), 1)

    def test_headers_that_a_source_includes_first_need_no_proof(self):
        files = {
            "pool/a.hpp": ["#include <azoth/pool/g.hpp>"],
            "pool/a.cpp": ["// text", "#include <azoth/pool/a.hpp>", "#include <azoth/base/b.hpp>"],
            "pool/c.cpp": ["#include <vector>", "#include <azoth/pool/d.hpp>"],
            "pool/e.cpp": ["int e();"],
        }
        first = check_headers.included_first({name: self.write(name, *lines) for name, lines in files.items()})
        self.assertEqual({name for name in first if name.endswith(".hpp")}, {"pool/a.hpp"})

    def test_internal_headers_and_sources_include_what_they_need(self):
        self.assertEqual(self.faults("pool/a.hpp", "#include <sqlite3.h>", public=False), [])

    def test_layers_do_not_look_up(self):
        for name in ("pool/a.hpp", "pool/a.cpp"):
            self.assertEqual(self.faults(name, "#include <azoth/engine/e.hpp>"), ["pool/ must not know engine/"])
        self.assertEqual(self.faults("engine/a.cpp", "#include <azoth/pool/p.hpp>", public=False), [])

    def test_layers_do_not_use_the_headers_for_users(self):
        self.assertEqual(len(self.faults("pool/a.hpp", "#include <azoth/core.hpp>")), 1)

    def test_unknown_layers_are_refused(self):
        self.assertEqual(len(self.faults("attic/a.hpp")), 1)

    def test_files_are_included_in_angle_brackets(self):
        self.assertEqual(len(self.faults("pool/a.cpp", '#include "b.hpp"', public=False)), 1)


if __name__ == "__main__":
    unittest.main()
