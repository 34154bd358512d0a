#include "base/inside.h"

const struct inside inside_files[] = {
	{ NULL, NULL, 0 }
};
