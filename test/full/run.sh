#!/usr/bin/env bash
# `npm run test:full`: what needs more than Node, namely Python for a ClickHouse server, and the reference data.
# Arguments go to vitest.
set -euo pipefail
cd "$(dirname "$0")/../.."

has_python() { python3 -c "import ctypes" 2>/dev/null; }

if ! has_python; then
  if [ "$(id -u)" -ne 0 ] || [ ! -f /etc/debian_version ] || ! command -v apt-get >/dev/null; then
    echo "The tests on a ClickHouse server need python3: install it and run this again." >&2
    exit 1
  fi
  echo "python3 is not here: installing it with apt-get"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3
  if ! has_python; then
    echo "apt-get has installed python3, but it does not run: install it by hand and run this again." >&2
    exit 1
  fi
fi

# The same rule as in reference-data.ts.
reference="${TOUCHLINE_REFERENCE_DATA-$(dirname "$PWD")/shared/data}"
left_out=()
if [ -e "$reference" ]; then
  echo "reference data: $reference"
else
  echo "reference data: not here, its tests are left out"
  left_out=(--exclude "**/*-reference.test.ts")
fi

exec npx vitest run --config test/full/vitest.config.ts "${left_out[@]}" "$@"
