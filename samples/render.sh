#!/usr/bin/env bash
# Renders the sample pictures from bottle.pov and logo.pov. Needs POV-Ray 3.7 and ffmpeg; a few minutes.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
povray +Ibottle.pov +O"$work/still.png" +W2160 +H3840 +Q11 +A0.2 -D >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
ffmpeg -v error -y -i "$work/still.png" -q:v 2 bottle.jpg
povray +Ibottle.pov +O"$work/cut.png" +W1080 +H1920 +Q11 +A0.2 -D +UA Declare=CutOut=1 >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
ffmpeg -v error -y -i "$work/cut.png" -vf "crop=400:940:340:470" bottle-cutout.png
povray +Ilogo.pov +O"$work/logo.png" +W900 +H300 +Q9 +A0.05 -D +UA >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
cp "$work/logo.png" logo.png
ls -l bottle.jpg bottle-cutout.png logo.png
