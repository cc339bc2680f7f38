# SPDX-License-Identifier: MIT
"""Tests of scripts/fuzz.py."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

import fuzz  # noqa: E402


class Seeds(unittest.TestCase):
    def test_every_byte_survives_the_way_through_a_line(self):
        data = bytes(range(256))
        self.assertEqual(fuzz.unescape(fuzz.escape(data).encode()), data)

    def test_named_escapes_are_read(self):
        self.assertEqual(fuzz.unescape(rb"a\n\t\r\\n\x00"), b"a\n\t\r\\n\x00")

    def test_unknown_escapes_are_refused(self):
        for line in (rb"\q", rb"\x4", rb"\xzz", b"end\\"):
            with self.assertRaises(ValueError):
                fuzz.unescape(line)

    def test_the_files_of_seeds_can_be_read(self):
        files = sorted((SCRIPTS.parent / "tests" / "fuzz" / "seeds").glob("*.txt"))
        self.assertTrue(files)
        for file in files:
            with tempfile.TemporaryDirectory() as folder:
                fuzz.write_seeds(file, Path(folder) / "seeds")
                self.assertTrue(list((Path(folder) / "seeds").iterdir()), file)


class Run(unittest.TestCase):
    """A program in place of libFuzzer's, which leaves a failing input behind."""

    def run_with(self, body):
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            program = work / "program"
            program.write_text(f"#!/bin/sh\n{body}\n")
            program.chmod(0o755)
            (work / "seeds.txt").write_text("# a comment\nab\\x00\n")
            return subprocess.run(
                [SCRIPTS / "fuzz.py", "--seeds", work / "seeds.txt", "--work", work / "run", "--seconds", "1",
                 program],
                stdout=subprocess.PIPE, text=True, check=False,
            )

    def test_a_search_without_failure_succeeds(self):
        self.assertEqual(self.run_with("exit 0").returncode, 0)

    def test_a_failing_program_fails(self):
        self.assertEqual(self.run_with("exit 77").returncode, 1)

    def test_a_failing_input_is_shown_as_a_line_of_seeds(self):
        result = self.run_with(
            'for a in "$@"; do case $a in -artifact_prefix=*) f=${a#*=} ;; esac; done\n'
            "printf 'a\\\\b\\001' > ${f}crash-1; exit 0"
        )
        self.assertEqual(result.returncode, 1)
        self.assertIn("a\\x5cb\\x01\n", result.stdout)


if __name__ == "__main__":
    unittest.main()
