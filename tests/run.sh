#!/usr/bin/env bash
# Installs the missing programs that the tests need, builds without warnings, checks the format, and runs every test.
# The last line has the numbers of passed and failed tests. The exit status is 0 only if everything succeeded.
# A few tests that fail are run once more, alone. Those that pass then are named as unsteady: they, or what they test, need a look.
#   --none-skipped   skipped tests count as failures; packages are built for all platforms, not only for this one
set -u
cd "$(dirname "$0")/.." || exit 1
none_skipped=
[ "${1:-}" = --none-skipped ] && none_skipped=1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

title() { printf '\n== %s\n' "$1"; }
has() { [ -e "$1" ] || [ -e "/usr/sbin/$1" ] || command -v "$1" >/dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The list is compiled into the tests: a test that asks for a program outside of the list fails.
missing=$(grep -v '^#' tests/needs.txt | while read -r program package; do
  [ -z "$program" ] || has "$program" || echo "$package"
done | sort -u)

foreign=$(echo "$missing" | grep : || true)
missing=$(echo "$missing" | grep -v : || true)

if [ -n "$missing" ]; then
  title "Missing: $(echo $missing)"
  if ! has apt-get; then
    echo "Please install what has these programs on your system; tests that need them are skipped."
  elif [ "$(id -u)" != 0 ] && ! has sudo; then
    echo "Please run as root: apt-get install -y $(echo $missing)"
  else
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get update -q </dev/null >/dev/null || echo "The package lists could not be brought up to date."
    # If they can't be installed together, install them one by one: a system may lack one of them.
    as_root apt-get install -qy --no-install-recommends $missing </dev/null >/dev/null ||
      for package in $missing; do
        as_root apt-get install -qy --no-install-recommends "$package" </dev/null >/dev/null || echo "$package could not be installed."
      done
  fi
fi

if [ -n "$foreign" ] && has apt-get; then
  title "Missing, to be unpacked below artifacts: $(echo $foreign)"
  bash tests/foreign.sh $foreign </dev/null >/dev/null || echo "They could not be had."
fi

if ! has dotnet; then
  echo "There is no dotnet here. hint: install the .NET 10 SDK (on Debian-like systems the package dotnet-sdk-10.0)" >&2
  exit 1
fi

failures=0
title "Build"
if ! dotnet build -warnaserror </dev/null; then
  echo "0 passed, 1 failed (the build)"
  exit 1
fi

title "Format"
if dotnet format --no-restore --verify-no-changes </dev/null; then echo "as it should be"; else failures=1; fi

# The tests of the command line run the executable that users get.
case $(uname -sm) in
  'Linux x86_64') runtime=linux-x64 ;;
  'Linux aarch64') runtime=linux-arm64 ;;
  *) runtime= ;;
esac
if [ -n "$runtime" ]; then
  title "Packages"
  if [ -n "$none_skipped" ]; then bash packaging/build.sh; else bash packaging/build.sh "$runtime"; fi </dev/null || failures=1
  export TREEPUSH=$PWD/artifacts/executables/$runtime/treepush
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0 summary= unsteady=
most_again=3 # More failures than this in a project are no accident.

# Runs dotnet test, and sets the numbers of its result: f(ailed), p(assed), s(kipped).
run_once() { # PROJECT [OPTION...]
  local status counts
  dotnet test "$@" --no-build </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  # The result of a project is its last line of this form: Passed!  - Failed: 0, Passed: 12, Skipped: 0, Total: 12, ...
  counts=$(grep -E '^(Passed|Failed|Skipped)! +- Failed: ' "$log" | tail -n 1 | grep -oE '[A-Z][a-z]+: +[0-9]+' | tr -d ' ')
  count() { echo "$counts" | sed -n "s/^$1://p" | grep . || echo 0; }
  f=$(count Failed) p=$(count Passed) s=$(count Skipped)
  # Tests that could not run at all count as one failure.
  [ "$status" = 0 ] || [ "$f" != 0 ] || f=1
}

run() { # NAME PROJECT [FILTER]
  local name=$1 project=$2 filter=${3:-} f p s all names
  title "$name"
  run_once "$project" ${filter:+--filter "$filter"}
  names=$(sed -nE 's/^  Failed ([A-Za-z0-9_.]+).*\[.*\]$/\1/p' "$log" | sort -u)
  if [ "$f" -gt 0 ] && [ "$f" -le "$most_again" ] && [ -n "$names" ]; then
    title "$name: what failed, again"
    all="$f $p $s"
    run_once "$project" --filter "($(echo $names | sed 's/^/FullyQualifiedName~/; s/ /|FullyQualifiedName~/g'))${filter:+&$filter}"
    if [ "$f" = 0 ] && [ "$p" -gt 0 ]; then
      unsteady="$unsteady$(printf '  unsteady, failed once and then passed: %s\n' $names)
"
      set -- $all
      f=0 p=$(($2 + $1)) s=$3
    else
      set -- $all
      f=$1 p=$2 s=$3
    fi
  fi

  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  summary="$summary$(printf '  %-24s %4d passed %4d failed %4d skipped' "$name" "$p" "$f" "$s")
"
}

for project in tests/*.Tests/*.Tests.csproj; do run "$(basename "$project" .csproj)" "$project"; done

# Run the pushes and syncs again with the builtin ssh client, except for what only OpenSSH's client can do. Agents use no ssh.
export TREEPUSH_TEST_SSH_CLIENT=builtin
run "Cli.Tests, builtin ssh" tests/TreePush.Cli.Tests "FullyQualifiedName~EndToEnd&FullyQualifiedName!~Queueing&SshClient!=openssh"

title "All"
printf '%s' "$summary$unsteady"
[ "$failures" = 0 ] || echo "  the format is not as it should be (dotnet format), or the packages could not be built"
[ "$skipped" = 0 ] || [ "$(id -u)" = 0 ] || echo "  tests with ssh hosts need root"
echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
[ "$failed" = 0 ] && [ "$failures" = 0 ] && { [ -z "$none_skipped" ] || [ "$skipped" = 0 ]; }
