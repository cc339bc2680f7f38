# SPDX-License-Identifier: MIT
import fnmatch
import shutil
from pathlib import Path


def copy(_recipe, pattern, src, dst):
    """Copies what matches, with its folders, as Conan's tool does; to copy nothing is a mistake."""
    copied = []
    for path in Path(src).rglob("*"):
        relative = path.relative_to(src)
        if relative.parts[0] in ("build", ".git") or not path.is_file():
            continue
        if fnmatch.fnmatch(str(relative), pattern):
            target = Path(dst) / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
            copied.append(target)
    assert copied, f"nothing in {src} matches {pattern}"
    return copied
