#include "bounce_class.h"

#define SEEN_OCTETS 4000

bool
bounce_holds(struct span text, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= text.len; i++) {
		if (same_letter(text.at[i], word[0]) &&
		    span_is((struct span){text.at + i, len}, word))
			return true;
	}
	return false;
}

/* What remote sides write beside a code, or in its place. The first that is
 * found decides, so what is said most clearly stands above: a full mailbox,
 * then an address that is not, then a refusal, which many wrap round both. */
static const struct {
	const char *class, *word;
} said[] = {
    {"full", "mailbox is full"}, {"full", "mailbox full"},
    {"full", "mailbox for"}, {"full", "over quota"}, {"full", "overquota"},
    {"full", "quota exceeded"}, {"full", "exceeded quota"},
    {"full", "exceeded the quota"}, {"full", "exceeds quota"},
    {"full", "out of storage"}, {"full", "over the maximum allowed quota"},
    {"full", "exceeded storage"}, {"full", "disk quota"},
    {"full", "insufficient storage"}, {"full", "mailfolder is full"},
    {"full", "inbox is full"}, {"full", "account is full"},
    {"full", "storage limit"}, {"full", "not enough storage space"},
    {"full", "quotaexceeded"}, {"full", "is over his disk"},
    {"full", "boîte aux lettres est pleine"}, {"full", "buzón lleno"},
    {"full", "buzón está lleno"}, {"full", "casella piena"},
    {"full", "postfach ist voll"}, {"full", "postfach des empfängers ist"},
    {"full", "caixa de correio está cheia"}, {"full", "переполнен"},
    {"full", "est pleine"}, {"full", "está lleno"}, {"full", "está cheia"},
    {"full", "è piena"}, {"full", "geadresseerde is vol"},
    {"full", "postvak is vol"}, {"full", "mailbox is vol"},
    {"full", "jest pełna"}, {"full", "przepełnion"}, {"full", "je plná"},
    {"full", "je plna"}, {"full", "brevlåda är full"},
    {"full", "inkorg är full"}, {"full", "postkasse er fuld"},
    {"full", "postkasse er full"}, {"full", "innboks er full"},
    {"full", "postilaatikko on täynnä"}, {"full", "kutusu dolu"},
    {"full", "megtelt"}, {"full", "este plină"}, {"full", "είναι γεμάτο"},
    {"full", "תיבת הדואר מלאה"}, {"full", "ممتلئ"}, {"full", "переполнена"},
    {"full", "容量已满"}, {"full", "邮箱已满"}, {"full", "郵箱已滿"},
    {"full", "信箱已滿"}, {"full", "空间不足"}, {"full", "いっぱい"}, {"full", "一杯"},
    {"full", "容量を超"}, {"full", "용량 초과"}, {"full", "용량이 초과"},

    {"policy", "sender address rejected"}, {"policy", "sender rejected"},
    {"policy", "sender denied"}, {"policy", "sender verify"},

    {"hard", "user unknown"}, {"hard", "unknown user"},
    {"hard", "no such user"}, {"hard", "no such recipient"},
    {"hard", "no such mailbox"}, {"hard", "no such address"},
    {"hard", "no such account"}, {"hard", "no mailbox"},
    {"hard", "user not found"}, {"hard", "recipient not found"},
    {"hard", "recipientnotfound"}, {"hard", "address not found"},
    {"hard", "does not exist"}, {"hard", "doesn't exist"},
    {"hard", "doesn't have a"}, {"hard", "do not exist"},
    {"hard", "invalid recipient"}, {"hard", "invalid mailbox"},
    {"hard", "invalid address"}, {"hard", "unknown recipient"},
    {"hard", "recipient unknown"}, {"hard", "unknown address"},
    {"hard", "unknown account"}, {"hard", "address unknown"},
    {"hard", "not a valid mailbox"}, {"hard", "not a known user"},
    {"hard", "is not recognized"}, {"hard", "not listed in"},
    {"hard", "wasn't found at"}, {"hard", "couldn't be found"}, {"hard", "could not be found"},
    {"hard", "unknown local"}, {"hard", "unrouteable"},
    {"hard", "unroutable"}, {"hard", "mailbox unavailable"},
    {"hard", "mailbox not found"}, {"hard", "account has been disabled"},
    {"hard", "account is disabled"}, {"hard", "account disabled"},
    {"hard", "mailbox disabled"}, {"hard", "account that you tried"},
    {"hard", "no longer available"}, {"hard", "no longer valid"},
    {"hard", "inactive"}, {"hard", "host unknown"},
    {"hard", "host not found"}, {"hard", "domain not found"},
    {"hard", "no such domain"}, {"hard", "no such host"},
    {"hard", "unknown host"}, {"hard", "introuvable"},
    {"hard", "no existe"}, {"hard", "non esiste"}, {"hard", "existiert nicht"},
    {"hard", "nicht gefunden"}, {"hard", "unbekannt"}, {"hard", "não existe"},
    {"hard", "не найден"}, {"hard", "не существует"}, {"hard", "不存在"},
    {"hard", "n'existe pas"}, {"hard", "n'existe plus"},
    {"hard", "no se encontró"}, {"hard", "no se ha encontrado"},
    {"hard", "não foi encontrad"}, {"hard", "não pôde ser encontrad"},
    {"hard", "non è stato trovato"}, {"hard", "niet gevonden"},
    {"hard", "niet worden gevonden"}, {"hard", "nie znaleziono"},
    {"hard", "nie można odnaleźć"}, {"hard", "nie istnieje"},
    {"hard", "gick inte att hitta"}, {"hard", "hittades inte"},
    {"hard", "ikke fundet"}, {"hard", "ikke funnet"},
    {"hard", "ei löydy"}, {"hard", "ei löytynyt"},
    {"hard", "nebyla nalezena"}, {"hard", "nebyl nalezen"},
    {"hard", "neexistuje"}, {"hard", "sa nenaš"},
    {"hard", "nem található"}, {"hard", "nu a fost găsit"},
    {"hard", "bulunamadı"}, {"hard", "δεν βρέθηκε"}, {"hard", "לא נמצאה"},
    {"hard", "لم يتم العثور"}, {"hard", "не знайден"}, {"hard", "не існує"},
    {"hard", "找不到"}, {"hard", "無此使用者"}, {"hard", "查無此"},
    {"hard", "不正な宛先"}, {"hard", "찾을 수 없"}, {"hard", "无此用户"}, {"hard", "見つかりません"}, {"hard", "存在しない"},
    {"hard", "存在しません"}, {"hard", "존재하지 않"}, {"hard", "없는 계정"},

    {"policy", "spam"}, {"policy", "blacklist"}, {"policy", "blocklist"},
    {"policy", "block list"}, {"policy", "blocked"}, {"policy", "dmarc"},
    {"policy", "dkim"}, {"policy", "spf "}, {"policy", "policy"},
    {"policy", "reputation"}, {"policy", "virus"}, {"policy", "banned"},
    {"policy", "unsolicited"}, {"policy", "relay"},
    {"policy", "reverse dns"}, {"policy", "content reject"},
    {"policy", "not authorized"}, {"policy", "access denied"},
    {"policy", "permission"}, {"policy", "size limit"},
    {"policy", "too large"}, {"policy", "too big"},
    {"policy", "maximum size"}, {"policy", "message size"},
    {"policy", "垃圾邮件"}, {"policy", "スパム"}, {"policy", "спам"},
};

