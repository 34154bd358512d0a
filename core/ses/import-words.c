/*
 * Text without rows: keys with their values as YAML, tables of the AWS CLI
 * and prints of programs have them, and words that are known by their shape.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "ses/region.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A colon between digits belongs to a time of day. */
static bool
is_end(const char *line, const char *at)
{
	if (*at == ':')
		return at == line || !isdigit((unsigned char)at[-1]) ||
		    !isdigit((unsigned char)at[1]);
	if (*at == '=')
		return isalnum((unsigned char)at[1]) ||
		    (at[1] != '\0' && strchr(">[({\"'", at[1]) != NULL);
	return *at == '\0' || is_blank(*at) ||
	    strchr(",;\"'()[]{}<>|`&", *at) != NULL;
}

/* Letters and digits mixed, as in every value of one length; no word is. */
static bool
is_part(const char *value)
{
	size_t len = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/");
	size_t letters = strcspn(value, "0123456789");

	return len >= WORDS_PART && len < WORDS_VALUE && letters < len &&
	    strspn(value, "0123456789") < len &&
	    value[len + strspn(value + len, ".")] == '\0';
}

/* The value of the key before it, if it has the shape of one. */
static int
try_value(struct words *w, const char *value)
{
	if (w->fact == NULL || *value == '\0')
		return 0;
	if (!w->fact->fits(value))
		return w->fact->flags & FACT_WHOLE && is_part(value) ?
		    gather_leave(w->g, N_("{value} is not the whole value. "
		    "Copy it whole, with the copy button beside it if there "
		    "is one."), value) : 0;
	(void)w->fact->take(w->g, value);
	if (!(w->fact->flags & FACT_LIST))
		w->fact = NULL;
	return 1;
}

/* Labels of a row's cells: what stands behind them may be its name. */
static bool
is_label(const char *word)
{
	static const char *const labels[] = {
		"name", "host", "hostname", "value", "content", "data", "ttl",
		"priority", "record", "target", "type", "auto", "in", "cname",
		"txt", "mx", "status", "pending", "verified", "to", "a", "an",
		"the", "our", "your", "no", "yes", "records", "recommended"
	};

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (strcasecmp(labels[i], word) == 0)
			return true;
	return false;
}

/* The name may stand behind its value, in the same block of lines. */
static void
give_name(struct gather *g, const char *word)
{
	struct identity *identity = &g->out->identity;
	bool key = strcasestr(word, "._domainkey") != NULL;
	const char *why;

	if (key && g->key_waits && identity->selector[0] == '\0')
		(void)identity_set_selector(identity, word, &why);
	else if (!key && g->mx_waits && strchr(word, '.') != NULL)
		(void)gather_mail_from(g, word);
	else
		return;
	if (key)
		g->key_waits = false;
	else
		g->mx_waits = 0;
}

void
words_settle(struct gather *g)
{
	size_t line = g->line;

	g->line = g->mx_waits - 1;
	if (g->mx_waits != 0)
		gather_note(g, N_("No name stands beside the MX row of MAIL "
		    "FROM. Type MAIL FROM by hand."), NULL);
	g->line = line;
	g->mx_waits = 0;
	g->key_waits = false;
}

void
words_owner(struct gather *g, const char *word)
{
	static const char digits[] = "0123456789-._";
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_."
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (*word != '\0' && strcasestr(word, "amazonses.") == NULL &&
	    word[strspn(word, letters)] == '\0' &&
	    word[strspn(word, digits)] != '\0' && !is_label(word)) {
		strlcpy(g->owner, word, sizeof g->owner);
		give_name(g, word);
	}
	if (strcasestr(word, "._domainkey") != NULL)
		strlcpy(g->key_owner, word, sizeof g->key_owner);
}

/* A separator stands behind the phrase. */
static void
end_phrase(struct words *w, char separator)
{
	int rc = 0;

	/* A label alone between two separators, but no label of a form. */
	if (strchr(w->phrase, ' ') == NULL && separator != ':' &&
	    separator != '=')
		words_owner(w->g, w->phrase);
	/* "Verification pending Info": words may follow. */
	while (rc == 0 && w->fact != NULL && w->fact->flags & FACT_PHRASE) {
		char *last = strrchr(w->phrase, ' ');

		rc = try_value(w, w->phrase);
		if (rc == 0 && last != NULL)
			rc = try_value(w, last + 1);
		if (last == NULL || rc != 0)
			break;
		*last = '\0';
		w->answered = true;
	}
	w->answered |= w->phrase[0] != '\0';
	w->phrase[0] = '\0';
}

