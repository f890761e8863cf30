#!/usr/bin/env bash
# Measures agents that pull, coordinated by Redis, in a fleet of hosts.
#
#   agents.sh [--only push,fleet195,claims,idle] [--quick] [--json FILE]
#
#   push      64 MiB to 16 hosts at 100 Mbit/s by agents, -m 1 and -m 4, beside the classic push with the same -m
#   fleet195  17 MB to 195 hosts at 11 Mbit/s, agents in place: a hundredth of 1.7 GB to 195 hosts
#   claims    2,000 agents without files, each with its own connections to Redis: claims a second, and how long one takes
#   idle      agents with nothing to do: the commands that each costs Redis
#
# In push and fleet195 each host runs an rsync daemon and an agent; redis-server runs on the source. --quick and TREEPUSH are as for sync.sh.
# Exit status: 0 every goal met, 1 a goal missed or something failed, 2 a program is missing or an argument is wrong.
set -euo pipefail
# shellcheck source=tests/bench/measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"
program=agents
cases=(push fleet195 claims idle)
in_fleet='push|fleet195'

needed_tools() { printf '%s\n' 'redis-server redis-server' 'redis-cli redis-tools' 'rsync rsync'; }

choose_sizes() {
  push_hosts=16 push_size=64M rounds=2 many_hosts=195 many_size=17000000 agents=2000 asked=3300 seconds_long=20
  ! $quick || push_hosts=6 push_size=4M rounds=1 many_hosts=12 many_size=1700000 agents=50 asked=500 seconds_long=3
}

# start_agents: Redis on the source, and on every host an rsync daemon and an agent. Everything ends with the fleet.
start_agents() {
  local index address
  source_address=$(fleet exec 0 ip -brief address show dev eth0 | awk '{ sub("/.*", "", $3); print $3 }')
  redis=redis://$source_address:6379
  # The network has nobody else in it; a server that others reach needs a password.
  background 0 redis-server --bind "$source_address" --protected-mode no --save '' --appendonly no
  serve_by_rsync 0
  index=0
  while read -r address _; do
    index=$((index + 1))
    serve_by_rsync "$index"
    background "$index" "$treepush" agent --redis "$redis" --name "$address" --root "$FLEET/data" --state "$FLEET/data/agent"
  done <"$FLEET/hosts.txt"
  until [[ $(fleet exec 0 redis-cli -h "$source_address" zcard treepush:agents 2>/dev/null) == "${#data[@]}" ]]; do sleep 0.2; done
}

serve_by_rsync() {
  printf '%s\n' 'use chroot = yes' 'uid = root' 'gid = root' 'read only = yes' '[treepush]' 'path = /' >"$(fleet tree "$1")$FLEET/data/rsyncd.conf"
  background "$1" rsync --daemon --no-detach --config "$FLEET/data/rsyncd.conf"
}

# background HOST COMMAND…
background() { bash "$bench/fleet.sh" exec "$@" </dev/null >"$work/host$1.log" 2>&1 & disown; }

# submit M: until every host has the file
submit() {
  at_source "$treepush" submit "$FLEET/data/file" --redis "$redis" --name "$source_address" -m "$1" --wait || return 1
  all_have_it
}

push_to_all() {
  # shellcheck disable=SC2016
  at_source "$treepush" 'scp -q -P $TPUSH_PORT '"$FLEET/data/file"' $TPUSH_USER@$TPUSH_HOST:'"$FLEET/data/file" \
    -s local -l "$FLEET/hosts.txt" --logdir "$FLEET/data/logs" -m "$1" || return 1
  all_have_it
}

case_push() {
  local m round ours theirs
  raise_fleet "$push_hosts" 100mbit
  start_agents
  for m in 1 4; do
    ours=() theirs=()
    for ((round = 0; round < rounds; round++)); do
      make_file "$push_size"
      push_to_all "$m" || { broken "treepush -m $m to $push_hosts hosts" && break; }
      theirs+=("$seconds")
      forget_copies
      submit "$m" || { broken "agents, -m $m, $push_hosts hosts" && break; }
      ours+=("$seconds")
      forget_copies
    done
    ((${#theirs[@]} && ${#ours[@]})) || continue
    record "classic push, -m $m, $push_hosts hosts at 100 Mbit/s" "$(median "${theirs[@]}")" s
    record "agents, -m $m, $push_hosts hosts at 100 Mbit/s" "$(median "${ours[@]}")" s \
      "$(calc "$(median "${ours[@]}") / $(median "${theirs[@]}")")" 'the classic push' '<= 1.2' sized
  done
  lower_fleet
}

case_fleet195() {
  raise_fleet "$many_hosts" 11mbit
  start_agents
  make_file "$many_size"
  if submit 1; then
    record "agents, $many_hosts hosts at 11 Mbit/s, $many_size bytes" "$seconds" s '' '' '<= 40' sized
    record '  fleet195: the floor, size / rate' "$(calc "$many_size * 8 / 11e6")" s
  else
    broken "agents, $many_hosts hosts at 11 Mbit/s"
  fi
  lower_fleet
}

# start_redis: on this machine, at a free port of loopback. It ends with the benchmark.
start_redis() {
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  redis=redis://127.0.0.1:$port
  redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --maxclients 20000 >"$work/redis.log" 2>&1 &
  redis_process=$!
  until redis-cli -u "$redis" ping >/dev/null 2>&1; do sleep 0.1; done
}

build_claims() {
  ulimit -n "$(ulimit -Hn)"
  [[ -f $work/claims/Claims.dll ]] || dotnet build "$bench/claims" -c Release -o "$work/claims" >"$work/build" 2>&1 || fail "dotnet build failed: $(tail -n 5 "$work/build")"
}

# without_files ARGUMENT…: agents on the Redis server; their figures are left in $work/output
without_files() {
  build_claims
  start_redis
  local ended=0
  here dotnet "$work/claims/Claims.dll" "$redis" "$@" || ended=1
  kill "$redis_process" && wait "$redis_process" || true
  return $ended
}

case_claims() {
  local rate middle late
  without_files "$agents" "$asked" "$seconds_long" || { broken "claims of $agents agents" && return; }
  read -r rate middle late <"$work/output"
  record "claims of $agents agents, $asked a second asked for" "$rate" /s '' '' '>= 3000' sized
  record '  claims: median' "$middle" ms
  record '  claims: 99th percentile' "$late" ms '' '' '< 50' sized
}

case_idle() {
  without_files idle 100 30 || { broken 'idle agents' && return; }
  record 'an idle agent, commands of Redis a second' "$(<"$work/output")" '' '' '' '< 1'
}

run_cases "$@"
