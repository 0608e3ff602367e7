"""What an emoji says where words don't. Any that is not here, upset or unclear, is for a person to read."""

from typing import Final

GLAD: Final = frozenset(
    "👍👌🙏🤝✌👏🙌💪🤗🤩😍🥰😘😗😙😚😊☺🙂😀😃😄😁😆😅😂🤣😇😉😋😎🤪😜😝😛🥳😌🤭😸😻❤♥🧡💛💚💙💜🤎🖤🤍💕💞💓💗"
    "💖💘💝❣💋🌹🌷🌸🌺🌻🌼💐🌈⭐🌟✨🔥💯🎉🎊🥂🍻☀🌞🌝🫶🫡🤙👊✅☑✔🆗🏆💃🕺🥹🤲🍀🌙"
)
WAVES: Final = frozenset("👋🙋")
# Skin, presentation, joiners and sex: parts of other emoji.
PARTS: Final = frozenset("🏻🏼🏽🏾🏿\ufe0f\ufe0e\u200d♀♂")
