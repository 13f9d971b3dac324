# toban: out-of-hours medical rosters.
#
#   make            build/toban and build/toban-mip
#   make demo       set-up, build, then plan, check and publish a real region into build/demo/
#   make test       set-up, build, all tests; the last line is "N passed, N failed"
#   make bench      comparisons with other solvers as a table, and build/bench.json
#   make interop    the exported files read by heavier clients (a browser prints the sheets)
#   make long       what takes an hour or more: three years of months, a year of changes, 500 kills, 2,000 random regions, fuzzing
#   make lint       the house's arrows and circles, shape, banned calls, cppcheck, shellcheck, links of the documents
#   make asan       the tests under AddressSanitizer and UndefinedBehaviorSanitizer
#   make fuzz       a minute of libFuzzer for each parser
#   make install    into $(DESTDIR)$(PREFIX)
#   make clean
#
# Knobs: CC, CFLAGS, LDFLAGS, PREFIX, DESTDIR, V=1 (loud), WERROR=1, VARIANT (release, asan; each has its own objects),
#        NO_APT=1 (print what to install instead of installing it), TEST=glob (test, asan, long: only what matches)

.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/bash

VARIANT ?= release
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
ifeq ($(VARIANT),release)
B := build
else
B := build/$(VARIANT)
endif
Q := $(if $(V),,@)

WARN := -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wcast-qual -Wwrite-strings -Wpointer-arith -Wnull-dereference -Wvla -Wundef -Wswitch-enum \
  -Wimplicit-fallthrough -Wdouble-promotion -Wfloat-equal -Wdate-time $(if $(WERROR),-Werror)
HARDEN := -fno-common -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE
ifeq ($(VARIANT),asan)
SAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else
HARDEN += -D_FORTIFY_SOURCE=2
SAN :=
endif
PKGS := sqlite3 libical jansson libqrencode libmicrohttpd libutf8proc zlib libsodium liboath
TB_CFLAGS = -std=c17 -D_GNU_SOURCE -Iinclude $(WARN) $(HARDEN) $(SAN) $(shell pkg-config --cflags $(PKGS))
TB_LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SAN)
TB_LIBS = $(shell pkg-config --libs $(PKGS)) -lglpk -lm -pthread

