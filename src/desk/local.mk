# Floor 1, desk: the rules, pure. Facts in, effects out.

noinst_LIBRARIES += src/desk/libdesk.a

src_desk_libdesk_a_CPPFLAGS = $(DESK_CPPFLAGS)
src_desk_libdesk_a_SOURCES = \
	src/desk/people.c \
	src/desk/people.h \
	src/desk/ticket.h

DESK_LIBS = src/desk/libdesk.a $(BASE_LIBS)
