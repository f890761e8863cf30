#!/bin/sh
# usage: fuzz.sh [INPUTS]   (default 1000000 for each adversary)
# Gives relays what a hostile source, parent, child and controller might say, and sees that none writes outside of DEST,
# fails in a way that is not foreseen, or takes more memory than a frame and a multiple of what it read.
# The suite does the same with 10,000 inputs each. A failure names the seed that gives the conversation again.
set -eu
cd "$(dirname "$0")/../.."
export TREEPUSH_FUZZ_INPUTS="${1:-1000000}"
exec dotnet test tests/TreePush.Relay.Tests -c Release --filter FullyQualifiedName~Fuzzing --logger 'console;verbosity=normal'
