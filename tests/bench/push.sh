#!/usr/bin/env bash
# What the push costs, beside what it is compared with: everything measured in one run, on one machine.
#
#   push.sh [--only push,many,start,plan] [--quick] [--json FILE]
#
#   push   64 MiB to 16 hosts over links of 100 Mbit/s: one scp to one host, then -m 1, 2, 4 and auto
#   many   1 KiB to 200 hosts on loopback: parallel-scp -p 32, then treepush, its processor time and memory
#   start  treepush --version
#   plan   treepush plan for 100,000 hosts
#
# --quick takes small sizes, to see that everything works; goals that mean something only at full size are then shown
# and not judged. TREEPUSH names the executable; unset, it is published from this repository first.
# Exit: 0 every goal met, 1 some goal missed or something failed, 2 something is missing or misspelt.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$bench/../.." && pwd)
longest=900   # seconds after which a measured command counts as hung

main() {
  export FLEET=''   # one that the caller has up is not ours to use, nor to take down
  only=push,many,start,plan quick=false json=
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

  local name
  for name in push many start plan; do
    [[ ,$only, != *",$name,"* ]] || "case_$name"
  done

  print_table
  [[ -z $json ]] || print_json >"$json"
  ((missed == 0))
}

leave() {
  [[ -z ${running:-} ]] || kill -KILL -- "-$running" 2>/dev/null || true
  lower_fleet || true
  rm -rf "$work"
}

fail() {
  echo "push: $1" >&2
  [[ -z ${2:-} ]] || echo "hint: $2" >&2
  exit 2
}

say() { echo "push: $*" >&2; }

# ---- before measuring

read_options() {
  while (($#)); do
    case $1 in
      --only) only=${2:?--only wants a list} && shift ;;
      --json) json=${2:?--json wants a file} && shift ;;
      --quick) quick=true ;;
      -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit ;;
      *) fail "unknown option $1" '--help lists them' ;;
    esac
    shift
  done
  local name
  for name in ${only//,/ }; do
    [[ $name =~ ^(push|many|start|plan)$ ]] || fail "no such case: $name" 'push, many, start, plan'
  done
}

