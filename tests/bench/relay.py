"""Measures relays: relay.py watch ROOT… | relay.py start RELAY

`watch` samples the relays on the hosts with these root directories (from `fleet.sh tree`) until SIGTERM, and then prints a
line for each host: peak memory in KiB and processor seconds of its relay, or 0 0 without a relay. It misses what a relay
used in the last tenth of a second before its end.

`start` prints the median of ten times from exec to the first line, in milliseconds.
"""

import os
import signal
import statistics
import subprocess
import sys
import time

NAME = "treepush-relay"
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
LOOK_EVERY_SECONDS = 0.1
STARTS = 10
LONGEST_START_SECONDS = 5


def watch(*roots):
    hosts = [os.readlink(os.path.join(os.path.dirname(root), "ns/pid")) for root in roots]
    used = {}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        while True:
            for pid in filter(str.isdigit, os.listdir("/proc")):
                look_at(pid, hosts, used)
            time.sleep(LOOK_EVERY_SECONDS)
    finally:
        for host in hosts:
            relays = [cost for (where, _), cost in used.items() if where == host]
            print(max((memory for memory, _ in relays), default=0), sum(processor for _, processor in relays))


def look_at(pid, hosts, used):
    try:
        if not read(pid, "comm").startswith(NAME):
            return
        host = os.readlink(f"/proc/{pid}/ns/pid")
        memory = int(read(pid, "status").partition("VmHWM:")[2].split()[0])
        user, system = read(pid, "stat").rpartition(") ")[2].split()[11:13]
    except (OSError, IndexError):
        return  # It has ended meanwhile.
    if host in hosts:
        used[host, pid] = memory, (int(user) + int(system)) / TICKS_PER_SECOND


def read(pid, name):
    with open(f"/proc/{pid}/{name}", encoding="utf-8", errors="replace") as file:
        return file.read()


def start(relay):
    signal.alarm(LONGEST_START_SECONDS * STARTS)
    print(round(1000 * statistics.median(time_to_first_line(relay) for _ in range(STARTS)), 1))


def time_to_first_line(relay):
    began = time.monotonic()
    with subprocess.Popen([relay], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        line = process.stdout.readline()
        seconds = time.monotonic() - began
        process.kill()
    if not line.endswith(b"\n"):
        sys.exit(f"{relay} ended without a line")
    return seconds


if __name__ == "__main__":
    {"watch": watch, "start": start}[sys.argv[1]](*sys.argv[2:])
