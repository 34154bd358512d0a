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

static const struct address_range ranges[] = {
	{ "0.0.0.0/8", false },
	{ "10.0.0.0/8", true },
	{ "100.64.0.0/10", true },
	{ "127.0.0.0/8", false },
	{ "169.254.0.0/16", true },
	{ "172.16.0.0/12", true },
	{ "192.0.0.0/24", false },
	{ "192.0.2.0/24", false },
	{ "192.168.0.0/16", true },
	{ "198.18.0.0/15", false },
	{ "198.51.100.0/24", false },
	{ "203.0.113.0/24", false },
	{ "224.0.0.0/3", false },	/* multicast, reserved, broadcast */
	/* Of IPv6 an eighth is in use: 2000::/3. */
	{ "::/3", false },		/* none, loopback, IPv4 in IPv6 */
	{ "2001::/32", false },		/* Teredo and 6to4: any IPv4 inside */
	{ "2001:db8::/32", false },
	{ "2002::/16", false },
	{ "3fff::/20", false },
	{ "4000::/2", false },
	{ "8000::/2", false },
	{ "c000::/3", false },
	{ "e000::/4", false },
	{ "f000::/5", false },
	{ "f800::/6", false },
	{ "fc00::/7", true },
	{ "fe00::/9", false },
	{ "fe80::/10", true },
	{ "fec0::/10", false },
	{ "ff00::/8", false },
};

const struct address_range *
address_special(size_t i)
{
	return i < sizeof ranges / sizeof ranges[0] ? &ranges[i] : NULL;
}

static bool
lies_in(int family, const uint8_t *octets, const char *range)
{
	size_t len = strcspn(range, "/"), bits = 0, i = 0;
	char bare[INET6_ADDRSTRLEN];
	uint8_t base[16];

	bits = strtoul(range + len + 1, NULL, 10);
	strlcpy(bare, range, len + 1);
	if (inet_pton(family, bare, base) != 1)
		return false;
	for (; bits >= 8; bits -= 8, i++)
		if (octets[i] != base[i])
			return false;
	return bits == 0 || (octets[i] ^ base[i]) >> (8 - bits) == 0;
}

const struct address_range *
address_range(const char *address)
{
	int family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
	uint8_t octets[16];

	if (inet_pton(family, address, octets) != 1)
		return NULL;
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if ((strchr(ranges[i].text, ':') != NULL) ==
		    (family == AF_INET6) &&
		    lies_in(family, octets, ranges[i].text))
			return &ranges[i];
	return NULL;
}
