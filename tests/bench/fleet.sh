#!/usr/bin/env bash
# A fleet of hosts on one machine, for measurements as in a network of hosts.
#
#   export FLEET=$(fleet.sh up 16 100mbit)   builds the fleet and prints its directory
#   fleet.sh hosts                           the target list: address port user
#   fleet.sh exec 3 ls -l                    runs a command on host 3, in its data directory
#   fleet.sh tree 3                          host 3's root directory, as this machine sees it
#   fleet.sh traffic 3                       bytes that host 3 has received and sent
#   fleet.sh shape 3 10mbit                  gives host 3 another rate
#   fleet.sh kill 3                          ends host 3 with all its processes, for good, as a power cut would
#   fleet.sh cut 3                           cuts host 3 off the network silently: it neither receives nor sends packets
#   fleet.sh down                            ends every process and removes all files
#
# Host 0 is the source, on which the commands run; hosts 1 to N are the targets. Each has an address, a root
# home and a data directory ($FLEET/data) of its own, at the same path everywhere, and an sshd with its own host key;
# all trust each other. RATE limits every host's link in both directions, and 0 sets no limit. With `loopback` there are no
# links: the hosts share one network and differ by their 127.77.x.y addresses.
#
# Every host is a PID namespace: when its first process ends, all others in it end too, and the kernel drops the mounts
# and links that nothing uses any more. No name exists outside of the temporary directory, so several fleets can run at
# the same time, and the machine's own network is never changed.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
bucket=(burst 128kb latency 50ms)

main() {
  local verb=${1:-help}
  shift || true
  case $verb in
    up) up "$@" ;;
    exec) find_fleet && exec_on "$@" ;;
    hosts) find_fleet && cat "$FLEET/hosts.txt" ;;
    tree) find_fleet && tree_of "$@" ;;
    traffic) find_fleet && traffic_of "$@" ;;
    shape) find_fleet && shape "$@" ;;
    kill) find_fleet && kill_host "$@" ;;
    cut) find_fleet && cut_off "$@" ;;
    down) find_fleet && down ;;
    host) become_host "$1" ;;      # called by `up`, inside the new host's namespaces
    network) become_network ;;     # called by `up`, inside the network's namespace
    help | -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" ;;
    *) fail "no such command: $verb" "fleet.sh help lists them" ;;
  esac
}

fail() {
  echo "fleet: $1" >&2
  [[ -z ${2:-} ]] || echo "hint: $2" >&2
  exit 2
}

find_fleet() {
  [[ -n ${FLEET:-} ]] || fail 'FLEET is not set' 'its value is what "fleet.sh up 16 100mbit" prints'
  [[ -f $FLEET/settings ]] || fail "no fleet in $FLEET"
  # shellcheck source=/dev/null
  source "$FLEET/settings"
}

# ---- up: prepare the files, start the network, start the hosts, wait until every sshd listens

