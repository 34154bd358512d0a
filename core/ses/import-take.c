/* One value after the other, each checked, into what one import brings. */
#include "ses/import-internal.h"

#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "ses/region.h"
#include "ses/service.h"

int
gather_domain(struct gather *g, const char *text)
{
	struct identity probe;
	char other[NAME_TEXT];
	const char *why;

	identity_init(&probe);
	if (identity_set_domain(&probe, text, &why) == -1)
		return gather_complain(g, why, NULL);
	if (g->known->has_domain &&
	    !name_equal(&probe.domain, &g->known->domain)) {
		name_text(&probe.domain, g->other);
		gather_note(g, N_("Rows of {value} are left alone: they are "
		    "for another domain."), g->other);
		g->left = true;
		return 1;
	}
	if (g->out->identity.has_domain) {
		if (name_equal(&probe.domain, &g->out->identity.domain))
			return 0;
		return gather_complain(g, N_("This belongs to another domain, "
		    "{value}. Give the rows of one domain alone."),
		    name_text(&probe.domain, other));
	}
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
		return gather_complain(g, why, NULL);
	if (strcmp(g->skipped, token) == 0)
		return 0;
	for (size_t i = 0; i < identity->tokens; i++) {
		if (strcmp(identity->token[i], token) == 0)
			return 0;
	}
	if (identity_add_token(identity, token, &why) == -1)
		return gather_complain(g, why, NULL);
	g->out->rows++;
	return 0;
}

/* amazonses.com, or the same name below another ending. */
static bool
is_amazons(const struct name *zone)
{
	struct name last = *zone;

	while (name_labels(&last) > 2)
		name_parent(&last, &last);
	return name_starts(&last, "amazonses");
}

/* More than one label behind amazonses: a form appended the domain. */
static bool
cut_doubled(char *zone)
{
	static const char mark[] = ".amazonses.";
	char *end = strcasestr(zone, mark);

	if (end == NULL)
		return false;
	end += strlen(mark);
	end += strcspn(end, ".");
	if (end[0] == '\0' || end[1] == '\0')
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
		return gather_complain(g, why, NULL);
	if (!is_amazons(&probe.dkim_zone))
		return gather_complain(g, N_("{value} is not Amazon's: the "
		    "targets of SES end in amazonses.com. Copy the rows again "
		    "from SES."), text);
	if (g->has_zone && !name_equal(&g->zone, &probe.dkim_zone))
		return gather_complain(g, N_("The targets end differently: "
		    "these are rows of two regions. Give those of one region "
		    "alone."), NULL);
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
		return gather_complain(g, why, NULL);
	if (before[0] != '\0' && strcmp(before, identity->verification) != 0)
		return gather_complain(g, N_("There are two different TXT "
		    "values. Give those of one region alone."), NULL);
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
		return gather_complain(g, N_("There are two different MAIL "
		    "FROM names. Give the rows of one alone."), NULL);
	strlcpy(g->mail_from, room, sizeof g->mail_from);
	g->out->rows++;
	return 0;
}

int
gather_region(struct gather *g, const char *text)
{
	const struct region *region = region_find(text);
	char code[IDENTITY_REGION];

	if (region == NULL && !region_has_shape(text))
		return gather_complain(g, N_("No SES region is named {value}. "
		    "Copy this row again from SES."), text);
	strlcpy(code, region != NULL ? region->code : text, sizeof code);
	if (g->region[0] != '\0' && strcmp(g->region, code) != 0)
		return gather_complain(g, N_("The rows name two regions. Give "
		    "those of one region alone."), NULL);
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
	if (name != NULL)
		gather_note(g, N_("Rows of {value} are left alone: this "
		    "program is for Amazon SES."), name);
	return 0;
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
