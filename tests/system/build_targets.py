# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Builds what only one script needs, where the others are built: one script at a time, as two in one folder would break it."""
import fcntl
import os
import pathlib
import subprocess

FOLDER = pathlib.Path(os.environ["WXMP_BUILD_DIR"]).resolve()


def fault_of_build(*targets):
    """What the build says, if it fails."""
    with open(FOLDER / "scripts.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["cmake", "--build", FOLDER, "--target", *targets], capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""
