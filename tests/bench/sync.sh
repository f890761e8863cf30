#!/usr/bin/env bash
# Measures `treepush sync` and the tools that it is compared with, in one run on one machine.
#
#   sync.sh [--only CASE,…] [--quick] [--json FILE]
#
#   big        256 MiB to 16 hosts over links of 100 Mbit/s: one scp to one host, a chain of nc, treepush
#   mid        64 MiB, the same
#   slowlinks  64 MiB to 47 hosts at 20 Mbit/s, the same
#   fleet195   17 MB to 195 hosts at 11 Mbit/s, the same
#   rivals     64 MiB to 16 hosts at 100 Mbit/s: parallel-scp, clush, UFTP and BitTorrent, as far as installed
#   cold       64 MiB to 16 hosts that do not have the relay: its bytes on the wire, and the time
#   small      10,000 files of 4 KiB to 16 hosts: a tar stream through the chain of nc, treepush
#   noop       the same files, already there: rsync -a to one host, treepush
#   slowone    64 MiB to 16 hosts, one of them at 10 Mbit/s: the time until the other 15 have it
#   cut        64 MiB to 16 hosts; half way, three are cut off silently: the time until the other 13 have it, and until the run ends
#   killed     256 MiB to 16 hosts; half way, three die: the time until the other 13 have it
#   dead       8 MiB to 3 hosts in a list with 100 dead ones: the time until the 3 have it, compared with the 3 alone
#   relay      1 GiB through 2 hosts at 400 Mbit/s: a relay's memory, its processor time, its start
#
# --quick uses small sizes, to check that everything works. Goals that are meaningful only at full size are then shown but
# not judged. TREEPUSH names the executable; if it is not set, the executable is published from this repository first.
# Exit status: 0 every goal met, 1 a goal missed or something failed, 2 a program is missing or an argument is wrong.
set -euo pipefail
# shellcheck source=tests/bench/measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"
# shellcheck source=tests/bench/syncing.sh
source "$bench/syncing.sh"
program=sync
cases=(big mid slowlinks fleet195 rivals cold small noop slowone cut killed dead relay)
in_fleet=.

needed_tools() { printf '%s\n' 'nc netcat-openbsd' 'tc iproute2' 'rsync rsync'; }

choose_sizes() {
  hosts=16 many=47 all=195 rate=100mbit rounds=2
  big=256M mid=64M fleet_file=17MB small_files=10000 relay_file=1G
  dead_hosts=100
  ! $quick || dead_hosts=40 hosts=6 many=8 all=12 rounds=1 big=16M mid=8M fleet_file=2MB small_files=500 relay_file=64M
}

# ---- one file to all

case_big() { beside_one_scp "$big" "$hosts" "$rate" '<= 1.06'; }
case_mid() { beside_one_scp "$mid" "$hosts" "$rate" '<= 1.15'; }
case_slowlinks() { beside_one_scp "$mid" "$many" 20mbit '<= 1.12'; }

