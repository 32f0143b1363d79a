#!/usr/bin/env bash
# Makes the deployable folder of the Functions app: the native custom handler, host.json and one function.json per function.
# Usage: publish.sh [folder, default artifacts/publish]. Needs clang and zlib's headers.
set -euo pipefail
cd "$(dirname "$0")"
out=${1:-artifacts/publish}
rm -rf "$out"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet publish functions/Api -c Release -r linux-x64 -p:VivaceNative=true -p:StripSymbols=true -o "$out" --nologo | tee "$log"

# Trim and AOT warnings are errors, save for two libraries whose affected code is not used here (DECISIONS.md).
if grep -E 'IL2104|IL3053' "$log" | grep -vE "Assembly '(Microsoft\.FeatureManagement|AMQPNetLite|Amqp\.Net)'" ; then
  echo "Trim or AOT warnings above." >&2
  exit 1
fi

rm -f "$out"/*.dbg "$out"/*.pdb "$out"/*.xml "$out"/*.staticwebassets.endpoints.json
cp host.json "$out"/
cp -r functions/Api/Functions/. "$out"/
chmod +x "$out/Vivace.Api"
echo "Published to $out ($(du -sh "$out/Vivace.Api" | cut -f1) executable)."
