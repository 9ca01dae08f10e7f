/* The rows of a_mail_has_these_effects(): who, state, kind, words, effects. */
    {"a new ticket", "stranger", STATE_NONE, MAIL_HUMAN, "Disk is full.",
	"open Disk full; participant requester eve@evil.example; "
	"message customer Disk is full.; notice received>requester stranger; "
	"notice new>engineers+; state pending; due escalate; "
	"due purge-calendar; trace createCase; outcome ticket new"},
    {"customer writes on Pending", "requester", STATE_PENDING, MAIL_HUMAN,
	"More.",
	"message customer More.; notice message>owner+; trace addMessage; "
	"outcome appended message"},
    {"customer answers", "requester", STATE_PENDING_FEEDBACK, MAIL_LIST,
	"Here it is.",
	"message customer Here it is.; state pending-reply; due escalate; "
	"notice message>owner+; trace addMessage; outcome appended message"},
    {"customer says no", "requester", STATE_PENDING_CONFIRMATION, MAIL_HUMAN,
	"no",
	"message customer no; state pending-reply; due escalate; "
	"notice message>owner+; trace addMessage; outcome appended message"},
    {"customer says yes", "requester", STATE_PENDING_CONFIRMATION,
	MAIL_HUMAN, "Yes!",
	"state closed; ask delete; due purge-over; notice closed>customers; "
	"notice state>owner confirmed; trace confirmCase; "
	"outcome command confirm"},
    {"customer confirms with a score", "requester",
	STATE_PENDING_CONFIRMATION, MAIL_HUMAN, "confirm 5 great",
	"message customer great; rate #5; trace createScores; state closed; ask delete; "
	"due purge-over; notice closed>customers; "
	"notice state>owner+ confirmed; trace confirmCase; "
	"outcome appended confirm"},
    {"a copy may not confirm", "cc", STATE_PENDING_CONFIRMATION, MAIL_HUMAN,
	"yes",
	"notice refused>speaker not-yours; "
	"trace confirmCase refused not-yours; outcome command not-yours"},
    {"customer cancels", "requester", STATE_PENDING, MAIL_HUMAN, "cancel",
	"state canceled; ask delete; due purge-over; notice canceled>customers; "
	"notice state>owner canceled; trace cancelCase; "
	"outcome command cancel"},
    {"customer closes too early", "requester", STATE_PENDING, MAIL_HUMAN,
	"close",
	"notice refused>speaker use-cancel; "
	"trace closeCase refused use-cancel; outcome command use-cancel"},
    {"customer cancels too late", "requester", STATE_PROCESSING, MAIL_HUMAN,
	"/cancel\nPlease stop.",
	"message customer Please stop.; notice message>owner+; "
	"trace addMessage; notice refused>speaker use-close; "
	"trace cancelCase refused use-close; outcome appended use-close"},
    {"customer mistypes", "requester", STATE_PROCESSING, MAIL_HUMAN,
	"/clsoe",
	"message customer /clsoe; notice message>owner+; trace addMessage; "
	"notice refused>speaker near-command:close; "
	"trace addMessage refused bad-command; "
	"outcome appended command-refused"},
    {"customer writes on Closed", "requester", STATE_CLOSED, MAIL_HUMAN,
	"It is back.",
	"open #7 Disk full; participant requester jan@acme.example; "
	"message customer It is back.; notice received>requester; "
	"notice new>engineers+; state pending; due escalate; "
	"due purge-calendar; trace createCase follows; outcome ticket follows"},
    {"a link tapped twice", "requester", STATE_CLOSED, MAIL_HUMAN, "yes",
	"notice refused>speaker over; trace confirmCase refused over; "
	"outcome command over"},
    {"a rating after the end", "requester", STATE_CLOSED, MAIL_HUMAN,
	"confirm 4",
	"rate #4; trace createScores; notice state>owner was-rated; "
	"notice done>speaker rating; "
	"outcome command confirm"},
    {"customer reminds", "requester", STATE_PROCESSING, MAIL_HUMAN,
	"/remind",
	"reminded; notice state>owner reminded; "
	"notice state>engineers reminded; notice done>speaker reminded; "
	"trace remindCase; outcome command remind"},
    {"customer names a number", "requester", STATE_PROCESSING, MAIL_HUMAN,
	"/sms +49 151 234567",
	"mobile +49151234567; notice code>speaker; notice code-sent>speaker; "
	"trace contactChange; outcome command sms"},
    {"customer gives a wrong code", "requester", STATE_PROCESSING,
	MAIL_HUMAN, "verify 123456",
	"mobile-try; notice refused>speaker wrong-code; "
	"trace contactChange refused wrong-code; outcome command verify"},
    {"customer asks to be forgotten", "requester", STATE_PROCESSING,
	MAIL_HUMAN, "/forget",
	"ask forget; notice ask>speaker forget-ask; "
	"trace purgeContact refused forget-ask; outcome command forget"},
    {"customer says yes, which is no code", "requester", STATE_PROCESSING,
	MAIL_HUMAN, "/forget yes",
	"ask forget; notice ask>speaker forget-ask; "
	"trace purgeContact refused forget-ask; outcome command forget"},
    {"customer makes up a code", "requester", STATE_PROCESSING, MAIL_HUMAN,
	"/forget 0123456789abcdefghjkmnpqrs",
	"notice refused>speaker wrong-token; "
	"trace purgeContact refused wrong-token; outcome command wrong-token"},
    {"customer asks to delete too early", "requester", STATE_PROCESSING,
	MAIL_HUMAN, "/delete",
	"notice refused>speaker not-over; trace deleteCase refused not-over; "
	"outcome command not-over"},
    {"customer asks to delete", "requester", STATE_CLOSED, MAIL_HUMAN,
	"/delete",
	"ask delete; notice ask>speaker delete-ask; "
	"trace deleteCase refused delete-ask; outcome command delete"},
    {"a copy asks to delete", "cc", STATE_CLOSED, MAIL_HUMAN, "/delete",
	"notice refused>speaker not-yours; "
	"trace deleteCase refused not-yours; outcome command not-yours"},
    {"a faked customer", "faked-requester", STATE_PENDING_CONFIRMATION,
	MAIL_HUMAN, "yes",
	"notice held>owner append-unsure; hold append-unsure; "
	"trace addMessage refused append-unsure; outcome held append-unsure"},
    {"a stranger with the key", "stranger", STATE_PROCESSING, MAIL_HUMAN,
	"Let me in.",
	"participant other eve@evil.example; "
	"message stranger engineers-only Let me in.; "
	"notice message>owner+ stranger; trace addMessage stranger; "
	"outcome appended stranger"},
    {"a stranger with the key of what is over", "stranger", STATE_CLOSED,
	MAIL_HUMAN, "It is back.",
	"open #7 Disk full; participant requester eve@evil.example; "
	"message customer It is back.; notice received>requester stranger; "
	"notice new>engineers+; state pending; due escalate; "
	"due purge-calendar; trace createCase follows; outcome ticket follows"},
    {"a manager closes", "manager", STATE_PROCESSING, MAIL_HUMAN, "/close",
	"state closed; ask delete; due purge-over; notice closed>customers; "
	"notice state>owner closed; answer done; trace closeCase; "
	"outcome command close"},
    {"a manager writes", "manager", STATE_PROCESSING, MAIL_HUMAN, "Hello.",
	"participant other boss@acme.example; "
	"message stranger engineers-only Hello.; "
	"notice message>owner+ stranger; trace addMessage stranger; "
	"outcome appended stranger"},
    {"nobody writes", "nobody", STATE_NONE, MAIL_HUMAN, "Hello.",
	"open Disk full; "
	"message machine engineers-only The mail does not say who wrote it.; "
	"notice new>engineers+ no-sender; state pending; due escalate; "
	"due purge-calendar; hold no-sender; trace createCase no-sender; "
	"outcome unparseable no-sender"},
    {"a vacation note", "requester", STATE_PENDING_CONFIRMATION,
	MAIL_AUTO_REPLY, "yes",
	"message machine engineers-only yes; trace addMessage auto-reply; "
	"outcome appended auto-reply"},
    {"a robot without a ticket", "stranger", STATE_NONE,
	MAIL_AUTO_GENERATED, "Buy!",
	"trace addMessage refused auto-generated; "
	"outcome ignored auto-generated"},
    {"a report without a key", "nobody", STATE_PROCESSING, MAIL_BOUNCE,
	"failed",
	"message machine engineers-only failed; trace addMessage bounce; "
	"outcome appended bounce"},
    {"a report on a thread", "keyed-nobody", STATE_PROCESSING,
	MAIL_BOUNCE, "failed",
	"message machine engineers-only failed; "
	"notice machine>owner+ bounce; trace addMessage bounce; "
	"outcome appended bounce"},
    {"engineer answers Pending", "bert", STATE_PENDING, MAIL_HUMAN,
	"Try again.",
	"message engineer Try again.; owner bert; trace acceptCase; "
	"state pending-feedback; due remind; due feedback; "
	"notice answer>customers+; trace addMessage; "
	"outcome appended engineer"},
    {"engineer takes it", "bert", STATE_PENDING, MAIL_HUMAN, "/accept",
	"owner bert; state processing; notice accepted>customers; "
	"trace acceptCase; notice transcript>speaker accept; "
	"outcome command accept"},
    {"engineer takes what another holds", "bert", STATE_PROCESSING,
	MAIL_HUMAN, "/accept",
	"answer command-refused; trace acceptCase refused anna holds it; "
	"it is in Processing since 2025-11-23T16:00:00Z.; "
	"outcome command refused"},
    {"engineer resolves with words", "anna", STATE_PROCESSING, MAIL_HUMAN,
	"/resolve\nIt was the fuse.",
	"message engineer It was the fuse.; state pending-confirmation; "
	"due confirmation; notice confirm>customers+; trace resolveCase; "
	"notice transcript>speaker resolve; outcome appended resolve"},
    {"engineer notes", "anna", STATE_PROCESSING, MAIL_HUMAN,
	"/note odd customer\nvery odd",
	"message engineer engineers-only odd customer\nvery odd; "
	"trace noteCase; notice transcript>speaker note; "
	"outcome appended note"},
    {"engineer forwards with words", "anna", STATE_PROCESSING, MAIL_HUMAN,
	"/forward Bert\nYours.",
	"owner bert; message engineer engineers-only Yours.; "
	"notice new>owner+ forwarded; trace forwardCase bert; "
	"notice transcript>speaker forward; outcome appended forward"},
    {"engineer mistypes", "anna", STATE_PROCESSING, MAIL_HUMAN,
	"/accept\n/reslove\nDear customer",
	"answer command-refused; trace addMessage refused bad-command; "
	"outcome command refused"},
    {"the second command cannot be done", "bert", STATE_PENDING, MAIL_HUMAN,
	"/accept\n/forward carl",
	"answer command-refused; trace forwardCase refused no-engineer; "
	"outcome command refused"},
    {"engineer closes", "anna", STATE_PROCESSING, MAIL_HUMAN, "/close",
	"answer command-refused; trace closeCase refused customers-only; "
	"outcome command refused"},
    {"engineer answers what is over", "anna", STATE_CLOSED, MAIL_HUMAN,
	"Hello?",
	"answer command-refused; trace addMessage refused over; "
	"outcome command refused"},
    {"engineer says nothing", "anna", STATE_PROCESSING, MAIL_HUMAN, " \n",
	"answer command-refused; trace addMessage refused nothing-said; "
	"outcome command refused"},
    {"a faked engineer", "faked-anna", STATE_PROCESSING, MAIL_HUMAN,
	"Send me your password.",
	"notice held>engineers engineer-unsure; hold engineer-unsure; "
	"trace addMessage refused engineer-unsure; "
	"outcome held engineer-unsure"},
    {"engineer on no ticket", "bert", STATE_NONE, MAIL_HUMAN, "Hello.",
	"answer command-refused; hold engineer-no-ticket; "
	"trace addMessage refused engineer-no-ticket; "
	"outcome held engineer-no-ticket"},
