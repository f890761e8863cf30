"""When the last of some targets was served: events.py EVENTS TARGET…

EVENTS holds what `treepush sync --json` said. Prints the largest `seconds` of the targets' `target_delivered`, in seconds
from the start of the run. Fails, and names them, if some have none.
"""

import json
import sys


def delivered(lines):
    for line in lines:
        event = json.loads(line)
        if event.get("type", event.get("event")) == "target_delivered":
            yield event["target"], event["seconds"]


def main(events, targets):
    with open(events, encoding="utf-8") as lines:
        took = dict(delivered(lines))
    missing = [target for target in targets if target not in took]
    if missing:
        sys.exit(f"not delivered: {' '.join(missing)}")
    print(max(took[target] for target in targets))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
