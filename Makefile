# backstep: how it is built, tested and installed. `make help` lists the targets.
#
# For GNU make, 3.81 or later (on BSD: gmake). Everything is found by wildcards: a
# new src/ROOM/*.c, tests/ROOM/test_*.c, tests/ROOM/*.sh or scenes/*.scene needs no
# line here. All that is made lies in build/ (build/asan with SANITIZE=1). What is
# longer than a line or two of shell is a script in .make/.
#
#   make run ARGS="xor"     make test ONLY=net      make V=1      (shows the commands)
#   make CC=clang           make WERROR=1           make SANITIZE=1

# To BSD's make this line is an error and the end; to GNU's, a rule for targets of no use.
.error backstep needs GNU make, called gmake here:

.DEFAULT_GOAL := all
.SUFFIXES:
.SECONDARY:
.DELETE_ON_ERROR:

# -- What is asked for ---------------------------------------------------------------

ifeq ($(origin CC),default)
CC := $(or $(shell command -v cc 2>/dev/null || command -v gcc 2>/dev/null || \
             command -v clang 2>/dev/null),cc)
endif
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
# dash and zsh leave the tilde of PREFIX=~/.local as it is
override PREFIX := $(PREFIX:~/%=$(HOME)/%)
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
DOCDIR ?= $(DATADIR)/doc/backstep
BASHDIR ?= $(DATADIR)/bash-completion/completions
ZSHDIR ?= $(DATADIR)/zsh/site-functions
FISHDIR ?= $(DATADIR)/fish/vendor_completions.d
INSTALL ?= install
ARGS ?=
ONLY ?=
EVENTS ?= 100000
SEED ?= 1

QUIET := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)')

# FUZZ=1 is what `make fuzz` builds with: clang, with libFuzzer's eyes in every function.
# COVERAGE=1 is what `make coverage` builds with.
B := $(if $(FUZZ),build/fuzz,$(if $(COVERAGE),build/coverage,$(if $(SANITIZE),build/asan,build)))
ifneq ($(FUZZ),)
  CC := clang
endif

# -- What the compiler takes and where the libraries are -----------------------------

# Asked once by .make/configure and kept in build/; not for targets that build
# nothing themselves, so that these work on a machine that has nothing yet.
BUILDS_NOTHING := help clean deps deps-test deps-interop run test test-interop asan monkey \
    valgrind fuzz coverage format uninstall
TEST_GOALS := test-built tests-build valgrind-built coverage-built monkey-built

ifneq ($(filter-out $(BUILDS_NOTHING),$(or $(MAKECMDGOALS),all)),)
  configured := $(shell .make/configure '$(CC)' build/config-run.mk run)
  include build/config-run.mk
  ifneq ($(COMPILER_MISSING),)
    $(error no working C compiler ('$(CC)'): install gcc or clang, or name one with CC)
  endif
  ifneq ($(MISSING),)
    $(error missing: $(MISSING); `make deps` installs it)
  endif
endif
ifneq ($(filter $(TEST_GOALS),$(MAKECMDGOALS)),)
  configured := $(shell .make/configure '$(CC)' build/config-test.mk test)
  include build/config-test.mk
  ifneq ($(TEST_MISSING),)
    $(error missing for the tests: $(TEST_MISSING); `make deps-test` installs it)
  endif
endif

# -- Flags ---------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
    -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings \
    -Wformat=2 -Wundef -Wvla

SYSTEM := $(shell uname -s)
FEATURES := -D_POSIX_C_SOURCE=200809L
# What POSIX leaves out (the window's size, a pseudo-terminal) these systems hide
# unless asked.
ifeq ($(SYSTEM),Darwin)
  FEATURES += -D_DARWIN_C_SOURCE
endif
ifneq ($(filter FreeBSD DragonFly,$(SYSTEM)),)
  FEATURES += -D__BSD_VISIBLE=1
endif
ifeq ($(SYSTEM),NetBSD)
  FEATURES += -D_NETBSD_SOURCE
endif
ifeq ($(SYSTEM),OpenBSD)
  FEATURES += -D_BSD_SOURCE
endif

# A product is rounded before it is added, on every machine: never fused. 32-bit x86 has
# registers that hold more than a double, unless it is told to use the others.
MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
LANGUAGE := -std=c11 -ffp-contract=off
ifneq ($(filter i386-% i486-% i586-% i686-%,$(MACHINE)),)
  LANGUAGE += -msse2 -mfpmath=sse
