namespace Workbench.Core.Health;

/// <summary>Why a connection takes no orders until somebody has looked at it.</summary>
internal enum HaltCause
{
    /// <summary>Its venue seems to have lost state.</summary>
    State,

    /// <summary>Its key may do more than it should, or what it may do is not known yet.</summary>
    Key,
}
