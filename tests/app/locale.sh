#!/bin/sh
# A user's locale that writes numbers with a comma: the program's have a point everywhere,
# what it reads and what it writes, and all of it is the same to the byte.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh

# has_comma LOCALE: is it there, and does it write 1,5?
has_comma() {
    [ "$(env LC_ALL="$1" printf '%.1f' 1.5 2>/dev/null || :)" = 1,5 ]
}

chosen=
for name in $(locale -a 2>/dev/null | grep -E '^(de|fr|es|it|nl|pt|ru)_' | head -20); do
    has_comma "$name" && chosen=$name && break
done
if [ -z "$chosen" ] && localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>/dev/null; then
    LOCPATH=$work
    export LOCPATH
    has_comma de_DE.UTF-8 && chosen=de_DE.UTF-8
fi
if [ -z "$chosen" ]; then
    echo 'skipped: no locale here writes numbers with a comma'
    exit 0
fi

# What reads numbers and writes them, with a line a command.
cat >"$work/commands" <<'END'
run -e 'print 1.5 + 0.25' -e 'net 2 2; x = 0.5 -1.25; init he seed 3; print W0; print 1e-7/3'
run -e 'net 2 3 1; data csv rows.csv; lr = 0.125; train 3; print W0; save -; export json -'
run -e 'net 1 1; W0 = 1.5; explain C; export csv W0 -; export tex -; export dot -'
run -e 'net 1 1; W0 = 1,5'
trace --format csv s.scene
trace --format jsonl s.scene
render --format svg s.scene
worksheet s.scene
check s.scene
END
cd "$work" || exit 1
printf '0.5,1.25,-0.75\n-1.5,2.5,0.125\n' >rows.csv
printf 'net 2 2\nx = 0.5 -1.25\nexpect x[2] ~ -1.25 tol 0.001\nwait 0.5\nspeed 1.5\n' >s.scene

while read -r line; do
    for name in C.UTF-8 "$chosen"; do
        (
            LC_ALL=$name
            export LC_ALL
            eval "\"\$BACKSTEP\" $line" 2>&1 </dev/null
            echo "exit $?"
        ) >"out.$name"
    done
    cmp -s out.C.UTF-8 "out.$chosen" ||
        fail "differs in $chosen: $line: $(diff out.C.UTF-8 "out.$chosen" | head -4)"
done <commands
exit $failed
