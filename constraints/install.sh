#!/bin/sh
# install.sh PYTHON TARGET [cpu|cuda]: makes .venv where there is none and installs TARGET (.[kernels] or .[dev]) into it.
set -eu
python=$1 target=$2 build=${3:-}

say() { echo "$*" >&2; }

if [ -n "$build" ] && [ ! -f "constraints/torch-$build.txt" ]; then
  say "TORCH is cpu or cuda, not $build."
  exit 2
fi
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none)
  case $version in
    3.11 | 3.12 | 3.13) ;;
    none) say "$python does not run. dl-tutor needs Python 3.11 to 3.13: make PYTHON=python3.11 ..."; exit 2 ;;
    *) say "dl-tutor needs Python 3.11 to 3.13, and $python is $version: make PYTHON=python3.11 ..."; exit 2 ;;
  esac
  "$python" -m venv .venv || {
    say "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)."
    exit 2
  }
  say "Installing dl-tutor into .venv. The first time this downloads PyTorch and takes some minutes."
fi
if [ -n "$build" ]; then
  .venv/bin/python -m pip install --quiet -c "constraints/torch-$build.txt" -e "$target" || {
    say "pip found no $build build of torch in the tested range. Where PyTorch keeps its builds is on its start page;"
    say "tell pip with PIP_EXTRA_INDEX_URL and run this again, or leave TORCH out."
    exit 1
  }
else
  .venv/bin/python -m pip install --quiet -e "$target"
fi
