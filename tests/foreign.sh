#!/usr/bin/env bash
# Unpacks Debian packages of another processor below artifacts/ARCHITECTURE:  tests/foreign.sh libc6:arm64 libssl3:arm64
# Nothing is installed and no architecture is added: the system and its package lists stay unchanged.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for architecture in $(printf '%s\n' "$@" | sed 's/.*://' | sort -u); do
  mkdir -p "$work/$architecture"/{state/lists/partial,cache/archives/partial} "artifacts/$architecture"
  cat >"$work/apt.conf" <<CONFIG
APT::Architecture "$architecture";
APT::Architectures "$architecture";
APT::Sandbox::User "$(id -un)";
Dir::State "$work/$architecture/state";
Dir::State::status "/dev/null";
Dir::Cache "$work/$architecture/cache";
CONFIG
  export APT_CONFIG=$work/apt.conf
  apt-get update -q || echo "Not all package lists could be had." >&2
  for package; do
    [ "${package##*:}" = "$architecture" ] || continue
    (cd "$work/$architecture" && apt-get download -q "${package%:*}")
  done
  for archive in "$work/$architecture"/*.deb; do dpkg-deb -x "$archive" "artifacts/$architecture"; done
done
