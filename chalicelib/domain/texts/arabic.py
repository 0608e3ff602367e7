"""Arabic: one way of speaking for both tones; "you" only where it is written alike to a man and a woman."""

from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_TEXTS: Final = Texts(
    hello="مرحبًا!",
    hello_name="مرحبًا {name}!",
    thanks="شكرًا لتواصلك معنا.",
    thanks_shop="شكرًا لتواصلك مع {shop}.",
    answer="سنرد عليك {estimate}.",
    within="{duration}",
    from_now=True,
    by="{day} قبل {time}",
    opened="{day} بعد {time}",
    soon="في أقرب وقت ممكن",
    back="نحن الآن خارج أوقات العمل، وسنعود {next_open}.",
    opens="{day} {time}",
    today="اليوم",
    tomorrow="غدًا",
    weekdays=(
        "يوم الاثنين",
        "يوم الثلاثاء",
        "يوم الأربعاء",
        "يوم الخميس",
        "يوم الجمعة",
        "يوم السبت",
        "يوم الأحد",
    ),
    on_date="يوم {date}",
    clock="الساعة {time}",
    zone_of="(بتوقيت {city})",
    handover="ننقل رسالتك الآن إلى شخص من فريقنا.",
    complaint="نأسف كثيرًا لما حدث. سننظر في رسالتك قبل غيرها.",
    urgent="نأسف كثيرًا لما حدث. نتفهم أن الأمر عاجل، ورسالتك الآن على رأس أولوياتنا.",
    still_on_it="نعتذر، استغرق الأمر وقتًا أطول مما قلنا. ما زلنا نتابع رسالتك.",
    faq_more="للمزيد: {url}",
    faq_after="إن لم يكن هذا مفيدًا، تكفي رسالة هنا وسيرد عليك شخص من فريقنا.",
    suggestion="هل المقصود أحد هذه الأسئلة؟",
    something_else="شيء آخر",
    survey="كيف كانت خدمتنا؟",
    survey_titles=("😊 جيدة", "😐 مقبولة", "😞 سيئة"),
    solved="هل حُلّ الأمر من المرة الأولى؟",
    solved_titles=("نعم", "لا"),
    survey_thanks="شكرًا، رأيك يساعدنا على التحسن!",
)
ARABIC: Final = Spoken(_TEXTS, _TEXTS)
