using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Compares what was asked for, what is sent, and what an answer speaks about.</summary>
internal static class Preparation
{
    /// <summary>How a prepared order differs from its request in a way it must not, or null.</summary>
    public static string? Mismatch(Order asked, NewOrder prepared)
    {
        var request = asked.Request;
        return prepared switch
        {
            _ when prepared.ClientOrderId != asked.Id => $"it carries the id {prepared.ClientOrderId}",
            _ when prepared.Instrument.Symbol != request.Symbol => $"it is for {prepared.Instrument.Symbol} instead of {request.Symbol}",
            _ when prepared.Side != request.Side || prepared.Type != request.Type => $"it is a {prepared.Type} {prepared.Side} instead of a {request.Type} {request.Side}",
            _ when prepared.Quantity.IsZero || prepared.Quantity > request.Quantity => $"its quantity is {prepared.Quantity} and {request.Quantity} was asked for",
            _ when prepared.LimitPrice is null != request.LimitPrice is null => "only one of it and its request has a limit price",
            _ when prepared.StopPrice is null != request.StopPrice is null => "only one of it and its request has a stop price",
            _ when prepared.TimeInForce != request.TimeInForce || prepared.ExpiresAt != request.ExpiresAt => "it may work for another time than its request",
            _ when request.PostOnly && !prepared.PostOnly => "it is not post-only",
            _ when request.ReduceOnly && !prepared.ReduceOnly => "it is not reduce-only",
            _ => null,
        };
    }

    /// <summary>How a venue's word shows that it is about another order, or null.</summary>
    public static string? MixUp(Order ours, OrderReport report) => report switch
    {
        _ when report.ClientOrderId is { } id && id != ours.Id => $"it carries the id {id}",
        _ when report.Symbol != ours.Request.Symbol => $"it is for {report.Symbol}",
        _ when report.Side is { } side && side != ours.Request.Side => $"it is a {side}",
        _ when report.Quantity is { } quantity && quantity != ours.Quantity => $"its quantity is {quantity}",
        _ => null,
    };
}
