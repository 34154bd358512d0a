#include "dns/address.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <bsd/string.h>

/* An interface by its name or its number; 0: there is no such one. */
static uint32_t
scope_of(const char *name)
{
	uint32_t index = if_nametoindex(name);
	char *end;
	unsigned long number;

	if (index != 0 || *name < '0' || *name > '9')
		return index;
	number = strtoul(name, &end, 10);
	return *end == '\0' && number <= UINT32_MAX ? (uint32_t)number : 0;
}

socklen_t
address_parse(const char *text, uint16_t port, struct sockaddr_storage *out)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET,
		.sin_port = htons(port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
		.sin6_port = htons(port) };
	char bare[INET6_ADDRSTRLEN];
	size_t len = strcspn(text, "%");

	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
		memcpy(out, &v4, sizeof v4);
		return sizeof v4;
	}
	if (len >= sizeof bare)
		return 0;
	strlcpy(bare, text, len + 1);
	if (inet_pton(AF_INET6, bare, &v6.sin6_addr) != 1)
		return 0;
	if (text[len] == '%' &&
	    (v6.sin6_scope_id = scope_of(text + len + 1)) == 0)
		return 0;
	memcpy(out, &v6, sizeof v6);
	return sizeof v6;
}
