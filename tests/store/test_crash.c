#include "check_store.h"

Suite *
suite_crash(void)
{
	return suite_create("crash");
}
