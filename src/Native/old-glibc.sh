#!/bin/sh
# Makes programs that are linked on a system with a new glibc run on systems with an old one, down to 2.17.
#
#   old-glibc.sh make DIR COMPILER  creates the libraries to link with, and wrappers.o, in DIR
#   old-glibc.sh check PROGRAM      fails if the program needs a glibc newer than 2.17
#
# Since 2.34, libpthread, libdl and librt are part of libc, and their symbols have the version 2.34. A program that is
# linked there needs 2.34, although the functions have not changed in twenty years. The program is therefore linked with
# stub libraries that have the old names and versions. Where it runs, it finds the real libraries under these names.
set -eu

# soname, symbol, version on x86-64; on aarch64, every version is 2.17, glibc's first release there
symbols='
libpthread.so.0 pthread_attr_getstack 2.2.5
libpthread.so.0 pthread_attr_setstacksize 2.2.5
libpthread.so.0 pthread_condattr_setclock 2.3.3
libpthread.so.0 pthread_create 2.2.5
libpthread.so.0 pthread_getattr_np 2.2.5
libpthread.so.0 pthread_key_create 2.2.5
libpthread.so.0 pthread_kill 2.2.5
libpthread.so.0 pthread_mutexattr_destroy 2.2.5
libpthread.so.0 pthread_mutexattr_init 2.2.5
libpthread.so.0 pthread_mutexattr_settype 2.2.5
libpthread.so.0 pthread_once 2.2.5
libpthread.so.0 pthread_rwlock_rdlock 2.2.5
libpthread.so.0 pthread_rwlock_unlock 2.2.5
libpthread.so.0 pthread_rwlock_wrlock 2.2.5
libpthread.so.0 pthread_setname_np 2.12
libpthread.so.0 pthread_setspecific 2.2.5
libpthread.so.0 pthread_sigmask 2.2.5
libdl.so.2 dladdr 2.2.5
libdl.so.2 dlclose 2.2.5
libdl.so.2 dlerror 2.2.5
libdl.so.2 dlopen 2.2.5
libdl.so.2 dlsym 2.2.5
librt.so.1 shm_open 2.2.5
librt.so.1 shm_unlink 2.2.5
'

make_libraries() {
  case $("$cc" -dumpmachine) in aarch64*) symbols=$(echo "$symbols" | sed 's/ [0-9.]*$/ 2.17/') ;; esac
  for soname in $(echo "$symbols" | cut -d' ' -f1 | sort -u); do
    of_library=$(echo "$symbols" | grep "^$soname ")
    echo "$of_library" | while read -r _ symbol version; do
      printf '.globl old_%s\n.type old_%s, %%function\nold_%s: ret\n.symver old_%s, %s@@GLIBC_%s\n' \
        "$symbol" "$symbol" "$symbol" "$symbol" "$symbol" "$version"
    done > "$1/$soname.s"
    echo '.section .note.GNU-stack,"",%progbits' >> "$1/$soname.s"
    echo "$of_library" | cut -d' ' -f3 | sort -u | sed 's/.*/GLIBC_& { };/' > "$1/$soname.map"
    "$cc" -shared -nostdlib "-Wl,-soname,$soname" "-Wl,--version-script,$1/$soname.map" -o "$1/$soname" "$1/$soname.s"
  done
}

# Wrappers for functions that exist in an old and a new version. The old __libc_start_main calls the initializer that it is
# given; the new one finds the initializers in the program, and its caller passes none. The old pow, log and log2 are a
# little slower.
make_wrappers() {
  "$cc" -O2 -fPIC -fno-builtin -c -o "$1/wrappers.o" -x c - <<'C'
#ifdef __aarch64__
#define OLDEST "@GLIBC_2.17"
#else
#define OLDEST "@GLIBC_2.2.5"
#endif
#define OLD(name) __asm__(".symver old_" #name ", " #name OLDEST)
typedef void initializer(int, char **, char **);
extern initializer *__init_array_start[], *__init_array_end[];

OLD(__libc_start_main);
extern int old___libc_start_main(int (*)(int, char **, char **), int, char **, initializer *, void (*)(void), void (*)(void), void *);

static void initialize(int count, char **arguments, char **environment)
{
    for (initializer **each = __init_array_start; each < __init_array_end; each++) (*each)(count, arguments, environment);
}

int __wrap___libc_start_main(int (*main)(int, char **, char **), int count, char **arguments, initializer *init,
    void (*finish)(void), void (*finish_loader)(void), void *stack_end)
{
    return old___libc_start_main(main, count, arguments, init ? init : initialize, finish, finish_loader, stack_end);
}

OLD(pow);
extern double old_pow(double, double);
double __wrap_pow(double x, double y) { return old_pow(x, y); }

OLD(log);
extern double old_log(double);
double __wrap_log(double x) { return old_log(x); }

OLD(log2);
extern double old_log2(double);
double __wrap_log2(double x) { return old_log2(x); }
C
}

check() {
  newer=$(readelf -W --dyn-syms "$1" | sed -n 's/.* UND \([^@]*\)@GLIBC_\(2\.[0-9.]*\).*/\2 \1/p' | sort -V | awk '{ split($1, v, "."); if (v[2] > 17) print $2 " of " $1 }')
  [ -z "$newer" ] || {
    echo "error: $1 needs a glibc newer than 2.17:" $newer >&2
    echo "hint: name the symbol and its old version in $0" >&2
    exit 1
  }
}

case $1 in
  make) cc=$3 && mkdir -p "$2" && make_libraries "$2" && make_wrappers "$2" ;;
  check) check "$2" ;;
esac
