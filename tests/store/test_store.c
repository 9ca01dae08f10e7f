#include "check_store.h"

Suite *
suite_store(void)
{
	return suite_create("store");
}
