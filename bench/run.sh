#!/usr/bin/env bash
# Runs the benchmarks: each compares two things in one run and prints a ratio. One name runs one: startup, push-in, motion, edits, exports, batch, library, places, arrival, flight, http, answers, nodes, looks, calls (these need PostgreSQL), scale.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/i2v" --version >/dev/null
[ -d "$root/tests/node/node_modules" ] || (cd "$root/tests/node" && npm ci --silent --no-audit --no-fund)
dotnet build "$root/bench/McpI2V.Bench" -c Release -nologo -v quiet -clp:ErrorsOnly
dotnet build "$root/tests/McpI2V.Simulators" -c Release -nologo -v quiet -clp:ErrorsOnly
exec dotnet "$root/bench/McpI2V.Bench/bin/Release/net10.0/McpI2V.Bench.dll" "$root" "$@"
