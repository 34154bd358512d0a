#!/bin/sh
# Makes a PNG of twice the size beside every SVG of the folders given.
set -eu
for folder in "$@"; do
	for svg in "$folder"/*.svg; do
		[ -e "$svg" ] || continue
		rsvg-convert -z 2 -o "${svg%.svg}.png" "$svg"
	done
done
