/*
 * What stood in the domain before anything was entered: its name servers, its
 * mail, its addresses and its SPF, and those of www.  Noted once, when the
 * domain is entered, kept as first seen and compared at every check, so that
 * rows lost while others were added are told at once.  Pure.  (observe is the
 * log of one check; the screens' notice is a line that goes with the next key.)
 */
#ifndef DNSESAME_NOTED_H
#define DNSESAME_NOTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/delegation.h"
#include "dns/name.h"
#include "dns/observe.h"

enum {
	NOTED_ROWS = 32,
	NOTED_VALUE = 1024,
	NOTED_LOOKS = 7		/* questions that show all of it */
};

/* One row as it stood; of the SOA the serial is the value. */
struct noted_row {
	struct name owner;
	uint16_t type;
	char value[NOTED_VALUE];	/* as rr_value */
};

struct noted {
	bool take;		/* to be noted as soon as it is known */
	int64_t at;		/* ms since 1970; 0: nothing noted yet */
	struct noted_row row[NOTED_ROWS];
	size_t count;
};

/* The question of this index; -1 when the domain is too long for it. */
int
noted_look(size_t index, const struct name *domain, struct name *owner,
    uint16_t *type);

/* Does a look have to be made: to note what is there, or to compare? */
bool
noted_wants(const struct noted *noted, const struct name *owner,
    uint16_t type);

/* The version of the zone that was noted (SOA serial); 0 when none was. */
uint32_t
noted_serial(const struct noted *noted);

/* The type of the question that shows a row: of a CNAME the address. */
uint16_t
noted_question(const struct noted_row *row);

/*
 * Do rows of its kind still stand?  Another value is a change that somebody
 * made; nothing at all is a loss.  o is a sound answer to its question.
 */
bool
noted_stands(const struct noted_row *row, const struct observation *o);

/* Does the answer lack rows that were noted? */
bool
noted_missed(const struct noted *noted, const struct observation *o);

/*
 * Notes what this round of the log shows, once every look was answered; until
 * then nothing.  now: ms since 1970.
 */
void
noted_take(struct noted *noted, const struct name *domain,
    const struct delegation *delegation, const struct observe_log *log,
    int64_t now);

/* Nothing is noted; whether to is as before. */
void
noted_clear(struct noted *noted);

/* Adds a row; what does not fit is left out. */
void
noted_add(struct noted *noted, const struct name *owner, uint16_t type,
    const char *value);

#endif
