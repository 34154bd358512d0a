#include "ses/identity-internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "dns/suffix.h"
#include "ses/region.h"
#include "base/text.h"

enum {
	IDENTITY_GENUINE = 32,		/* characters of every known token */
	IDENTITY_VALUE = 44,		/* characters of a legacy value */
	IDENTITY_VALUE_MIN = 20
};

/* The letters of base64 (RFC 4648 section 4). */
#define BASE64	"ABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"abcdefghijklmnopqrstuvwxyz0123456789+/"

void
identity_init(struct identity *identity)
{
	memset(identity, 0, sizeof *identity);
	identity->domain = name_root();
	identity->dkim_zone = name_root();
	identity->mail_from = name_root();
}

int
identity_field(char dst[static IDENTITY_ROOM], const char *text,
    const char **why)
{
	size_t len;

	if (text_trim(dst, IDENTITY_ROOM, text, 1) >= IDENTITY_ROOM)
		return refuse(why, N_("This is too long."));
	len = strlen(dst);
	while (len > 0 && (dst[len - 1] == '"' || dst[len - 1] == '\''))
		dst[--len] = '\0';
	len = strspn(dst, "\"'");
	memmove(dst, dst + len, strlen(dst + len) + 1);
	return 0;
}

bool
identity_is_host(const struct name *name)
{
	for (const uint8_t *label = name->wire; *label != 0;
	    label += *label + 1) {
		for (size_t i = 1; i <= *label; i++) {
			bool edge = i == 1 || i == *label;

			if (label[i] > 127 || (!isalnum(label[i]) &&
			    (edge || label[i] != '-')))
				return false;
		}
	}
	return true;
}

/* What may follow the token: its record's name or its target's zone. */
static bool
follows_token(const char *rest)
{
	return strncasecmp(rest, "_domainkey", 10) == 0 ||
	    strncasecmp(rest, "dkim.", 5) == 0 ||
	    strcasestr(rest, ".dkim.") != NULL;
}

int
identity_token(char out[static IDENTITY_TOKEN], const char *text,
    const char **why)
{
	char room[IDENTITY_ROOM], *dot;

	if (identity_field(room, text, why) == -1)
		return -1;
	if (strpbrk(room, " \t") != NULL)
		return refuse(why, N_("A DKIM token has no blanks in it. "
		    "Paste one token, without what stands around it."));
	if ((dot = strchr(room, '.')) != NULL) {
		if (dot[1] != '\0' && !follows_token(dot + 1))
			return refuse(why, N_("A DKIM token has no dots in "
			    "it. Paste the part before ._domainkey."));
		*dot = '\0';
	}
	if (room[0] == '\0')
		return refuse(why, N_("Paste the DKIM token that SES "
		    "shows."));
	if (strlen(room) >= IDENTITY_TOKEN)
		return refuse(why, N_("A DKIM token has 32 characters; this "
		    "is too long."));
	for (char *c = room; *c != '\0'; c++) {
		if (!isascii(*c) || (!isalnum((unsigned char)*c) &&
		    *c != '-'))
			return refuse(why, N_("A DKIM token has only letters "
			    "and digits. Copy it again from SES."));
		*c = (char)tolower((unsigned char)*c);
	}
	strlcpy(out, room, IDENTITY_TOKEN);
	return 0;
}

/* Of T._domainkey.D, true when D is a domain other than ours. */
static bool
is_of_other_domain(const struct identity *identity, const char *text)
{
	char room[IDENTITY_ROOM];
	struct name name;
	const char *why;

	if (!identity->has_domain || identity_field(room, text, &why) == -1 ||
	    name_parse(&name, room, &why) == -1 || name_labels(&name) < 3)
		return false;
	name_parent(&name, &name);
	if (!name_starts(&name, "_domainkey"))
		return false;
	name_parent(&name, &name);
	return !name_equal(&name, &identity->domain);
}

int
identity_add_token(struct identity *identity, const char *text,
    const char **why)
{
	char token[IDENTITY_TOKEN];

	if (identity_token(token, text, why) == -1)
		return -1;
	if (is_of_other_domain(identity, text))
		return refuse(why, N_("This row is for another domain. Copy "
		    "the rows that SES shows for this one."));
	for (size_t i = 0; i < identity->tokens; i++) {
		if (strcmp(identity->token[i], token) == 0)
			return refuse(why, N_("This token is already there. "
			    "The three are all different."));
	}
	if (identity->tokens == IDENTITY_TOKENS)
		return refuse(why, N_("There are three tokens already. A "
		    "fourth belongs to another region or domain."));
	strlcpy(identity->token[identity->tokens++], token, IDENTITY_TOKEN);
	identity_drop_key(identity);
	return 0;
}

