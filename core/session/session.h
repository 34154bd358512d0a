/*
 * Saved answers: one JSON file a domain under $XDG_STATE_HOME/dnsesame, one
 * identity per region in it, mode 0600, written beside, synced and renamed.
 *
 *	{ "version", "domain",
 *	  "noted":      { "version", "at", "rows": what stood there before },
 *	  "identities": [ { the fields of ses/identity.def,
 *	                    "ses", "provider", "step", "entered", "lang",
 *	                    "arrived", "arrived_at", "saved_at" } ] }
 */
#ifndef DNSESAME_SESSION_H
#define DNSESAME_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ses/identity.h"
#include "diagnose/background.h"
#include "ses/ticks.h"

enum {
	SESSION_VERSION = 1,
	SESSION_PATH = 4096,
	SESSION_WHY = 512
};

/* The answers to one identity, and how far the user has come. */
struct session {
	struct identity identity;
	char provider[32];		/* the chosen company, "" detected */
	int step;			/* 1..6, where to go on */
	struct ticks entered;
	char lang[8];			/* "" not chosen */
	/* What the last mail pasted showed, a state, "" none; and when. */
	char arrived[8];
	int64_t arrived_at;
	int64_t saved_at;		/* ms since 1970 */
};

void
session_init(struct session *session);

/* What the XDG Base Directory specification says; -1 when nobody is home. */
int
session_folder(char path[static SESSION_PATH]);

/*
 * -1 and a translated sentence when a symbolic link lies on the way that
 * belongs to, or lies in a folder that belongs to or is writable by, somebody
 * else; root is nobody else.  path is then the link.  What is not there is no
 * link.
 */
int
session_trust(char path[static SESSION_PATH], char why[static SESSION_WHY]);

/*
 * The folder trusted, and made (0700) when missing.  -1 and a translated
 * sentence.
 */
int
session_directory(char path[static SESSION_PATH],
    char why[static SESSION_WHY]);

/*
 * Saves the session in the file of its domain, keeping identities of other
 * regions that stand there.  An identity whose region is not yet known is
 * replaced when it becomes known.  noted: what stood in the domain, NULL not
 * known; what was noted first of it is kept.  -1 and a translated sentence.
 */
int
session_save(const struct session *session, const struct noted *noted,
    char why[static SESSION_WHY]);

/*
 * Writes the note to whoever runs the DNS beside the answers, as DOMAIN.md.
 * -1 and a translated sentence.
 */
int
session_save_note(const struct name *domain, const char *text,
    char why[static SESSION_WHY]);

/*
 * As session_save, for a process that keeps the answers open: base is what it
 * loaded or saved last, session_init's if nothing.  What another process
 * changed since then stays, and is put into session: 1 when that happened, 0
 * otherwise, -1 and a translated sentence.  What both changed is ours.
 */
int
session_sync(struct session *session, const struct session *base,
    const struct noted *noted, char why[static SESSION_WHY]);

/* Forgets the identity of this region ("": the one without a region). */
int
session_forget(const struct name *domain, const char *region,
    char why[static SESSION_WHY]);

/* Removes what a killed process left behind, unless another is writing. */
void
session_tidy(void);

/*
 * Loads the newest identity of this domain (of this region if not "").
 * 1 loaded, 0 none saved, -1 and a translated sentence naming the file:
 * a future version, a file cut short.  A file that is not understood is
 * never written over.
 */
int
session_load(struct session *session, const struct name *domain,
    const char *region, char why[static SESSION_WHY]);

/* The domain saved last; as session_load. */
int
session_load_last(struct session *session, char why[static SESSION_WHY]);

/* The TXT values of the identities of its domain in other regions. */
void
session_known(const struct identity *identity, struct known *out);

/*
 * What stood in the domain when it was entered, for all its regions; nothing
 * when that is not known or not understood.  out->take stays.
 */
void
session_noted(const struct name *domain, struct noted *out);

/*
 * Told of each saved identity, in no order.  session is NULL for a file that
 * was not understood; why is then a translated sentence naming it.  at: when
 * it was saved, ms since 1970.
 */
typedef void session_each_fn(void *arg, const struct session *session,
    int64_t at, const char *why);

/* Each saved identity.  -1 and a translated sentence: no look is possible. */
int
session_each(session_each_fn *each, void *arg, char why[static SESSION_WHY]);

#endif
