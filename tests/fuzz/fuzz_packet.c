/* Any octets as a reply: read without harm, and what is read can be shown. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dns/packet.h"
#include "require.h"

enum {
	TEXT = 4096
};

static void
show(const struct rr *rr)
{
	char text[TEXT], name[NAME_TEXT], *rdata;
	struct name again;
	const char *why;

	require(rr->type != 41);
	name_text(rr->owner, name);
	require(name_parse(&again, name, &why) == 0);
	require(name_equal(&again, rr->owner));
	rr_value(rr, text, sizeof text);
	require(strpbrk(text, "\033\n\r") == NULL);
	rdata = rr_rdata_new(rr);
	require(strpbrk(rdata, "\033\n\r") == NULL);
	free(rdata);
	(void)rr_preference(rr);
	(void)rr_soa_negative_ttl(rr);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct question question = { .type = RR_TXT, .name = name_root() };
	struct observation *o = observation_new(&question);
	struct packet_head head;
	size_t count;

	(void)packet_head(&head, data, size);
	packet_read(o, data, size);
	count = o->answers + o->authorities + o->additionals;
	require(o->outcome == OUTCOME_ANSWER || (o->outcome ==
	    OUTCOME_GARBLED && count == 0));
	for (size_t i = 0; i < count; i++)
		show(&o->rr[i]);
	observation_free(o);
	return 0;
}
