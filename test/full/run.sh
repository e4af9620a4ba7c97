#!/usr/bin/env bash
# `npm run test:full`: what needs more than Node, namely Python for a ClickHouse server, PostgreSQL, programs that read PDF and
# spreadsheets, and the reference data.
# Arguments go to vitest.
set -euo pipefail
cd "$(dirname "$0")/../.."

has_python() { python3 -c "import ctypes" 2>/dev/null; }
has_poppler() { command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null; }
has_libreoffice() { command -v soffice >/dev/null; }
has_postgresql() { command -v initdb >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; }

# need PACKAGE TEST WHAT: installs a package where the test says that it is missing.
need() {
  if "$2"; then return; fi
  if [ "$(id -u)" -ne 0 ] || [ ! -f /etc/debian_version ] || ! command -v apt-get >/dev/null; then
    echo "The tests on $3 need $1: install it and run this again." >&2
    exit 1
  fi
  echo "$1 is not here: installing it with apt-get"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"
  if ! "$2"; then
    echo "apt-get has installed $1, but it does not run: install it by hand and run this again." >&2
    exit 1
  fi
}

need python3 has_python "a ClickHouse server"
need postgresql has_postgresql "a PostgreSQL server"
need poppler-utils has_poppler "the PDF of a report"
need libreoffice-calc-nogui has_libreoffice "a report in a spreadsheet"

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