ROOMS := base html http mip domain codec store plan route publish app tell feeds web
LIB_SRC := $(sort $(foreach r,$(ROOMS),$(wildcard src/$(r)/*.c)))
LIB_OBJ := $(LIB_SRC:src/%.c=$(B)/obj/%.o) $(B)/obj/gen/roster_mod.o $(B)/obj/gen/assets.o
CLI_OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(sort $(wildcard src/cli/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/t_*.c))
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%)
UNIT_LIB_OBJ := $(patsubst tests/unit/%.c,$(B)/obj/tests/%.o,$(sort $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))))

.PHONY: all demo test check bench interop long lint asan fuzz install clean deps deps-test build tests-build
all: deps build

build: $(B)/toban $(B)/toban-mip
tests-build: $(UNIT_BIN)

# Recursive calls, so that pkg-config is asked only after the packages are there.
deps:
	$(Q)sh src/tools/deps.sh build
deps-test:
	$(Q)sh src/tools/deps.sh test

$(B)/obj/%.o: src/%.c Makefile
	$(Q)mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<")
	$(Q)$(CC) $(TB_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/obj/tests/%.o: tests/unit/%.c Makefile
	$(Q)mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<")
	$(Q)$(CC) $(TB_CFLAGS) $(CFLAGS) -Isrc -Itests/unit -MMD -MP -c -o $@ $<

# The model's text goes into the program as bytes: no file to lose, no path to configure.
$(B)/obj/gen/roster_mod.c: models/roster.mod Makefile
	$(Q)mkdir -p $(@D)
	$(Q){ echo '#include <stddef.h>'; echo 'extern const char tb_roster_mod[]; extern const size_t tb_roster_mod_size;'; \
	  echo 'const char tb_roster_mod[] = {'; \
	  od -An -v -td1 $< | sed 's/ *\(-\{0,1\}[0-9][0-9]*\)/\1,/g'; echo '0};'; echo 'const size_t tb_roster_mod_size = sizeof tb_roster_mod - 1;'; } > $@
$(B)/obj/gen/roster_mod.o: $(B)/obj/gen/roster_mod.c
	$(Q)$(CC) $(TB_CFLAGS) $(CFLAGS) -c -o $@ $<

# So do the style sheet and the script of the office's pages.
ASSETS := src/web/assets/toban.css src/web/assets/office.js
$(B)/obj/gen/assets.c: $(ASSETS) Makefile
	$(Q)mkdir -p $(@D)
	$(Q){ echo '#include <stddef.h>'; for f in $(ASSETS); do n=web_$$(basename $$f | tr . _); \
	  echo "extern const char $$n[]; extern const size_t $${n}_size; const char $$n[] = {"; \
	  od -An -v -td1 $$f | sed 's/ *\(-\{0,1\}[0-9][0-9]*\)/\1,/g'; echo "0}; const size_t $${n}_size = sizeof $$n - 1;"; done; } > $@
$(B)/obj/gen/assets.o: $(B)/obj/gen/assets.c
	$(Q)$(CC) $(TB_CFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/libtoban.a: $(LIB_OBJ)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/toban: $(CLI_OBJ) $(B)/libtoban.a
	$(if $(V),,@echo "  LD $@")
	$(Q)$(CC) $(TB_LDFLAGS) $(LDFLAGS) -o $@ $^ $(TB_LIBS)

$(B)/toban-mip: $(B)/obj/tools/toban-mip.o $(B)/libtoban.a
	$(if $(V),,@echo "  LD $@")
	$(Q)$(CC) $(TB_LDFLAGS) $(LDFLAGS) -o $@ $^ $(TB_LIBS)

$(B)/tests/%: $(B)/obj/tests/%.o $(UNIT_LIB_OBJ) $(B)/libtoban.a
	$(Q)mkdir -p $(@D)
	$(if $(V),,@echo "  LD $@")
	$(Q)$(CC) $(TB_LDFLAGS) $(LDFLAGS) -o $@ $(B)/obj/tests/$*.o $(UNIT_LIB_OBJ) $(B)/libtoban.a $(TB_LIBS) -lcmocka

demo: deps
	$(Q)$(MAKE) --no-print-directory -j2 build
	$(Q)B=$(B) bash src/tools/demo.sh

test check: deps-test
	$(Q)$(MAKE) --no-print-directory -j2 build tests-build
	$(Q)B=$(B) bash tests/run.sh '$(TEST)'

asan: deps-test
	$(Q)$(MAKE) --no-print-directory -j2 VARIANT=asan build tests-build
	$(Q)B=build/asan bash tests/run.sh '$(TEST)'

bench: deps-test
	$(Q)$(MAKE) --no-print-directory -j2 build $(B)/tests/t_replace_all
	$(Q)B=$(B) bash tests/bench.sh

interop: deps-test
	$(Q)sh src/tools/deps.sh interop
	$(Q)$(MAKE) --no-print-directory -j2 build
	$(Q)B=$(B) bash tests/interop.sh

long: deps-test
	$(Q)sh src/tools/deps.sh fuzz
	$(Q)$(MAKE) --no-print-directory -j2 build tests-build
	$(Q)B=$(B) bash tests/long.sh '$(TEST)'

lint:
	$(Q)sh src/tools/deps.sh lint
	$(Q)$(MAKE) --no-print-directory -j2 build
	$(Q)B=$(B) bash tests/lint.sh

fuzz: deps-test
	$(Q)sh src/tools/deps.sh fuzz
	$(Q)bash tests/fuzz.sh

install: build
	install -D -m 755 $(B)/toban $(DESTDIR)$(PREFIX)/bin/toban
	install -D -m 755 $(B)/toban-mip $(DESTDIR)$(PREFIX)/bin/toban-mip
	install -d $(DESTDIR)$(PREFIX)/share/toban/rosters $(DESTDIR)$(PREFIX)/share/doc/toban
	cp -r rosters/. $(DESTDIR)$(PREFIX)/share/toban/rosters/
	cp -r README.md CHANGELOG.md LICENSE docs $(DESTDIR)$(PREFIX)/share/doc/toban/

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
