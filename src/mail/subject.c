#include "subject.h"

/* In the languages of the clients that write them. "VS:" answers in Finnish
 * and passes on in Norwegian: it counts as the more frequent. */
static const struct {
	enum subject subject;
	const char *word;
} words[] = {
    {SUBJECT_ANSWERS, "re"}, {SUBJECT_ANSWERS, "aw"},
    {SUBJECT_ANSWERS, "antw"}, {SUBJECT_ANSWERS, "antwort"},
    {SUBJECT_ANSWERS, "sv"}, {SUBJECT_ANSWERS, "svar"},
    {SUBJECT_ANSWERS, "vs"}, {SUBJECT_ANSWERS, "res"},
    {SUBJECT_ANSWERS, "r"}, {SUBJECT_ANSWERS, "rif"},
    {SUBJECT_ANSWERS, "rép"}, {SUBJECT_ANSWERS, "réf"},
    {SUBJECT_ANSWERS, "odp"}, {SUBJECT_ANSWERS, "odg"},
    {SUBJECT_ANSWERS, "vá"}, {SUBJECT_ANSWERS, "VÁ"},
    {SUBJECT_ANSWERS, "ynt"}, {SUBJECT_ANSWERS, "yan"},
    {SUBJECT_ANSWERS, "atb"}, {SUBJECT_ANSWERS, "ats"},
    {SUBJECT_ANSWERS, "bls"}, {SUBJECT_ANSWERS, "ref"},
    {SUBJECT_ANSWERS, "απ"}, {SUBJECT_ANSWERS, "ΑΠ"},
    {SUBJECT_ANSWERS, "σχετ"}, {SUBJECT_ANSWERS, "ΣΧΕΤ"},
    {SUBJECT_ANSWERS, "отв"}, {SUBJECT_ANSWERS, "Отв"},
    {SUBJECT_ANSWERS, "ha"}, {SUBJECT_ANSWERS, "تعقيب"},
    {SUBJECT_ANSWERS, "رد"}, {SUBJECT_ANSWERS, "השב"},
    {SUBJECT_ANSWERS, "回复"}, {SUBJECT_ANSWERS, "回覆"},
    {SUBJECT_ANSWERS, "答复"}, {SUBJECT_ANSWERS, "答覆"},
    {SUBJECT_ANSWERS, "回信"}, {SUBJECT_ANSWERS, "返信"},
    {SUBJECT_ANSWERS, "회신"}, {SUBJECT_ANSWERS, "답장"},
    {SUBJECT_ANSWERS, "balas"}, {SUBJECT_ANSWERS, "trả lời"},
    {SUBJECT_FORWARDS, "fw"}, {SUBJECT_FORWARDS, "fwd"},
    {SUBJECT_FORWARDS, "wg"}, {SUBJECT_FORWARDS, "tr"},
    {SUBJECT_FORWARDS, "rv"}, {SUBJECT_FORWARDS, "enc"},
    {SUBJECT_FORWARDS, "i"}, {SUBJECT_FORWARDS, "doorst"},
    {SUBJECT_FORWARDS, "vb"}, {SUBJECT_FORWARDS, "vl"},
    {SUBJECT_FORWARDS, "pd"}, {SUBJECT_FORWARDS, "továbbítás"},
    {SUBJECT_FORWARDS, "ilt"}, {SUBJECT_FORWARDS, "i̇lt"},
    {SUBJECT_FORWARDS, "İLT"}, {SUBJECT_FORWARDS, "πρθ"},
    {SUBJECT_FORWARDS, "ΠΡΘ"}, {SUBJECT_FORWARDS, "пересл"},
    {SUBJECT_FORWARDS, "Пересл"}, {SUBJECT_FORWARDS, "إعادة توجيه"},
    {SUBJECT_FORWARDS, "העברה"}, {SUBJECT_FORWARDS, "הועבר"},
    {SUBJECT_FORWARDS, "转发"}, {SUBJECT_FORWARDS, "轉寄"},
    {SUBJECT_FORWARDS, "轉發"}, {SUBJECT_FORWARDS, "転送"},
    {SUBJECT_FORWARDS, "전달"}, {SUBJECT_FORWARDS, "teruskan"},
    {SUBJECT_FORWARDS, "chuyển tiếp"},
};

/* Tags such as "[#12]" and "[EXT]" that lists, desks and gateways add. */
#define TAGS_MAX 4

static struct span
without_tags(struct span s)
{
	s = span_trim(s);
	for (int i = 0; i < TAGS_MAX && s.len > 0 && s.at[0] == '['; i++) {
		const char *close = memchr(s.at, ']', s.len);

		if (close == NULL)
			break;
		s = span_trim(span_from(close + 1, s.at + s.len));
	}
	return s;
}

/* Behind the word: ":", "：", " :", "[2]:", "^2:". */
static bool
ends_prefix(struct span s)
{
	size_t i = 0;

	if (i < s.len && (s.at[i] == '[' || s.at[i] == '^' || s.at[i] == '(')) {
		i++;
		while (i < s.len && ascii_digit((unsigned char)s.at[i]))
			i++;
		if (i < s.len && (s.at[i] == ']' || s.at[i] == ')'))
			i++;
	}
	if (i < s.len && s.at[i] == ' ')
		i++;
	return (i < s.len && s.at[i] == ':') ||
	    (i + 3 <= s.len && memcmp(s.at + i, "：", 3) == 0);
}

enum subject
subject_read(struct span subject)
{
	struct span s = without_tags(subject);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i].word);

		if (span_begins(s, words[i].word) &&
		    ends_prefix((struct span){s.at + len, s.len - len}))
			return words[i].subject;
	}
	return SUBJECT_PLAIN;
}
