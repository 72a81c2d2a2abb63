using Workbench.Plugins.Bybit.Json;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Reads the fields of an answer in the spellings of all sockets; passes over everything else.</summary>
internal static class ControlReader
{
    public static void ReadField(ref JsonCursor cursor, ref ControlAnswer answer)
    {
        if (cursor.Is("op"u8))
        {
            answer.Operation = cursor.Text();
        }
        else if (cursor.Is("req_id"u8) || cursor.Is("reqId"u8))
        {
            answer.RequestId = cursor.Text();
        }
        else if (cursor.Is("success"u8))
        {
            answer.Success = cursor.Flag();
        }
        else if (cursor.Is("ret_msg"u8) || cursor.Is("retMsg"u8))
        {
            answer.Message = cursor.Text();
        }
        else if (cursor.Is("retCode"u8))
        {
            answer.Code = cursor.Integer();
        }
        else
        {
            cursor.Skip();
        }
    }
}
