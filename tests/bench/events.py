"""Prints when the last of some targets was served: events.py EVENTS TARGET…

EVENTS is the output of `treepush --json` or `treepush sync --json`. The result is in seconds from the first event. Fails, and
names the targets, if some were never served.
"""

import datetime
import json
import sys


def served(lines):
    start = None
    for line in lines:
        event = json.loads(line)
        time = datetime.datetime.fromisoformat(event["time"])
        start = start or time
        if event["event"] == "target_served":
            yield event["target"], (time - start).total_seconds()


def main(events, targets):
    with open(events, encoding="utf-8") as lines:
        took = dict(served(lines))
    missing = [target for target in targets if target not in took]
    if missing:
        sys.exit(f"not served: {' '.join(missing)}")
    print(max(took[target] for target in targets))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
