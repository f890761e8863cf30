#!/usr/bin/env bash
# Packages that are delivered as they arrive: starts two sshd hosts and an FTP server on loopback addresses, watches a
# directory, drops two packages into it, and shows where they went, what was installed, and the log. Cleans up after itself.
# On a Debian-like system it installs missing programs, as root or with sudo. Elsewhere it prints what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d "${TMPDIR:-/tmp}/treepush-dispatch.XXXXXX")
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
fail() { printf 'dispatch: %s\n' "$*" >&2; exit 1; }

install_missing() {
  local missing=()
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server)
  command -v ssh >/dev/null || missing+=(openssh-client)
  command -v curl >/dev/null || missing+=(curl)
  /usr/bin/python3 -c 'import pyftpdlib' 2>/dev/null || missing+=(python3-pyftpdlib)
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || fail "please install first: OpenSSH server and client, curl, pyftpdlib"
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    say "Installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  command -v dotnet >/dev/null || fail "please install the .NET 10 SDK first: https://dotnet.microsoft.com/download"
}

# Starts an sshd on 127.0.67.$1.
start_host() {
  local home="$work/host$1"
  mkdir -p "$home"
  ssh-keygen -q -t ed25519 -N '' -f "$home/host_key"
  cat >"$home/sshd_config" <<CONFIG
ListenAddress 127.0.67.$1:$port
HostKey $home/host_key
PidFile none
AuthorizedKeysFile $work/key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
CONFIG
  /usr/sbin/sshd -D -e -f "$home/sshd_config" 2>"$home/sshd.log" &
  pids+=($!)
}

wait_until() { # WHAT COMMAND...
  local what=$1
  shift
  for _ in $(seq 200); do
    "$@" 2>/dev/null && return
    sleep 0.1
  done
  fail "$what"
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

free_port() {
  local candidate
  for candidate in $(seq "$1" $(($1 + 100))); do
    answers 127.0.67.1 "$candidate" || { echo "$candidate"; return; }
  done
  fail "no free port between $1 and $(($1 + 100))"
}

install_missing
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd

say "Building treepush"
dotnet build src/TreePush.Cli -c Release -v quiet --nologo
treepush=$PWD/src/TreePush.Cli/bin/Release/net10.0/treepush

say "Starting two sshd hosts and an FTP server"
port=$(free_port 23022)
ftp_port=$(free_port 23121)
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
start_host 1
start_host 2
mkdir "$work/ftp" "$work/incoming"
/usr/bin/python3 - "$ftp_port" "$work/ftp" >"$work/ftp.log" 2>&1 <<'SERVER' &
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
users = DummyAuthorizer()
users.add_user("anna", "sample", sys.argv[2], perm="elradfmwMT")
FTPHandler.authorizer = users
FTPServer(("127.0.67.3", int(sys.argv[1])), FTPHandler).serve_forever()
SERVER
pids+=($!)
for host in 1 2; do wait_until "the sshd on 127.0.67.$host did not start" answers "127.0.67.$host" "$port"; done
wait_until "the FTP server did not start" answers 127.0.67.3 "$ftp_port"

# All hosts here share one file system, so each rule names folders of its own.
say "The rules"
(umask 077; cat >"$work/rules.yml" <<RULES
quiet: 1s
rules:
  - match: app-
    host: ['127.0.67.[1-2]:$port']
    login: $(id -un)
    dest_dir: $work/srv/%Y%m%d/
    install_command: echo "\$TPUSH_PACKAGE is installed on \$TPUSH_HOST" | tee -a "$work/installed"
  - match: report-
    host: 127.0.67.3:$ftp_port
    via: ftp
    login: anna
    password: sample
    dest_dir: reports/
RULES
)
cat "$work/rules.yml"

options=(-c "$work/rules.yml" --state "$work/state" -i "$work/key" --ssh-option IdentitiesOnly=yes --ssh-option "UserKnownHostsFile=$work/known_hosts")

say "What would be done with three names"
"$treepush" dispatch --check app-1.0.tgz report-7.pdf notes.txt "${options[@]}" || true

say "Watching a directory, into which two packages are dropped"
"$treepush" dispatch --watch "$work/incoming" "${options[@]}" 2>"$work/watch.log" &
watcher=$!
pids+=("$watcher")
wait_until "the watcher did not start" grep -q watching "$work/watch.log"
head -c 3000000 /dev/urandom >"$work/app-1.0.tgz"
echo 'all is well' >"$work/report-7.pdf"
mv "$work/app-1.0.tgz" "$work/report-7.pdf" "$work/incoming/"
wait_until "the package was not installed" sh -c "[ \"\$(wc -l <'$work/installed')\" = 2 ]"
wait_until "the report was not delivered" test -e "$work/ftp/reports/report-7.pdf"
kill "$watcher"
wait "$watcher"
cat "$work/watch.log"

say "What the hosts have now"
(cd "$work" && find srv ftp -type f -printf '%p %s bytes\n' && cat installed)
cmp "$work/incoming/app-1.0.tgz" "$(find "$work/srv" -name app-1.0.tgz)"
cmp "$work/incoming/report-7.pdf" "$work/ftp/reports/report-7.pdf"

say "The journal"
"$treepush" dispatch status --all "${options[@]}"

say "Done. Hosts, keys and files are removed again."
