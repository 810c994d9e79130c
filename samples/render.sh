#!/usr/bin/env bash
# Renders the sample pictures from bottle.pov and logo.pov. Needs POV-Ray 3.7 and ffmpeg; a few minutes.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
povray +Ibottle.pov +O"$work/still.png" +W2160 +H3840 +Q11 +A0.1 +AM2 +R3 -D >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
ffmpeg -v error -y -i "$work/still.png" -q:v 3 bottle.jpg
povray +Ibottle.pov +O"$work/cut.png" +W1080 +H1920 +Q11 +A0.1 +AM2 +R3 -D +UA Declare=CutOut=1 >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
ffmpeg -v error -y -i "$work/cut.png" -vf "crop=400:1040:340:430" bottle-cutout.png
povray +Ilogo.pov +O"$work/logo.png" +W900 +H300 +Q9 +A0.05 +AM2 +R4 -D +UA >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
cp "$work/logo.png" logo.png
ls -l bottle.jpg bottle-cutout.png logo.png
