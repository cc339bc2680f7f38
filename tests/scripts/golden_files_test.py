# SPDX-License-Identifier: MIT
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import golden_files  # noqa: E402

WHOLE = (
    "-- sqlite\nSELECT 1\n\n-- postgresql\nSELECT 1\n\n-- mariadb\n-- refused: no\n\n"
    "-- mssql\nSELECT 1\n\n-- oracle\nSELECT 1 FROM DUAL\n"
)


class GoldenFilesTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        (self.root / "docs").mkdir()
        (self.root / "tests/sql").mkdir(parents=True)
        self.lines("1.6-1\tdone\tA.b\ttitle", "1.6-2\tlater\t\ttitle", "1.7-1\tdone\tA.b\ttitle")

    def lines(self, *lines):
        (self.root / "docs/parity.tsv").write_text("id\tstatus\tevidence\ttitle\n" + "\n".join(lines) + "\n")

    def file(self, name, text=WHOLE):
        path = self.root / "tests/sql" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def problems(self):
        return "\n".join(golden_files.problems(self.root))

    def test_a_finished_feature_with_a_file_is_good(self):
        self.file("1.6-1/select.sql")
        self.assertEqual(self.problems(), "")

    def test_a_finished_feature_without_a_file_is_named(self):
        self.assertIn("1.6-1 is finished", self.problems())
        (self.root / "tests/sql/1.6-1").mkdir()
        self.assertIn("1.6-1: is empty", self.problems())

    def test_a_feature_that_is_not_finished_may_have_files_already(self):
        self.file("1.6-1/select.sql")
        self.file("1.6-2/join.sql")
        self.assertEqual(self.problems(), "")

    def test_a_folder_of_no_feature_is_named(self):
        self.file("1.6-1/select.sql")
        self.file("1.6-99/x.sql")
        self.assertIn("1.6-99", self.problems())

    def test_a_file_that_lacks_a_dialect_is_named(self):
        self.file("1.6-1/select.sql", WHOLE.replace("-- mariadb\n-- refused: no\n\n", ""))
        self.assertIn("select.sql", self.problems())

    def test_a_part_without_SQL_is_named(self):
        self.file("1.6-1/select.sql", WHOLE.replace("-- sqlite\nSELECT 1\n", "-- sqlite\n"))
        self.assertIn("select.sql", self.problems())


if __name__ == "__main__":
    unittest.main()
