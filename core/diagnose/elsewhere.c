#include "diagnose/elsewhere.h"

#include <stdio.h>
#include <string.h>

#include "dns/rr.h"
#include "dns/suffix.h"

/* A slip, told for one record: its names, and where they end. */
struct slip {
	const struct wanted *wanted;
	const struct name *domain;	/* the identity */
	const struct name *zone;
	struct name label;		/* the owner before the identity */
	const char *one, *two;		/* of its row */
};

/* Writes the owner that this slip makes; -1 when it cannot happen. */
typedef int place(struct name *out, const struct slip *slip);

/* The full name was typed and the form appended its zone. */
static int
doubled(struct name *out, const struct slip *slip)
{
	return name_join(out, &slip->wanted->owner, slip->zone);
}

/* The identity, a sub-domain of the zone, was appended a second time. */
static int
doubled_identity(struct name *out, const struct slip *slip)
{
	if (name_equal(slip->domain, slip->zone))
		return -1;
	return name_join(out, &slip->wanted->owner, slip->domain);
}

/*
 * The form is that of a zone which is itself a sub-domain, and what tells it
 * from the domain above was typed as well.
 */
static int
label_again(struct name *out, const struct slip *slip)
{
	struct name registered, above, typed;

	suffix_registered(slip->zone, &registered);
	if (name_equal(&registered, slip->zone) ||
	    !name_parent(&above, slip->zone) ||
	    name_relative(&typed, &slip->wanted->owner, &above) == -1)
		return -1;
	return name_join(out, &typed, slip->zone);
}

/* The same of a zone several labels below the registered domain. */
static int
labels_again(struct name *out, const struct slip *slip)
{
	struct name registered, above, typed;

	suffix_registered(slip->zone, &registered);
	if (name_equal(&registered, slip->zone) ||
	    !name_parent(&above, slip->zone) ||
	    name_equal(&above, &registered) ||
	    name_relative(&typed, &slip->wanted->owner, &registered) == -1)
		return -1;
	return name_join(out, &typed, slip->zone);
}

/* The label of MAIL FROM was typed in front of its whole name. */
static int
label_twice(struct name *out, const struct slip *slip)
{
	return name_join(out, &slip->label, &slip->wanted->owner);
}

/* The right name, with a record of another type. */
static int
here(struct name *out, const struct slip *slip)
{
	*out = slip->wanted->owner;
	return 0;
}

/* The label without the sub-domain: it stands straight below the zone. */
static int
no_subdomain(struct name *out, const struct slip *slip)
{
	if (name_equal(slip->domain, slip->zone))
		return -1;
	return name_join(out, &slip->label, slip->zone);
}

/* Only the first label was typed: TOKEN of TOKEN._domainkey. */
static int
first_label(struct name *out, const struct slip *slip)
{
	struct name first = name_head(&slip->wanted->owner, 1);

	if (name_labels(&slip->label) < 2)
		return -1;
	return name_join(out, &first, slip->domain);
}

/* In the label two stands where one should, for the first time. */
static int
retyped(struct name *out, const struct slip *slip)
{
	char text[NAME_TEXT], typed[NAME_TEXT + 8];
	char *at;

	name_text(&slip->label, text);
	at = strstr(text, slip->one);
	if (at == NULL)
		return -1;
	*at = '\0';
	snprintf(typed, sizeof typed, "%s%s%s", text, slip->two,
	    at + strlen(slip->one));
	return name_prepend(out, typed, slip->domain);
}

/* Below a name below the domain. */
static int
below(struct name *out, const struct slip *slip)
{
	struct name name;

	return name_prepend(&name, slip->one, slip->domain) == -1 ? -1 :
	    name_join(out, &slip->label, &name);
}

static int
at_domain(struct name *out, const struct slip *slip)
{
	*out = *slip->domain;
	return 0;
}

/* Only "_domainkey" was typed. */
static int
rest_of_label(struct name *out, const struct slip *slip)
{
	if (name_labels(&slip->label) < 2)
		return -1;
	name_parent(out, &slip->wanted->owner);
	return 0;
}

/* Name and value were typed into each other's field. */
static int
value_as_name(struct name *out, const struct slip *slip)
{
	const char *value = slip->wanted->value;

	if (slip->wanted->type == RR_MX)
		value += strspn(value, "0123456789 ");
	return name_prepend(out, value, slip->zone);
}

/* Text around the label, as pasting brings it along. */
static int
wrapped(struct name *out, const struct slip *slip)
{
	char text[NAME_TEXT], typed[NAME_TEXT + 16];

	snprintf(typed, sizeof typed, "%s%s%s", slip->one,
	    name_text(&slip->label, text), slip->two);
	return name_prepend(out, typed, slip->domain);
}

/* "@", which means the domain itself elsewhere, was taken as a letter. */
static int
at_sign(struct name *out, const struct slip *slip)
{
	return name_prepend(out, "@", slip->domain);
}

/* The domain was typed into a field for what stands before it. */
static int
domain_as_label(struct name *out, const struct slip *slip)
{
	return name_join(out, slip->domain, slip->zone);
}