endif
ifneq ($(FUZZ),)
  MODE := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
      -fno-sanitize-recover=all
  LINK_MODE := -fsanitize=fuzzer,address,undefined
else ifneq ($(COVERAGE),)
  MODE := -O1 --coverage
  LINK_MODE := --coverage
else ifneq ($(SANITIZE),)
  MODE := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
  LINK_MODE := -fsanitize=address,undefined
else
  # _FORTIFY_SOURCE is nothing but a warning without optimisation.
  MODE := $(HARDEN_CFLAGS) $(if $(filter -O0,$(CFLAGS)),,$(FORTIFY))
  LINK_MODE := $(HARDEN_LDFLAGS)
endif

ALL_CPPFLAGS = $(FEATURES) -Iinclude $(LIB_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS = $(LANGUAGE) $(WARNINGS) $(if $(WERROR),-Werror) $(CFLAGS) $(MODE)
COMPILE = $(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)
LINK = $(CC) $(CFLAGS) $(LINK_MODE) $(LDFLAGS)
TEST_CPPFLAGS = -Isrc -Itests -Itests/support $(TEST_CFLAGS)

# Files named for a vector width are compiled for it, on x86-64 alone; what they
# hold must be inside `#if defined(__AVX2__)` or `#if defined(__AVX512F__)`, and is
# called only after the processor was asked. No -mfma: see LANGUAGE.
ifneq ($(filter x86_64-% amd64-%,$(MACHINE)),)
  vector_flags = $(if $(filter net/%_avx2,$(1)),-mavx2) $(if $(filter net/%_avx512,$(1)),-mavx512f)
endif

# A vector wider than any register: gcc tells that older ones would hand it over another way.
test_flags = $(if $(filter support/kernels_eight,$(1)),-Wno-psabi)

# -- Files ---------------------------------------------------------------------------

MAIN := $(wildcard src/app/main.c)
SOURCES := $(sort $(filter-out $(MAIN),$(wildcard src/*/*.c)))
OBJECTS := $(SOURCES:src/%.c=$(B)/obj/%.o)
MAIN_OBJECT := $(MAIN:src/%.c=$(B)/obj/%.o)
GENERATED := $(B)/gen/scenes.c $(B)/gen/topics.c $(B)/gen/pages.c
GENERATED_OBJECTS := $(GENERATED:$(B)/gen/%.c=$(B)/obj/gen/%.o)
SCENES := $(sort $(wildcard scenes/*.scene))
TOPICS := $(sort $(wildcard src/doc/*.txt))
TEMPLATES := $(sort $(wildcard src/out/page/*.html))

LIBRARY := $(B)/libbackstep.a
# Until there is a main.c there is a library to test, and no program.
PROGRAM := $(if $(MAIN),$(B)/backstep)

# $(ONLY) picks the tests whose path contains it.
picked = $(if $(ONLY),$(foreach file,$(1),$(if $(findstring $(ONLY),$(file)),$(file))),$(1))
TEST_SOURCES := $(call picked,$(sort $(wildcard tests/*/test_*.c)))
TEST_PROGRAMS := $(TEST_SOURCES:tests/%.c=$(B)/tests/%)
TEST_OBJECTS := $(TEST_SOURCES:tests/%.c=$(B)/tests/obj/%.o)
TEST_SCRIPTS := $(call picked,$(shell find tests -name '*.sh' -perm -100 2>/dev/null | \
    grep -E '^tests/[^/]+/[^/]+$$' | grep -Ev '^tests/(support|interop)/' | LC_ALL=C sort))
INTEROP_SCRIPTS := $(call picked,$(sort $(wildcard tests/interop/*.sh)))
SUPPORT_SOURCES := $(filter-out $(wildcard tests/support/test_*.c),$(sort $(wildcard tests/support/*.c))) \
    $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_MAIN := $(B)/tests/obj/fuzz/main_libfuzzer.o
SUPPORT_OBJECTS := $(SUPPORT_SOURCES:tests/%.c=$(B)/tests/obj/%.o)
SUPPORT := $(if $(SUPPORT_OBJECTS),$(B)/tests/libsupport.a)
VALGRIND_ROOMS := base net expr walk lang
VALGRIND_PROGRAMS := $(filter $(VALGRIND_ROOMS:%=$(B)/tests/%/%),$(TEST_PROGRAMS))

# -- The program ---------------------------------------------------------------------

.PHONY: all run pages install uninstall deb clean help deps deps-test FORCE

all: $(LIBRARY) $(PROGRAM) ## build build/backstep (the default)

run: deps ## install what is missing, build, and open it (ARGS="...")
	@$(MAKE) --no-print-directory all
	@$(B)/backstep $(ARGS)

deps: ## install the libraries that the program needs
	@.make/deps '$(CC)' build run

# What make should notice though no file changes: other flags, files that are gone.
$(B)/obj/flags: FORCE
	@.make/remember $@ '$(COMPILE)'
$(B)/obj/list: FORCE
	@.make/remember $@ '$(OBJECTS)'
$(B)/gen/scenes.list: FORCE
	@.make/remember $@ '$(SCENES)'
$(B)/gen/topics.list: FORCE
	@.make/remember $@ '$(TOPICS)'
$(B)/gen/pages.list: FORCE
	@.make/remember $@ '$(TEMPLATES)'
FORCE:

$(OBJECTS) $(MAIN_OBJECT): $(B)/obj/%.o: src/%.c $(B)/obj/flags
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(QUIET)$(COMPILE) $(call vector_flags,$*) -MMD -MP -c -o $@ $<

$(B)/gen/scenes.c: $(SCENES) $(B)/gen/scenes.list .make/embed
	$(call say,EMBED,scenes)
	$(QUIET).make/embed scene scenes .scene lang/builtin.h >$@.new && mv -f $@.new $@

$(B)/gen/topics.c: $(TOPICS) $(B)/gen/topics.list .make/embed
	$(call say,EMBED,help topics)
	$(QUIET).make/embed topic src/doc .txt lang/builtin.h >$@.new && mv -f $@.new $@

$(B)/gen/pages.c: $(TEMPLATES) $(B)/gen/pages.list .make/embed
	$(call say,EMBED,pages)
	$(QUIET).make/embed page src/out/page .html out/page.h >$@.new && mv -f $@.new $@

$(GENERATED_OBJECTS): $(B)/obj/gen/%.o: $(B)/gen/%.c $(B)/obj/flags
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(QUIET)$(COMPILE) -MMD -MP -c -o $@ $<

$(LIBRARY): $(OBJECTS) $(GENERATED_OBJECTS) $(B)/obj/list
	$(call say,AR,$@)
	@rm -f $@
	$(QUIET)$(AR) rcs $@ $(OBJECTS) $(GENERATED_OBJECTS)

$(B)/backstep: $(MAIN_OBJECT) $(LIBRARY)
	$(call say,LINK,$@)
	$(QUIET)$(LINK) -o $@ $(MAIN_OBJECT) $(LIBRARY) $(LIBS) -lm

# -- What is written from the program's tables: man page, reference, completion ------

PAGES := $(B)/pages/backstep.1 $(B)/pages/reference.txt $(B)/pages/backstep.bash \
    $(B)/pages/_backstep $(B)/pages/backstep.fish

pages: $(PAGES) ## write the man page, the command reference and the completions
$(B)/pages/backstep.1: PAGE := help --format man
$(B)/pages/reference.txt: PAGE := help reference
$(B)/pages/backstep.bash: PAGE := help --format bash
$(B)/pages/_backstep: PAGE := help --format zsh
$(B)/pages/backstep.fish: PAGE := help --format fish
$(PAGES): $(B)/backstep
	$(call say,PAGE,$@)
	@mkdir -p $(@D)
	$(QUIET)$(B)/backstep $(PAGE) >$@

# -- Installing ----------------------------------------------------------------------

# put FILE,FOLDER,NAME[,MODE]
put = $(INSTALL) -d '$(DESTDIR)$(2)' && $(INSTALL) -m $(or $(4),644) $(1) '$(DESTDIR)$(2)/$(3)'

install: all pages ## install into DESTDIR, PREFIX (/usr/local)
	$(call put,$(B)/backstep,$(BINDIR),backstep,755)
	$(call put,$(B)/pages/backstep.1,$(MANDIR)/man1,backstep.1)
	$(call put,$(B)/pages/backstep.bash,$(BASHDIR),backstep)
	$(call put,$(B)/pages/_backstep,$(ZSHDIR),_backstep)
	$(call put,$(B)/pages/backstep.fish,$(FISHDIR),backstep.fish)
	$(call put,$(B)/pages/reference.txt,$(DOCDIR),reference.txt)
	$(call put,README.md,$(DOCDIR),README.md)
	$(call put,LICENSE,$(DOCDIR),LICENSE)

uninstall: ## remove what install put there
	rm -f '$(DESTDIR)$(BINDIR)/backstep' '$(DESTDIR)$(MANDIR)/man1/backstep.1' \
	    '$(DESTDIR)$(BASHDIR)/backstep' '$(DESTDIR)$(ZSHDIR)/_backstep' \
	    '$(DESTDIR)$(FISHDIR)/backstep.fish' '$(DESTDIR)$(DOCDIR)/reference.txt' \
	    '$(DESTDIR)$(DOCDIR)/README.md' '$(DESTDIR)$(DOCDIR)/LICENSE'
	rmdir '$(DESTDIR)$(DOCDIR)' 2>/dev/null || true

deb: all pages ## make a Debian package in build/
	@.make/deb $(B) '$(MAKE)'

clean: ## remove build/
	rm -rf build

# -- Tests ---------------------------------------------------------------------------

.PHONY: test test-built tests-build test-interop deps-interop asan monkey monkey-built valgrind valgrind-built
.PHONY: check-layers lint format screens

test: deps-test ## install what the tests need, build, run them all (ONLY=... picks)
	@$(MAKE) --no-print-directory test-built

deps-test: ## install the libraries that the tests need
	@.make/deps '$(CC)' build test

tests-build: all $(TEST_PROGRAMS)

test-built: tests-build
	@.make/run-tests $(B) $(TEST_PROGRAMS) $(TEST_SCRIPTS)

$(TEST_OBJECTS) $(SUPPORT_OBJECTS) $(FUZZ_MAIN): $(B)/tests/obj/%.o: tests/%.c $(B)/obj/flags
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(QUIET)$(COMPILE) $(TEST_CPPFLAGS) $(call test_flags,$*) -MMD -MP -c -o $@ $<

$(B)/tests/libsupport.a: $(SUPPORT_OBJECTS)
	$(call say,AR,$@)
	@rm -f $@
	$(QUIET)$(AR) rcs $@ $^

# A test may ask for link flags of its own in a comment: /* link: -Wl,--wrap=malloc */
$(TEST_PROGRAMS): $(B)/tests/%: $(B)/tests/obj/%.o $(SUPPORT) $(LIBRARY)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(QUIET)$(LINK) $(shell sed -n 's|^/\* link: \(.*\) \*/.*|\1|p' tests/$*.c) \
	    -o $@ $< $(SUPPORT) $(LIBRARY) $(TEST_LIBS) $(LIBS) -lm

# Every output, opened by the program that it is for.
test-interop: deps-interop ## have other programs read what this one writes (large installs)
	@$(MAKE) --no-print-directory all
	@TEST_SECONDS=300 .make/run-tests $(B) $(INTEROP_SCRIPTS)

deps-interop: deps ## install the programs that test-interop needs: browser, TeX, ...
	@.make/deps '$(CC)' build interop

asan: ## run the tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory test SANITIZE=1

monkey: deps-test ## let a monkey use the program under the sanitizers (EVENTS=100000 SEED=1)
	@$(MAKE) --no-print-directory monkey-built SANITIZE=1 ONLY=test_monkey

monkey-built: tests-build
	@BACKSTEP='$(CURDIR)/$(B)/backstep' BACKSTEP_EVENTS='$(EVENTS)' BACKSTEP_SEED='$(SEED)' \
	    XDG_STATE_HOME='$(CURDIR)/$(B)/monkey' LC_ALL=C.UTF-8 $(B)/tests/app/test_monkey

valgrind: deps-test ## run the tests of the lower rooms under valgrind
	@$(MAKE) --no-print-directory valgrind-built

valgrind-built: all $(VALGRIND_PROGRAMS)
	@TEST_SECONDS=1200 TEST_WRAPPER='valgrind -q --leak-check=full --error-exitcode=99' \
	    .make/run-tests $(B) $(VALGRIND_PROGRAMS)

# How much of these rooms the tests run, and the share of lines below which it fails.
COVERED_ROOMS := base net expr walk lang
COVERED_LEAST := 94
.PHONY: coverage coverage-built analyze
coverage: deps-test ## count the lines that the tests run; fails where these are too few
	@.make/deps '$(CC)' build coverage
	@$(MAKE) --no-print-directory coverage-built COVERAGE=1

# Not on a full disk: the counts would not be written either.
coverage-built: tests-build
	@find $(B) -name '*.gcda' -delete
	@TEST_SECONDS=600 .make/run-tests $(B) $(filter-out %/test_full,$(TEST_PROGRAMS)) $(TEST_SCRIPTS)
	@gcovr -r . --object-directory $(B) $(COVERED_ROOMS:%=--filter 'src/%/') \
	    --fail-under-line $(COVERED_LEAST) --branches --print-summary -o $(B)/coverage.txt

analyze: all ## have gcc's analyser look for leaks and null pointers
	@.make/analyze $(LANGUAGE) $(ALL_CPPFLAGS)

check-layers: all ## prove that rooms use only the rooms before them
	@.make/check-layers $(B)

lint: ## run clang-tidy, cppcheck, clang-format, shellcheck: those that are installed
	@.make/lint $(LANGUAGE) $(ALL_CPPFLAGS)

format: ## lay out the sources as .clang-format says
	find src include tests -name '*.[ch]' | xargs clang-format -i

screens: all ## put the screens that the README shows up to date
	@.make/screens $(B)/backstep

# -- Fuzzing -------------------------------------------------------------------------

.PHONY: fuzz fuzz-built
SECONDS ?= 60
FUZZ_OBJECTS := $(FUZZ_MAIN) $(filter $(B)/tests/obj/fuzz/%,$(SUPPORT_OBJECTS))

fuzz: deps-test ## look for bytes that break a reader (SECONDS=60 a target, ONLY=scene picks)
	@.make/deps '$(CC)' build fuzz
	@$(MAKE) --no-print-directory fuzz-built FUZZ=1

fuzz-built: $(B)/fuzz
	@.make/fuzz $(B) '$(SECONDS)' '$(ONLY)'

$(B)/fuzz: $(FUZZ_OBJECTS) $(LIBRARY)
	$(call say,LINK,$@)
	$(QUIET)$(LINK) -o $@ $(FUZZ_OBJECTS) $(LIBRARY) $(LIBS) -lm

# -- Speed ---------------------------------------------------------------------------

.PHONY: bench
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
# With FANN, where it is installed, to compare with.
FANN := $(firstword $(wildcard /usr/include/doublefann.h /usr/local/include/doublefann.h))
FANN_FLAGS := $(if $(FANN),-DHAVE_FANN $(if $(filter /usr/local/%,$(FANN)),-I/usr/local/include -L/usr/local/lib))
# forkpty() is in libutil where libc has not got it.
PTY_LIBS := $(if $(filter Darwin,$(SYSTEM)),,-lutil)
FANN_LIBS := $(if $(FANN),-ldoublefann)

bench: $(B)/bench $(B)/bench-screen all ## measure training next to FANN, and the screen; writes build/bench*.json
	@$(B)/bench $(ARGS) $(B)/bench.json
	@$(B)/bench-screen $(B)/backstep $(B)/bench-screen.json

SCREEN_BENCH_SOURCES := $(sort $(wildcard tests/bench/screen/*.c))
$(B)/bench-screen: $(SCREEN_BENCH_SOURCES) $(wildcard tests/bench/screen/*.h) | $(LIBRARY)
	$(call say,LINK,$@)
	$(QUIET)$(COMPILE) -o $@ $(SCREEN_BENCH_SOURCES) $(LINK_MODE) $(LDFLAGS) $(PTY_LIBS)

$(B)/bench: $(BENCH_SOURCES) $(wildcard tests/bench/*.h) $(LIBRARY)
	$(call say,LINK,$@)
	$(QUIET)$(COMPILE) $(FANN_FLAGS) -Itests/bench \
	    $(LINK_MODE) $(LDFLAGS) -o $@ $(BENCH_SOURCES) $(LIBRARY) $(FANN_LIBS) $(LIBS) -lm

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1: \2/p' Makefile | \
	    awk -F': ' '{ printf "%-14s %s\n", $$1, substr($$0, length($$1) + 3) }'

-include $(OBJECTS:.o=.d) $(MAIN_OBJECT:.o=.d) $(GENERATED_OBJECTS:.o=.d) \
    $(TEST_OBJECTS:.o=.d) $(SUPPORT_OBJECTS:.o=.d)
