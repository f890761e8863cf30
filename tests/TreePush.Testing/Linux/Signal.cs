namespace TreePush.Testing;

/// <summary>Signals by their Linux numbers.</summary>
public enum Signal
{
    /// <summary>The terminal has gone.</summary>
    Hangup = 1,

    /// <summary>^C.</summary>
    Interrupt = 2,

    /// <summary>Ends a process that cannot object.</summary>
    Kill = 9,

    /// <summary>Asks a process to end.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Halts a process that cannot object.</summary>
    Stop = 19,
}
