"""What the FAQ's page itself says, in the fourteen languages."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageWords:
    """own_name: of the language. nothing: when a search has found no article; everything: back to all."""

    own_name: str
    title: str
    search: str
    nothing: str
    everything: str


PAGE_WORDS: Final = {
    "en": PageWords(
        "English",
        "Questions and answers",
        "Search",
        "Nothing here fits. Write to us in the chat, and a person will answer.",
        "Show all questions",
    ),
    "ru": PageWords(
        "Русский",
        "Вопросы и ответы",
        "Найти",
        "Ничего подходящего нет. Напишите нам в чат, и вам ответит человек.",
        "Показать все вопросы",
    ),
    "ro": PageWords(
        "Română",
        "Întrebări și răspunsuri",
        "Caută",
        "Nimic nu se potrivește. Scrieți-ne în chat și vă răspunde un om.",
        "Arată toate întrebările",
    ),
    "ar": PageWords(
        "العربية",
        "أسئلة وأجوبة",
        "بحث",
        "لا توجد إجابة مناسبة هنا. تكفي رسالة في المحادثة وسيرد عليك شخص من فريقنا.",
        "عرض كل الأسئلة",
    ),
    "tr": PageWords(
        "Türkçe",
        "Sorular ve yanıtlar",
        "Ara",
        "Uygun bir yanıt bulunamadı. Sohbetten bize yazın, ekibimizden biri yanıtlasın.",
        "Tüm soruları göster",
    ),
    "zh": PageWords(
        "中文", "常见问题", "搜索", "没有找到合适的答案。请在聊天中给我们留言，会有人回复您。", "显示所有问题"
    ),
    "kk": PageWords(
        "Қазақша",
        "Сұрақтар мен жауаптар",
        "Іздеу",
        "Сәйкес жауап табылмады. Бізге чатта жазыңыз, сізге адам жауап береді.",
        "Барлық сұрақтарды көрсету",
    ),
    "uk": PageWords(
        "Українська",
        "Запитання та відповіді",
        "Знайти",
        "Нічого відповідного немає. Напишіть нам у чат, і вам відповість людина.",
        "Показати всі запитання",
    ),
    "es": PageWords(
        "Español",
        "Preguntas y respuestas",
        "Buscar",
        "No hay nada que encaje. Escríbanos en el chat y le responderá una persona.",
        "Ver todas las preguntas",
    ),
    "pt": PageWords(
        "Português",
        "Perguntas e respostas",
        "Pesquisar",
        "Nada corresponde à pesquisa. Escreva para nós no chat e uma pessoa vai responder.",
        "Ver todas as perguntas",
    ),
    "fr": PageWords(
        "Français",
        "Questions et réponses",
        "Chercher",
        "Rien ne correspond. Écrivez-nous dans le chat et une personne vous répondra.",
        "Voir toutes les questions",
    ),
    "de": PageWords(
        "Deutsch",
        "Fragen und Antworten",
        "Suchen",
        "Dazu steht hier nichts. Schreiben Sie uns im Chat, und ein Mensch antwortet Ihnen.",
        "Alle Fragen zeigen",
    ),
    "hi": PageWords(
        "हिन्दी",
        "सवाल और जवाब",
        "खोजें",
        "इससे मेल खाता कुछ नहीं मिला। हमें चैट में लिखिए, हमारी टीम से कोई जवाब देगा।",
        "सभी सवाल दिखाएँ",
    ),
    "id": PageWords(
        "Bahasa Indonesia",
        "Tanya jawab",
        "Cari",
        "Tidak ada yang cocok. Tulis kepada kami di chat, nanti dibalas langsung oleh tim kami.",
        "Tampilkan semua pertanyaan",
    ),
}
