/*
 * Languages.  Every sentence for people is English in the source, marked as
 * for gettext; the catalogue is build/locale beside the executable or the
 * installed one.  Works where the locale itself is not installed, as on most
 * servers.
 */
#ifndef DNSESAME_LANG_H
#define DNSESAME_LANG_H

#define _(s) lang_text(s)
#define N_(s) s

enum lang {
	LANG_EN,
	LANG_JA,
	LANG_COUNT
};

/* The ISO 639 code, "en" or "ja". */
const char *
lang_code(enum lang lang);

/* The language with this code; -1 when there is none. */
int
lang_parse(const char *code, enum lang *out);

/* What LC_ALL, LC_MESSAGES and LANG ask for, by their language part. */
enum lang
lang_of_environment(void);

/*
 * Sets locale and catalogue.  May be called again to switch while running:
 * every later _() answers in the new language.
 */
void
lang_set(enum lang lang);

/* The sentence in the language in force, itself where it is not translated. */
const char *
lang_text(const char *sentence);

/* The language in force. */
enum lang
lang_current(void);

/*
 * Adds a further line to t: the sentence in the language in force, its places
 * filled; NULL: nothing.
 */
struct text;
struct text_place;
void
lang_line(struct text *t, const char *sentence,
    const struct text_place *places);

/* A sentence in this language, whichever is in force; never of "". */
const char *
lang_in(enum lang lang, const char *sentence);

/* The folder that the catalogues are read from, or ""; after lang_set. */
const char *
lang_catalogues(void);

#endif
