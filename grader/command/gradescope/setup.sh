#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is uploaded: it installs dl-tutor into an environment of its own.
set -euo pipefail
here="${AUTOGRADER:-/autograder}"
source "$here/source/settings.sh"

environment() {
  for one in python3.13 python3.12 python3.11; do
    if command -v "$one" > /dev/null && "$one" -m venv "$here/venv"; then return 0; fi
  done
  return 1
}

if ! environment; then
  apt-get update -qq
  apt-get install -y -qq python3.12 python3.12-venv || apt-get install -y -qq python3.11 python3.11-venv
  environment
fi
# torch for the CPU is a tenth of the usual one
"$here/venv/bin/python" -m pip install --quiet --extra-index-url https://download.pytorch.org/whl/cpu "$install"
