/*
 * Any octets as a saved file: a sentence and the file untouched, or a session
 * that can be saved and loaded again.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/session.h"
#include "require.h"

static char folder[64];

int
LLVMFuzzerInitialize(int *argc, char ***argv);
static void
load(const struct name *domain)
{
	struct session session, again;
	char why[SESSION_WHY];

	if (session_load(&session, domain, "", why) != 1)
		return;
	require(name_equal(&session.identity.domain, domain));
	require(session_save(&session, NULL, why) == 0);
	require(session_load(&again, domain, session.identity.region, why) ==
	    1);
	require(again.step == session.step);
	require(again.identity.tokens == session.identity.tokens);
	require(memcmp(again.identity.token, session.identity.token,
	    sizeof again.identity.token) == 0);
}

static void
load_last(const struct name *domain)
{
	struct session session;
	char why[SESSION_WHY] = "";

	switch (session_load_last(&session, why)) {
	case 1:
		require(name_equal(&session.identity.domain, domain));
		break;
	case -1:
		require(why[0] != '\0');
		break;
	default:
		break;
	}
}

/* Over what is there: refused with the file as it was, or whole after it. */
static void
save(const struct name *domain, const uint8_t *data, size_t size,
    const char *path)
{
	struct session session, again;
	char why[SESSION_WHY];
	uint8_t *left;
	FILE *file;

	session_init(&session);
	session.identity.domain = *domain;
	session.identity.has_domain = true;
	if (session_save(&session, NULL, why) == 0) {
		require(session_load(&again, domain, "", why) == 1);
		return;
	}
	left = malloc(size + 1);
	file = fopen(path, "r");
	require(file != NULL && fread(left, 1, size + 1, file) == size);
	fclose(file);
	require(size == 0 || memcmp(left, data, size) == 0);
	free(left);
}

/*
 * Said once: each setenv leaves the old value behind, and libFuzzer would look
 * for leaks after every input.
 */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	snprintf(folder, sizeof folder, "/dev/shm/dnsesame-fuzz-%ld",
	    (long)getpid());
	require(setenv("XDG_STATE_HOME", folder, 1) == 0);
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char inner[SESSION_PATH], path[256], why[SESSION_WHY];
	const char *reason;
	struct name domain;
	FILE *file;

	/* Made and removed each time: libFuzzer ends without atexit. */
	require(mkdir(folder, 0700) == 0);
	require(session_directory(inner, why) == 0);
	snprintf(path, sizeof path, "%.200s/example.jp.json", inner);
	file = fopen(path, "w");
	require(file != NULL);
	require(fwrite(data, 1, size, file) == size);
	require(fclose(file) == 0);
	require(name_parse(&domain, "example.jp", &reason) == 0);
	if (size % 3 == 0)
		load(&domain);
	else if (size % 3 == 1)
		load_last(&domain);
	else
		save(&domain, data, size, path);
	require(unlink(path) == 0);
	/* These fail when anything was left beside the file. */
	require(rmdir(inner) == 0);
	require(rmdir(folder) == 0);
	return 0;
}
