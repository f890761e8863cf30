using System.Text;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>
/// What takes a file in at a host, as one line of POSIX shell; the content follows on standard input. What it has to say are
/// lines on standard error behind a mark: <c>home</c> with the login's home, <c>want</c> when it waits for the content or <c>there</c>
/// when it has it already, and <c>hash</c> or <c>size</c> for what it has compared. The exit status comes last, as of any command.
/// </summary>
internal static class CopyScript
{
    public const string Home = "home", Want = "want", There = "there", Hashed = "hash", Sized = "size";

    /// <summary>
    /// <c>d</c> is the folder, <c>f</c> the file, <c>t</c> the temporary file, <c>x</c> the hash, <c>l</c> the length,
    /// <c>e</c> the mode or nothing, <c>a</c> whether to look first. The temporary file is new
    /// (<c>set -C</c>), so that no link leads its content elsewhere, and its name differs from attempt to attempt: one that was given up, and
    /// still lives, finds its own gone. A folder that can be written but not listed can't be flushed; that is no failure.
    /// </summary>
    private const string Body = """
        say() { printf '%s\n' "$k $*" >&2; };
        sum() { { sha256sum <"$1" || shasum -a 256 <"$1" || openssl dgst -sha256 <"$1"; } 2>/dev/null; };
        same() { v=size; [ -n "$x" ] || return 0; q=$(sum "$1"); case $q in *$x*) v=hash;; '') ;; *) return 1;; esac; };
        sized() { q=$(wc -c <"$1"); [ $q -eq $l ] 2>/dev/null; };
        flush() { sync "$1"; case $? in 0|126|127) ;; *) return 1;; esac; };
        place() {
        [ -d "$d" ] || (umask go-w; mkdir -p "$d") || return;
        [ ! -d "$f" ] || { echo 'a directory has this name' >&2; return 1; };
        if [ $a = 1 ] && [ -f "$f" ] && [ -r "$f" ] && sized "$f" && same "$f" && [ $v = hash ]; then flush "$f" && say there && say hash; return; fi;
        for o in "$d/.treepush-$i".*; do [ ! -f "$o" ] || rm -f "$o"; done;
        say want; set -C; [ -z "$e" ] || umask 077;
        cat >"$t" || return;
        sized "$t" || { echo "${q:-nothing} of $l bytes arrived" >&2; return 1; };
        same "$t" || { echo 'what arrived has another SHA-256' >&2; return 1; };
        [ -z "$e" ] || chmod "$e" "$t" || return;
        flush "$t" && mv -f "$t" "$f" || return;
        flush "$d" 2>/dev/null; say $v; };
        say home "$h"; place; s=$?; [ $s = 0 ] || rm -f "$t";
        """;

    /// <param name="attempt">Part of the temporary file's name, new for each attempt.</param>
    public static string Of(FileCopy file, string attempt, string mark)
    {
        bool isAbsolute = file.Folder.StartsWith('/');
        string mode = file.Mode is { } given ? Convert.ToString((int)given, 8) : "";
        var script = new StringBuilder(ShellWord.SetNewline).Append("; LC_ALL=C; export LC_ALL; ")
            .Append("case $HOME in /*) h=$HOME;; *) h=$(pwd);; esac; ")
            .Append("k='").Append(mark).Append("'; l=").Append(file.Length).Append("; x='").Append(Checked(file.Sha256 ?? "")).Append("'; i='").Append(Checked(file.Key)).Append("'; ")
            .Append("e=").Append(mode).Append("; a=").Append(file.AsksFirst && file.Sha256 is not null ? 1 : 0).Append("; ")
            .Append("d=").Append(isAbsolute ? "" : "${h%/}").Append(ShellWord.Quote(isAbsolute ? file.FullFolder("/") : file.FullFolder(""))).Append("; ")
            .Append("f=${d%/}/").Append(ShellWord.Quote(file.Name)).Append("; t=${d%/}/.treepush-$i.").Append(Checked(attempt)).Append("; ");
        return script.Append(Body.ReplaceLineEndings(" ")).Append(' ').Append(RemoteScript.Report(mark)).ToString();
    }

    private static string Checked(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? word
        : throw new ArgumentException($"'{word}' has more than letters, digits, '-' and '_'.", nameof(word));
}
