#!/usr/bin/env bash
# Builds a package for Debian-like systems with Debian's own tools.
# usage: packaging/deb.sh FOLDER VERSION RUNTIME OUT    FOLDER has the contents of the archive for RUNTIME; OUT is the folder of the package
set -euo pipefail
umask 022
folder=$1 version=$2 runtime=$3 out=$4
maintainer='TreePush contributors <maintainers@treepush.invalid>'

case $runtime in
  linux-x64) architecture=amd64 ;;
  linux-arm64) architecture=arm64 ;;
  *) echo "deb.sh: no Debian architecture is known for $runtime" >&2; exit 2 ;;
esac

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
share=$root/usr/share

# The libraries that the executable is linked with: only libc for machine code, two more for one file with .NET in it.
needs() { readelf -d "$folder/treepush" | grep -q "(NEEDED).*\[$1"; }
glibc=$(readelf -W --dyn-syms "$folder/treepush" | grep -o '@GLIBC_2[0-9.]*' | sort -Vu | tail -n 1 | cut -d_ -f2)
depends="libc6 (>= $glibc)"
! needs libgcc_s.so.1 || depends="$depends, libgcc-s1"
! needs libstdc++.so.6 || depends="$depends, libstdc++6"

# put MODE FROM TO
put() { install -D -m "$1" "$2" "$root/$3"; }

put 755 "$folder/treepush" usr/bin/treepush
put 644 "$folder/treepush.1" usr/share/man/man1/treepush.1
put 644 "$folder/completions/treepush.bash" usr/share/bash-completion/completions/treepush
put 644 "$folder/completions/_treepush" usr/share/zsh/vendor-completions/_treepush
put 644 "$folder/completions/treepush.fish" usr/share/fish/vendor_completions.d/treepush.fish
put 644 "$folder/README.md" usr/share/doc/treepush/README.md
put 644 "$folder/DOTNET-NOTICES.txt" usr/share/doc/treepush/DOTNET-NOTICES.txt

{
  cat "$folder/LICENSE"
  printf '\nWhat the executable holds of others:\n\n'
  cat "$folder/THIRD-PARTY.md"
  printf '\nThe text of the Apache licence 2.0 is in /usr/share/common-licenses/Apache-2.0.\n'
} >"$share/doc/treepush/copyright"

cat >"$share/doc/treepush/changelog" <<CHANGELOG
treepush ($version) unstable; urgency=medium

  * TreePush $version.

 -- $maintainer  $(date -R -u -d "@$SOURCE_DATE_EPOCH")
CHANGELOG
gzip -9n "$share/man/man1/treepush.1" "$share/doc/treepush/changelog"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

mkdir "$root/DEBIAN"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$root/DEBIAN/md5sums"
# libssl is for the relay: a sync from this machine runs a relay on it.
cat >"$root/DEBIAN/control" <<CONTROL
Package: treepush
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends, libssl3t64 | libssl3 | libssl1.1, openssh-client
Section: net
Priority: optional
Description: bring files to many servers in the time it takes to bring them to a few
 Every server that has received the files passes them on, so the number of
 copies grows exponentially. TreePush runs a command of yours (rsync, scp, a
 script) on whichever host has the files, or syncs a directory to all hosts by
 a small relay that it places over ssh and that passes every piece on as soon
 as it has arrived. Nothing needs to be installed on the servers.
CONTROL
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums"
dpkg-deb --build --root-owner-group -Zxz "$root" "$out/treepush_${version}_$architecture.deb" >/dev/null
