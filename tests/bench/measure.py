#!/usr/bin/env python3
"""Runs a command and measures it: measure.py FILE COMMAND [ARGUMENT…]

FILE gets one line: wall-clock seconds, processor seconds of the command itself, peak memory in KiB, processor seconds of the
command and of the children that it waited for, exit status.

The first processor time excludes the command's children, which wait4 and `time` can't do: it is read from /proc after the
command has ended and before it is reaped. Its resolution is a clock tick, 10 ms. The peak memory is the largest of the
command and the children that it waited for. It is an upper bound for the command itself.
"""

import os
import sys
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def own_processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        fields = stat.read().rpartition(") ")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / TICKS_PER_SECOND


def main(file, command):
    began = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    seconds = time.monotonic() - began
    processor = own_processor_seconds(pid)
    _, status, usage = os.wait4(pid, 0)
    with open(file, "w", encoding="ascii") as out:
        whole = usage.ru_utime + usage.ru_stime
        print(f"{seconds:.4f}", f"{processor:.2f}", usage.ru_maxrss, f"{whole:.2f}", os.waitstatus_to_exitcode(status), file=out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
