using System.Reflection;
using System.Reflection.Emit;

namespace TreePush.Engine.Tests.Layers;

/// <summary>Which namespaces a type uses: in its signatures, and in the code of its methods, as the assembly has them.</summary>
internal static class TypeUses
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    public static IReadOnlySet<string> Namespaces(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        foreach (var implemented in type.GetInterfaces()) Add(used, implemented);
        foreach (var field in type.GetFields(Own)) Add(used, field.FieldType);
        foreach (var method in type.GetMembers(Own).OfType<MethodBase>())
        {
            if (method is MethodInfo { ReturnType: var returned }) Add(used, returned);
            foreach (var parameter in method.GetParameters()) Add(used, parameter.ParameterType);
            if (method.GetMethodBody() is { } body) AddCode(used, method, body);
        }

        return used.Select(t => t.Namespace ?? "").ToHashSet();
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        if (type is null || !used.Add(type)) return;
        if (type.HasElementType) Add(used, type.GetElementType());
        if (type.IsGenericType)
            foreach (var argument in type.GetGenericArguments()) Add(used, argument);
    }

    private static void AddCode(HashSet<Type> used, MethodBase method, MethodBody body)
    {
        foreach (var local in body.LocalVariables) Add(used, local.LocalType);
        byte[] code = body.GetILAsByteArray()!;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xfe) value = (short)(0xfe00 | code[at++]);
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                AddMember(used, Resolve(method, BitConverter.ToInt32(code, at)));
            at += Size(operand, code, at);
        }
    }

    private static void AddMember(HashSet<Type> used, MemberInfo? member)
    {
        Add(used, member as Type ?? member?.DeclaringType);
        if (member is MethodInfo { IsGenericMethod: true } method)
            foreach (var argument in method.GetGenericArguments()) Add(used, argument);
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token, method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int Size(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
