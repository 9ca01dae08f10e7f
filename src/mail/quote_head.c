#include "quote_head.h"

/* How far below its first line a block may go on, and how many lines without
 * a name (a long list of addresses, folded) may stand between two fields. */
#define BLOCK_LINES	   14
#define CONTINUATION_LINES 3
#define NAME_OCTETS	   48

enum role {
	ROLE_NONE = 0,
	ROLE_FROM = 1,
	ROLE_DATE = 2,
	ROLE_TO = 4,
	ROLE_SUBJECT = 8,
	ROLE_OTHER = 16,
};

/* Letters outside ASCII are written in both cases where clients use both. */
static const struct {
	enum role role;
	const char *name;
} names[] = {
    {ROLE_FROM, "from"}, {ROLE_FROM, "von"}, {ROLE_FROM, "de"},
    {ROLE_FROM, "da"}, {ROLE_FROM, "van"}, {ROLE_FROM, "från"},
    {ROLE_FROM, "fra"}, {ROLE_FROM, "lähettäjä"}, {ROLE_FROM, "od"},
    {ROLE_FROM, "От"}, {ROLE_FROM, "от"}, {ROLE_FROM, "От кого"},
    {ROLE_FROM, "Від"}, {ROLE_FROM, "发件人"}, {ROLE_FROM, "寄件者"},
    {ROLE_FROM, "寄件人"}, {ROLE_FROM, "差出人"}, {ROLE_FROM, "送信者"},
    {ROLE_FROM, "보낸 사람"}, {ROLE_FROM, "보낸사람"},
    {ROLE_FROM, "kimden"}, {ROLE_FROM, "gönderen"}, {ROLE_FROM, "feladó"},
    {ROLE_FROM, "Από"}, {ROLE_FROM, "de la"}, {ROLE_FROM, "expéditeur"},
    {ROLE_FROM, "من"}, {ROLE_FROM, "מאת"}, {ROLE_FROM, "dari"},
    {ROLE_FROM, "Từ"}, {ROLE_FROM, "จาก"}, {ROLE_FROM, "no"},
    {ROLE_FROM, "šalje"}, {ROLE_FROM, "saatja"},
    {ROLE_DATE, "sent"}, {ROLE_DATE, "date"}, {ROLE_DATE, "gesendet"},
    {ROLE_DATE, "datum"}, {ROLE_DATE, "envoyé"},
    {ROLE_DATE, "envoyé le"}, {ROLE_DATE, "Envoyé"},
    {ROLE_DATE, "message du"}, {ROLE_DATE, "enviado"},
    {ROLE_DATE, "enviado el"}, {ROLE_DATE, "enviada em"},
    {ROLE_DATE, "enviado em"}, {ROLE_DATE, "fecha"}, {ROLE_DATE, "data"},
    {ROLE_DATE, "inviato"}, {ROLE_DATE, "data invio"},
    {ROLE_DATE, "verzonden"}, {ROLE_DATE, "skickat"}, {ROLE_DATE, "sendt"},
    {ROLE_DATE, "dato"}, {ROLE_DATE, "lähetetty"},
    {ROLE_DATE, "päivämäärä"}, {ROLE_DATE, "wysłano"},
    {ROLE_DATE, "wysłane"}, {ROLE_DATE, "odesláno"},
    {ROLE_DATE, "odoslané"}, {ROLE_DATE, "dátum"}, {ROLE_DATE, "elküldve"},
    {ROLE_DATE, "Отправлено"}, {ROLE_DATE, "Дата"},
    {ROLE_DATE, "Надіслано"}, {ROLE_DATE, "发送时间"},
    {ROLE_DATE, "日期"}, {ROLE_DATE, "寄件日期"}, {ROLE_DATE, "傳送時間"},
    {ROLE_DATE, "时间"}, {ROLE_DATE, "送信日時"}, {ROLE_DATE, "日時"},
    {ROLE_DATE, "日付"}, {ROLE_DATE, "보낸 날짜"}, {ROLE_DATE, "날짜"},
    {ROLE_DATE, "gönderildi"}, {ROLE_DATE, "tarih"},
    {ROLE_DATE, "gönderme tarihi"}, {ROLE_DATE, "trimis"},
    {ROLE_DATE, "Στάλθηκε"}, {ROLE_DATE, "Ημερομηνία"},
    {ROLE_DATE, "تاريخ الإرسال"}, {ROLE_DATE, "التاريخ"},
    {ROLE_DATE, "נשלח"}, {ROLE_DATE, "תאריך"}, {ROLE_DATE, "dikirim"},
    {ROLE_DATE, "tanggal"}, {ROLE_DATE, "poslano"},
    {ROLE_TO, "to"}, {ROLE_TO, "an"}, {ROLE_TO, "à"}, {ROLE_TO, "À"},
    {ROLE_TO, "a"}, {ROLE_TO, "para"}, {ROLE_TO, "aan"}, {ROLE_TO, "till"},
    {ROLE_TO, "til"}, {ROLE_TO, "vastaanottaja"}, {ROLE_TO, "do"},
    {ROLE_TO, "komu"}, {ROLE_TO, "pro"}, {ROLE_TO, "címzett"},
    {ROLE_TO, "Кому"}, {ROLE_TO, "收件人"}, {ROLE_TO, "收件者"},
    {ROLE_TO, "宛先"}, {ROLE_TO, "받는 사람"}, {ROLE_TO, "받는사람"},
    {ROLE_TO, "kime"}, {ROLE_TO, "alıcı"}, {ROLE_TO, "Προς"},
    {ROLE_TO, "către"}, {ROLE_TO, "catre"}, {ROLE_TO, "إلى"},
    {ROLE_TO, "אל"}, {ROLE_TO, "kepada"}, {ROLE_TO, "prima"},
    {ROLE_SUBJECT, "subject"}, {ROLE_SUBJECT, "betreff"},
    {ROLE_SUBJECT, "objet"}, {ROLE_SUBJECT, "sujet"},
    {ROLE_SUBJECT, "asunto"}, {ROLE_SUBJECT, "assunto"},
    {ROLE_SUBJECT, "assumpte"}, {ROLE_SUBJECT, "oggetto"},
    {ROLE_SUBJECT, "onderwerp"}, {ROLE_SUBJECT, "ämne"},
    {ROLE_SUBJECT, "Ämne"}, {ROLE_SUBJECT, "emne"}, {ROLE_SUBJECT, "aihe"},
    {ROLE_SUBJECT, "temat"}, {ROLE_SUBJECT, "předmět"},
    {ROLE_SUBJECT, "predmet"}, {ROLE_SUBJECT, "tárgy"},
    {ROLE_SUBJECT, "Тема"}, {ROLE_SUBJECT, "主题"}, {ROLE_SUBJECT, "主旨"},
    {ROLE_SUBJECT, "件名"}, {ROLE_SUBJECT, "제목"}, {ROLE_SUBJECT, "konu"},
    {ROLE_SUBJECT, "Θέμα"}, {ROLE_SUBJECT, "subiect"},
    {ROLE_SUBJECT, "الموضوع"}, {ROLE_SUBJECT, "נושא"},
    {ROLE_SUBJECT, "subjek"}, {ROLE_SUBJECT, "perihal"},
    {ROLE_OTHER, "cc"}, {ROLE_OTHER, "bcc"}, {ROLE_OTHER, "kopie"},
    {ROLE_OTHER, "copie à"}, {ROLE_OTHER, "kopia"}, {ROLE_OTHER, "kopi"},
    {ROLE_OTHER, "dw"}, {ROLE_OTHER, "Копия"}, {ROLE_OTHER, "抄送"},
    {ROLE_OTHER, "副本"}, {ROLE_OTHER, "참조"}, {ROLE_OTHER, "bilgi"},
    {ROLE_OTHER, "importance"}, {ROLE_OTHER, "priority"},
    {ROLE_OTHER, "reply-to"}, {ROLE_OTHER, "attachments"},
    {ROLE_OTHER, "antwort an"}, {ROLE_OTHER, "répondre à"},
};

