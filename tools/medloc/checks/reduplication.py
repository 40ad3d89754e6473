"""Words that a language says twice on purpose ("yavaş yavaş", "धीरे धीरे"), by language."""

from __future__ import annotations

TWICE: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "had that",
        "fr": "nous vous",
        "es": "muy",
        "it": "via mano pian piano poco quasi man uno",
        "pt": "muito se",
        "nl": "die dat er ze",
        "sv": "som",
        "da": "der som",
        "pl": "bardzo",
        "ru": "очень",
        "uk": "дуже",
        "tr": "bir yavaş sık ayrı zaman çeşit tek adım teker birer ikişer üçer kısa"
        " küçük büyük uzun hızlı"
        " derin sıcak soğuk parça ara bol güzel yer kat az ağır damla belli hafif"
        " sıra grup dilim"
        " güle göre ince iyi gün sabah akşam aynı tam kez sürekli geze baka bile ev"
        " kapı peş için",
        "ar": "من جدا جدًا جداً يوما يوم آر إس سي بي تي إم",
        "fa": "آر سی پی ام تی اس کم آرام یکی دسته تک خیلی گاه قطره ذره نفس رفته"
        " اندک تند جدا هزاران لرزان نرم ریز قدم"
        " خرد دانه سال روز",
        "ur": "آہستہ ساتھ بار کبھی الگ اپنے اپنی جگہ وقت تھوڑا تھوڑی ایک دو کچھ طرح دھیرے جیسے کسی",
        "he": "יום לאט מאוד שלב אחד אחת טיפין כל זה קצת רבים",
        "hi": "आर सी पी टी एम एस अलग साथ कभी बार धीरे जल्दी थोड़ा थोड़ी थोड़े अपने"
        " अपना अपनी कौन क्या जगह समय एक दो तीन चार पाँच"
        " पांच छोटे छोटी छोटा बड़े बड़ी जैसे वैसे जो कुछ तरह रोज बीच गर्म नए नई"
        " अच्छे कहीं किस किन जहाँ जहां पास"
        " घर लाखों हजारों बूंद टुकड़े भिन्न कहाँ कहां कब दिन साल गहरी लंबी हल्का"
        " हल्की हल्के ज़ोर जोर रह आगे पीछे दूर",
        "mr": "वेगवेगळ्या हळू वेळ कधी लहान मोठे मोठ्या छोट्या एक दोन थोडे थोड्या सोबत पुन्हा",
        "ne": "बिस्तारै अलग साथ कहिले बेला साना ठूला आफ्नो घर ठाउँ एक",
        "bn": "কেউ কারও কারো প্রধান আর সি পি টি এম এস ধীরে বার বারে মাঝে সাথে সঙ্গে আলাদা ছোট বড় বড়"
        " নিজ নিজের ঘন কখনও কখনো যেমন কোন কোনো কোনও কিছু"
        " এক যে কে কী কি পর বাড়ি বাড়ি দেশে সময় সময়ে সময় সময়ে একটু অল্প নতুন"
        " ভিন্ন শত হাজার লক্ষ কোটি"
        " দিন দিনে গরম পাশে ক্রমে আস্তে টুকরো ফোঁটা জায়গায় জায়গায় ঘরে অনেক দুই"
        " তিন নানা মনে হাতে"
        " বিন্দু খুব স্তরে ধাপে যারা যা অক্ষরে পায়ে ঘণ্টায় সপ্তাহে বছরে মাসে দলে ভাগে রাতে তাড়াতাড়ি",
        "ta": "மெல்ல அடிக்கடி சின்ன சிறிய பெரிய வேறு தனி ஒரு வெவ்வேறு",
        "te": "చిన్న పెద్ద వేరు కొన్ని మెల్ల వేర్వేరు",
        "id": "masing kadang rata tiba lain sama hati baru benar pelan anak orang macam kira",
        "ms": "masing kadang rata tiba lain sama hati baru benar anak orang macam",
        "sw": "sana moja mbali pole hivi haraka sawa kidogo wengi ndogo aina sehemu"
        " mara mbili tatu"
        " hatua polepole hapo vile upesi kila mwaka siku mbalimbali huku hapa"
        " taratibu ovyo zima"
        " vivyo tofauti kadhaa",
        "vi": "tất luôn dần từ thường mãi ngày đêm người nhà đều đời năm song xa xanh"
        " lâu ba đôi hay nơi"
        " chuồn đằng sâu cao to nhanh chầm khăng vẫn rất lần chằm đo đỏ mau tuần tháng giờ tầng"
        " nặng ngành ngấm khe nhè lớp hàng bước phần",
        "ko": "하나 조금 매우 점점 더 한 두 차례 가지 너무 아주 쉬엄 하루",
        "th": "",
        "tl": "iba araw unti dahan sunod",
    }.items()
}

# Languages where doubling is grammar: an unknown doubled word is a warning, not an error.
_GRAMMAR = (
    "id ms sw vi zh hi bn tr ja th ur mr ne ta te gu pa kn ml si km lo my jv su tl"
    " fil fa yue ko"
    " so ha yo ig zu xh mi haw as or"
)
GRAMMAR = frozenset(_GRAMMAR.split())

# Endings of verb forms that Indic languages double: "करते करते".
DOUBLED_ENDINGS: dict[str, tuple[str, ...]] = {
    "hi": ("ते", "ता", "ती", "कर"),
    "bn": ("তে", "য়ে", "য়ে"),
    "mr": ("ता", "त"),
    "ne": ("दै",),
    "ur": ("تے", "تا", "تی"),
    "tr": ("erek", "arak"),
}
