#!/usr/bin/env bash
# The shipped configuration in a Neovim without a screen. Usage: bash editors/neovim/test.sh PATH_OF_PIPEWRIGHT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PIPEWRIGHT=$(realpath "$1")
export PIPEWRIGHT
# The name that the example reads, and where.
export NAME=$(grep -oE '<\+pipeline\.variables\.[A-Za-z_]+' "$here/../../examples/templates/.harness/pipeline.yaml" | head -n 1 | sed 's/.*\.//')
export READING="<+pipeline.variables.$NAME"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$here/../../examples" "$scratch/examples"
cd "$scratch"
export HOME=$scratch XDG_STATE_HOME=$scratch XDG_CACHE_HOME=$scratch XDG_DATA_HOME=$scratch XDG_CONFIG_HOME=$scratch
timeout 60 nvim --headless -u NONE -i NONE --cmd "set runtimepath+=$here noswapfile" \
  -c 'filetype on' -c "luafile $here/test.lua"
