# shellcheck shell=bash disable=SC2154  # the benchmark sets program, cases, in_fleet and needed_tools
# The common part of the benchmarks: options, the fleet, measuring one command, and the table at the end. To be sourced.
#
# A benchmark sets `program` (its name), `cases` (all its cases, in order) and `in_fleet` (a pattern for the cases that
# build hosts), defines choose_sizes, a case_NAME for each case and needed_tools (lines of "tool package"), and calls
# run_cases "$@".
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$bench/../.." && pwd)
longest=900   # seconds after which a measured command counts as hung

run_cases() {
  export FLEET=''   # do not use, or take down, a fleet of the caller
  chosen=("${cases[@]}") quick=false json=
  read_options "$@"
  check_tools
  work=$(mktemp -d /tmp/treepush-bench.XXXXXX)
  trap leave EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  find_treepush
  choose_sizes
  rows=() missed=0
  circumstances=$(describe_circumstances)
  coproc stock { exec python3 "$bench/memory.py"; }

  local case
  for case in "${cases[@]}"; do
    [[ " ${chosen[*]} " != *" $case "* ]] || "case_$case"
  done

  print_table
  [[ -z $json ]] || print_json >"$json"
  ((missed == 0))
}

leave() {
  [[ -z ${running:-} ]] || kill -KILL -- "-$running" 2>/dev/null || true
  local watchers
  mapfile -t watchers < <(jobs -rp)
  ((${#watchers[@]} == 0)) || kill "${watchers[@]}" 2>/dev/null || true
  lower_fleet || true
  rm -rf "$work"
}

fail() {
  echo "$program: $1" >&2
  [[ -z ${2:-} ]] || echo "hint: $2" >&2
  exit 2
}

say() { echo "$program: $*" >&2; }

# ---- before measuring

read_options() {
  while (($#)); do
    case $1 in
      --only) IFS=, read -ra chosen <<<"${2:?--only wants a list}" && shift ;;
      --json) json=${2:?--json wants a file} && shift ;;
      --quick) quick=true ;;
      -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "$0" && exit ;;
      *) fail "unknown option $1" '--help lists them' ;;
    esac
    shift
  done
  local case
  for case in "${chosen[@]}"; do
    [[ -n $case && " ${cases[*]} " == *" $case "* ]] || fail "no such case: $case" "${cases[*]}"
  done
}

check_tools() {
  local tool package missing=()
  while read -r tool package; do
    command -v "$tool" >/dev/null || missing+=("$package")
  done < <(printf '%s\n' 'ip iproute2' 'unshare util-linux' 'sshd openssh-server' 'scp openssh-client' 'python3 python3' \
    && needed_tools)
  ((${#missing[@]} == 0)) || fail "missing: ${missing[*]}" "apt-get install ${missing[*]}"
  ((EUID == 0)) || [[ ! ${chosen[*]} =~ $in_fleet ]] || fail 'hosts are built from namespaces, which wants root'
}

find_treepush() {
  if [[ -z ${TREEPUSH:-} ]]; then
    say 'publishing treepush'
    # A separate lock file: publishing for one platform would add that platform to the lock files under version control.
    (cd "$repository" && dotnet publish src/TreePush.Cli -c Release -r linux-x64 --self-contained \
      -o artifacts/publish -p:NuGetLockFilePath=obj/publish.lock.json) >"$work/publish" 2>&1 ||
      fail "dotnet publish failed: $(tail -n 5 "$work/publish")"
    TREEPUSH=$repository/artifacts/publish/treepush
  fi
  [[ -x $TREEPUSH ]] || fail "not an executable: $TREEPUSH"
  treepush=$(readlink -f "$TREEPUSH")
  # The hosts have homes of their own. These directories of the real home stay visible in them.
  FLEET_KEEP="$bench ${treepush%/*} ${DOTNET_ROOT:-}"
  local dotnet
  if dotnet=$(command -v dotnet); then
    dotnet=$(readlink -f "$dotnet")
    FLEET_KEEP+=" ${dotnet%/*}"
  fi
  export FLEET_KEEP
}

describe_circumstances() {
  local load model
  read -r load _ </proc/loadavg
  model=$(sed -n 's/^model name[^:]*: //p;T;q' /proc/cpuinfo)
  echo "$(date -u +%FT%TZ), $(nproc) × $model, load $load before, Linux $(uname -r)," \
    "tcp $(</proc/sys/net/ipv4/tcp_congestion_control), $(ssh -V 2>&1 | cut -d, -f1)"
}

# ---- the fleet

fleet() { bash "$bench/fleet.sh" "$@"; }

raise_fleet() {
  say "raising $1 hosts, $2"
  FLEET=$(fleet up "$1" "$2")
  source_file=$(fleet tree 0)$FLEET/data/file
  mapfile -t data < <(seq 1 "$1" | xargs bash "$bench/fleet.sh" tree | sed "s|\$|$FLEET/data|")
  copies=("${data[@]/%//file}")
}

lower_fleet() {
  [[ -z $FLEET ]] || fleet down
  FLEET=''
}

make_file() {
  head -c "$1" /dev/urandom >"$source_file"
  digest=$(sha256sum <"$source_file")
}

all_have_it() {
  local copy
  for copy in "${copies[@]}"; do
    [[ -f $copy && $(sha256sum <"$copy") == "$digest" ]] || { status="$status, but a copy is wrong or missing" && return 1; }
  done
}

# list_with_dead COUNT: writes a list of the hosts with COUNT dead ones spread among them. Packets to every second dead host are
# lost; to the others there is no route.
list_with_dead() {
  local index host=0 address live
  mapfile -t live <"$FLEET/hosts.txt"
  for ((index = 1; index <= $1; index++)); do
    address=10.77.$((200 + index / 250)).$((index % 250 + 1))
    echo "$address 22 root" >&3
    ((index % 2)) || echo "neigh replace $address lladdr 02:54:50:ff:ff:ff nud permanent dev eth0"
    ((index * ${#live[@]} / $1 == host)) || echo "${live[host++]}" >&3
  done 3>"$FLEET/with-dead.txt" >"$FLEET/lost"
  fleet exec 0 ip -batch "$FLEET/lost"
}

# last_took [WITHOUT…]: prints when the last host was served, except for these, in seconds from the start of the run
last_took() {
  # shellcheck disable=SC2046
  python3 "$bench/events.py" "$work/output" $(cut -d' ' -f1 "$FLEET/hosts.txt" | sed "${*/%/d;}")
}

# beside_alone NAME COMMAND…: COMMAND LIST serves the hosts of a list and prints JSON events. With dead hosts in the list, the live
# hosts should be served as fast as without them. The run itself ends later.
beside_alone() {
  local name=$1 alone took
  shift
  "$@" "$FLEET/hosts.txt" && all_have_it || { broken "$name, alone" && return; }
  alone=$(last_took)
  forget_copies
  list_with_dead "$dead_hosts"
  "$@" "$FLEET/with-dead.txt" || true
  all_have_it && took=$(last_took) || { broken "$name" && return; }
  record "$name" "$took" s "$(calc "$took / $alone")" 'the live alone' '<= 1.5' sized
  record '  dead: the run, all given up' "$seconds" s
}

forget_copies() { rm -f "${copies[@]}"; }

scp_to_one() {
  local address
  read -r address _ <"$FLEET/hosts.txt"
  at_source scp -q "$FLEET/data/file" "root@$address:$FLEET/data/file"
}

# The list in the format of parallel-scp.
list_for_pssh() { awk '{ print $3 "@" $1 ":" $2 }' "$FLEET/hosts.txt" >"$FLEET/pssh.txt"; }

parallel_scp_to_all() {
  at_source parallel-scp -p 32 -t 0 -h "$FLEET/pssh.txt" "$FLEET/data/file" "$FLEET/data/file" || return 1
  all_have_it
}

# ---- measuring: each sets seconds, processor, peak and whole (see measure.py), and leaves the command's output in
# $work/output (standard output) and $work/errors

at_source() { measured fleet exec 0 python3 "$bench/measure.py" "$work/measured" "$@"; }
here() { measured python3 "$bench/measure.py" "$work/measured" "$@"; }

# The command runs in the background in a process group of its own, so that ^C ends it at once with all its children.
measured() {
  rm -f "$work/measured"
  [[ $1 != fleet ]] || set -- bash "$bench/fleet.sh" "${@:2}"
  keep_memory_touched
  setsid timeout --kill-after 5 "$longest" "$@" >"$work/output" 2>"$work/errors" </dev/null &
  running=$!
  wait "$running" || true
  running='' status='no end'
  [[ ! -s $work/measured ]] || read -r seconds processor peak whole status <"$work/measured"
  [[ $status == 0 ]]
}

# Keeps the free memory touched, so that commands do not pay for first touches (memory.py).
keep_memory_touched() {
  local answer
  echo fill >&"${stock[1]}"
  read -r -u "${stock[0]}" answer && [[ $answer == full ]]
  echo give >&"${stock[1]}"
}

answered() { grep -qE "$1" "$work/output" || { status='0, but the answer is missing' && return 1; }; }

# Runs a command N times and sets `seconds` to the median.
repeat() {
  local times=$1 figures=()
  shift
  while ((times-- > 0)); do
    "$@" || return 1
    figures+=("$seconds")
  done
  seconds=$(median "${figures[@]}")
}

calc() { awk "BEGIN { printf \"%.3f\", $1 }"; }
megabytes() { calc "$1 * 1024 / 1000000"; }
median() {
  printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}
largest() { printf '%s\n' "$@" | sort -n | tail -n 1; }

# ---- results

# record WHAT FIGURE UNIT [RATIO OF_WHAT [GOAL [sized]]]: the goal is for the ratio if there is one, otherwise for
# the figure. A sized goal is not judged in a quick run.
record() {
  local what=$1 figure=$2 unit=$3 ratio=${4:-} of=${5:-} goal=${6:-} sized=${7:-} verdict=''
  if [[ -n $goal && -n $sized ]] && $quick; then
    verdict='not judged'
  elif [[ -n $goal ]]; then
    verdict=$(awk "BEGIN { print (${ratio:-$figure} $goal) ? \"PASS\" : \"FAIL\" }")
  fi
  [[ $verdict != FAIL ]] || missed=$((missed + 1))
  rows+=("$what|$figure|$unit|$ratio|$of|$goal|$verdict")
  say "$what: $figure $unit"
}

# broken WHAT: records that a case gave no figure.
broken() {
  missed=$((missed + 1))
  rows+=("$1||||||FAIL")
  say "$1: failed, status $status"
  tail -qn 5 "$work/output" "$work/errors" | sed 's/^/  /' >&2
}

# absent WHAT PACKAGE: records that a rival is not installed.
absent() { rows+=("$1: not installed ($2)||||||"); }

print_table() {
  local row what figure unit ratio of goal verdict
  echo "$circumstances"
  printf '\n%-62s %12s  %-38s %-8s %s\n' what measured ratio goal verdict
  for row in "${rows[@]}"; do
    IFS='|' read -r what figure unit ratio of goal verdict <<<"$row"
    printf '%-62s %12s  %-38s %-8s %s\n' "$what" "${figure:--} $unit" "${ratio:+$ratio of $of}" "$goal" "$verdict"
  done
}

print_json() {
  printf '%s\n' "${rows[@]}" | python3 -c '
import json, sys

def number(text):
    return float(text) if text else None

def result(line):
    what, figure, unit, ratio, of, goal, verdict = line.rstrip("\n").split("|")
    return {"what": what.strip(), "figure": number(figure), "unit": unit, "ratio": number(ratio), "of": of,
            "goal": goal, "verdict": verdict}

json.dump({"circumstances": sys.argv[1], "results": [result(line) for line in sys.stdin]}, sys.stdout, indent=2)
print()' "$circumstances"
}
