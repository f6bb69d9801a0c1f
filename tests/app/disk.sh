#!/bin/sh
# A disk that does not take what is written: whatever is written where, the error names the
# file and the cause, the old file stays, and nothing is left beside it.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh
cp "$BACKSTEP" "$work/backstep" # where other users may run it
chmod 755 "$work" "$work/backstep"
cd "$work" || exit 1
mkdir full && cd full || exit 1
printf 'net 2 2\ntitle A scene\nsay One\npause\n' >../s.scene

../backstep run -e 'net 1 1; save -' >../old # 'save' overwrites nothing else

# same FILE WHAT: it is the old one, and alone
same() {
    cmp -s "$1" ../old || fail "$2: the old file is gone"
    [ "$(find . -type f | wc -l)" -eq "${3:-1}" ] || fail "$2 leaves: $(ls -a)"
}
# Everything that writes a file: the arguments of the program, FILE for its name.
writers() {
    printf 'run -e "net 2 2; save FILE"\n'
    "$BACKSTEP" run -e 'export nothing x' 2>&1 | sed 's/.*choose one of //; s/,//g' | tr ' ' '\n' |
        while read -r format; do
            printf 'run -e "net 2 2; export %s FILE"\n' "$format"
            printf 'run -e "net 2 2; export %s W0 FILE"\n' "$format"
        done
    for format in text ansi svg html cast; do
        printf 'render --format %s ../s.scene -o FILE\n' "$format"
    done
    printf 'worksheet ../s.scene -o FILE\nfmt ../s.scene -o FILE\n'
}
writers >../writers
count=0
while read -r line; do
    ending=$(expr "$line" : '.*export \([a-z]*\)')
    file=made.${ending:-x}
    [ "$ending" = frame ] && file=made.svg
    case $line in worksheet*) file=made.md ;; esac
    arguments=$(printf '%s' "$line" | sed "s/FILE/$file/")
    eval "../backstep $arguments" >out 2>err </dev/null || { rm -f out err "$file"; continue; }
    rm -f out err
    count=$((count + 1))
    cp ../old "$file"
    (
        trap '' XFSZ
        ulimit -f 0
        eval "../backstep $arguments" 2>&1 >/dev/null </dev/null && echo 'it is done'
    ) | cat >../err
    same "$file" "$line"
    grep -q "cannot write '.*$file': File too large" ../err || fail "$line says: $(cat ../err)"
    grep -q 'it is done' ../err && fail "a full disk is no error: $line"
    rm "$file"
done <../writers
[ $count -gt 15 ] || fail "only $count ways to write a file were found"

# Killed while it writes: what is left goes when the file is written next.
cp ../old net
( ulimit -f 0; ../backstep run -e 'save net' ) 2>/dev/null
same net 'a killed one' 2
../backstep run -e 'save net' || fail 'save after a kill'
[ "$(find . -type f | wc -l)" -eq 1 ] || fail "what the killed one left is there: $(ls)"
rm net

# Standard output.
if [ -w /dev/full ]; then
    for line in 'run -e "print 1"' 'trace ../s.scene' 'render ../s.scene' 'fmt ../s.scene' list help; do
        eval "../backstep $line" >/dev/full 2>../err && fail "/dev/full takes: $line"
        grep -q 'cannot write to standard output: No space left' ../err || fail "$line: $(cat ../err)"
    done
fi

# Closed streams: they are no file's, and what needs them says so.
../backstep run -e 'print 1' >&- 2>../err && fail 'a closed standard output'
grep -q 'cannot write to standard output: Bad file descriptor' ../err || fail "closed: $(cat ../err)"
../backstep run - <&- 2>../err && fail 'a closed standard input'
grep -q "cannot read 'standard input': Bad file descriptor" ../err || fail "closed: $(cat ../err)"
for fd in 0 1; do
    [ -e /proc/self/fd/0 ] || break
    ../backstep run -e "net 1 1; data csv /proc/self/fd/$fd" <&- >&- 2>../err
    grep -q 'is not a regular file' ../err || fail "stream $fd is a file's: $(cat ../err)"
done

# A folder that is not there, one that has vanished, and one that may not be written.
../backstep run -e 'save gone/net' 2>../err && fail 'a missing folder'
grep -q "1:6: cannot write 'gone/net': No such file" ../err || fail "missing: $(cat ../err)"
mkdir ../gone && cd ../gone && rmdir ../gone || exit 1
../backstep run -e 'save net' 2>../full/err && fail 'a vanished folder'
cd ../full || exit 1
grep -q "1:6: cannot write 'net': No such file" err || fail "vanished: $(cat err)"
rm err
as=
if [ "$(id -u)" -eq 0 ]; then # permissions do not hold root
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod 777 .
    if ! $as ../backstep run -e 'save tried' 2>/dev/null; then
        echo 'skipped: read-only folders: nobody else can be, to be refused'
        exit $failed
    fi
    rm -f tried
fi
cp ../old net
chmod 666 net
chmod 555 .
$as ../backstep run -e 'save net' 2>../err && fail 'a read-only folder'
chmod 755 .
grep -q "1:6: cannot write 'net': Permission denied" ../err || fail "read-only: $(cat ../err)"
same net 'a read-only folder'
exit $failed
