"""What the page of an order itself says, in the fourteen languages; its stages stand in `stage_titles`."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingWords:
    """own_name: of the language. way: above the stages. parcel: with `{number}`, where there are several.
    lines: above what was ordered; picks: above what the shop shows below. courier_page: where the courier
    tells more. missing, why_missing: where there is no such page."""

    own_name: str
    way: str
    expected: str
    parcel: str
    courier: str
    tracking: str
    courier_page: str
    lines: str
    picks: str
    missing: str
    why_missing: str


TRACKING_WORDS: Final = {
    "en": TrackingWords(
        own_name="English",
        way="Progress",
        expected="Expected",
        parcel="Parcel {number}",
        courier="Courier",
        tracking="Tracking number",
        courier_page="See the courier's page",
        lines="In this order",
        picks="From our shop",
        missing="Not found",
        why_missing="There is no order at this address. Please open the link from your chat again.",
    ),
    "ru": TrackingWords(
        own_name="Русский",
        way="Путь заказа",
        expected="Ожидаем доставку",
        parcel="Посылка {number}",
        courier="Служба доставки",
        tracking="Номер отправления",
        courier_page="Страница службы доставки",
        lines="В этом заказе",
        picks="Из нашего магазина",
        missing="Не найдено",
        why_missing="По этому адресу заказа нет. Откройте ссылку из чата ещё раз.",
    ),
    "ro": TrackingWords(
        own_name="Română",
        way="Drumul comenzii",
        expected="Sosire estimată",
        parcel="Coletul {number}",
        courier="Curier",
        tracking="Număr de urmărire",
        courier_page="Pagina curierului",
        lines="În această comandă",
        picks="Din magazinul nostru",
        missing="Nu există",
        why_missing="La această adresă nu este nicio comandă. Deschideți din nou linkul din chat.",
    ),
    "ar": TrackingWords(
        own_name="العربية",
        way="مسار الطلب",
        expected="الوصول المتوقع",
        parcel="الطرد {number}",
        courier="شركة الشحن",
        tracking="رقم التتبع",
        courier_page="صفحة شركة الشحن",
        lines="في هذا الطلب",
        picks="من متجرنا",
        missing="غير موجود",
        why_missing="لا يوجد طلب في هذا العنوان. الرابط الصحيح موجود في المحادثة.",
    ),
    "tr": TrackingWords(
        own_name="Türkçe",
        way="Siparişin yolculuğu",
        expected="Tahmini teslimat",
        parcel="Paket {number}",
        courier="Kargo",
        tracking="Takip numarası",
        courier_page="Kargo sayfası",
        lines="Bu siparişte",
        picks="Mağazamızdan",
        missing="Bulunamadı",
        why_missing="Bu adreste bir sipariş yok. Lütfen sohbetteki bağlantıyı yeniden açın.",
    ),
    "zh": TrackingWords(
        own_name="中文",
        way="订单进度",
        expected="预计送达",
        parcel="包裹 {number}",
        courier="快递",
        tracking="运单号",
        courier_page="查看快递页面",
        lines="订单商品",
        picks="本店精选",
        missing="未找到",
        why_missing="此地址没有对应的订单。请重新打开聊天中的链接。",
    ),
    "kk": TrackingWords(
        own_name="Қазақша",
        way="Тапсырыс жолы",
        expected="Күтілетін күні",
        parcel="{number}-сәлемдеме",
        courier="Жеткізу қызметі",
        tracking="Жөнелтім нөмірі",
        courier_page="Жеткізу қызметінің беті",
        lines="Осы тапсырыста",
        picks="Біздің дүкеннен",
        missing="Табылмады",
        why_missing="Бұл мекенжайда тапсырыс жоқ. Чаттағы сілтемені қайта ашыңыз.",
    ),
    "uk": TrackingWords(
        own_name="Українська",
        way="Шлях замовлення",
        expected="Очікуємо доставку",
        parcel="Посилка {number}",
        courier="Служба доставки",
        tracking="Номер відправлення",
        courier_page="Сторінка служби доставки",
        lines="У цьому замовленні",
        picks="З нашого магазину",
        missing="Не знайдено",
        why_missing="За цією адресою замовлення немає. Відкрийте посилання з чату ще раз.",
    ),
    "es": TrackingWords(
        own_name="Español",
        way="El camino del pedido",
        expected="Llegada prevista",
        parcel="Paquete {number}",
        courier="Transportista",
        tracking="Número de seguimiento",
        courier_page="Página del transportista",
        lines="En este pedido",
        picks="De nuestra tienda",
        missing="No encontrado",
        why_missing="En esta dirección no hay ningún pedido. El enlace correcto está en el chat.",
    ),
    "pt": TrackingWords(
        own_name="Português",
        way="O caminho do pedido",
        expected="Chegada prevista",
        parcel="Pacote {number}",
        courier="Transportadora",
        tracking="Código de rastreamento",
        courier_page="Página da transportadora",
        lines="Neste pedido",
        picks="Da nossa loja",
        missing="Não encontrado",
        why_missing="Não há nenhum pedido neste endereço. O link correto está na conversa.",
    ),
    "fr": TrackingWords(
        own_name="Français",
        way="Le trajet de la commande",
        expected="Arrivée prévue",
        parcel="Colis {number}",
        courier="Transporteur",
        tracking="Numéro de suivi",
        courier_page="Page du transporteur",
        lines="Dans cette commande",
        picks="Dans notre boutique",
        missing="Introuvable",
        why_missing="Il n’y a pas de commande à cette adresse. Le bon lien se trouve dans la conversation.",
    ),
    "de": TrackingWords(
        own_name="Deutsch",
        way="Der Weg der Bestellung",
        expected="Voraussichtlich da",
        parcel="Paket {number}",
        courier="Paketdienst",
        tracking="Sendungsnummer",
        courier_page="Zur Seite des Paketdienstes",
        lines="In dieser Bestellung",
        picks="Aus unserem Shop",
        missing="Nicht gefunden",
        why_missing="Unter dieser Adresse gibt es keine Bestellung. Der richtige Link steht im Chat.",
    ),
    "hi": TrackingWords(
        own_name="हिन्दी",
        way="ऑर्डर का सफ़र",
        expected="पहुँचने का अनुमान",
        parcel="पार्सल {number}",
        courier="कूरियर",
        tracking="ट्रैकिंग नंबर",
        courier_page="कूरियर का पेज देखें",
        lines="इस ऑर्डर में",
        picks="हमारी दुकान से",
        missing="नहीं मिला",
        why_missing="इस पते पर कोई ऑर्डर नहीं है। कृपया चैट वाला लिंक फिर से खोलें।",
    ),
    "id": TrackingWords(
        own_name="Bahasa Indonesia",
        way="Perjalanan pesanan",
        expected="Perkiraan tiba",
        parcel="Paket {number}",
        courier="Kurir",
        tracking="Nomor resi",
        courier_page="Lihat halaman kurir",
        lines="Dalam pesanan ini",
        picks="Dari toko kami",
        missing="Tidak ditemukan",
        why_missing="Tidak ada pesanan di alamat ini. Silakan buka lagi tautan dari obrolan.",
    ),
}
