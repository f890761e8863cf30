"""Keeps touched memory in stock for the commands that are measured.

A virtual machine gets a page of memory from its host machine when the page is first touched, and returns it some seconds
after it was freed. That costs up to 3 s of processor time per GiB. Sixteen simulated hosts on one machine would together
pay sixteen times the cost of one real host, which would distort the measurement.

Commands are lines on standard input. `fill` touches the stock again and answers `full`. `give` has no answer: until the
next `fill`, it frees as much of the stock as the machine's free memory shrinks.
"""
import mmap
import select
import sys

SIZE = 6 << 30       # the most; never more than a third of the available memory
STEP = 16 << 20
INTERVAL = 0.02      # seconds between two checks
ONES = b"\1" * STEP


def meminfo(field):
    with open("/proc/meminfo") as lines:
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith(field + ":"))


class Stock:
    def __init__(self):
        size = min(SIZE, meminfo("MemAvailable") // 3) // STEP * STEP
        self.pages = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self.size = size
        self.given = size

    def fill(self):
        while self.given > 0:
            self.given -= STEP
            self.pages[self.given:self.given + STEP] = ONES

    def give(self, amount):
        while amount > 0 and self.given < self.size:
            self.pages.madvise(mmap.MADV_DONTNEED, self.given, STEP)
            self.given += STEP
            amount -= STEP


def main():
    stock = Stock()
    free = None      # the free memory to keep up while the stock lasts
    while True:
        ready, _, _ = select.select([sys.stdin], [], [], INTERVAL if free else None)
        if ready:
            wish = sys.stdin.readline().strip()
            if wish == "fill":
                stock.fill()
                free = None
                print("full", flush=True)
            elif wish == "give":
                free = meminfo("MemFree")
            else:
                return
        if free:
            stock.give(free - meminfo("MemFree"))


main()
