"""Peers that policygraph does not depend on: each in an environment of its own under `.bench/`, made once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = ("kglab",)


def interpreter(name: str) -> str | None:
    """The Python of an environment in which the package is installed; None, with the reason told, where it cannot be.

    A variable such as KGLAB_PYTHON names one that is there already; BENCH_OFFLINE keeps anything from being fetched.
    """
    given = os.environ.get(f"{name.upper()}_PYTHON")
    if given:
        return given
    folder = ROOT / ".bench" / name
    python = folder / "bin" / "python"
    if python.is_file() and _has(python, name):
        return str(python)
    if os.environ.get("BENCH_OFFLINE"):
        print(f"{name}: left out, nothing is to be fetched")
        return None
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", name], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{name}: left out, it cannot be installed into {folder} ({error})")
        return None
    return str(python)


def version(python: str, name: str) -> str:
    """The version of the package in an environment."""
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _has(python: Path, name: str) -> bool:
    return subprocess.run([str(python), "-c", f"import {name}"], capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(0 if all(interpreter(name) for name in PEERS) else 1)
