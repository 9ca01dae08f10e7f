#include "check_store.h"

Suite *
suite_keyring(void)
{
	return suite_create("keyring");
}
