#!/usr/bin/env bash
# Agents that pull: starts a redis-server with a password and eight hosts on loopback addresses, each with files of its own, an
# rsync daemon and an agent. Submits a 64 MiB file on the first host, shows who served whom, checks every copy, starts a second
# task as the original does, by setting a key, and cleans up after itself.
# On a Debian-like system it installs missing programs, as root or with sudo. Elsewhere it prints what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

hosts=8
work=$(mktemp -d "${TMPDIR:-/tmp}/treepush-agents.XXXXXX")
data=$work/data
pids=()

clean_up() {
  trap '' INT TERM
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
fail() { printf 'agents: %s\n' "$*" >&2; exit 1; }

install_missing() {
  local missing=()
  command -v redis-server >/dev/null || missing+=(redis-server)
  command -v redis-cli >/dev/null || missing+=(redis-tools)
  command -v rsync >/dev/null || missing+=(rsync)
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || fail "please install first: redis-server, redis-cli, rsync"
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    say "Installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  [ -n "${TREEPUSH:-}" ] || command -v dotnet >/dev/null || fail "please install the .NET 10 SDK first: https://dotnet.microsoft.com/download"
  "${on_host[@]}" true 2>/dev/null || fail "this machine allows no mount namespaces, which give each host files of its own: run it as root"
}

wait_until() { # WHAT COMMAND...
  local what=$1
  shift
  for _ in $(seq 300); do
    "$@" 2>/dev/null && return
    sleep 0.1
  done
  fail "$what"
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

free_port() {
  local candidate
  for candidate in $(seq "$1" $(($1 + 100))); do
    answers 127.0.68.1 "$candidate" || answers 127.0.0.1 "$candidate" || { echo "$candidate"; return; }
  done
  fail "no free port between $1 and $(($1 + 100))"
}

# The name of host $1, by which the others reach its rsync daemon.
name() { echo "127.0.68.$1:$rsync_port"; }

# Runs a command on host $1: in a mount namespace in which $data has this host's files.
at_host() {
  local number=$1
  shift
  exec "${on_host[@]}" sh -c 'mount --bind "$1" "$2" && shift 2 && exec "$@"' sh "$work/host$number/data" "$data" "$@"
}

start_host() {
  local number=$1 home="$work/host$1"
  mkdir -p "$home/data"
  cat >"$home/rsyncd.conf" <<CONFIG
address = 127.0.68.$number
port = $rsync_port
log file = $home/rsyncd.log
reverse lookup = no
$(if [ "$(id -u)" = 0 ]; then printf 'use chroot = yes\nuid = 0\ngid = 0'; else echo 'use chroot = no'; fi)

[treepush]
    path = /
    read only = yes
    auth users = treepush
    secrets file = $work/rsyncd.secrets
    strict modes = no
CONFIG
  (at_host "$number" rsync --daemon --no-detach --config="$home/rsyncd.conf") &
  pids+=($!)
}

start_agent() { # NUMBER OPTION...
  local number=$1
  shift
  (at_host "$number" "$treepush" agent --name "$(name "$number")" --root "$data" --state "$work/host$number/state" --command "$pull" "$@" 2>"$work/host$number/agent.log") &
  pids+=($!)
}

on_host=(unshare --mount)
[ "$(id -u)" = 0 ] || on_host=(unshare --map-root-user --mount)
install_missing

if [ -n "${TREEPUSH:-}" ]; then # a treepush that is built already
  treepush=$TREEPUSH
else
  say "Building treepush"
  dotnet build src/TreePush.Cli -c Release -v quiet --nologo
  treepush=$PWD/src/TreePush.Cli/bin/Release/net10.0/treepush
fi

say "Starting Redis, and $hosts hosts with rsync daemons and agents"
redis_port=$(free_port 26379)
rsync_port=$(free_port 28730)
mkdir -p "$data" "$work/redis"
(umask 077; echo "bind 127.0.0.1
port $redis_port
dir $work/redis
save \"\"
requirepass sample" >"$work/redis.conf")
redis-server "$work/redis.conf" >"$work/redis.log" &
pids+=($!)
# In the environment, not in arguments, which every user can see.
export TREEPUSH_REDIS="redis://:sample@127.0.0.1:$redis_port" REDISCLI_AUTH=sample RSYNC_PASSWORD=sample
(umask 077; echo treepush:sample >"$work/rsyncd.secrets")
pull='rsync -t --ignore-times --partial-dir=.treepush-partial "rsync://treepush@$TPUSH_SRC/treepush$TPUSH_PATH" "$TPUSH_PATH"'
wait_until "redis-server did not start" sh -c "[ \"\$(redis-cli -p $redis_port ping)\" = PONG ]"
for number in $(seq $hosts); do start_host "$number"; done
for number in $(seq $hosts); do wait_until "the rsync daemon of host $number did not start" answers "127.0.68.$number" "$rsync_port"; done
start_agent 1 --serve "$data/second"
for number in $(seq 2 $hosts); do start_agent "$number"; done

say "Submitting 64 MiB on the first host, and waiting for all"
head -c 67108864 /dev/urandom >"$work/host1/data/model.bin"
task=$(cd "$work" && (at_host 1 "$treepush" submit "$data/model.bin" --name "$(name 1)" -m 2 -q))
(at_host 1 "$treepush" submit "$data/model.bin" --name "$(name 1)" -m 2 --wait --min-success $hosts)

say "Who served whom"
"$treepush" tasks "$task"

say "Every copy has the SHA-256 of the original"
sha256sum "$work"/host*/data/model.bin | cut -c1-64 | sort | uniq -c

say "The same as the original does it: set a key, and look at the sets"
echo "a second file" >"$work/host1/data/second"
redis-cli -p "$redis_port" set task "$data/second"
wait_until "the second file did not reach all hosts" sh -c "[ \$(ls '$work'/host*/data/second | wc -l) = $hosts ]"
wait_until "the keys were not removed" sh -c "[ \$(redis-cli -p $redis_port exists task lookup synchronize_queue running_queue finished_queue) = 0 ]"
"$treepush" tasks

say "What the last agent did"
cat "$work/host$hosts/agent.log"

say "Done. Redis, hosts and files are removed again."
