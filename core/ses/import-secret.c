/*
 * Secrets are named and never read, whatever else is: what is hidden here no
 * reader sees, and so nothing saves or shows it.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"

enum {
	SECRET_ID = 20,		/* AKIA and 16 more */
	SECRET_KEY = 40,	/* of AWS, in base64 */
	SECRET_SMTP = 44,	/* made from it, without the sign at its end */
	SECRET_API = 20		/* at least, behind "re_" */
};

static const char access_key[] =
    N_("This is an AWS access key, a secret: never paste it anywhere. Copy "
       "the DNS rows from the identity's page in SES.");
static const char smtp[] =
    N_("This is the password for sending through SES, a secret: never paste "
       "it anywhere. Copy the DNS rows from the identity's page in SES.");
static const char private_key[] =
    N_("This is a private key, a secret: never paste it anywhere. Of a DKIM "
       "key of your own only the public half is wanted.");
static const char password[] =
    N_("This is a password or a key for programs, a secret: never paste it "
       "anywhere. Copy the DNS rows alone.");

/* What gives a secret away; labelled: only with its value behind it. */
static const struct {
	const char *mark;
	const char *reason;
	bool labelled;
} marks[] = {
	{ "AccessKeyId", access_key, false },
	{ "Access key ID", access_key, false },
	{ "aws_secret_access_key", access_key, false },
	{ "aws_session_token", access_key, false },
	{ "SMTP pass", smtp, false },
	{ "SMTP_PASS", smtp, false },
	{ "PRIVATE KEY-----", private_key, false },
	{ "password", password, true },
	{ "passwd", password, true },
	{ "api_key", password, true },
	{ "api key", password, true },
	{ "パスワード", password, true },
};

static void
blank(char *from, const char *to)
{
	for (; from < to; from++)
		if (*from != '\n')
			*from = ' ';
}

/* A row of SES is none, even below one: it need not be hidden. */
static bool
is_row(const char *line, size_t len)
{
	static const char *const signs[] = {
		"amazonses", "_domainkey", "dkim"
	};

	for (size_t i = 0; i < len; i++)
		for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++)
			if (strncasecmp(line + i, signs[k],
			    strlen(signs[k])) == 0)
				return true;
	return false;
}

/* The line of at, and those up to an empty one, which may be its values. */
static char *
hide_block(char *text, char *at)
{
	char *end;

	while (at > text && at[-1] != '\n')
		at--;
	end = at + strcspn(at, "\n");
	blank(at, end);
	while (*end == '\n' && end[1] != '\n' && end[1] != '\0') {
		at = end + 1;
		end = at + strcspn(at, "\n");
		if (!is_row(at, (size_t)(end - at)))
			blank(at, end);
	}
	return end;
}

/* A key in its armour, to its end. */
static char *
hide_armour(char *text, char *at)
{
	char *end = strstr(at, "-----END");

	end = end == NULL ? at + strlen(at) : end + strcspn(end, "\n");
	while (at > text && at[-1] != '\n')
		at--;
	blank(at, end);
	return end;
}

/* ": x", "=x", a tab and x, and in full width. */
static bool
has_value(const char *rest)
{
	rest += strspn(rest, "\"' ");
	return *rest == ':' || *rest == '=' || *rest == '\t' ||
	    strncmp(rest, "：", strlen("：")) == 0;
}

/* Once: the place of the first is enough. */
static void
name(struct gather *g, const char *text, const char *at, const char *reason)
{
	g->out->secret = true;
	for (size_t i = 0; i < g->out->notes; i++)
		if (g->out->note[i].reason == reason)
			return;
	gather_place(g, text, at);
	gather_note(g, reason, NULL);
}

static void
hide_marked(struct gather *g, char *text, size_t i)
{
	char *at = text;

	while ((at = strcasestr(at, marks[i].mark)) != NULL) {
		if (marks[i].labelled &&
		    !has_value(at + strlen(marks[i].mark))) {
			at += strlen(marks[i].mark);
			continue;
		}
		name(g, text, at, marks[i].reason);
		at = marks[i].reason == private_key ? hide_armour(text, at) :
		    hide_block(text, at);
	}
}

static bool
is_mixed(const char *word, size_t len)
{
	bool upper = false, lower = false, digit = false;

	for (size_t i = 0; i < len; i++) {
		upper |= isupper((unsigned char)word[i]) != 0;
		lower |= islower((unsigned char)word[i]) != 0;
		digit |= isdigit((unsigned char)word[i]) != 0;
	}
	return upper && lower && digit;
}

/* By its shape alone; NULL when word is none. */
static const char *
secret_of(const char *word, size_t len)
{
	if (len == SECRET_ID && (strncmp(word, "AKIA", 4) == 0 ||
	    strncmp(word, "ASIA", 4) == 0))
		return access_key;
	if (strncmp(word, "re_", 3) == 0 && len > SECRET_API &&
	    is_mixed(word, len))
		return password;
	if (len == SECRET_KEY && is_mixed(word, len) &&
	    memchr(word, '_', len) == NULL)
		return access_key;
	return len == SECRET_SMTP && is_mixed(word, len) && word[0] == 'B' &&
	    memchr(word, '_', len) == NULL ? smtp : NULL;
}

static void
hide_shaped(struct gather *g, char *text)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/_";
	size_t len;

	for (char *at = text; *at != '\0'; at += len + (at[len] != '\0')) {
		const char *reason;

		len = strspn(at, letters);
		/* At its end a sign: the TXT value, 32 octets. */
		reason = at[len] == '=' ? NULL : secret_of(at, len);
		if (reason == NULL)
			continue;
		name(g, text, at, reason);
		blank(at, at + len);
	}
}

void
gather_secrets(struct gather *g, char *text)
{
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		hide_marked(g, text, i);
	hide_shaped(g, text);
	g->line = g->column = 0;
}
