# SPDX-License-Identifier: MIT
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFINED = re.compile(r'^AZOTH_DEFINE_(?:DBAPI_)?ERROR\((\w+), (\w+),\s*"([\w-]+)"\);', re.MULTILINE)
ROW = re.compile(r"^\| `(azoth-[\w-]+)` \| `(\w+)` \| `(\w+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def defined():
    """Each error of the headers, as class: (base, code)."""
    return {
        name: (base, code)
        for header in (ROOT / "azoth").rglob("*.hpp")
        for name, base, code in DEFINED.findall(header.read_text())
    }


class ErrorsDocumentedTest(unittest.TestCase):
    def test_docs_errors_md_has_each_class_with_its_code_and_its_base(self):
        text = (ROOT / "docs" / "errors.md").read_text()
        rows = {name: (base, code) for code, name, base, _, _ in ROW.findall(text)}
        errors = defined()
        self.assertGreater(len(errors), 30)
        for name, expected in errors.items():
            self.assertEqual(rows.get(name), expected, name)

    def test_each_code_but_those_of_roots_is_that_of_one_class(self):
        codes = [code for _, code in defined().values()]
        self.assertEqual(len(codes), len(set(codes)))


if __name__ == "__main__":
    unittest.main()
