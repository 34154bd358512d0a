#include "base/lang.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bsd/string.h>

#include "base/catalogue.h"
#include "base/inside.h"
#include "base/text.h"

#define DOMAIN "dnsesame"

/* As libc keeps the language of gettext: one for the process. */
static struct {
	enum lang lang;
	char catalogues[PATH_MAX];
	struct catalogue catalogue[LANG_COUNT];
} state;

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
 * prefix; LOCALEDIR where the system does not tell where it stands.  A program
 * that carries its catalogues has no such place.
 */
static void
find_catalogues(void)
{
	static const char *const places[] = { "build/locale",
		"../share/locale" };
	char *path = state.catalogues;
	ssize_t len;

	if (inside_files->name != NULL)
		return;
	len = readlink("/proc/self/exe", path, PATH_MAX - 1);
	while (len > 0 && path[len - 1] != '/')
		len--;
	for (size_t i = 0; len > 0 && i < sizeof places / sizeof *places;
	    i++) {
		path[len] = '\0';
		if (strlcat(path, places[i], PATH_MAX) < PATH_MAX &&
		    access(path, R_OK) == 0)
			return;
	}
	strlcpy(path, LOCALEDIR, PATH_MAX);
}

/*
 * UTF-8 whatever the environment; "" keeps a user's own UTF-8 locale.  A
 * program that carries its own finds it below whatever LOCPATH is, and reads
 * none of this machine's.
 */
static void
set_locale(void)
{
	static const char *const tries[] = { "", "C.UTF-8", "C.utf8",
		"en_US.UTF-8" };

	if (inside_find(INSIDE_CTYPE, "") != NULL) {
		setenv("LOCPATH", "/", 1);
		setlocale(LC_CTYPE, "C.UTF-8");
		return;
	}
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		if (setlocale(LC_ALL, tries[i]) != NULL &&
		    strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
			break;
	}
	setlocale(LC_NUMERIC, "C");
}

/*
 * Each is read once: what _() gave stays good when the language changes.
 * English is what stands in the source.
 */
static void
read_catalogue(enum lang lang)
{
	const struct inside *inside;
	char path[PATH_MAX + 64];

	if (lang == LANG_EN || state.catalogue[lang].file != NULL)
		return;
	inside = inside_find(INSIDE_CATALOGUE, codes[lang]);
	if (inside != NULL) {
		catalogue_take(&state.catalogue[lang], inside->bytes,
		    inside->size);
		return;
	}
	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/" DOMAIN ".mo",
	    state.catalogues, codes[lang]);
	catalogue_read(&state.catalogue[lang], path);
}

void
lang_set(enum lang lang)
{
	/* For the words of libc itself. */
	setenv("LANGUAGE", codes[lang], 1);
	set_locale();
	find_catalogues();
	read_catalogue(lang);
	state.lang = lang;
}

const char *
lang_text(const char *sentence)
{
	const char *found = catalogue_find(&state.catalogue[state.lang],
	    sentence);

	return found != NULL && *sentence != '\0' ? found : sentence;
}

void
lang_line(struct text *t, const char *sentence,
    const struct text_place *places)
{
	if (sentence == NULL)
		return;
	if (t->len > 0)
		text_add(t, "\n");
	text_add_filled(t, lang_text(sentence), places);
}

const char *
lang_in(enum lang lang, const char *sentence)
{
	const char *found;

	read_catalogue(lang);
	found = catalogue_find(&state.catalogue[lang], sentence);
	return found != NULL ? found : sentence;
}

enum lang
lang_current(void)
{
	return state.lang;
}

const char *
lang_catalogues(void)
{
	return state.catalogues;
}
