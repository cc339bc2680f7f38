# SPDX-License-Identifier: MIT
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import docs_program  # noqa: E402


def fence(code, language="cpp"):
    return f"```{language}\n{code}\n```\n"


class DocsProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def read(self, text):
        path = self.folder / "page.md"
        path.write_text(text)
        return docs_program.Reader(path).read()

    def run_program(self, text):
        """The exit status and the output of the program made of the document."""
        source, program = self.folder / "docs.cpp", self.folder / "docs"
        source.write_text(docs_program.program_of([self.read(text)]))
        subprocess.run(
            ["g++", "-std=c++20", "-O0", f"-I{ROOT}", source, ROOT / "tests/docs/runner.cpp", "-o", program],
            check=True,
        )
        done = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stdout

    def test_blocks_of_every_kind_run(self):
        status, output = self.run_program(
            "# Page\n"
            + fence("#include <cstdio>\nstruct S { static int f() { return 0; } };\n"
                    'int main() { std::puts("hello"); return S::f(); }')
            + "prints\n\n<!-- output -->\n" + fence("hello", "text")
            + "<!-- prelude: four\n#include <vector>\ntemplate <class T> T twice(T t) { return t + t; }\n---\nint four = twice(2);\n-->\n"
            + "<!-- use: four -->\n" + fence("std::vector<int> all{four};")
            + "more\n\n<!-- continues -->\n" + fence("if (all.at(0) != 4) throw 1;")
            + "<!-- not run -->\n" + fence("throw 2;")
            + "<!-- not compiled -->\n" + fence("whatever …")
            + fence("make", "sh")
            + fence("int main(int argc, char**) { return argc - 1; }")
        )
        self.assertEqual(output, "3 blocks ran, 0 failed\n")
        self.assertEqual(status, 0)

    def test_failures_are_named_by_document_and_line(self):
        status, output = self.run_program(
            "\n" + fence('#include <stdexcept>\nthrow std::runtime_error("planted");')
            + fence('#include <iostream>\nstd::cout << "one\\n";') + "<!-- output -->\n" + fence("two", "text")
            + fence("int main() { return 3; }")
        )
        self.assertEqual(status, 1)
        self.assertIn("page.md:2: planted", output)
        self.assertIn("it should print:\ntwo\nbut prints:\none", output)
        self.assertIn("main returned 3", output)
        self.assertIn("3 blocks ran, 3 failed", output)

    def test_each_block_runs_in_an_empty_directory(self):
        write = '#include <fstream>\nif (std::ifstream("f")) throw 1;\nstd::ofstream("f") << 1;'
        self.assertEqual(self.run_program(fence(write) + fence(write))[0], 0)

    def test_refuses_comments_that_lead_nowhere(self):
        for text, fault in {
            "<!-- not run -->\nText.\n": "page.md:2: 'not run' is not followed by a block",
            "<!-- use: gone -->\n" + fence(";"): "there is no prelude 'gone'",
            "<!-- continues -->\n" + fence(";"): "nothing that this block could continue",
            "<!-- prelude: p\nint i;\n": "no '-->' ends this",
            "```cpp\nint i;\n": "no '```' ends this",
            "<!-- not run -->\n": "the document ends",
            "<!-- not run -->\n" + fence("ls", "sh"): r"wants a C\+\+ block",
        }.items():
            with self.subTest(text), self.assertRaisesRegex(docs_program.DocumentError, fault):
                self.read(text)

    def test_other_comments_are_left_alone(self):
        self.assertEqual(len(self.read("<!-- a remark -->\nText.\n" + fence(";")).units), 1)


if __name__ == "__main__":
    unittest.main()
