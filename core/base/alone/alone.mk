# The file for every Linux, of `make static` and, with another compiler, another
# folder B of objects and ROOT of libraries, of `make static ARCH=arm64`.

ALONE = build/static/dnsesame-$(VERSION)-linux-$(ARCH)
ALONE_LIBS = -lidn2 -lunistring -lhogweed -lnettle -lgmp -levent -lmd
RELR_amd64 = -Wl,-z,pack-relative-relocs
TERMS = linux screen screen-256color tmux tmux-256color vt100 vt220 xterm \
	xterm-256color
TERMINFO = $(foreach t,$(TERMS),terminfo/$t=$(firstword $(wildcard \
	/usr/share/terminfo/*/$t /lib/terminfo/*/$t)))
CTYPE = $(firstword $(wildcard $(ROOT)/usr/lib/locale/C.[uU]*8/LC_CTYPE))

$(ALONE): $(TUI) $(B)/core/base/alone/locale.o $(B)/alone/inside.o \
    $(B)/libdnsesame.a $(patsubst -l%,$(B)/alone/lib%.a,$(filter-out \
    -lpanelw,$(LIBS)) $(ALONE_LIBS) -lc)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -static-pie -s -Wl,-z,relro,-z,now \
	    $(RELR_$(ARCH)) -Wl,--gc-sections,--wrap=__open_nocancel \
	    -L$(B)/alone -o $@ \
	    $(filter %.o,$^) $(B)/libdnsesame.a $(LIBS) $(ALONE_LIBS) \
	    2>$@.warnings || { cat $@.warnings; false; }

# The same with what belongs to it.
$(ALONE).tar.gz: $(ALONE) tui/install.sh tui/dnsesame.1 tui/dnsesame.ja.1 \
    $(B)/completions.bash $(B)/completions.zsh $(B)/completions.fish LICENSE
	rm -rf $(B)/alone/pack
	mkdir -p $(B)/alone/pack/$(notdir $(ALONE))
	cp $^ $(B)/alone/pack/$(notdir $(ALONE))
	cd $(B)/alone/pack/$(notdir $(ALONE)) && mv $(notdir $(ALONE)) dnsesame
	tar -C $(B)/alone/pack --sort=name --owner=0 --group=0 --numeric-owner \
	    --mode=u=rwX,go=rX --mtime=@$${SOURCE_DATE_EPOCH:-0} \
	    -c $(notdir $(ALONE)) | gzip -n -9 >$@
	@ls -l $(ALONE) $@

# Nothing here throws: without its tables a library is smaller.  Made anew when
# packages have changed.
$(B)/alone/lib%.a: $(wildcard $(if $(ROOT),$(ROOT)/apt/unpacked,\
    /var/lib/dpkg/status))
	@mkdir -p $(@D)
	$$($(CC) -print-prog-name=objcopy) -R .eh_frame \
	    $$($(CC) -print-file-name=lib$*.a) $@

# The originals stand in the program already.  HOSTCC: of this machine.
HOSTCC = cc
$(B)/alone/hash: core/base/alone/hash.c core/base/catalogue.c \
    core/base/catalogue.h core/base/xalloc.h
	@mkdir -p $(@D)
	$(HOSTCC) $(STD) -O1 -o $@ $(filter %.c,$^)

$(B)/alone/%.hashed: $(B)/locale/%/LC_MESSAGES/dnsesame.mo $(B)/alone/hash
	$(B)/alone/hash $< >$@

# A quarter of the text is left.
$(B)/alone/packer: core/base/alone/pack.c core/base/packed.h
	@mkdir -p $(@D)
	$(HOSTCC) $(STD) -O1 -o $@ $<

$(B)/alone/inside.s: core/base/alone/inside core/base/alone/licences \
    $(B)/alone/ja.hashed $(B)/alone/packer LICENSE .ci/deps
	@mkdir -p $(@D)
	core/base/alone/licences "$(ROOT)" $(LINKED) >$(@D)/licences
	$(B)/alone/packer $(@D)/licences >$(@D)/licences.packed
	core/base/alone/inside licences=$(@D)/licences.packed ctype=$(CTYPE) \
	    catalogue/ja=$(B)/alone/ja.hashed \
	    $(TERMINFO) >$@

$(B)/alone/inside.o: $(B)/alone/inside.s
	$(CC) -c -o $@ $<
