/* parcel_creation: what a notice shows of the lines that a ticket was opened
 * with, and of the files that were refused. Of parcel, and of nobody else. */
#ifndef STAGE_PARCEL_CREATION_H
#define STAGE_PARCEL_CREATION_H

#include "parcel_view.h"

void parcel_creation(struct rendering *r);

#endif
