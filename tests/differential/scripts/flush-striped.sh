# Flushes and FUA through a striped device: told by the logs of log-writes below it.
t dmsetup create n --table "0 4096 linear $B 4096"
t dmsetup create l --table "0 256 log-writes $A $B"
t dmsetup create m --table "0 256 log-writes $C $DM/n"

t dmsetup create s --table "0 64 striped 2 8 $DM/l 0 $DM/m 0"
t dmsetup create b --table "0 32 linear $DM/s 8"
put $DM/b 0 five
put $DM/b 8 six
flush $DM/b
fua $DM/b 1 seven
fua $DM/b 9 eight
t dmsetup remove b
t dmsetup remove s
t dmsetup message l 0 mark b
t dmsetup message m 0 mark b

t dmsetup remove l
t dmsetup remove m
echo '--- l'
log $B
echo '--- m'
log $DM/n
dd if=$PATTERNS/B of=$B bs=1M oflag=direct conv=notrunc 2>.dd
