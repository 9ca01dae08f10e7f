#include "quote_rules.h"

/* Each language its own row: PCRE2 finds the first letter of a separate
 * pattern quickly, while one large alternation was nine times slower. The
 * patterns see one line, or up to four joined by blanks, in UTF-8. */
const struct quote_pattern quote_patterns[] = {
    /* The verb of an attribution. */
    {QUOTE_VERB, "(?<!\\bI )\\b(?:wrote|writes)\\b"},
    {QUOTE_VERB, "\\bschrieb(?:en)?\\b"},
    {QUOTE_VERB, "\\b(?:a [ée]crit|écrivait)\\b"},
    {QUOTE_VERB, "\\b(?:escribi[óo]|ha escrito)\\b"},
    {QUOTE_VERB, "\\b(?:escreveu|escribiu)\\b"},
    {QUOTE_VERB, "\\bha scritto\\b"},
    {QUOTE_VERB, "\\b(?:schreef|geschreven)\\b"},
    {QUOTE_VERB, "\\bskrev\\b"},
    {QUOTE_VERB, "\\bkirjoitti\\b"},
    {QUOTE_VERB, "\\b(?:napisał(?:\\(a\\)|a)?|pisze)(?!\\w)"},
    {QUOTE_VERB, "\\b(?:napsal|napísal)(?:\\(a\\)|a)?(?!\\w)"},
    {QUOTE_VERB, "\\b(?:написал(?:\\(а\\)|а)?|пишет|пише|написав|написа)"
		 "(?!\\w)"},
    {QUOTE_VERB, "\\b(?:napisao|napisala|napisal|је написао|написао)\\b"},
    {QUOTE_VERB, "\\bírta\\b"},
    {QUOTE_VERB, "\\ba scris\\b"},
    {QUOTE_VERB, "\\b(?:[şs]unu yazd[ıi]|yazd[ıi]|taraf[ıi]ndan)\\b"},
    {QUOTE_VERB, "\\bέγραψε\\b"},
    {QUOTE_VERB, "\\b(?:ha escrit|va escriure|idatzi du)\\b"},
    {QUOTE_VERB, "\\b(?:kirjutas|rakstīja|rašė|skrifaði)\\b"},
    {QUOTE_VERB, "כתב|כתבה|كتب|كتبت|نوشت"},
    {QUOTE_VERB, "写道|寫道|写到"},
    {QUOTE_VERB, "のメッセージ|のメール|書きました|が書いた"},
    {QUOTE_VERB, "작성|님이 쓴|님의 말"},
    {QUOTE_VERB, "\\b(?:đã viết|menulis|ditulis)\\b|เขียนว่า|ने लिखा"},

    /* The word that an attribution begins with. */
    {QUOTE_OPENING, "^\\W*(?:On|Am|Den|Le|El|Em|Il|Op|W dniu|Dnia|Dne|Dňa|"
		    "Pada|Vào|A|La|Στις|Την|На|In data|Dana|På|ב|בתאריך|في|"
		    "بتاريخ|在|于|於)[\\s\\d־-]"},
    {QUOTE_OPENING, "^\\W*(?:\\p{L}{2,12}[.,]{0,2}\\s+)?(?:\\p{L}{2,9}\\s+)?"
		    "\\d{1,4}\\s?[.,/\\-年 ]"},

    {QUOTE_DATE, "(?<!\\d)(?:19|20)\\d\\d(?!\\d)"},
    {QUOTE_DATE, "(?<!\\d)\\d{1,2}[:.h時时]\\d\\d(?!\\d)"},
    {QUOTE_DATE, "(?<!\\d)\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}(?!\\d)"},
    {QUOTE_DATE, "\\b\\p{L}{3,9}\\.?\\s\\d{1,2}\\b,"},

    {QUOTE_ORIGINAL,
	"^[\\s\\-_=*]{2,}\\s*(?:(?:original|reply) (?:message|mail|email|"
	"appointment)|message d.origine|message original|mensaje original|"
	"mensagem original|messaggio originale|missatge original|"
	"urspr(?:ü|ue)ngliche (?:nachricht|e-?mail)|original-?nachricht|"
	"originalnachricht|original ?bericht|oorspronkelijk bericht|"
	"original ?e-?mail)\\s*[\\-_=*]*$"},
    {QUOTE_ORIGINAL,
	"^[\\s\\-_=*]{2,}\\s*(?:ursprungligt meddelande|originalmeddelande|"
	"oprindelig (?:meddelelse|besked)|original meddelelse|"
	"opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|"
	"oryginalna wiadomość|původní zpráva|pôvodná správa|"
	"eredeti üzenet|mesaj original|mesajul original|orijinal ileti|"
	"özgün ileti|orijinal mesaj|αρχικό μήνυμα|izvorna poruka|"
	"originalna poruka|izvirno sporočilo|algne sõnum)\\s*[\\-_=*]*$"},
    {QUOTE_ORIGINAL,
	"^[\\s\\-_=*]{2,}\\s*(?:исходное сообщение|"
	"оригинальное сообщение|пересылаемое сообщение|"
	"вихідне повідомлення|оригинално съобщение|"
	"元のメッセージ|原始邮件|原邮件|原始郵件|原始信件|邮件原件|"
	"원본 메시지|원본 메일|الرسالة الأصلية|הודעה מקורית|"
	"tin nhắn gốc|pesan asli)\\s*[\\-_=*]*$"},

    {QUOTE_FORWARD,
	"^[\\s\\-_=*]{2,}\\s*(?:forwarded (?:message|mail|by)|"
	"weitergeleitete (?:nachricht|mail)|message transféré|"
	"message transmis|mensaje reenviado|mensagem encaminhada|"
	"messaggio inoltrato|doorgestuurd bericht|vidarebefordrat|"
	"videresendt|välitetty viesti|przekazana wiadomość|"
	"přeposlaná zpráva|пересланное|转发|轉寄|転送|전달된)"},
    {QUOTE_FORWARD,
	"^(?:begin forwarded message|anfang der weitergeleiteten|"
	"début du (?:message|courriel)|inicio del mensaje|"
	"início da mensagem|inizio messaggio|begin doorgestuurd|"
	"начало переадресованного|转发的邮件|転送された)"},

    {QUOTE_DEVICE, "^(?:sent|composed) (?:from|via|with|using|on) (?:my|a|the|"
		   "mail for|outlook|yahoo|mobile|samsung|iphone|ipad|"
		   "typeapp|proton|blackberry|android|nine|bluemail|"
		   "mailbird|spark|airmail|aol|gmx|canary|postbox|"
		   "thunderbird|windows)[^,]{0,80}(?<![.!?;])$"},
    {QUOTE_DEVICE, "^sent with proton ?mail secure email\\.?$"},
    {QUOTE_DEVICE, "^(?:get|download) outlook for (?:ios|android|mac)\\b"},
    {QUOTE_DEVICE, "^von meinem .{2,60} gesendet\\.?$"},
    {QUOTE_DEVICE, "^(?:gesendet|verschickt) (?:von|mit|aus|über) .{2,60}"
		   "(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:envoyé|télécharger outlook) (?:de(?:puis)?|à partir|"
		   "avec|pour) .{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^enviad[oa] (?:desde|do|de|da|pelo|a partir|con) .{2,60}"
		   "(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^inviat[oa] (?:da|dal|con) .{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:verstuurd|verzonden) (?:vanaf|met|via|vanuit|van) "
		   ".{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:skickat|skickades|sendt) (?:från|fra|med|via) .{2,60}"
		   "(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^lähetetty .{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:wysłane|wysłano) (?:z|ze|za) .{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:odesláno|odoslané|poslano|poslané) (?:z|ze|s|sa) "
		   ".{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:отправлено|надіслано|изпратено) (?:с|со|из|з|із|от) "
		   ".{2,60}(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^(?:elküldve|trimis de|στάλθηκε από|enviat des|"
		   "saadetud|gửi từ|dikirim dari|ส่งจาก) .{1,60}"
		   "(?<![.!?,;])$"},
    {QUOTE_DEVICE, "^.{1,40}(?:gönderildi|から送信|에서 보냄|에서 전송)\\.?$"},
    {QUOTE_DEVICE, "^(?:从我的|發自我的|发自我的|從我的|发自|發自).{2,40}$"},
    {QUOTE_DEVICE, "^(?:نشلח|נשלח מ|أُ?رسلت? من|أرسل من|تم الإرسال من)"
		   ".{2,60}$"},

    {QUOTE_FOOTER, "mailing list\\b|mailman/listinfo|google groups|"
		   "\\bunsubscribe\\b|liste de diffusion|mailingliste"},
};

const size_t quote_pattern_count =
    sizeof quote_patterns / sizeof *quote_patterns;
