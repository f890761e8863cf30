"""A stock of memory that has been touched, for what is measured to use up.

A virtual machine gets a page of memory from the machine below it when the page is first touched, and gives it back some
seconds after it was freed. Here that costs up to 3 s of processor time a GiB, of which sixteen hosts played by one
machine would pay sixteen times what each would pay on its own: it is no part of what is measured.

Standard input says what to do, a line each: `fill` touches the stock anew and answers `full`; `give`, which is not
answered, then hands out as much of it as the machine's free memory shrinks, until the next `fill`.
"""
import mmap
import select
import sys

SIZE = 6 << 30       # at most; no more than a third of what is available
STEP = 16 << 20
AHEAD = 0 << 20    # given before it is asked for: a process starts faster than we look
INTERVAL = 0.02      # seconds between two looks
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
    free = None      # as much as there is to be while the stock lasts
    while True:
        ready, _, _ = select.select([sys.stdin], [], [], INTERVAL if free else None)
        if ready:
            wish = sys.stdin.readline().strip()
            if wish == "fill":
                stock.fill()
                free = None
                print("full", flush=True)
            elif wish == "give":
                free = meminfo("MemFree") + AHEAD
            else:
                return
        if free:
            stock.give(free - meminfo("MemFree"))


main()
