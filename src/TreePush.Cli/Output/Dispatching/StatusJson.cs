using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Dispatching;

namespace TreePush.Cli.Output.Dispatching;

/// <summary>The state of a package as a line of JSON (docs/events.md).</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PackageStatus))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    private static StatusJson? _readable;

    private static StatusJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(Package package)
    {
        var hosts = package.Deliveries.Values.OrderBy(d => d.Host)
            .Select(d => new HostStatus(d.Host.Value, Word(d.State), d.Since, d.Attempts, d.Delivered?.Path, d.Failure?.Message, d.Failure?.Hint)).ToList();
        return JsonSerializer.Serialize(new PackageStatus(package.Id, package.Name, Word(package.State), package.Arrival.Rule, package.Arrival.Size, package.Arrival.Sha256, package.Arrival.Time, hosts), Readable.PackageStatus);
    }

    private static string Word(PackageState state) => state.ToString().ToLowerInvariant();
}
