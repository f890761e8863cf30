using System.Globalization;
using TreePush.Core.Configs;

namespace TreePush.Cli.Commands;

/// <summary>The number or share of targets that must be served for exit code 0.</summary>
internal readonly record struct SuccessGoal(double Value, bool IsShare)
{
    public static readonly SuccessGoal All = new(1, true);

    public static bool TryParse(string text, out SuccessGoal goal)
    {
        goal = All;
        if (text.EndsWith('%'))
        {
            bool valid = Quantity.TryShare(text, out double share);
            goal = new SuccessGoal(share, true);
            return valid;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)) return false;
        goal = new SuccessGoal(count, false);
        return true;
    }

    public bool IsMet(int succeeded, int targets) => succeeded >= (IsShare ? Math.Ceiling((Value * targets) - 1e-9) : Math.Min(Value, targets));
}
