/* Any octets as a DMARC record; and as a name, whose tree is walked. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail/dmarc.h"
#include "require.h"

static void
walk(const struct name *domain, const struct dmarc *dmarc, unsigned mask)
{
	const struct dmarc *record[DMARC_QUERIES];
	struct name asked[DMARC_QUERIES], organisation;
	size_t count = dmarc_walk(domain, asked, DMARC_QUERIES);
	int applies;

	require(count <= DMARC_QUERIES && count <= name_labels(domain));
	for (size_t i = 0; i < count; i++) {
		require(name_starts(&asked[i], "_dmarc"));
		record[i] = (mask >> i & 1) != 0 ? dmarc : NULL;
	}
	organisation = dmarc_organisation(domain, asked, record, count);
	require(name_is_below(domain, &organisation));
	applies = dmarc_applies(domain, asked, record, count);
	require(applies >= -1 && applies < (int)count);
	require(applies == -1 || record[applies] != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct name domain;
	struct dmarc dmarc;

	require((dmarc_parse(&dmarc, data, size) == 0) == (dmarc.why == NULL));
	require(dmarc.record == dmarc_is_record(data, size));
	require(dmarc.record || dmarc.why != NULL);
	require(dmarc.at <= size && dmarc.note_at <= size);
	require(dmarc_policy(&dmarc, false, true) <= DMARC_REJECT);
	require(dmarc_policy(&dmarc, true, false) <= DMARC_REJECT);
	if (name_from_wire(&domain, data, size) == 0) {
		static const char text[] = "v=DMARC1; p=none; psd=y";

		dmarc_parse(&dmarc, (const uint8_t *)text, sizeof text - 1);
		walk(&domain, &dmarc, data[size - 1]);
		dmarc.psd = DMARC_PSD_UNKNOWN;
		walk(&domain, &dmarc, data[size - 1]);
	}
	return 0;
}
