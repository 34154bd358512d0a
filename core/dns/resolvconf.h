/*
 * The resolvers that this machine asks, from resolv.conf(5).
 */
#ifndef DNSESAME_RESOLVCONF_H
#define DNSESAME_RESOLVCONF_H

#include <stddef.h>
#include <stdio.h>

#include "dns/observe.h"

enum {
	RESOLVCONF_MAX = 3	/* MAXNS of <resolv.h>: libc asks no more */
};

/* In the order of the file; what is no address is passed over. */
size_t
resolvconf_read(FILE *in, struct vantage out[static RESOLVCONF_MAX]);

#endif
