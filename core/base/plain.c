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

bool
plain_file(const char *path)
{
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t size = 0, left = OCTETS;
	ssize_t len;
	struct stat st;
	bool plain = in != NULL && fstat(fileno(in), &st) == 0 &&
	    S_ISREG(st.st_mode) && st.st_size <= OCTETS;

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
