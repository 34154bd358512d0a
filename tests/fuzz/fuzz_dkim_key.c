/* Any octets as a DKIM key record; and as the DER inside its p=. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail/dkim-key.h"

enum {
	DER_TRIED = 1500	/* octets of input taken for DER */
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try(const uint8_t *data, size_t size)
{
	struct dkim_key key;
	int rc = dkim_key_parse(&key, data, size);

	if ((rc == 0) != (key.why == NULL) ||
	    (rc == 0) != (key.result == DKIM_KEY_GOOD) || key.at > size ||
	    (rc == 0 && !key.ed25519 && (key.bits < DKIM_KEY_LEAST ||
	    key.bits > DKIM_KEY_MOST)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t text[4 + DER_TRIED / 3 * 4] = "p=";
	size_t len = 2;

	try(data, size);
	/* Whole groups of three octets need no padding. */
	for (size_t i = 0; i + 3 <= size && i + 3 <= DER_TRIED; i += 3) {
		uint32_t three = (uint32_t)data[i] << 16 |
		    (uint32_t)data[i + 1] << 8 | data[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			text[len++] = (uint8_t)digits[three >> shift & 63];
	}
	try(text, len);
	return 0;
}
