/*
 * What saving and loading of answers share.
 */
#ifndef DNSESAME_SESSION_INTERNAL_H
#define DNSESAME_SESSION_INTERNAL_H

#include <stdint.h>

#include <jansson.h>

#include "session/session.h"

enum {
	SESSION_NOTED = 1	/* version of the "noted" object */
};

/* Writes reason with {path} and {error} filled, escaped; returns -1. */
int
session_complain(char why[static SESSION_WHY], const char *reason,
    const char *path, int error);
int
session_complain_broken(char why[static SESSION_WHY], const char *path);
int
session_complain_unwritable(char why[static SESSION_WHY], const char *path,
    int error);

/* "DOMAIN.json"; -1 when it would be no plain file in the directory. */
int
session_file_name(char name[static NAME_TEXT], const struct name *domain);

/*
 * Reads a whole file of ours.  1 and *root, 0 when there is none, -1 and why.
 * *modified is set as soon as the file is known.
 */
int
session_read_root(json_t **root, int dir, const char *name, const char *path,
    int64_t *modified, char why[static SESSION_WHY]);

/*
 * The newest identity in root, read from a file of this name; 1, 0 when none
 * is of this region, -1 when anything in it is not understood.
 */
int
session_pick(struct session *out, const json_t *root, const char *name,
    const char *region);

#endif
