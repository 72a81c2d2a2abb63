namespace Workbench.Sdk.Tests.Values;

public sealed class IdTests
{
    /// <summary>Every id by its name, with how it is made and read.</summary>
    public static TheoryData<string, Func<string, object>, Func<object, string>, object> Ids => new()
    {
        { nameof(ConnectionId), s => new ConnectionId(s), i => ((ConnectionId)i).Value, default(ConnectionId) },
        { nameof(VenueId), s => new VenueId(s), i => ((VenueId)i).Value, default(VenueId) },
        { nameof(ClientOrderId), s => new ClientOrderId(s), i => ((ClientOrderId)i).Value, default(ClientOrderId) },
        { nameof(VenueOrderId), s => new VenueOrderId(s), i => ((VenueOrderId)i).Value, default(VenueOrderId) },
        { nameof(TradeId), s => new TradeId(s), i => ((TradeId)i).Value, default(TradeId) },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Ids))]
    public void Id_is_its_text_compared_ordinally(string name, Func<string, object> make, Func<object, string> read, object none)
    {
        (read(make("a1")), make("a1").ToString()).ShouldBe(("a1", "a1"), name);
        make("a1").ShouldBe(make("a1"));
        make("a1").GetHashCode().ShouldBe(make("a1").GetHashCode());
        make("a1").ShouldNotBe(make("A1"));
        (read(none), none.ToString()).ShouldBe(("", ""), name);
        none.ShouldNotBe(make("a1"));
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Ids))]
    public void Id_of_no_text_does_not_exist(string name, Func<string, object> make, Func<object, string> read, object none)
    {
        Should.Throw<ArgumentException>(() => make(""), name);
        Should.Throw<ArgumentException>(() => make(null!), name);
        _ = (read, none);
    }
}
