"""Chinese, in simplified characters."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="您好！",
    hello_name="您好，{name}！",
    thanks="感谢您的留言。",
    thanks_shop="感谢您联系{shop}。",
    answer="我们会{estimate}回复您。",
    within="在{duration}内",
    by="在{day}{time}前",
    opened="在{day}{time}后",
    soon="尽快",
    back="现在是非营业时间，我们将在{next_open}恢复服务。",
    opens="{day}{time}",
    today="今天",
    tomorrow="明天",
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    on_date="{date}",
    zone_of="（{city}时间）",
    joint="",
    handover="这就把您的消息转给人工客服。",
    complaint="非常抱歉让您遇到这样的情况，我们会优先处理您的消息。",
    urgent="非常抱歉让您遇到这样的情况。我们知道事情紧急，已把您的消息排在最前面。",
    still_on_it="抱歉，处理时间比我们说的要长，我们仍在跟进。",
    faq_more="了解更多：{url}",
    faq_after="如果没有帮到您，请直接留言，会有人工客服回复。",
    suggestion="您想问的是下面哪一个？",
    something_else="其他问题",
    survey="您对我们的服务满意吗？",
    survey_titles=("😊 满意", "😐 一般", "😞 不满意"),
    solved="您的问题一次就解决了吗？",
    solved_titles=("是的", "没有"),
    survey_thanks="感谢您的反馈，这能帮助我们做得更好！",
)
_FRIENDLY: Final = replace(
    _POLITE,
    hello="你好！",
    hello_name="你好，{name}！",
    thanks="谢谢你的留言。",
    thanks_shop="谢谢你联系{shop}。",
    answer="我们会{estimate}回复你。",
    back="现在不在营业时间，我们{next_open}回来。",
    handover="这就把你的消息转给人工客服。",
    complaint="很抱歉让你遇到这样的情况，我们会优先处理你的消息。",
    urgent="很抱歉让你遇到这样的情况。我们知道事情紧急，已经把你的消息排在最前面了。",
    still_on_it="抱歉，处理时间比我们说的要长，我们还在跟进。",
    faq_after="如果没有帮到你，直接留言就好，会有人工客服回复。",
    suggestion="你想问的是下面哪一个？",
    survey="你对我们的服务满意吗？",
    solved="你的问题一次就解决了吗？",
    survey_thanks="谢谢你的反馈，这能帮我们做得更好！",
)
CHINESE: Final = Spoken(_FRIENDLY, _POLITE)
