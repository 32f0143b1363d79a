#!/usr/bin/env bash
# Makes the deployable folder of the Functions app: the native custom handler, host.json and one function.json per function.
# Usage: publish.sh [folder, default artifacts/publish]. Needs clang and zlib's headers.
set -euo pipefail
cd "$(dirname "$0")"
out=${1:-artifacts/publish}
rm -rf "$out"
dotnet publish functions/Api -c Release -r linux-x64 -p:PublishAot=true -p:StripSymbols=true -o "$out" --nologo
rm -f "$out"/*.dbg "$out"/*.xml "$out"/*.Development.json
cp host.json "$out"/
cp -r functions/Api/Functions/. "$out"/
chmod +x "$out/Vivace.Api"
echo "Published to $out ($(du -sh "$out/Vivace.Api" | cut -f1) executable)."
