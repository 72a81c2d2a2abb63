using System.Collections.Frozen;

namespace Workbench.Plugins.Bybit.Errors;

/// <summary>Every code the venue documents, by what it means. A code that is in no row is <see cref="ErrorClass.Undocumented"/>.</summary>
internal static class ErrorTable
{
    // Answers to unified trading and spot orders, code by code. "170195" and "170196" warn that an order may not be filled without saying that it was refused.
    private static readonly FrozenDictionary<int, ErrorClass> ByCode = Rows(
        (ErrorClass.Request, [
            400, 404, 10001, 10017, 10029, 10404, 20006, 30133, 30134, 30135, 30136, 30208, 30209, 30228, 30256,
            110003, 110005, 110009, 110011, 110013, 110015, 110017, 110018, 110019, 110020, 110021, 110022, 110023, 110024, 110028, 110029,
            110031, 110032, 110033, 110034, 110035, 110036, 110037, 110038, 110039, 110040, 110041, 110042, 110046, 110047, 110048, 110049, 110050,
            110054, 110055, 110056, 110057, 110058, 110059, 110060, 110061, 110062, 110064, 110065, 110067, 110068, 110070, 110071, 110073, 110076,
            110077, 110078, 110082, 110083, 110085, 110086, 110087, 110089, 110090, 110092, 110093, 110094, 110096, 110098, 110099, 110100, 110101,
            110102, 110103, 110104, 110105, 110106, 110107, 110108, 110109, 110110, 110111, 110112, 110113, 110115, 110116, 110117, 110118, 110119,
            110120, 110121, 110131, 110135, 170010, 170011, 170019, 170034, 170037, 170105, 170115, 170116, 170117, 170130, 170132,
            170133, 170145, 170192, 170193, 170194, 170197, 170198, 170199, 170200,
            170201, 170202, 170203, 170204, 170207, 170210, 170216, 170217, 170218, 170221, 170227, 170228, 170229, 170311, 170312, 170313, 170341,
            170344, 170346, 170355, 170358, 170359, 170360, 170371, 170372, 170381, 170382, 170709, 170810, 3200403, 3400139]),
        (ErrorClass.MarketRule, [170121, 170124, 170134, 170135, 170136, 170137, 170140, 170148, 170149, 170157]),
        (ErrorClass.Authentication, [
            401, -2015, 33004, 10003, 10004, 10005, 10007, 10008, 10009, 10010, 10024, 10027, 10028, 100028, 110069, 110088, 110097, 110123, 110125, 110132,
            110136, 170036, 170209, 170219, 170224, 170241, 170348, 3100197]),
        (ErrorClass.ClockSkew, [10002]),
        (ErrorClass.Funds, [110004, 110006, 110007, 110012, 110014, 110044, 110045, 110051, 110052, 110053, 170033, 170131]),
        (ErrorClass.Duplicate, [10014, 110072, 170141]),
        (ErrorClass.NotOpen, [110001, 110008, 110010, 170139, 170142, 170143, 170190, 170213]),
        (ErrorClass.InProgress, [40004, 110079, 170035, 170144, 170150, 170191, 170212]),
        (ErrorClass.NoChange, [34040, 110025, 110026, 110027, 110043]),
        (ErrorClass.ClosedForNow, [
            110063, 110066, 110074, 110080, 110095, 110114, 110124, 110137, 170031, 170151, 170159, 170206, 170215, 170220, 170223, 170226, 170230]),
        (ErrorClass.RateLimited, [10006, 10403, 20003, 30035, 170005, 170222]),
        (ErrorClass.Overloaded, [429, 10429]),
        (ErrorClass.Banned, [403]),
        (ErrorClass.Ambiguous, [
            10000, 10016, 10019, 170001, 170007, 170032, 170146, 170147, 170195, 170196, 170234, 170310, 500000, 500001, 3400214]));

    // Families that belong to loans, transfers, earn, strategies, quotes, brokers and account settings.
    private static readonly (int First, int Last)[] ForeignFamilies =
    [
        (20096, 20096), (60061, 61010), (81007, 81007), (110300, 110399), (111008, 111008), (131001, 131299), (140001, 141099), (148001, 148099),
        (176002, 176299), (177002, 177099), (180000, 180099), (181000, 182299), (400000, 400199), (403001, 403099), (404001, 404099), (409011, 409099),
        (500010, 500099), (700000, 700099), (790000, 790099), (3100181, 3100181), (3100326, 3100326), (3200316, 3200320), (3200419, 3200699),
        (3400052, 3400071), (3400208, 3400213), (3401010, 3401010), (3500002, 3500499), (3777002, 3777099),
    ];

    /// <summary>What a <c>retCode</c> other than zero means.</summary>
    public static ErrorClass OfCode(int code)
    {
        if (ByCode.TryGetValue(code, out var found))
        {
            return found;
        }

        return Array.Exists(ForeignFamilies, f => code >= f.First && code <= f.Last) ? ErrorClass.Foreign : ErrorClass.Undocumented;
    }

    /// <summary>What an HTTP status means that came without a readable <c>retCode</c>.</summary>
    public static ErrorClass OfStatus(int status) => status switch
    {
        400 or 404 => ErrorClass.Request,
        401 => ErrorClass.Authentication,
        403 => ErrorClass.Blocked,
        429 => ErrorClass.Overloaded,
        >= 500 => ErrorClass.Ambiguous,
        _ => ErrorClass.Unreadable,
    };

    private static FrozenDictionary<int, ErrorClass> Rows(params (ErrorClass Class, int[] Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Select(code => KeyValuePair.Create(code, row.Class))).ToFrozenDictionary();
}
