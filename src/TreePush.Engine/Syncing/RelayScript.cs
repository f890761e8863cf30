using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>
/// Turns a host's shell into a relay, by two lines of POSIX shell. The first line looks for the relay and is replaced by
/// it. If the relay is missing, the first line reports that and reads the second line, which receives the relay on
/// standard input. Reports are lines on standard output that begin with a mark; <see cref="RelayReply"/> lists their
/// words. A start without placing runs few other programs: uname, ls, and openssl, which hashes twice as fast as
/// sha256sum. Its line is short, because shells read lines byte by byte.
/// </summary>
internal static class RelayScript
{
    /// <summary>Keeps the runtime from making files for debuggers in /tmp. It would leave them there when it is killed.</summary>
    private const string Quiet = "DOTNET_EnableDiagnostics=0";

    /// <summary>
    /// Variables: <c>h</c> is the hash of the relay under gzip, <c>f</c> the file's name, which contains <c>h</c>,
    /// <c>p</c> the hash of the program, <c>l</c> its loader, <c>z</c> and <c>r</c> its lengths under gzip and without,
    /// <c>d</c> the folder, <c>n</c> a newline, which separates the two lines of ls. <c>each</c> tries the folders in
    /// which a relay may be: <c>$XDG_CACHE_HOME</c>, the home's cache, <c>/var/tmp</c>, <c>/tmp</c>. <c>ours</c> checks
    /// that only the login can write to a folder: the login owns it, nobody else enters it, and in the directory above
    /// nobody else can replace it. A relay runs only if it has the right hash (<c>right</c>); otherwise it is placed
    /// again. A host without a program for SHA-256 therefore gets the relay in every run. The time of the empty file
    /// beside the relay is the time of its last use. Truncating the file sets its time without another program.
    /// </summary>
    private const string Find = """
        n=${IFS#??}; n=${n%"${n#?}"};
        say() { printf '%s\n' "$k $*"; };
        sum() { openssl dgst -sha256 <"$1" || sha256sum <"$1" || shasum -a 256 <"$1"; };
        right() { case $(sum "$1" 2>/dev/null) in *$p*) ;; *) return 1;; esac; };
        ours() { [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || return 1; q=$(ls -ldL "$1" "$1/.."); j=${q##*"$n"}; [ "$j" != "$q" ] || return 1; case $j in d???????-*|d????????[tT]*) ;; *) return 1;; esac; case $q in drwx------*) ;; *) chmod 700 "$1";; esac; };
        each() { case $XDG_CACHE_HOME in /*) "$1" "$XDG_CACHE_HOME" treepush && return;; esac; case $HOME in /*) "$1" "$HOME/.cache" treepush && return;; esac; i=$(id -u); "$1" /var/tmp "treepush-$i" || "$1" /tmp "treepush-$i"; };
        found() { [ -f "$1/$2/$f" ] && [ ! -L "$1/$2/$f" ] && [ -O "$1/$2/$f" ] && [ -x "$1/$2/$f" ] && ours "$1/$2" && right "$1/$2/$f" && d=$1/$2; };
        u=$(uname -sm); case $u in PLATFORMS *) say platform "$u"; exit 3;; esac;
        [ -e $l ] || { say loader $l; exit 3; };
        f=treepush-relay-$h;
        if each found 2>/dev/null; then say has $h "$SSH_CONNECTION"; else say absent $h "$SSH_CONNECTION"; IFS= read -r s || exit 3; eval "$s"; fi;
        { true >"$d/$f.used"; } 2>/dev/null;
        """;

