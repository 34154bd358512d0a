/*
 * What the process may still do once its command line is read: three layers of
 * Linux, each on its own and each left out where the kernel lacks it.
 *
 * no-new-privs: nothing it starts can gain rights.
 * Landlock, landlock(7): files outside the paths given cannot be opened, made
 * or removed, no other process be traced, and by connect(2) TCP reaches port 53
 * alone.  It has no scope for signals: Ctrl-Z stops our whole job.
 * seccomp, seccomp(2): the calls of calls.def; see calls.h.
 *
 * Threads begun afterwards are confined, too; none may run before.
 */
#ifndef DNSESAME_SANDBOX_H
#define DNSESAME_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum sandbox_right {
	SANDBOX_READ,		/* this file; a folder is left out */
	SANDBOX_READ_NAMED,	/* this text file, and files named in it */
	SANDBOX_READ_BELOW,	/* all below this folder */
	SANDBOX_READ_TERMINFO,	/* what this folder says of $TERM */
	SANDBOX_WRITE,		/* this file, which must be there */
	SANDBOX_TERMINAL,	/* this device, to read and to set up */
	SANDBOX_KEEP		/* files in this folder come and go */
};

/* What is not there is left out: nothing can be opened there, either. */
struct sandbox_path {
	enum sandbox_right right;
	const char *path;	/* NULL is left out, too */
};

struct sandbox {
	bool no_new_privs;
	int landlock;		/* version of its interface, 0 without it */
	bool seccomp;
	/*
	 * What the kernel itself holds: no program is run; no file opened but
	 * those; TCP goes to port 53 alone.
	 */
	bool programs, files, ports;
};

enum {
	SANDBOX_TEXT = 64
};

/*
 * Enters for good and tells what it got.  What the C library reads at any time
 * (locales, time zones, resolv.conf) stays readable besides the paths.
 * any_port: TCP may go to other ports than 53.
 */
struct sandbox
sandbox_enter(const struct sandbox_path path[], size_t paths, bool any_port);

/* "no-new-privs, landlock 7, seccomp"; "none". */
const char *
sandbox_text(const struct sandbox *sandbox, char buf[static SANDBOX_TEXT]);

#endif
