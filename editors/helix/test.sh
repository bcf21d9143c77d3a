#!/usr/bin/env bash
# The shipped settings in a Helix whose screen is a tmux. Usage: bash editors/helix/test.sh PATH_OF_PIPEWRIGHT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
# The name that the example reads.
example=examples/templates/.harness/pipeline.yaml
name=$(grep -oE '<\+pipeline\.variables\.[A-Za-z_]+' "$here/../../$example" | head -n 1 | sed 's/.*\.//')
scratch=$(mktemp -d)
screen() { tmux -S "$scratch/tmux" "$@"; }
trap 'screen kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT
cp -r "$here/../../examples" "$scratch/examples"
cd "$scratch"
mkdir -p home/.config/helix bin
# As the how-to says: the settings are added, and the program is found by its name.
cat "$here/languages.toml" >> home/.config/helix/languages.toml
ln -s "$program" bin/pipewright
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home/.config XDG_CACHE_HOME=$scratch/home/.cache PATH=$scratch/bin:$PATH

press() { screen send-keys "$@"; }
# Slowly, as Helix may tell of edits in another order when they come at once.
types() { for of in $(grep -o . <<<"$1"); do screen send-keys -l "$of"; sleep 0.02; done; }
# Waits until the screen holds a text.
sees() {
  for _ in $(seq 100); do
    screen capture-pane -p | grep -F -- "$1" >/dev/null && return
    sleep 0.1
  done
  echo "editors/helix: the screen never held: $1"
  screen capture-pane -p
  exit 1
}
# Goes to a text by searching for it.
finds() {
  press g g
  press /
  types "$1"
  press Enter
}

hx --health yaml | grep '✓.*pipewright' >/dev/null

# Diagnostics, and a code action that takes one back: the comment that silences it.
screen -f /dev/null new-session -d -x 180 -y 60 'hx examples/mistakes/pipeline.yaml'
sees 'identifier: Mistakes'
press Space d
sees 'parallel-step-reference'
press Escape
finds 'execution.steps.Publish.status'
press Space a
sees 'Ignore'
press Enter
sees '# pipewright: ignore[later-step-reference]'

# Completion, hover, definition and rename in a pipeline of several files.
screen send-keys -l ":open $example"
press Enter
sees "name: $name"
finds "variables.$name"
press Space k
sees "variable pipeline.variables.$name"
press Escape
press g d
line=$(grep -n "name: $name" "$example" | head -n 1 | cut -d : -f 1)
sees "  $line:"
finds "variables.$name>"
press Space r
sees "rename-to:$name"
types _renamed
press Enter
sees "pipeline.variables.${name}_renamed>"
sees "name: ${name}_renamed"
press u
finds "variables.$name>"
press c
types variables.
sees " $name variable"
press C-n
sees "<+pipeline.variables.$name/"
