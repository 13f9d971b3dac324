#!/usr/bin/env bash
# Builds every tests/fuzz/fuzz_NAME.c with libFuzzer, AddressSanitizer and UBSan, and runs each for FUZZ_SECONDS (default 20) from a small
# corpus: tests/fuzz/corpus/NAME, and the good region of the bad-input tests. Inputs that break something are kept in build/fuzz/NAME-*.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-20}
CLANG=${CLANG:-clang}
out=build/fuzz
mkdir -p "$out"
read -ra flags <<<"-std=c17 -D_GNU_SOURCE -Iinclude -Isrc -g -O1 -fno-omit-frame-pointer $(pkg-config --cflags jansson)"
sanitizers=("-fsanitize=address,undefined" -fno-sanitize-recover=all)

# base, domain, codec and html once, instrumented for coverage.
objects=()
for source in src/base/*.c src/domain/*.c src/codec/*.c src/html/*.c; do
    object=$out/${source//\//_}.o
    objects+=("$object")
    if [ "$object" -nt "$source" ] && [ -z "$(find include src -name '*.h' -newer "$object")" ]; then continue; fi
    "$CLANG" "${flags[@]}" "${sanitizers[@]}" -fsanitize=fuzzer-no-link -c -o "$object" "$source"
done

failed=0
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    name=${name#fuzz_}
    "$CLANG" "${flags[@]}" "${sanitizers[@]}" -fsanitize=fuzzer -o "$out/$name" "$source" "${objects[@]}" -ljansson -lutf8proc -lm
    corpus=$out/corpus-$name
    rm -rf "$corpus"
    mkdir -p "$corpus"
    if [ -d "tests/fuzz/corpus/$name" ]; then cp "tests/fuzz/corpus/$name"/* "$corpus"/; fi
    case $name in
    csv) cp tests/bad-input/base/*.csv "$corpus"/ ;;
    region) cp tests/bad-input/base/region.json "$corpus"/ ;;
    esac
    echo "$name: $seconds s"
    if ! "$out/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$out/$name-" -print_final_stats=1 \
        "$corpus" >"$out/$name.log" 2>&1; then
        failed=1
        tail -n 40 "$out/$name.log"
        echo "not ok - $name"
    else
        echo "ok - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$name.log") inputs"
    fi
done
exit "$failed"
