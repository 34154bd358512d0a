#include "company/provider.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"

#define COMPANY(row, ...) static const struct provider row = { __VA_ARGS__ };
#include "companies/all.def"
#undef COMPANY

static const struct provider *const table[] = {
#define COMPANY(row, ...) &row,
#include "companies/all.def"
#undef COMPANY
};

enum {
	TABLE_ROWS = sizeof table / sizeof table[0]
};

static const char *const name_rules[] = {
	[PROVIDER_LABEL] = "label",
	[PROVIDER_EITHER] = "either",
	[PROVIDER_FULL_DOT] = "full-dot",
	[PROVIDER_LINE] = "line",
};

static const char *const target_rules[] = {
	[PROVIDER_NO_DOT] = "no-dot",
	[PROVIDER_DOT] = "dot",
	[PROVIDER_DOT_OPTIONAL] = "dot-optional",
};

static const char *const confidences[] = {
	[PROVIDER_UNKNOWN] = "unknown",
	[PROVIDER_LOW] = "low",
	[PROVIDER_MEDIUM] = "medium",
	[PROVIDER_HIGH] = "high",
};

const struct provider *const *
provider_table(size_t *count)
{
	*count = TABLE_ROWS;
	return table;
}

const struct provider *
provider_find(const char *id)
{
	for (size_t i = 0; i < TABLE_ROWS; i++)
		if (strcmp(table[i]->id, id) == 0)
			return table[i];
	return NULL;
}

const struct provider *
provider_generic(void)
{
	return &generic;
}

const struct provider *
provider_form_row(const struct provider *provider)
{
	return provider->own_form || provider->learnt != 0 ? provider :
	    &generic;
}

void
provider_correct(struct provider *dst, const struct provider *provider,
    unsigned learnt)
{
	const struct provider *row = provider_form_row(provider);

	*dst = *row;
	dst->id = provider->id;
	dst->name = provider->name;
	dst->name_ja = provider->name_ja;
	dst->own_form = provider->own_form;
	dst->before = provider->before;
	if (provider->menu != NULL)
		dst->menu = provider->menu;
	if (provider->save != NULL)
		dst->save = provider->save;
	memcpy(dst->pitfall, provider->pitfall, sizeof dst->pitfall);
	dst->learnt = learnt;
	if (learnt & PROVIDER_LEARNT_DOT)
		dst->target_rule = PROVIDER_DOT;
	if (learnt & PROVIDER_LEARNT_QUOTES)
		dst->quote_rule = PROVIDER_QUOTED;
	if (learnt & PROVIDER_LEARNT_BARE)
		dst->quote_rule = PROVIDER_BARE;
}

bool
provider_pitfall_is_of(const struct provider_pitfall *pitfall,
    const struct wanted *wanted)
{
	unsigned on = 0;

	switch (wanted->type) {
	case RR_CNAME:
		on = PROVIDER_ON_CNAME;
		break;
	case RR_MX:
		on = PROVIDER_ON_MX;
		break;
	case RR_TXT:
		on = PROVIDER_ON_TXT;
		break;
	}
	if (wanted->kind == WANTED_MAIL_FROM_SPF)
		on |= PROVIDER_ON_SPF;
	if (wanted->kind == WANTED_DMARC)
		on |= PROVIDER_ON_DMARC;
	return pitfall->text != NULL && (pitfall->on & on) != 0;
}

int
provider_patience(const struct provider *provider)
{
	return provider->wait_max < PROVIDER_LONG_WAIT ? provider->wait_max :
	    provider->wait_min;
}

bool
provider_may_proxy(const struct provider *row)
{
	return !row->own_form || row->label_proxy != NULL;
}

bool
provider_joins_values(const struct provider *row)
{
	return row->keeps == PROVIDER_RECORD_SETS &&
	    row->keeps_sure >= PROVIDER_MEDIUM;
}

const char *
provider_name(const struct provider *provider)
{
	if (lang_current() == LANG_JA && provider->name_ja != NULL)
		return provider->name_ja;
	return provider->name;
}

const char *
provider_called(const struct provider *provider,
    char buf[static PROVIDER_CALLED])
{
	static const char *const brackets[] = { " (", "（" };
	char *at;

	strlcpy(buf, provider == provider_generic() ?
	    _("the company that runs your DNS") : provider_name(provider),
	    PROVIDER_CALLED);
	for (size_t i = 0; i < 2; i++)
		if ((at = strstr(buf, brackets[i])) != NULL)
			*at = '\0';
	return buf;
}

const char *
provider_word(const struct provider *row, const char *word)
{
	if (word == NULL)
		return NULL;
	if (lang_current() == LANG_JA)
		for (size_t i = 0; i < PROVIDER_WORDS; i++)
			if (row->in_ja[i].word != NULL &&
			    strcmp(row->in_ja[i].word, word) == 0)
				return row->in_ja[i].ja;
	return row->form_lang != NULL ? word : _(word);
}

const char *
provider_menu(const struct provider *provider)
{
	const struct provider *row = provider->menu != NULL ? provider :
	    provider_form_row(provider);

	return provider_word(row, row->menu);
}

/* A name as part of an address: only what needs no escape there. */
static void
put_zone(struct text *t, const char *name)
{
	for (; *name != '\0'; name++) {
		unsigned char c = (unsigned char)*name;

		if (isalnum(c) || strchr("-._", c) != NULL)
			text_add_part(t, name, 1);
		else
			text_addf(t, "%%%02X", c);
	}
}

