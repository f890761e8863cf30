#!/usr/bin/env bash
# Builds what users install, into artifacts/packages:
#   treepush-VERSION-RUNTIME.tar.gz       the executable, which needs no .NET, with licences, manual page and completions; for Windows a .zip
#   treepush_VERSION_ARCHITECTURE.deb     the same for Debian-like systems
#   TreePush.VERSION.nupkg                the .NET tool
#   SHA256SUMS                            the checksums of all these files
# usage: packaging/build.sh [RUNTIME...]    RUNTIME is linux-x64, linux-arm64, win-x64 or osx-arm64; the default is all four
set -euo pipefail
umask 022 # What is built here is read by all users of the machine that it is installed on.
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[ $# -gt 0 ] || set -- linux-x64 linux-arm64 win-x64 osx-arm64

packages=$PWD/artifacts/packages
executables=$PWD/artifacts/executables
tool=src/TreePush.Cli/bin/Release/net10.0/treepush.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$packages" "$executables"
mkdir -p "$packages"

say() { printf '%s\n' "$*"; }

version=$(dotnet msbuild src/TreePush.Cli -getProperty:Version </dev/null)
# Archives have the time of the commit, so that equal sources give equal archives.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH

say "The .NET tool"
dotnet pack src/TreePush.Cli -c Release -o "$packages" -v quiet </dev/null

# The files beside the executable, which are the same for all runtimes.
beside=$work/beside
mkdir -p "$beside/completions"
cp LICENSE README.md packaging/THIRD-PARTY.md packaging/Apache-2.0.txt docs/treepush.1 "$beside"
cp "$(dirname "$(readlink -f "$(command -v dotnet)")")/ThirdPartyNotices.txt" "$beside/DOTNET-NOTICES.txt"
dotnet "$tool" completion bash >"$beside/completions/treepush.bash"
dotnet "$tool" completion zsh >"$beside/completions/_treepush"
dotnet "$tool" completion fish >"$beside/completions/treepush.fish"

for runtime; do
  say "The executable for $runtime"
  dotnet publish src/TreePush.Cli -c Release -r "$runtime" --self-contained -o "$executables/$runtime" -v quiet </dev/null
  case $runtime in
    win-*) executable=$executables/$runtime/treepush.exe ;;
    *) executable=$executables/$runtime/treepush ;;
  esac
  # A larger executable contains something unintended. Machine code is half as large as one file with .NET in it.
  case $runtime in
    linux-*) most_bytes=40000000 ;;
    *) most_bytes=60000000 ;;
  esac
  size=$(stat -c %s "$executable")
  [ "$size" -le $most_bytes ] || { echo "error: $executable has $size bytes; $most_bytes are the most" >&2; exit 1; }

  name=treepush-$version-$runtime
  mkdir "$work/$name"
  cp -R "$beside/." "$executable" "$work/$name"
  find "$work/$name" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
  case $runtime in
    win-*) (cd "$work" && find "$name" | LC_ALL=C sort | TZ=UTC zip -qX "$packages/$name.zip" -@) ;;
    *) tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "$packages/$name.tar.gz" "$name" ;;
  esac
  case $runtime in
    linux-*) packaging/deb.sh "$work/$name" "$version" "$runtime" "$packages" ;;
  esac
done

(cd "$packages" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS)
