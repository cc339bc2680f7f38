# SPDX-License-Identifier: MIT
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import requirements_table  # noqa: E402
from requirements_table import Fault  # noqa: E402


def header(initializers, members):
    return f"""struct Requirements {{
    explicit Requirements(const Database& database)
        : {initializers} {{}}

    bool sqlite;
{members}
}};
"""


SQLITE = 'sqlite(database.like.starts_with("sqlite"))'


class RequirementsTableTest(unittest.TestCase):
    def row(self, initializers, members, name):
        page = requirements_table.make_page(header(initializers, members))
        return next(line for line in page.splitlines() if f"`{name}`" in line)

    def test_evaluates_for_each_database(self):
        self.assertEqual(
            self.row(SQLITE + ",\n          fast(!sqlite)", "    bool fast;  ///< it is", "fast"),
            "| `fast` | no | no | yes | yes | it is |")
        self.assertEqual(
            self.row(SQLITE + ',\n          shared(database.like != "sqlite_memory")', "    bool shared;", "shared"),
            "| `shared` | yes | no | yes | yes |  |")

    def test_takes_remarks_of_several_lines(self):
        members = "    bool fast;  ///< as fast\n                ///< as can be"
        self.assertTrue(self.row(SQLITE + ",\n          fast(sqlite)", members, "fast").endswith("| as fast as can be |"))

    def test_refuses_what_it_does_not_understand(self):
        for initializer in ("fast(sqlite || true)", "fast(later)", "fast = sqlite"):
            with self.assertRaises(Fault):
                requirements_table.make_page(header(f"{SQLITE},\n          {initializer}", "    bool fast;"))

    def test_wants_each_member_initialised(self):
        with self.assertRaises(Fault):
            requirements_table.make_page(header(SQLITE, "    bool fast;"))


if __name__ == "__main__":
    unittest.main()
