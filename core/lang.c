#include "lang.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bsd/string.h>

#define DOMAIN "dnsesame"

static const char *const codes[LANG_COUNT] = {
	[LANG_EN] = "en",
	[LANG_JA] = "ja",
};

const char *
lang_code(enum lang lang)
{
	return codes[lang];
}

int
lang_parse(const char *code, enum lang *out)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		if (strcmp(codes[i], code) == 0) {
			*out = (enum lang)i;
			return 0;
		}
	}
	return -1;
}

enum lang
lang_of_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	enum lang lang = LANG_EN;
	char code[8];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);

		if (value == NULL || *value == '\0')
			continue;
		strlcpy(code, value, sizeof code);
		code[strcspn(code, "_.@-")] = '\0';
		lang_parse(code, &lang);
		break;
	}
	return lang;
}

/*
 * From where the executable stands: as built, then as installed, whatever the
 * prefix; LOCALEDIR where the system does not tell where it stands.
 */
static void
bind_catalogue(void)
{
	static const char *const places[] = { "build/locale",
		"../share/locale" };
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);

	while (len > 0 && path[len - 1] != '/')
		len--;
	for (size_t i = 0; len > 0 && i < sizeof places / sizeof *places;
	    i++) {
		path[len] = '\0';
		if (strlcat(path, places[i], sizeof path) < sizeof path &&
		    access(path, R_OK) == 0) {
			bindtextdomain(DOMAIN, path);
			return;
		}
	}
	bindtextdomain(DOMAIN, LOCALEDIR);
}

/* UTF-8 whatever the environment; "" keeps a user's own UTF-8 locale. */
static void
set_locale(void)
{
	static const char *const tries[] = { "", "C.UTF-8", "C.utf8",
		"en_US.UTF-8" };

	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		if (setlocale(LC_ALL, tries[i]) != NULL &&
		    strcmp(nl_langinfo(CODESET), "UTF-8") == 0 &&
		    strcmp(setlocale(LC_MESSAGES, NULL), "C") != 0)
			break;
	}
	setlocale(LC_NUMERIC, "C");
}

void
lang_set(enum lang lang)
{
	/* glibc looks at LANGUAGE again only when this counter changes. */
	extern int _nl_msg_cat_cntr;

	setenv("LANGUAGE", codes[lang], 1);
	set_locale();
	bind_catalogue();
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	_nl_msg_cat_cntr++;
}

enum lang
lang_current(void)
{
	const char *code = getenv("LANGUAGE");
	enum lang lang = LANG_EN;

	if (code != NULL)
		lang_parse(code, &lang);
	return lang;
}

const char *
lang_catalogues(void)
{
	return bindtextdomain(DOMAIN, NULL);
}
