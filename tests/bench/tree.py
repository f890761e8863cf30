"""Makes or compares trees of small files: tree.py make DIRECTORY COUNT | tree.py digest DIRECTORY

The digest covers every file's path, mode, mtime in whole seconds (tar keeps no more) and content.
"""

import hashlib
import os
import sys

FILE_SIZE = 4096
FILES_PER_DIRECTORY = 100


def make(root, count):
    for number in range(int(count)):
        directory = os.path.join(root, f"{number // FILES_PER_DIRECTORY:04}")
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, f"file{number}"), "wb") as out:
            out.write(os.urandom(FILE_SIZE))


def digest(root):
    total = hashlib.sha256()
    for directory, names, files in os.walk(root):
        names.sort()
        for name in sorted(files):
            path = os.path.join(directory, name)
            about = os.stat(path)
            total.update(f"{os.path.relpath(path, root)} {about.st_mode} {int(about.st_mtime)}\n".encode())
            with open(path, "rb") as file:
                total.update(file.read())
    print(total.hexdigest())


if __name__ == "__main__":
    {"make": make, "digest": digest}[sys.argv[1]](*sys.argv[2:])
