#!/usr/bin/env bash
# Runs every test. Called by ./i2v test, which has found the SDK, installed ffmpeg and built the program.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
dotnet=${DOTNET:-dotnet}
export I2V_PROGRAM="$root/.build/program/mcp-i2v" I2V_NODE="$root/tests/node"
passed=0
failed=0

if command -v npm >/dev/null; then
  (cd tests/node && npm ci --silent --no-audit --no-fund >&2) || echo "The Node clients could not be installed; their tests will fail." >&2
fi
# What only tests need, from Debian's packages.
can_add() { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; }
add() {
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null 2>&1 || echo "$1 could not be installed; its tests will fail." >&2
}
# A person opens our pages in a browser; so does a test.
if ! command -v chromium >/dev/null && can_add; then add chromium; fi
# A library can live in a database server; the tests start one of their own, and the package must not.
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && can_add; then
  mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  add postgresql
fi
# Nodes run on hosts of their own, whose lines are cut, and by clocks that are apart.
if ! command -v nft >/dev/null && can_add; then add nftables; fi
if ! command -v ip >/dev/null && can_add; then add iproute2; fi
if ! ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 && can_add; then add libfaketime; fi
# The page about backups saves a bucket by it.
if ! command -v rclone >/dev/null && can_add; then add rclone; fi
"$dotnet" build McpI2V.sln -c Release -nologo -v quiet -clp:ErrorsOnly || { echo "0 passed, 1 failed"; exit 1; }

logs=$(mktemp -d)
test_project() {
  "$dotnet" "tests/$1/bin/Release/net10.0/$1.dll" -noLogo -noColor "${@:2}" 2>&1 | tee "$logs/$1"
}

# Who drives the program waits for other processes a part of the time: in that the rest is tested beside it, and behind it.
units="McpI2V.Media.Tests McpI2V.Engine.Tests McpI2V.Providers.Tests McpI2V.Tests"
(renice -n 5 "$BASHPID" >/dev/null; for project in $units; do test_project "$project" "$@" >/dev/null; done) &
beside=$!
echo "== McpI2V.EndToEnd"
test_project McpI2V.EndToEnd "$@"
wait "$beside"

for project in McpI2V.EndToEnd $units; do
  if [ "$project" != McpI2V.EndToEnd ]; then
    echo "== $project"
    cat "$logs/$project"
  fi
  summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$logs/$project" | tail -1)
  # A filter may leave a project without tests; without a filter that is a fault.
  if [ $# -gt 0 ] && grep -qE 'Total: 0$' "$logs/$project"; then summary="Total: 0, Errors: 0, Failed: 0, Skipped: 0"; fi
  if [ -z "$summary" ]; then
    failed=$((failed + 1))
    continue
  fi
  read -r total errors bad skipped <<<"$(grep -oE '[0-9]+' <<<"$summary" | tr '\n' ' ')"
  failed=$((failed + bad + errors))
  passed=$((passed + total - bad - errors - skipped))
done
rm -r "$logs"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
