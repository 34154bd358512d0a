/*
 * The halves of a diagnosis: the records; the domain with its servers, its
 * signatures and the network between.  For diagnose*.c only.
 */
#ifndef DNSESAME_DIAGNOSE_INTERNAL_H
#define DNSESAME_DIAGNOSE_INTERNAL_H

#include <stdbool.h>

#include "diagnose/diagnose.h"

/* Fills server[]: how each address behaves. */
void
diagnose_servers(struct diagnosis *d, const struct delegation *delegation,
    const struct observe_log *log, bool complete);

/* Rows that stood here when the domain was entered, and do no more. */
void
diagnose_noted(struct diagnosis *d, const struct inputs *inputs);

/* SES's own words; the records and the domain must be diagnosed before. */
void
diagnose_ses(struct diagnosis *d, const struct inputs *inputs);

/*
 * Has nothing at all been saved in this DNS since it was noted, though the
 * company's usual time is over?
 */
bool
diagnose_unsaved(const struct diagnosis *d, const struct inputs *inputs,
    const struct wanted *wanted);

/* Does a record that SES needs fail? */
bool
diagnose_required_fails(const struct diagnosis *d, const struct plan *plan);

/* Fills domain[], worst first; the records must be diagnosed before. */
void
diagnose_domain(struct diagnosis *d, const struct inputs *inputs);

/*
 * Adds a finding of the domain, worst first.  NULL when it is there already,
 * or there is no room.
 */
struct domain_diagnosis *
diagnose_add(struct diagnosis *d, enum finding finding, enum state state,
    const struct name *subject);
struct domain_diagnosis *
diagnose_add_text(struct diagnosis *d, enum finding finding, enum state state,
    const char *subject);

/* What a server that answers said of a name in this round, or NULL. */
const struct observation *
diagnose_said(const struct inputs *in, const struct server_diagnosis *server,
    const struct name *name, uint16_t type);

/* What is known of the signatures; those that are broken, or missing. */
enum dnssec
diagnose_dnssec(const struct inputs *in);
/* Adds that our own clock is wrong, when the root's signatures say so. */
bool
diagnose_clock(struct diagnosis *d, const struct inputs *in);
void
diagnose_bogus(struct diagnosis *d, const struct inputs *in);
void
diagnose_unsigned(struct diagnosis *d, const struct inputs *in);

/* Adds that nobody could be reached, and what stands in, if anything does. */
struct domain_diagnosis *
diagnose_blocked(struct diagnosis *d, const struct inputs *in);
/* Adds what keeps us from the servers; true: they are not to blame. */
bool
diagnose_network(struct diagnosis *d, const struct inputs *in);
/* Is the zone itself meant, or one below with a record that is required? */
bool
diagnose_needs(const struct inputs *in, const struct delegation_part *part);
/* Names of ours that others hold, as long as something lacks there. */
void
diagnose_subzones(struct diagnosis *d, const struct inputs *in);
/* Which copy of the zone each server holds. */
void
diagnose_copies(struct diagnosis *d, const struct delegation *delegation,
    const struct observe_log *log);
/* Does the server hold a copy that none of those in force does? */
bool
diagnose_outside(const struct diagnosis *d, size_t server);
/*
 * Adds what is wrong with the servers as a set: copies and lists that differ,
 * serials within one copy; once nothing more is coming.
 */
void
diagnose_set(struct diagnosis *d, const struct inputs *in);
/*
 * Adds that a zone is held no more; true: every server says so, and none is to
 * blame alone.
 */
bool
diagnose_gone(struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part);
/* Is it told already that nobody holds the zone? */
bool
diagnose_told_gone(const struct diagnosis *d, const struct name *zone);
/* Passed over, or only to be reached inside a network, which is told. */
bool
diagnose_excused(const struct server_diagnosis *server,
    const struct diagnosis *d);
/* Names of servers that are aliases, or lead inside some network. */
void
diagnose_names(struct diagnosis *d, const struct inputs *in);
/* Servers that answer over UDP or TCP alone. */
void
diagnose_transports(struct diagnosis *d, const struct inputs *in);
/* Does a resolver of this machine serve what no registry knows? */
bool
diagnose_inside(const struct inputs *in, const struct name *registered);
/* Shared resolvers that make answers up. */
void
diagnose_lies(struct diagnosis *d, const struct inputs *in);

#endif
