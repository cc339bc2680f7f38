#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the headers below azoth/: each compiles alone, and each includes only what it may.

  check_headers.py --root CHECKOUT --compiler g++ [--include DIR...] [--rules-only]

The headers that stand in azoth/ itself are for users; they, and what they include, are the public
headers, which are installed. A public header includes the standard library and Azoth only. A layer
includes its own headers and those of the layers below it.
"""

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))

from parallel import compile_quietly, map_parallel  # noqa: E402

# What each layer may include, besides itself.
LAYERS = {
    "base": [],
    "types": ["base"],
    "driver": ["base", "types"],
    "sql": ["base", "types", "schema"],
    "schema": ["base", "types", "sql"],
    "pool": ["base", "types", "driver"],
    "engine": ["base", "types", "sql", "schema", "driver", "pool"],
    "dialects": ["base", "types", "sql", "schema", "driver", "pool", "engine"],
    "orm": ["base", "types", "sql", "schema", "driver", "pool", "engine"],
}

STANDARD = set(
    """
    algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
    cinttypes climits clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp
    csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception
    execution filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd
    iostream istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric
    optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
    source_location span sstream stack stdexcept stop_token streambuf string string_view strstream
    syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility
    valarray variant vector version
    """.split()
)
# Too dear to be paid for by everybody who includes a header.
HEAVY = {"iostream", "regex"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, found[1], found[2]


def public_headers(base):
    """What the headers in azoth/ itself reach, as names relative to it. A missing one is kept: it fails."""
    queue = [path.name for path in base.glob("*.hpp")]
    public = set()
    while queue:
        name = queue.pop()
        if name not in public:
            public.add(name)
            if (base / name).exists():
                named = (target for _, _, target in includes(base / name))
                queue += [target.removeprefix("azoth/") for target in named if target.startswith("azoth/")]
    return public


def included_first(files):
    """The headers that a source includes before anything else, as names relative to azoth/."""
    first = (next(includes(path), None) for name, path in files.items() if name.endswith(".cpp"))
    return {include[2].removeprefix("azoth/") for include in first if include}


def layer_of(name):
    """The layer of a file named relative to azoth/; None for those beside the layers' folders."""
    return name.split("/")[0] if "/" in name else None


def rule_faults(name, path, is_public):
    """Broken rules of one file, header or source, as (line, text)."""
    layer = layer_of(name)
    if layer is not None and layer not in LAYERS:
        yield 1, f"layer '{layer}' is unknown to scripts/check_headers.py"
        return
    for line, quote, target in includes(path):
        if quote == '"':
            yield line, f'"{target}": include as <azoth/…>'
        elif target.startswith("azoth/"):
            target = target.removeprefix("azoth/")
            below = layer_of(target)
            if layer is not None and below is None:
                yield line, f"<azoth/{target}> is for users; the layers name what they need"
            elif layer is not None and below != layer and below not in LAYERS[layer]:
                yield line, f"{layer}/ must not know {below}/"
        elif is_public:
            if target not in STANDARD:
                yield line, f"a public header includes <{target}>, which is not the standard library"
            elif target in HEAVY:
                yield line, f"a public header includes <{target}>, which is dear"


def compile_alone(compiler, flags, name):
    source = f"#include <azoth/{name}>\n"
    return compile_quietly([compiler, *flags, "-fsyntax-only", "-x", "c++", "-"], source)


def system_flags(folders):
    # The compiler's own folders must keep their place, or its C headers no longer find the system's.
    return [f"-isystem{folder}" for folder in folders if folder not in ("/usr/include", "/usr/local/include")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--compiler")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--rules-only", action="store_true", help="compile nothing")
    options = parser.parse_args()

    base = options.root / "azoth"
    files = {str(path.relative_to(base)): path for path in sorted(base.rglob("*.[ch]pp"))}
    headers = [name for name in files if name.endswith(".hpp")]
    if not headers:
        print(f"no headers below {base}", file=sys.stderr)
        return 1

    public = public_headers(base)
    faults = [
        f"azoth/{name}:{line}: {text}"
        for name, path in files.items()
        for line, text in rule_faults(name, path, name in public)
    ]
    if not options.rules_only:
        flags = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]
        flags += [f"-I{options.root}", *system_flags(options.include)]
        unproved = sorted(set(headers) - included_first(files))
        alone = map_parallel(lambda name: compile_alone(options.compiler, flags, name), unproved)
        faults += [f"azoth/{name} does not compile alone:\n{text}" for name, (bad, text) in zip(unproved, alone) if bad]
    for fault in faults:
        print(fault)
    print(
        f"{len(public)} public headers, {len(headers) - len(public)} internal ones, "
        f"{len(files) - len(headers)} sources: {len(faults)} faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
