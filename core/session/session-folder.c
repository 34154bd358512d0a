#include "session/session-internal.h"

#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bsd/string.h>

#include "base/lang.h"

int
session_complain_unwritable(char why[static SESSION_WHY], const char *path,
    int error)
{
	/* The reason first: a narrow line cuts the end. */
	return session_complain(why, N_("Your answers cannot be saved: "
	    "{error} ({path}). Everything else works; set XDG_STATE_HOME to "
	    "a folder you may write to."), path, error);
}

/*
 * A service has no HOME.  The file, not getpwuid(3), which would load a
 * library of this very machine into a program linked elsewhere.
 */
static const char *
home_of_user(char home[static SESSION_PATH])
{
	FILE *in = fopen("/etc/passwd", "re");
	const struct passwd *user;
	const char *found = NULL;

	while (found == NULL && in != NULL && (user = fgetpwent(in)) != NULL)
		if (user->pw_uid == getuid() &&
		    strlcpy(home, user->pw_dir, SESSION_PATH) < SESSION_PATH)
			found = home;
	if (in != NULL)
		fclose(in);
	return found;
}

int
session_folder(char path[static SESSION_PATH])
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	char named[SESSION_PATH];
	int len;

	if (state != NULL && state[0] == '/') {
		len = snprintf(path, SESSION_PATH, "%s/dnsesame", state);
	} else {
		if (home == NULL || home[0] != '/')
			home = home_of_user(named);
		if (home == NULL || home[0] != '/')
			return -1;
		len = snprintf(path, SESSION_PATH,
		    "%s/.local/state/dnsesame", home);
	}
	return len < 0 || len >= SESSION_PATH ? -1 : 0;
}

/* May somebody but us and root change what is there? */
static bool
is_foreign(const struct stat *st)
{
	return (st->st_uid != getuid() && st->st_uid != 0) ||
	    (!S_ISLNK(st->st_mode) && (st->st_mode & (S_IWGRP | S_IWOTH)));
}

/* Who may put a link in the place of a folder says where answers go. */
static bool
is_foreign_link(char *path, char *end)
{
	char here = *end, *name;
	struct stat link, folder;
	bool is;

	*end = '\0';
	is = lstat(path, &link) == 0 && S_ISLNK(link.st_mode);
	if (is && !is_foreign(&link)) {
		name = strrchr(path, '/');
		*name = '\0';
		is = stat(name == path ? "/" : path, &folder) == -1 ||
		    is_foreign(&folder);
		*name = '/';
	}
	*end = here;
	return is;
}

int
session_trust(char path[static SESSION_PATH], char why[static SESSION_WHY])
{
	for (char *c = path + 1; ; c++) {
		if (*c != '/' && *c != '\0')
			continue;
		if (is_foreign_link(path, c)) {
			*c = '\0';
			return session_complain(why, N_("Your answers are "
			    "neither read nor saved: {path} is a link, and "
			    "somebody else can change it. Everything else "
			    "works; set XDG_STATE_HOME to a folder of your "
			    "own."), path, 0);
		}
		if (*c == '\0')
			return 0;
	}
}

int
session_directory(char path[static SESSION_PATH],
    char why[static SESSION_WHY])
{
	if (session_folder(path) == -1)
		return session_complain(why, N_("There is no home folder to "
		    "save your answers in. Everything else works; set "
		    "XDG_STATE_HOME to a folder you may write to."), "", 0);
	if (session_trust(path, why) == -1)
		return -1;
	for (char *c = path + 1; *c != '\0'; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		(void)mkdir(path, 0700);
		*c = '/';
	}
	/* What failed above is told by this last one. */
	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		return session_complain_unwritable(why, path, errno);
	return 0;
}
