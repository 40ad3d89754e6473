"""Negations are read in every language that has a list, and only where there are any."""

from __future__ import annotations

import pytest

from medloc.checks.negations import denials
from medloc.checks.reading import Side

DENYING = {
    "en": "Do not eat.|It isn't safe.|There is no cure.|Take it without food.|You cannot drive.",
    "es": "No coma.|No es segura.|No hay tratamiento.|sin fiebre|Nunca lo tome.",
    "fr": "Ne mangez pas.|Ce n’est pas sûr.|Il n'y a pas de cure.|sans fièvre|N’en prenez jamais.",
    "de": "Nehmen Sie es nicht.|Es gibt keine Heilung.|Es wurde kein Virus gefunden.|ohne Fieber"
    "|Sie können nicht fahren.|Nehmen Sie es niemals.",
    "it": "Non mangi.|Non è sicuro.|Non c'è cura.|senza febbre|Nessun paziente è morto.",
    "pt": "Não coma.|Não é seguro.|Não há cura.|sem febre|Nunca tome.|Nenhum paciente morreu.",
    "ru": "Не ешьте.|Это не безопасно.|Лечения нет.|без лихорадки|Вам нельзя водить.",
    "uk": "Не їжте.|Це не безпечно.|Лікування немає.|без гарячки|Вам не можна керувати.",
    "pl": "Nie jedz.|To nie jest bezpieczne.|Nie ma leczenia.|bez gorączki|Nigdy nie pij.",
    "tr": "İlacı kullanmayın.|Güvenli değildir.|Tedavisi yoktur.|Araba kullanamazsınız."
    "|Hastalar iyileşmedi.|Alkol almamalısınız.|Virüs bulunmamaktadır.|Bilinmiyor."
    "|Alkol içmeyiniz.",
    "ar": "لا تأكل.|ليس آمنًا.|لم يمت أحد.|بدون حمى|لن تحتاج إليه.|من دون طعام",
    "fa": "نخورید.|ایمن نیست.|درمانی وجود ندارد.|بدون تب|نمی‌توانید رانندگی کنید.|نباید مصرف شود."
    "|این دارو را مصرف نکنید.|بیماران علائمی نداشتند.",
    "he": "אל תאכלו.|זה לא בטוח.|אין טיפול.|ללא חום|אינו מסוכן.|בלי אוכל|שלא יאכלו",
    "hi": "यह दवा न लें।|यह सुरक्षित नहीं है।|कोई इलाज नहीं है।|बुखार के बिना|गाड़ी मत चलाइए।",
    "bn": "এটি খাবেন না।|এটি নিরাপদ নয়।|কোনো চিকিৎসা নেই।|জ্বর নেই|রোগী মারা যায়নি।|প্রমাণ পাওয়া যায় না।",
    "id": "Jangan makan.|Ini tidak aman.|Belum ada obat.|tanpa demam|Ini bukan obat.",
    "sw": "Usile chakula.|Si salama.|Hakuna tiba.|bila homa|Haijulikani.|Usitumie dawa hii."
    "|Hawapaswi kuendesha.|Watu wasio na dalili.|Haiwezi kuambukiza.|Wagonjwa hawakupata dawa.",
    "zh": "不要吃。|这不安全。|没有治疗方法。|尚未发现病毒。|无发热|請勿服用。|您不能开车。|从未",
    "ja": "食べないでください。|安全ではありません。|治療法はない。|熱のない人|食事をせずに飲む。"
    "|運転できません。|発熱なし|確認されていない。|必要ではなかった。",
    "ko": "먹지 마세요.|안전하지 않습니다.|치료법이 없습니다.|열이 없는 사람|운전할 수 없습니다."
    "|안 됩니다.|약 없이|사용하지 마십시오.|먹지 말아야 합니다.|이것은 약이 아닙니다.",
    "vi": "Không ăn.|Thuốc này không an toàn.|Chưa có thuốc chữa.|Đừng uống.|không có sốt",
}
AFFIRMING = {
    "en": "You must eat now.|It is safe.|He knows the number.|Another patient was noted.",
    "es": "Coma ahora.|Es segura.|Hay un tratamiento.|con fiebre|No obstante, es segura.",
    "fr": "Mangez maintenant.|C’est sûr.|une personne malade|avec de la fièvre|Faites un pas.",
    "de": "Nehmen Sie es jetzt.|Es gibt eine Heilung.|mit Fieber|Nicht nur Kinder sind krank.",
    "it": "Mangi adesso.|È sicuro.|C'è una cura.|con febbre|Non solo i bambini.",
    "pt": "Coma agora.|É seguro.|Há uma cura.|com febre|Não só as crianças.",
    "ru": "Ешьте сейчас.|Это безопасно.|Лечение есть.|с лихорадкой|тем не менее|не только дети",
    "uk": "Їжте зараз.|Це безпечно.|Лікування є.|з гарячкою|не тільки діти",
    "pl": "Jedz teraz.|To jest bezpieczne.|Jest leczenie.|z gorączką|nie tylko dzieci",
    "tr": "İlacı kullanın.|Güvenlidir.|Tedavisi vardır.|ateş ile|Araba kullanabilirsiniz."
    "|Virüsün bulunması|ilaçların kullanılması|bu zamandan beri|namaz kılmak|Temas etmek"
    "|Maddelerin incelenmesi|uygulamada",
    "ar": "كل الآن.|آمن.|مات أحد.|مع حمى|يمكن",
    "fa": "بخورید.|ایمن است.|درمان وجود دارد.|با تب|می‌توانید|نوزادان|نفر|نیاز دارد|نشان می‌دهد",
    "he": "תאכלו עכשיו.|זה בטוח.|יש טיפול.|עם חום|לאחר האוכל|אלרגיה",
    "hi": "यह दवा लें।|यह सुरक्षित है।|इलाज है।|बुखार के साथ|नियम|मतलब",
    "bn": "এটি খাবেন।|এটি নিরাপদ।|আপনি জানেন।|পানি পান করুন।|তিনি নাম জানালেন।",
    "id": "Makan sekarang.|Ini aman.|Ada obat.|dengan demam|Tidak hanya anak-anak.",
    "sw": "Kula sasa.|Ni salama.|Kuna tiba.|asilimia ya watu|usiku|hatari|hali ya hewa|kutokana na"
    "|habari|msingi|hatua|isipokuwa|hadi leo|wasiliana na daktari|hasa|haraka|usingizi|hapa|hawa",
    "zh": "请吃。|这很安全。|不仅|不同的国家|非常安全|未来|是否安全|无论如何|差不多",
    "ja": "食べてください。|安全です。|治療法がある。|必ず飲む。|まず洗う。|少ない|はずです"
    "|いずれか|〜なければならない|かもしれない",
    "ko": "드세요.|안전합니다.|치료법이 있습니다.|안내|말하다|불안|안과",
    "vi": "Ăn ngay.|Thuốc này an toàn.|Có thuốc chữa.|không khí|không chỉ trẻ em|không gian",
}


@pytest.mark.parametrize(
    ("locale", "text"), [(one, text) for one in DENYING for text in DENYING[one].split("|")]
)
def test_negation_is_read(locale: str, text: str) -> None:
    assert denials(Side(text, locale)).sure


@pytest.mark.parametrize(
    ("locale", "text"), [(one, text) for one in AFFIRMING for text in AFFIRMING[one].split("|")]
)
def test_no_negation_is_seen_where_there_is_none(locale: str, text: str) -> None:
    assert not denials(Side(text, locale)).sure
