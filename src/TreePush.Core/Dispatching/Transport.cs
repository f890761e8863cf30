namespace TreePush.Core.Dispatching;

/// <summary>How a package gets to a host.</summary>
public enum Transport
{
    /// <summary>Over ssh; over FTP where no ssh server answers.</summary>
    Auto,

    /// <summary>Over ssh alone.</summary>
    Ssh,

    /// <summary>Over FTP, encrypted if the server can.</summary>
    Ftp,

    /// <summary>Over FTP with TLS and a valid certificate, or not at all.</summary>
    Ftps,
}
