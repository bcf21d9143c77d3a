#!/usr/bin/env bash
# The shipped file in an Emacs without a screen. Usage: bash editors/emacs/test.sh PATH_OF_PIPEWRIGHT
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
export HERE
PIPEWRIGHT=$(realpath "$1")
export PIPEWRIGHT
# The name that the example reads.
example=$HERE/../../examples/templates/.harness/pipeline.yaml
NAME=$(grep -oE '<\+pipeline\.variables\.[A-Za-z_]+' "$example" | head -n 1 | sed 's/.*\.//')
export NAME
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$HERE/../../examples" "$scratch/examples"
cd "$scratch"
export HOME=$scratch
# Emacs tells much about what it does, which only helps where something fails.
timeout 120 emacs --batch --eval '(package-initialize)' --load "$HERE/test.el" >log 2>&1 || { cat log >&2; exit 1; }
