/*
 * An IP address as people and resolv.conf(5) write it, for a socket.
 */
#ifndef DNSESAME_ADDRESS_H
#define DNSESAME_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/socket.h>

/*
 * Dotted IPv4, or IPv6, after "%" its interface (RFC 4007 section 11).  The
 * length of the socket address in out; 0 when the text is none.
 */
socklen_t
address_parse(const char *text, uint16_t port, struct sockaddr_storage *out);

/*
 * Addresses that no public name server has: private, loopback, link-local,
 * multicast, reserved (RFC 6890 and the registries of IANA it made).  Whoever
 * names one sends us into our own network, or to nobody.
 */
struct address_range {
	const char *text;	/* "10.0.0.0/8" */
	bool inner;		/* in use inside networks: RFC 1918 and alike */
};

/* The i-th of them; NULL after the last. */
const struct address_range *
address_special(size_t i);

/* The range that the address lies in, or NULL. */
const struct address_range *
address_range(const char *address);

#endif
