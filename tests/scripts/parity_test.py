# SPDX-License-Identifier: MIT
import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import parity  # noqa: E402

HEADER = "id\tstatus\tevidence\ttitle"


def result(suite, name, outcome="COMPLETED", failures=()):
    return {
        "name": suite,
        "testsuite": [
            {
                "name": name, "classname": suite, "status": "RUN", "result": outcome,
                **({"failures": list(failures)} if failures else {}),
            }
        ],
    }


class ParityTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("docs", "scripts", "results"):
            (self.root / name).mkdir()
        (self.root / "scripts/parity_ids.txt").write_text("1-1\n1-2\n")
        (self.root / "docs/differences.md").write_text('# No such `thing`\n\n<a id="exact"></a>\n')

    def faults(self, *lines, suites=None, header=HEADER):
        (self.root / "docs/parity.tsv").write_text("\n".join([header, *lines]) + "\n")
        folder = None
        if suites is not None:
            folder = self.root / "results"
            (folder / "all.json").write_text(json.dumps({"testsuites": suites}))
        return parity.check(self.root, folder)[0]

    def one(self, line, suites=None):
        return self.faults(line, "1-2\tlater\t\tb", suites=suites)

    def test_accepts_a_table_in_which_everything_holds(self):
        self.assertEqual(
            self.faults(
                "1-1\tdone\tSuite.works, Suite.also\ta", "1-2\tdiffers\tdocs/differences.md#no-such-thing\tb",
                suites=[result("Suite", "works"), result("Suite", "also")],
            ),
            [],
        )

    def test_counts_the_statuses(self):
        self.faults("1-1\tlater\t\ta", "1-2\tlater\t\tb")
        self.assertEqual(parity.check(self.root, None)[1], {"later": 2})

    def test_wants_a_line_for_every_id(self):
        self.assertIn("1-2: no line", self.faults("1-1\tlater\t\ta"))

    def test_refuses_unknown_ids(self):
        faults = self.faults("1-1\tlater\t\ta", "1-2\tlater\t\tb", "9-9\tlater\t\tc")
        self.assertIn("line 4: 9-9 is not a known id", faults)

    def test_refuses_repeated_ids(self):
        faults = self.faults("1-1\tlater\t\ta", "1-2\tlater\t\tb", "1-2\tlater\t\tb")
        self.assertIn("1-2: more than one line", faults)

    def test_refuses_another_order(self):
        faults = self.faults("1-2\tlater\t\tb", "1-1\tlater\t\ta")
        self.assertIn("the lines are not in the order of scripts/parity_ids.txt", faults)

    def test_refuses_an_unknown_status(self):
        self.assertTrue(any("'soon'" in fault for fault in self.one("1-1\tsoon\t\ta")))

    def test_refuses_wrong_columns(self):
        self.assertTrue(any("3 columns" in fault for fault in self.one("1-1\tlater\ta")))
        lines = ("1-1\tlater\t\ta", "1-2\tlater\t\tb")
        self.assertTrue(any("line 1" in fault for fault in self.faults(*lines, header="id\tstatus")))

    def test_wants_a_title(self):
        self.assertTrue(any("no title" in fault for fault in self.one("1-1\tlater\t\t")))

    def test_wants_evidence_for_done_and_differs(self):
        self.assertTrue(any("'done' without evidence" in fault for fault in self.one("1-1\tdone\t\ta")))
        self.assertTrue(any("'differs' without evidence" in fault for fault in self.one("1-1\tdiffers\t\ta")))

    def test_refuses_evidence_for_later(self):
        self.assertTrue(any("no evidence" in fault for fault in self.one("1-1\tlater\tSuite.works\ta")))

    def test_refuses_what_is_no_test_name(self):
        self.assertTrue(any("not a test's name" in fault for fault in self.one("1-1\tdone\tworks\ta")))

    def test_refuses_tests_that_did_not_run(self):
        faults = self.one("1-1\tdone\tSuite.gone\ta", suites=[result("Suite", "works")])
        self.assertEqual(faults, ["line 2, 1-1: test Suite.gone did not run"])

    def test_a_disabled_test_did_not_run(self):
        suites = [result("Suite", "works")]
        suites[0]["testsuite"][0]["status"] = "NOTRUN"
        self.assertEqual(len(self.one("1-1\tdone\tSuite.works\ta", suites=suites)), 1)

    def test_refuses_tests_that_failed(self):
        suites = [result("Suite", "works", failures=[{"failure": "no"}])]
        self.assertEqual(self.one("1-1\tdone\tSuite.works\ta", suites=suites), ["line 2, 1-1: test Suite.works failed"])

    def test_one_failing_instance_fails_a_parameterized_test(self):
        suites = [
            result("All/Suite", "works/sqlite"), result("All/Suite", "works/postgresql", failures=[{"failure": "no"}])
        ]
        self.assertEqual(self.one("1-1\tdone\tSuite.works\ta", suites=suites), ["line 2, 1-1: test Suite.works failed"])

    def test_knows_parameterized_and_typed_tests_by_their_plain_names(self):
        suites = [result("All/Suite", "works/sqlite"), result("Typed/3", "holds")]
        self.assertEqual(self.one("1-1\tdone\tSuite.works,Typed.holds\ta", suites=suites), [])

    def test_a_test_skipped_everywhere_proves_nothing(self):
        suites = [result("All/Suite", "works/sqlite", "SKIPPED")]
        self.assertEqual(len(self.one("1-1\tdone\tSuite.works\ta", suites=suites)), 1)
        suites.append(result("All/Suite", "works/postgresql"))
        self.assertEqual(self.one("1-1\tdone\tSuite.works\ta", suites=suites), [])

    def test_knows_anchors_of_headings_and_explicit_ones(self):
        for anchor in ("no-such-thing", "exact"):
            self.assertEqual(self.one(f"1-1\tdiffers\tdocs/differences.md#{anchor}\ta"), [])
        faults = self.one("1-1\tdiffers\tdocs/differences.md#elsewhere\ta")
        self.assertEqual(faults, ["line 2, 1-1: docs/differences.md has no anchor #elsewhere"])

    def test_refuses_anchors_of_other_documents(self):
        self.assertEqual(len(self.one("1-1\tdiffers\tREADME.md#exact\ta")), 1)

    def test_the_program_fails_and_names_the_fault(self):
        self.one("1-1\tdone\t\ta")
        with contextlib.redirect_stdout(io.StringIO()) as output:
            self.assertEqual(parity.main(["--root", str(self.root)]), 1)
        self.assertIn("docs/parity.tsv: line 2, 1-1: 'done' without evidence", output.getvalue())
        self.assertIn("parity: 1 done, 0 differs, 1 later, 2 in all", output.getvalue())


if __name__ == "__main__":
    unittest.main()
