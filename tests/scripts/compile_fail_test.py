# SPDX-License-Identifier: MIT
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import compile_fail  # noqa: E402

BODY = """
template <class T> void f(T) { static_assert(sizeof(T) == 1, "a char, please"); }
int main() {
#ifdef AZOTH_VALID
    f('a');
#else
    f(1);
#endif
}
"""


class CompileFailTest(unittest.TestCase):
    def faults(self, text, compiler="g++"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mistake.cpp"
            path.write_text(text)
            return compile_fail.Case(path).check(compiler, ["-std=c++20", "-fsyntax-only"])

    def test_accepts_a_mistake_that_is_refused_with_the_right_words(self):
        self.assertEqual(self.faults("// expect: a char, please" + BODY), [])

    def test_misses_other_words(self):
        faults = self.faults("// expect: an int, please" + BODY)
        self.assertEqual(faults[0], "the message lacks: an int, please")

    def test_wants_words_to_expect(self):
        self.assertEqual(len(self.faults("// nothing" + BODY)), 1)

    def test_words_for_one_compiler_do_not_concern_another(self):
        both = "// expect: a char, please\n// expect(clang++): clang's own words"
        self.assertEqual(self.faults(both + BODY), [])
        self.assertEqual(len(self.faults("// expect(clang++): clang's own words" + BODY)), 1)

    def test_wants_a_right_spelling(self):
        self.assertEqual(len(self.faults("// expect: static\nstatic_assert(false);\n")), 1)

    def test_notices_what_compiles(self):
        faults = self.faults("// expect: anything\n#ifdef AZOTH_VALID\n#endif\n")
        self.assertEqual(faults, ["it compiles"])

    def test_notices_a_right_spelling_that_is_wrong(self):
        faults = self.faults("// expect: a char, please" + BODY + "int wrong = nonsense;\n")
        self.assertTrue(faults[-1].startswith("its right spelling does not compile"))

    def test_limits_the_length_of_the_message(self):
        faults = self.faults("// expect: a char, please\n// at most: 2 lines" + BODY)
        self.assertRegex(faults[0], "at most 2 are allowed")


if __name__ == "__main__":
    unittest.main()
