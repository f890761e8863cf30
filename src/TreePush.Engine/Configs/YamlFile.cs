using TreePush.Core.Configs;
using TreePush.Core.Hosts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TreePush.Engine.Configs;

/// <summary>
/// Reads YAML into nodes with their lines. Of YAML it takes maps, lists and plain values. Anchors and tags, with which a small
/// file can become a very large one, are refused.
/// </summary>
public static class YamlFile
{
    private const int MostDepth = 20;

    /// <returns>The file's map, or null and what is wrong.</returns>
    public static (ConfigMap? Map, IReadOnlyList<Problem> Problems) Read(string file, string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _)) return (null, [new Problem(file, "the file is empty")]);
            var node = ReadNode(parser, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _)) return (null, [new Problem($"{file}:{parser.Current!.Start.Line}", "there is more than one document")]);
            return node is ConfigMap map ? (map, []) : (null, [new Problem($"{file}:{node.Line}", "the file is not a map of keys and values", "for example: rules:")]);
        }
        catch (YamlException e)
        {
            return (null, [new Problem($"{file}:{e.Start.Line}:{e.Start.Column}", "this is not YAML: " + DisplayText.Line(e.InnerException?.Message ?? e.Message))]);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The library throws these, too, for some texts that are not YAML.
            return (null, [new Problem(file, "this is not YAML")]);
        }
    }

    private static ConfigNode ReadNode(Parser parser, int depth)
    {
        var start = parser.Current ?? throw new YamlException("the file ends too early");
        int line = (int)start.Start.Line;
        if (depth > MostDepth) throw new YamlException(start.Start, start.End, "values are nested too deeply");
        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false }) throw new YamlException(start.Start, start.End, "anchors and aliases are not supported");
        if (start is NodeEvent { Tag.IsEmpty: false }) throw new YamlException(start.Start, start.End, "tags are not supported");
        if (parser.TryConsume<Scalar>(out var scalar)) return new ConfigText(line, IsNull(scalar) ? null : scalar.Value);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, depth + 1));
            return new ConfigList(line, items);
        }

        parser.Consume<MappingStart>();
        var entries = new List<ConfigEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            entries.Add(new ConfigEntry((int)key.Start.Line, key.Value, ReadNode(parser, depth + 1)));
        }

        return new ConfigMap(line, entries);
    }

    private static bool IsNull(Scalar scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is ("" or "~" or "null");
}
