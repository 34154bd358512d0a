/*
 * Whoever answers is a stranger: the most that one check takes in, asks and
 * keeps.  What lies beyond is not known, never "missing", and the check says
 * that there was more (limit-reached).
 */
#ifndef DNSESAME_BOUNDS_H
#define DNSESAME_BOUNDS_H

enum {
	BOUND_NAMES = 32,		/* name servers of a delegation */
	BOUND_ADDRESSES = 32,		/* of all of them together */
	BOUND_QUESTIONS = 3000,		/* of a check: what is wanted first */
	BOUND_CONFIRMED = 2,		/* other servers asked about a hit */
	BOUND_LOG = 24 << 20,		/* octets of all answers kept */
	/* Of one answer, and as many again that matter; see keep.h. */
	BOUND_RECORDS = 64,
	BOUND_OCTETS = 16 << 10,
	BOUND_TEXT = 2 << 10,		/* of a text with more than that */
	BOUND_SPF = 16 << 10,		/* octets one SPF record leads to */
	/* Datagrams to an address that never answered; see query-retry.c. */
	BOUND_DATAGRAMS = 64,
	BOUND_EARNED = 8		/* datagrams that an answer is worth */
};

/* Which of them a check met. */
enum bound {
	BOUND_MET_SERVERS = 1 << 0,
	BOUND_MET_QUESTIONS = 1 << 1,
	BOUND_MET_LOG = 1 << 2
};

#endif
