"""A small process that forks the workers, so that a new one costs milliseconds and no start of Python.

Started as `python -m policygraph.serve.nursery FD SPOOL MEMORY_MB RESULT_MB SERVICES`. It has loaded
what a worker needs, holds no store and runs no thread, so forking it is safe.
Commands come as JSON lines over the socket FD: `{"store": PATH}`, with the
worker's end of a channel attached, is answered with `{"pid": N}`; `{"kill": N}`
ends a worker. Whenever one ends, `{"pid": N, "code": C}` says how.
When the server goes, so does the nursery, and all workers with it.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys

from policygraph.serve.worker import Settings, cut_off_network, work

_PR_SET_PDEATHSIG = 1
_MOST_DESCRIPTORS = 16


class Nursery:
    """The loop of the process."""

    def __init__(self, channel: socket.socket, settings: Settings) -> None:
        self.channel, self.settings = channel, settings
        self.children: set[int] = set()
        self.descriptors: list[int] = []
        self._wake_read, wake_write = os.pipe()
        os.set_blocking(wake_write, False)
        os.set_blocking(self._wake_read, False)
        signal.set_wakeup_fd(wake_write)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        """Answer commands until the server is gone."""
        waiting = b""
        while True:
            ready, _, _ = select.select([self.channel.fileno(), self._wake_read], [], [])
            if self._wake_read in ready:
                os.read(self._wake_read, 4096)
                self.report()
            if self.channel.fileno() in ready:
                data, descriptors, _, _ = socket.recv_fds(self.channel, 65536, _MOST_DESCRIPTORS)
                if not data:
                    return
                self.descriptors += descriptors
                *lines, waiting = (waiting + data).split(b"\n")
                for line in lines:
                    self.obey(json.loads(line))

    def obey(self, command: dict[str, object]) -> None:
        """Carry out one command."""
        if "kill" in command:
            # One that has ended and was reported is no child any more, and its number may be another's.
            if command["kill"] in self.children:
                os.kill(int(str(command["kill"])), signal.SIGKILL)
            return
        descriptor = self.descriptors.pop(0)
        pid = os.fork()
        if pid == 0:
            self.become_worker(descriptor, str(command["store"]))
        os.close(descriptor)
        self.children.add(pid)
        self.say({"pid": pid})

    def become_worker(self, descriptor: int, store: str) -> None:
        """What the child does; never returns."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            die_with_parent()
            self.channel.close()
            work(socket.socket(fileno=descriptor), store, self.settings)
            code = 0
        finally:
            # Without the clean-up of the process that was forked.
            os._exit(code)

    def report(self) -> None:
        """Say which workers have ended and how."""
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self.children.discard(pid)
            self.say({"pid": pid, "code": os.waitstatus_to_exitcode(status)})

    def say(self, message: dict[str, int]) -> None:
        """Send one line to the server."""
        self.channel.sendall(json.dumps(message).encode() + b"\n")


def die_with_parent() -> None:
    """End this process when the one that forked it ends, where the system can do that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main(arguments: list[str]) -> int:
    """Serve one server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    descriptor, spool, memory_mb, result_mb, services = arguments
    names = tuple(json.loads(services))
    if not names:
        cut_off_network()
    settings = Settings(spool, int(result_mb) * 1024 * 1024, int(memory_mb), names)
    gc.freeze()
    try:
        Nursery(socket.socket(fileno=int(descriptor)), settings).run()
    except ConnectionError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
