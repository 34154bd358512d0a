/*
 * An IP address as people and resolv.conf(5) write it, for a socket.
 */
#ifndef DNSESAME_ADDRESS_H
#define DNSESAME_ADDRESS_H

#include <stdint.h>

#include <sys/socket.h>

/*
 * Dotted IPv4, or IPv6, after "%" its interface (RFC 4007 section 11).  The
 * length of the socket address in out; 0 when the text is none.
 */
socklen_t
address_parse(const char *text, uint16_t port, struct sockaddr_storage *out);

#endif
