#!/usr/bin/env bash
# Installs the pinned JavaScript calendar libraries beside the build. Prints their directory; 75: the registry cannot be reached.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${B:-build}/interop
mkdir -p "$work" || exit 1
work=$(cd "$work" && pwd)
exec 9>"$work/.lock"
flock 9 # two tests may ask at once
# Beside the sources would leave node_modules in the tree.
if ! cmp -s "$here/package-lock.json" "$work/installed.json"; then
    cp "$here/package.json" "$here/package-lock.json" "$work/"
    if ! (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$work/npm.log" 2>&1; then
        rm -rf "${work:?}/node_modules"
        # A machine that cannot reach the registry does without; anything else that goes wrong is a failure.
        grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|CERT_|_CERT' "$work/npm.log" && exit 75
        cat "$work/npm.log" >&2
        exit 1
    fi
    cp "$work/package-lock.json" "$work/installed.json"
fi
echo "$work/node_modules"
