#!/usr/bin/env bash
# TreePush in two minutes: starts eight sshd hosts on loopback addresses, each with a directory and keys of its own, pushes
# a 64 MiB file and a directory to all of them, shows the transfer tree, checks every copy, and cleans up after itself.
# On a Debian-like system it installs missing programs (openssh, rsync), as root or with sudo. Elsewhere it prints what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

hosts=8
work=$(mktemp -d "${TMPDIR:-/tmp}/treepush-quickstart.XXXXXX")
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
fail() { printf 'quickstart: %s\n' "$*" >&2; exit 1; }

install_missing() {
  local missing=()
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server)
  command -v ssh >/dev/null || missing+=(openssh-client)
  command -v rsync >/dev/null || missing+=(rsync)
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || fail "please install first: OpenSSH server and client, rsync"
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    say "Installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
  fi
  command -v dotnet >/dev/null || fail "please install the .NET 10 SDK first: https://dotnet.microsoft.com/download"
}

# Starts an sshd for host $1 on 127.0.66.$1. All its files are below the host's directory.
start_host() {
  local number=$1 home="$work/host$1" address="127.0.66.$1"
  mkdir -p "$home/files"
  ssh-keygen -q -t ed25519 -N '' -f "$home/host_key"
  cat >"$home/sshd_config" <<CONFIG
ListenAddress $address:$port
HostKey $home/host_key
PidFile none
AuthorizedKeysFile $work/key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
Subsystem sftp internal-sftp
CONFIG
  /usr/sbin/sshd -D -e -f "$home/sshd_config" 2>"$home/sshd.log" &
  pids+=($!)
  printf '%s %s %s %s\n' "$address" "$port" "$(id -un)" "$home/files" >>"$work/hosts.txt"
}

wait_for_host() {
  local address="127.0.66.$1" tries
  for tries in $(seq 100); do
    (exec 3<>"/dev/tcp/$address/$port") 2>/dev/null && return
    sleep 0.1
  done
  cat "$work/host$1/sshd.log" >&2
  fail "the sshd on $address did not start (tried $tries times)"
}

free_port() {
  local candidate
  for candidate in $(seq 22022 22122); do
    (exec 3<>"/dev/tcp/127.0.66.1/$candidate") 2>/dev/null || { echo "$candidate"; return; }
  done
  fail "no free port between 22022 and 22122"
}

install_missing
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd

say "Building treepush"
dotnet build src/TreePush.Cli -c Release -v quiet --nologo
treepush=$PWD/src/TreePush.Cli/bin/Release/net10.0/treepush

say "Starting $hosts sshd hosts on loopback addresses"
port=$(free_port)
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
for number in $(seq $hosts); do start_host "$number"; done
for number in $(seq $hosts); do wait_for_host "$number"; done
cat "$work/hosts.txt"

mkdir -p "$work/files/site/sub dir"
head -c $((64 << 20)) /dev/urandom >"$work/files/data.bin"
for number in $(seq 20); do echo "page $number" >"$work/files/site/page $number.html"; done
echo 'deep' >"$work/files/site/sub dir/file"

# The command runs on the host that is the source. All hosts here share one file system, so each has its files in a
# directory of its own, which $SELF names. On real hosts the path is the same everywhere, for example /data/f.
ssh_options="-i $work/key -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=$work/known_hosts"
self="case \$TPUSH_SRC in 127.0.0.1) SELF=$work/files;; *) SELF=$work/host\${TPUSH_SRC##*.}/files;; esac"
push() {
  (cd "$work" && "$treepush" "$self; $1" -s local -l hosts.txt -f host,port,user,path -m 2 \
    -i "$work/key" --ssh-option IdentitiesOnly=yes --ssh-option "UserKnownHostsFile=$work/known_hosts" "${@:2}")
}

say "Pushing a 64 MiB file with scp"
push "scp -q $ssh_options -P \$TPUSH_PORT \"\$SELF/data.bin\" \"\$TPUSH_USER@\$TPUSH_HOST:\$TPUSH_PATH/\"" --report "$work/report.html"

say "Pushing a directory with rsync"
push "rsync -a -e \"ssh $ssh_options -p \$TPUSH_PORT\" \"\$SELF/site\" \"\$TPUSH_USER@\$TPUSH_HOST:\$TPUSH_PATH/\""

say "The trees that grew (who served whom)"
for journal in "$work"/logs/*/run.jsonl; do
  sed -n 's/.*"transfer_succeeded".*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' "$journal" | awk '
    { children[$1] = children[$1] " " $2 }
    function show(host, indent,   i, n, list) {
      print indent host
      n = split(children[host], list, " ")
      for (i = 1; i <= n; i++) show(list[i], indent "  ")
    }
    END { show("127.0.0.1", "  "); print "" }'
done

say "Checking every copy"
wanted=$(cd "$work/files" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
for number in $(seq $hosts); do
  found=$(cd "$work/host$number/files" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
  [ "$found" = "$wanted" ] || fail "the files of 127.0.66.$number differ"
  echo "127.0.66.$number: $(wc -l <<<"$found") files, all equal"
done

say "Done. Hosts, keys and files are removed again."