/* HTML mails leave the names in bold ("*From:* ..."). */
static struct span
without_marks(struct span s)
{
	s = span_trim(s);
	while (s.len > 0 && (s.at[0] == '*' || s.at[0] == '_')) {
		s.at++;
		s.len--;
	}
	return s;
}

static enum role
role_of(struct span line)
{
	struct span s = without_marks(line);
	struct span name = {s.at, 0};

	while (name.len < s.len && name.len < NAME_OCTETS) {
		if (s.at[name.len] == ':' ||
		    (s.len - name.len >= 3 &&
			memcmp(s.at + name.len, "：", 3) == 0)) {
			break;
		}
		name.len++;
	}
	if (name.len == s.len || name.len == NAME_OCTETS)
		return ROLE_NONE;
	name = span_trim(name);
	while (name.len > 0 && name.at[name.len - 1] == '*')
		name.len--;
	/* A no-break space stands before a French colon. */
	if (name.len > 2 && memcmp(name.at + name.len - 2, "\xc2\xa0", 2) == 0)
		name.len -= 2;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (span_is(name, names[i].name))
			return names[i].role;
	}
	return ROLE_NONE;
}

/* A sender, and two of: when, to whom, about what; and a subject or somebody's
 * address among them. A person who books a journey writes such lines too
 * ("From: Berlin", "To: Munich", "Date: Monday"). */
static bool
enough(unsigned seen, bool address)
{
	int others = ((seen & ROLE_DATE) != 0) + ((seen & ROLE_TO) != 0) +
	    ((seen & ROLE_SUBJECT) != 0);

	return (seen & ROLE_FROM) != 0 && others >= 2 &&
	    (address || (seen & ROLE_SUBJECT) != 0);
}

static bool
has_address(struct span line)
{
	return line.len > 0 && memchr(line.at, '@', line.len) != NULL;
}

bool
quote_head_begins(const struct span *lines, size_t count)
{
	enum role role = role_of(lines[0]);
	unsigned seen = role;
	size_t unnamed = 0;
	bool address = has_address(lines[0]);

	if (role != ROLE_FROM && role != ROLE_DATE && role != ROLE_SUBJECT &&
	    role != ROLE_TO)
		return false;
	if (count > BLOCK_LINES)
		count = BLOCK_LINES;
	for (size_t i = 1; i < count && !enough(seen, address); i++) {
		role = role_of(lines[i]);
		address |= has_address(lines[i]);
		if (role == ROLE_NONE) {
			if (++unnamed > CONTINUATION_LINES)
				return false;
			continue;
		}
		/* The same field twice is a list of something else. */
		if ((seen & role & ~(unsigned)ROLE_OTHER) != 0)
			return false;
		seen |= role;
		unnamed = 0;
	}
	return enough(seen, address);
}
