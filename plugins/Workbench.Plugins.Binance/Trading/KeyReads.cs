using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.Signing;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>What the key may do. The account says whether it may trade at all; the key's own restrictions stand in the wallet's interface, which the test networks do not have.</summary>
internal sealed class KeyReads(RestClient rest, ISigner signer, VenueEnvironment environment)
{
    private bool HasWallet => environment is VenueEnvironment.Live or VenueEnvironment.Simulator;

    public async Task<ReadResult<KeyRights>> RightsAsync(CancellationToken cancellationToken)
    {
        var query = new FormWriter().Add("omitZeroBalances"u8, "true"u8);
        var reply = await rest.SignedReadAsync("/api/v3/account", signer, query, RequestLane.Read, Costs.Account, cancellationToken).ConfigureAwait(false);
        var account = rest.Read(reply, "the account", r => JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.AccountJson));
        if (account.Error is { } error)
        {
            return error;
        }

        if (account.Value.CanTrade is not { } canTrade)
        {
            return ReplyErrors.Unreadable(reply, "the account");
        }

        return HasWallet ? await RestrictionsAsync(canTrade, cancellationToken).ConfigureAwait(false) : new KeyRights { CanTrade = canTrade };
    }

    private async Task<ReadResult<KeyRights>> RestrictionsAsync(bool accountCanTrade, CancellationToken cancellationToken)
    {
        var reply = await rest.SignedReadAsync("/sapi/v1/account/apiRestrictions", signer, new FormWriter(), RequestLane.Read, Costs.KeyRestrictions, cancellationToken).ConfigureAwait(false);
        var read = rest.Read(reply, "the key's rights", r => JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.KeyRestrictionsJson));
        return read switch
        {
            { Error: { } error } => error,
            { Value: { EnableSpotAndMarginTrading: { } canTrade, EnableWithdrawals: { } canWithdraw } key } => new KeyRights
            {
                CanTrade = accountCanTrade && canTrade,
                CanWithdraw = canWithdraw,
                IsAddressBound = key.IpRestrict,
                ExpiresAt = key.TradingAuthorityExpirationTime is { } end && VenueTimes.TryRead(end, out var at) ? at : null,
            },
            _ => ReplyErrors.Unreadable(reply, "the key's rights"),
        };
    }
}
