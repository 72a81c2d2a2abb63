using System.Globalization;
using System.Text.Json;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Trading;

/// <summary>Reads <c>/v5/user/query-api</c>: what the key may do in the spot category.</summary>
internal struct KeyRow
{
    private const string AnyAddress = "*";
    private const string SpotTrading = "SpotTrade";
    private const string Withdrawal = "Withdraw";

    private bool? _isReadOnly;
    private bool _hasPermissions;
    private bool _tradesSpot;
    private bool _withdraws;
    private bool? _isAddressBound;
    private Timestamp? _expiresAt;

    /// <summary>The rights, or why the answer cannot be understood. What is not said about permissions is not guessed.</summary>
    public static ReadResult<KeyRights> Read(ReadOnlySpan<byte> result)
    {
        try
        {
            var cursor = new JsonCursor(result);
            var row = default(KeyRow);
            if (cursor.EnterObject())
            {
                row.ReadFields(ref cursor);
            }

            return row is { _isReadOnly: { } isReadOnly, _hasPermissions: true } && cursor.Problem is null
                ? new KeyRights { CanTrade = !isReadOnly && row._tradesSpot, CanWithdraw = !isReadOnly && row._withdraws, IsAddressBound = row._isAddressBound, ExpiresAt = row._expiresAt }
                : Unreadable();
        }
        catch (JsonException)
        {
            return Unreadable();
        }
    }

    private static VenueError Unreadable() => new(VenueErrorKind.BadResponse, "The venue's answer about the key cannot be understood.");

    private void ReadFields(ref JsonCursor cursor)
    {
        while (cursor.NextField())
        {
            if (cursor.Is("readOnly"u8))
            {
                _isReadOnly = cursor.Integer() switch { 0 => false, null => null, _ => true };
            }
            else if (cursor.Is("permissions"u8) && cursor.EnterObject())
            {
                ReadPermissions(ref cursor);
            }
            else if (cursor.Is("ips"u8) && cursor.EnterArray())
            {
                ReadAddresses(ref cursor);
            }
            else if (cursor.Is("expiredAt"u8))
            {
                _expiresAt = End(cursor.Text());
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    private void ReadPermissions(ref JsonCursor cursor)
    {
        _hasPermissions = true;
        while (cursor.NextField())
        {
            var (isSpot, isWallet) = (cursor.Is("Spot"u8), cursor.Is("Wallet"u8));
            if (!cursor.EnterArray())
            {
                continue;
            }

            while (cursor.NextText(out var permission))
            {
                _tradesSpot |= isSpot && permission == SpotTrading;
                _withdraws |= isWallet && permission == Withdrawal;
            }
        }
    }

    private void ReadAddresses(ref JsonCursor cursor)
    {
        var any = false;
        var count = 0;
        while (cursor.NextText(out var address))
        {
            any |= address == AnyAddress;
            count++;
        }

        _isAddressBound = count > 0 && !any;
    }

    // A key that is bound to addresses has no end; the venue then writes the beginning of its calendar.
    private static Timestamp? End(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) && end.Year > 2000
            ? Timestamp.FromUnixMilliseconds(end.ToUnixTimeMilliseconds())
            : null;
}
