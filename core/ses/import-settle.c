/*
 * What only the whole document tells: whose domain, which region, whose key.
 */
#include "ses/import-internal.h"

#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "dns/suffix.h"
#include "ses/region.h"
#include "ses/service.h"

/* dkim.REGION.amazonses.com, perhaps with a label of Amazon's before it. */
static void
region_in_zone(struct gather *g)
{
	struct name last = g->zone, registered;
	char text[NAME_TEXT];

	suffix_registered(&last, &registered);
	while (name_labels(&last) > name_labels(&registered) + 1)
		name_parent(&last, &last);
	name_text(&last, text);
	text[strcspn(text, ".")] = '\0';
	if (region_has_shape(text) && strlen(text) < IDENTITY_REGION)
		(void)gather_region(g, text);
}

/*
 * The name of a row as it stands in a table: below the domain, or below a zone
 * above it ("send.news" for news.example.jp).
 */
static int
set_mail_from(struct identity *identity, const char *text, const char **why)
{
	struct name name, tail, full, registered;
	char whole[NAME_TEXT];
	size_t n = name_labels(&identity->domain);

	suffix_registered(&identity->domain, &registered);
	if (strchr(text, '.') == NULL || name_parse_idn(&name, text, why) ==
	    -1 || name_is_below(&name, &registered))
		return identity_set_mail_from(identity, text, why);
	for (; n > 0; n--) {
		struct name head = name_head(&identity->domain, n);

		tail = name;
		while (name_labels(&tail) > n)
			name_parent(&tail, &tail);
		if (name_labels(&name) > n && name_equal(&tail, &head))
			break;
	}
	if (n == 0 && suffix_is_known(&name))
		return identity_set_mail_from(identity, text, why);
	full = name_head(&name, name_labels(&name) - n);
	if (name_join(&full, &full, &identity->domain) == -1)
		return identity_set_mail_from(identity, text, why);
	return identity_set_mail_from(identity, name_text(&full, whole), why);
}

/*
 * A pasted target's zone wins.  A regional one tells the region, too, unless
 * a replica says that it uses another region's keys.
 */
static void
settle_region(struct gather *g)
{
	struct identity *identity = &g->out->identity;
	const struct region *region;
	struct identity table;
	const char *why;

	if (!g->has_zone && identity->tokens > 0 &&
	    (region = region_find(g->parent)) != NULL &&
	    region->dkim_zone != NULL)
		g->has_zone = name_parse(&g->zone, region->dkim_zone, &why) ==
		    0;
	region = g->has_zone ? region_of_host(&g->zone) : NULL;
	if (g->has_zone && g->region[0] == '\0' && g->parent[0] == '\0' &&
	    region == NULL)
		region_in_zone(g);
	if (g->region[0] != '\0')
		strlcpy(identity->region, g->region, IDENTITY_REGION);
	else if (g->parent[0] == '\0' && region != NULL)
		strlcpy(identity->region, region->code, IDENTITY_REGION);
	g->out->has_zone = g->has_zone;
	g->out->zone = g->zone;
	identity_init(&table);
	strlcpy(table.region, identity->region[0] != '\0' ?
	    identity->region : g->known->region, IDENTITY_REGION);
	import_apply_zone(g->out, &table);
	identity->dkim_zone = table.dkim_zone;
	identity->has_dkim_zone = table.has_dkim_zone;
}

/*
 * The name of an SPF row is MAIL FROM's, where no MX row says it.  One may as
 * well stand at the domain itself.
 */
static bool
settle_spf(struct gather *g, struct identity *probe)
{
	char *rest = g->spf.mem, *owner;
	const char *why;
	bool found = false;

	while (g->spf.len > 0 && !found && (owner = strsep(&rest, "\n")) !=
	    NULL && *owner != '\0') {
		if (probe->has_domain)
			found = identity_set_mail_from(probe, owner, &why) ==
			    0;
		else if (strchr(owner, '.') == NULL && strcmp(owner, "@") !=
		    0) {
			strlcpy(g->out->mail_from, owner, NAME_TEXT);
			g->out->rows++;
			return false;
		}
	}
	if (found)
		return true;
	g->line = g->spf.len == 0 && g->spf_line != 0 ? g->spf_line - 1 : 0;
	if (g->spf.len > 0)
		gather_note(g, N_("The SPF row was left alone: it stands at "
		    "the domain itself, and SES wants one only at MAIL "
		    "FROM."), NULL);
	else if (g->spf_line != 0)
		gather_note(g, N_("No name stands beside the SPF row of MAIL "
		    "FROM. Type MAIL FROM by hand."), NULL);
	g->line = 0;
	return false;
}

/* Now that the domain is known, if anybody knows it. */
static void
settle_mail_from(struct gather *g)
{
	struct identity *identity = &g->out->identity;
	struct identity probe;
	const char *why;

	identity_init(&probe);
	probe.has_domain = identity->has_domain || g->known->has_domain;
	probe.domain = identity->has_domain ? identity->domain :
	    g->known->domain;
	if (g->mail_from[0] == '\0') {
		if (!settle_spf(g, &probe))
			return;
		g->out->rows++;
	} else if (probe.has_domain) {
		if (set_mail_from(&probe, g->mail_from, &why) == -1) {
			gather_leave(g, N_("{value} was not taken as MAIL "
			    "FROM: that is a name below the domain."),
			    g->mail_from);
			g->out->rows--;
		}
	} else if (name_parse_idn(&probe.mail_from, g->mail_from, &why) ==
	    -1) {
		gather_leave(g, why, NULL);
		g->out->rows--;
	} else {
		probe.has_mail_from =
		    suffix_is_known(&probe.mail_from);
		/* Below a domain that is still to come. */
		if (!probe.has_mail_from)
			strlcpy(g->out->mail_from, g->mail_from, NAME_TEXT);
	}
	identity->mail_from = probe.mail_from;
	identity->has_mail_from = probe.has_mail_from;
}

void
gather_settle(struct gather *g)
{
	struct identity *identity = &g->out->identity;

	g->line = g->column = 0;
	g->key[0] = '\0';
	if (!identity->has_domain && g->domain[0] != '\0' &&
	    g->out->rows > 0)
		(void)gather_domain(g, g->domain);
	gather_settle_key(g);
	settle_mail_from(g);
	settle_region(g);
	if (identity->status == SES_PENDING)
		identity->pending_since = g->created_at;
	/* SES leaves an old error word standing beside SUCCESS. */
	if (identity->status == SES_VERIFIED)
		identity->error[0] = '\0';
	/* What "pending" there means is not what AWS would say. */
	g->out->service = service_find(identity->selector, g->mail_from);
	if (g->out->service != NULL && identity->origin[0] == '\0') {
		identity->status = SES_UNKNOWN;
		identity->status_imported = false;
	}
}

int
import_set_mail_from(const struct import *import, struct identity *identity)
{
	const char *why;

	return import->mail_from[0] == '\0' ? 0 :
	    set_mail_from(identity, import->mail_from, &why);
}