static void
take_word(struct words *w, const char *word)
{
	const struct fact *fact;
	int rc;

	/* "bounce MX 10 ..." */
	if (gather_is_type(word) && w->phrase[0] != '\0' &&
	    strchr(w->phrase, ' ') == NULL)
		words_owner(w->g, w->phrase);
	if (w->phrase[0] != '\0')
		strlcat(w->phrase, " ", sizeof w->phrase);
	strlcat(w->phrase, word, sizeof w->phrase);
	if ((fact = fact_find(w->phrase)) != NULL ||
	    (fact = fact_find(word)) != NULL) {
		w->fact = fact;
		w->answered = false;
		w->phrase[0] = '\0';
		return;
	}
	rc = w->fact != NULL && !(w->fact->flags & FACT_PHRASE) ?
	    try_value(w, word) : 0;
	if (rc == 0 && (rc = gather_word(w->g, word, true)) == 0 &&
	    strchr(word, '.') != NULL)
		words_owner(w->g, word);
}

/* The sign at the end of a legacy value belongs to it. */
static size_t
word_length(const char *line, const char *at)
{
	size_t len = 0;

	while (!is_end(line, at + len) ||
	    (at[len] == '=' && len == WORDS_VALUE - 1))
		len++;
	return len;
}

/*
 * "mail=MII...": a selector and its key in one.  1 when it is, and *len then
 * counts the key, too.
 */
static int
take_assignment(struct words *w, const char *line, const char *at, size_t *len)
{
	char word[GATHER_KEY];
	size_t whole;

	if (at[*len] != '=' || strncmp(at + *len + 1, "MI", 2) != 0)
		return 0;
	whole = *len + 1 + word_length(line, at + *len + 1);
	if (whole >= sizeof word)
		return 0;
	memcpy(word, at, whole);
	word[whole] = '\0';
	if (gather_key_word(w->g, word) == 0)
		return 0;
	*len = whole;
	return 1;
}

/* arn:aws:ses:REGION:ACCOUNT:identity/DOMAIN */
static void
take_arn(struct gather *g, const char *line)
{
	const char *at = strstr(line, "arn:aws"), *end;
	char part[NAME_TEXT];
	size_t len;

	if (at == NULL || (at = strstr(at, ":ses:")) == NULL ||
	    (end = strstr(at, ":identity/")) == NULL)
		return;
	at += strlen(":ses:");
	len = strcspn(at, ":");
	if (len >= sizeof part)
		return;
	memcpy(part, at, len);
	part[len] = '\0';
	if (region_has_shape(part))
		(void)gather_region(g, part);
	end += strlen(":identity/");
	len = strspn(end, "abcdefghijklmnopqrstuvwxyz0123456789-."
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (len == 0 || len >= sizeof part || end[len] == '@')
		return;
	memcpy(part, end, len);
	part[len] = '\0';
	(void)gather_domain(g, part);
}

/* "... SUCCESS for example.jp in Asia Pacific (Tokyo) region": AWS's mail. */
static void
take_mail(struct gather *g, const char *line)
{
	const char *outcome = strstr(line, " SUCCESS"), *at;
	bool good = outcome != NULL;
	char part[NAME_TEXT];
	size_t len;

	if (outcome == NULL)
		outcome = strstr(line, " FAILURE");
	if (outcome == NULL || strcasestr(line, "Amazon") == NULL ||
	    (at = strstr(line, " for ")) == NULL)
		return;
	at += strlen(" for ");
	len = strcspn(at, " ");
	if (len == 0 || len >= sizeof part)
		return;
	memcpy(part, at, len);
	part[len] = '\0';
	if (strchr(part, '.') == NULL || gather_domain(g, part) != 0)
		return;
	g->out->identity.status = good ? SES_VERIFIED : SES_FAILED;
	g->out->identity.status_imported = true;
	g->out->rows++;
	if ((at = strchr(at, '(')) == NULL || (len = strcspn(at + 1, ")")) >=
	    sizeof part)
		return;
	memcpy(part, at + 1, len);
	part[len] = '\0';
	if (region_named(part) != NULL)
		(void)gather_region(g, region_named(part)->code);
}

void
words_line(struct words *w, const char *line)
{
	char word[GATHER_KEY];

	take_arn(w->g, line);
	take_mail(w->g, line);
	(void)gather_spf(w->g, w->g->owner, line);
	w->answered = false;
	w->g->start = line;
	for (const char *at = line;; at++) {
		size_t len = word_length(line, at);

		w->g->at = at;
		if (take_assignment(w, line, at, &len) == 0 && len > 0 &&
		    len < sizeof word) {
			memcpy(word, at, len);
			word[len] = '\0';
			take_word(w, word);
		}
		at += len;
		if (*at != ' ')
			end_phrase(w, *at);
		if (*at == '\0')
			break;
	}
	/* What stands on the next line answers only an empty one. */
	if (w->answered)
		w->fact = NULL;
	w->g->at = NULL;
}