up() {
  (($# == 2)) || fail 'up wants a number of hosts and a rate' 'fleet.sh up 16 100mbit'
  hosts=$1 rate=$2
  check_request
  # Signals wait until a started process is on record, because `down` ends the processes on record.
  stop_with=0
  trap 'stop_with=130' INT
  trap 'stop_with=143' TERM HUP
  FLEET=$(mktemp -d /tmp/treepush-fleet.XXXXXX)
  export FLEET
  trap down EXIT

  mkdir -p "$FLEET/pids" "$FLEET/hosts" "$FLEET/home/.ssh" "$FLEET/data"
  printf 'hosts=%q rate=%q\n' "$hosts" "$rate" >"$FLEET/settings"
  write_trust
  [[ $rate == loopback ]] || write_neighbours
  start network unshare --net bash "$0" network
  wait_for network "$FLEET/network-ready"
  local index
  for ((index = 0; index <= hosts; index++)); do
    start "$index" unshare --net --mount --uts bash "$0" host "$index"
  done
  for ((index = 0; index <= hosts; index++)); do
    wait_for "$index" "$FLEET/hosts/$index/sshd.pid"
  done

  echo "$FLEET"
  ((stop_with == 0)) || exit "$stop_with"
  trap - EXIT
}

check_request() {
  [[ $hosts =~ ^[1-9][0-9]*$ ]] || fail "not a number of hosts: $hosts"
  [[ $rate =~ ^(0|loopback|[0-9]+[kmg]?bit)$ ]] || fail "not a rate: $rate" '100mbit, 1gbit, 0 or loopback'
  # A Linux bridge has 1023 ports, and host 0 takes one.
  [[ $rate == loopback ]] || ((hosts <= 1000)) || fail "a bridge cannot hold $hosts hosts" 'loopback can'
  ((EUID == 0)) || fail 'namespaces want root'
  local tool package
  while read -r tool package; do
    command -v "$tool" >/dev/null || fail "$tool is missing" "apt-get install $package"
  done <<<$'ip iproute2\ntc iproute2\nunshare util-linux\nsshd openssh-server\nssh openssh-client\nsetsid util-linux'
  unshare --net --mount --uts --pid --fork true 2>/dev/null || fail 'this machine does not let us make namespaces' \
    'in a container, it takes --privileged'
}

# One client key for all hosts, and every host key known in advance, so that no measurement includes a first contact.
write_trust() {
  local ssh=$FLEET/home/.ssh index
  ssh-keygen -q -t ed25519 -N '' -C fleet -f "$ssh/id_ed25519"
  cp "$ssh/id_ed25519.pub" "$ssh/authorized_keys"
  cat >"$ssh/config" <<'END'
Host *
  StrictHostKeyChecking accept-new
  KexAlgorithms curve25519-sha256
  GSSAPIAuthentication no
  LogLevel ERROR
END
  for ((index = 0; index <= hosts; index++)); do
    mkdir "$FLEET/hosts/$index"
    ssh-keygen -q -t ed25519 -N '' -C "host$index" -f "$FLEET/hosts/$index/key"
    echo "$(address_of "$index") $(<"$FLEET/hosts/$index/key.pub")" >>"$ssh/known_hosts"
    ((index == 0)) || echo "$(address_of "$index") 22 root" >>"$FLEET/hosts.txt"
  done
  chmod 700 "$ssh"
  chmod 600 "$ssh"/*
}

# All namespaces share one neighbour table, which a few hundred hosts fill. Only learnt entries count towards its limit, so the entries are set here.
write_neighbours() {
  local index
  for ((index = 0; index <= hosts; index++)); do
    echo "neigh replace $(address_of "$index") lladdr $(hardware_of "$index") nud permanent dev eth0"
  done >"$FLEET/neighbours"
}

hardware_of() { printf '02:54:50:00:%02x:%02x' $(($1 / 256)) $(($1 % 256)); }

address_of() {
  local net=10.77
  [[ $rate != loopback ]] || net=127.77
  if (($1 == 0)); then echo "$net.255.254"; else echo "$net.$((($1 - 1) / 250)).$((($1 - 1) % 250 + 1))"; fi
}

# A session of its own protects the hosts from the terminal's ^C: `down` ends them in order.
start() {
  local name=$1
  shift
  setsid "$@" </dev/null >"$FLEET/$name.log" 2>&1 &
  birth=''
  read_stat $! || true
  echo "$! $birth" >"$FLEET/pids/$name"
  ((stop_with == 0)) || exit "$stop_with"
}

wait_for() {
  local name=$1 file=$2
  until [[ -s $file ]]; do
    ((stop_with == 0)) || exit "$stop_with"
    is_running "$name" || fail "$name did not start: $(tail -n 3 "$FLEET/$name.log")"
    sleep 0.02
  done
}

# ---- what runs inside the new namespaces

become_network() {
  ip link set lo up
  find_fleet
  [[ $rate == loopback ]] || ip link add switch up type bridge
  echo ready >"$FLEET/network-ready"
  exec sleep infinity
}

become_host() {
  local index=$1
  find_fleet
  if [[ $rate == loopback ]]; then
    # The network exists already. This process moves into it, and so do the processes that it starts.
    [[ -n ${IN_NETWORK:-} ]] || IN_NETWORK=1 exec nsenter --net="$(network)" bash "$0" host "$index"
  else
    plug_in "$index"
  fi
  hostname "host$index"
  take_own_files
  exec unshare --pid --fork --kill-child --mount-proc "$(command -v sshd)" -D -e \
    -f /dev/null -h "$FLEET/hosts/$index/key" -o PidFile="$FLEET/hosts/$index/sshd.pid" \
    -o ListenAddress="$(address_of "$index")" -o UsePAM=no -o UseDNS=no -o PermitRootLogin=yes -o PrintMotd=no \
    -o MaxStartups=200:30:400 -o Subsystem="sftp /usr/lib/openssh/sftp-server"
}

# The host limits what it sends, the switch's port limits what the host receives.
plug_in() {
  local index=$1 address
  address=$(address_of "$index")
  in_network ip link add "port$index" type veth peer name eth0 address "$(hardware_of "$index")" netns $$
  in_network ip link set "port$index" master switch up
  ip link set lo up
  ip address add "$address/16" broadcast + dev eth0
  ip link set eth0 up
  ip -batch "$FLEET/neighbours"
  [[ $rate != 0 ]] || return 0
  tc qdisc add dev eth0 root tbf rate "$rate" "${bucket[@]}"
  in_network tc qdisc add dev "port$index" root tbf rate "$rate" "${bucket[@]}"
}

in_network() { nsenter --net="$(network)" "$@"; }

network() {
  read_pid network
  echo "/proc/$pid/ns/net"
}

take_own_files() {
  local home path
  home=$(getent passwd root | cut -d: -f6)
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir /run/sshd /run/home
  # A locked root (`!`) may not log in without PAM.
  sed 's/^root:[^:]*:/root:*:/' /etc/shadow >/run/shadow
  mount --bind /run/shadow /etc/shadow
  mount -t tmpfs tmpfs "$FLEET/data"
  mount --bind "$home" /run/home
  mount -t tmpfs -o mode=700 tmpfs "$home"
  cp -a "$FLEET/home/.ssh" "$home/"
  # FLEET_KEEP names directories in the real home that the hosts need: an SDK, a checkout.
  for path in ${FLEET_KEEP:-}; do
    [[ $path == "$home"/* ]] || continue
    mkdir -p "$path"
    mount --bind "/run/home${path#"$home"}" "$path"
  done
  umount --lazy /run/home
}

# ---- the commands on a running fleet

# exec HOST COMMAND…
exec_on() {
  local pid home
  pid=$(first_process "${1:-}")
  shift
  home=$(getent passwd root | cut -d: -f6)
  exec nsenter --target "$pid" --mount --uts --net --pid --wdns="$FLEET/data" \
    env -u SSH_AUTH_SOCK -u XDG_RUNTIME_DIR -u XDG_CONFIG_HOME -u XDG_CACHE_HOME HOME="$home" "$@"
}

# tree HOST…
tree_of() {
  local index pid
  for index; do
    pid=$(first_process "$index")
    echo "/proc/$pid/root"
  done
}

# traffic HOST…: one line for each host, in bytes with Ethernet headers
traffic_of() {
  local index pid
  for index; do
    pid=$(first_process "$index")
    awk '/eth0:/ { sub(/.*:/, ""); print $1, $9 }' "/proc/$pid/net/dev"
  done
}

# shape HOST RATE: in both directions, for packets from now on
shape() {
  local pid
  pid=$(first_process "${1:-}")
  [[ ${2:-} =~ ^[0-9]+[kmg]?bit$ ]] || fail "not a rate: ${2:-}" '10mbit'
  nsenter --target "$pid" --net tc qdisc replace dev eth0 root tbf rate "$2" "${bucket[@]}"
  in_network tc qdisc replace dev "port$1" root tbf rate "$2" "${bucket[@]}"
}

# cut HOST…: no connection is closed, so a peer that waits for these hosts keeps waiting.
cut_off() {
  local host
  for host; do in_network ip link set "port$host" down; done
}

# kill HOST…: all at the same time. The kernel removes a host's sockets and links with it.
kill_host() {
  local index pids=()
  for index; do
    pids+=("$(first_process "$index")")
  done
  kill -KILL "${pids[@]}"
}

down() {
  local file pid children=() ours=()
  for file in "$FLEET"/pids/*; do
    is_running "${file##*/}" || continue
    read -ra children <"/proc/$pid/task/$pid/children" || true
    ours+=("$pid" "${children[@]}")
  done
  ((${#ours[@]} == 0)) || kill -KILL "${ours[@]}" 2>/dev/null || true
  # A PID namespace's first process ends only after all the others in it.
  for pid in "${ours[@]}"; do
    while is_alive "$pid"; do sleep 0.02; done
  done
  rm -rf --one-file-system "$FLEET"
}

# ---- processes: by number and start time, so that a reused number is not taken for ours

# Sets pid from the record of a host, or of the network.
read_pid() { read -r pid recorded_birth <"$FLEET/pids/$1"; }

is_running() {
  [[ -f $FLEET/pids/$1 ]] || return 1
  read_pid "$1"
  is_alive "$pid" && [[ $birth == "$recorded_birth" ]]
}

is_alive() { read_stat "$1" && [[ $state != Z ]]; }

# Sets state and birth, fields 3 and 22 of /proc/PID/stat; field 2 may contain anything, so counting starts behind it.
# There is no subshell here: ^C could end it and leave a process without a record.
read_stat() {
  local text='' fields
  { read -rd '' text <"/proc/$1/stat"; } 2>/dev/null || [[ -n $text ]] || return 1
  read -ra fields <<<"${text##*) }"
  state=${fields[0]} birth=${fields[19]}
}

# The sshd of a host, number 1 inside its namespace.
first_process() {
  local child
  is_running "${1:-}" || fail "no such host: ${1:-}" "they are 0 to $hosts"
  read -r child <"/proc/$pid/task/$pid/children" || true
  echo "$child"
}

main "$@"