    /// <summary>
    /// <c>near</c> asks the relays of other hosts at <c>a</c> for the program, with the request <c>y</c>, and accepts
    /// only bytes with the right hash. The compressed program is kept too, so that this host can pass it on. If
    /// <c>near</c> lacks a tool, such as bash or sha256sum, the controller sends the bytes. <c>check</c> tests whether a
    /// folder is writable, has room and allows programs to run, so that nothing is sent in vain. It prints the reason if
    /// not; <c>w</c> collects the reasons. A missing home is not created, only folders inside of an existing one. The
    /// relay gets its name only when it is complete, has shown that it can run here, and has flushed itself to the disk.
    /// </summary>
    private const string Placing = """
        roomy() { [ "${4:-$r}" -lt $(((r + z) / 1024 + 64)) ] 2>/dev/null || return 0; echo 'no room'; return 1; };
        check() { t=$1/$2/treepush-relay-$$.part;
        [ -d "$1" ] || { [ $2 = treepush ] && mkdir "$1"; } || return 1;
        [ -d "$1/$2" ] || mkdir "$1/$2" || return 1;
        ours "$1/$2" || { echo 'it belongs to another login, or others can write there'; return 1; };
        [ ! -d "$1/$2/$f" ] || { echo "$f is a directory there"; return 1; };
        printf '#!/bin/sh\n' >"$t" || return 1;
        chmod 700 "$t" && "$t" 2>/dev/null; q=$?; rm -f "$t"; [ $q = 0 ] || { echo 'programs may not be run from it (noexec?)'; return 1; };
        roomy $(df -Pk "$1/$2" 2>/dev/null | tail -n 1); };
        fits() { if q=$(exec 2>&1; check "$1" "$2"); then d=$1/$2; return 0; fi; q=${q##*: }; case $q in *'o room'|*'o space'*|*uota*) x=room;; esac; w="$w; $1/$2: ${q:-no such directory}"; return 1; };
        choose() { x=nowhere w=; each fits && return; say $x "${w#; }"; exit 3; };
        near() { for e in bash timeout sha256sum; do command -v $e >/dev/null || return 1; done; for e in $a; do timeout 3 bash -c ': <>"/dev/tcp/$0"' "$e" </dev/null && printf '%s\n' "$y" | timeout 60 bash -c 'read -r y && exec 3<>"/dev/tcp/$0" && printf "%s\n" "$y" >&3 && head -c $1 <&3' "$e" $z >"$t.gz" && case $(sha256sum <"$t.gz") in $h*) return 0;; esac; done; return 1; };
        fetch() { command -v gzip >/dev/null 2>&1 || { say plain $h; head -c $r >"$t"; return; }; (near) 2>/dev/null || { say gzip $h; head -c $z >"$t.gz"; }; gzip -dc <"$t.gz" >"$t"; };
        drop() { rm -f "$t" "$t.gz"; say "$@"; exit 3; };
        tidy() { cd "$d" || return; for o in $(find . -name 'treepush-relay-*.used' -mtime +30); do rm -f "$o" "${o%.used}" "${o%.used}.gz"; done; find . -name 'treepush-relay-*.part*' -mtime +1 -exec rm -f {} +; };
        m=$(umask); umask 077; choose; t=$d/$f.$$.part;
        fetch && [ $(wc -c <"$t") -eq $r ] && chmod 700 "$t" || drop unplaced;
        "$t" CHECK </dev/null >/dev/null || drop unusable $?;
        mv -f "$t.gz" "$d/$f.gz" 2>/dev/null; mv -f "$t" "$d/$f" || drop unplaced; umask $m; (tidy) 2>/dev/null; say placed
        """;

    /// <summary>
    /// The first line: reports <c>has</c> and becomes the relay, or reports <c>absent</c> and waits for
    /// <see cref="Place"/>.
    /// </summary>
    public static string Start(IEnumerable<RelayPackage> packages, bool sudo, string mark)
    {
        string platforms = string.Concat(packages.Select(p => $"'{p.Platform}') h={p.Hash} p={p.ProgramHash} l={p.Loader} z={p.CompressedLength} r={p.Length};; "));
        var script = new StringBuilder("k=").Append(mark).Append("; ").Append(OneLine(Find.Replace("PLATFORMS", platforms, StringComparison.Ordinal)));
        if (sudo) script.Append(" [ -O / ] || exec sudo -n -- env ").Append(Quiet).Append(" \"$d/$f\";");
        return script.Append(" export ").Append(Quiet).Append("; exec \"$d/$f\"").ToString();
    }

    /// <summary>
    /// The second line: asks for the bytes by <c>gzip</c> or <c>plain</c> if no other host sends them, then reports
    /// <c>placed</c>.
    /// </summary>
    /// <param name="peer">A host that has the relay; null if none is known.</param>
    public static string Place(RelayPeer? peer = null) =>
        $"a='{string.Join(' ', peer?.Places ?? [])}' y='{peer?.NewRequest()}'; {OneLine(Placing.Replace("CHECK", RelayGreeting.CheckArgument, StringComparison.Ordinal))}";

    private static string OneLine(string lines) => lines.ReplaceLineEndings(" ");
}
