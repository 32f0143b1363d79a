#!/usr/bin/env bash
# Measures Vivace on this machine. Usage: bench/run.sh [--quick] [--only flags,framework,store,http,memory,start,streams,open,transport,deferred,fast]
# Prints one Markdown table and writes artifacts/bench.json. Publishes what is missing below artifacts/.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x artifacts/publish/Vivace.Api ]; then bash publish.sh artifacts/publish >&2; fi
if [ ! -x artifacts/bare/Vivace.Bench.Bare ]; then
  dotnet publish bench/Bare -c Release -r linux-x64 -o artifacts/bare --nologo >&2
fi
dotnet build bench/Vivace.Bench.csproj -c Release --nologo -v quiet >&2
exec dotnet bench/bin/Release/net10.0/Vivace.Bench.dll "$@"
