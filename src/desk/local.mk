# Floor 1, desk: the rules, pure. Facts in, effects out.

noinst_LIBRARIES += src/desk/libdesk.a

src_desk_libdesk_a_CPPFLAGS = $(DESK_CPPFLAGS)
src_desk_libdesk_a_SOURCES = \
	src/desk/access.c \
	src/desk/access.h \
	src/desk/action.c \
	src/desk/action.h \
	src/desk/budget.c \
	src/desk/budget.h \
	src/desk/command.c \
	src/desk/command.h \
	src/desk/command_line.h \
	src/desk/command_plain.c \
	src/desk/creation.c \
	src/desk/creation.h \
	src/desk/decide.h \
	src/desk/decide_action.c \
	src/desk/decide_copy.c \
	src/desk/decide_agreement.c \
	src/desk/decide_creation.c \
	src/desk/decide_customer.c \
	src/desk/decide_engineer.c \
	src/desk/decide_link.c \
	src/desk/decide_flood.c \
	src/desk/decide_machine.c \
	src/desk/decide_mail.c \
	src/desk/decide_operation.c \
	src/desk/decide_query.c \
	src/desk/decide_tag.c \
	src/desk/decide_sort.c \
	src/desk/decide_tick.c \
	src/desk/decide_trouble.c \
	src/desk/decide_wish.c \
	src/desk/decide_work.c \
	src/desk/decision.c \
	src/desk/decision.h \
	src/desk/due.c \
	src/desk/due.h \
	src/desk/filter.c \
	src/desk/filter.h \
	src/desk/groups.c \
	src/desk/groups.h \
	src/desk/history.c \
	src/desk/history.h \
	src/desk/limit.c \
	src/desk/limit.h \
	src/desk/notice.c \
	src/desk/notice.h \
	src/desk/operation.c \
	src/desk/operation.h \
	src/desk/people.c \
	src/desk/people.h \
	src/desk/plan.c \
	src/desk/plan.h \
	src/desk/plain_word.c \
	src/desk/plain_word.h \
	src/desk/reason.c \
	src/desk/refused_file.c \
	src/desk/refused_file.h \
	src/desk/tag.c \
	src/desk/tag.h \
	src/desk/thread.c \
	src/desk/tally.c \
	src/desk/tally.h \
	src/desk/ticket.c \
	src/desk/ticket.h \
	src/desk/token.c \
	src/desk/token.h \
	src/desk/worktime.c \
	src/desk/worktime.h \
	src/desk/zone.c \
	src/desk/zone.h

DESK_LIBS = src/desk/libdesk.a $(BASE_LIBS)
