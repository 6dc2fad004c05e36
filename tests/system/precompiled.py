# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""What the scripts know that compile many small texts: how to read the headers of all of them once."""
import subprocess
import sys


def precompile(compile, header):
    """The options by which this command, a list, has the precompiled header. Ends the script if it does not compile."""
    is_clang = "clang" in compile[0]
    compiled = f"{header}.{'pch' if is_clang else 'gch'}"
    # Otherwise clang makes the templates that the headers use anew for each text, which takes longer than most texts.
    once = ["-fpch-instantiate-templates"] if is_clang else []
    done = subprocess.run([*compile, *once, "-x", "c++-header", header, "-o", compiled], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return ["-include-pch", compiled] if is_clang else ["-include", header]
