#!/usr/bin/env bash
# BitTorrent: every host fetches from every other. All hosts know each other from the start, without tracker or discovery.
#
#   swarm.sh PATH HOSTS TORRENT PYTHON     TORRENT: a file that all hosts see; PYTHON: a python that has libtorrent
set -euo pipefail
rivals=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/bench/rivals/receivers.sh
source "$rivals/receivers.sh"
path=$1 hosts=$2 torrent=$3 python=$4

"$python" "$rivals/peer.py" describe "$path" "$torrent"
start_receivers "$hosts" "'$python' '$rivals/peer.py' join '$path' '$torrent' '$hosts'"
"$python" "$rivals/peer.py" join "$path" "$torrent" "$hosts" <"$work/hold" 9>&- >/dev/null &
wait_for_all complete