check_tools() {
  local tool package missing=()
  while read -r tool package; do
    command -v "$tool" >/dev/null || missing+=("$package")
  done <<'END'
ip iproute2
unshare util-linux
sshd openssh-server
scp openssh-client
parallel-scp pssh
python3 python3
END
  ((${#missing[@]} == 0)) || fail "missing: ${missing[*]}" "apt-get install ${missing[*]}"
  ((EUID == 0)) || [[ ! $only =~ push|many ]] || fail 'push and many build hosts from namespaces, which wants root'
}

find_treepush() {
  if [[ -z ${TREEPUSH:-} ]]; then
    say 'publishing treepush'
    # A lock file of its own: publishing for one platform would write that platform into those under version control.
    (cd "$repository" && dotnet publish src/TreePush.Cli -c Release -r linux-x64 --no-self-contained \
      -o artifacts/publish -p:NuGetLockFilePath=obj/publish.lock.json) >"$work/publish" 2>&1 ||
      fail "dotnet publish failed: $(tail -n 5 "$work/publish")"
    TREEPUSH=$repository/artifacts/publish/treepush
  fi
  [[ -x $TREEPUSH ]] || fail "not an executable: $TREEPUSH"
  treepush=$(readlink -f "$TREEPUSH")
  # The hosts have homes of their own; what we need of the real one stays visible in them.
  FLEET_KEEP="$bench ${treepush%/*} ${DOTNET_ROOT:-}"
  local dotnet
  if dotnet=$(command -v dotnet); then
    dotnet=$(readlink -f "$dotnet")
    FLEET_KEEP+=" ${dotnet%/*}"
  fi
  export FLEET_KEEP
}

choose_sizes() {
  push_hosts=16 push_size=64 many_hosts=200 many_rounds=3 plan_hosts=100000 plan_size=1GB
  ! $quick || push_hosts=6 push_size=4 many_hosts=20 many_rounds=1 plan_hosts=1000 plan_size=100MB
}

describe_circumstances() {
  local load model
  read -r load _ </proc/loadavg
  model=$(sed -n 's/^model name[^:]*: //p;T;q' /proc/cpuinfo)
  echo "$(date -u +%FT%TZ), $(nproc) × $model, load $load before, Linux $(uname -r)," \
    "tcp $(</proc/sys/net/ipv4/tcp_congestion_control), $(ssh -V 2>&1 | cut -d, -f1)"
}

# ---- the cases

case_push() {
  local one m name best='' goal
  raise_fleet "$push_hosts" 100mbit
  make_file "${push_size}M"

  name="one scp, $push_size MiB at 100 Mbit/s"
  repeat 2 scp_to_one || { broken "$name" && return; }
  one=$seconds
  record "$name" "$one" s
  for m in 1 2 4 auto; do
    name="treepush -m $m to $push_hosts hosts"
    if ! push_to_all -m "$m"; then
      broken "$name"
    elif [[ $m == auto ]]; then
      record "$name" "$seconds" s "$(calc "$seconds / ${best:-$seconds}")" 'the best fixed -m' '<= 1.05' sized
    else
      goal=$([[ $m != 1 ]] || echo '<= 5.5')
      record "$name" "$seconds" s "$(calc "$seconds / $one")" 'one scp' "$goal" sized
      best=$(printf '%s\n' ${best:+"$best"} "$seconds" | sort -n | head -n 1)
    fi
    forget_copies
  done
  lower_fleet
}

# push_to_all [OPTION…]
push_to_all() {
  at_source "$treepush" "$(scp_template)" -s local -l "$FLEET/hosts.txt" --logdir "$FLEET/data/logs" "$@" || return 1
  all_have_it
}

scp_to_one() {
  local address
  read -r address _ <"$FLEET/hosts.txt"
  at_source scp -q "$FLEET/data/file" "root@$address:$FLEET/data/file"
}

# The rival and treepush take turns, so that what else the machine does falls on both.
case_many() {
  local round rival=() ours=() processors=() peaks=() name="treepush to $many_hosts hosts, 1 KiB"
  raise_fleet "$many_hosts" loopback
  make_file 1K
  awk '{ print $3 "@" $1 ":" $2 }' "$FLEET/hosts.txt" >"$FLEET/pssh.txt"
  for ((round = 0; round < many_rounds; round++)); do
    parallel_scp_to_all || { broken parallel-scp && break; }
    rival+=("$seconds")
    forget_copies
    push_to_all || { broken "$name" && break; }
    ours+=("$seconds") processors+=("$processor") peaks+=("$peak")
    forget_copies
  done
  lower_fleet
  ((${#rival[@]})) || return 0
  record "parallel-scp -p 32 to $many_hosts hosts, 1 KiB" "$(median "${rival[@]}")" s
  ((${#ours[@]})) || return 0
  record "$name" "$(median "${ours[@]}")" s \
    "$(calc "$(median "${ours[@]}") / $(median "${rival[@]}")")" parallel-scp '<= 1.5' sized
  record '  many: own processor time a host' \
    "$(calc "1000 * $(median "${processors[@]}") / $many_hosts")" ms '' '' '<= 15' sized
  record '  many: peak memory' "$(megabytes "$(largest "${peaks[@]}")")" MB '' '' '< 150'
}

parallel_scp_to_all() {
  at_source parallel-scp -p 32 -h "$FLEET/pssh.txt" "$FLEET/data/file" "$FLEET/data/file" || return 1
  all_have_it
}

case_start() {
  # Once for the disk cache, then ten times for the figure.
  say_version || { broken 'treepush --version' && return; }
  repeat 10 say_version || { broken 'treepush --version' && return; }
  record 'treepush --version' "$(calc "1000 * $seconds")" ms '' '' '< 100'
}

# A program that does nothing is quick: the answer has to be there as well.
say_version() { here "$treepush" --version && answered '[0-9]+[.][0-9]+'; }

case_plan() {
  local name="treepush plan for $plan_hosts hosts"
  plan_push || { broken "$name" && return; }
  record "$name" "$seconds" s '' '' '< 10' sized
  record '  plan: peak memory' "$(megabytes "$peak")" MB '' '' '< 1000' sized
}

plan_push() { here "$treepush" plan --hosts "$plan_hosts" --size "$plan_size" --rate 1Gbit && answered '[0-9]'; }

# ---- the fleet

fleet() { bash "$bench/fleet.sh" "$@"; }

raise_fleet() {
  say "raising $1 hosts, $2"
  FLEET=$(fleet up "$1" "$2")
  source_file=$(fleet tree 0)$FLEET/data/file
  mapfile -t copies < <(seq 1 "$1" | xargs bash "$bench/fleet.sh" tree | sed "s|\$|$FLEET/data/file|")
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
    [[ -f $copy && $(sha256sum <"$copy") == "$digest" ]] || { status='0, but a copy is wrong or missing' && return 1; }
  done
}

forget_copies() { rm -f "${copies[@]}"; }

# Expanded on each source in turn: the path is the same on every host.
scp_template() {
  # shellcheck disable=SC2016
  echo 'scp -q -P "$TPUSH_PORT" FILE "$TPUSH_USER@$TPUSH_HOST:FILE"' | sed "s|FILE|$FLEET/data/file|g"
}

# ---- measuring: each leaves seconds, processor, peak (see measure.py), and the command's output in $work/output

at_source() { measured fleet exec 0 python3 "$bench/measure.py" "$work/measured" "$@"; }
here() { measured python3 "$bench/measure.py" "$work/measured" "$@"; }

# In a process group of its own, and waited for rather than run in front, so that ^C ends it at once and wholly.
measured() {
  rm -f "$work/measured"
  [[ $1 != fleet ]] || set -- bash "$bench/fleet.sh" "${@:2}"
  setsid timeout --kill-after 5 "$longest" "$@" >"$work/output" 2>&1 </dev/null &
  running=$!
  wait "$running" || true
  running='' status='no end'
  [[ ! -s $work/measured ]] || read -r seconds processor peak status <"$work/measured"
  [[ $status == 0 ]]
}

answered() { grep -qE "$1" "$work/output" || { status='0, but the answer is missing' && return 1; }; }

# Runs a command N times and leaves the median in seconds.
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

# record WHAT FIGURE UNIT [RATIO OF_WHAT [GOAL [sized]]]: a goal holds for the ratio where there is one, else for the
# figure; a sized goal says nothing about a quick run.
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

# broken WHAT: it gave no figure at all.
broken() {
  missed=$((missed + 1))
  rows+=("$1||||||FAIL")
  say "$1: failed, status $status"
  tail -n 5 "$work/output" | sed 's/^/  /' >&2
}

print_table() {
  local row what figure unit ratio of goal verdict
  echo "$circumstances"
  printf '\n%-50s %12s  %-28s %-8s %s\n' what measured ratio goal verdict
  for row in "${rows[@]}"; do
    IFS='|' read -r what figure unit ratio of goal verdict <<<"$row"
    printf '%-50s %12s  %-28s %-8s %s\n' "$what" "${figure:--} $unit" "${ratio:+$ratio of $of}" "$goal" "$verdict"
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

main "$@"
