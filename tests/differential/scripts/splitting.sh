# Requests that reach over several targets, and one that reaches into a bad one.
t dmsetup create a --table "0 8 linear $A 100
8 8 linear $B 200
16 16 linear $C 8
32 8 zero
40 24 linear $A 0"
# What sector N of the file "all" begins with.
piece() { dd if=all skip=$1 bs=512 count=1 status=none | head -c 24 | tr '\0' .; echo; }
dd if=$DM/a of=all bs=32k count=1 iflag=direct 2>.dd
reason
t piece 0
t piece 7
t piece 8
t piece 15
t piece 16
t piece 31
t piece 32
t piece 40
t piece 63
seq 1 100000 | head -c 32768 >data
t dd if=data of=$DM/a bs=32k count=1 oflag=direct conv=notrunc status=none
dd if=$DM/a of=all bs=32k count=1 iflag=direct 2>.dd
reason
# All but what zero has dropped is there.
t cmp -n 16384 data all
t cmp -i 20480 data all
t dmsetup create b --table "0 8 linear $A 300
8 8 error
16 8 linear $A 316"
t sector $DM/b 7
t sector $DM/b 8
t sector $DM/b 16
run dd if=$DM/b of=all bs=12k count=1 iflag=direct
t echo $run_status
t sector $DM/b 24
