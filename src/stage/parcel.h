/* parcel: an outbox row, rendered for the one person it goes to. */
#ifndef STAGE_PARCEL_H
#define STAGE_PARCEL_H

#include "facts.h"
#include "record.h"

enum parcel_result {
	PARCEL_READY,
	PARCEL_GONE,  /* nobody to send it to any more: contact data is
			 destroyed, the engineer is not in the conf */
	PARCEL_WRONG, /* it cannot be written as a mail: `why_r` */
};

/* In the view's arena. The address is decrypted here and nowhere else. */
enum parcel_result parcel_make(const struct view *view,
    const struct Outbox *outbox, struct Parcel **parcel_r,
    const char **why_r);

#endif
