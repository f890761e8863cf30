#!/bin/sh
# usage: fuzz.sh [INPUTS]   (default 1000000 for each adversary)
# Sends relays the messages of a hostile source, parent, child and controller, and checks that no relay writes outside of
# DEST, fails in an unforeseen way, or uses more memory than a frame and a multiple of what it read.
# The test suite does the same with 10,000 inputs each. A failure names the seed that repeats the conversation.
set -eu
cd "$(dirname "$0")/../.."
export TREEPUSH_FUZZ_INPUTS="${1:-1000000}"
exec dotnet test tests/TreePush.Relay.Tests -c Release --filter FullyQualifiedName~Fuzzing --logger 'console;verbosity=normal'
