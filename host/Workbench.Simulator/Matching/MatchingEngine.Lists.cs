namespace Workbench.Simulator.Matching;

/// <content>Lists of orders that depend on one another.</content>
internal sealed partial class MatchingEngine
{
    private long _lastListId;

    /// <summary>Places all orders of a list in one step, or none.</summary>
    public OrderListResult PlaceList(Account account, NewOrderList request)
    {
        var isPair = request.Contingency == Contingency.OneCancelsTheOther;
        if (!_books.TryGetValue(request.Orders[0].Symbol, out var book))
        {
            return new OrderListResult(null, Rejection.UnknownSymbol, 0);
        }

        for (var i = 0; i < request.Orders.Count; i++)
        {
            var isPending = !isPair && i > 0;
            var rejection = isPending ? Admission.CheckTerms(book, request.Orders[i]) : Admission.Check(account, book, request.Orders[i]);
            if (rejection != Rejection.None)
            {
                return new OrderListResult(null, rejection, i);
            }
        }

        if (!IsWellFormed(request))
        {
            return new OrderListResult(null, Rejection.InvalidTerms);
        }

        Begin();
        var list = Accept(account, book, request, isPair);

        // Those that wait come first: what the others trade may end or trigger them.
        list.Orders.FindAll(o => o.Status == OrderStatus.Untriggered).ForEach(Enter);
        list.Orders.FindAll(o => o.Status == OrderStatus.New).ForEach(EnterIfOpen);
        End();
        return new OrderListResult(list, Rejection.None);
    }

    // An order of a pair may have ended the other before its turn.
    private void EnterIfOpen(Order order)
    {
        if (order.IsOpen)
        {
            Enter(order);
        }
    }

    private static bool IsWellFormed(NewOrderList request)
    {
        var expected = request.Contingency == Contingency.OneTriggersAPair ? 3 : 2;
        if (request.Orders.Count != expected || request.Orders.Any(o => o.Symbol != request.Orders[0].Symbol))
        {
            return false;
        }

        // Both orders of a pair spend the same balance once.
        return request.Contingency == Contingency.OneTriggersTheOther || request.Orders[^1].Side == request.Orders[^2].Side;
    }

    private OrderList Accept(Account account, OrderBook book, NewOrderList request, bool isPair)
    {
        var list = new OrderList
        {
            Id = ++_lastListId,
            Contingency = request.Contingency,
            Account = account,
            Book = book,
            ClientId = request.ClientId,
            PendingTakesProceeds = request.PendingTakesProceeds,
            CreatedMicros = NowMicros,
            Tag = request.Tag,
        };
        for (var i = 0; i < request.Orders.Count; i++)
        {
            var terms = request.Orders[i];
            var status = !isPair && i > 0 ? OrderStatus.Pending : terms.Trigger is null ? OrderStatus.New : OrderStatus.Untriggered;
            var order = Create(account, book, terms, status);
            order.List = list;
            list.Orders.Add(order);
        }

        if (request.Contingency != Contingency.OneTriggersTheOther)
        {
            (list.Orders[^1].Contra, list.Orders[^2].Contra) = (list.Orders[^2], list.Orders[^1]);
        }

        account.Remember(list);
        foreach (var order in list.Orders)
        {
            Accept(order);
        }

        _step.Emit(OrderListEventKind.Started, list, NowMicros);
        return list;
    }
}
