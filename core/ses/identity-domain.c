#include "ses/identity-internal.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "dns/suffix.h"

enum {
	IDENTITY_DOMAIN = 209		/* T._domainkey.D fits 253 octets */
};

/* Where mail lives but nobody adds records: the domain is another's. */
static const char *const mail_domains[] = {
	"aol.com", "au.com", "biglobe.ne.jp", "docomo.ne.jp", "excite.co.jp",
	"ezweb.ne.jp", "fastmail.com", "gmail.com", "gmx.com", "gmx.de",
	"gmx.net", "goo.jp", "googlemail.com", "hotmail.co.jp", "hotmail.com",
	"i.softbank.jp", "icloud.com", "infoseek.jp", "live.com", "live.jp",
	"mac.com", "mail.com", "mail.ru", "me.com", "mineo.jp", "msn.com",
	"naver.com", "nifty.com", "ocn.ne.jp", "outlook.com", "outlook.jp",
	"plala.or.jp", "proton.me", "protonmail.com", "qq.com",
	"so-net.ne.jp", "softbank.ne.jp", "t-online.de", "vodafone.ne.jp",
	"web.de", "yahoo.co.jp", "yahoo.com", "yahoo.ne.jp", "yandex.ru",
	"ybb.ne.jp", "ymail.ne.jp", "ymobile.ne.jp", "163.com",
};

/* The host in a URL or e-mail address; cuts text. */
static char *
host_of(char *text)
{
	char *at, *scheme = strstr(text, "://");

	if (scheme != NULL)
		text = scheme + 3;
	else if (strncasecmp(text, "mailto:", 7) == 0)
		text += 7;
	text[strcspn(text, "/?#\\>")] = '\0';
	if ((at = strrchr(text, '@')) != NULL)
		text = at + 1;
	return text + strspn(text, "<");
}

/* Takes off a port; an IPv6 address has more colons than one. */
static void
drop_port(char *host)
{
	char *colon = strchr(host, ':');

	if (colon != NULL && strchr(colon + 1, ':') == NULL &&
	    colon[1 + strspn(colon + 1, "0123456789")] == '\0')
		*colon = '\0';
}

static bool
is_ipv6(const char *host)
{
	struct in6_addr v6;

	return host[0] == '[' || inet_pton(AF_INET6, host, &v6) == 1;
}

static struct name
last_label(const struct name *name)
{
	struct name last = *name;

	while (name_labels(&last) > 1)
		name_parent(&last, &last);
	return last;
}

/* The last label of 192.168.1.300 and of 10.1 is a number. */
static bool
is_ipv4(const struct name *name)
{
	struct name last = last_label(name);

	for (size_t i = 1; i <= last.wire[0]; i++)
		if (last.wire[i] < '0' || last.wire[i] > '9')
			return false;
	return true;
}

static bool
is_local(const struct name *name)
{
	struct name last = last_label(name);

	return name_starts(&last, "localhost") ||
	    name_starts(&last, "localdomain");
}

static bool
is_mail_domain(const struct name *name)
{
	size_t count = sizeof mail_domains / sizeof mail_domains[0];
	struct name other;
	const char *why;

	for (size_t i = 0; i < count; i++) {
		if (name_parse(&other, mail_domains[i], &why) == 0 &&
		    (name_equal(name, &other) || name_is_below(name, &other)))
			return true;
	}
	return false;
}

/* Why this name can be no identity, NULL when it can. */
static const char *
domain_refusal(const struct name *name)
{
	if (is_local(name))
		return N_("This computer's own name cannot be verified. "
		    "Type your domain, for example example.jp.");
	if (name_labels(name) < 2)
		return N_("The ending is missing. Type the whole domain, "
		    "for example example.jp.");
	if (memchr(name->wire, '_', name->len) != NULL)
		return N_("This is the name of a record. Type the domain "
		    "alone, without the part that has the underscore.");
	if (!identity_is_host(name))
		return N_("A domain has only letters, digits, hyphens and "
		    "dots, for example example.jp.");
	if (suffix_is_public(name))
		return N_("This is only an ending that many domains share. "
		    "Type your own name before it, too, for example "
		    "example.co.jp.");
	if (is_mail_domain(name))
		return N_("This domain belongs to a mail service, and only "
		    "its owner can add records. Type a domain of your own.");
	if (name->len > IDENTITY_DOMAIN + 2)
		return N_("This name is too long: SES puts up to 44 "
		    "characters before it, so at most 209 are left.");
	return NULL;
}

bool
identity_mail_from_fits(const struct name *name, const struct name *domain)
{
	struct name registered;

	suffix_registered(domain, &registered);
	return name_is_below(name, &registered) &&
	    !name_equal(name, &registered) && !name_equal(name, domain);
}

/* A corrected domain takes its MAIL FROM along. */
static void
move_mail_from(struct identity *identity, const struct name *domain)
{
	struct name head, moved;

	if (!identity->has_mail_from)
		return;
	if (identity->has_domain && name_relative(&head, &identity->mail_from,
	    &identity->domain) == 0 && name_join(&moved, &head, domain) == 0)
		identity->mail_from = moved;
	identity->has_mail_from = identity_mail_from_fits(&identity->mail_from,
	    domain);
}

int
identity_set_domain(struct identity *identity, const char *text,
    const char **why)
{
	char room[IDENTITY_ROOM], *host;
	struct name name;
	bool address;

	if (identity_field(room, text, why) == -1)
		return -1;
	host = host_of(room);
	drop_port(host);
	if (host[0] == '\0')
		return refuse(why, N_("Type the domain you want to send mail "
		    "from, for example example.jp."));
	if (strpbrk(host, " \t") != NULL)
		return refuse(why, N_("Type one domain, without blanks in "
		    "it."));
	address = is_ipv6(host);
	if (!address) {
		if (name_parse_idn(&name, host, why) == -1)
			return -1;
		address = is_ipv4(&name);
	}
	if (address)
		return refuse(why, N_("This is an IP address. Type the "
		    "domain, for example example.jp."));
	if ((*why = domain_refusal(&name)) != NULL)
		return -1;
	move_mail_from(identity, &name);
	identity->domain = name;
	identity->has_domain = true;
	return 0;
}

const char *
identity_domain_doubt(const struct identity *identity)
{
	if (identity->has_domain && name_starts(&identity->domain, "www"))
		return N_("The name begins with www. Mail is usually sent "
		    "from the domain without it.");
	return NULL;
}
