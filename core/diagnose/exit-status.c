#include "diagnose/exit-status.h"

int
exit_status(enum state verdict)
{
	static const int status[STATE_COUNT] = {
		[STATE_OPEN] = 3,
		[STATE_PASS] = 0,
		[STATE_WARN] = 1,
		[STATE_WAIT] = 1,
		[STATE_FAIL] = 2,
		[STATE_UNKNOWN] = 3,
	};

	return status[verdict];
}
