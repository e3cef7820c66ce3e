# Flushes and FUA on their way through tables: told by the logs of log-writes below them.
t dmsetup create l --table "0 256 log-writes $A $B"
t dmsetup create m --table "0 256 log-writes $C $DM/n" 
t dmsetup create n --table "0 4096 linear $B 4096"
t dmsetup create m --table "0 256 log-writes $C $DM/n"

# A flush comes to every target, whichever was written to; once, however many lines of one target there are.
t dmsetup create a --table "0 64 linear $DM/l 0
64 64 zero
128 64 linear $DM/m 64
192 64 error"
put $DM/a 1 one
flush $DM/a
put $DM/a 130 two
put $DM/a 64 nowhere
flush $DM/a

# FUA goes where its sectors are; a flush follows, to all.
fua $DM/a 2 three
fua $DM/a 131 four
t dmsetup suspend a
t dmsetup resume a
t dmsetup message l 0 mark a
t dmsetup message m 0 mark a
t dmsetup remove a

# Through one more layer.
t dmsetup create b --table "0 8 linear $DM/l 64
8 8 linear $DM/m 0"
t dmsetup create c --table "0 8 linear $DM/b 4"
put $DM/c 0 five
put $DM/c 7 six
flush $DM/c
fua $DM/c 1 seven
t dmsetup remove c
t dmsetup remove b

# Where nobody flushes, a flush is none.
t dmsetup create c --table "0 64 zero"
flush $DM/c
t dmsetup remove c
t dmsetup remove l
t dmsetup remove m
echo '--- l'
log $B
echo '--- m'
log $DM/n
dd if=$PATTERNS/B of=$B bs=1M oflag=direct conv=notrunc 2>.dd
