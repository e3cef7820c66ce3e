# A log of what is written: what is in it, and in what order.

# Entries come into the log by a thread: waits until the status of $1 begins with $2.
await() {
  until dmsetup status $1 | grep -q "log-writes $2"; do sleep 0.05; done
  t dmsetup status $1
}

t dmsetup create l --table "0 2048 log-writes"
t dmsetup create l --table "0 2048 log-writes $A"
t dmsetup create l --table "0 2048 log-writes /no/such/disk $B"
t dmsetup create l --table "0 2048 log-writes $A /no/such/disk"
t dmsetup create l --table "0 8193 log-writes $A $B"
t dmsetup create l --table "0 2048 log-writes $A $B and more"
t dmsetup table l
t dmsetup status l
t dmsetup deps l

# What is written waits for a flush, a mark does not.
put $DM/l 5 five
put $DM/l 6 six
t dmsetup message l 0 mark written
await l 1
flush $DM/l
await l 4
t dmsetup message l 0 mark
t dmsetup message l 0 mark two words
t dmsetup message l 0 MARK capital
t dmsetup message l 0 note that
t dmsetup message l 99999 mark beyond
await l 5
discard $DM/l 16 8
put $DM/l 17 seventeen
discard $DM/l 5 1
flush $DM/l
await l 11
sector $DM/l 5
sector $DM/l 16
put $DM/l 40 forty
t dmsetup suspend l
t dmsetup message l 0 mark suspended
t dmsetup resume l
yes data | head -c 1024 >.data
dd if=.data of=$DM/l seek=100 bs=512 count=2 oflag=direct conv=notrunc 2>.dd
dd if=.data of=$DM/l seek=51200 bs=1k count=1 oflag=direct,seek_bytes conv=notrunc 2>.dd
fua $DM/l 60 sixty
t dmsetup message l 0 mark $(printf 'x%.0s' $(seq 500))
t dmsetup remove l
log $B
# Bytes of the log, for others to replay.
echo '--- log'
dd if=$B bs=512 count=32 iflag=direct 2>.dd | od -A d -t x1 -w32
echo "--- of disk A: $(dd if=$A bs=1M iflag=direct 2>.dd | sha256sum)"
dd if=$PATTERNS/B of=$B bs=1M oflag=direct conv=notrunc 2>.dd

# It has no offset; and one that was never used ends like any other.
t dmsetup create l --table "0 64 linear $A 1024
64 64 log-writes $A $C"
put $DM/l 63 linear
put $DM/l 70 logged
put $DM/l 70 'logged again'
t dmsetup load l --table "0 128 log-writes $A $C"
t dmsetup clear l
log $C
t dmsetup remove l
log $C
sector $A 1087
sector $A 70

# A log that is full ends, and the device goes on. The last sector is never used.
t dmsetup create small --table "0 8 linear $C 1000"
t dmsetup create l --table "0 64 log-writes $A $DM/small"
put $DM/l 0 zero
put $DM/l 1 one
flush $DM/l
await l 3
t dmsetup message l 0 mark full
await l 4
put $DM/l 2 two
flush $DM/l
await l '.* logging_disabled'
t dmsetup message l 0 mark more
t sector $DM/l 2
t dmsetup remove l
log $DM/small

# One that cannot be written.
t dmsetup load small --table "0 3 linear $C 1000
3 5 error"
t dmsetup resume small
t dmsetup create l --table "0 64 log-writes $A $DM/small"
put $DM/l 3 three
# Counted before it is written, and given up after that.
flush $DM/l
await l '2 3 logging_disabled'
t dmsetup message l 0 mark failing
await l '.* logging_disabled'
put $DM/l 4 four
t sector $DM/l 4
t dmsetup remove l
