#!/bin/sh
# The program as it is built by default is hardened, read off the binary itself: a
# position-independent executable, relocations read-only before it starts, a stack that
# cannot be run, canaries on the stack and checked copies. Only where readelf reads what
# the linker writes, and only for the build that promises it.
set -eu
file=$BACKSTEP
skip() {
    echo "skipped: $*"
    exit 0
}
command -v readelf >/dev/null 2>&1 || skip 'readelf is not installed'
readelf -h "$file" >/dev/null 2>&1 || skip 'the program is no ELF file'
case $file in
*/build/backstep) ;;
*) skip 'built for the sanitizers' ;;
esac
grep -q '^HARDEN_LDFLAGS := .*now' build/config-run.mk || skip 'this linker knows no such flags'

says() {
    readelf "$1" "$file" | grep -q "$2" || {
        echo "failed: the program has no $3" >&2
        exit 1
    }
}
says -h 'Type:.*DYN' 'position-independent code'
says -lW 'GNU_RELRO' 'read-only relocations'
says -d 'BIND_NOW\|Flags:.*NOW' 'binding at the start'
says -sW '__stack_chk_fail' 'canaries on the stack'
says -sW '_chk' 'checked copies'
if readelf -lW "$file" | grep 'GNU_STACK' | grep -q 'RWE'; then
    echo 'failed: the stack can be run' >&2
    exit 1
fi
