#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that mistakes do not compile, and that the compiler says what is wrong.

  compile_fail.py --compiler g++ [--compiler clang++-19] --include DIR... FOLDER [--only TEXT]

Each FOLDER/**/*.cpp must be refused by every compiler, with a message that holds every text that its
first lines expect:

  // expect: text of the message
  // expect(g++): text that only g++ says          (or clang++)

and must be accepted with -DAZOTH_VALID, under which it holds the right spelling: that proves that
nothing else is wrong with it. An optional `// at most: 30 lines` limits the length of the message.

Files that begin with the same includes share a precompiled header of them: what is compiled is the same, in a
third of the time.
"""

import argparse
import collections
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))

from parallel import compile_quietly, map_parallel  # noqa: E402

EXPECT = re.compile(r"^// expect(?:\((?P<compiler>[a-z+]+)\))?: (?P<text>.*\S)\s*$")
AT_MOST = re.compile(r"^// at most: (\d+) lines$")
INCLUDE = re.compile(r'^#include (?:<(?P<found>[^>]+)>|"(?P<beside>[^"]+)")$')
WORTHWHILE = 3  # files that share a precompiled header


class Case:
    """One file: what it expects, and how it fares with one compiler."""

    def __init__(self, path):
        self.path = path
        self.expected = []
        self.at_most = None
        text = path.read_text()
        for line in text.splitlines():
            if not line.startswith("//"):
                break
            if found := EXPECT.match(line):
                self.expected.append((found["compiler"], found["text"]))
            elif found := AT_MOST.match(line):
                self.at_most = int(found[1])
        self.includes = first_includes(path, text)
        self.has_valid_form = re.search(r"^#\s*if.*\bAZOTH_VALID\b", text, re.MULTILINE) is not None

    def texts(self, compiler):
        family = "clang++" if "clang" in Path(compiler).name else "g++"
        return [text for only, text in self.expected if only in (None, family)]

    def check(self, compiler, flags):
        """What is wrong, one line each; nothing if all is well."""
        if not self.has_valid_form:
            return ["it has no right spelling under #ifdef AZOTH_VALID"]
        texts = self.texts(compiler)
        if not texts:
            return ["its first lines expect no message (// expect: …)"]
        command = [compiler, *flags, str(self.path)]
        status, output = compile_quietly(command)
        faults = []
        if status == 0:
            faults.append("it compiles")
        else:
            faults += [f"the message lacks: {text}" for text in texts if text not in output]
            length = len(output.splitlines())
            if self.at_most is not None and length > self.at_most:
                faults.append(f"the message has {length} lines, at most {self.at_most} are allowed")
            if faults:
                faults.append("the message was:\n" + indent(output))
        status, output = compile_quietly([*command, "-DAZOTH_VALID"])
        if status != 0:
            faults.append("its right spelling does not compile:\n" + indent(output))
        return faults


def first_includes(path, text):
    """The lines of a file's first block of includes, with the paths of those beside it."""
    includes = []
    for line in text.splitlines():
        if found := INCLUDE.match(line):
            includes.append(f'#include "{path.parent.resolve() / found["beside"]}"' if found["beside"] else line)
        elif line and not line.startswith("//"):
            break
    return tuple(includes)


def precompile(includes, compiler, flags, folder):
    """The flags that put a precompiled header of these includes before a file; none where that fails."""
    header = Path(folder) / "includes.hpp"
    header.write_text("\n".join(includes) + "\n")
    if "clang" in Path(compiler).name:
        compiled, use = folder / "includes.pch", ["-include-pch", str(folder / "includes.pch")]
    else:
        compiled, use = folder / "includes.hpp.gch", ["-include", str(header)]
    generate = [flag for flag in flags if flag != "-fsyntax-only"]
    status, _ = compile_quietly([compiler, *generate, "-x", "c++-header", str(header), "-o", str(compiled)])
    return use if status == 0 else []


def precompile_all(cases, compilers, flags, folder):
    """What to add to the flags, for each block of includes that several cases have, and compiler."""
    users = collections.Counter(case.includes for case in cases if case.includes)
    wanted = [(includes, compiler) for includes, count in users.items() if count >= WORTHWHILE
              for compiler in compilers]
    folders = []
    for number in range(len(wanted)):
        folders.append(Path(folder) / str(number))
        folders[-1].mkdir()
    made = map_parallel(lambda item: precompile(*item[0], flags, item[1]), list(zip(wanted, folders)))
    return dict(zip(wanted, made))


def indent(text, limit=60):
    lines = text.splitlines()
    left = [f"… and {len(lines) - limit} more lines"] if len(lines) > limit else []
    return "\n".join("      " + line for line in lines[:limit] + left)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--compiler", action="append", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    options = parser.parse_args()

    paths = sorted(path for path in options.folder.rglob("*.cpp") if options.only in str(path))
    if not paths:
        print(f"no file to check in {options.folder}", file=sys.stderr)
        return 1
    flags = ["-std=c++20", "-fsyntax-only", *(f"-I{path}" for path in options.include)]
    cases = [Case(path) for path in paths]
    work = [(case, compiler) for case in cases for compiler in options.compiler]
    with tempfile.TemporaryDirectory() as folder:
        precompiled = precompile_all(cases, options.compiler, flags, folder)

        def check(item):
            case, compiler = item
            return case.check(compiler, [*precompiled.get((case.includes, compiler), []), *flags])

        results = map_parallel(check, work)

    failed = 0
    for (case, compiler), faults in zip(work, results):
        if faults:
            failed += 1
            print(f"FAILED {case.path} ({compiler})")
            for fault in faults:
                print(f"    {fault}")
    print(f"{len(paths)} mistakes, {len(options.compiler)} compilers: {failed} of {len(work)} checks failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
