#include "bounce_class.h"
#include "kind_text.h"

#define RECEIPT_OCTETS 1500 /* a receipt is a few lines long */
#define NOTE_OCTETS    600  /* of a note that tell what it is */

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool
holds_one(struct span text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bounce_holds(text, words[i]))
			return true;
	}
	return false;
}

static bool
begins_one(struct span text, const char *const *words, size_t count)
{
	static const char *const brackets[] = {"[", "【", "(", "（", "「", "<"};

	text = span_trim(text);
	for (size_t i = 0; i < COUNT(brackets); i++) {
		size_t len = strlen(brackets[i]);

		if (span_begins(text, brackets[i])) {
			text = (struct span){text.at + len, text.len - len};
			break;
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (span_begins(text, words[i]))
			return true;
	}
	return false;
}

bool
kind_text_receipt(struct span subject, struct span text)
{
	static const char *const subjects[] = {"read:", "not read:",
	    "read receipt", "return receipt", "disposition notification",
	    "gelesen:", "nicht gelesen:", "ungelesen:", "lesebestätigung",
	    "lu :", "lu\xc2\xa0:", "lu:", "non lu", "accusé de réception",
	    "confirmation de lecture", "leído:", "leido:", "no leído:",
	    "confirmación de lectura", "lida:", "lido:", "não lida:",
	    "não lido:", "letto:", "non letto:", "conferma di lettura",
	    "gelezen:", "niet gelezen:", "leesbevestiging", "läst:", "oläst:",
	    "ej läst:", "læst:", "ikke læst:", "lest:", "ikke lest:",
	    "ulest:", "luettu:", "przeczytano:", "nieprzeczytane:",
	    "přečteno:", "prečítané:", "olvasott:", "citit:",
	    "Прочтено:", "Прочитано:", "Не прочтено:", "Отметка о прочтении",
	    "Прочетено:", "okundu:", "okunmadı:", "Αναγνώστηκε:",
	    "Διαβάστηκε:", "נקרא:", "تمت القراءة:", "تم القراءة:", "已读:",
	    "已读：", "已讀:", "讀取:", "读取:", "阅读回执", "開封済み:",
	    "開封済み：", "開封確認", "읽음:", "đã đọc:", "dibaca:", "อ่าน:",
	    "อ่านแล้ว:"};
	static const char *const told[] = {"was read on", "was read at",
	    "has been read", "was displayed", "has been displayed",
	    "without being read", "return receipt", "read receipt",
	    " gelesen", "ungelesen", "angezeigt", "a été lu", "sans être lu",
	    "a été affiché", "fue leído", "se leyó", "ha sido leído",
	    "se ha leído", "sin leer", "foi lida", "foi lido", "sem ser lid",
	    "stato letto", "stata letta", "senza essere lett", "gelezen",
	    "lästes", "har läst", "blev læst", "ble lest", "luettiin",
	    "przeczytan", "přečten", "prečítan", "elolvas", "a fost citit",
	    "прочитано", "прочтено", "прочетено", "okundu", "okunmadan",
	    "αναγνώστηκε", "διαβάστηκε", "נקרא", "تمت قراءة", "تم قراءة",
	    "已读", "已阅读", "阅读时间", "已于", "已讀", "已於", "開封され", "読まれ",
	    "읽었", "읽음", "đã được đọc", "telah dibaca", "ถูกอ่าน"};

	return text.len <= RECEIPT_OCTETS &&
	       begins_one(subject, subjects, COUNT(subjects)) &&
	       holds_one(text, told, COUNT(told));
}

bool
kind_text_note(struct span text)
{
	static const char *const words[] = {"out of the office",
	    "out of office", "on vacation", "on holiday", "on leave",
	    "away from the office", "away from my", "maternity leave",
	    "automatic reply", "automated reply", "automatic response",
	    "automated response", "auto-reply", "auto reply", "autoreply",
	    "autoresponder", "auto-response", "this is an automat",
	    "do not reply to this", "has been received and will",
	    "limited access to email", "limited access to my email",
	    "nicht im büro", "nicht im haus", "im urlaub", "abwesend",
	    "automatische antwort", "automatisch generiert",
	    "absent du bureau", "je suis absent", "suis en congé",
	    "réponse automatique", "fuera de la oficina", "de vacaciones",
	    "respuesta automática", "fora do escritório", "de férias",
	    "resposta automática", "fuori ufficio", "fuori sede", "in ferie",
	    "risposta automatica", "afwezig", "niet op kantoor",
	    "met vakantie", "op vakantie", "på semester", "frånvarande",
	    "på ferie", "lomalla", "poza biurem", "na urlopie",
	    "mimo kancelář", "na dovolené", "na dovolenke", "szabadság",
	    "în concediu", "в отпуске", "отсутствую", "автоматический ответ",
	    "автоответ", "у відпустці", "в отпуск", "izinde", "ofis dışında",
	    "εκτός γραφείου", "σε άδεια", "בחופשה", "מענה אוטומטי",
	    "خارج المكتب", "رد تلقائي", "休假", "自动回复", "自動回覆",
	    "不在办公室", "休暇", "不在", "自動返信", "부재", "휴가",
	    "자동 응답", "nghỉ phép", "trả lời tự động", "sedang cuti",
	    "ลาพักร้อน"};

	if (text.len > NOTE_OCTETS)
		text.len = NOTE_OCTETS;
	return holds_one(text, words, COUNT(words));
}

bool
kind_text_absence(struct span subject, struct span text)
{
	static const char *const subjects[] = {"is out of the office",
	    "ist außer haus", "ist ausser haus", "ist nicht im büro",
	    "est absent", "está ausente", "è assente", "is afwezig",
	    "är inte på kontoret", "er ikke på kontoret", "jest nieobecn",
	    "は不在です", "不在办公室"};
	static const char *const begins[] = {"i will be out of the office",
	    "i am out of the office", "ich werde ab", "ich bin ab",
	    "ich bin nicht im", "je serai absent", "je suis absent",
	    "estaré ausente", "estoy ausente", "estarei ausente",
	    "sarò assente", "ik ben afwezig", "ik ben niet op kantoor",
	    "jag är inte på kontoret", "jag kommer att vara borta",
	    "jeg er ikke på kontoret", "jestem nieobecn", "będę nieobecn"};

	return begins_one(text, begins, COUNT(begins)) &&
	       holds_one(subject, subjects, COUNT(subjects));
}

bool
kind_text_challenge(struct span subject)
{
	static const char *const words[] = {"confirm your message",
	    "confirm your mail", "confirm your email", "confirm your e-mail",
	    "confirm your address", "verification required",
	    "confirmation required", "sender verification",
	    "sender confirmation", "verify your message",
	    "challenge", "authorize your", "your message is waiting",
	    "your mail is waiting", "action required to deliver",
	    "bestätigen sie ihre", "confirmez votre", "confirme su",
	    "подтвердите", "请确认", "請確認"};

	return holds_one(subject, words, COUNT(words));
}

bool
kind_text_complaint(struct span subject)
{
	static const char *const words[] = {"complaint about message from",
	    "complaint from", "email feedback report", "abuse report",
	    "spam report", "feedback report"};

	return begins_one(subject, words, COUNT(words));
}

bool
kind_text_reply_subject(struct span subject)
{
	static const char *const words[] = {"automatic reply", "auto reply:",
	    "auto-reply:", "autoreply:", "auto response:", "auto-response:",
	    "autoresponse:", "automatic response", "yahoo! auto response", "automated reply",
	    "automated response", "out of office", "out-of-office",
	    "out of the office", "ooo:", "vacation reply", "vacation:",
	    "on vacation", "away until ", "away from ", "auto-reply]",
	    "autoreply]", "auto reply]", "auto reply)",
	    "automatische antwort", "automatische rückantwort",
	    "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheit:",
	    "abwesend", "réponse automatique", "absence du bureau",
	    "absent du bureau", "respuesta automática",
	    "respuesta automatica", "fuera de la oficina",
	    "resposta automática", "resposta automàtica", "fora do escritório",
	    "ausência temporária", "risposta automatica", "fuori ufficio",
	    "fuori sede", "automatisch antwoord", "automatische beantwoording",
	    "afwezigheid", "autosvar", "automatiskt svar", "automatisk svar",
	    "frånvaro", "fravær", "fraværsmelding", "sjálfvirkt svar",
	    "automaattinen vastaus", "poissa:", "automaatvastus",
	    "automaatne vastus", "automātiska atbilde",
	    "automātiskā atbilde", "automatinis atsakymas",
	    "odpowiedź automatyczna", "automatyczna odpowiedź",
	    "autoodpowiedź", "nieobecność", "automatická odpověď",
	    "automatická odpoveď", "automatikus válasz", "házon kívül",
	    "samodejni odgovor", "automatski odgovor",
	    "Аутоматски одговор", "Автоматски одговор",
	    "Автоматичен отговор", "Автоответ", "Автоматический ответ",
	    "Автоматическое уведомление", "Автоматична відповідь",
	    "Автовідповідь", "Аўтаматычны адказ", "răspuns automat",
	    "raspuns automat", "αυτόματη απάντηση", "Αυτόματη απάντηση",
	    "Εκτός γραφείου", "otomatik yanıt", "otomatik cevap",
	    "ofis dışında", "avtomatik cavab", "erantzun automatikoa",
	    "תשובה אוטומטית", "מענה אוטומטי", "رد تلقائي", "الرد التلقائي",
	    "پاسخ خودکار", "स्वचालित उत्तर", "স্বয়ংক্রিয় উত্তর",
	    "ตอบกลับอัตโนมัติ", "การตอบกลับอัตโนมัติ", "trả lời tự động",
	    "Trả lời Tự động", "balasan otomatis", "balasan automatik",
	    "自动答复", "自动回复", "自動回覆", "自動回復", "自動答覆",
	    "自動応答", "自動返信", "不在通知", "자동 회신", "자동회신",
	    "자동 응답", "자동응답", "부재중"};

	return begins_one(subject, words, COUNT(words));
}
