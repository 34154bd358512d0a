#include "base/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <sys/types.h>

#include "base/text.h"

enum {
	OCTETS = 1 << 20
};

/* The one device of which nothing is read. */
static bool
is_null(const struct stat *st)
{
	struct stat null;

	return stat("/dev/null", &null) == 0 && S_ISCHR(st->st_mode) &&
	    st->st_rdev == null.st_rdev;
}

bool
plain_file(const char *path)
{
	char *line = NULL;
	size_t size = 0, left = OCTETS;
	ssize_t len;
	struct stat st;
	FILE *in = NULL;
	bool plain;

	/* Opening a pipe waits for somebody at its other end. */
	if (stat(path, &st) == 0 && ((S_ISREG(st.st_mode) &&
	    st.st_size <= OCTETS) || is_null(&st)))
		in = fopen(path, "re");
	plain = in != NULL;
	while (plain && (len = getline(&line, &size, in)) != -1) {
		size_t octets = (size_t)len;

		plain = octets <= left;
		left -= plain ? octets : 0;
		for (size_t i = 0; i < octets; i++)
			if (strchr("\t\r\n", line[i]) != NULL &&
			    line[i] != '\0')
				line[i] = ' ';
		plain = plain && text_safe(NULL, 0, line, octets) == octets;
	}
	free(line);
	if (in != NULL)
		fclose(in);
	return plain;
}