/* The domain was doubled at AWS, and its owner made the row as meant. */
static int
doubled_at_aws(struct name *out, const struct slip *slip)
{
	*out = slip->label;
	return name_is_below(out, slip->domain) &&
	    !name_equal(out, slip->domain) ? 0 : -1;
}

enum kinds {
	DKIM = 1 << WANTED_DKIM,
	KEY = 1 << WANTED_BYODKIM,
	VERIFICATION = 1 << WANTED_VERIFICATION,
	MX = 1 << WANTED_MAIL_FROM_MX,
	SPF = 1 << WANTED_MAIL_FROM_SPF,
	DMARC = 1 << WANTED_DMARC,
	TOKENS = DKIM | KEY | VERIFICATION,
	ALL = TOKENS | MX | SPF | DMARC
};

/* Likeliest first; type 0: the record's own. */
static const struct {
	enum finding finding;
	unsigned kinds;
	uint16_t type;
	place *place;
	const char *one, *two;
} table[] = {
	{ FINDING_DOUBLED_NAME, ALL, 0, doubled, "", "" },
	{ FINDING_DOUBLED_NAME, ALL, 0, label_again, "", "" },
	{ FINDING_DOUBLED_NAME, ALL, 0, doubled_identity, "", "" },
	{ FINDING_WRONG_TYPE, DKIM | MX, RR_TXT, here, "", "" },
	{ FINDING_MISPLACED, MX | SPF, 0, doubled_at_aws, "", "" },
	/* A parent's DMARC covers the sub-domain: it is where it belongs. */
	{ FINDING_MISPLACED, ALL & ~DMARC, 0, no_subdomain, "", "" },
	{ FINDING_MISPLACED, DKIM | KEY, 0, first_label, "", "" },
	{ FINDING_MISPLACED, TOKENS | DMARC, 0, retyped, "_", "" },
	/* As AWS's own sample commands show it. */
	{ FINDING_MISPLACED, DKIM | KEY, 0, retyped, "._", "_" },
	{ FINDING_MISPLACED, ALL, 0, at_domain, "", "" },
	{ FINDING_MISPLACED, TOKENS, 0, below, "www", "" },
	{ FINDING_SWAPPED, DKIM | VERIFICATION | MX, 0, value_as_name, "", "" },
	{ FINDING_MISPLACED, DKIM | KEY, 0, rest_of_label, "", "" },
	{ FINDING_DOUBLED_NAME, ALL, 0, labels_again, "", "" },
	{ FINDING_DOUBLED_NAME, MX | SPF, 0, label_twice, "", "" },
	{ FINDING_DOUBLED_NAME, DKIM, RR_TXT, doubled, "", "" },
	{ FINDING_WRONG_TYPE, SPF, RR_SPF, here, "", "" },
	{ FINDING_MISPLACED, TOKENS, 0, retyped, "_", "-" },
	{ FINDING_MISPLACED, TOKENS, 0, wrapped, "", "\\032" },
	{ FINDING_MISPLACED, TOKENS, 0, wrapped, "\\032", "" },
	{ FINDING_MISPLACED, TOKENS, 0, wrapped, "\\\"", "\\\"" },
	/* U+FF3F and U+FF0E, of Japanese typing; that dot makes one label. */
	{ FINDING_MISPLACED, TOKENS, 0, retyped, "_", "\\239\\188\\191" },
	{ FINDING_MISPLACED, DKIM | KEY, 0, retyped, ".", "\\239\\188\\142" },
	{ FINDING_MISPLACED, ALL, 0, at_sign, "", "" },
	{ FINDING_MISPLACED, ALL, 0, domain_as_label, "", "" },
};

_Static_assert(sizeof table / sizeof table[0] <= ELSEWHERE_PLACES,
    "ELSEWHERE_PLACES bounds the table");

size_t
elsewhere_ranks(void)
{
	return sizeof table / sizeof table[0];
}

int
elsewhere_place(struct elsewhere *out, size_t rank,
    const struct wanted *wanted, const struct name *domain,
    const struct name *zone)
{
	struct slip slip;

	if ((table[rank].kinds & 1u << wanted->kind) == 0 ||
	    name_relative(&slip.label, &wanted->owner, domain) == -1)
		return -1;
	slip.wanted = wanted;
	slip.domain = domain;
	slip.zone = zone;
	slip.one = table[rank].one;
	slip.two = table[rank].two;
	out->finding = table[rank].finding;
	out->type = table[rank].type != 0 ? table[rank].type : wanted->type;
	return table[rank].place(&out->owner, &slip);
}

int
elsewhere_bare(struct elsewhere_bare *out, const char *guard,
    const struct name *domain, const struct name *zone)
{
	struct name doubled_domain;

	if (name_join(&doubled_domain, domain, zone) == -1 ||
	    name_prepend(&out->token, "_amazonses", &doubled_domain) == -1 ||
	    name_prepend(&out->keys, "_domainkey", &doubled_domain) == -1 ||
	    name_prepend(&out->guard, guard, &doubled_domain) == -1)
		return -1;
	return 0;
}