# beside_one_scp SIZE HOSTS RATE GOAL: scp and treepush take turns, so that other load on the machine affects both.
beside_one_scp() {
  local size=$1 count=$2 rate=$3 goal=$4 round one=() ours=() what
  what=$(spell "$size" "$rate")
  raise_fleet "$count" "$rate"
  place_relay || true
  make_file "$size"
  for ((round = 0; round < rounds; round++)); do
    scp_to_one || { broken "one scp, $what" && break; }
    one+=("$seconds")
    forget_copies
    sync_to_all || { broken "treepush sync to $count hosts, $what" && break; }
    ours+=("$seconds")
    forget_copies
  done
  ((${#one[@]} == 0)) || record "one scp, $what" "$(median "${one[@]}")" s
  measure_chain "$what"
  ((${#ours[@]} == 0)) || record "treepush sync to $count hosts, $what" "$(median "${ours[@]}")" s \
    "$(calc "$(median "${ours[@]}") / $(median "${one[@]}")")" 'one scp' "$goal" sized
  lower_fleet
}

case_fleet195() {
  local what
  what=$(spell "$fleet_file" 11mbit)
  raise_fleet "$all" 11mbit
  make_file "$fleet_file"
  timed "one scp, $what" scp_to_one
  forget_copies
  measure_chain "$what"
  timed "treepush sync to $all hosts, $what, no relay" sync_to_all
  forget_copies
  timed "treepush sync to $all hosts, $what" sync_to_all '<= 40'
  lower_fleet
}

case_rivals() {
  local kbit=${rate%mbit}000 python addresses one
  raise_fleet "$hosts" "$rate"
  make_file "$mid"
  list_for_pssh
  repeat 2 scp_to_one || { broken 'one scp' && lower_fleet && return; }
  one=$seconds
  forget_copies
  addresses=$(cut -d' ' -f1 "$FLEET/hosts.txt" | paste -sd,)
  python=$(python_with libtorrent || true)
  rival parallel-scp pssh parallel-scp parallel_scp_to_all
  rival 'clush --copy' clustershell clush to_all \
    clush -w "$addresses" -l root -f "$hosts" --copy "$FLEET/data/file" --dest "$FLEET/data/file"
  rival 'UFTP (multicast)' uftp uftp to_all \
    bash "$bench/rivals/multicast.sh" "$FLEET/data/file" "$FLEET/hosts.txt" $((kbit * 95 / 100))
  rival 'BitTorrent (libtorrent)' python3-libtorrent "$python" to_all \
    bash "$bench/rivals/swarm.sh" "$FLEET/data/file" "$FLEET/hosts.txt" "$FLEET/torrent" "$python"
  lower_fleet
}

# ---- without the relay

case_cold() {
  local what warm received relay once one
  what=$(spell "$mid" "$rate")
  raise_fleet "$hosts" "$rate"
  place_relay || { broken 'placing the relay' && lower_fleet && return; }
  make_file "$mid"
  repeat 2 scp_to_one || { broken "one scp, $what" && lower_fleet && return; }
  one=$seconds
  forget_copies
  received=$(received_by_targets)
  sync_to_all || { broken "treepush sync, $what" && lower_fleet && return; }
  warm=$(($(received_by_targets) - received))
  forget_copies
  forget_relay
  received=$(received_by_targets)
  sync_to_all || { broken "treepush sync, no relay, $what" && lower_fleet && return; }
  relay=$((($(received_by_targets) - received - warm) / hosts))
  once=$(calc "$relay * 8 / ${rate%mbit}e6")
  record "one scp, $what" "$one" s
  record "treepush sync to $hosts hosts, $what, no relay" "$seconds" s \
    "$(calc "($seconds - $once) / $one")" "scp, less $once s for the relay" '<= 1.15' sized
  record '  cold: the relay on the wire, to each host' "$(calc "$relay / 1e6")" MB '' '' '<= 10'
  lower_fleet
}

# ---- many small files

case_small() {
  local what="$small_files × 4 KiB" chain
  raise_fleet "$hosts" "$rate"
  place_relay || true
  make_tree
  repeat "$rounds" chain_tree || { broken "tar through nc, $what" && lower_fleet && return; }
  chain=$seconds
  record "tar through a chain of nc, $what" "$chain" s
  record '  small: its data alone' "$(tail -n 1 "$work/output")" s
  if repeat "$rounds" sync_fresh_tree; then
    record "treepush sync to $hosts hosts, $what" "$seconds" s "$(calc "$seconds / $chain")" 'tar through nc' '<= 1.3' sized
  else
    broken "treepush sync to $hosts hosts, $what"
  fi
  lower_fleet
}

case_noop() {
  local what="$small_files × 4 KiB in place" rsync
  raise_fleet "$hosts" "$rate"
  make_tree
  { rsync_tree && repeat 3 rsync_tree; } || { broken "rsync -a, $what" && lower_fleet && return; }
  rsync=$seconds
  record "rsync -a to one host, $what" "$rsync" s
  # Once to put the files in place.
  if sync_tree && repeat 3 sync_tree; then
    record "treepush sync to $hosts hosts, $what" "$seconds" s "$(calc "$seconds / $rsync")" 'rsync to one' '<= 4' sized
  else
    broken "treepush sync to $hosts hosts, $what"
  fi
  lower_fleet
}

# ---- failing hosts: the time of the last other host, compared with the same hosts in an undisturbed run

case_dead() {
  raise_fleet 3 "$rate"
  place_relay || true
  make_file 8M
  beside_alone "treepush sync, 8 MiB to 3 hosts, $dead_hosts dead among them: the 3" sync_from_source "$FLEET/data/file" "$FLEET/data/file"
  lower_fleet
}

case_slowone() {
  local slow=$(((hosts + 1) / 2)) calm took name
  name="treepush sync, $(spell "$mid" "$rate"), one of $hosts at 10 Mbit/s: the others"
  raise_fleet "$hosts" "$rate"
  place_relay || true
  make_file "$mid"
  sync_to_all || { broken 'treepush sync, undisturbed' && lower_fleet && return; }
  calm=$(last_took "$slow")
  forget_copies
  fleet shape "$slow" 10mbit
  if sync_to_all; then
    took=$(last_took "$slow")
    record "$name" "$took" s "$(calc "$took / $calm")" 'undisturbed' '<= 1.25' sized
    record '  slowone: the slow host as well' "$seconds" s
  else
    broken "$name"
  fi
  lower_fleet
}

case_cut() {
  local victims=($((hosts / 4)) $((hosts / 2)) $((hosts * 3 / 4))) one name took
  name="treepush sync, $(spell "$mid" "$rate"), 3 of $hosts cut off: the others"
  raise_fleet "$hosts" "$rate"
  place_relay || true
  make_file "$mid"
  scp_to_one || { broken 'one scp' && lower_fleet && return; }
  one=$seconds
  forget_copies
  strike_half_way cut "${victims[@]}" &
  watcher=$!
  sync_to_all "${victims[@]}" || true
  ! stop_watcher || status+=', before anybody was cut off'
  if [[ $status == 3 ]] && took=$(last_took "${victims[@]}"); then
    record "$name" "$took" s "$(calc "$took / $one")" 'one scp' '<= 1.5' sized
    record '  cut: the whole run' "$seconds" s '' '' '<= 15' sized
  else
    broken "$name"
  fi
  lower_fleet
}

case_killed() {
  local victims=($((hosts / 4)) $((hosts / 2)) $((hosts * 3 / 4))) calm name took
  name="treepush sync, $(spell "$big" "$rate"), 3 of $hosts killed: the others"
  raise_fleet "$hosts" "$rate"
  place_relay || true
  make_file "$big"
  sync_to_all || { broken 'treepush sync, undisturbed' && lower_fleet && return; }
  calm=$(last_took "${victims[@]}")
  forget_copies
  strike_half_way kill "${victims[@]}" &
  watcher=$!
  sync_to_all "${victims[@]}" || true
  ! stop_watcher || status+=', before anybody was killed'
  if [[ $status == 3 ]] && took=$(last_took "${victims[@]}"); then
    record "$name" "$took" s "$(calc "$took / $calm")" 'undisturbed' '<= 1.3' sized
    record '  killed: the whole run' "$seconds" s
  else
    broken "$name"
  fi
  lower_fleet
}

# ---- one relay

case_relay() {
  local memory processor
  raise_fleet 2 400mbit
  place_relay || { broken 'placing the relay' && lower_fleet && return; }
  make_file "$relay_file"
  watch_relays
  if sync_to_all && read_relays; then
    record 'a relay: resident memory, the largest' "$(megabytes "$memory")" MB '' '' '<= 60'
    record '  relay: processor time a GiB passed on, with TLS' "$processor" s '' '' '<= 3.5' sized
  else
    broken 'a relay passing on'
  fi
  if relay_start; then
    record '  relay: from exec to its magic line' "$(tail -n 1 "$work/output")" ms '' '' '<= 40'
  else
    broken '  relay: start'
  fi
  lower_fleet
}

run_cases "$@"
