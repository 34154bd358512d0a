#include "dns/resolvconf.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include <bsd/string.h>

/* An IPv6 address may name its interface: fe80::1%eth0. */
static bool
is_address(const char *text)
{
	unsigned char octets[16];
	char bare[VANTAGE_ADDRESS];

	if (strlcpy(bare, text, sizeof bare) >= sizeof bare)
		return false;
	if (inet_pton(AF_INET, bare, octets) == 1)
		return true;
	bare[strcspn(bare, "%")] = '\0';
	return inet_pton(AF_INET6, bare, octets) == 1;
}

size_t
resolvconf_read(FILE *in, struct vantage out[static RESOLVCONF_MAX])
{
	static const char blank[] = " \t\r\n";
	size_t count = 0, size = 0;
	char *line = NULL;

	while (count < RESOLVCONF_MAX && getline(&line, &size, in) != -1) {
		char *rest, *key = strtok_r(line, blank, &rest);
		char *word = strtok_r(NULL, blank, &rest);

		if (key == NULL || word == NULL ||
		    strcmp(key, "nameserver") != 0 || !is_address(word))
			continue;
		out[count].kind = VANTAGE_SYSTEM;
		strlcpy(out[count++].address, word, VANTAGE_ADDRESS);
	}
	free(line);
	return count;
}