void
provider_page(struct text *t, const struct provider *provider,
    const struct name *zone)
{
	struct text escaped = TEXT_INIT;
	char name[NAME_TEXT];

	if (provider->page == NULL)
		return;
	put_zone(&escaped, name_text(zone, name));
	text_add_filled(t, provider->page, (const struct text_place[]){
		{ "zone", escaped.s }, { NULL, NULL } });
	text_release(&escaped);
}

const char *
provider_name_rule_text(enum provider_name_rule rule)
{
	return name_rules[rule];
}

const char *
provider_target_rule_text(enum provider_target_rule rule)
{
	return target_rules[rule];
}

const char *
provider_confidence_text(enum provider_confidence confidence)
{
	return confidences[confidence];
}

/* Whether c is in the set from just after '[' up to ']'. */
static bool
in_set(const char *set, char c)
{
	for (; *set != ']'; set++) {
		if (set[1] == '-' && set[2] != ']') {
			if (set[0] <= c && c <= set[2])
				return true;
			set += 2;
		} else if (*set == c)
			return true;
	}
	return false;
}

/* A pattern ends with its list, or where the next one begins. */
static bool
is_end(char c)
{
	return c == '\0' || c == ' ';
}

/* Greedy without a way back: a set is never followed by one of its own. */
static bool
whole_name_fits(const char *pattern, const char *text)
{
	while (!is_end(*pattern)) {
		const char *set = pattern + 1;

		if (*pattern == '*') {
			size_t label = strcspn(text, ".\\");

			if (label == 0)
				return false;
			text += label;
			pattern++;
		} else if (*pattern == '[') {
			pattern = set + strcspn(set, "]") + 1;
			if (*text == '\0' || !in_set(set, *text))
				return false;
			text++;
			if (*pattern != '+')
				continue;
			pattern++;
			while (*text != '\0' && in_set(set, *text))
				text++;
		} else if (*pattern++ != *text++)
			return false;
	}
	return *text == '\0';
}

/*
 * The first pattern of a list.  Most do not end as the name does, and text
 * tells that at once; a dot inside a label only looks like an end.
 */
static bool
pattern_fits(const char *pattern, const struct name *server, const char *text)
{
	size_t len = strcspn(pattern, " "), of = strlen(text);
	char suffix[NAME_TEXT];
	struct name above;
	const char *why;

	if (*pattern != '.')
		return whole_name_fits(pattern, text);
	if (of < len || memcmp(text + of - len, pattern, len) != 0)
		return false;
	snprintf(suffix, sizeof suffix, "%.*s", (int)len - 1, pattern + 1);
	return name_parse(&above, suffix, &why) == 0 &&
	    name_is_below(server, &above) && !name_equal(server, &above);
}

bool
provider_next_pattern(char pattern[static NAME_TEXT], const char **list)
{
	size_t len;

	if (*list == NULL || **list == '\0')
		return false;
	len = strcspn(*list, " ");
	snprintf(pattern, NAME_TEXT, "%.*s", (int)len, *list);
	*list += len + strspn(*list + len, " ");
	return true;
}

static bool
any_fits(const char *patterns, const struct name *server, const char *text)
{
	while (patterns != NULL && *patterns != '\0') {
		if (pattern_fits(patterns, server, text))
			return true;
		patterns += strcspn(patterns, " ");
		patterns += strspn(patterns, " ");
	}
	return false;
}

bool
provider_surely_runs(const struct provider *provider,
    const struct name *server)
{
	char text[NAME_TEXT];

	name_text(server, text);
	return any_fits(provider->nameserver, server, text) ||
	    any_fits(provider->parking, server, text);
}

bool
provider_runs(const struct provider *provider, const struct name *server)
{
	char text[NAME_TEXT];

	return provider_surely_runs(provider, server) ||
	    any_fits(provider->perhaps, server, name_text(server, text));
}

const struct provider *
provider_of_connect(const char *value)
{
	char text[NAME_TEXT];
	struct name host;
	const char *why;

	if (strlcpy(text, value, sizeof text) >= sizeof text)
		return NULL;
	text[strcspn(text, "/")] = '\0';
	if (name_parse(&host, text, &why) == -1)
		return NULL;
	for (size_t i = 0; i < TABLE_ROWS; i++)
		if (table[i]->connect != NULL && pattern_fits(table[i]->connect,
		    &host, name_text(&host, text)))
			return table[i];
	return NULL;
}

size_t
provider_candidates(const struct provider *out[static PROVIDER_CANDIDATES],
    const struct name *server)
{
	char text[NAME_TEXT];
	size_t count = 0;

	name_text(server, text);
	for (size_t i = 0; i < TABLE_ROWS; i++) {
		if (provider_surely_runs(table[i], server)) {
			out[0] = table[i];
			return 1;
		}
		if (count < PROVIDER_CANDIDATES &&
		    any_fits(table[i]->perhaps, server, text))
			out[count++] = table[i];
	}
	return count;
}

const struct provider *
provider_detect(const struct name *servers, size_t count, size_t *evidence,
    bool *parked)
{
	char text[NAME_TEXT];

	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < count * TABLE_ROWS; i++) {
			const struct name *server = &servers[i / TABLE_ROWS];
			const struct provider *p = table[i % TABLE_ROWS];
			const char *patterns[] = { p->nameserver, p->parking,
				p->perhaps };

			if (i % TABLE_ROWS == 0)
				name_text(server, text);
			if (!any_fits(patterns[pass], server, text))
				continue;
			if (evidence != NULL)
				*evidence = i / TABLE_ROWS;
			if (parked != NULL)
				*parked = patterns[pass] == p->parking;
			return p;
		}
	}
	return NULL;
}