int
identity_set_region(struct identity *identity, const char *text,
    const char **why)
{
	char room[IDENTITY_ROOM];
	const struct region *region;

	if (identity_field(room, text, why) == -1)
		return -1;
	if (room[0] == '\0')
		return refuse(why, N_("Choose the region that AWS shows at "
		    "the top right, for example ap-northeast-1."));
	if ((region = region_named(room)) != NULL) {
		strlcpy(identity->region, region->code, IDENTITY_REGION);
		return 0;
	}
	for (char *c = room; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	if (!identity->has_dkim_zone || strlen(room) >= IDENTITY_REGION ||
	    room[strspn(room, "abcdefghijklmnopqrstuvwxyz0123456789-")] !=
	    '\0')
		return refuse(why, N_("No SES region has this name."));
	strlcpy(identity->region, room, IDENTITY_REGION);
	return 0;
}

int
identity_set_dkim_zone(struct identity *identity, const char *text,
    const char **why)
{
	char room[IDENTITY_ROOM];
	struct name name;

	if (identity_field(room, text, why) == -1)
		return -1;
	if (room[0] == '\0') {
		identity->dkim_zone = name_root();
		identity->has_dkim_zone = false;
		if (region_find(identity->region) == NULL)
			identity->region[0] = '\0';
		return 0;
	}
	if (name_parse(&name, room, why) == -1)
		return -1;
	if (name_labels(&name) < 2 || !identity_is_host(&name))
		return refuse(why, N_("This is no DKIM zone. It is what "
		    "follows the token in a target, for example "
		    "dkim.amazonses.com."));
	/* The target is T.Z, and a token may take 63 octets. */
	if (name.len > NAME_WIRE - IDENTITY_TOKEN)
		return refuse(why, N_("This is too long."));
	identity->dkim_zone = name;
	identity->has_dkim_zone = true;
	return 0;
}

int
identity_set_verification(struct identity *identity, const char *text,
    const char **why)
{
	static const char prefix[] = "amazonses:";
	char room[IDENTITY_ROOM];
	const char *value = room;

	if (identity_field(room, text, why) == -1)
		return -1;
	if (strncasecmp(value, prefix, strlen(prefix)) == 0)
		value += strlen(prefix);
	if (room[0] == '\0') {
		identity->verification[0] = '\0';
		return 0;
	}
	if (value[strspn(value, BASE64 "=")] != '\0')
		return refuse(why, N_("The value has only letters, digits "
		    "and + / =, without blanks. Copy it again from SES."));
	if (strlen(value) < IDENTITY_VALUE_MIN ||
	    strlen(value) >= IDENTITY_VERIFICATION)
		return refuse(why, N_("This is shorter or longer than the "
		    "value: AWS's has 44 characters and ends in =. Copy it "
		    "again, whole."));
	strlcpy(identity->verification, value, IDENTITY_VERIFICATION);
	return 0;
}

int
identity_set_mail_from(struct identity *identity, const char *text,
    const char **why)
{
	char room[IDENTITY_ROOM];
	struct name name;

	if (identity_field(room, text, why) == -1)
		return -1;
	if (room[0] == '\0') {
		identity->mail_from = name_root();
		identity->has_mail_from = false;
		return 0;
	}
	if (!identity->has_domain)
		return refuse(why, N_("Type the domain first."));
	if (strchr(room, '@') != NULL)
		return refuse(why, N_("MAIL FROM is a name, not a mail "
		    "address. Type only a label, for example bounce."));
	if (name_parse_idn(&name, room, why) == -1)
		return -1;
	if (name_labels(&name) == 1 &&
	    name_join(&name, &name, &identity->domain) == -1)
		return refuse(why, N_("This name is too long."));
	if (!identity_is_host(&name))
		return refuse(why, N_("MAIL FROM has only letters, digits and "
		    "hyphens, for example bounce."));
	if (name_equal(&name, &identity->domain))
		return refuse(why, N_("MAIL FROM cannot be the domain itself. "
		    "Type only a label, for example bounce."));
	if (!identity_mail_from_fits(&name, &identity->domain))
		return refuse(why, N_("MAIL FROM must lie below your domain. "
		    "Type only a label, for example bounce."));
	identity->mail_from = name;
	identity->has_mail_from = true;
	return 0;
}

int
identity_signing_zone(const struct identity *identity, struct name *out)
{
	const struct region *region = region_find(identity->region);
	const char *why;

	if (identity->has_dkim_zone) {
		*out = identity->dkim_zone;
		return 0;
	}
	if (region == NULL || region->dkim_zone == NULL)
		return -1;
	return name_parse(out, region->dkim_zone, &why);
}

const char *
identity_token_doubt(const char *token)
{
	if (strcasestr(token, "example") != NULL)
		return N_("This looks like an example from a manual, not "
		    "like a token of yours.");
	if (strlen(token) != IDENTITY_GENUINE ||
	    token[strspn(token, "abcdefghijklmnopqrstuvwxyz234567")] != '\0')
		return N_("A DKIM token has 32 characters, a to z and 2 to "
		    "7. Compare this one with SES.");
	return NULL;
}

bool
identity_zone_is_amazons(const struct name *zone)
{
	struct name registered;

	suffix_registered(zone, &registered);
	return name_starts(&registered, "amazonses");
}

/* Anybody may register the word under another ending. */
const char *
identity_zone_strange(const struct name *zone)
{
	static const char *const seen[] = { "amazonses.com",
		"amazonses.com.cn" };
	struct name registered;
	char text[NAME_TEXT];

	suffix_registered(zone, &registered);
	name_text(&registered, text);
	for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
		if (strcasecmp(text, seen[i]) == 0)
			return NULL;
	return N_("This ending of targets is new to this program. Take it "
	    "only if AWS's own page shows it.");
}

const char *
identity_zone_doubt(const struct identity *identity)
{
	if (!identity->has_dkim_zone)
		return NULL;
	return identity_zone_is_amazons(&identity->dkim_zone) ?
	    identity_zone_strange(&identity->dkim_zone) :
	    N_("This is not Amazon's: the targets of SES end in "
	    "amazonses.com.");
}

const char *
identity_verification_doubt(const char *value)
{
	size_t len = strlen(value);

	if (value[strcspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0')
		return N_("All letters are small. Some forms change them; "
		    "copy the value from SES.");
	/* 32 octets leave two spare bits in the last letter: both zero. */
	if (len != IDENTITY_VALUE || strspn(value, BASE64) != len - 1 ||
	    strchr("AEIMQUYcgkosw048", value[len - 2]) == NULL ||
	    value[len - 1] != '=')
		return N_("The value has 44 characters and ends in one =. "
		    "Compare this one with SES.");
	return NULL;
}

enum identity_lack
identity_lacks(const struct identity *identity)
{
	struct name zone;

	if (!identity->has_domain)
		return IDENTITY_LACKS_DOMAIN;
	if (identity_has_own_key(identity) && identity->selector[0] == '\0')
		return IDENTITY_LACKS_SELECTOR;
	if (identity->selector[0] != '\0' && identity->key[0] == '\0')
		return IDENTITY_LACKS_KEY;
	if (identity->tokens == 0 && identity->selector[0] == '\0' &&
	    identity->verification[0] == '\0')
		return IDENTITY_LACKS_VALUES;
	if (identity->tokens > 0 && identity->tokens < IDENTITY_TOKENS)
		return IDENTITY_LACKS_TOKENS;
	if (identity->region[0] == '\0' && (identity->has_mail_from ||
	    (identity->tokens > 0 && !identity->has_dkim_zone)))
		return IDENTITY_LACKS_REGION;
	if (identity->tokens > 0 &&
	    identity_signing_zone(identity, &zone) == -1)
		return IDENTITY_LACKS_ZONE;
	return IDENTITY_LACKS_NOTHING;
}

bool
identity_complete(const struct identity *identity, const char **why)
{
	static const char *const words[] = {
		[IDENTITY_LACKS_NOTHING] = NULL,
		[IDENTITY_LACKS_DOMAIN] = N_("The domain is missing."),
		[IDENTITY_LACKS_SELECTOR] =
		    N_("The selector of your own DKIM key is missing."),
		[IDENTITY_LACKS_KEY] =
		    N_("Your own public key is missing. AWS does not show "
		       "it: whoever made the key has it."),
		[IDENTITY_LACKS_VALUES] =
		    N_("The values from SES are missing."),
		[IDENTITY_LACKS_TOKENS] =
		    N_("DKIM values are missing: the long codes of the CNAMEs. "
		       "AWS's page shows three of them."),
		[IDENTITY_LACKS_REGION] = N_("The region is missing."),
		[IDENTITY_LACKS_ZONE] =
		    N_("The DKIM zone of this region is not known. Give the "
		       "targets that SES shows."),
	};

	*why = words[identity_lacks(identity)];
	return *why == NULL;
}

void
identity_set_status(struct identity *identity, enum ses_status status)
{
	if (status != SES_PENDING)
		identity->pending_since = 0;
	identity->status = status;
	identity->status_imported = false;
}
