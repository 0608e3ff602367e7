"""The use cases of the shop beside the chat, each made when it is used first: carts, orders, returns."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.ports.queues import DueStore
    from chalicelib.ports.threads import ThreadStore
    from chalicelib.services.sending.find_way import FindWay
    from chalicelib.services.sending.intend import Intend
    from chalicelib.services.sending.judge import Judge
    from chalicelib.services.sending.know_cart import KnowCart
    from chalicelib.services.shops.beside_thread import BesideThread
    from chalicelib.services.shops.cart_report import ReportCarts
    from chalicelib.services.shops.cart_settings import CheckCartTemplates
    from chalicelib.services.shops.catalogue_orders import TakeCatalogueOrders
    from chalicelib.services.shops.hear_shop import HearShop
    from chalicelib.services.shops.mind_cart import MindCarts
    from chalicelib.services.shops.mind_order import MindOrders
    from chalicelib.services.shops.open_return import OpenReturn
    from chalicelib.services.shops.order_desk import OrderDesk
    from chalicelib.services.shops.order_overtaken import OrderOvertaken
    from chalicelib.services.shops.order_settings import CheckOrderTemplates
    from chalicelib.services.shops.return_desk import ReturnDesk
    from chalicelib.services.shops.return_report import ReportReturns
    from chalicelib.services.shops.returns import Returns
    from chalicelib.services.shops.tell_return import TellReturns
    from chalicelib.services.shops.who_buys import WhoBuys
    from chalicelib.services.shops.wishes import ForgetShops
    from functions.wiring import Wiring


class ShopWork:
    """Put together from the wiring's stores and what every use case has in common, which `Work` makes."""

    _wiring: Wiring
    _judge: Judge
    threads: ThreadStore
    dues: DueStore
    intend: Intend

    @cached_property
    def mind_order(self) -> MindOrders:
        """Of use to orders alone."""
        from chalicelib.services.shops.mind_order import MindOrders
        from chalicelib.services.shops.update_letters import UpdateLetters

        wiring = self._wiring
        letters = UpdateLetters(wiring.templates, wiring.channel, wiring.order_page)
        return MindOrders(
            wiring.commerce, wiring.shops, wiring.people, self.threads, self.dues, letters, self.intend
        )

    @cached_property
    def tell_return(self) -> TellReturns:
        from chalicelib.services.shops.return_letters import ReturnLetters
        from chalicelib.services.shops.tell_return import TellReturns

        letters = ReturnLetters(self.threads, self._wiring.shops, self.intend)
        return TellReturns(self._wiring.returns, self.threads, self.dues, letters)

    @cached_property
    def open_return(self) -> OpenReturn:
        from chalicelib.services.shops.open_return import OpenReturn

        wiring = self._wiring
        return OpenReturn(
            wiring.returns, wiring.commerce, self.threads, wiring.shops, wiring.people, self.tell_return
        )

    @cached_property
    def returns(self) -> Returns:
        from chalicelib.services.shops.returns import Returns

        wiring = self._wiring
        return Returns(wiring.returns, wiring.commerce, wiring.shops, self.tell_return)

    @cached_property
    def report_returns(self) -> ReportReturns:
        from chalicelib.services.shops.return_report import ReportReturns

        return ReportReturns(self._wiring.returns)

    @cached_property
    def order_desk(self) -> OrderDesk:
        from chalicelib.services.shops.live_orders import LiveOrders
        from chalicelib.services.shops.order_desk import OrderDesk

        wiring = self._wiring
        live = LiveOrders(wiring.commerce, wiring.shops, wiring.shop_system_or_none, wiring.order_page)
        return OrderDesk(wiring.commerce, self.threads, live)

    @cached_property
    def return_desk(self) -> ReturnDesk:
        from chalicelib.services.shops.return_desk import ReturnDesk

        return ReturnDesk(self.order_desk, self._wiring.returns, lambda: self.open_return)

    @cached_property
    def beside_thread(self) -> BesideThread:
        from chalicelib.services.shops.beside_thread import BesideThread

        wiring = self._wiring
        return BesideThread(wiring.people, self.threads, wiring.commerce, self.returns.of_shoppers)

    @cached_property
    def who_buys(self) -> WhoBuys:
        from chalicelib.services.shops.who_buys import WhoBuys

        wiring = self._wiring
        return WhoBuys(self.threads, wiring.people, wiring.links, wiring.commerce, wiring.shops)

    @cached_property
    def hear_shop(self) -> HearShop:
        """Of use to what shops tell alone."""
        from chalicelib.services.shops.hear_shop import HearShop
        from chalicelib.services.shops.opt_ins import NoteOptIns
        from chalicelib.services.shops.wishes import BuyerWishes, LeaveShop

        wiring = self._wiring
        return HearShop(
            wiring.commerce,
            self.who_buys,
            wiring.shops,
            wiring.outbox,
            BuyerWishes(wiring.commerce, self.who_buys, wiring.shops, self.threads),
            LeaveShop(wiring.shops, self.dues, wiring.outbox),
            wiring.is_shop_system,
            NoteOptIns(wiring.consents),
        )

    @cached_property
    def take_catalogue_order(self) -> TakeCatalogueOrders:
        """Of use to those who order in the chat alone."""
        from chalicelib.services.shops.catalogue_orders import TakeCatalogueOrders

        wiring = self._wiring
        return TakeCatalogueOrders(
            wiring.shops, wiring.shop_system_or_none, lambda: self.hear_shop, self.intend
        )

    @cached_property
    def forget_shop(self) -> ForgetShops:
        from chalicelib.services.shops.wishes import ForgetShops

        wiring = self._wiring
        return ForgetShops(
            wiring.commerce, self.threads, wiring.shops, self.dues, wiring.outbox, time.monotonic
        )

    @cached_property
    def know_cart(self) -> KnowCart:
        from chalicelib.services.sending.know_cart import KnowCart

        wiring = self._wiring
        return KnowCart(wiring.commerce, wiring.people, self.threads, wiring.shops)

    @cached_property
    def check_cart_templates(self) -> CheckCartTemplates:
        from chalicelib.services.shops.cart_settings import CheckCartTemplates

        return CheckCartTemplates(self._wiring.templates)

    @cached_property
    def report_carts(self) -> ReportCarts:
        from chalicelib.services.shops.cart_report import ReportCarts

        return ReportCarts(self._wiring.commerce)

    @cached_property
    def mind_cart(self) -> MindCarts:
        """Of use to carts alone."""
        from chalicelib.services.shops.follow_cart import FollowCart
        from chalicelib.services.shops.mind_cart import MindCarts
        from chalicelib.services.shops.remind import FindReminder

        wiring, store = self._wiring, self._wiring.commerce
        return MindCarts(
            store,
            wiring.shops,
            self.dues,
            self.know_cart,
            FollowCart(store, self.threads),
            FindReminder(self.find_way, wiring.templates),
            self.intend,
            self.who_buys.of_cart,
        )

    @cached_property
    def find_way(self) -> FindWay:
        """Of use to carts and campaigns."""
        from chalicelib.services.sending.find_way import FindWay

        wiring = self._wiring
        return FindWay(self.threads, wiring.shops, wiring.consents, self._judge, wiring.channel)

    @cached_property
    def check_order_templates(self) -> CheckOrderTemplates:
        from chalicelib.services.shops.order_settings import CheckOrderTemplates

        return CheckOrderTemplates(self._wiring.templates)

    @cached_property
    def order_overtaken(self) -> OrderOvertaken:
        from chalicelib.services.shops.order_overtaken import OrderOvertaken

        return OrderOvertaken(self._wiring.commerce, self.threads)
