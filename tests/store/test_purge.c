#include "check_store.h"

Suite *
suite_purge(void)
{
	return suite_create("purge");
}
