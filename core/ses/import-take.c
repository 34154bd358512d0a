/* One value after the other, each checked, into what one import brings. */
#include "ses/import-internal.h"

#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "ses/region.h"
#include "ses/service.h"

/* "example.jp.example.jp": true, and then it is the one half. */
static bool
halve(struct name *domain)
{
	size_t labels = name_labels(domain);
	struct name tail = *domain, head;

	if (labels % 2 != 0 || labels < 4)
		return false;
	for (size_t i = 0; i < labels / 2; i++)
		name_parent(&tail, &tail);
	head = name_head(domain, labels / 2);
	if (!name_equal(&head, &tail))
		return false;
	*domain = tail;
	return true;
}

int
gather_domain(struct gather *g, const char *text)
{
	struct identity probe;
	char other[NAME_TEXT];
	const char *why;

	identity_init(&probe);
	if (identity_set_domain(&probe, text, &why) == -1)
		return gather_leave(g, why, NULL);
	if (halve(&probe.domain))
		gather_note(g, N_("A form has added the domain a second time "
		    "to the names. It is taken once."), NULL);
	if (g->known->has_domain &&
	    !name_equal(&probe.domain, &g->known->domain)) {
		name_text(&probe.domain, g->other);
		return gather_leave(g, N_("Rows of {value} are left alone: "
		    "they are for another domain."), g->other);
	}
	if (g->out->identity.has_domain &&
	    !name_equal(&probe.domain, &g->out->identity.domain))
		return gather_refuse(g, N_("This belongs to another domain, "
		    "{value}. Give the rows of one domain alone."),
		    name_text(&probe.domain, other));
	g->out->identity.domain = probe.domain;
	g->out->identity.has_domain = true;
	return 0;
}

int
gather_token(struct gather *g, const char *text)
{
	struct identity *identity = &g->out->identity;
	char token[IDENTITY_TOKEN];
	const char *why;

	if (identity_token(token, text, &why) == -1)
		return gather_leave(g, why, NULL);
	if (strstr(g->skipped.s, token) != NULL)
		return 1;
	for (size_t i = 0; i < identity->tokens; i++) {
		if (strcmp(identity->token[i], token) == 0)
			return 0;
	}
	if (identity_add_token(identity, token, &why) == -1) {
		gather_skip(g, token);
		return gather_leave(g, N_("More than three DKIM codes stand "
		    "in this. The first three were taken, {value} was not: "
		    "it belongs to another region, or to an identity that "
		    "was created anew. Compare with AWS's page."), token);
	}
	g->out->rows++;
	return 0;
}

/*
 * More than two labels behind amazonses: a form appended the domain.  Two may
 * be Amazon's own, as amazonaws.com.cn has them.
 */
static bool
cut_doubled(char *zone)
{
	static const char mark[] = ".amazonses.";
	char *end = strcasestr(zone, mark);
	const char *second;

	if (end == NULL)
		return false;
	end += strlen(mark);
	end += strcspn(end, ".");
	if (*end == '\0' || (second = strchr(end + 1, '.')) == NULL ||
	    second[1] == '\0')
		return false;
	*end = '\0';
	return true;
}

int
gather_zone(struct gather *g, const char *text)
{
	struct identity probe;
	char zone[NAME_TEXT];
	const char *why;

	strlcpy(zone, text, sizeof zone);
	if (cut_doubled(zone))
		gather_note(g, N_("A form has added the domain behind "
		    "amazonses.com. The target is taken without it."), NULL);
	identity_init(&probe);
	if (identity_set_dkim_zone(&probe, zone, &why) == -1)
		return gather_leave(g, why, NULL);
	/* Named by itself it is that of all tokens, in a row of one. */
	if (!identity_zone_is_amazons(&probe.dkim_zone))
		return (g->key[0] != '\0' ? gather_refuse :
		    gather_leave)(g, N_("{value} is not Amazon's: the "
		    "targets of SES end in amazonses.com. Copy the rows again "
		    "from SES."), text);
	if ((why = identity_zone_strange(&probe.dkim_zone)) != NULL)
		gather_note(g, N_("{value}: this ending of targets is new to "
		    "this program. Take it only if AWS's own page shows "
		    "it."), zone);
	if (g->has_zone && !name_equal(&g->zone, &probe.dkim_zone))
		return gather_leave(g, N_("The targets end differently: "
		    "these are rows of two regions. Those that end in "
		    "{value} are left alone."), zone);
	g->zone = probe.dkim_zone;
	g->has_zone = probe.has_dkim_zone;
	return 0;
}

int
gather_verification(struct gather *g, const char *text)
{
	struct identity *identity = &g->out->identity;
	char before[IDENTITY_VERIFICATION];
	const char *why;

	strlcpy(before, identity->verification, sizeof before);
	if (identity_set_verification(identity, text, &why) == -1)
		return gather_leave(g, why, NULL);
	if (before[0] != '\0' && strcmp(before, identity->verification) !=
	    0) {
		strlcpy(identity->verification, before, sizeof before);
		return gather_leave(g, N_("There are two different TXT "
		    "values. The first was taken; {value} is of another "
		    "region."), text);
	}
	g->out->rows++;
	return 0;
}

int
gather_mail_from(struct gather *g, const char *text)
{
	char room[NAME_TEXT];

	text_trim(room, sizeof room, text, 1);
	if (room[0] != '\0' && room[strlen(room) - 1] == '.')
		room[strlen(room) - 1] = '\0';
	if (g->mail_from[0] != '\0' && strcasecmp(g->mail_from, room) != 0)
		return gather_leave(g, N_("There are two different MAIL "
		    "FROM names. The first was taken, {value} was not."),
		    room);
	g->out->rows += g->mail_from[0] == '\0';
	strlcpy(g->mail_from, room, sizeof g->mail_from);
	return 0;
}

int
gather_region(struct gather *g, const char *text)
{
	const struct region *region = region_find(text);
	char code[IDENTITY_REGION];

	if (region == NULL && !region_has_shape(text))
		return gather_leave(g, N_("No SES region is named {value}. "
		    "Copy this row again from SES."), text);
	strlcpy(code, region != NULL ? region->code : text, sizeof code);
	if (g->region[0] != '\0' && strcmp(g->region, code) != 0)
		return gather_leave(g, N_("The rows name two regions. The "
		    "first was taken, {value} was not. Compare with AWS's "
		    "page."), code);
	if (region == NULL)
		gather_note(g, N_("The region {value} is newer than this "
		    "program. It is taken from Amazon's own rows."), code);
	strlcpy(g->region, code, sizeof g->region);
	return 0;
}

int
gather_other(struct gather *g, const char *owner, const char *value)
{
	const char *name = service_other(owner, value);

	g->left = name != NULL;
	if (name == NULL)
		return 1;
	gather_skip(g, owner);
	gather_skip(g, value);
	gather_note(g, N_("Rows of {value} are left alone: this program is "
	    "for Amazon SES."), name);
	return 1;
}

void
gather_cell_place(struct gather *g, const char *cell, size_t field,
    bool value)
{
	size_t column = g->fields ? field + 1 : gather_column(g->start, cell);

	if (value)
		g->value_column = column;
	else
		g->owner_column = column;
}

size_t
gather_column(const char *start, const char *at)
{
	size_t column = 1;

	for (; start < at; start++)
		column += (*start & 0xc0) != 0x80;
	return column;
}
