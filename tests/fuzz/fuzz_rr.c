/*
 * Records: any rdata of any type (the first two octets) is written as zone
 * text that reads back octet for octet; any text that reads writes back to
 * the same record.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dns/rr.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct rr *rr)
{
	char *text = rr_rdata_new(rr), type[16];
	uint8_t joined[64];
	struct name target;
	const char *why;
	struct rr back;

	if (rr_parse(&back, rr->type, text, &why) == -1 ||
	    back.len != rr->len ||
	    (rr->len > 0 && memcmp(back.rdata, rr->rdata, rr->len) != 0) ||
	    !rr_equal(&back, rr))
		abort();
	rr_release(&back);
	free(text);

	text = rr_value_new(rr);
	if (rr_value(rr, NULL, 0) != strlen(text))
		abort();
	free(text);

	if (rr->type != 0 &&
	    rr_type_parse(rr_type_text(rr->type, type)) != rr->type)
		abort();
	if (rr_target(rr, &target) == 0 &&
	    name_from_wire(&target, target.wire, target.len) == -1)
		abort();
	rr_preference(rr);
	rr_soa_serial(rr);
	rr_soa_negative_ttl(rr);
	if (rr_txt_join(rr, joined, sizeof joined) > sizeof joined)
		abort();
	rr_copy(&back, rr);
	if (!rr_equal(&back, rr))
		abort();
	rr_release(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rr rr = { .type = 0 };
	const char *why = NULL;
	char *text;

	if (size < 2 || size - 2 > RR_RDATA)
		return 0;
	rr.type = (uint16_t)(data[0] << 8 | data[1]);
	data += 2;
	size -= 2;
	rr.len = (uint16_t)size;
	/* A copy of exactly this size, so that reading on is noticed. */
	rr.rdata = malloc(size);
	text = malloc(size + 1);
	if ((rr.rdata == NULL && size > 0) || text == NULL)
		abort();
	if (size > 0) {
		memcpy(rr.rdata, data, size);
		memcpy(text, data, size);
	}
	text[size] = '\0';
	check(&rr);
	free(rr.rdata);

	if (rr_parse(&rr, rr.type, text, &why) == 0)
		check(&rr);
	else if (why == NULL)
		abort();
	rr_release(&rr);
	if (rr_from_value(&rr, rr.type, text, &why) == 0)
		check(&rr);
	rr_release(&rr);
	free(text);
	return 0;
}
