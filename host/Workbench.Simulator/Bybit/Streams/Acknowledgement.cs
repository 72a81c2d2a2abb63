using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>Answers of the public and private sockets to control messages.</summary>
internal static class Acknowledgement
{
    public static byte[] Of(bool success, string message, string op, string connectionId, JsonElement requestId) =>
        BybitJson.Object(writer =>
        {
            writer.WriteBoolean("success", success);
            writer.WriteString("ret_msg", message);
            writer.WriteString("conn_id", connectionId);
            writer.WriteEcho("req_id", requestId);
            writer.WriteString("op", op);
        });
}