/* What the numbers tell that are not simply the address's fault (RFC 3463 and
 * the registry of RFC 5248); the class of the code is cut off. */
static const struct {
	const char *class, *status;
} numbers[] = {
    {"full", ".2.2"},	 {"full", ".3.1"},   {"policy", ".1.7"},
    {"policy", ".1.8"},	 {"policy", ".2.3"}, {"policy", ".3.4"},
    {"policy", ".3.3"},	 {"soft", ".4.7"},   {"soft", ".4.2"},
    {"soft", ".4.5"},	 {"soft", ".4.6"},   {"policy", ".6."},
    {"policy", ".7."},
};

static const char *
by_words(struct span words)
{
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		if (bounce_holds(words, said[i].word))
			return said[i].class;
	}
	return "";
}

static const char *
by_number(const char *status)
{
	if (status[0] != '5')
		return "";
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		size_t len = strlen(numbers[i].status);
		bool open = numbers[i].status[len - 1] == '.';

		if (strncmp(status + 1, numbers[i].status, len) == 0 &&
		    (open || status[1 + len] == '\0'))
			return numbers[i].class;
	}
	/* ".0.0" tells nothing beyond the class. */
	return strcmp(status + 1, ".0.0") == 0 ? "" : "hard";
}

const char *
bounce_class(const char *action, const char *status, struct span words)
{
	const char *word, *number = by_number(status);

	if (strcmp(action, "failed") != 0 && strcmp(action, "delayed") != 0)
		return "";
	if (words.len > SEEN_OCTETS)
		words.len = SEEN_OCTETS;
	word = by_words(words);
	if (strcmp(word, "full") == 0 || strcmp(number, "full") == 0 ||
	    strcmp(status, "4.2.2") == 0)
		return "full";
	if (strcmp(action, "delayed") == 0 || status[0] == '4')
		return "soft";
	/* "5.7.1 No such user": many give the number of a refusal to all that
	 * they refuse, so words that are plain go first; where the number is
	 * plain ("5.1.1") chance words do not change it. */
	if (strcmp(word, "hard") == 0 && strcmp(number, "soft") != 0)
		return "hard";
	if (number[0] != '\0')
		return number;
	if (word[0] != '\0')
		return word;
	return "soft";
}
