#!/bin/sh
# Installs what is missing, as Debian packages: as root, or with sudo that asks nothing. Otherwise prints the one line to run.
#   deps.sh build|test|interop|bench|lint|fuzz
set -eu
build="build-essential pkg-config libglpk-dev libsqlite3-dev libical-dev libjansson-dev libqrencode-dev libmicrohttpd-dev libutf8proc-dev zlib1g-dev libsodium-dev liboath-dev"
case "${1:-build}" in
build) want="$build" ;;
test) want="$build libcmocka-dev perl sqlite3 glpk-utils coinor-cbc khal vdirsyncer python3-icalendar nodejs npm librsvg2-bin zbar-tools python3-scipy" ;;
interop) want="$build chromium poppler-utils fonts-ipaexfont-gothic librsvg2-bin zbar-tools khal vdirsyncer python3-icalendar nodejs npm sqlite3 thunderbird evolution-data-server gir1.2-ecal-2.0 gir1.2-edataserver-1.2 python3-gi dbus" ;;
bench) want="$build wrk nginx-light curl procps" ;;
lint) want="$build cppcheck shellcheck clang-format python3" ;;
fuzz) want="$build clang libclang-rt-14-dev" ;;
*) echo "usage: deps.sh build|test|interop|bench|lint|fuzz" >&2; exit 2 ;;
esac
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "deps: not a Debian system. Install the equivalents of: $want" >&2
    exit 0
fi
missing=
for p in $want; do
    case "$p" in
    # Another source of the same program will do.
    nodejs) command -v node >/dev/null 2>&1 && continue ;;
    npm) command -v npm >/dev/null 2>&1 && continue ;;
    esac
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true)" = installed ] || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
line="apt-get install -y --no-install-recommends$missing"
if [ -n "${NO_APT:-}" ]; then
    printf 'Missing packages. Run this, then try again:\n  sudo %s\n' "$line" >&2
    exit 1
elif [ "$(id -u)" = 0 ]; then
    as=
elif sudo -n true 2>/dev/null; then
    as=sudo
else
    printf 'Missing packages. Run this, then try again:\n  sudo %s\n' "$line" >&2
    exit 1
fi
echo "Installing:$missing"
$as apt-get -q -o DPkg::Lock::Timeout=300 update >/dev/null
# shellcheck disable=SC2086
$as env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends --no-remove $missing >/dev/null
