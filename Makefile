# dnsesame.  `make` builds ./dnsesame and installs nothing.
# `make practice`, `make test`: dependencies, build, go.

CC = cc
# Small: it waits for the network, not for itself.
CFLAGS = -Os -g -fno-asynchronous-unwind-tables -Wall -Wextra -Wpedantic \
	-Wshadow -Wmissing-prototypes -Wstrict-prototypes \
	-Wold-style-definition -Wvla -Wwrite-strings -Wformat=2 -Wcast-qual \
	-Wundef
prefix = /usr/local
PREFIX = $(prefix)
ZSHDIR = $(PREFIX)/share/zsh/site-functions

# Ours; CC and CFLAGS replace only compiler, optimisation and warnings.
VERSION = 0.1.0
STD = -std=c11 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
	-DVERSION='"$(VERSION)"' -DLOCALEDIR='"$(PREFIX)/share/locale"' -Icore -Itui
LIBS = -lpanelw -lncursesw -ltinfo -lunbound -lbsd -lresolv -lidn2 -lpsl \
	-ljansson -lcsv

B = build
BIN = dnsesame
CORE := $(patsubst %.c,$(B)/%.o,$(wildcard core/*/*.c))
TUI := $(patsubst %.c,$(B)/%.o,$(wildcard tui/*.c tui/*/*.c))
PO := $(patsubst core/po/%.po,$(B)/locale/%/LC_MESSAGES/dnsesame.mo,\
	$(wildcard core/po/*.po))

all: $(BIN)

.DELETE_ON_ERROR:

# What is done to what; V=1 shows the commands instead.
say = $(if $(filter 1,$(V)),,@echo '$(1)	$(2)';)

$(BIN): $(TUI) $(B)/libdnsesame.a $(PO)
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -pie -Wl,-z,relro,-z,now -o $@ $(TUI) \
	    $(B)/libdnsesame.a $(LIBS)

$(B)/libdnsesame.a: $(CORE)
	$(call say,AR,$@)rm -f $@; ar rcs $@ $(CORE)

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(STD) $(CFLAGS) -fPIE -fstack-usage -MMD -MP \
	    -c -o $@ $< || { echo 'Is a header missing? "make deps" installs' \
	    'what the build needs.' >&2; exit 1; }

$(B)/locale/%/LC_MESSAGES/dnsesame.mo: core/po/%.po
	@mkdir -p $(@D)
	$(call say,MSGFMT,$<)msgfmt -o $@ $<

-include $(CORE:.o=.d) $(TUI:.o=.d)

# --- For people ---

deps:
	@.ci/deps $(DEPS)

# What goes where.
BINARY = $(DESTDIR)$(PREFIX)/bin/dnsesame
SHARE = $(DESTDIR)$(PREFIX)/share
MAN = $(SHARE)/man/man1/dnsesame.1
MAN_JA = $(SHARE)/man/ja/man1/dnsesame.1
MO_JA = $(SHARE)/locale/ja/LC_MESSAGES/dnsesame.mo
BASH = $(SHARE)/bash-completion/completions/dnsesame
ZSH = $(DESTDIR)$(ZSHDIR)/_dnsesame
FISH = $(SHARE)/fish/vendor_completions.d/dnsesame.fish

install: all $(B)/completions.bash $(B)/completions.zsh $(B)/completions.fish
	install -D -m 755 $(BIN) $(BINARY)
	install -D -m 644 tui/dnsesame.1 $(MAN)
	install -D -m 644 tui/dnsesame.ja.1 $(MAN_JA)
	install -D -m 644 $(B)/locale/ja/LC_MESSAGES/dnsesame.mo $(MO_JA)
	install -D -m 644 $(B)/completions.bash $(BASH)
	install -D -m 644 $(B)/completions.zsh $(ZSH)
	install -D -m 644 $(B)/completions.fish $(FISH)

uninstall:
	rm -f $(BINARY) $(MAN) $(MAN_JA) $(MO_JA) $(BASH) $(ZSH) $(FISH)

$(B)/completions.%: tui/completions tui/model/option.def $(wildcard core/companies/*)
	@mkdir -p $(@D)
	CC="$(CC)" tui/completions $* >$@.new && mv $@.new $@

# The same bytes whenever it is made from the same commit.
DIST = dnsesame-$(VERSION)
dist:
	@mkdir -p $(B)
	git archive --format=tar --prefix=$(DIST)/ HEAD | gzip -n -9 \
	    >$(B)/$(DIST).tar.gz
	@echo $(B)/$(DIST).tar.gz

# A Debian package of the last commit, below build/deb.
deb: dist
	@.ci/deps deb
	rm -rf $(B)/deb
	mkdir -p $(B)/deb
	tar -C $(B)/deb -xzf $(B)/$(DIST).tar.gz
	cd $(B)/deb/$(DIST) && dpkg-buildpackage -b -us -uc
	lintian --fail-on error $(B)/deb/*.changes
	@ls $(B)/deb/*.deb

# --- One file for every Linux ---

# All that goes out, from the last commit, below build/release.
release:
	@.ci/release

# Its rules are in alone.mk; .ci/static finds compiler and libraries of ARCH.
ARCH = $(shell dpkg --print-architecture)
static:
	@.ci/static $(ARCH)

include core/base/alone/alone.mk

practice: deps
	@$(MAKE) --no-print-directory dnsesame
	./dnsesame practice $(ARGS)

lab:
	@.ci/deps test
	@$(MAKE) --no-print-directory dnsesame build/tests/responder
	tests/lab/lab run $(or $(SCENARIO),doubled-verification) -- \
	    sh -c './dnsesame --unbound-conf "$$LAB_CONF" $(ARGS)'

# --- Proof ---

SAN = -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer -U_FORTIFY_SOURCE
UNITS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))

test:
	@.ci/deps test static
	@$(MAKE) --no-print-directory -j2 all tests
	@$(MAKE) --no-print-directory -j2 B=build/san/build \
	    BIN=build/san/dnsesame CFLAGS="$(SAN)" all units
	@! command -v dpkg >/dev/null || $(MAKE) --no-print-directory static
	@tests/run

# Records tests/cases anew from the lab.
cases: tests dnsesame
	RECORD=1 tests/lab/run

# The long runs at full length; writes tests/TRUST.md.  A day and more.
proof:
	@.ci/deps test static proof zoo
	@$(MAKE) --no-print-directory -j2 all tests
	@$(MAKE) --no-print-directory -j2 B=build/san/build \
	    BIN=build/san/dnsesame CFLAGS="$(SAN)" all units
	tests/proof/proof

# For tools and tests that want to know.
print-std:
	@echo $(STD)

print-terms:
	@echo $(TERMS)

# Beside the programs people know, in one run; writes tests/bench/RESULTS.md.
# Other people's name servers; their programs are only unpacked, below build/.
zoo:
	@.ci/deps test zoo
	@$(MAKE) --no-print-directory -j2 all tests
	tests/lab/zoo

bench:
	@.ci/deps test static bench
	@$(MAKE) --no-print-directory -j2 all tests
	@$(MAKE) --no-print-directory static
	tests/bench/run

tests: $(B)/tests/screen $(B)/tests/responder $(B)/tests/forms \
	$(B)/tests/journeys $(B)/tests/mistyped $(B)/tests/oracles \
	$(B)/tests/turns $(B)/tests/pieces \
	$(B)/tests/starved $(B)/tests/hurried $(B)/tests/term \
	$(B)/tests/fenced $(B)/tests/capture
units: $(PO) $(UNITS:%=$(B)/tests/%)

# A unit program links the archive, and of the front end what has no curses.
PURE := $(patsubst %.c,$(B)/%.o,tui/draw/clipboard.c tui/draw/paste.c \
	tui/model/edit.c \
	tui/draw/key.c tui/model/help.c tui/model/list.c tui/model/wrap.c tui/model/options.c \
	tui/model/mind.c tui/model/story.c)

$(B)/tests/test_%: tests/unit/test_%.c $(B)/libdnsesame.a $(PURE)
	@mkdir -p $(@D)
	@ln -sfn .. $(@D)/build # where lang.c looks for the catalogue
	$(CC) $(STD) $(CFLAGS) $(LDFLAGS) -fPIE -pie -o $@ $< $(PURE) \
	    $(B)/libdnsesame.a -lcmocka $(LIBS)

# The program itself, whose own allocations can be made to fail, whose clock
# can be made to run faster, or which tells how long its turns are.
WRAP_starved = malloc calloc reallocarray strdup
WRAP_hurried = clock_gettime poll __poll_chk
WRAP_turns = poll __poll_chk

$(B)/tests/starved $(B)/tests/hurried $(B)/tests/turns: $(B)/tests/%: tests/proof/%.c $(TUI) \
    $(B)/libdnsesame.a
	@mkdir -p $(@D)
	@ln -sfn .. $(@D)/build
	$(CC) $(STD) $(CFLAGS) $(LDFLAGS) -fPIE -pie \
	    $(WRAP_$*:%=-Wl,--wrap=%) -o $@ $< $(TUI) $(B)/libdnsesame.a \
	    $(LIBS)

$(B)/tests/screen: $(wildcard tests/screens/*.[ch])
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -o $@ $(filter %.c,$^) -lvterm -lutil

$(B)/tests/term: tests/bench/term.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -o $@ $< -lutil

$(B)/tests/responder: tests/lab/responder.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -pthread -o $@ $< -lresolv

$(B)/tests/capture: tests/lab/capture.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -o $@ $<

$(B)/tests/fenced: tests/sandbox/fenced.c $(B)/libdnsesame.a
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -pthread -o $@ $^ $(LIBS) -lutil

$(B)/tests/journeys: tests/journeys/journeys.c tests/journeys/zone.c \
    $(B)/libdnsesame.a tests/journeys/zone.h tests/lab/typed.h
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -o $@ $(filter-out %.h,$^) $(LIBS)

# Each turn of a check is over after two pieces.
WRAP_pieces = turn_begin turn_is_over
$(B)/tests/pieces: tests/proof/pieces.c $(B)/libdnsesame.a
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -fPIE -pie $(WRAP_pieces:%=-Wl,--wrap=%) \
	    -o $@ $^ $(LIBS)

$(B)/tests/mistyped: tests/mistyped/mistyped.c tests/journeys/zone.c \
    $(B)/libdnsesame.a tests/journeys/zone.h
	@mkdir -p $(@D)
	@ln -sfn .. $(@D)/build
	$(CC) $(STD) -Itests $(CFLAGS) -o $@ $(filter-out %.h,$^) $(LIBS)

$(B)/tests/oracles: tests/oracles/oracles.c $(B)/libdnsesame.a
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/forms: tests/lab/forms.c $(B)/libdnsesame.a tests/lab/typed.h
	@mkdir -p $(@D)
	$(CC) $(STD) $(CFLAGS) -o $@ $(filter-out %.h,$^) $(LIBS)

screenshots: dnsesame tests
	@.ci/deps test shots
	rm -f screenshots/*
	tests/lab/lab run doubled-dkim -- env SHOTS=screenshots \
	    DNSESAME=$(CURDIR)/dnsesame build/tests/screen \
	    tests/screens/shots/*.screen
	tests/screens/shots/film screenshots
	tests/screens/shots/light screenshots
	tests/screens/shots.sh screenshots

clean:
	rm -rf build dnsesame

.PHONY: print-std print-terms all clean deps install uninstall dist deb \
	static release practice lab test proof zoo bench cases tests units screenshots
