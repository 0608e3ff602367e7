"""Hindi: "आप" in either tone. Verbs agree with things, never with us or the shopper."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="नमस्ते!",
    hello_name="नमस्ते {name} जी!",
    thanks="हमें लिखने के लिए धन्यवाद।",
    thanks_shop="{shop} को लिखने के लिए धन्यवाद।",
    answer="आपको {estimate} जवाब मिलेगा।",
    within="अधिकतम {duration}",
    from_now=True,
    by="{day} {time} तक",
    opened="{day} {time} के बाद",
    soon="जल्द से जल्द",
    back="अभी हमारी सेवा बंद है और {next_open} फिर शुरू होगी।",
    opens="{day} {time}",
    today="आज",
    tomorrow="कल",
    weekdays=(
        "सोमवार को",
        "मंगलवार को",
        "बुधवार को",
        "गुरुवार को",
        "शुक्रवार को",
        "शनिवार को",
        "रविवार को",
    ),
    on_date="{date} को",
    clock="{time} बजे",
    zone_of="({city} का समय)",
    handover="आपका संदेश हमारी टीम के एक व्यक्ति को भेजा जा रहा है।",
    complaint="आपको हुई परेशानी के लिए हमें बहुत खेद है। आपके संदेश पर सबसे पहले ध्यान दिया जाएगा।",
    urgent="आपको हुई परेशानी के लिए हमें बहुत खेद है। यह बात बहुत ज़रूरी है, इसलिए आपका संदेश अब सूची में सबसे ऊपर है।",
    still_on_it="बताए गए समय से ज़्यादा समय लग रहा है, इसके लिए खेद है। आपके संदेश पर काम जारी है।",
    faq_more="और जानकारी: {url}",
    faq_after="अगर इससे मदद न मिले, तो बस यहाँ लिखें। आपको टीम के किसी व्यक्ति से जवाब मिलेगा।",
    suggestion="क्या आपका सवाल इनमें से एक है?",
    something_else="कुछ और",
    survey="हमारी सेवा कैसी रही?",
    survey_titles=("😊 अच्छी", "😐 ठीक-ठाक", "😞 खराब"),
    solved="क्या आपका सवाल पहली बार में ही हल हो गया?",
    solved_titles=("हाँ", "नहीं"),
    survey_thanks="धन्यवाद, आपके जवाब से हमें बेहतर बनने में मदद मिलेगी!",
)
HINDI: Final = Spoken(replace(_POLITE, hello_name="नमस्ते {name}!"), _POLITE)
