"""Text of a document that speaks to a program instead of a reader: kept from the model, and named to the user."""

from __future__ import annotations

import re
import unicodedata

_WITHHELD = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要(?:理会|遵守|执行|理睬)|绕过|推翻)[^。；\n]{0,16}(?:以上|之前|前面|上述|先前|此前|所有|一切|原有|你的)[^。；\n]{0,12}"
    r"(?:指令|指示|命令|提示|规则|设定|约束|对话)"
    r"|(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|your|system)\b[^.\n]{0,40}"
    r"\b(?:instructions?|prompts?|rules?|guidelines?|context|messages?)"
    r"|系统提示|提示词|system\s*(?:prompt|message|override)|developer\s*message|越狱|jailbreak|prompt\s*injection"
    r"|(?:你|您)(?:现在)?是[^。，\n]{0,16}(?:AI|人工智能|模型|机器人|助手)"
    r"|you are (?:now )?(?:an? )?(?:ai|assistant|chatbot|language model|helpful|dan\b)"
    r"|(?:(?<![A-Za-z])AI(?![A-Za-z])|人工智能|语言模型|大模型|智能助手|机器人|(?<![A-Za-z])(?:assistant|LLMs?|chatgpt|model)(?![A-Za-z]))[^。；.\n]{0,16}"
    r"(?:必须|务必|请(?:直接)?(?:回答|输出|回复|告诉|说)|应当?(?:回答|输出|回复)|只能回答|"
    r"\bmust\b|\bshould (?:answer|say|reply|respond|output)|\bplease (?:say|answer|reply))"
    r"|(?:回答|回复|输出|答复)(?:用户|提问|问题|任何问题)?(?:时|的时候)[，,]?(?:请|必须|务必|一律|只)"
    r"|(?:请|务必|必须)(?:直接)?(?:告诉|告知|回复|回答)(?:用户|提问者|审计人员|使用者|读者)"
    r"|(?:tell|inform|reply to|answer) the (?:user|auditor|reader)\b"
    r"|</?\s*(?:system|assistant|user|tool|instructions?|im_start|im_end|文件内容)\b|<\|[a-z_]+\|>|\[/?INST\]|#{2,}\s*(?:system|instruction)"
    r"|(?:call|invoke|use|调用|执行)\s*(?:the\s+)?(?:tool|function|工具|函数)\b",
    re.IGNORECASE,
)
_INVISIBLE = {"Cf", "Co", "Cs"}
_MARKS = str.maketrans({"[": "［", "]": "］", "【": "〖", "】": "〗", "<": "＜", ">": "＞", "｜": "|", "\n": " ", "\r": " "})


def speaks_to_program(text: str) -> bool:
    """Whether a text reads like an instruction to a language model; invisible characters do not hide it."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in _INVISIBLE)
    return bool(_WITHHELD.search(plain)) or bool(_WITHHELD.search(re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", plain)))


def neutral(text: str, longest: int = 400) -> str:
    """A document's words as they may be shown to a model: nothing in them looks like a citation, a delimiter or a second line."""
    visible = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE and (c.isprintable() or c.isspace()))
    flat = re.sub(r"\s+", " ", visible.translate(_MARKS)).strip()
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
