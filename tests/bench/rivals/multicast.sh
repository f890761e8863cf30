#!/usr/bin/env bash
# UFTP: one stream to a multicast group, then again what hosts have missed.
#
#   multicast.sh PATH HOSTS KBIT     KBIT: the rate to send at
set -euo pipefail
# shellcheck source=tests/bench/rivals/receivers.sh
source "$(dirname "${BASH_SOURCE[0]}")/receivers.sh"
path=$1 hosts=$2 rate=$3

# shellcheck disable=SC2016
start_receivers "$hosts" "uftpd -d -I eth0 -D '${path%/*}' >/dev/null 2>&1 & receiver=\$!
  until ss -uln | grep -q ':1044 '; do sleep 0.02; done
  echo up; read -r _; kill \$receiver"
wait_for_all up
uftp -I eth0 -R "$rate" -H "$(cut -d' ' -f1 "$hosts" | paste -sd,)" "$path"
