#include "elsewhere.h"

/* Writes the place where this slip puts the record; -1 when it cannot. */
typedef int place(struct name *out, const struct wanted *wanted,
    const struct name *domain, const struct name *zone);

/* The full name was typed and the form appended its zone. */
static int
doubled(struct name *out, const struct wanted *wanted,
    const struct name *domain, const struct name *zone)
{
	(void)domain;
	return name_join(out, &wanted->owner, zone);
}

/* The identity, a sub-domain of the zone, was appended a second time. */
static int
doubled_identity(struct name *out, const struct wanted *wanted,
    const struct name *domain, const struct name *zone)
{
	if (name_equal(domain, zone))
		return -1;
	return name_join(out, &wanted->owner, domain);
}

/* Of TOKEN._domainkey only TOKEN was typed. */
static int
no_domainkey(struct name *out, const struct wanted *wanted,
    const struct name *domain, const struct name *zone)
{
	struct name token = name_head(&wanted->owner, 1);

	(void)zone;
	if (wanted->kind != WANTED_DKIM)
		return -1;
	return name_join(out, &token, domain);
}

/* The label without the sub-domain: it stands straight below the zone. */
static int
no_subdomain(struct name *out, const struct wanted *wanted,
    const struct name *domain, const struct name *zone)
{
	struct name label;

	if (name_equal(domain, zone) ||
	    name_relative(&label, &wanted->owner, domain) == -1)
		return -1;
	return name_join(out, &label, zone);
}

static const struct {
	enum elsewhere_kind kind;
	place *place;
} places[] = {
	{ ELSEWHERE_DOUBLED, doubled },
	{ ELSEWHERE_DOUBLED, doubled_identity },
	{ ELSEWHERE_NO_DOMAINKEY, no_domainkey },
	{ ELSEWHERE_NO_SUBDOMAIN, no_subdomain },
};

_Static_assert(sizeof places / sizeof places[0] <= ELSEWHERE_NAMES,
    "elsewhere_names() fills an array of ELSEWHERE_NAMES");

size_t
elsewhere_names(const struct wanted *wanted, const struct name *domain,
    const struct name *zone, struct elsewhere out[static ELSEWHERE_NAMES])
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		out[count].kind = places[i].kind;
		if (places[i].place(&out[count].owner, wanted, domain,
		    zone) == 0)
			count++;
	}
	return count;
}
