#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes one C++ program of all C++ blocks in Markdown files, so that a test can compile and run them.

  docs_program.py --output FILE.cpp DOCUMENT.md...

Every ```cpp block becomes a function of its own. A block that defines main() is taken as a whole
program; any other is taken as statements. HTML comments, which readers do not see, help where that is
not enough:

  <!-- prelude: shop          Code for other blocks. What stands above a line of three dashes goes
  struct Item { … };          outside the function (types, functions), the rest to its beginning.
  ---
  auto engine = …;
  -->
  <!-- use: shop -->          The next block begins with that prelude. Several names may be given.
  <!-- continues -->          The next block goes on where the previous one of this document ended.
  <!-- declarations -->       The next block stands outside the function, for the blocks that continue it.
  <!-- output -->             The next ```text block is exactly what the previous C++ block prints.
  <!-- not run -->            The next block is compiled only.
  <!-- not compiled -->       The next block is a fragment. Rare: nothing checks it.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

COMMENT = re.compile(r"<!--\s*(?P<word>prelude|use|continues|declarations|output|not run|not compiled)\b:?(?P<rest>.*)")
INCLUDE = re.compile(r"^\s*#\s*include\b.*$")
MAIN = re.compile(r"\bint\s+main\s*\(")


class DocumentError(Exception):
    pass


@dataclass
class Code:
    """Lines of C++ and where they stand, for the compiler's messages."""

    path: str
    line: int
    lines: list

    def text(self):
        return f'#line {self.line} "{self.path}"\n' + "".join(f"{line}\n" for line in self.lines)


@dataclass
class Unit:
    """One function of the program."""

    path: str
    line: int
    outside: list = field(default_factory=list)
    inside: list = field(default_factory=list)
    whole_program: bool = False
    run: bool = True
    output: str | None = None

    def name(self):
        return f"{self.path}:{self.line}"


class Reader:
    """Reads one document into units."""

    def __init__(self, path):
        self.path = str(path)
        self._lines = path.read_text().splitlines()
        self._at = 0
        self._preludes = {}
        self._marks = {}
        self.includes = []
        self.units = []
        self.not_compiled = 0

    def read(self):
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if found := COMMENT.match(line):
                self._comment(found["word"], found["rest"])
            elif line.startswith("```"):
                self._fence(line[3:].strip())
            else:
                if self._marks and line.strip():
                    self._fail(f"'{next(iter(self._marks))}' is not followed by a block")
                self._at += 1
        if self._marks:
            self._fail("the document ends where a block was announced")
        return self

    def _fail(self, text):
        raise DocumentError(f"{self.path}:{self._at + 1}: {text}")

    def _comment(self, word, rest):
        if word == "prelude":
            name = rest.strip()
            if not name or "-->" in rest:
                self._fail("a prelude has a name, and its code on the lines below")
            self._preludes[name] = self._take_until("-->")
            return
        if not rest.strip().endswith("-->"):
            self._fail(f"'{word}' ends on its line")
        self._marks[word] = rest.strip().removesuffix("-->").split()
        self._at += 1

    def _take_until(self, end):
        """The code up to a line that is `end`, as written from the next line on."""
        begin = self._at + 1
        at = begin
        while at < len(self._lines) and self._lines[at].strip() != end:
            at += 1
        if at == len(self._lines):
            self._fail(f"no '{end}' ends this")
        self._at = at + 1
        return Code(self.path, begin + 1, self._lines[begin:at])

    def _fence(self, language):
        # Preceding blank lines and an indented fence are for people; what counts is the language.
        marks, self._marks = self._marks, {}
        block = self._take_until("```")
        if language == "cpp":
            self._block(block, marks)
        elif "output" in marks and self.units:
            self.units[-1].output = "".join(f"{line}\n" for line in block.lines)
        elif marks:
            self._fail("the comment above wants a C++ block")

    def _block(self, block, marks):
        if "not compiled" in marks:
            self.not_compiled += 1
            return
        if "continues" in marks:
            if not self.units or self.units[-1].whole_program:
                self._fail("there is nothing that this block could continue")
            unit = self.units[-1]
        else:
            unit = Unit(self.path, block.line - 1)
            self.units.append(unit)
        for name in marks.get("use", []):
            self._use(unit, name)
        unit.run = unit.run and "not run" not in marks
        code = self._without_includes(block)
        unit.whole_program = unit.whole_program or any(MAIN.search(line) for line in code.lines)
        (unit.outside if "declarations" in marks or unit.whole_program else unit.inside).append(code)

    def _use(self, unit, name):
        if name not in self._preludes:
            self._fail(f"there is no prelude '{name}' above")
        prelude = self._preludes[name]
        lines = prelude.lines
        cut = lines.index("---") if "---" in lines else len(lines)
        unit.outside.append(self._without_includes(Code(prelude.path, prelude.line, lines[:cut])))
        unit.inside.append(Code(prelude.path, prelude.line + cut + 1, lines[cut + 1 :]))

    def _without_includes(self, code):
        """The code with its includes taken out, because they cannot stand inside a namespace."""
        for line in code.lines:
            if INCLUDE.match(line) and line.strip() not in self.includes:
                self.includes.append(line.strip())
        return Code(code.path, code.line, ["" if INCLUDE.match(line) else line for line in code.lines])


def function_of(unit, number):
    """The unit as a namespace with a function run()."""
    text = [f"namespace block_{number} {{\n"]
    for code in unit.outside:
        text.append(as_function(code.text()) if unit.whole_program else code.text())
    text.append("void run() {\n")
    text += ["call_program(program);\n"] if unit.whole_program else [code.text() for code in unit.inside]
    text.append(f"}}\n}}  // namespace block_{number}\n\n")
    return "".join(text)


def as_function(program):
    """main() under another name. Only main itself may end without a return."""
    if not MAIN.search(program):
        return program
    head, brace, tail = MAIN.sub("int program(", program).rpartition("}")
    return f"{head}return 0;\n{brace}{tail}"


def literal(text):
    return 'R"azoth(' + text + ')azoth"'


def program_of(readers):
    includes = dict.fromkeys(line for reader in readers for line in reader.includes)
    units = [unit for reader in readers for unit in reader.units]
    parts = ["// Made by scripts/docs_program.py from the documentation.\n"]
    parts += [f"{line}\n" for line in includes]
    parts.append('#include <tests/docs/runner.hpp>\n\n')
    parts += [function_of(unit, number) for number, unit in enumerate(units)]
    parts.append('#line 1 "docs_program.cpp"\nint main() {\n    return run_blocks({\n')
    for number, unit in enumerate(units):
        if unit.run:
            output = "nullptr" if unit.output is None else literal(unit.output)
            parts.append(f"        {{{literal(unit.name())}, block_{number}::run, {output}}},\n")
    parts.append("    });\n}\n")
    return "".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("documents", type=Path, nargs="+")
    options = parser.parse_args()
    try:
        readers = [Reader(path).read() for path in options.documents]
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 1
    options.output.write_text(program_of(readers))
    blocks = sum(len(reader.units) for reader in readers)
    only_compiled = sum(not unit.run for reader in readers for unit in reader.units)
    fragments = sum(reader.not_compiled for reader in readers)
    print(f"{blocks} functions from {len(readers)} documents; {only_compiled} not run, {fragments} blocks not compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
