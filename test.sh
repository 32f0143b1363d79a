#!/usr/bin/env bash
# Runs every test; installs what they need where it is missing. Ends with "N passed, N failed".
#   bash test.sh             shortened long suites
#   bash test.sh --release   long suites in full
# Tests that cannot run on this machine are counted and named as skipped; with CI set a skip is a failure.
set -uo pipefail
cd "$(dirname "$0")"
[ "${1:-}" = "--release" ] && export VIVACE_RELEASE=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

results=$PWD/artifacts/tests
rm -rf "$results"
mkdir -p "$results"
skipped_suites=()
broken=0

step() { printf '\n== %s\n' "$*"; }

step "Tools"
if ! command -v clang >/dev/null || [ ! -e /usr/include/zlib.h ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq clang zlib1g-dev >/dev/null
  fi
fi

if ! command -v npm >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq nodejs npm >/dev/null
fi

if command -v npm >/dev/null; then
  (cd tests/ServiceBus.Tests/JavaScript && npm ci --no-audit --no-fund) || echo "npm ci failed; the tests of the JavaScript client are skipped"
fi

step "Build"
dotnet restore Functions.sln --locked-mode && dotnet build Functions.sln -c Release --no-restore || { echo "0 passed, 1 failed"; exit 1; }

run() { # name, project, further arguments
  step "$1"
  dotnet test "$2" -c Release --no-build --logger "trx;LogFileName=$1.trx" --results-directory "$results" "${@:3}" || broken=1
}

run contracts-and-runtime tests/Runtime.Tests
run rollouts tests/Rollouts.Tests
run store tests/Sqlite.Tests
run service-bus tests/ServiceBus.Tests
run flags tests/Flags.Tests
run azure tests/Azure.Tests
run endpoint tests/Api.Tests
if [ -n "${VIVACE_RELEASE:-}" ]; then
  # The long form starts thousands of processes; compiled beforehand each costs half.
  step "Compile the crash host"
  dotnet publish tests/Crash.Host -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -p:VivaceNative=true -p:PublishAot=false -o artifacts/crash-host --nologo -v quiet \
    && export VIVACE_CRASH_HOST=$PWD/artifacts/crash-host/Vivace.Crash.Host.dll
fi

run crash-points tests/Crash.Tests
run client-and-command-line tests/Cli.Tests

step "Publish the native custom handler"
if command -v clang >/dev/null && [ -e /usr/include/zlib.h ]; then
  if ./publish.sh artifacts/publish; then
    VIVACE_BINARY=$PWD/artifacts/publish/Vivace.Api run endpoint-published tests/Api.Tests --filter "Category!=InProcess"
  else
    broken=1
  fi
else
  skipped_suites+=("endpoint-published: clang and zlib1g-dev are not installed")
fi

count() { # counter's name
  grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'
}

passed=$(count passed)
failed=$(count failed)
total=$(count total)
skipped=$((total - passed - failed + ${#skipped_suites[@]}))
[ "$broken" = 1 ] && [ "$failed" = 0 ] && failed=1

step "Result"
for suite in "${skipped_suites[@]}"; do echo "skipped $suite"; done
grep -ho 'testName="[^"]*"[^>]*outcome="NotExecuted"' "$results"/*.trx 2>/dev/null | grep -o 'testName="[^"]*"' | sed 's/testName=/skipped /'
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi

[ "$failed" = 0 ] && { [ "$skipped" = 0 ] || [ -z "${CI:-}" ]; }
