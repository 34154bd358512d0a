#include "base/packed.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* What may still be named. */
struct past {
	uint8_t octet[PACKED_BACK + 1];
	size_t count;
};

static void
put(FILE *out, struct past *past, uint8_t octet)
{
	past->octet[past->count++ & PACKED_BACK] = octet;
	putc(octet, out);
}

int
packed_write(FILE *out, const uint8_t *packed, size_t size)
{
	struct past *past = xcalloc(1, sizeof *past);
	const uint8_t *end = packed + size;
	int rc = 0;

	while (packed < end && rc == 0) {
		size_t n = *packed++, back;

		if (n < PACKED_SEEN) {
			for (n++; n > 0 && packed < end; n--)
				put(out, past, *packed++);
			rc = n > 0 ? -1 : 0;
			continue;
		}
		back = end - packed < 2 ? 0 :
		    (size_t)(packed[0] | packed[1] << 8);
		if (back == 0 || back > past->count)
			rc = -1;
		for (n += PACKED_LEAST - PACKED_SEEN; n > 0 && rc == 0; n--)
			put(out, past, past->octet[(past->count - back) &
			    PACKED_BACK]);
		packed += 2;
	}
	free(past);
	return rc;
}
